"""What a match of an expression can look like, read from the expression: how wide it is and which characters it holds.

So a search that knows where a match ends knows how far before it can begin: seldom as far as its greatest width, mostly
behind the last character that it cannot hold.
"""

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from re import _constants, _parser  # type: ignore[attr-defined] # the only ones to tell
from typing import Any

_CATEGORIES = {
    _constants.CATEGORY_DIGIT: r"\d",
    _constants.CATEGORY_NOT_DIGIT: r"\D",
    _constants.CATEGORY_SPACE: r"\s",
    _constants.CATEGORY_NOT_SPACE: r"\S",
    _constants.CATEGORY_WORD: r"\w",
    _constants.CATEGORY_NOT_WORD: r"\W",
}
_GROUPS = (_constants.SUBPATTERN, _constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_EMPTY = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT, _constants.GROUPREF)  # a group's text it is, again

_LOOKS = (_constants.ASSERT, _constants.ASSERT_NOT)
_AT_BORDERS = 2
_FARTHEST = 512
"""Characters to a mark; one that may stand farther on closes nothing."""
_Node = tuple[Any, Any]


@dataclass(frozen=True)
class Shape:
    """What a match can look like. Characters are written as in a class of `re`."""

    least: int
    """Characters of the shortest match."""
    width: int
    """Characters of the longest match."""
    held: str | None
    """All it can hold, but for parts that are closed by one of the marks; None where that is anything."""
    marks: str
    reach: int = 0
    """Characters from anything in such a part to the mark that closes it, at most."""
    ahead: int = 0
    """Characters behind a match that may decide about it, at most."""

    def beginning(self, text: str, first: int, last: int) -> int:
        """Return before which place of a text no match begins that ends from ``first`` to ``last``."""
        start = max(0, first - self.width)
        if self.held is None or (self.marks and self._any_mark.search(text, first, last)):
            return start
        other = self._up_to_other.match(text, start, first)
        return other.end() if other else start

    @cached_property  # most watches never see anything
    def _any_mark(self) -> re.Pattern[str]:
        return re.compile(f"[{self.marks}]", re.IGNORECASE)

    @cached_property
    def _up_to_other(self) -> re.Pattern[str]:
        """What matches up to the last character that cannot be held, nor be in a part that a mark closes."""
        open_part = rf"(?!(?s:.){{0,{self.reach - 1}}}[{self.marks}])" if self.marks else ""
        return re.compile(f"(?s:.*)[^{self.held}]{open_part}", re.IGNORECASE)


class _AnythingError(Exception):
    """A part of a match can hold what is not told one by one."""


def shape(pattern: str, flags: int = 0) -> Shape:
    """Return what a match of an expression of `re` can look like."""
    parsed = _parsed(pattern, flags)
    least, width = map(int, parsed.getwidth())
    ahead = _ahead(list(parsed))
    marks: dict[str, int] = {}
    try:
        held = set(_held(list(parsed), marks, parsed.state))
    except _AnythingError:
        return Shape(least, width, None, "", 0, ahead)
    reach = max(marks.values(), default=0)
    return Shape(least, width, "".join(sorted(held)) or None, "".join(sorted(marks)), reach, ahead)


def needs_digit(pattern: str, flags: int = 0) -> bool:
    """Tell whether every match of an expression of `re` holds a digit of ASCII, or looks at one."""
    return _has_digit(list(_parsed(pattern, flags)))


@lru_cache(maxsize=1)  # one asks after the other
def _parsed(pattern: str, flags: int) -> Any:  # noqa: ANN401 - as below
    return _parser.parse(pattern, flags)


def _has_digit(nodes: Sequence[_Node]) -> bool:
    return any(_is_digit(*node) for node in nodes)


def _is_digit(op: Any, value: Any) -> bool:  # noqa: ANN401 - as below
    """Tell whether what a node matches, or demands beside it, holds a digit, whatever it is."""
    if op in {_constants.LITERAL, _constants.RANGE}:
        return all(chr(code) in string.digits for code in ((value,) if op is _constants.LITERAL else value))
    if op is _constants.IN:
        return all(_is_digit(*each) for each in value)
    if op is _constants.BRANCH:
        return all(_has_digit(list(way)) for way in value[1])
    if op in _GROUPS:
        is_there = op is _constants.SUBPATTERN or value[0] > 0
        return is_there and _has_digit(list(value[-1]))
    if op is _constants.ASSERT:
        return _has_digit(list(value[1]))
    return op is _constants.ATOMIC_GROUP and _has_digit(list(value))


def _ahead(nodes: Sequence[_Node]) -> int:
    """Return how far nodes look beyond what they match; at a border of words and at the end of a line it is two."""
    farthest = 0
    for op, value in nodes:
        if op is _constants.AT:
            inner = _AT_BORDERS
        elif op is _constants.BRANCH:
            inner = max(_ahead(list(way)) for way in value[1])
        elif op in _LOOKS:
            inner = _ahead(list(value[1])) + (int(value[1].getwidth()[1]) if value[0] > 0 else 0)
        elif op in _GROUPS:
            inner = _ahead(list(value[-1]))
        elif op is _constants.ATOMIC_GROUP:
            inner = _ahead(list(value))
        else:
            continue
        farthest = max(farthest, inner)
    return farthest


def _held(nodes: Sequence[_Node], marks: dict[str, int], state: Any) -> Iterator[str]:  # noqa: ANN401 - as below
    """Yield what a row of nodes can hold; a part that holds anything must be followed by a mark, not too far on."""
    for place, node in enumerate(nodes):
        try:
            held = list(_node(*node, marks, state))
        except _AnythingError:
            behind = next((i for i in range(place + 1, len(nodes)) if _is_mark(*nodes[i])), None)
            if behind is None:
                raise
            reach = int(_parser.SubPattern(state, list(nodes[place:behind])).getwidth()[1])
            if reach > _FARTHEST:
                raise
            for mark in _node(*nodes[behind], marks, state):
                marks[mark] = max(reach, marks.get(mark, 0))
        else:
            yield from held


def _node(op: Any, value: Any, marks: dict[str, int], state: Any) -> Iterator[str]:  # noqa: ANN401 - `re` tells no types
    if op is _constants.LITERAL:
        yield re.escape(chr(value))
    elif op is _constants.RANGE:
        yield f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    elif op is _constants.CATEGORY:
        yield _CATEGORIES[value]
    elif op is _constants.BRANCH:
        for way in value[1]:
            yield from _held(list(way), marks, state)
    elif op is _constants.IN and value[0][0] is not _constants.NEGATE:
        yield from _held(value, marks, state)
    elif op in _GROUPS:
        yield from _held(list(value[-1]), marks, state)
    elif op is _constants.ATOMIC_GROUP:
        yield from _held(list(value), marks, state)
    elif op not in _EMPTY:
        raise _AnythingError


def _is_mark(op: Any, value: Any) -> bool:  # noqa: ANN401
    return op is _constants.LITERAL or (op is _constants.IN and value[0][0] is not _constants.NEGATE)
