"""The tables as XLSX (xlsxwriter), and their cells read back (openpyxl).

Foreign text is written as text and never guessed at: no formula, no link, no number out of an id.
"""

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import openpyxl
import xlsxwriter

from provenance.errors import ExitCode, GovernanceError
from ui.i18n import Language
from ui.report.archive import rezip
from ui.report.table import Cell, Table, text_of

FIRST_ROW = 3
"""Row of the header, counted from 1; the title stands above it."""

_WRITTEN = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_OPTIONS = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
_CHARACTERS_PER_WEIGHT = 1.6

Value = int | str | Decimal


def value_of(cell: Cell, lang: Language) -> Value:
    """Return a cell as a spreadsheet holds it: counts and shares as numbers, all else as text."""
    if isinstance(cell, int | Decimal):
        return cell
    return text_of(cell, lang)


def sheet(table: Table, lang: Language) -> tuple[tuple[Value, ...], ...]:
    """Return all cells of a table's sheet: title, blank, header, rows, blank, notes."""
    header = tuple(column.title.say(lang) for column in table.columns)
    rows = tuple(tuple(value_of(cell, lang) for cell in row) for row in table.rows)
    notes = tuple((text_of(note, lang),) for note in table.notes)
    return ((table.title.say(lang),), (), header, *rows, (), *notes)


def write(tables: Sequence[Table], lang: Language) -> bytes:
    """Return the XLSX file, one sheet per table.

    Raises:
        GovernanceError: The writer did not take a cell whole.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"author": "Yuliao", "created": _WRITTEN})
    look = {
        "title": book.add_format({"bold": True, "font_size": 13}),
        "header": book.add_format({"bold": True, "bg_color": "#E8EDF1", "border": 1, "text_wrap": True}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "count": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "share": book.add_format({"num_format": "0.00", "valign": "top"}),
        "note": book.add_format({"italic": True}),
    }
    for table in tables:
        page = book.add_worksheet(table.id)
        for position, column in enumerate(table.columns):
            page.set_column(position, position, column.weight * _CHARACTERS_PER_WEIGHT)
        last = FIRST_ROW + len(table.rows)
        page.freeze_panes(FIRST_ROW, 0)
        page.autofilter(FIRST_ROW - 1, 0, last - 1, len(table.columns) - 1)
        for row, values in enumerate(sheet(table, lang), start=1):
            for position, value in enumerate(values):
                kind = {1: "title", FIRST_ROW: "header"}.get(row, _kind(value) if row <= last else "note")
                _put(page, row - 1, position, value, look[kind])
    book.close()
    return rezip(out.getvalue())


def read(content: bytes) -> dict[str, tuple[tuple[Value, ...], ...]]:
    """Read every sheet back; a number with a fraction becomes a decimal of two places.

    Formulas come back as their text with a leading ``=``, which no cell of ours has.
    """
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {page.title: tuple(_cells(row) for row in page.iter_rows()) for page in book.worksheets}


def _kind(value: Value) -> str:
    if isinstance(value, Decimal):
        return "share"
    return "count" if isinstance(value, int) else "text"


def _put(page: Any, row: int, position: int, value: Value, look: Any) -> None:  # noqa: ANN401  # untyped library
    if isinstance(value, str):
        result = page.write_string(row, position, value, look)
    else:
        result = page.write_number(row, position, value, look)
    if result != 0:
        raise GovernanceError(
            "A spreadsheet cell could not be written whole.",
            code="ui.cell-not-written",
            remedy="Report this as a fault of Yuliao; the DOCX and JSON are complete.",
            where=f"{page.get_name()} row {row + 1}",
            exit_code=ExitCode.ENVIRONMENT,
        )


def _cells(row: Sequence[Any]) -> tuple[Value, ...]:
    values = [_value(cell) for cell in row]
    while values and values[-1] == "":
        values.pop()
    return tuple(values)


def _value(cell: Any) -> Value:  # noqa: ANN401  # openpyxl types a cell's value as many things
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "n" and cell.number_format == "0.00":
        return Decimal(str(value)).quantize(Decimal("0.01"))
    if cell.data_type == "n" and isinstance(value, int):
        return value
    return f"={value}" if cell.data_type == "f" and not str(value).startswith("=") else str(value)
