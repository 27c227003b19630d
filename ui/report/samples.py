"""Tables of samples: the 5 % test of every source (T10) and the sample checks of the draft on training data (T16)."""

from collections.abc import Iterator
from decimal import Decimal

from rules import sample_plans
from rules.catalog import Catalog
from rules.facts import Facts
from rules.findings import Verdict
from rules.sample_checks import RECORDS, in_percent, records_sampled
from rules.sample_plans import ASSESSMENT, VERIFICATION
from rules.samples import SampleFact
from ui.i18n import Words, words
from ui.report.table import Cell, Table, column, percent

_LIMIT = "source_bad_info_max_pct"
_OTHERS = ("R-154", "R-155", "R-156", "R-157")
"""Sample checks that no plan of this release draws for."""


def source_tests(facts: Facts, catalog: Catalog) -> Table:
    """T10: the 5 % test of every source (单一来源安全评估与核验), every sample that was drawn for it."""
    phases = (ASSESSMENT, VERIFICATION)
    rows = [_tested(each, facts, catalog) for each in facts.samples if each.plan in phases]
    rows += [
        (source, words(f"report.phase.{phase}"), *[words("report.not_drawn")] * 9)
        for source, found in sorted(facts.sources.items())
        for phase, outcome in zip(phases, (found.standing.assessment, found.standing.verification), strict=True)
        if outcome == "none"
    ]
    return Table(
        "T10",
        words("report.table.T10"),
        (
            column("source_id"),
            column("phase", 8),
            column("population", 7),
            column("unreadable", 7),
            column("n", 6),
            column("bad", 6),
            column("bad_percent", 7),
            column("limit", 6),
            column("bound", 9),
            column("verdict", 9),
            column("date", 12),
        ),
        tuple(rows) or ((words("report.missing_sources"), *[words("none")] * 10),),
        (words("report.note.source_tests"), words("report.note.bound", confidence=_confidence(catalog))),
    )


def record_checks(facts: Facts, catalog: Catalog) -> Table:
    """T16: sample checks of GB/T 45652 (抽样检查), one row per check, drawn or not."""
    rows = list(_checked(facts, catalog))
    rows += [(clause, words(f"report.check_of.{clause}"), *[words("report.not_drawn")] * 4) for clause in _OTHERS]
    return Table(
        "T16",
        words("report.table.T16"),
        (
            column("check_id", 7),
            column("check_name", 18),
            column("n", 7),
            column("n_required", 12),
            column("ok", 7),
            column("verdict", 14),
        ),
        tuple(rows),
        (words("report.note.record_checks"),),
    )


def _tested(sample: SampleFact, facts: Facts, catalog: Catalog) -> tuple[Cell, ...]:
    limit = catalog.required(_LIMIT, facts.profile)
    bound = sample.bound(catalog) if sample.is_closed else None
    outcome = sample.outcome(limit)
    if sample.plan == VERIFICATION and outcome == "passed" and sample.is_outdated:
        outcome = "outdated"
    return (
        sample.source,
        words(f"report.phase.{sample.plan}"),
        sample.population,
        sample.unreadable,
        sample.judged,
        sample.bad,
        percent(sample.bad, sample.judged),
        limit,
        words("report.not_estimable") if bound is None else Decimal(in_percent(bound)),
        words(f"report.outcome.{outcome.replace(' ', '_')}"),
        sample.judged_at or sample.drawn_at,
    )


def _checked(facts: Facts, catalog: Catalog) -> Iterator[tuple[Cell, ...]]:
    for name, finding in zip(RECORDS, records_sampled(facts, catalog), strict=True):
        plan = sample_plans.plan(name)
        sample = next((each for each in reversed(facts.samples) if each.plan == name), None)
        required = plan.required(catalog, facts.profile)
        counts: tuple[Cell, Cell] = (
            (words("report.not_drawn"), words("report.not_drawn")) if sample is None else (sample.size, sample.passed)
        )
        wanted: Cell = words("report.per_kind", n=required) if plan.strata else required
        verdict = words(f"verdict.plain.{finding.verdict}")
        yield (
            plan.clause,
            Words(plan.zh, plan.en),
            counts[0],
            wanted,
            counts[1],
            words("report.proposed", verdict=words(f"verdict.plain.{Verdict.UNPROVEN}"), proposed=verdict),
        )


def _confidence(catalog: Catalog) -> int:
    return catalog.house.integer("bound_confidence")
