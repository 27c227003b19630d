"""From the lines of a printed page to running text: what a document's reader gives back, and how lines are joined.

A line that nearly fills the page goes on in the next one, unless that is indented; a shorter one ends its paragraph.
Chinese lines are joined without a space; a word that was divided at the end of a line is put together again.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from corpus.readers.records import FINE, NOTHING, Beside

_FULL_SHARE: Final = 0.8
"""A line of at least this much of the page's longest is full."""
_HYPHENS: Final = "-\u00ad\u2010\u0002\ufffe"
_WIDE: Final = re.compile(
    r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
_MEANINGLESS: Final = frozenset({"Co", "Cn", "Cs"})


class Written(NamedTuple):
    """The text of a document, or the reason why there is none, and what stands beside it."""

    text: str | None = None
    reason: str = FINE
    beside: Beside = NOTHING


def flow(page: str) -> str:
    """Return the text of a page with its lines joined to paragraphs."""
    lines = [line.rstrip() for line in re.split(r"\r\n|\r|\n", page)]
    widths = [_width(line) for line in lines]
    full = max(widths, default=0) * _FULL_SHARE
    paragraphs: list[str] = []
    goes_on = False
    for line, width in zip(lines, widths, strict=True):
        if goes_on and line and not line[0].isspace():
            paragraphs[-1] = _joined(paragraphs[-1], line)
        else:
            paragraphs.append(line.strip())
        goes_on = bool(line) and (width >= full or line[-1] in _HYPHENS[1:])
    return "\n".join(paragraph.translate(_UNSEEN) for paragraph in paragraphs if paragraph)


def is_garbled(text: str, share: int) -> bool:
    """Say whether so many thousandths of the visible characters mean nothing: the font maps its glyphs nowhere."""
    visible = [character for character in text if not character.isspace()]
    return sum(map(_is_meaningless, visible)) * 1000 >= share * max(len(visible), 1)


def text_of(pages: Sequence[str]) -> str:
    """Return the text of all pages; a page begins a new line."""
    return "\n".join(filter(None, map(flow, pages)))


_UNSEEN: Final = dict.fromkeys(map(ord, _HYPHENS[1:]), None) | {ord("\u2010"): "-"}


def _joined(before: str, line: str) -> str:
    if before[-1] in _HYPHENS:
        divides = before[-1] in _HYPHENS[1:] or (line[0].islower() and before[-2:-1].islower())
        return before[:-1] + line if divides else before + line
    between = "" if _WIDE.match(before[-1]) or _WIDE.match(line[0]) else " "
    return before + between + line


def _width(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))


def _is_meaningless(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in _MEANINGLESS or ord(character) < ord(" ")
