"""The gate: which stretches of a text can hold anything at all, so that all others never reach Presidio.

- A *cue* is a cheap expression. A recogniser that declares cues promises that whatever it finds lies inside a match of
  one of them, widened by ``before`` and ``after`` characters.
- A recogniser also promises *locality*: whether and how it finds ``[start, end)`` depends on :data:`REACH` characters
  on either side and no more.
- From both it follows that recognisers on the pieces below find exactly what they find on the whole text; the property
  test ``test_pii_gate`` holds them to it. One scan by Hyperscan can later take this module's place.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

REACH = 48
"""Characters on either side of a find that may decide about it."""
LONGEST = 512
"""Characters of the longest find; an e-mail address may have 64 + 1 + 255 (RFC 5321 4.5.3.1)."""
_PIECE = 16_384
"""Characters looked at in one go, so that memory stays flat whatever the length of a line."""


class Cue(NamedTuple):
    """A cheap sign that something may be there: a `re` expression, and how far around its match a find may extend."""

    expression: str
    before: int
    after: int


class Piece(NamedTuple):
    """A stretch ``[start, end)`` to look at; what is found counts only inside ``[first, last)``."""

    start: int
    end: int
    first: int
    last: int


class Gate:
    """Cuts a text into the pieces worth looking at.

    Args:
        cues: The cues of all recognisers; equal ones are scanned for once.
    """

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._cues = [(re.compile(cue.expression), cue.before, cue.after) for cue in dict.fromkeys(cues)]

    def pieces(self, text: str) -> Iterator[Piece]:
        """Yield the pieces of a folded text in order.

        Pieces of a long stretch overlap by :data:`LONGEST`, so a find may be seen twice; it is then the same find.
        """
        near = sorted(
            (max(0, match.start() - before), min(len(text), match.end() + after))
            for expression, before, after in self._cues
            for match in expression.finditer(text)
        )
        for first, last in _merge(near):
            for at in range(first, last, _PIECE):
                until = min(last, at + _PIECE + LONGEST)
                yield Piece(max(0, at - REACH), min(len(text), until + REACH), at, until)


def _merge(near: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join stretches whose pieces would overlap."""
    first = last = -1
    for start, end in near:
        if last < 0:
            first, last = start, end
        elif start <= last + 2 * REACH:
            last = max(last, end)
        else:
            yield first, last
            first, last = start, end
    if last >= 0:
        yield first, last
