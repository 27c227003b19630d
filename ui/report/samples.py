"""Tables of samples: the 5 % test of every source (T10) and the sample checks of the draft on training data (T16)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from rules import sample_plans
from rules.accuracy_checks import (
    GENERATED_ACCURACY,
    GENERATED_RECORDS,
    INFRINGEMENT_ACCURACY,
    METADATA,
    fine_tuning,
    generated_accuracy,
    infringement_accuracy,
)
from rules.catalog import Catalog
from rules.content_checks import content_safety
from rules.facts import Facts
from rules.findings import Verdict
from rules.pass_rates import pass_rate
from rules.sample_checks import RECORDS, in_percent, latest, records_sampled
from rules.sample_plans import ASSESSMENT, MANUAL, TECHNICAL, VERIFICATION, SamplePlan
from rules.samples import SampleFact
from ui.i18n import Words, words
from ui.report.table import Cell, Table, column, percent, text_of

_LIMIT = "source_bad_info_max_pct"
_PARTS: Mapping[str, tuple[str, ...]] = {
    **{sample_plans.plan(name).clause: (name,) for name in (*RECORDS, INFRINGEMENT_ACCURACY, GENERATED_ACCURACY)},
    "R-155": (MANUAL, TECHNICAL),
    "R-156": (METADATA, GENERATED_RECORDS),
}
"""The plans whose samples a check looks at."""


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
    return Table(
        "T16",
        words("report.table.T16"),
        (
            column("check_id", 7),
            column("check_name", 18),
            column("n", 12),
            column("n_required", 14),
            column("ok", 12),
            column("verdict", 14),
        ),
        tuple(_checked(facts, catalog)),
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
    for finding in (
        *records_sampled(facts, catalog),
        *infringement_accuracy(facts, catalog),
        *content_safety(facts, catalog),
        *fine_tuning(facts, catalog),
        *generated_accuracy(facts, catalog),
    ):
        parts = [sample_plans.plan(name) for name in _PARTS[finding.clause]]
        alone = len(parts) == 1
        counts = [_counts(plan, facts, catalog) for plan in parts]
        yield (
            finding.clause,
            Words(parts[0].zh, parts[0].en) if alone else words(f"report.check_of.{finding.clause}"),
            *(cells[0] if alone else _together(parts, cells) for cells in zip(*counts, strict=True)),
            words(
                "report.proposed",
                verdict=words(f"verdict.plain.{Verdict.UNPROVEN}"),
                proposed=words(f"verdict.plain.{finding.verdict}"),
            ),
        )


def _counts(plan: SamplePlan, facts: Facts, catalog: Catalog) -> tuple[Cell, Cell, Cell]:
    """Return how many were drawn of those that count, how many are required, and how many are right."""
    sample = latest(facts, plan.id)
    if sample is None:
        share = plan.size.share
        wanted = (
            words("report.per_technical", n=catalog.required(share, facts.profile))
            if share
            else _required(plan, plan.required(catalog, facts.profile))
        )
        return words("report.not_drawn"), wanted, words("report.not_drawn")
    found = pass_rate(sample, catalog, facts.profile) if plan.pass_rate else None
    wanted = _required(plan, plan.required(catalog, facts.profile, sample.population))
    return sample.size, wanted, sample.passed if found is None else found.passed


def _required(plan: SamplePlan, wanted: int) -> Cell:
    return words("report.per_kind", n=wanted) if plan.strata else wanted


def _together(parts: Sequence[SamplePlan], cells: Sequence[Cell]) -> Words:
    """Return the counts of several samples in one cell, each with the name of its plan."""
    told = list(zip(parts, cells, strict=True))
    return Words(
        "；".join(f"{plan.zh} {text_of(cell, 'zh')}" for plan, cell in told),
        "; ".join(f"{plan.en} {text_of(cell, 'en')}" for plan, cell in told),
    )


def _confidence(catalog: Catalog) -> int:
    return catalog.house.integer("bound_confidence")
