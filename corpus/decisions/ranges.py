"""Ranges of files: which part of a file a slice reads, and which of several parts a place falls into."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Range(NamedTuple):
    """The places ``[start, stop)`` of a file, in the unit of its items' positions."""

    file: bytes
    start: int
    stop: int


class Owners:
    """Says to whom a place of a file belongs.

    Args:
        owned: Ranges with the number of their owner; no two overlap.
    """

    def __init__(self, owned: Iterable[tuple[Range, int]]) -> None:
        self._by_file: defaultdict[bytes, list[tuple[int, int, int]]] = defaultdict(list)
        for part, owner in owned:
            self._by_file[part.file].append((part.start, part.stop, owner))
        for parts in self._by_file.values():
            parts.sort()

    def of(self, file: bytes, position: int) -> int | None:
        """Return the owner of a place, or None."""
        return next((owner for _, owner in self.among(Range(file, position, position + 1))), None)

    def among(self, wanted: Range) -> Iterator[tuple[Range, int]]:
        """Yield what of a range belongs to somebody, and to whom, in order."""
        parts = self._by_file.get(wanted.file, [])
        first = bisect_right(parts, wanted.start, key=lambda part: part[1])
        for start, stop, owner in parts[first:]:
            if start >= wanted.stop:
                return
            yield Range(wanted.file, max(start, wanted.start), min(stop, wanted.stop)), owner
