"""What to scan for in place of a pattern: where the pattern matches it matches too, and it can be scanned for.

Of a pattern without a greatest width only a beginning is kept, chosen so that it says something and is seen seldom.
"""

import re
from collections.abc import Iterable, Iterator
from re import _constants as ops  # type: ignore[attr-defined] # the parser has no public name
from typing import NamedTuple

import regex

from pii.exact.written import FLAGS, REPEATS, Node, Parsed, UnfitError, Written
from pii.scanner import Expression

_KNOWN_FLAGS = int(FLAGS) | regex.UNICODE | regex.VERSION0
_WIDEST = 200
"""Characters of the widest pattern that is scanned for whole."""
_TELLING = 3
"""Characters a beginning must have to say anything."""
_ORDINARY = "\n 一"
"""Characters that stand in any text: what takes one of them may go on for long."""
_ASIDE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_ESCAPE = re.compile(r"\\.", re.DOTALL)
_NO_REPEAT = re.compile(r"\{(?!\d+(?:,\d*)?\}|,\d+\})")
_SET_OPERATION = re.compile(r"(?<=.)\[|--|&&|\|\||~~", re.DOTALL)


class Sieve(NamedTuple):
    """What stands for a pattern in a scan.

    Where the pattern matches, a match of the expression begins at the same place, is at most ``width`` characters long
    and consists of ``characters``, as the first character of the pattern's own match does.
    """

    expression: Expression
    characters: str
    """A class, in the syntax of `regex`, case ignored."""
    width: int | None
    """Greatest width in characters; None where there is none."""
    is_odd: bool
    """The pattern names a character that a scan is shown as another."""


def sieve(pattern: str, flags: int) -> Sieve | None:
    """Return what to scan for, or None where the pattern must be tried on every text.

    That is where `regex` and Hyperscan may read it differently, where it may match nothing at all, or where it is
    not understood.

    Args:
        pattern: In the syntax of `regex`.
        flags: Of `regex`.
    """
    try:
        compiled = regex.compile(pattern, flags)
        if compiled.flags & ~_KNOWN_FLAGS or _is_of_regex_only(pattern):
            return None
        parsed = Parsed(pattern, compiled.flags & int(FLAGS))
        least, widest = parsed.width(parsed.nodes)
        nodes = parsed.nodes if widest <= _WIDEST else _beginning(parsed)
        written = Written(parsed, nodes)
    except (regex.error, re.error, UnfitError, RecursionError, OverflowError, TypeError):
        return None
    if not least:
        return None
    widest = parsed.width(nodes)[1]
    return Sieve(
        Expression(written.expression, parsed.flags, is_loose=True),
        written.characters,
        widest if widest <= _WIDEST else None,
        written.is_odd,
    )


def _is_of_regex_only(pattern: str) -> bool:
    """Tell whether `re` would take for plain text what `regex` does not: fuzzy matching and operations on sets."""
    sets = [_ESCAPE.sub("", each[0]) for each in _ASIDE.finditer(pattern) if each[0].startswith("[")]
    return bool(_NO_REPEAT.search(_ASIDE.sub("", pattern)) or any(map(_SET_OPERATION.search, sets)))


def _beginning(parsed: Parsed) -> list[Node]:
    """Return a beginning that ends before what could go on through any text, its last part as short as may be."""
    kept: list[Node] = []
    for node in _flat(parsed.nodes):
        may_go_on = parsed.width([node])[1] > _WIDEST and _is_broad(parsed, node)
        if may_go_on and parsed.width(kept)[0] >= _TELLING:
            break
        kept.append(node)
    return _shortened(parsed, kept)


def _is_broad(parsed: Parsed, node: Node) -> bool:
    characters = Written(parsed, [node]).characters
    return any(regex.match(characters, each, regex.IGNORECASE) for each in _ORDINARY)


def _flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the nodes of a row, those of groups in it one by one."""
    for op, value in nodes:
        if op is ops.SUBPATTERN and not value[1] and not value[2]:
            yield from _flat(value[3])
        elif op is ops.ATOMIC_GROUP:
            yield from _flat(value)
        else:
            yield op, value


def _shortened(parsed: Parsed, nodes: list[Node]) -> list[Node]:
    """Drop from the end what need not match, and all but the first of what may match again and again."""
    while nodes:
        op, value = nodes[-1]
        if op in REPEATS and value[0]:
            body = list(_flat(value[2]))
            return [*nodes[:-1], *body * (value[0] - 1), *_shortened(parsed, body)]
        if op not in {*REPEATS, ops.AT, ops.ASSERT, ops.ASSERT_NOT}:
            break
        nodes = nodes[:-1]
    return nodes
