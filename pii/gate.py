"""The gate: where in a text an expression can match at all, so that nothing else of it is looked at.

One scan by Hyperscan tells where matches of all expressions may end, in a superset: look-around is dropped and repeats
are without end there. How far before such a place a match can begin its expression tells (:mod:`pii.shapes`), so
searching from there finds what searching the whole text finds, whatever the expression, as long as it looks no further
than :data:`REACH` characters ahead.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pii.expressions import Expression, joined
from pii.scanned import scanned
from pii.scanner import Scanner
from pii.shapes import Shape, shape

REACH = 48
"""Characters on either side of a match that may decide about it."""
LONGEST = 512
"""Characters of the longest find; an e-mail address may have 64 + 1 + 255 (RFC 5321 4.5.3.1)."""


class Cue(NamedTuple):
    """A cheap sign that something may be there: a `re` expression, and how far around its match a find may extend."""

    expression: str
    before: int
    after: int


class Watch(NamedTuple):
    """What the scan looks out for, and how many characters around a match are to be looked at."""

    expressions: tuple[Expression, ...]
    shape: Shape
    before: int
    after: int
    lateness: int = 0
    """Characters by which the expressions end behind what is looked for."""

    def around(self, text: str, first: int, last: int) -> tuple[int, int] | None:
        """Return the stretch around all matches whose ends were seen from ``first`` to ``last``; None without room."""
        if last < len(text):
            last -= self.lateness
        start = self.shape.beginning(text, first - self.lateness, last)
        if last - start < self.shape.least:
            return None
        return max(0, start - self.before), min(last + self.after, len(text))


class Stretch(NamedTuple):
    """A part of a text, half-open in code points, in which a watch has seen something."""

    watch: int
    start: int
    end: int


def watch(pattern: str, flags: int = 0, before: int = 0, after: int = REACH, ending: str | None = None) -> Watch:
    """Return the watch for all matches of an expression.

    Args:
        pattern: In the syntax of `re`.
        flags: Of `re`.
        before: Characters before a match to be looked at too.
        after: Characters behind a match to be looked at too.
        ending: Another expression that ends wherever this one ends, to be scanned for in its place.
    """
    patterns, lateness = scanned(ending or pattern, flags)
    expressions = tuple(Expression(each, flags, is_loose=True) for each in patterns)
    return Watch(expressions, shape(pattern, flags), before, after, lateness)


class Gate:
    """Tells for each watch which stretches of a text to look at.

    Args:
        watches: What to look out for; stretches name them by their place in this row.
    """

    def __init__(self, watches: Sequence[Watch]) -> None:
        concerned: dict[Expression, list[tuple[int, Watch]]] = {}
        for number, each in enumerate(watches):
            for expression in each.expressions:
                concerned.setdefault(expression, []).append((number, each))
        self._expressions = list(concerned)
        self._concerned = list(concerned.values())
        self._scanner = Scanner(self._expressions)

    @property
    def blind(self) -> list[str]:
        """The expressions that cannot be scanned for: their watches see every text whole."""
        return sorted(self._expressions[number].pattern for number in self._scanner.blind)

    def stretches(self, text: str) -> Iterator[Stretch]:
        """Yield the stretches of a folded text; those of one watch may overlap."""
        seen = self._scanner.runs(text) | {number: [(0, len(text))] for number in self._scanner.blind}
        for number, ends in seen.items():
            for concerned, each in self._concerned[number]:
                stretches = filter(None, (each.around(text, *run) for run in ends))
                for start, end in joined(stretches) if len(ends) > 1 else stretches:
                    yield Stretch(concerned, start, end)
