"""Tables of statements: the source register and the clause matrix."""

import re
from collections.abc import Sequence

from provenance.events import GeneratingModel
from provenance.ids import ClauseId
from rules.catalog import Catalog
from rules.evidence import ClauseRow
from rules.facts import EvidenceFact, Facts, SourceFacts
from rules.records import Clause
from ui.i18n import Words, known, words
from ui.report.figures import label
from ui.report.table import Cell, Table, column

_DIGEST = re.compile("[0-9a-f]{64}")
_SHORT = 12
"""Hexadecimal digits of a digest in print; ledger number and full digest stand in facts.json."""


def sources(facts: Facts) -> Table:
    """T3b: source register (来源登记表), one row per source, refused ones too."""
    return Table(
        "T3b",
        words("report.table.T3b"),
        (
            column("source_id"),
            column("name", 16),
            column("source_class", 8),
            column("region", 6),
            column("language", 6),
            column("type", 10),
            column("url_or_org", 16),
            column("licence_or_contract", 12),
            column("generated_by", 12),
            column("evidence_id", 16),
            column("collected", 12),
            column("items"),
            column("status", 12),
        ),
        tuple(_source(source_id, source) for source_id, source in sorted(facts.sources.items()))
        or ((words("report.missing_sources"), *[words("none")] * 10, 0, words("none")),),
        (words("report.note.register"),),
    )


def clauses(rows: Sequence[ClauseRow], catalog: Catalog) -> Table:
    """T15: clause matrix (条款对照表), every clause once, cited with how certain it is (standards: print rule)."""
    return Table(
        "T15",
        words("report.table.T15"),
        (
            column("clause", 18),
            column("requirement", 30),
            column("measured", 20),
            column("verdict", 9),
            column("reason", 18),
            column("evidence_id", 12),
            column("next_action", 20),
        ),
        tuple(_clause(row, catalog) for row in rows),
        (words("report.note.verdicts"), words("report.note.numbering")),
    )


def _source(source_id: str, source: SourceFacts) -> tuple[Cell, ...]:
    papers = [f"#{paper.seq} {paper.kind} {paper.digest[:_SHORT]}{_period(paper)}" for paper in source.evidence]
    return (
        source_id,
        source.name or words("report.not_declared"),
        label("class.", source.source_class),
        label("region.", source.region),
        ", ".join(source.languages) or words("report.not_declared"),
        _joined([label("type.", name) for name in source.types]),
        source.origin or words("report.not_declared"),
        source.licence or source.legal_basis or words("report.missing_licence"),
        _model(source.model),
        "\n".join(papers) or words("report.missing_evidence"),
        _collected(source),
        source.items.taken_in,
        _status(source),
    )


def _period(paper: EvidenceFact) -> str:
    return f" {paper.valid_from or '…'}–{paper.valid_to or '…'}" if paper.valid_from or paper.valid_to else ""


def _model(model: GeneratingModel | None) -> Cell:
    if model is None:
        return words("none")
    filing = words("report.not_filed") if model.filing == "not filed" else words("report.filed", number=model.filing)
    side = words(f"region.{model.side}") if known(f"region.{model.side}") else model.side
    return words("report.model", name=model.name, version=model.version, filing=filing, side=side)


def _joined(cells: Sequence[Cell]) -> Cell:
    if not cells:
        return words("report.not_declared")
    both = [cell if isinstance(cell, Words) else Words(str(cell), str(cell)) for cell in cells]
    return Words("、".join(cell.zh for cell in both), ", ".join(cell.en for cell in both))


def _collected(source: SourceFacts) -> Cell:
    key = "report.collected_before" if source.collected_before_registration else "report.collected"
    return words(key, start=source.collected_from, end=source.collected_to)


def _status(source: SourceFacts) -> Cell:
    state = label("report.state.", source.state)
    if not source.missing:
        return state
    return words("report.state_missing", state=state, missing=", ".join(source.missing))


def verdict(row: ClauseRow) -> Words:
    """Return the verdict on a clause: Yuliao proposes, a named person confirms; what nobody confirmed is 待证明."""
    printed, proposed = words(f"verdict.plain.{row.verdict}"), words(f"verdict.plain.{row.proposed}")
    if row.confirmed_by:
        return words("report.confirmed_by", verdict=printed, person=row.confirmed_by)
    return words("report.proposed", verdict=printed, proposed=proposed)


def _reason(row: ClauseRow) -> Cell:
    if not row.measure:
        return row.reason or words("none")
    return words("report.measure", reason=row.reason, measure=row.measure, owner=row.owner, due=row.due)


def cited(clause: Clause) -> Words:
    """Return a clause's id and, where it may be printed as law, how it is cited."""
    if not clause.is_law:
        return Words(clause.id, clause.id)
    return Words(f"{clause.id}\n{clause.citation('zh')}", f"{clause.id}\n{clause.citation('en')}")


def refs(row: ClauseRow) -> Cell:
    """Return the evidence of a clause: numbers of ledger entries, and digests, shortened."""
    return "\n".join(_short(str(ref)) for ref in row.refs) or words("report.missing_evidence")


def _short(ref: str) -> str:
    return ref[:_SHORT] if _DIGEST.fullmatch(ref) else ref


def _clause(row: ClauseRow, catalog: Catalog) -> tuple[Cell, ...]:
    clause = catalog.clause(ClauseId(row.clause))
    return (
        cited(clause),
        Words(row.required_zh, row.required_en) if clause.is_law else words("report.not_law"),
        Words(row.measured_zh or words("report.missing").zh, row.measured_en or words("report.missing").en),
        verdict(row),
        _reason(row),
        refs(row),
        row.next_action or words("none"),
    )
