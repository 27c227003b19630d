"""Checks on the samples of records judged as a whole: infringement records, records of generated items (合成语料)."""

from collections.abc import Iterator

from rules import sample_plans
from rules.annotation import batch_checks
from rules.catalog import Catalog
from rules.content_checks import resting_on
from rules.facts import Facts
from rules.figures import CheckFact
from rules.findings import Finding, Verdict, nothing_read, requirement
from rules.records import Words
from rules.sample_checks import every_item_right
from rules.sample_plans import SamplePlan

METADATA, INFRINGEMENT_ACCURACY = "metadata", "ip-accuracy"
GENERATED_RECORDS, GENERATED_ACCURACY = "synthetic-records", "synthetic-accuracy"
"""Plans that ask every item drawn to be right."""


def infringement_accuracy(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask people whether sampled items are free of infringement and as their records say.

    Clause:
        R-154
    """
    yield every_item_right(facts, catalog, sample_plans.plan(INFRINGEMENT_ACCURACY))


def fine_tuning(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Join what is checked of fine-tuning data: metadata, records of generated items, annotation.

    Clause:
        R-156
    """
    described, recorded = (sample_plans.plan(name) for name in (METADATA, GENERATED_RECORDS))
    parts = [
        (Words(described.zh, described.en), every_item_right(facts, catalog, described)),
        (Words(recorded.zh, recorded.en), of_generated(facts, catalog, recorded)),
        *((Words(each.clause, each.clause), each) for each in batch_checks.follows_standard(facts, catalog)),
    ]
    yield resting_on("R-156", parts, catalog)


def generated_accuracy(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask people whether the risk records of sampled generated items (合成语料) are accurate.

    Clause:
        R-157
    """
    yield of_generated(facts, catalog, sample_plans.plan(GENERATED_ACCURACY))


def of_generated(facts: Facts, catalog: Catalog, plan: SamplePlan) -> Finding:
    """Hold a sample of generated items against its plan; not applicable where none is admitted.

    Clause:
        R-156, R-157
    """
    if not facts.items.taken_in:
        return next(nothing_read(catalog, plan.clause))
    screened = facts.checks.get("R-145", CheckFact())
    if not screened.admitted_ok + screened.admitted_failed:
        measured = Words("纳入的合成条目 0 条", "0 admitted synthetic items")
        required = requirement(catalog, plan.clause)
        return Finding(plan.clause, "items", Verdict.NOT_APPLICABLE, measured, required)
    return every_item_right(facts, catalog, plan)
