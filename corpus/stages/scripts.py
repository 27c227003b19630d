"""What every character is: Han, kana, Hangul, another letter, a digit, visible, a space, or nothing of its own.

One table over all code points, from the Unicode database of the running Python, looked up for whole batches at once.
Language and token count share it. Code points that this Unicode version does not know count as visible characters, and
the two ideographic planes are Han throughout, so that a newer version changes little.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

PASSED: Final = 0
"""Marks and format characters (Unicode M*, Cf): belong to what stands before them."""
SPACE: Final = 1
VISIBLE: Final = 2
HAN: Final = 3
KANA: Final = 4
HANGUL: Final = 5
LETTER: Final = 6
DIGIT: Final = 7
"""In this order: from ``HAN`` to ``LETTER`` they are letters, from ``KANA`` to ``DIGIT`` they form words."""

UNICODE_VERSION: Final = unicodedata.unidata_version

Counts: TypeAlias = npt.NDArray[np.int64]
Classes: TypeAlias = npt.NDArray[np.uint8]

_CODE_POINTS: Final = 0x110000
_CLASSES: Final = {"L": LETTER, "N": DIGIT, "M": PASSED, "Z": SPACE, "Cc": SPACE, "Cs": SPACE, "Cf": PASSED}
"""Of Unicode general categories; the rest is visible."""
_SEARCHED: Final = (range(0x20000), range(0xE0000, 0xE0200))
"""Code points whose category is asked for; the others are Han, private or unassigned."""

_RANGES: Final = (
    # Unicode Scripts.txt, script Han: radicals, marks of repetition, numerals, ideographs.
    (HAN, ((0x2E80, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3038, 0x303B))),
    (HAN, ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAD9), (0x20000, 0x3FFFD))),
    # Hiragana and Katakana with the prolonged sound mark and the half-width forms, without the middle dot.
    (KANA, ((0x3041, 0x3096), (0x309D, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x31F0, 0x31FF))),
    (KANA, ((0xFF66, 0xFF9D), (0x1AFF0, 0x1B16F))),
    (HANGUL, ((0x1100, 0x11FF), (0x3131, 0x318E), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC))),
)

_BATCH_CHARACTERS: Final = 2**20


class Joined(NamedTuple):
    """Several texts in one array of classes; text ``i`` begins at ``starts[i]`` and ends with a space of its own."""

    classes: Classes
    starts: Counts

    def number(self, chosen: npt.NDArray[np.bool_]) -> Counts:
        """Count the chosen characters of every text."""
        return np.add.reduceat(chosen, self.starts, dtype=np.int64)


def classify(text: str) -> Classes:
    """Return the class of every code point of a text."""
    return _table()[_codes(text)]


def blank(text: str, chosen: npt.NDArray[np.bool_]) -> str:
    """Put a space in the place of every chosen code point."""
    return np.where(chosen, np.uint32(0x20), _codes(text)).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def join(texts: Sequence[str]) -> Iterator[Joined]:
    """Classify texts together, in groups that bound memory.

    Args:
        texts: Any number; the groups cover them in order.
    """
    first = size = 0
    for at, text in enumerate(texts):
        size += len(text) + 1
        if size >= _BATCH_CHARACTERS or at + 1 == len(texts):
            yield _joined(texts[first : at + 1])
            first, size = at + 1, 0


def _joined(texts: Sequence[str]) -> Joined:
    ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
    starts = np.concatenate(([0], ends[:-1])).astype(np.int64)
    return Joined(classify("\n".join(texts) + "\n"), starts)


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


@cache
def _table() -> Classes:
    table = np.full(_CODE_POINTS, VISIBLE, np.uint8)
    for searched in _SEARCHED:
        table[searched.start : searched.stop] = [_class_of(unicodedata.category(chr(code))) for code in searched]
    for name, ranges in _RANGES:
        for first, last in ranges:
            table[first : last + 1] = name
    table.setflags(write=False)
    return table


def _class_of(category: str) -> int:
    return _CLASSES.get(category, _CLASSES.get(category[0], VISIBLE))
