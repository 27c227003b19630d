"""From facts to documents: the three formats beside one another, from the same blocks."""

from collections.abc import Mapping, Sequence

from provenance.canonical import Json, encode
from rules.catalog import Catalog
from rules.evidence import ClauseRow
from rules.facts import Facts
from ui.i18n import Language, Words
from ui.report import attribution, document, workbook
from ui.report.section import missing, section, tables
from ui.report.table import Block, Cell, Heading, Paragraph, Table

FORMAT = "yuliao-report/1"
PLAIN = "report.json"
"""The report as JSON, both languages in one file."""


def document_name(lang: Language) -> str:
    """Return the file name of the DOCX in one language."""
    return f"report.{lang}.docx"


def workbook_name(lang: Language) -> str:
    """Return the file name of the XLSX in one language."""
    return f"tables.{lang}.xlsx"


def attribution_name(lang: Language) -> str:
    """Return the file name of the attribution list as text in one language."""
    return f"attribution.{lang}.txt"


def render(facts: Facts, rows: Sequence[ClauseRow], catalog: Catalog, lang: Language) -> dict[str, bytes]:
    """Render the corpus section of the safety-assessment report (语料安全评估).

    Args:
        facts: The one set of figures, at one ledger size.
        rows: The clause matrix assessed from the same facts.
        catalog: Words of risks, reasons, types and clauses.
        lang: Language of DOCX, XLSX and attribution list.

    Returns:
        File names and contents: DOCX, XLSX, attribution list, JSON. The same arguments give the same bytes.
    """
    return {
        document_name(lang): document.write(section(facts, rows, catalog), lang),
        workbook_name(lang): workbook.write(tables(facts, rows, catalog), lang),
        attribution_name(lang): attribution.text(facts, lang),
        PLAIN: plain(facts, rows, catalog),
    }


def plain(facts: Facts, rows: Sequence[ClauseRow], catalog: Catalog) -> bytes:
    """Return the report as canonical JSON: counts as integers, shares as decimal strings, words in both languages."""
    return encode(
        {
            "format": FORMAT,
            "workspace": facts.workspace,
            "ledger": {"size": facts.ledger_size, "head": facts.ledger_head},
            "rules_edition": facts.rules_edition,
            "profile": facts.profile,
            "missing": [_words(gap) for gap in missing(facts, rows)],
            "blocks": [_block(block) for block in section(facts, rows, catalog)],
        }
    )


def _block(block: Block) -> Mapping[str, Json]:
    if isinstance(block, Heading):
        return {"heading": _words(block.text), "level": block.level}
    if isinstance(block, Paragraph):
        return {"paragraph": _words(block.text)}
    return _table(block)


def _table(table: Table) -> Mapping[str, Json]:
    return {
        "table": table.id,
        "title": _words(table.title),
        "columns": [{"key": column.key, **_words(column.title)} for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "notes": [_words(note) for note in table.notes],
    }


def _cell(cell: Cell) -> Json:
    if isinstance(cell, Words):
        return _words(cell)
    return cell if isinstance(cell, int) else str(cell).encode("utf-8", "replace").decode()


def _words(pair: Words) -> dict[str, str]:
    return {"zh": pair.zh, "en": pair.en}
