"""A parsed pattern written anew, as an expression that a scan takes and that matches at least as much.

Look-around is left out, a back-reference becomes anything of its width. The parser is that of `re`, which has no public
name; patterns are `regex`'s, so :mod:`pii.exact.sieve` lets only those through that both read alike.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from re import _constants as ops  # type: ignore[attr-defined] # the parser has no public name
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from pii.exact.characters import odd

Node = tuple[Any, Any]
"""An operation and what it is done with."""
FLAGS = re.IGNORECASE | re.MULTILINE | re.DOTALL
REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)

_LETTERS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
_ANYTHING = "(?s:.)"
_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d",
    ops.CATEGORY_NOT_DIGIT: r"\D",
    ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S",
    ops.CATEGORY_WORD: r"\w",
    ops.CATEGORY_NOT_WORD: r"\W",
}
_PLACES = {
    ops.AT_BEGINNING: "^",
    ops.AT_BEGINNING_STRING: r"\A",
    ops.AT_BOUNDARY: r"\b",
    ops.AT_NON_BOUNDARY: "",
    ops.AT_END: "$",
    ops.AT_END_STRING: "$",
}


class UnfitError(Exception):
    """The pattern cannot be written so that nothing is lost."""


class Parsed:
    """A pattern as the parser of `re` sees it.

    Args:
        pattern: In the syntax of `re`.
        flags: Those of :data:`FLAGS` that hold for all of it.

    Raises:
        re.error: It is not in that syntax.
    """

    def __init__(self, pattern: str, flags: int) -> None:
        tree = _parser.parse(pattern, flags)
        self.nodes: list[Node] = list(tree)
        self.flags = flags
        self._state = tree.state

    def width(self, nodes: Sequence[Node]) -> tuple[int, int]:
        """Return the least and the greatest number of characters that nodes match, a very large one for any."""
        low, high = _parser.SubPattern(self._state, list(nodes)).getwidth()
        return int(low), int(high)

    def width_of(self, group: int) -> tuple[int, int]:
        """Return the same of a group."""
        low, high = self._state.groupwidths[group]
        return int(low), int(high)


class Written:
    """Nodes of a pattern, written anew.

    Attributes:
        expression: In the syntax that `re`, `regex` and Hyperscan share.
        is_odd: It names a character that a scan is shown as another.

    Raises:
        UnfitError: They hold what cannot be written.
    """

    def __init__(self, parsed: Parsed, nodes: Iterable[Node]) -> None:
        self._parsed = parsed
        self._ignores_case = bool(parsed.flags & re.IGNORECASE)
        self._consumed: dict[str, None] = {}
        self.is_odd = False
        self.expression = self._write(nodes)

    @property
    def characters(self) -> str:
        """A class of all the characters that a match may consist of, in the syntax of `regex`, case ignored."""
        plain = "".join(each.removeprefix("[").removesuffix("]") for each in self._consumed if _is_plain(each))
        others = [each for each in self._consumed if not _is_plain(each)]
        return "|".join([f"[{plain}]", *others] if plain else others)

    def _write(self, nodes: Iterable[Node]) -> str:
        return "".join(self._node(op, value) for op, value in nodes)

    def _node(self, op: Any, value: Any) -> str:  # noqa: ANN401 - the parser has no annotations
        if op in REPEATS:
            low, high, body = value
            return f"(?:{self._write(body)}){_count(low, high)}"
        writer = _WRITERS.get(op)
        if writer is None:
            raise UnfitError
        return writer(self, value)

    def _literal(self, code: int) -> str:
        return self._taken(self._code(code))

    def _other(self, code: int) -> str:
        return self._taken(f"[^{self._code(code)}]")

    def _any(self, _: object) -> str:
        self._taken(_ANYTHING)
        return "."

    def _class(self, items: Iterable[Node]) -> str:
        return self._taken("[" + "".join(self._item(op, value) for op, value in items) + "]")

    def _branch(self, value: Any) -> str:  # noqa: ANN401
        return "(?:" + "|".join(self._write(each) for each in value[1]) + ")"

    def _atomic(self, nodes: Iterable[Node]) -> str:
        return "(?:" + self._write(nodes) + ")"

    def _group(self, value: Any) -> str:  # noqa: ANN401
        _, added, removed, nodes = value
        if (added | removed) & ~FLAGS:
            raise UnfitError
        before = self._ignores_case
        self._ignores_case = (before or bool(added & re.IGNORECASE)) and not removed & re.IGNORECASE
        written = self._write(nodes)
        self._ignores_case = before
        flags = _letters(added) + (f"-{_letters(removed)}" if removed else "")
        return f"(?{flags}:{written})"

    def _back_reference(self, group: int) -> str:
        return self._taken(_ANYTHING) + _count(*self._parsed.width_of(group))

    def _taken(self, written: str) -> str:
        self._consumed[written] = None
        return written

    def _item(self, op: Any, value: Any) -> str:  # noqa: ANN401
        if op is ops.NEGATE:
            return "^"
        if op is ops.LITERAL:
            return self._code(value)
        if op is ops.RANGE:
            first, last = value
            return f"{self._code(first)}-{self._code(last, first)}"
        return _CATEGORIES[value]

    def _code(self, code: int, first: int | None = None) -> str:
        """Write a character, the last of a range where ``first`` is given."""
        covered = range(code if first is None else first, code + 1)
        if code > 0x7F:
            self.is_odd = self.is_odd or any(each[0] <= code and covered[0] <= each[-1] for each in odd())
            if self._ignores_case and any(_has_case(chr(each)) for each in covered if each > 0x7F):
                raise UnfitError  # beyond ASCII the engines differ about which letters are a pair
            return f"\\U{code:08x}"
        return chr(code) if chr(code).isalnum() else f"\\x{code:02x}"


_WRITERS: dict[Any, Callable[[Written, Any], str]] = {
    ops.LITERAL: Written._literal,  # noqa: SLF001 - a table of the class's own
    ops.NOT_LITERAL: Written._other,  # noqa: SLF001
    ops.ANY: Written._any,  # noqa: SLF001
    ops.IN: Written._class,  # noqa: SLF001
    ops.AT: lambda _, place: _PLACES[place],
    ops.ASSERT: lambda *_: "",
    ops.ASSERT_NOT: lambda *_: "",
    ops.BRANCH: Written._branch,  # noqa: SLF001
    ops.ATOMIC_GROUP: Written._atomic,  # noqa: SLF001
    ops.SUBPATTERN: Written._group,  # noqa: SLF001
    ops.GROUPREF: Written._back_reference,  # noqa: SLF001
}


def _count(low: int, high: int) -> str:
    return f"{{{low},{'' if high >= ops.MAXREPEAT else high}}}"


def _letters(flags: int) -> str:
    return "".join(letter for letter, flag in _LETTERS.items() if flags & flag)


def _is_plain(written: str) -> bool:
    return written != _ANYTHING and not written.startswith("[^")


def _has_case(character: str) -> bool:
    return not character.lower() == character.upper() == character.casefold() == character
