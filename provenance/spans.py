"""Places in a text: half-open spans in code points, and maps from a changed text back to the one it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one text, half-open ``[start, end)``, in code points, with what was seen there.

    ``score`` is in thousandths, an integer, so that it is the same on every machine.
    """

    start: int
    end: int
    label: str
    score: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The way back from a folded text to its original.

    ``origin[i]`` is the code point of the original from which code point ``i`` of the folded text came. An empty map
    says that both texts have the same length and every code point stayed in its place.
    """

    origin: Sequence[int] = ()

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return the original stretch of a non-empty folded stretch ``[start, end)``.

        The end is one past the origin of the last code point, so characters removed within the stretch (a hidden
        zero-width space, say) belong to it and those behind it do not.
        """
        if not self.origin:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1
