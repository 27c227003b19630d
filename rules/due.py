"""What falls due next (即将到期): contracts, licences and authorisations whose last day has come or is near."""

import datetime as dt
from dataclasses import dataclass

from provenance.ids import SourceId
from rules.facts import Facts
from rules.figures import EvidenceFact


@dataclass(frozen=True, slots=True)
class Due:
    """A paper with its last day; ``days_left`` is 0 on that day and negative once it has passed."""

    source: SourceId
    paper: EvidenceFact
    days_left: int


def falls_due(facts: Facts, *, within_days: int, day: str) -> tuple[Due, ...]:
    """Return the papers that have run out, or will within some days, the most urgent first.

    Args:
        facts: The facts; only sources that take part are looked at, and of every kind only the latest paper.
        within_days: How far to look ahead.
        day: The civil day from which on, as ``2026-11-22``.

    Clause:
        R-007, R-011
    """
    present = dt.date.fromisoformat(day)
    found = [
        Due(source.id, paper, (dt.date.fromisoformat(paper.valid_to) - present).days)
        for source in facts.sources.values()
        if not source.is_out or source.items.admitted
        for paper in source.papers
        if paper.valid_to
    ]
    return tuple(
        sorted(
            (each for each in found if each.days_left <= within_days),
            key=lambda each: (each.days_left, each.source, each.paper.kind),
        )
    )
