"""Cells of a line (单元格): where a line is split, and what of a cell is its value."""

import re
from collections.abc import Iterator
from typing import NamedTuple

WIDTH = 1024
"""Characters of the longest row."""
DEPTH = 16384
"""Characters behind a heading that are read: a longer table is read as far as this."""
LINE_ENDS = re.compile(r"\n")
ROW_ENDS = re.compile(r"</tr>", re.IGNORECASE)
CELL_ENDS = re.compile(r"</t[hd]>", re.IGNORECASE)
BARS = re.compile(r"\|")
_EDGES = re.compile(r"(?:\s|[\"'`*]|<[^<>]*>)*(.*?)(?:\s|[\"'`*]|<[^<>]*>)*", re.DOTALL)


class Cell(NamedTuple):
    """The value of a cell, and where it begins in the text."""

    start: int
    text: str


class Table(NamedTuple):
    """The names of the columns, and rows of as many cells."""

    names: list[Cell]
    rows: list[list[Cell]]


def lines(ends: re.Pattern[str], text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text that are no longer than a row, with their places, from where one begins."""
    for end in ends.finditer(text, start):
        if start < end.start() <= start + WIDTH:
            yield start, text[start : end.start()]
        start = end.end()
    if start < len(text) <= start + WIDTH:
        yield start, text[start:]


def cells(split: re.Pattern[str], start: int, line: str) -> list[Cell]:
    """Return the cells of a line, without what is around their values; those at the edges of a frame go."""
    ends = [match.span() for match in split.finditer(line)]
    found = []
    for first, last in zip([0, *(end for _, end in ends)], [*(begin for begin, _ in ends), len(line)], strict=True):
        inner = _EDGES.fullmatch(line, first, last)
        assert inner is not None  # it matches anything
        found.append(Cell(start + inner.start(1), inner[1]))
    if split is BARS:
        found = found[0 if found[0].text else 1 :]
    if split in {BARS, CELL_ENDS}:
        found = found[: len(found) if found and found[-1].text else -1]
    return found
