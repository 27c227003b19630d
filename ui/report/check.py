"""Read finished documents again and compare them with the facts, cell by cell (复核)."""

import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

from docx.opc.exceptions import PackageNotFoundError
from openpyxl.utils.exceptions import InvalidFileException

from rules.catalog import Catalog
from rules.evidence import ClauseRow
from rules.facts import Facts
from ui.i18n import LANGUAGES, Language, words
from ui.report import attribution, document, workbook
from ui.report.document import Grid, Line, Part
from ui.report.render import PLAIN, attribution_name, document_name, plain, workbook_name
from ui.report.section import section, tables

_UNREADABLE = (
    OSError,
    KeyError,
    ValueError,
    SyntaxError,
    zipfile.BadZipFile,
    PackageNotFoundError,
    InvalidFileException,
)
"""What python-docx, openpyxl and zipfile raise on a file that is none of theirs."""

_Cell = TypeVar("_Cell")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a document does not say what the facts say."""

    file: str
    place: str
    expected: str
    found: str

    def __str__(self) -> str:
        """Say it in one line."""
        place = f"{self.file}, {self.place}" if self.place else self.file
        return f"{place}: expected {self.expected!r}, found {self.found!r}"


def check(folder: Path, facts: Facts, rows: Sequence[ClauseRow], catalog: Catalog) -> list[Difference]:
    """Compare every report document in a folder with the facts.

    Args:
        folder: Where `yuliao report --out` wrote.
        facts: The figures as they should be.
        rows: The clause matrix as it should be.
        catalog: Words of risks, reasons, types and clauses.

    Returns:
        All differences, a missing or unreadable document being one; empty when everything agrees. A folder needs
        DOCX, XLSX and attribution list of at least one language, and the JSON.
    """
    present = [lang for lang in LANGUAGES if any((folder / name).exists() for name in _names(lang))]
    found: list[Difference] = []
    for lang in present or LANGUAGES[:1]:
        found += _document(folder / document_name(lang), document.parts(section(facts, rows, catalog), lang))
        found += _workbook(folder / workbook_name(lang), facts, rows, catalog, lang)
        found += _text(folder / attribution_name(lang), attribution.text(facts, lang))
    return found + list(_plain(folder / PLAIN, plain(facts, rows, catalog)))


def _names(lang: Language) -> tuple[str, ...]:
    return document_name(lang), workbook_name(lang), attribution_name(lang)


def _document(path: Path, expected: Sequence[Part]) -> list[Difference]:
    try:
        found = document.read(path.read_bytes())
    except _UNREADABLE as error:
        return [_unreadable(path, error)]
    differences: list[Difference] = []
    title = ""
    for number, (wanted, given) in enumerate(zip_longest(expected, found), start=1):
        if isinstance(wanted, Line):
            title = wanted.text
        if wanted == given:
            continue
        if isinstance(wanted, Grid) and isinstance(given, Grid) and wanted.id == given.id:
            differences += _grid(path.name, wanted.id, wanted.rows, given.rows)
        else:
            differences.append(Difference(path.name, f"block {number}: {title}", _show(wanted), _show(given)))
    return differences


def _workbook(
    path: Path, facts: Facts, rows: Sequence[ClauseRow], catalog: Catalog, lang: Language
) -> list[Difference]:
    try:
        found = workbook.read(path.read_bytes())
    except _UNREADABLE as error:
        return [_unreadable(path, error)]
    expected = {table.id: workbook.sheet(table, lang) for table in tables(facts, rows, catalog)}
    differences: list[Difference] = []
    for name in {**expected, **found}:
        if name in expected and name in found:
            differences += _grid(path.name, name, expected[name], found[name])
        else:
            there, gone = str(name in expected), str(name in found)
            differences.append(Difference(path.name, f"sheet {name}", there, gone))
    return differences


def _text(path: Path, expected: bytes) -> Iterator[Difference]:
    try:
        found = path.read_bytes()
        lines = zip_longest(expected.decode().split("\n"), found.decode().split("\n"))
    except _UNREADABLE as error:
        yield _unreadable(path, error)
        return
    for number, (wanted, given) in enumerate(lines, start=1):
        if wanted != given:
            yield Difference(path.name, f"line {number}", _show(wanted), _show(given))


def _plain(path: Path, expected: bytes) -> Iterator[Difference]:
    try:
        content = path.read_bytes()
        found = json.loads(content)
    except _UNREADABLE as error:
        yield _unreadable(path, error)
        return
    if content == expected:
        return
    wanted = json.loads(expected)
    places = [key for key in wanted if not isinstance(found, dict) or found.get(key) != wanted[key]]
    yield Difference(path.name, ", ".join(places) or "bytes", "canonical JSON of these facts", "other content")


def _grid(
    file: str, table: str, expected: Sequence[Sequence[_Cell]], found: Sequence[Sequence[_Cell]]
) -> Iterator[Difference]:
    for row, (wanted, given) in enumerate(zip_longest(expected, found, fillvalue=()), start=1):
        for position, (left, right) in enumerate(zip_longest(wanted, given), start=1):
            if left != right or type(left) is not type(right):
                yield Difference(file, f"{table} row {row} column {position}", _show(left), _show(right))


def _unreadable(path: Path, error: BaseException) -> Difference:
    missing = isinstance(error, FileNotFoundError)
    key = "report.check.absent" if missing else "report.check.unreadable"
    return Difference(path.name, "", words("report.check.readable").en, words(key).en)


def _show(value: object) -> str:
    if isinstance(value, Line):
        return value.text
    if isinstance(value, Grid):
        return f"table {value.id or '?'}"
    return "" if value is None else str(value)
