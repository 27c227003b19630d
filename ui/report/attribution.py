"""The attribution list (署名清单): whom the corpus owes credit, as a table of the report and as a text to publish."""

from provenance.ids import SourceId
from rules.facts import Facts, SourceFacts
from rules.licence_policy import policy
from ui.i18n import Language, Words, words
from ui.report.table import Cell, Table, column, text_of


def table(facts: Facts) -> Table:
    """T3c: attribution list (署名清单), one row per source that gave admitted items."""
    giving = [(name, source) for name, source in sorted(facts.sources.items()) if source.items.admitted]
    return Table(
        "T3c",
        words("report.table.T3c"),
        (
            column("source_id"),
            column("name", 16),
            column("publisher", 14),
            column("licence_or_contract", 12),
            column("licence_chosen", 12),
            column("attribution", 18),
            column("url_or_org", 16),
            column("duties", 14),
            column("items"),
        ),
        tuple(_row(name, source) for name, source in giving)
        or ((words("report.no_attribution"), *[words("none")] * 7, 0),),
        (words("report.note.attribution"),),
    )


def text(facts: Facts, lang: Language) -> bytes:
    """Return the list as plain text in UTF-8, a paragraph per source, to be published beside a model."""
    found = table(facts)
    heads = [each.title.say(lang) for each in found.columns]
    paragraphs = [
        "\n".join(f"{head}: {text_of(cell, lang)}" for head, cell in zip(heads, row, strict=True)) for row in found.rows
    ]
    begun = words("report.attribution_of", workspace=facts.workspace, size=facts.ledger_size)
    notes = [note.say(lang) for note in found.notes]
    return ("\n\n".join([found.title.say(lang), begun.say(lang), *paragraphs, *notes]) + "\n").encode()


def _row(name: SourceId, source: SourceFacts) -> tuple[Cell, ...]:
    publisher = source.publisher or source.origin
    return (
        name,
        source.name or words("report.not_declared"),
        publisher or words("report.not_declared"),
        source.licence or source.legal_basis or words("report.missing_licence"),
        source.licence_chosen or words("none"),
        source.attribution or " / ".join(each for each in (source.name, publisher) if each) or name,
        source.origin or words("report.not_declared"),
        _duties(source.duties),
        source.items.admitted,
    )


def _duties(keys: tuple[str, ...]) -> Words:
    if not keys:
        return words("none")
    named = [policy().duties[key] if key in policy().duties else Words(key, key) for key in keys]
    return Words("、".join(each.zh for each in named), "; ".join(each.en for each in named))
