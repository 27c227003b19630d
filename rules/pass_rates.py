"""Pass rates (合格率) of samples of the whole corpus: what the standard asks, and what statistics allow to say.

- The standard compares a point: failed items of those drawn, as integers. An item that nobody could judge has not
  passed.
- Beside it stands the exact one-sided bound: the rule is *statistically assured* where even the bound is within it.
"""

from dataclasses import dataclass

from rules import bounds, sample_plans
from rules.catalog import Catalog
from rules.samples import Outcome, SampleFact


@dataclass(frozen=True, slots=True)
class PassRate:
    """A closed sample held against a pass rate.

    Attributes:
        passed: Items that passed; items.
        failed: Items with one of the 29 risks, and those that could not be judged; items.
        required: The pass rate asked for; percent.
        is_met: Whether the point estimate reaches it (达到标准).
        bound: The exact one-sided lower bound of the pass rate of the frame; millionths.
        is_assured: Whether the bound reaches it, too (统计上有把握).
    """

    passed: int
    failed: int
    required: int
    is_met: bool
    bound: int
    is_assured: bool


def pass_rate(sample: SampleFact, catalog: Catalog, profile: str) -> PassRate | None:
    """Return how a sample stands to its plan's pass rate; None while verdicts are missing.

    Clause:
        R-070, R-071, R-073, R-155
    """
    plan = sample_plans.plan(sample.plan)
    if not sample.is_closed or not sample.size:
        return None
    required = catalog.required(plan.pass_rate, profile)
    failed = sample.bad + sample.unsure
    upper = bounds.upper_bound(
        failed,
        sample.size,
        sample.population - sample.unreadable,
        confidence_percent=catalog.house.integer("bound_confidence"),
        finite_percent=catalog.house.integer("bound_finite_share"),
    )
    assert upper is not None, "something was drawn"
    is_met = not bounds.exceeds(failed, sample.size, bounds.WHOLE - required)
    lower = bounds.MILLION - upper
    return PassRate(
        sample.size - failed, failed, required, is_met, lower, lower * bounds.WHOLE >= required * bounds.MILLION
    )


def outcome(sample: SampleFact, catalog: Catalog, profile: str) -> Outcome:
    """Return the result of a sample by what its own plan asks: a limit, a pass rate, or every item right.

    The limit of the house is on items that fail, of those that could be judged.

    Clause:
        R-001, R-002, R-027, R-070, R-071, R-151, R-152, R-153, R-154, R-156, R-157
    """
    plan = sample_plans.plan(sample.plan)
    if plan.limit:
        return sample.outcome(catalog.required(plan.limit, profile))
    if not sample.is_closed:
        return "open"
    if plan.pass_rate:
        found = pass_rate(sample, catalog, profile)
        return "not estimable" if found is None else "passed" if found.is_met else "failed"
    if plan.house_limit and sample.judged:
        limit = catalog.house.integer(plan.house_limit)
        return "failed" if bounds.exceeds(sample.failed, sample.judged, limit) else "passed"
    return "failed" if sample.failed else "passed" if sample.judged else "not estimable"
