"""Checks that rest on samples (抽样): the 5 % rule per source, and the sample checks of the draft on training data."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from provenance.ids import ClauseId
from rules import sample_plans, source_checks
from rules.catalog import Catalog
from rules.coverage import number
from rules.facts import Facts
from rules.figures import SourceFacts
from rules.findings import Finding, Verdict, together
from rules.records import Words
from rules.sample_plans import SamplePlan
from rules.samples import SampleFact

RECORDS = ("metadata", "risk-records", "ip-records")
"""The plans whose samples the machine judges, in the order of their clauses."""
_OUTCOMES = {
    "none": Words("没有记录", "none is recorded"),
    "open": Words("已抽样，结论未齐", "drawn, verdicts are not all in"),
    "not estimable": Words("没有一条可判断，无法估计", "nothing could be judged, not estimable"),
    "outdated": Words("核验之后又采集了新条目，已过期", "items were taken in since, outdated"),
}


def assessed_before_collection(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask for an assessment before collection (采集前安全评估) of every source, within the limit.

    Where the corpus was collected before its source was registered, or items were taken in before the assessment was
    closed, it cannot be had any more and the clause is not met; a later verification is the equivalent measure.

    Clause:
        R-001, R-003
    """
    for source in source_checks.taking_part(facts):
        outcome, refs = source.standing.assessment, entries(facts, source.standing.assessment_sample)
        command = f"yuliao source assess {source.id} PATH --sample N --out SHEET"
        if outcome == "open":
            command = recording(source.standing.assessment_sample)
        if source.collected_before_registration or source.standing.is_late:
            verdict, measured = Verdict.FAILS, _too_late(source)
            command = source_checks.confirm("R-001")
        elif outcome in _OUTCOMES:
            verdict, measured = Verdict.UNPROVEN, _named("采集前评估", "assessment", _OUTCOMES[outcome])
        else:
            verdict, measured = _result(facts, catalog, source.standing.assessment_sample)
            command = "" if verdict == Verdict.CONFORMS else f"yuliao source refuse {source.id} --reason REASON"
        yield _about(facts, catalog, source, "R-001", verdict, measured, refs, command)
    yield from source_checks.if_none(facts, "R-001", _limit(facts, catalog))


def verified_after_collection(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask for a verification after collection (采集后核验) of every source that gave items, within the limit.

    A source over the limit of which nothing is admitted any more is not used, as the clause asks.

    Clause:
        R-002, R-003
    """
    for source in source_checks.taking_part(facts):
        seq, outcome = source.standing.verification_sample, source.standing.verification
        command = f"yuliao sample draw verification --source {source.id} --out SHEET"
        if not source.items.taken_in:
            verdict, measured = Verdict.UNPROVEN, Words("尚未采集", "nothing was taken in yet")
            command = f"yuliao ingest {source.id} PATH"
        elif outcome in _OUTCOMES:
            verdict, measured = Verdict.UNPROVEN, _named("采集后核验", "verification", _OUTCOMES[outcome])
            command = recording(seq) if outcome == "open" else command
        else:
            verdict, measured = _result(facts, catalog, seq)
            command = "" if verdict == Verdict.CONFORMS else f"yuliao source suspend {source.id} --reason REASON"
            if verdict == Verdict.FAILS and not source.items.admitted:
                verdict, command = Verdict.CONFORMS, ""
                measured = Words(f"{measured.zh}；已不使用", f"{measured.en}; not used any more")
        yield _about(facts, catalog, source, "R-002", verdict, measured, entries(facts, seq), command)
    yield from source_checks.if_none(facts, "R-002", _limit(facts, catalog))


def records_sampled(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Demand the three samples of records: metadata, risk records, infringement records; every item must be right.

    Clause:
        R-151, R-152, R-153
    """
    for name in RECORDS:
        yield every_item_right(facts, catalog, sample_plans.plan(name))


def collection_evaluated(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Join what the evaluation of collection asks: papers, several sources per type, records that match.

    Clause:
        R-150
    """
    clause = catalog.clause("R-150")
    parts = [each for each in source_checks.several_sources(facts, catalog) if each.clause == "R-113"]
    parts += source_checks.papers(facts, catalog)
    parts.append(every_item_right(facts, catalog, sample_plans.plan(RECORDS[0])))
    verdict = together(parts)
    worst = [each for each in parts if each.verdict == verdict] if verdict != Verdict.CONFORMS else []
    named = "、".join(dict.fromkeys(each.clause for each in worst))
    measured = (
        Words(f"取决于 {named}", f"rests on {named.replace('、', ', ')}")
        if named
        else Words("来源记录、来源数量、元数据抽样均符合", "records, numbers of sources and sampled metadata conform")
    )
    required = Words(clause.requirement_zh, clause.requirement_en)
    refs = tuple(dict.fromkeys(ref for each in parts for ref in each.refs))
    action = next((each.next_action for each in worst if each.next_action), "")
    yield Finding(clause.id, "", verdict, measured, required, refs, action)


def share(sample: SampleFact, catalog: Catalog) -> Words:
    """Say how many of a sample are bad, with the exact one-sided bound beside it."""
    bound = sample.bound(catalog)
    confidence = catalog.house.integer("bound_confidence")
    zh = f"{sample.bad}/{sample.judged} 条违法不良"
    en = f"{sample.bad} of {sample.judged} items illegal or harmful"
    if sample.unsure or sample.unreadable:
        zh += f"，另有 {sample.unsure} 条无法判断、总体中 {sample.unreadable} 条无法读取"
        en += f", {sample.unsure} more could not be judged and {sample.unreadable} of the frame not be read"
    if bound is None:
        return Words(zh, en)
    return Words(
        f"{zh}；{confidence}% 单侧上界 {in_percent(bound)}%",
        f"{en}; one-sided {confidence} % bound {in_percent(bound)} %",
    )


def in_percent(millionths: int) -> str:
    """Print millionths as percent with two decimals, rounded up, so that a bound is never printed too low."""
    return str(Decimal(millionths).scaleb(-4).quantize(Decimal("0.01"), rounding=ROUND_CEILING))


def every_item_right(facts: Facts, catalog: Catalog, plan: SamplePlan) -> Finding:
    """Hold the sample of a plan that counts against a plan that asks every item to be right.

    One that is open, outdated, too small or not judged as a whole proves nothing; one wrong item breaks the clause.

    Clause:
        R-151, R-152, R-153, R-154, R-156, R-157
    """
    required = number(catalog.thresholds[plan.size.threshold], plan.required(catalog, facts.profile))
    sample = latest(facts, plan.id)
    if sample is None:
        measured = Words("没有抽样", "no sample was drawn")
        return Finding(plan.clause, "items", Verdict.UNPROVEN, measured, required, (), drawing(plan))
    measured = _counted(sample, plan, plan.required(catalog, facts.profile))
    gap = shortcoming(sample, facts, catalog)
    verdict, action = Verdict.CONFORMS, ""
    if sample.failed:
        verdict, action = Verdict.FAILS, drawing(plan, is_again=True)
    elif not sample.is_closed:
        verdict, action = Verdict.UNPROVEN, drawing(plan) if plan.is_machine_judged else recording(sample.seq)
    elif gap is not None or sample.unsure:
        verdict = Verdict.UNPROVEN
        action = drawing(plan, is_again=not sample.is_outdated)
    if gap is not None and not sample.failed:
        measured = Words(f"{measured.zh}；{gap.zh}", f"{measured.en}; {gap.en}")
    return Finding(plan.clause, "items", verdict, measured, required, entries(facts, sample.seq), action)


def shortcoming(sample: SampleFact, facts: Facts, catalog: Catalog) -> Words | None:
    """Return why a sample of the corpus proves nothing any more, or never did: outdated, or too small; None if fit."""
    plan = sample_plans.plan(sample.plan)
    if sample.is_outdated or (not plan.only and facts.items.admitted > sample.population):
        return Words("此后又有条目采集或者纳入，已过期", "items were taken in or admitted since, outdated")
    wanted = plan.required(catalog, facts.profile, sample.population)
    parts = [(part.population, part.size) for part in sample.strata] or [(sample.population, sample.size)]
    if sum(max(0, min(wanted, population - sample.unreadable) - size) for population, size in parts):
        return Words(f"抽样数量不足，应不少于 {wanted} 条", f"too few items were drawn, {wanted} are required")
    return None


def drawing(plan: SamplePlan, *, is_again: bool = False) -> str:
    """Return the command that draws a sample, with the reason where it is drawn once more."""
    sheet = "" if plan.is_machine_judged or plan.is_raw else " --out SHEET"
    return f"yuliao sample draw {plan.id}{sheet}{' --reason REASON' if is_again else ''}"


def _counted(sample: SampleFact, plan: SamplePlan, wanted: int) -> Words:
    zh = f"{sample.passed}/{sample.size} 条正确"
    en = f"{sample.passed} of {sample.size} items right"
    if sample.unsure and plan.is_machine_judged:
        zh, en = f"{zh}，{sample.unsure} 条原文件不在", f"{en}, the file of {sample.unsure} is gone"
    elif sample.unsure:
        zh, en = f"{zh}，{sample.unsure} 条无法判断", f"{en}, {sample.unsure} could not be judged"
    if not sample.is_closed:
        zh, en = f"{zh}，结论未齐", f"{en}, verdicts are not all in"
    for part in sample.strata:
        zh, en = f"{zh}；{part.name} {part.size} 条", f"{en}; {part.name} {part.size}"
    small = min((part.size for part in sample.strata), default=sample.size) < wanted
    return Words(f"{zh}；不足者全检", f"{en}; where there are fewer, all of them") if small else Words(zh, en)


def _result(facts: Facts, catalog: Catalog, seq: int) -> tuple[Verdict, Words]:
    sample = next(each for each in facts.samples if each.seq == seq)
    limit = catalog.required("source_bad_info_max_pct", facts.profile)
    is_within = sample.outcome(limit) == "passed"
    return Verdict.CONFORMS if is_within else Verdict.FAILS, share(sample, catalog)


def _too_late(source: SourceFacts) -> Words:
    if source.collected_before_registration:
        return Words("登记之前已采集，无采集前评估", "collected before registration, not assessed before")
    return Words("采集之后才完成评估", "items were taken in before the assessment was closed")


def latest(facts: Facts, plan: str) -> SampleFact | None:
    """Return the sample of the corpus by a plan that counts: the latest one that is closed, else the latest one."""
    found = [each for each in facts.samples if each.plan == plan]
    closed = [each for each in found if each.is_closed]
    return next(reversed(closed or found), None)


def entries(facts: Facts, seq: int) -> tuple[str, ...]:
    """Return the ledger entries of a sample: its draw and its verdicts."""
    sample = next((each for each in facts.samples if each.seq == seq), None)
    return () if sample is None else tuple(f"#{each}" for each in (sample.seq, sample.verdicts) if each)


def recording(seq: int) -> str:
    """Return the command that records verdicts on a sample."""
    return f"yuliao sample record {seq} FILE"


def _limit(facts: Facts, catalog: Catalog) -> Words:
    name = "source_bad_info_max_pct"
    return number(catalog.thresholds[name], catalog.required(name, facts.profile))


def _named(zh: str, en: str, outcome: Words) -> Words:
    return Words(f"{zh}：{outcome.zh}", f"{en}: {outcome.en}")


def _about(
    facts: Facts,
    catalog: Catalog,
    source: SourceFacts,
    clause: str,
    verdict: Verdict,
    measured: Words,
    refs: tuple[str, ...],
    command: str,
) -> Finding:
    words = Words(f"{source.id}：{measured.zh}", f"{source.id}: {measured.en}")
    return Finding(ClauseId(clause), source.id, verdict, words, _limit(facts, catalog), refs, command)
