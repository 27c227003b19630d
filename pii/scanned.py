"""What is scanned for in the place of an expression: at least the same, in a form that Hyperscan is good at.

- Repeats are without end: for these it need not count. That makes seconds of the minutes to compile all of ours.
- What must not follow is read, as a character that is none of it: Hyperscan drops look-ahead, and would tell every
  further digit of a number as another end. So theirs may end one character behind the given one's.
- White space counts the four separators U+001C to U+001F in, as `re` does and Hyperscan does not.
- A row of characters at the very end is read as far as it must be: each further one would be told as another end. So
  theirs may end before the given one's too.
- Alternatives that ignore case stand apart from those that do not: of such a mixture it finds no literals to look for
  first, and runs the whole expression over the whole text.
"""

import re
from itertools import pairwise
from typing import NamedTuple

_COUNTED = 7
"""Repeats are counted so far: longer rows are rare enough to be scanned for as one. Where counting makes an expression
too large, Hyperscan silently takes a much coarser one."""
_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<close>\))|(?P<bar>\|)|(?P<repeat>\{(?P<least>[0-9]*)(?P<most>,[0-9]*)?\})"
    r"|(?P<open>\((?:\?(?:[a-z\-]*:|P<\w+>|(?P<looks><?[=!]|P=\w+)|>))?)",
    re.DOTALL,
)
_REPEATS = ("*", "+", "{")
_SEPARATORS = r"\x1c-\x1f"
_SHUT = re.compile(r"\(\?!\[(?P<others>(?!\^)(?:\\[^A-Za-z]|[^\]\\])+)\](?:\|[^()]*)?\)$")
"""What must not follow, at the very end: a class of characters written out, and perhaps longer things."""
_END = re.compile(
    r"(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])\{(?P<least>[0-9]+),(?P<most>[0-9]+)\}\??(?P<close>\)*)"
    r"(?:\(\?=(?:\[(?:\\.|[^\]\\])*\]|[^()\[\]])*\))?$"
)
"""A class with its repeat at the end, behind it the ends of groups and what may have to follow."""
_IGNORES_CASE = re.compile(r"\(\?[a-z]*i")


class _Group(NamedTuple):
    """Where the inside of a group begins and ends, where its alternatives part, and whether it may be split."""

    start: int
    end: int
    bars: list[int]
    is_fixed: bool


class Scanned(NamedTuple):
    """Expressions to scan for."""

    patterns: list[str]
    late: int
    """Characters by which they end behind the given one, at most, but where the text ends."""
    early: int
    """Characters by which they end before it, at most."""


def scanned(pattern: str, flags: int = 0) -> Scanned:
    """Return what to scan for: wherever a match of the given expression ends, one of theirs does, near as is said.

    Args:
        pattern: In the syntax of `re`.
        flags: Of `re`.
    """
    opened = _opened(pattern)
    if flags & re.IGNORECASE or _IGNORES_CASE.match(pattern):  # then a class is more than what it names
        opened = pattern
    short, early = _shortened(opened)
    return Scanned([_widened(each) for each in _apart(short)], int(opened != pattern), early)


def _opened(pattern: str) -> str:
    """Have a character read in the place of what must not follow."""
    depth = 0
    for token in _TOKEN.finditer(pattern):
        if token["bar"] and not depth:
            return pattern  # one way may be shut and another not
        depth += bool(token["open"]) - bool(token["close"])
    return _SHUT.sub(lambda shut: rf"(?:[^{shut['others']}]|\Z)", pattern)


def _shortened(pattern: str) -> tuple[str, int]:
    """Return an expression without what need not be read at its end, and how many characters that is at most."""
    early = 0
    while end := _END.search(pattern):
        least, most = int(end["least"]), int(end["most"])
        kept = f"{end['class']}{{{least}}}" if least else ""
        pattern = pattern[: end.start()] + kept + end["close"]
        early += most - least
    return pattern, early


def _widened(pattern: str) -> str:
    def uncounted(token: re.Match[str]) -> str:
        if token[0] == r"\s":
            return rf"[\s{_SEPARATORS}]"
        if token[0].startswith("[") and not token[0].startswith("[^"):
            return token[0].replace(r"\s", rf"\s{_SEPARATORS}")
        least = min(int(token["least"] or 0), _COUNTED)
        if token["repeat"] is None or (token["most"] is None and least < _COUNTED):
            return token[0]
        return ("*", "+")[least] if least < 2 else f"{{{least},}}"

    return _TOKEN.sub(uncounted, pattern)


def _apart(pattern: str) -> list[str]:
    for group in sorted(_groups(pattern), key=lambda group: -len(group.bars)):
        borders = [group.start - 1, *group.bars, group.end]
        ways = [pattern[first + 1 : last] for first, last in pairwise(borders)]
        ignoring = [way for way in ways if way.startswith("(?i:")]
        if group.is_fixed and ignoring and len(ignoring) < len(ways):
            others = [way for way in ways if not way.startswith("(?i:")]
            return [pattern[: group.start] + "|".join(each) + pattern[group.end :] for each in (others, ignoring)]
    return [pattern]


def _groups(pattern: str) -> list[_Group]:
    """Return the groups that part ways; one is fixed unless it or one around it is repeated or looks around."""
    found: list[_Group] = []
    open_groups: list[tuple[re.Match[str], list[int], int]] = []
    for token in _TOKEN.finditer(pattern):
        if token["open"]:
            open_groups.append((token, [], len(found)))
        elif token["bar"] and open_groups:
            open_groups[-1][1].append(token.start())
        elif token["close"]:
            opening, bars, inner = open_groups.pop()
            is_fixed = not opening["looks"] and pattern[token.end() : token.end() + 1] not in _REPEATS
            if not is_fixed:
                found[inner:] = [group._replace(is_fixed=False) for group in found[inner:]]
            if bars:
                found.append(_Group(opening.end(), token.start(), bars, is_fixed))
    return found
