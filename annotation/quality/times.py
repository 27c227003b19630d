"""The time that annotation took (标注用时), by the server's own clock: from first being shown to being submitted.

An idle tab counts as time, so this is a floor against rushing and no measure of attention.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotation.port import Answer

PERCENTILES = (5, 25, 50, 75, 95)


@dataclass(frozen=True, slots=True)
class Times:
    """How long answers took; seconds.

    Attributes:
        timed: Answers whose time is known.
        untimed: Those whose time is not.
        least: The shortest.
        percentiles: One for each of :data:`PERCENTILES`, by nearest rank.
        greatest: The longest.
        hasty: Answers quicker than the lowest of the percentiles (H-208).
    """

    timed: int
    untimed: int
    least: int = 0
    percentiles: tuple[int, ...] = ()
    greatest: int = 0
    hasty: int = 0


def distribution(answers: Iterable[Answer]) -> Times:
    """Return the distribution of the times of answers.

    Clause:
        R-033, AR-10, H-208
    """
    known: list[int] = []
    untimed = 0
    for each in answers:
        if each.seconds is None:
            untimed += 1
        else:
            known.append(each.seconds)
    if not known:
        return Times(0, untimed)
    known.sort()
    marks = tuple(_nearest(known, percentile) for percentile in PERCENTILES)
    return Times(len(known), untimed, known[0], marks, known[-1], sum(each < marks[0] for each in known))


def _nearest(ordered: Sequence[int], percentile: int) -> int:
    """Return a percentile by nearest rank: a value that occurs, nothing in between."""
    return ordered[-(-percentile * len(ordered) // 100) - 1]
