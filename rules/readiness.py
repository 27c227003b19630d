"""Why the filing is not ready: blocking items first, each with the command that helps."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.catalog import Catalog
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

    Rank 0: no source, no keyword library, an unfinished ingest. Rank 1: clauses that the facts say are not met. Rank
    2: clauses without proof. Rank 3: clauses that look met or not applicable and that nobody confirmed.

    Clause:
        R-074
    """
    found = [*_obstacles(facts)]
    ranks = {Verdict.FAILS: 1, Verdict.UNPROVEN: 2, Verdict.CONFORMS: 3, Verdict.NOT_APPLICABLE: 3}
    for row in rows:
        if row.verdict == Verdict.UNPROVEN:
            clause = catalog.clause(row.clause)
            what = Words(
                f"{clause.title_zh}：{row.measured_zh or '没有证据'}",
                f"{clause.title_en}: {row.measured_en or 'no evidence'}",
            )
            found.append(Step(ranks[row.proposed], row.clause, what, row.next_action))
    return tuple(sorted(found, key=lambda step: step.rank))


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
