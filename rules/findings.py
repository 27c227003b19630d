"""What a check says: the four words, and a finding with what was measured beside what is required.

Checks return findings; nothing raises because a corpus does not conform.
"""

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provenance.ids import ClauseId
from rules.catalog import Catalog
from rules.records import Words

INGEST = "yuliao ingest SOURCE PATH"
NOTHING_READ = Words("尚未读入语料", "nothing was taken in yet")


class Verdict(enum.StrEnum):
    """The four words of the clause matrix. What is neither proved nor confirmed is UNPROVEN."""

    CONFORMS = "符合"
    FAILS = "不符合"
    NOT_APPLICABLE = "不适用"
    UNPROVEN = "待证明"


CONFIRMABLE = (Verdict.CONFORMS, Verdict.FAILS, Verdict.NOT_APPLICABLE)
"""What a named person may confirm."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found about one subject of one clause.

    ``verdict`` is a proposal. ``refs`` name entries of the ledger (``#12``) or digests. ``next_action`` is the command
    that helps, empty where there is none.
    """

    clause: ClauseId
    subject: str
    verdict: Verdict
    measured: Words
    required: Words
    refs: tuple[str, ...] = ()
    next_action: str = ""


def together(findings: Iterable[Finding]) -> Verdict:
    """Return the verdict of several findings on one clause: the worst, and not applicable only where all are."""
    verdicts = {finding.verdict for finding in findings}
    for worst in (Verdict.FAILS, Verdict.UNPROVEN, Verdict.CONFORMS):
        if worst in verdicts:
            return worst
    return Verdict.NOT_APPLICABLE if verdicts else Verdict.UNPROVEN


def requirement(catalog: Catalog, clause: str) -> Words:
    """Return what a clause asks, in our own words."""
    found = catalog.clause(clause)
    return Words(found.requirement_zh, found.requirement_en)


def confirming(clause: str, *kinds: str) -> str:
    """Return the command by which a person confirms a clause, with the kinds of evidence it needs."""
    papers = " ".join(f"--evidence {kind}=FILE" for kind in kinds) or "--evidence FILE"
    return f"yuliao clause set {clause} --verdict V --reason R {papers}"


def nothing_read(catalog: Catalog, *clauses: str) -> Iterator[Finding]:
    """Yield for each clause that it is unproven, because nothing was taken in yet."""
    for clause in clauses:
        yield Finding(
            ClauseId(clause), "items", Verdict.UNPROVEN, NOTHING_READ, requirement(catalog, clause), (), INGEST
        )
