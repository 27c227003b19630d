"""Expressions to scan texts for, and what is hit: shared by the scan with Hyperscan and the one without."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from provenance.errors import GovernanceError

_SURROGATE = re.compile("[\ud800-\udfff]")


class Expression(NamedTuple):
    r"""What is looked for.

    Both engines read ``\d``, ``\w`` and ``\s`` by Unicode. Alternatives stand with the longer one first, and a match
    is not empty.
    """

    pattern: str
    """In the syntax of `re`; of `regex` too where it is loose."""
    flags: int = 0
    """Of `re`: ``IGNORECASE``, ``DOTALL`` and ``MULTILINE`` count."""
    is_loose: bool = False
    """It may look around and refer back; then hits are a superset, and tell where matches end but not where they start.
    """


class Hit(NamedTuple):
    """A run of overlapping matches of one expression, half-open in code points.

    Of a loose expression: ``start`` is where the first match of the run ends, ``end`` where the last one does.
    """

    expression: int
    start: int
    end: int


Runs = dict[int, list[tuple[int, int]]]
"""Hits by expression: starts and ends in order, apart from each other."""


def without_surrogates(text: str) -> str:
    """Return a text that can be encoded, as long as it was."""
    return _SURROGATE.sub("\ufffd", text)


def joined(runs: Iterable[tuple[int, int]], slack: int = 0) -> list[tuple[int, int]]:
    """Join runs, sorted by their start, that overlap or touch, or lie no further apart than ``slack``."""
    found: list[tuple[int, int]] = []
    for start, end in runs:
        if found and start <= found[-1][1] + slack:
            first, last = found[-1]
            found[-1] = (first, max(last, end))
        else:
            found.append((start, end))
    return found


def refusal(pattern: str) -> GovernanceError:
    """Return the error that names an expression that nothing can be scanned for with."""
    return GovernanceError(
        "An expression cannot be scanned for.",
        code="pii.expression-refused",
        remedy="Write it shorter, without look-around and back-references, and so that it never matches nothing.",
        where=pattern,
    )
