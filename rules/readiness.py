"""Why the filing is not ready: blocking items first, each with the command that helps."""

from collections.abc import Sequence
from dataclasses import dataclass

from provenance.clock import day_of
from rules.annotation.requalifying import qualifications_due
from rules.catalog import Catalog
from rules.due import falls_due
from rules.evidence import ClauseRow
from rules.facts import Facts
from rules.findings import Verdict
from rules.records import Words


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: what blocks, and the command. ``rank`` 0 blocks everything, 3 only wants a confirmation."""

    rank: int
    subject: str
    what: Words
    command: str


def steps(facts: Facts, rows: Sequence[ClauseRow], catalog: Catalog) -> tuple[Step, ...]:
    """Return what stands in the way, the worst first, in a fixed order.

    Rank 0: no source, no keyword library, an unfinished ingest. Rank 1: clauses that the facts say are not met, papers
    that ran out, complaints that are overdue. Rank 2: clauses without proof, papers and qualifications that fall due,
    items whose keeper is gone. Rank 3: clauses that look met or not applicable and that nobody confirmed.

    Clause:
        R-074
    """
    found = _obstacles(facts)
    ranks = {Verdict.FAILS: 1, Verdict.UNPROVEN: 2, Verdict.CONFORMS: 3, Verdict.NOT_APPLICABLE: 3}
    for row in rows:
        if row.verdict == Verdict.UNPROVEN:
            clause = catalog.clause(row.clause)
            what = Words(
                f"{clause.title_zh}：{row.measured_zh or '没有证据'}",
                f"{clause.title_en}: {row.measured_en or 'no evidence'}",
            )
            found.append(Step(ranks[row.proposed], row.clause, what, row.next_action))
    found += [*_due(facts, catalog), *_requalify(facts, catalog), *_overdue(facts), *_left_behind(facts)]
    return tuple(sorted(found, key=lambda step: step.rank))


def _due(facts: Facts, catalog: Catalog) -> list[Step]:
    found = []
    notice = catalog.house.integer("paper_expiry_notice")
    for each in falls_due(facts, within_days=notice, day=day_of(facts.as_of)) if facts.as_of else ():
        place, last = f"{each.source}/{each.paper.kind}", each.paper.valid_to
        has_passed = each.days_left < 0
        what = (
            Words(f"{place} 已于 {last} 到期", f"{place} expired on {last}")
            if has_passed
            else Words(
                f"{place} 将于 {last} 到期，剩余 {each.days_left} 日",
                f"{place} expires on {last}, in {each.days_left} days",
            )
        )
        found.append(Step(1 if has_passed else 2, each.source, what, "yuliao source add DECLARATION.yaml"))
    return found


def _requalify(facts: Facts, catalog: Catalog) -> list[Step]:
    """Return the qualifications that have ended or end soon."""
    if not facts.as_of:
        return []
    notice = catalog.house.integer("paper_expiry_notice")
    return [
        Step(
            2,
            each.person,
            Words(
                f"{each.person} 的上岗资格（{each.rule_book}）有效至 {each.last_day}，需要重新考核",
                f"the qualification of {each.person} for {each.rule_book} holds until {each.last_day}",
            ),
            "yuliao people examine publish EXAM.yaml",
        )
        for each in qualifications_due(facts.annotation.people, within_days=notice, day=day_of(facts.as_of))
    ]


def _overdue(facts: Facts) -> list[Step]:
    """Return the complaints that nobody answered in time."""
    return [
        Step(
            1,
            each.id,
            Words(f"投诉 {each.id} 已于 {each.due} 逾期", f"complaint {each.id} was to be answered by {each.due}"),
            f"yuliao complaint close {each.id} --outcome OUTCOME --reason REASON",
        )
        for each in facts.complaints
        if each.is_overdue(facts.as_of)
    ]


def _left_behind(facts: Facts) -> list[Step]:
    """Return the open sources with items that repeat one which left with its source or user: their text is lacking."""
    counts = {source.id: (source.by_reason or {}).get("keeper-gone", 0) for source in facts.sources.values()}
    return [
        Step(
            2,
            name,
            Words(
                f"{name} 有 {n} 条所重复的条目已随其来源或者使用者退出，可以重新读入",
                f"{n} items of {name} repeat items that left with their source or user, and can be read again",
            ),
            f"yuliao ingest {name} PATH --reconsider",
        )
        for name, n in counts.items()
        if n and facts.sources[name].state in _OPEN
    ]


_OPEN = ("admitted", "collecting", "verified")
"""States of a source whose items may be taken in."""


def _obstacles(facts: Facts) -> list[Step]:
    found = []
    if facts.lexicon is None:
        what = Words("没有关键词库，不能读入语料", "no keyword library, so nothing can be taken in")
        found.append(Step(0, "lexicon", what, "yuliao rules import-keywords FILE.csv"))
    if not facts.sources:
        what = Words("没有登记语料来源", "no source is registered")
        found.append(
            Step(0, "sources", what, "yuliao source template KIND > source.yaml; yuliao source add source.yaml")
        )
    names = {ingest.seq: ingest.source for ingest in facts.ingests}
    for seq in facts.unfinished:
        what = Words(f"读入未完成（台账第 {seq} 项）", f"unfinished ingest (entry {seq})")
        found.append(Step(0, f"#{seq}", what, f"yuliao ingest {names[seq]} PATH"))
    return found
