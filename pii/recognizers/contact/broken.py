"""Numbers broken by the end of a line, by mark-up or by the border of two cells.

A column of figures looks the same, so a broken number counts only where a check character or a word proves it, or
where the line before is one of prose.
"""

import re

from pii.gate import REACH, Cue
from pii.normalise import BREAK, SEPARATOR
from pii.recognizers.cued import digits_of

BROKEN_NUMBER = Cue(f"[0-9](?:{SEPARATOR}{{0,3}}[0-9]){{1,17}}{BREAK}[0-9]{{2}}", before=16, after=24)
"""Two digits and more, a break, two digits and more."""

_BREAK = re.compile(BREAK)
_COLUMN = re.compile(r"(?:^|\n)[\s0-9.,;:+\-|]*$")


def breaks(value: str) -> int:
    """Return how often a number is broken."""
    return sum(1 for _ in _BREAK.finditer(value))


def broken(first: str = "[0-9]", last: str = "[0-9]") -> str:
    """Return an expression for a number broken once, two characters and more on either side.

    Args:
        first: What it begins with.
        last: What it ends with.
    """
    more = f"{SEPARATOR}{{0,2}}[0-9]"
    return f"(?:{first})(?:{more}){{1,16}}{BREAK}[0-9](?:{more}){{0,15}}{SEPARATOR}{{0,2}}{last}"


def goes_on(text: str, start: int) -> bool:
    """Tell whether a number begins behind words of its own line: it goes on in the next, and is no column's."""
    return not _COLUMN.search(text, max(0, start - REACH + 1), start)


def joined(value: str) -> str:
    """Return the digits and letters of a number that may be broken by mark-up."""
    return digits_of(_BREAK.sub("", value))
