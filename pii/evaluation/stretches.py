"""Characters that a set of spans covers, overlapping ones once, and how many of them lie in a place asked for."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from pii.evaluation.records import Labelled


class Stretches:
    """The union of spans.

    Args:
        spans: In any order, overlapping or not.
    """

    def __init__(self, spans: Iterable[Labelled]) -> None:
        merged: list[tuple[int, int]] = []
        for start, end in sorted((span.start, span.end) for span in spans):
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]
        self._before = list(accumulate((end - start for start, end in merged), initial=0))

    @property
    def size(self) -> int:
        """Characters in all."""
        return self._before[-1]

    def inside(self, span: Labelled) -> int:
        """Return how many characters of a span lie in the union."""
        return self._until(span.end) - self._until(span.start)

    def _until(self, place: int) -> int:
        at = bisect_right(self._starts, place)
        return self._before[at] - max(0, self._ends[at - 1] - place) if at else 0
