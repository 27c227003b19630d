"""What stripping takes out of a text, by its places in the raw text (原文位置): to hold people's marks against it.

Stripping looks again at what it made of a text. A find of a later look is followed back to the raw text; where it
touches what an earlier look replaced, all of the stretch that was replaced there belongs to it.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pii.strip import Round, Stripper
from provenance.spans import Span


class TakenOut(NamedTuple):
    """The released text, and the stretches ``[start, end)`` of the raw one that are found, with their types."""

    text: str
    places: tuple[tuple[int, int, str], ...]
    """In code points of the raw text, sorted. What is kept by order, with its basis, was found as well."""


def taken_out(stripper: Stripper, text: str) -> TakenOut:
    """Strip a text, and say where in it anything was found.

    Raises:
        GovernanceError: A recogniser failed.
    """
    before: list[Round] = []
    found: set[tuple[int, int, str]] = set()
    for each in stripper.rounds(text):
        found.update(_raw(each.spans, before))
        before.append(each)
    return TakenOut(before[-1].after if before else text, tuple(sorted(found)))


def _raw(spans: Sequence[Span], before: Sequence[Round]) -> Iterator[tuple[int, int, str]]:
    for span in spans:
        start, end = span.start, span.end
        for earlier in reversed(before):
            start, end = _back(start, end, earlier)
        yield start, end, span.label


def _back(start: int, end: int, done: Round) -> tuple[int, int]:
    """Return the stretch of a round's text before it that became ``[start, end)`` of the text after it."""
    return _edge(start, done, is_end=False), _edge(end, done, is_end=True)


def _edge(at: int, done: Round, *, is_end: bool) -> int:
    """Return where an edge stood; one inside of an outcome stood at that find's own edge."""
    first = bisect_right(done.places, at - is_end, key=lambda place: place[0]) - 1
    if first < 0:
        return at
    (_, stop), span = done.places[first], done.spans[first]
    if at - is_end < stop:
        return span.end if is_end else span.start
    return at - stop + span.end
