"""Fold a text so that a disguised keyword looks like itself: one table from code point to code point.

- Width, letter case and compatibility forms become one (NFKC and case folding, where the result is one code point).
- White space, zero-width characters, combining marks, punctuation and symbols are left out, and the way back is kept.
- A sentence's end (。！？!?… and the like) and a line's end stay, so nothing is ever joined across them.
- Folded code points fit 16 bits. What does not (rare ideographs, most emoji) becomes ``OUTSIDE`` and matches nothing.

Traditional characters are not turned into simplified ones: Python's Unicode data has no such table, and we copy none.
"""

import functools
import sys
import unicodedata

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint16]

OUTSIDE = 0xFFFF
"""A noncharacter: stands for what cannot be folded into 16 bits."""
LEFT_OUT = 0
"""Marks a code point that folding drops."""
ENDS = "。．！？!?…‼⁇⁈⁉\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""Ends of sentences and lines."""

_DROPPED = frozenset({"Cc", "Cf", "Mn", "Me", "Zs", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So"})
_IDEOGRAPHS = ((0x3400, 0xA000), (0xAC00, 0xD7A4), (0xE000, 0xF900), (0x20000, 0x2F800), (0x2FA20, 0xE0000))
"""Ranges that fold to themselves or lie outside: not worth asking about one by one."""


@functools.cache
def table() -> Codes:
    """Return the folded code point of every code point; ``LEFT_OUT`` where folding drops it.

    It depends on the Unicode version of this Python alone (:data:`VERSION`).
    """
    folded = np.minimum(np.arange(sys.maxunicode + 1, dtype=np.uint32), OUTSIDE).astype(np.uint16)
    folded[0xD800:0xE000] = OUTSIDE
    begin = 0
    for start, end in (*_IDEOGRAPHS, (0xE1000, 0xE1000)):
        for code in range(begin, start):
            if not 0xD800 <= code < 0xE000:
                folded[code] = _fold(chr(code))
        begin = end
    return folded


VERSION = f"yuliao-fold/1 Unicode {unicodedata.unidata_version}"
"""Names the table: it goes into the digest of whatever depends on it."""


def codes(text: str) -> npt.NDArray[np.uint32]:
    """Return the code points of a text, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def fold(text: str) -> str:
    """Fold a short text such as a keyword (关键词)."""
    known = table()
    return "".join(chr(code) for character in text if (code := known[ord(character)]) != LEFT_OUT)


def _fold(character: str) -> int:
    if character in ENDS:
        return ord(character)
    plain = unicodedata.normalize("NFKC", character).casefold()
    if len(plain) == 1 and ord(plain) < OUTSIDE:
        if unicodedata.category(plain) in _DROPPED and plain not in ENDS:
            return LEFT_OUT
        return ord(plain)
    if unicodedata.category(character) in _DROPPED:
        return LEFT_OUT
    return min(ord(character), OUTSIDE)
