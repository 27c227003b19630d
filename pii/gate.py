"""The gate: where in a text an expression can match at all, so that nothing else of it is looked at.

One scan by Hyperscan tells where matches of all expressions may end, in a superset: look-around is dropped and repeats
are without end there. How far before such a place a match can begin its expression tells (:mod:`pii.shapes`), so
searching from there finds what searching the whole text finds, whatever the expression, as long as it looks no further
than :data:`REACH` characters ahead.
"""

import string
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pii.expressions import Expression, joined
from pii.scanned import scanned
from pii.scanner import Scanner
from pii.shapes import Shape, needs_digit, shape

REACH = 48
"""Characters on either side of a match that may decide about it where a recogniser is shown a part of the text.

Ours are shown all of it, behind the places that the scan names, and the words that name accounts of securities, the
rest of a bank card and advertising ids are read up to five times as far.
"""
LONGEST = 512
"""Characters of the longest find; an e-mail address may have 64 + 1 + 255 (RFC 5321 4.5.3.1)."""


class Cue(NamedTuple):
    """A cheap sign that something may be there: a `re` expression, and how far around its match a find may extend."""

    expression: str
    before: int
    after: int


class Sign(NamedTuple):
    """What is cheaper to scan for than an expression, and is there wherever that matches."""

    expression: str
    """Ends inside the match, or right behind it."""
    early: int = 0
    """Characters by which it ends before the match does, at most."""
    late: int = 0
    """Characters by which it ends behind it, at most."""
    is_first: bool = False
    """Whether no match begins before it does."""


class Watch(NamedTuple):
    """What the scan looks out for, and how many characters around a match are to be looked at."""

    expressions: tuple[Expression, ...]
    shape: Shape
    before: int
    after: int
    late: int = 0
    """Characters by which the expressions end behind what is looked for, at most."""
    early: int = 0
    """Characters by which they end before it does, at most."""
    needs_digit: bool = False
    """Whether there is one in every text that holds a match."""

    def around(self, text: str, first: int, last: int) -> tuple[int, int] | None:
        """Return the stretch around all matches whose ends were seen from ``first`` to ``last``; None without room."""
        last = min(last + self.early, len(text))
        start = self.shape.beginning(text, first - self.late, last)
        if last - start < self.shape.least:
            return None
        return max(0, start - self.before), min(last + self.after, len(text))


class Stretch(NamedTuple):
    """A part of a text, half-open in code points, in which a watch has seen something."""

    watch: int
    start: int
    end: int


def watch(pattern: str, flags: int = 0, before: int = 0, after: int | None = None, sign: Sign | None = None) -> Watch:
    """Return the watch for all matches of an expression.

    Args:
        pattern: In the syntax of `re`.
        flags: Of `re`.
        before: Characters before a match to be looked at too.
        after: Characters behind a match to be looked at too; as far as the expression looks ahead where it is not said.
        sign: What is scanned for in its place.
    """
    seen = sign or Sign(pattern)
    patterns, late, early = scanned(seen.expression, flags)
    expressions = tuple(Expression(each, flags, is_loose=True) for each in patterns)
    looks_like = shape(pattern, flags)
    needs = needs_digit(pattern, flags)
    if after is None:
        after = min(looks_like.ahead, REACH)
    if seen.is_first:
        looks_like = shape(seen.expression, flags)
    return Watch(expressions, looks_like, before, after, late + seen.late, early + seen.early, needs)


def ending(pattern: str) -> Watch:
    """Return the watch for where matches of an expression end, and for nothing before that."""
    return watch(pattern, after=0)._replace(shape=Shape(0, 0, None, ""))


class Gate:
    """Tells for each watch which stretches of a text to look at.

    Half of all texts hold no digit, and half of the watches wait for a number: so these have a scan of their own.

    Args:
        watches: What to look out for; stretches name them by their place in this row.
    """

    def __init__(self, watches: Sequence[Watch]) -> None:
        concerned: dict[Expression, list[_Concerned]] = {}
        for number, each in enumerate(watches):
            for expression in each.expressions:
                concerned.setdefault(expression, []).append(_Concerned(number, each))
        numbers = {one for one, those in concerned.items() if all(each.watch.needs_digit for each in those)}
        self._of_words = _Scan({one: those for one, those in concerned.items() if one not in numbers})
        self._of_numbers = _Scan({one: those for one, those in concerned.items() if one in numbers})

    @property
    def blind(self) -> list[str]:
        """The expressions that cannot be scanned for: their watches see every text whole."""
        return sorted([*self._of_words.blind, *self._of_numbers.blind])

    def stretches(self, text: str) -> Iterator[Stretch]:
        """Yield the stretches of a folded text; those of one watch may overlap."""
        yield from self._of_words.stretches(text)
        if any(digit in text for digit in string.digits):
            yield from self._of_numbers.stretches(text)


class _Concerned(NamedTuple):
    number: int
    watch: Watch


class _Scan:
    """One scan, and whom its expressions concern."""

    def __init__(self, concerned: Mapping[Expression, Sequence[_Concerned]]) -> None:
        expressions = list(concerned)
        self._concerned = list(concerned.values())
        self._scanner = Scanner(expressions)
        self.blind = [expressions[number].pattern for number in self._scanner.blind]

    def stretches(self, text: str) -> Iterator[Stretch]:
        seen = self._scanner.runs(text) | {number: [(0, len(text))] for number in self._scanner.blind}
        for expression, ends in seen.items():
            for number, each in self._concerned[expression]:
                stretches = filter(None, (each.around(text, *run) for run in ends))
                for start, end in joined(stretches) if len(ends) > 1 else stretches:
                    yield Stretch(number, start, end)
