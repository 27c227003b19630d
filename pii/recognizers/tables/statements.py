"""Tables of SQL: a statement that names the columns, and the tuples or lines of CSV that follow it."""

import re
from collections.abc import Iterator

from pii.recognizers.tables.cells import DEPTH, LINE_ENDS, Cell, Table, cells, lines
from pii.recognizers.tables.headings import SPLITS, WORDS, Places, first_line, is_name, may_end, names_numbers

STATEMENT = re.compile(
    r"(?i:into|copy|table) [^()\n]{1,48}[(]"
    rf"(?:[^\n]{{0,300}}[^A-Za-z\n])?(?:[A-Za-z_]{{0,24}}_)?(?:{WORDS})[^A-Za-z]"
)
"""Where a statement names a column with a word for a number."""
_WHOLE = re.compile(
    r"(?i)\s*(?:insert (?:ignore )?into|replace into|copy|create table(?: if not exists)?)\s+[^\s()]{1,64}\s*"
    r"[(](?P<names>(?:[^()\n]|[(][^()\n]{0,24}[)]){3,600})[)](?P<rest>.*)"
)
"""SQL that names the columns: its rows follow as tuples, or as CSV behind COPY (PostgreSQL, MySQL)."""
_TUPLE = re.compile(r"(?i)(?:.{0,80}?\bvalues?)?\s*[(](?P<cells>.*)[)]\s*[,;]?\s*")
_COLUMNS = re.compile(r",(?![^(]*[)])")
_VALUES = re.compile(r",(?=(?:[^\"']*[\"'][^\"']*[\"'])*[^\"']*$)")


def statements(text: str, places: Places) -> Iterator[Table]:
    """Yield the tables of a folded text that follow statements that end at one of the places."""
    names, limit = list[Cell](), 0
    rows: list[list[Cell]] = []
    for begin, whole in lines(LINE_ENDS, text, first_line(places, text)):
        start, line = begin, whole
        if may_end(places, start, start + len(line) + 1) and (statement := _named(text, start, line)):
            if rows:
                yield Table(names, rows)
            names, limit, rows = _names(start, statement), start + DEPTH, []
            start, line = start + statement.start("rest"), statement["rest"]
        row = _row(start, line) if names and start < limit else []
        if row and len(row) == len(names):
            rows.append(row)
    if rows:
        yield Table(names, rows)


def _named(text: str, start: int, line: str) -> re.Match[str] | None:
    """Return a line as a statement whose columns have names, one of them that of a number."""
    if not STATEMENT.search(text, start, start + len(line) + 1):
        return None
    statement = _WHOLE.fullmatch(line)
    if statement is None:
        return None
    names = _names(start, statement)
    return statement if len(names) > 1 and all(map(is_name, names)) and names_numbers(names) else None


def _names(start: int, statement: re.Match[str]) -> list[Cell]:
    return [Cell(start, _name(each)) for each in _COLUMNS.split(statement["names"])]


def _name(column: str) -> str:
    return re.split(r"[\s(]", column.strip().strip("`\"'"), maxsplit=1)[0].strip("`\"'")


def _row(start: int, line: str) -> list[Cell]:
    tuple_ = _TUPLE.fullmatch(line)
    first, inner = (start + tuple_.start("cells"), tuple_["cells"]) if tuple_ else (start, line)
    return cells(SPLITS["\t"] if "\t" in inner else _VALUES, first, inner)
