"""Who is kept of texts that are alike: the keeper of a cluster, whatever order work finished in.

Items are taken in their order. One that resembles a kept item enough repeats it, the first such one; any other is kept.
So every marked item was compared with its own keeper, and likeness is never handed on from pair to pair: a chain of
texts each like the next does not end in one that is unlike the first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, Generic, NamedTuple

from corpus.near.compare import Comparer, Name

_AT_ONCE: Final = 512
"""Candidates whose texts are fetched together."""


class Candidate(NamedTuple, Generic[Name]):
    """An item that shares bands with others: its name and the bands it shares, ``settled`` where it is kept already."""

    name: Name
    bands: Sequence[int]
    settled: bool = False


class Resemblance(NamedTuple, Generic[Name]):
    """An item that resembles a kept one, and how much, in millionths."""

    name: Name
    keeper: Name
    millionths: int


def resemblances(
    candidates: Iterable[Candidate[Name]], comparer: Comparer[Name], most: int
) -> Iterator[Resemblance[Name]]:
    """Yield the items that repeat a kept one nearly, in order.

    Args:
        candidates: In item order: items of earlier ingests first, then by id.
        comparer: Compares two items.
        most: Kept items of one band that an item is compared with; beyond it the earliest are. It bounds the work on a
            band that half a corpus shares.
    """
    kept: defaultdict[int, list[tuple[int, Name]]] = defaultdict(list)
    order = 0
    for portion in _portions(candidates):
        comparer.hold([candidate.name for candidate in portion])
        for candidate in portion:
            found = None if candidate.settled else _first_alike(candidate, kept, comparer)
            if found is not None:
                yield found
                continue
            order += 1
            for band in candidate.bands:
                if len(kept[band]) < most:
                    kept[band].append((order, candidate.name))


def _portions(candidates: Iterable[Candidate[Name]]) -> Iterator[list[Candidate[Name]]]:
    rest = iter(candidates)
    while portion := list(islice(rest, _AT_ONCE)):
        yield portion


def _first_alike(
    candidate: Candidate[Name], kept: defaultdict[int, list[tuple[int, Name]]], comparer: Comparer[Name]
) -> Resemblance[Name] | None:
    near = {keeper for band in candidate.bands for keeper in kept.get(band, ())}
    for _, keeper in sorted(near, key=lambda each: each[0]):
        similarity = comparer.alike(candidate.name, keeper)
        if similarity is not None:
            return Resemblance(candidate.name, keeper, similarity.millionths)
    return None
