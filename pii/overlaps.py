"""One find per character: overlaps are resolved by a total order of our own, never by the order of a set.

Presidio would cut at the border of two overlapping finds and leave a tail of one behind.
"""

from bisect import bisect_left
from collections.abc import Iterable

from provenance.spans import Span

VALIDATED = 1000
"""Score (thousandths) of a find that a check character proves; no other find may have it."""


def resolve(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the finds that stay, in text order, none overlapping another.

    The stronger find wins: the proved one, then the higher score, then the longer, then the earlier, then the entity's
    name. So the result is the same for every order of the input.

    Args:
        spans: Finds of one text; equal ones may be repeated.
    """
    kept: list[Span] = []
    ranked = sorted(set(spans), key=lambda span: (-span.score, span.start - span.end, span.start, span.label))
    for span in ranked:
        place = bisect_left(kept, span.start, key=lambda each: each.start)
        is_free = (place == 0 or kept[place - 1].end <= span.start) and (
            place == len(kept) or span.end <= kept[place].start
        )
        if is_free:
            kept.insert(place, span)
    return tuple(kept)
