"""The comparison (逐对核对) of two texts: nothing is marked a near duplicate on the word of a signature.

Two texts are compared twice. Sets of 64-bit hashes of their n-grams, cheap to make for many texts at once, turn the
unlike away: equal n-grams have equal hashes, so no likeness is lost but by a collision in 2**64. What they let pass is
counted on the n-grams themselves, and that count is the one that is kept.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

import numpy as np

from corpus.near.signatures import SignatureParams, Words, gram_hashes

_KEPT: Final = 4096
"""Texts that are held with their sets, so that one which many others resemble is cut once."""
_PARTS: Final = 1_000_000

Name = TypeVar("Name", bound=Hashable)


class Similarity(NamedTuple):
    """Jaccard similarity of two sets of n-grams, as the two counts it is made of."""

    common: int
    together: int

    def reaches(self, millionths: int) -> bool:
        """Say whether it is at least so much, compared as integers."""
        return self.common * _PARTS >= millionths * self.together

    @property
    def millionths(self) -> int:
        """The ratio in millionths, rounded down."""
        return self.common * _PARTS // self.together if self.together else 0


class Comparer(Generic[Name]):
    """Compares texts by name.

    Args:
        text_of: Gives a text in the form in which duplicates are compared.
        params: Which n-grams texts of which length are compared by.
        limit: Similarity from which two texts are near duplicates; millionths.
    """

    def __init__(self, text_of: Callable[[Name], str], params: SignatureParams, limit: int) -> None:
        self._text_of = text_of
        self._params = params
        self._limit = limit
        self._held: OrderedDict[Name, _Cut] = OrderedDict()

    def hold(self, names: Sequence[Name]) -> None:
        """Fetch the texts that will be compared next, and hash their n-grams together."""
        fresh = [name for name in names if name not in self._held]
        texts = [self._text_of(name) for name in fresh]
        sets: list[dict[int, Words]] = [{} for _ in fresh]
        for gram in self._params.grams:
            wanted = [at for at, text in enumerate(texts) if self._params.may_use(gram, len(text))]
            for at, hashes in zip(wanted, gram_hashes([texts[at] for at in wanted], gram), strict=True):
                sets[at][gram] = hashes
        self._held.update(zip(fresh, map(_Cut, texts, sets), strict=True))
        while len(self._held) > max(_KEPT, len(names)):
            self._held.popitem(last=False)

    def alike(self, one: Name, other: Name) -> Similarity | None:
        """Return how similar two texts are where they reach the limit, and None where they do not."""
        first, second = self._cut(one), self._cut(other)
        gram = self._params.gram_of(len(first.text), len(second.text))
        if gram not in first.sets or gram not in second.sets:
            return None
        if not _overlap(first.sets[gram], second.sets[gram]).reaches(self._limit):
            return None
        similarity = compare(first.text, second.text, gram)
        return similarity if similarity.reaches(self._limit) else None

    def _cut(self, name: Name) -> "_Cut":
        if name not in self._held:
            self.hold([name])
        return self._held[name]


class _Cut(NamedTuple):
    """A text with the hashes of its n-grams, by their length."""

    text: str
    sets: dict[int, Words]


def compare(text: str, other: str, gram: int) -> Similarity:
    """Compare two texts by their sets of character n-grams, exactly."""
    first, second = grams(text, gram), grams(other, gram)
    common = len(first & second)
    return Similarity(common, len(first) + len(second) - common)


@lru_cache(maxsize=64)  # one that many others resemble is cut once
def grams(text: str, gram: int) -> frozenset[str]:
    """Return the set of a text's character n-grams; empty for a text that is shorter."""
    return frozenset([text[at : at + gram] for at in range(len(text) - gram + 1)])


def _overlap(first: Words, second: Words) -> Similarity:
    both = np.concatenate((first, second))
    both.sort()
    common = int(np.count_nonzero(both[1:] == both[:-1]))
    return Similarity(common, len(both) - common)
