"""What a check says: the four words, and a finding with what was measured beside what is required.

Checks return findings; nothing raises because a corpus does not conform.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from provenance.ids import ClauseId
from rules.records import Words


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
