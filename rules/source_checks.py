"""Checks on the sources (语料来源): variety, regions, papers. Refused sources are left aside; they gave nothing."""

from collections import defaultdict
from collections.abc import Iterator

from provenance.clock import day_of
from provenance.ids import ClauseId
from rules import source_kinds
from rules.catalog import Catalog
from rules.coverage import number
from rules.facts import Facts
from rules.figures import SourceFacts
from rules.findings import Finding, Verdict
from rules.records import Words

_TEXT = ("zh_text", "en_text", "other")
_UNKNOWN = ("", "und")
PAPERS = (
    "R-007",
    "R-008",
    "R-009",
    "R-010",
    "R-011",
    "R-012",
    "R-013",
    "R-014",
    "R-110",
    "R-111",
    "R-112",
    "R-114",
    "R-115",
    "R-141",
)
"""Clauses that the papers of a source prove (rules/sources)."""
_NO_SOURCE = Words("尚未登记语料来源", "no source is registered yet")
_ELSEWHERE = ("separate_consent", "assessment", "papers_in_force")
"""Rules of hard checks whose clauses are judged by checks of their own, or by the papers' last days."""
_RENEW = "yuliao source add DECLARATION.yaml"
_REGISTER = "yuliao source template KIND > source.yaml; yuliao source add source.yaml"


def several_sources(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Count the sources of every language and type, and of every type as the draft understands it.

    The draft's types are code and every medium each, and text of one language. Items whose language is undetermined
    belong to no cell.

    Clause:
        R-004, R-113
    """
    threshold = "sources_min_per_language_and_type"
    minimum = catalog.required(threshold, facts.profile)
    required = number(catalog.thresholds[threshold], minimum)
    cells: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for source in facts.sources.values():
        for (kind, language), amount in (source.by_type_and_language or {}).items():
            if amount.items and not (kind in _TEXT and language in _UNKNOWN):
                cells["R-004", f"{kind}/{language or '-'}"].add(source.id)
                cells["R-113", language if kind in _TEXT else kind].add(source.id)
    for (clause, subject), sources in sorted(cells.items()):
        measured = Words(f"{subject}：{len(sources)} 个来源", f"{subject}: {len(sources)} sources")
        is_met = len(sources) >= minimum
        verdict = Verdict.CONFORMS if is_met else Verdict.FAILS
        yield Finding(ClauseId(clause), subject, verdict, measured, required, (), "" if is_met else _REGISTER)
    if not cells:
        for clause in ("R-004", "R-113"):
            yield Finding(ClauseId(clause), "", Verdict.UNPROVEN, _NO_SOURCE, required, (), _REGISTER)


def balanced_regions(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Give the share of overseas sources; whether it is sensible a person judges.

    Clause:
        R-005
    """
    clause = catalog.clause("R-005")
    required = Words(clause.requirement_zh, clause.requirement_en)
    overseas = facts.by_region.get("overseas")
    if not facts.total.items:
        yield Finding(clause.id, "", Verdict.UNPROVEN, _NO_SOURCE, required, (), _REGISTER)
    elif overseas is None or not overseas.items:
        measured = Words("没有使用境外来源", "no overseas source is used")
        yield Finding(clause.id, "", Verdict.NOT_APPLICABLE, measured, required, (), confirm("R-005"))
    else:
        measured = Words(
            f"境外来源 {overseas.items}/{facts.total.items} 条",
            f"overseas {overseas.items} of {facts.total.items} items",
        )
        yield Finding(clause.id, "", Verdict.UNPROVEN, measured, required, (), confirm("R-005"))


def papers(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask every source for the papers its kind needs: licence, contract, commitments, review, log, consent.

    A paper that lies there is evidence of presence; whether it is valid the person judges who confirms the verdict, but
    one past its last day is not. A source that gave items and lacks a paper fails; one that gave none yet is unproven.

    Clause:
        R-007, R-008, R-009, R-010, R-011, R-012, R-013, R-014, R-110, R-111, R-112, R-114, R-115, R-141
    """
    day = day_of(facts.as_of) if facts.as_of else ""
    for name in PAPERS:
        clause = catalog.clause(name)
        required = Words(clause.requirement_zh, clause.requirement_en)
        asked = False
        for source in taking_part(facts):
            for finding in _papers_of(source, clause.id, required, day):
                asked = True
                yield finding
        if facts.sources and not asked:
            measured = Words("没有此类来源", "no source of this kind")
            yield Finding(clause.id, "", Verdict.NOT_APPLICABLE, measured, required, (), confirm(name))
        yield from if_none(facts, name, required)


def _papers_of(source: SourceFacts, clause: ClauseId, required: Words, day: str) -> Iterator[Finding]:
    kind = source_kinds.load().get(source.source_kind)
    if kind is None:
        return
    checks = [check for check in kind.checks if clause in check.clauses and check.rule not in _ELSEWHERE]
    wanted = {paper.name for paper in kind.evidence if clause in paper.clauses}
    held = [paper for paper in source.papers if paper.kind in wanted]
    if not checks and not held:
        return
    present = {paper.kind for paper in source.evidence}
    failed = [check.id for check in checks if check.id in source.missing]
    failed += [
        check.id
        for check in checks
        if check.evidence and not check.fields and not check.rule and not present & set(check.evidence)
    ]
    lacking = sorted(set(failed))
    refs = tuple(f"#{paper.seq}" for paper in held)
    expired = [paper for paper in held if paper.valid_to and paper.valid_to < day]
    if expired:
        verdict = Verdict.FAILS if source.items.admitted else Verdict.UNPROVEN
        told = [(paper.kind, paper.valid_to) for paper in expired]
        measured = Words(
            "；".join(f"{name} 已于 {last} 到期" for name, last in told),
            "; ".join(f"{name} expired on {last}" for name, last in told),
        )
        action = _RENEW
    elif lacking:
        verdict = Verdict.FAILS if source.items.admitted else Verdict.UNPROVEN
        measured = Words(f"缺少：{'、'.join(lacking)}", f"missing: {', '.join(lacking)}")
        supplies = next((check.evidence[0] for check in checks if check.id in lacking and check.evidence), "KIND")
        action = f"yuliao source evidence {source.id} {supplies} FILE"
    elif source.state == "registered":
        verdict, measured = Verdict.UNPROVEN, Words("尚未决定是否纳入", "not yet admitted or refused")
        action = f"yuliao source admit {source.id} --reason REASON"
    else:
        verdict, measured, action = Verdict.CONFORMS, Words("材料齐全", "papers are there"), ""
    yield Finding(clause, source.id, verdict, _of(source, measured), required, refs, action)


def taking_part(facts: Facts) -> list[SourceFacts]:
    """Return the sources that give items or may; one refused before it gave any is left aside."""
    return [source for source in facts.sources.values() if not source.is_out or source.items.admitted]


def _of(source: SourceFacts, measured: Words) -> Words:
    return Words(f"{source.id}：{measured.zh}", f"{source.id}: {measured.en}")


def if_none(facts: Facts, clause: str, required: Words) -> Iterator[Finding]:
    """Yield that a clause is unproven where no source is registered at all."""
    if not facts.sources:
        yield Finding(ClauseId(clause), "", Verdict.UNPROVEN, _NO_SOURCE, required, (), _REGISTER)


def confirm(clause: str) -> str:
    """Return the command by which a person confirms a verdict."""
    return f"yuliao clause set {clause} --verdict V --reason R --evidence FILE"
