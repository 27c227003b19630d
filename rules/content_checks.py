"""Checks on the two samples of the whole corpus (人工抽检、技术抽检): drawn, closed, large enough, good enough.

The standard compares failed items of those drawn, as integers; beside that stands what statistics allow to say. An item
that nobody could judge has not passed.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from provenance.ids import ClauseId
from rules import sample_plans
from rules.catalog import Catalog
from rules.coverage import number
from rules.facts import Facts
from rules.figures import RiskFact
from rules.findings import Finding, Verdict, confirming, requirement, together
from rules.pass_rates import PassRate, pass_rate
from rules.records import Words
from rules.sample_checks import drawing, entries, latest, recording, shortcoming
from rules.sample_plans import MANUAL, TECHNICAL, SamplePlan
from rules.samples import ILLEGAL, SampleFact
from rules.tool_checks import NO_CLASSIFIER

_NOT_DRAWN = Words("没有抽样", "no sample was drawn")
_HUNDREDTH = Decimal("0.01")
_ENGLISH = {
    Verdict.CONFORMS: "conforms",
    Verdict.FAILS: "does not conform",
    Verdict.NOT_APPLICABLE: "does not apply",
    Verdict.UNPROVEN: "to be proved",
}


def manual_sample(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask for the manual sample of the whole corpus (人工抽检), its size and its pass rate (合格率).

    Clause:
        R-070, R-073
    """
    yield _of_rate(facts, catalog, sample_plans.plan(MANUAL))


def technical_sample(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask for the technical sample of the whole corpus (技术抽检) by keyword library and classifier.

    Without a classifier a good result proves nothing yet; a bad one breaks the clause.

    Clause:
        R-071, R-073
    """
    found = _of_rate(facts, catalog, sample_plans.plan(TECHNICAL))
    sample = latest(facts, TECHNICAL)
    said = [found.measured, NO_CLASSIFIER]
    if sample is not None:
        said += [words for words in (by_construction(sample, facts),) if words]
    verdict, action = found.verdict, found.next_action
    if verdict == Verdict.CONFORMS:
        verdict, action = Verdict.UNPROVEN, confirming("R-071", "sample_report", "model_card")
    yield Finding(found.clause, found.subject, verdict, _joined(said), found.required, found.refs, action)


def content_safety(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Join the manual and the technical sample, as the evaluation of training data asks for them.

    Clause:
        R-155
    """
    parts = (*manual_sample(facts, catalog), *technical_sample(facts, catalog))
    yield resting_on("R-155", [(Words(each.clause, each.clause), each) for each in parts], catalog)


def manual_state(facts: Facts, catalog: Catalog) -> Words:
    """Say in a few words where the manual sample (人工抽检) stands."""
    sample = latest(facts, MANUAL)
    if sample is None:
        return Words("无", "none")
    found = pass_rate(sample, catalog, facts.profile)
    if found is None:
        return Words("结论未齐", "verdicts are not all in")
    said = Words(f"{found.passed}/{sample.size} 条合格", f"{found.passed} of {sample.size} items passed")
    gap = shortcoming(sample, facts, catalog)
    return _joined([said, gap]) if gap else said


def by_construction(sample: SampleFact, facts: Facts) -> Words | None:
    """Say that the library (关键词库) of the technical sample is the one that screened, so that the result had to be.

    Beside it stands what tells more: the share that was found before the screening took it out.

    Args:
        sample: The technical sample.
        facts: The facts; their ingests name the library of each.

    Returns:
        None where no item was screened by that library, or nothing was judged.

    Clause:
        R-071
    """
    told = {name.partition("+")[2] for name in sample.inspectors}
    screened = {each.lexicon for each in facts.ingests if each.shards}
    same = {digest for digest in screened for short in told if short and digest.startswith(short)}
    if not same or not sample.is_closed:
        return None
    found = facts.risks.get(ILLEGAL, RiskFact()).items
    share = Words(
        f"筛查前识别出风险 {found}/{facts.items.taken_in} 条",
        f"{found} of {facts.items.taken_in} items were found risky before screening",
    )
    if same != screened:
        part = "部分条目由同一关键词库筛查", "some items were screened by the same library"
        return _joined([Words(*part), share])
    whole = Words("与筛查同一工具，合格率按构造即为 100%", "same tools as the screening: 100 % by construction")
    return _joined([whole, share])


def readings(found: PassRate) -> Words:
    """Return the two readings of a pass rate (合格率): whether the standard is met, and what statistics assure."""
    met = ("达到标准", "meets the standard") if found.is_met else ("未达到标准", "does not meet the standard")
    sure = (
        ("统计上有把握", "statistically assured")
        if found.is_assured
        else ("统计上尚无把握", "not statistically assured")
    )
    return Words(f"{met[0]}；{sure[0]}", f"{met[1]}; {sure[1]}")


def at_least(millionths: int) -> str:
    """Print a lower bound as percent with two decimals, rounded down, so that it is never printed too high."""
    return str(Decimal(millionths).scaleb(-4).quantize(_HUNDREDTH, rounding=ROUND_FLOOR))


def _of_rate(facts: Facts, catalog: Catalog, plan: SamplePlan) -> Finding:
    """Hold the sample of a plan that counts against the plan's size and pass rate."""
    sample = latest(facts, plan.id)
    wanted = plan.size.threshold or plan.size.share
    required = _joined(
        [number(catalog.thresholds[name], catalog.required(name, facts.profile)) for name in (wanted, plan.pass_rate)]
    )
    if sample is None:
        return Finding(plan.clause, "items", Verdict.UNPROVEN, _NOT_DRAWN, required, (), drawing(plan))
    refs = entries(facts, sample.seq)
    found = pass_rate(sample, catalog, facts.profile)
    if found is None:
        is_by_hand = sample.size and not plan.is_machine_judged
        action = recording(sample.seq) if is_by_hand else drawing(plan, is_again=not sample.size)
        return Finding(plan.clause, "items", Verdict.UNPROVEN, _open(sample), required, refs, action)
    gap = shortcoming(sample, facts, catalog)
    verdict, action = Verdict.CONFORMS, ""
    if gap is not None or not found.is_met:
        verdict = Verdict.UNPROVEN if found.is_met else Verdict.FAILS
        action = drawing(plan, is_again=True)
    measured = _joined([_rate(sample, found, catalog), *([gap] if gap else [])])
    return Finding(plan.clause, "items", verdict, measured, required, refs, action)


def _open(sample: SampleFact) -> Words:
    if not sample.size:
        return Words("总体中没有可以判断的条目，无法估计", "the frame has no item that can be judged, not estimable")
    judged = sample.judged + sample.unsure
    return Words(
        f"已抽 {sample.size} 条，已有结论 {judged} 条，结论未齐",
        f"{sample.size} items drawn, {judged} judged, verdicts are not all in",
    )


def _rate(sample: SampleFact, found: PassRate, catalog: Catalog) -> Words:
    """Return the point estimate, the bound beside it, and what both say."""
    confidence = catalog.house.integer("bound_confidence")
    rate = (Decimal(found.passed).scaleb(2) / sample.size).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
    unsure = Words(
        f"（含无法判断 {sample.unsure} 条）" if sample.unsure else "",
        f" ({sample.unsure} of them could not be judged)" if sample.unsure else "",
    )
    read = readings(found)
    frame = Words(
        f"总体 {sample.population} 条" + (f"（{sample.unreadable} 条无法读取）" if sample.unreadable else ""),
        f"frame of {sample.population}" + (f" ({sample.unreadable} unreadable)" if sample.unreadable else ""),
    )
    return Words(
        f"{frame.zh}；合格 {found.passed}/{sample.size} 条，不合格 {found.failed} 条{unsure.zh}，合格率 {rate}%；"
        f"{confidence}% 单侧下界 {at_least(found.bound)}%；{read.zh}",
        f"{frame.en}; {found.passed} of {sample.size} items passed, {found.failed} failed{unsure.en}, {rate} %; "
        f"one-sided {confidence} % bound {at_least(found.bound)} %; {read.en}",
    )


def resting_on(clause: str, parts: Sequence[tuple[Words, Finding]], catalog: Catalog) -> Finding:
    """Return the finding on a clause that rests on others, each with what it is called."""
    found = [each for _, each in parts]
    verdict = together(found)
    measured = _joined(
        [Words(f"{name.zh}：{each.verdict}", f"{name.en}: {_ENGLISH[each.verdict]}") for name, each in parts]
    )
    refs = tuple(dict.fromkeys(ref for each in found for ref in each.refs))
    action = next((each.next_action for each in found if each.verdict == verdict and each.next_action), "")
    return Finding(ClauseId(clause), "items", verdict, measured, requirement(catalog, clause), refs, action)


def _joined(parts: Sequence[Words]) -> Words:
    return Words("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))
