"""Tables of evidence (证据) as they come: CSV or JSON Lines, checked row by row while they are read.

- Which columns a table has and the form of their cells is data (``rules/sources``).
- A complaint names the file, the line and the column, never what stands there: it may well be a person.
- Rows are handed on one by one, so a table of any length takes no more memory than its longest line.
"""

import csv
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from corpus.evidence.addresses import normalise_url
from provenance.disk import told
from provenance.errors import GovernanceError
from provenance.ids import Digest
from rules import catalog
from rules.source_kinds import EvidenceKind

_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)", re.ASCII)
_STATUS = re.compile(r"[1-5]\d\d", re.ASCII)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_TIMES_REMEMBERED = 65_536
_LONGEST_USER = 512

Cells = tuple[Any, ...]
"""A row's cells in the order of the table's columns, each in the form its column names; None where it is empty."""


class Moment(NamedTuple):
    """A time with the offset it was written with."""

    at: int
    """Microseconds since 1970, UTC."""
    offset: int
    """Minutes ahead of UTC."""

    def __str__(self) -> str:
        """Write it in its canonical form, which keeps the offset."""
        return self._written().isoformat()

    @property
    def day(self) -> str:
        """The day it was where it was written, ``YYYY-MM-DD``."""
        return self._written().date().isoformat()

    def _written(self) -> dt.datetime:
        zone = dt.timezone(dt.timedelta(minutes=self.offset))
        return (_EPOCH + dt.timedelta(microseconds=self.at)).astimezone(zone)


class Table:
    """A table of evidence; looping over it yields the number of each row's first line, and its cells.

    Args:
        path: The file.
        paper: Which kind of evidence it is.
    """

    def __init__(self, path: Path, paper: EvidenceKind) -> None:
        self.path = path
        self._paper = paper
        self._seen = hashlib.sha256()
        self._columns = [(column, _FORMS[column.form][0]) for column in paper.table]
        self._longest = catalog.load().house.integer("record_bytes_max")

    @property
    def digest(self) -> Digest:
        """SHA-256 of what has been read: of the file, once the loop has ended."""
        return Digest(self._seen.hexdigest())

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        """Read the rows.

        Raises:
            GovernanceError: The file cannot be read, is no table of this kind, or a row does not have its form.
        """
        is_empty = True
        lines = self._lines()
        rows = self._objects(lines) if self._is_json_lines() else self._records(lines)
        for line, row in rows:
            is_empty = False
            yield line, self._read(line, row)
        if is_empty:
            raise self.refused(0, "holds no row")

    def refused(self, line: int, what: str) -> GovernanceError:
        """Return the error for a table that is not as it must be.

        Args:
            line: Where, from 1; 0 for the table as a whole.
            what: To follow the name of the evidence and the line.
        """
        place = f" on line {line}" if line else ""
        return GovernanceError(
            f"The {self._paper.name}{place} {what}.",
            code="corpus.evidence-rows",
            remedy=f"Correct the file; its columns are {', '.join(each.name for each in self._paper.table)}, "
            "as CSV with a header or as one JSON object a line, in UTF-8.",
            where=str(self.path),
        )

    def _is_json_lines(self) -> bool:
        with told("read a file of evidence", self.path), self.path.open("rb") as file:
            return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")

    def _lines(self) -> Iterator[str]:
        with told("read a file of evidence", self.path), self.path.open("rb") as file:
            number = 0
            while raw := file.readline(self._longest + 1):
                number += 1
                self._seen.update(raw)
                if len(raw) > self._longest:
                    raise self.refused(number, "is longer than any row can be")
                try:
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError:
                    raise self.refused(number, "is not UTF-8") from None
                if "\0" in line:
                    raise self.refused(number, "holds a zero byte, so it is no text")
                yield line

    def _records(self, lines: Iterator[str]) -> Iterator[tuple[int, list[str | None]]]:
        reader = csv.reader(lines, strict=True)
        places: list[int] | None = None
        first = 1
        while True:
            try:
                record = next(reader, None)
            except csv.Error:
                raise self.refused(first, "cannot be read as CSV") from None
            if record is None:
                return
            if places is None:
                places = self._places([each.strip() for each in record])
            elif len(record) != len(places):
                if record:  # a blank line is no row
                    raise self.refused(first, "has another number of cells than the header")
            else:
                row: list[str | None] = [None] * len(self._paper.table)
                for place, cell in zip(places, record, strict=True):
                    row[place] = cell
                yield first, row
            first = reader.line_num + 1

    def _objects(self, lines: Iterator[str]) -> Iterator[tuple[int, list[str | None]]]:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                members = orjson.loads(line)
            except orjson.JSONDecodeError:
                raise self.refused(number, "is no JSON") from None
            if not isinstance(members, dict):
                raise self.refused(number, "is no JSON object")
            row: list[str | None] = [None] * len(self._paper.table)
            for place, value in zip(self._places(list(members), number), members.values(), strict=True):
                if not isinstance(value, str | int | None) or isinstance(value, bool):
                    raise self.refused(number, f"holds under {self._paper.table[place].name} neither text nor a number")
                row[place] = None if value is None else str(value)
            yield number, row

    def _places(self, names: list[str], line: int = 1) -> list[int]:
        columns = self._paper.table
        known = {column.name: place for place, column in enumerate(columns)}
        if not set(names) <= known.keys() or len(set(names)) < len(names):
            raise self.refused(line, "has a column that is not of this table, or one twice")
        missing = [column.name for column in columns if column.required and column.name not in names]
        if missing:
            raise self.refused(line, f"lacks the column {', '.join(missing)}")
        return [known[name] for name in names]

    def _read(self, line: int, row: list[str | None]) -> Cells:
        cells: list[object] = []
        for (column, parse), written in zip(self._columns, row, strict=True):
            cell = written.strip() if written else ""
            if not cell and not column.may_be_empty:
                raise self.refused(line, f"has nothing under {column.name}")
            try:
                cells.append(parse(cell) if cell else None)
            except (ValueError, GovernanceError):
                raise self.refused(line, f"has under {column.name} {_FORMS[column.form][1]}") from None
        return tuple(cells)


@lru_cache(maxsize=_TIMES_REMEMBERED)
def moment(text: str) -> Moment:
    """Read a time with its offset, such as ``2026-09-01T02:00:00+08:00``.

    Raises:
        ValueError: It has another form, or no such time exists.
    """
    if not _TIME.fullmatch(text):
        raise ValueError("no time")
    read = dt.datetime.fromisoformat(text)
    return Moment((read - _EPOCH) // _MICROSECOND, (read.utcoffset() or dt.timedelta()) // dt.timedelta(minutes=1))


def _status(text: str) -> int:
    if not _STATUS.fullmatch(text):
        raise ValueError("no status")
    return int(text)


def _user(text: str) -> str:
    if len(text) > _LONGEST_USER:
        raise ValueError("too long")
    return text


_FORMS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "text": (str, "no text"),
    "url": (normalise_url, "no address that begins with http:// or https:// and holds no user name"),
    "time": (moment, "no time with its offset, written like 2026-09-01T02:00:00+08:00"),
    "status": (_status, "no HTTP status of three digits"),
    "user": (_user, "a user's number that is too long"),
}
"""Forms of cells: what reads one, raising where it does not fit, and the sentence then."""
