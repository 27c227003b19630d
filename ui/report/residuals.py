"""T11b: the residual risk (残余风险) beside what was stripped: what a second pass found, and canaries caught."""

from rules.catalog import Catalog
from rules.facts import Facts
from rules.residuals import ResidualFact
from ui.i18n import Words, words
from ui.report.figures import entity
from ui.report.table import Cell, Table, column


def residual(facts: Facts, catalog: Catalog) -> Table:
    """T11b: per source what is still found in stored texts, and how many planted values were caught.

    A source with items that was never measured is a row that says so; one whose items or rules changed since is stale.
    """
    rows: list[tuple[Cell, ...]] = []
    for name, source in sorted(facts.sources.items()):
        if measured := facts.residuals.get(name):
            rows += _rows(measured, catalog)
        elif source.items.admitted or source.items.quarantined:
            rows.append((name, *[words("report.not_measured")] * 7))
    return Table(
        "T11b",
        words("report.table.T11b"),
        (
            column("source"),
            column("entity_type", 16),
            column("texts_searched"),
            column("items_left"),
            column("occurrences_left"),
            column("canaries"),
            column("canaries_caught"),
            column("status", 16),
        ),
        tuple(rows) or ((words("report.total"), *[words("report.nothing_found")] * 7),),
        (words("report.note.residual"), words("report.note.residual_limits", **_limits(catalog))),
    )


def _rows(measured: ResidualFact, catalog: Catalog) -> list[tuple[Cell, ...]]:
    """Return a row for all types together, then one for each that was left or missed; the facts have every type."""
    state = _state(measured, catalog)
    planted, occurrences = measured.planted, sum(each.occurrences for each in measured.counts)
    caught = planted - measured.missed
    total = words("report.total")
    return [
        (measured.source, total, measured.items, measured.items_left, occurrences, planted, caught, state),
        *(
            (
                measured.source,
                entity(catalog, each.entity),
                measured.items,
                each.items,
                each.occurrences,
                each.planted,
                each.caught,
                state,
            )
            for each in measured.counts
            if each.occurrences or each.caught < each.planted
        ),
    ]


def _state(measured: ResidualFact, catalog: Catalog) -> Words:
    name = "stale" if measured.is_stale else "over" if measured.is_over(catalog) else "within"
    return words(f"report.residual.{name}", entry=measured.seq)


def _limits(catalog: Catalog) -> dict[str, int]:
    """Return the limits of the house, in percent."""
    names = {
        "items": "residual_items_share_max",
        "names": "residual_names_share_max",
        "canaries": "canaries_missed_share_max",
    }
    return {name: catalog.house.integer(rule) // 10_000 for name, rule in names.items()}
