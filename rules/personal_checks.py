"""Checks on personal information (个人信息): what was found, stripped and kept, and what may be left.

What may be left is told by a second pass (残余风险) and by people who read raw text (个人信息核查); no standard gives a
limit for either, so theirs are the house's, and over them nothing is proved.
"""

from collections.abc import Iterator

from provenance.ids import ClauseId
from rules import sample_plans
from rules.catalog import Catalog
from rules.facts import Facts
from rules.findings import INGEST, NOTHING_READ, Finding, Verdict, confirming, requirement
from rules.pass_rates import outcome
from rules.records import Words
from rules.residuals import ResidualFact
from rules.sample_checks import drawing, entries, latest
from rules.sample_plans import PI_CHECK
from rules.samples import SampleFact


def personal_information(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say what was found, stripped (去标识化) and kept, and which types no recogniser finds yet (未覆盖).

    Kept without a basis, or sensitive without separate consent (单独同意), fails. Types not covered leave it unproven,
    and so do a residual risk (残余风险) and a check by people (个人信息核查) over the limits of the house; what is
    measured and within them is evidence.

    Clause:
        R-027, R-028, R-130, R-131
    """
    kept = [fact for fact in facts.personal_information if fact.treatment == "keep"]
    agreed = {
        source.id for source in facts.sources.values() if any(p.kind == "separate_consent" for p in source.evidence)
    }
    without_basis = sorted({f"{fact.source}/{fact.entity}" for fact in kept if not fact.basis})
    without_consent = sorted(
        {f"{fact.source}/{fact.entity}" for fact in kept if fact.sensitive and fact.source not in agreed}
    )
    sensitive_types = catalog.sensitive()[catalog.profile(facts.profile).pi_profile]
    residuals = [each for each in facts.residuals.values() if not each.is_stale]
    refs = tuple(f"#{each.seq}" for each in residuals)
    checked = latest(facts, PI_CHECK)
    if checked is not None:
        refs += entries(facts, checked.seq)
    uncovered = sorted({entity for _, entity in facts.uncovered})
    uncovered_sensitive = [entity for entity in uncovered if entity in sensitive_types]
    for name, lacking, not_covered, total in (
        ("R-027", without_basis, uncovered, "*any"),
        ("R-028", without_consent, uncovered_sensitive, "*sensitive"),
        ("R-130", without_basis, uncovered, "*any"),
        ("R-131", without_consent, uncovered_sensitive, "*sensitive"),
    ):
        found = facts.pi_totals[total].items if total in facts.pi_totals else 0
        verdict = Verdict.FAILS if lacking else Verdict.UNPROVEN if not_covered else Verdict.CONFORMS
        if not facts.items.taken_in:
            yield Finding(
                ClauseId(name), "items", Verdict.UNPROVEN, NOTHING_READ, requirement(catalog, name), (), INGEST
            )
            continue
        action = "" if verdict == Verdict.CONFORMS else confirming(name)
        if verdict != Verdict.FAILS and any(each.is_over(catalog) for each in residuals):
            verdict, action = Verdict.UNPROVEN, "yuliao pii residual"
        if verdict != Verdict.FAILS and checked and outcome(checked, catalog, facts.profile) == "failed":
            verdict, action = Verdict.UNPROVEN, drawing(sample_plans.plan(PI_CHECK), is_again=True)
        measured = _words(found, lacking, not_covered, residuals, checked)
        yield Finding(ClauseId(name), "items", verdict, measured, requirement(catalog, name), refs, action)


def _words(
    found: int, lacking: list[str], not_covered: list[str], residuals: list[ResidualFact], checked: SampleFact | None
) -> Words:
    zh, en = f"发现 {found} 条", f"found in {found} items"
    if lacking:
        zh, en = f"{zh}；保留而无依据：{'、'.join(lacking)}", f"{en}; kept without basis: {', '.join(lacking)}"
    if not_covered:
        zh, en = f"{zh}；未覆盖：{'、'.join(not_covered)}", f"{en}; not covered: {', '.join(not_covered)}"
    if residuals:
        left, items = sum(each.items_left for each in residuals), sum(each.items for each in residuals)
        missed, planted = sum(each.missed for each in residuals), sum(each.planted for each in residuals)
        zh = f"{zh}；残余风险评估：{left}/{items} 条仍有发现，金丝雀漏检 {missed}/{planted}"
        en = f"{en}; residual risk: finds in {left} of {items} items, {missed} of {planted} canaries missed"
    if checked is not None and checked.is_closed:
        zh = f"{zh}；人工核查：{checked.judged} 条中 {checked.failed} 条有漏检"
        en = f"{en}; checked by people: something missed in {checked.failed} of {checked.judged} items"
    return Words(zh, en)
