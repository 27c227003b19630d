"""Agreement between people on selected stretches of text: F1 of exact and of overlapping spans, over pairs of people.

A stretch counts as found by the other where theirs has the same label and the same ends (exact), or shares a character
(overlap). Items on which nobody of a pair selected anything play no part: agreement on nothing would hide the rest.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

Selected = tuple[int, int, str]
"""Start, end and label; half-open, code points."""
Unit = Mapping[str, Sequence[Selected]]
"""What each person selected in one item."""
_Match = Callable[[Selected, Selected], bool]


def exact(units: Sequence[Unit]) -> Fraction | None:
    """Return F1 of stretches that are the same, over all pairs of people and all items."""
    return _f1(units, lambda one, other: one == other)


def overlap(units: Sequence[Unit]) -> Fraction | None:
    """Return F1 of stretches of the same label that overlap."""
    return _f1(units, lambda one, other: one[2] == other[2] and one[0] < other[1] and other[0] < one[1])


def _f1(units: Sequence[Unit], is_found: _Match) -> Fraction | None:
    found = selected = 0
    for unit in units:
        for first, second in combinations(sorted(unit), 2):
            mine, theirs = unit[first], unit[second]
            selected += len(mine) + len(theirs)
            found += sum(any(is_found(one, other) for other in theirs) for one in mine)
            found += sum(any(is_found(one, other) for other in mine) for one in theirs)
    return Fraction(found, selected) if selected else None
