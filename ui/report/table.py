"""Tables as plain values: what every document shows, before any format."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from ui.i18n import Language, Words, words

Cell: TypeAlias = int | Decimal | str | Words
"""A count, a share, an identifier or foreign text, or our own words in both languages. Never empty."""

LONGEST = 2_000
"""Characters one cell shows; a spreadsheet holds 32,767 and would cut the rest without a word."""

_HUNDREDTH = Decimal("0.01")
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in JSON, its heading, and its width relative to the others."""

    key: str
    title: Words
    weight: int = 10


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the report, for example T1 (standard report tables T1 to T17).

    Raises:
        ValueError: A row has another width than the header, or a cell is empty: a broken program.
    """

    id: str
    title: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Words, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would print as a hole."""
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"table {self.id}: a row has {len(row)} cells")
            if "" in row or any(isinstance(cell, Words) and "" in cell for cell in row):
                raise ValueError(f"table {self.id}: an empty cell")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the document, level 0 for its title."""

    level: int
    text: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the document."""

    text: Words


Block: TypeAlias = Heading | Paragraph | Table


def column(key: str, weight: int = 10) -> Column:
    """Return the column whose heading is the message ``report.column.<key>``."""
    return Column(key, words(f"report.column.{key}"), weight)


def percent(part: int, whole: int) -> Decimal | Words:
    """Return a share in percent with two decimals, half rounded up: the one rounding rule of all documents.

    Args:
        part: Items or bytes of the part.
        whole: The same measure of the whole.

    Returns:
        The share, or the words 'no items' where the whole is empty.
    """
    if whole == 0:
        return words("report.no_share")
    return (Decimal(part * 100) / Decimal(whole)).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)


def printable(text: str) -> str:
    """Return foreign text as every document can hold and show it.

    Control characters become their visible pictures (U+2400 ff.), what XML cannot hold and what turns the direction
    of reading becomes U+FFFD, and text over :data:`LONGEST` is cut with a note that says so.
    """
    shown = "".join(_visible(character) for character in text[:LONGEST])
    left_out = len(text) - LONGEST
    return shown if left_out <= 0 else f"{shown}… [+{left_out}]"


def text_of(cell: Cell, lang: Language) -> str:
    """Return a cell as a reader sees it; counts carry thousands separators."""
    if isinstance(cell, Words):
        return printable(cell.say(lang))
    if isinstance(cell, str):
        return printable(cell)
    return f"{cell:,}"


def by_key(table: Table) -> list[Mapping[str, Cell]]:
    """Return the rows of a table by column key."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def _visible(character: str) -> str:
    if character == "\n" or character.isprintable():
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    kept = unicodedata.category(character) in ("Cf", "Zs", "Co", "Cn") and character not in _BIDI
    return character if kept and code not in (0xFFFE, 0xFFFF) else "\ufffd"
