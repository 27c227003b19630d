"""How alike two texts are (近似): counted here by brute force, never with Yuliao's own code.

Yuliao compares short texts by three characters at a time and long ones by five. What is planted stays clear of its
limit by either, so nothing here has to know where short ends.
"""

from collections.abc import Iterable, Iterator

DIFFERENT, NEARLY_THE_SAME = 0.75, 0.85
"""Texts that are to stand apart are less alike than the first, copies with a small change more than the second."""
_GRAMS = (3, 5)


class Text:
    """A text, cut up once."""

    def __init__(self, text: str) -> None:
        plain = " ".join(text.split())
        self.parts = [frozenset(plain[at : at + gram] for at in range(len(plain) - gram + 1)) for gram in _GRAMS]

    def likeness(self, other: "Text") -> tuple[float, float]:
        """Return the Jaccard similarity by either length: the lower and the higher."""
        found = [_jaccard(one, another) for one, another in zip(self.parts, other.parts, strict=True)]
        return min(found), max(found)


def alike(texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of every two texts that do not stand apart."""
    cut = [Text(each) for each in texts]
    for place, one in enumerate(cut):
        for earlier, other in enumerate(cut[:place]):
            if one.likeness(other)[1] >= DIFFERENT:
                yield earlier, place


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0
