"""All matches of an expression, one from every place where one begins (each as long as `re` makes it).

`re` looks for a row of words at every character anew, and skips nothing where look-around stands before them. Which
characters they begin with can be read from the expression; where these are few, only they are tried, at a third of the
price and less.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from re import _constants, _parser  # type: ignore[attr-defined] # the only ones to tell
from typing import Any

_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_WITHOUT_WIDTH = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)


class _ManyError(Exception):
    """A match can begin with any of a range of characters."""


def matches(expression: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the match from every place within ``[start, end)`` where one begins; nothing behind ``end`` is read."""
    first = _first(expression)
    if first is None:
        match = expression.search(text, start, end)
        while match:
            yield match
            match = expression.search(text, match.start() + 1, end) if match.start() < end else None
    else:
        for place in first.finditer(text, start, end):
            if match := expression.match(text, place.start(), end):
                yield match


@cache
def _first(expression: re.Pattern[str]) -> re.Pattern[str] | None:
    """Return an expression for the first character of a match; None where that is one of a range, or there is none."""
    try:
        characters, may_be_empty = _beginning(list(_parser.parse(expression.pattern, expression.flags)))
    except _ManyError:
        return None
    if may_be_empty:
        return None
    ignores_case = re.IGNORECASE if expression.flags & re.IGNORECASE or "(?i" in expression.pattern else 0
    return re.compile(f"[{''.join(map(re.escape, sorted(characters)))}]", ignores_case)


def _beginning(nodes: Sequence[tuple[Any, Any]]) -> tuple[set[str], bool]:
    """Return what a row of nodes can begin with, and whether it can be empty."""
    found = set[str]()
    for op, value in nodes:
        if op in _WITHOUT_WIDTH:
            continue
        characters, may_be_empty = _of_node(op, value)
        found |= characters
        if not may_be_empty:
            return found, False
    return found, True


def _of_node(op: Any, value: Any) -> tuple[set[str], bool]:  # noqa: ANN401 - `re` tells no types
    if op is _constants.LITERAL:
        return {chr(value)}, False
    if op is _constants.IN and all(kind is _constants.LITERAL for kind, _ in value):
        return {chr(code) for _, code in value}, False
    if op is _constants.BRANCH:
        ways = [_beginning(list(way)) for way in value[1]]
        return set().union(*(characters for characters, _ in ways)), any(may_be_empty for _, may_be_empty in ways)
    if op is _constants.SUBPATTERN:
        return _beginning(list(value[-1]))
    if op is _constants.ATOMIC_GROUP:
        return _beginning(list(value))
    if op in _REPEATS:
        characters, may_be_empty = _beginning(list(value[-1]))
        return characters, may_be_empty or value[0] == 0
    raise _ManyError
