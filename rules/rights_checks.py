"""Checks on intellectual property (知识产权): officer and policy, screening, complaints, and what must stay out."""

from collections.abc import Iterator

from provenance.ids import ClauseId
from rules.catalog import Catalog
from rules.complaints import ComplaintFact
from rules.facts import Facts
from rules.figures import CheckFact, EvidenceFact
from rules.findings import Finding, Verdict, confirming, nothing_read, requirement
from rules.licences import Stance, judge
from rules.marks import ANY
from rules.records import Words

_REASONS = ("rights-reserved", "licence-contradicts")
"""Reasons under which items are kept out for the rights of others."""
_UPHELD = "upheld"
_OUT = ("refused", "suspended", "withdrawn")
"""States of a source of which nothing is used."""


def officer_and_policy(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask for a named officer (知识产权负责人) and a policy (管理策略): one without the other does not do.

    Clause:
        R-021
    """
    kinds = tuple(catalog.clause("R-021").evidence)
    papers = facts.evidence.get("R-021", ())
    held = {paper.kind for paper in papers}
    lacking = [kind for kind in kinds if kind not in held]
    verdict = Verdict.CONFORMS if not lacking else Verdict.FAILS if held & set(kinds) else Verdict.UNPROVEN
    yield _of_papers("R-021", verdict, kinds, lacking, papers, catalog)


def complaint_channel(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask for a complaint channel (投诉举报渠道), and that no complaint waits beyond its last day.

    Clause:
        R-023
    """
    papers = facts.evidence.get("R-023", ())
    overdue = [each for each in facts.complaints if each.is_overdue(facts.as_of)]
    opened = [each for each in facts.complaints if each.is_open]
    has_channel = any(paper.kind == "complaint_channel" for paper in papers)
    verdict = Verdict.FAILS if overdue else Verdict.CONFORMS if has_channel else Verdict.UNPROVEN
    channel = Words("有渠道证明", "a channel is shown") if has_channel else Words("没有渠道证明", "no channel is shown")
    measured = Words(
        f"{channel.zh}；投诉 {len(facts.complaints)} 件，未办结 {len(opened)} 件，逾期 {len(overdue)} 件",
        f"{channel.en}; {len(facts.complaints)} complaints, {len(opened)} open, {len(overdue)} overdue",
    )
    refs = tuple(f"#{seq}" for seq in [*(paper.seq for paper in papers), *(each.seq for each in overdue)])
    action = f"yuliao complaint close {overdue[0].id} --outcome OUTCOME --reason REASON" if overdue else ""
    if not overdue and not has_channel:
        action = confirming("R-023", "complaint_channel")
    yield Finding(ClauseId("R-023"), "complaints", verdict, measured, requirement(catalog, "R-023"), refs, action)


def policy_upkeep(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Count the versions of the policy, and the complaints upheld since the latest: it may have to be updated.

    Clause:
        R-025
    """
    attached = (*facts.evidence.get("R-021", ()), *facts.evidence.get("R-025", ()))
    versions = {paper.digest: paper for paper in attached if paper.kind == "ip_policy"}
    latest = max((paper.seq for paper in versions.values()), default=0)
    since = [each for each in _upheld(facts) if each.seq > latest]
    verdict = Verdict.CONFORMS if versions and not since else Verdict.UNPROVEN
    measured = Words(
        f"策略 {len(versions)} 版；最新版之后成立的投诉 {len(since)} 件",
        f"{len(versions)} versions of the policy; {len(since)} complaints upheld since the latest",
    )
    refs = tuple(f"#{paper.seq}" for paper in versions.values())
    action = "" if verdict == Verdict.CONFORMS else confirming("R-025", "ip_policy")
    yield Finding(ClauseId("R-025"), "policy", verdict, measured, requirement(catalog, "R-025"), refs, action)


def public_summary(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask for the published summary (摘要公开) of the part of the corpus that concerns intellectual property.

    Clause:
        R-026
    """
    papers = facts.evidence.get("R-026", ())
    lacking = [] if any(paper.kind == "ip_summary" for paper in papers) else ["ip_summary"]
    verdict = Verdict.UNPROVEN if lacking else Verdict.CONFORMS
    yield _of_papers("R-026", verdict, ("ip_summary",), lacking, papers, catalog)


def rights_screened(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say whether notices of rights were looked for in every admitted item, and what was found and kept out.

    That no notice stands in a text does not prove that nobody has rights in it, so the screening as a whole (R-022)
    waits for a person's record; what was identified is recorded item by item (R-123).

    Clause:
        R-022, R-123
    """
    if not facts.items.taken_in:
        yield from nothing_read(catalog, "R-022", "R-123")
        return
    check, admitted = facts.checks.get("R-123", CheckFact()), facts.items.admitted
    marked = sum(each.items for each in facts.notices if each.notice == ANY)
    kept_out = sum(facts.by_reason.get(reason, 0) for reason in _REASONS)
    measured = Words(
        f"已识别 {check.admitted_ok}/{admitted} 条；有权利标识 {marked} 条，因此隔离 {kept_out} 条",
        f"{check.admitted_ok} of {admitted} admitted items scanned; notices in {marked} items, {kept_out} kept out",
    )
    unseen = admitted - check.admitted_ok
    papers = [paper for paper in facts.evidence.get("R-022", ()) if paper.kind == "ip_screening"]
    for name, otherwise in (
        ("R-022", Verdict.CONFORMS if papers else Verdict.UNPROVEN),
        ("R-123", Verdict.CONFORMS),
    ):
        verdict = Verdict.FAILS if unseen else otherwise
        action = "yuliao ingest SOURCE PATH" if unseen else ""
        if verdict == Verdict.UNPROVEN:
            action = confirming(name, "ip_screening")
        yield Finding(ClauseId(name), "items", verdict, measured, requirement(catalog, name), (), action)


def nothing_infringing_left(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Demand that nothing known to infringe is used: no refused licence, no complaint upheld and not acted upon.

    Clause:
        R-132
    """
    if not facts.items.taken_in:
        yield from nothing_read(catalog, "R-132")
        return
    refused = sorted(
        source.id for source in facts.sources.values() if source.items.admitted and _is_refused(source.licence)
    )
    gone = {source.id for source in facts.sources.values() if source.state in _OUT}
    waiting = [each for each in _upheld(facts) if not each.withdrawal and each.source not in gone]
    kept_out = sum(facts.by_reason.get(reason, 0) for reason in _REASONS)
    papers = [paper for paper in facts.evidence.get("R-132", ()) if paper.kind == "exclusion_list"]
    verdict = Verdict.CONFORMS if papers else Verdict.UNPROVEN
    action = "" if papers else confirming("R-132", "exclusion_list")
    zh = [f"因权利隔离 {kept_out} 条"]
    en = [f"{kept_out} items kept out for rights of others"]
    if refused:
        verdict, action = Verdict.FAILS, f"yuliao source suspend {refused[0]} --reason REASON"
        zh.append(f"许可不可用而仍有纳入条目：{'、'.join(refused)}")
        en.append(f"admitted items under a refused licence: {', '.join(refused)}")
    if waiting:
        verdict, action = Verdict.FAILS, "yuliao withdraw --text FILE --basis BASIS"
        names = [each.id for each in waiting]
        zh.append(f"投诉成立而未撤回：{'、'.join(names)}")
        en.append(f"upheld without a withdrawal: {', '.join(names)}")
    measured = Words("；".join(zh), "; ".join(en))
    refs = tuple(f"#{seq}" for seq in [*(paper.seq for paper in papers), *(each.seq for each in waiting)])
    yield Finding(ClauseId("R-132"), "items", verdict, measured, requirement(catalog, "R-132"), refs, action)


def _upheld(facts: Facts) -> list[ComplaintFact]:
    return [each for each in facts.complaints if each.is_ip and each.outcome == _UPHELD]


def _is_refused(licence: str) -> bool:
    return bool(licence) and judge(licence).stance is Stance.REFUSED


def _of_papers(
    clause: str,
    verdict: Verdict,
    kinds: tuple[str, ...],
    lacking: list[str],
    papers: tuple[EvidenceFact, ...],
    catalog: Catalog,
) -> Finding:
    names = [catalog.evidence_kinds[kind] for kind in lacking or kinds]
    zh, en = "、".join(each.zh for each in names), "; ".join(each.en for each in names)
    measured = Words(f"缺少：{zh}", f"missing: {en}") if lacking else Words(f"已附：{zh}", f"attached: {en}")
    action = confirming(clause, *kinds) if lacking else ""
    refs = tuple(f"#{paper.seq}" for paper in papers)
    return Finding(ClauseId(clause), "papers", verdict, measured, requirement(catalog, clause), refs, action)
