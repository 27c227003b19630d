"""Tables of lines (CSV, TSV, Markdown, lists of words) and of HTML: a heading, and rows of as many cells below it."""

import re
from collections.abc import Iterable, Iterator, Mapping

from pii.recognizers.tables.cells import CELL_ENDS, DEPTH, LINE_ENDS, ROW_ENDS, Cell, Table, cells, lines
from pii.recognizers.tables.headings import SPLITS, Places, first_line, heading, may_end

_MOST_STRANGE = 2
"""Lines that are no rows of the table in a row, a value broken over two lines say, before it counts as ended."""
_RULE = re.compile(r"[\s|:+\-=]*")


def tables(text: str, places: Places) -> Iterator[Table]:
    """Yield the tables of a folded text whose headings end at one of the places."""
    yield from _read(lines(LINE_ENDS, text, first_line(places, text)), SPLITS, text, places)
    if "</t" in text:
        yield from _read(lines(ROW_ENDS, text), {"</": CELL_ENDS}, text, places)


def _read(
    found: Iterable[tuple[int, str]], splits: Mapping[str, re.Pattern[str]], text: str, places: Places
) -> Iterator[Table]:
    split, names = _RULE, list[Cell]()
    limit = strange = 0
    rows: list[list[Cell]] = []
    for start, line in found:
        end = start + len(line)
        row = cells(split, start, line) if names and end < limit else []
        if names and len(row) == len(names):
            strange = 0
            rows.append(row)
            continue
        if row and strange < _MOST_STRANGE:
            strange += not _RULE.fullmatch(line)
            continue
        if rows:
            yield Table(names, rows)
        begun = heading(splits, text, start, line) if may_end(places, start, end + 1) else None
        split, names = begun or (_RULE, [])
        limit, strange, rows = start + DEPTH, 0, []
    if rows:
        yield Table(names, rows)
