"""Values that only the heading of their column names (RFC 4180, HTML, Markdown, SQL): each row is read as a form.

The word that names a number stands lines above it, where no recogniser may look. So a row is written as a form, each
cell behind its heading, and the recognisers of numbers read that. What one finds inside a cell is found in the table.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import ClassVar

from pii.entities import ENTITIES
from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.looks import looks
from pii.recognizers.tables.cells import DEPTH, WIDTH, Cell
from pii.recognizers.tables.headings import HEADING, Places
from pii.recognizers.tables.rows import tables
from pii.recognizers.tables.statements import STATEMENT, statements

_TOLD = ("CREDIT_INFO", "CN_MINOR", "RELIGION", "SEX_ORIENT", "LODGING_TRAVEL", "CRIME")
"""Types told in words that a cell behind its heading can hold."""
_SECRETS = ("ACCOUNT_SECRET", "BANK_CVV_PWD", "BIRTH_DATE")


class ColumnsRecognizer(CuedRecognizer):
    """Finds values that only the heading of their column names (RFC 4180, HTML, Markdown)."""

    COUNTRY_CODE: ClassVar[str | None] = None
    entities: ClassVar = (
        *(name for name, entity in ENTITIES.items() if entity.is_identifying),
        *_SECRETS,
        *_TOLD,
        "USCC",
    )
    cues: ClassVar = (
        Cue(HEADING.pattern, before=WIDTH, after=DEPTH),
        Cue(STATEMENT.pattern, before=64, after=DEPTH),
    )
    expressions: ClassVar = ()

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Find nothing: tables are read whole."""

    def found(self, text: str) -> Iterator[Found]:
        """Yield what stands in the cells of all tables."""
        return self.read(text)

    def read(self, text: str, places: Places = None) -> Iterator[Found]:
        """Yield what stands in the cells of the tables of a folded text.

        Args:
            text: Folded text.
            places: Where headings and statements may end, by :func:`pii.recognizers.looks.looks`.
        """
        for names, rows in chain(tables(text, places), statements(text, places)):
            parts, cells, size = [], [], 0
            for row in rows:
                for name, cell in zip(names, row, strict=True):
                    parts.append(f"{name.text}：{cell.text}\n")
                    cells.append((size + len(name.text) + 1, cell))
                    size += len(parts[-1])
            yield from self._in_form("".join(parts), cells)

    def _in_form(self, form: str, cells: list[tuple[int, Cell]]) -> Iterator[Found]:
        gate, every = looks(self.supported_language)
        found = [
            each
            for number, start, end in gate.stretches(form)
            if number < len(every) and set(every[number].recognizer.entities) <= set(self.entities)
            for each in every[number].find(form, start, end)
        ]
        at = 0
        for each in sorted(found):
            while at + 1 < len(cells) and cells[at + 1][0] <= each.start:
                at += 1
            first, cell = cells[at]
            if first <= each.start and each.end <= first + len(cell.text):
                shift = cell.start - first
                yield each._replace(start=each.start + shift, end=each.end + shift)
