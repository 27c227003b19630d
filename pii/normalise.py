"""Fold a text so that a number looks the same however it was typed, and keep the way back.

- Only what hides numbers and addresses is folded; this is not NFKC, which changes lengths and much that must stay.
- Zero-width characters go (with an :class:`OffsetMap`), everything else keeps its place.
- U+3000 and U+2014 are common in Chinese prose, so they stay: :data:`SEPARATOR` knows them instead.
- Tables are explicit, so the result does not depend on the Unicode version of the interpreter.
"""

import re
from array import array
from functools import lru_cache
from typing import NamedTuple

from provenance.spans import OffsetMap

SEPARATOR = r"[ \t\u3000.\-—·_]"
"""What people put between the digits of a number, in folded text."""

_HIDDEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u20e3\ufe00-\ufe0f\ufeff"
_DIGIT_ZEROS = (0x0660, 0x06F0, 0x0966, 0x0E50, 0xFF10)
_MATHEMATICAL_ZERO = 0x1D7CE
_CIRCLED_ONES = (0x2460, 0x24F5, 0x2776, 0x2780, 0x278A)
_HAN_DIGITS = dict(zip("零〇○幺一二两三四五六七八九", "00011223456789", strict=True))


def _plain() -> dict[str, str]:
    """Return what each variant stands for, one character each."""
    table = {chr(zero + i): str(i) for zero in _DIGIT_ZEROS for i in range(10)}
    for first, last in ("ＡＺ", "ａｚ"):
        table |= {chr(code): chr(code - 0xFEE0) for code in range(ord(first), ord(last) + 1)}
    table |= dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d", "-")
    table |= dict.fromkeys("\u00a0\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B))), " ")
    table |= {"＠": "@", "．": ".", "＋": "+", "＿": "_"}
    return table


def _circled() -> dict[str, str]:
    table = {chr(one + i): str(i + 1) for one in _CIRCLED_ONES for i in range(9)}
    return table | {"\u24ea": "0", "\u24ff": "0"}


_PLAIN = _plain()
_CIRCLED = _circled()
_SURROGATES = "\ud800-\udfff"
_ODD = re.compile(f"[{_HIDDEN}{''.join(_PLAIN)}{''.join(_CIRCLED)}{_SURROGATES}]")
_MATHEMATICAL = re.compile("[\U0001d7ce-\U0001d7ff]")  # apart: with it in one class the search is twenty times slower
_SHOWN = re.compile(f"[^{_HIDDEN}]+")
_VARIANT = re.compile(f"[{''.join(_PLAIN)}{_SURROGATES}]")
_CIRCLED_RUN = re.compile("[{0}]{{2,}}|(?<=[0-9])[{0}](?=[0-9])".format("".join(_CIRCLED)))
_HAN_RUN = re.compile(f"[{''.join(_HAN_DIGITS)}]{{7,}}")


class Folded(NamedTuple):
    """A folded text and the way from its code points back to the original's."""

    text: str
    offsets: OffsetMap


@lru_cache(maxsize=2)  # the recognisers of one text ask one after the other
def fold(text: str) -> Folded:
    """Fold digits, letters, dashes and spaces to ASCII and take zero-width characters out.

    Full-width forms, Arabic-Indic, Devanagari, Thai and mathematical digits and runs of at least seven Chinese digits
    are folded; a circled digit only beside its like or between digits, because alone it is a list mark. Lone surrogates
    become U+FFFD: nothing behind this point can encode them. Folding a folded text changes nothing.

    Args:
        text: Any string, lone surrogates included.

    Returns:
        The folded text, and an offset map that is empty where nothing was taken out.
    """
    if text.isascii():
        return Folded(text, OffsetMap())
    offsets = OffsetMap()
    if _MATHEMATICAL.search(text):
        text = _MATHEMATICAL.sub(lambda match: str((ord(match[0]) - _MATHEMATICAL_ZERO) % 10), text)
    is_odd = _ODD.search(text) is not None
    if is_odd:
        shown = [match.span() for match in _SHOWN.finditer(text)]
        if sum(end - start for start, end in shown) < len(text):
            origin = array("q")
            for start, end in shown:
                origin.extend(range(start, end))
            offsets = OffsetMap(origin)
            text = "".join([text[start:end] for start, end in shown])
        text = _VARIANT.sub(lambda match: _PLAIN.get(match[0], "\ufffd"), text)
    text = _HAN_RUN.sub(lambda match: "".join(_HAN_DIGITS[each] for each in match[0]), text)
    if is_odd:
        text = _CIRCLED_RUN.sub(lambda match: "".join(_CIRCLED[each] for each in match[0]), text)
    return Folded(text, offsets)
