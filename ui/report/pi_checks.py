"""T11c: the check of personal information (个人信息核查): what people marked in raw text, and stripping leaves."""

from collections.abc import Iterator
from decimal import Decimal

from rules import pass_rates, sample_plans
from rules.annotation.pi_checks import PiCheckFact
from rules.catalog import Catalog
from rules.facts import Facts
from rules.sample_checks import in_percent
from rules.samples import SampleFact
from ui.i18n import Words, words
from ui.report.figures import entity
from ui.report.table import Cell, Table, column, percent


def checks(facts: Facts, catalog: Catalog) -> Table:
    """T11c: every sample that was drawn for the check, as a whole, then by type of what was marked in it."""
    plan = sample_plans.plan(sample_plans.PI_CHECK)
    drawn = [each for each in facts.samples if each.plan == plan.id]
    rows = [row for each in drawn for row in _rows(each, facts, catalog)]
    return Table(
        "T11c",
        words("report.table.T11c"),
        (
            column("sample_entry", 7),
            column("entity_type", 16),
            column("population", 7),
            column("n_drawn", 7),
            column("n", 7),
            column("not_judged", 7),
            column("items_missed", 8),
            column("missed_percent", 8),
            column("bound", 8),
            column("marked", 7),
            column("missed", 7),
            column("shown_to", 7),
            column("items_shown", 8),
            column("status", 19),
        ),
        tuple(rows) or ((words("report.not_drawn"), *[words("none")] * 13),),
        (
            words("report.note.pi_check", limit=catalog.house.integer(plan.house_limit)),
            words("report.note.pi_check_access"),
            words("report.note.bound", confidence=catalog.house.integer("bound_confidence")),
        ),
    )


def _rows(sample: SampleFact, facts: Facts, catalog: Catalog) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of a sample, then one for each type; later counts of a sample that was published again count."""
    mine = [each for each in facts.annotation.pi_checks if each.sample == sample.seq]
    counted = max(mine, key=lambda each: each.seq, default=PiCheckFact("", sample.seq))
    bound, lacking = sample.bound(catalog), words("report.not_estimable")
    state = _state(sample, facts, catalog)
    size: tuple[Cell, ...] = (sample.population, sample.size, sample.judged, sample.unsure)
    yield (
        f"#{sample.seq}",
        words("report.total"),
        *size,
        sample.failed,
        percent(sample.failed, sample.judged) if sample.judged else lacking,
        lacking if bound is None else Decimal(in_percent(bound)),
        sum(each.marked for each in counted.counts),
        sum(each.missed for each in counted.counts),
        len({person for each in mine for person in each.shown_to}),
        sum(each.times_shown for each in mine),
        state,
    )
    of_items = words("report.of_items")
    for each in counted.counts:
        named = entity(catalog, each.entity)
        yield (f"#{sample.seq}", named, *size, *[of_items] * 3, each.marked, each.missed, *[of_items] * 2, state)


def _state(sample: SampleFact, facts: Facts, catalog: Catalog) -> Words:
    """Return where a sample stands to the limit of the house, with the ledger entry of its verdicts."""
    outcome = pass_rates.outcome(sample, catalog, facts.profile)
    name = outcome if outcome != "not estimable" else "not_estimable"
    return words("report.pi_check_state", outcome=words(f"report.outcome.{name}"), entry=sample.verdicts or sample.seq)
