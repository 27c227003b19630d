"""The keyword library (关键词库): read from CSV, refused by row number, counted against the standard's minimums.

- The header is ``keyword,risk``, or in Chinese 关键词 and 二级分类 or 风险编号; further columns are passed over.
  A risk is named by its id (``A1a``), its clause (``A.1 a)``) or its Chinese name.
- The same keyword for the same risk is one; for two risks it is two.
- No error ever repeats a keyword: it names the row.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from provenance.errors import GovernanceError
from provenance.ids import Digest, digest
from rules.catalog import Catalog, load

_KEYWORD_COLUMNS = ("keyword", "关键词")
_RISK_COLUMNS = ("risk", "风险编号", "二级分类")
_REMEDY = "Correct the row and import the file again; `yuliao rules coverage` shows what the library holds."


@dataclass(frozen=True)
class Lexicon:
    """Keywords by risk, sorted; the digest is over the pairs, so order and layout of the file do not matter."""

    keywords: tuple[tuple[str, str], ...]
    """Pairs of keyword and risk id."""
    duplicates: int = 0
    """Rows that said what another row had said."""

    @property
    def digest(self) -> Digest:
        """SHA-256 of :meth:`to_csv`, which is how the library is stored."""
        return digest(self.to_csv())

    def __len__(self) -> int:
        """Count distinct keywords: one that serves two risks is one."""
        return len({keyword for keyword, _ in self.keywords})

    def by_risk(self) -> Mapping[str, int]:
        """Return the number of keywords of every risk that has any, by risk id."""
        return dict(sorted(Counter(risk for _, risk in self.keywords).items()))

    def to_csv(self) -> bytes:
        """Return the library as CSV in its own form, sorted, UTF-8."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("keyword", "risk"))
        writer.writerows(self.keywords)
        return out.getvalue().encode()

    @classmethod
    def read(cls, content: bytes, catalog: Catalog | None = None) -> Self:
        """Read a keyword library (关键词库) from the bytes of a CSV file.

        Args:
            content: UTF-8, with or without byte order mark, or GB18030 as spreadsheets write it.
            catalog: Names the risks and says how short and how long a keyword may be; default: this installation's.

        Raises:
            GovernanceError: The file is no such table, or a row has no fit keyword or an unknown risk.

        Clause:
            R-050, R-051, R-052
        """
        rows = csv.reader(io.StringIO(_decode(content), newline=""))
        try:
            header = [name.strip() for name in next(rows, [])]
            keyword_at, risk_at = _column(header, _KEYWORD_COLUMNS), _column(header, _RISK_COLUMNS)
            pairs = list(_pairs(rows, keyword_at, risk_at, catalog or load()))
        except csv.Error as error:
            raise _refused("The file of keywords is not well-formed CSV.", rows.line_num) from error
        if not pairs:
            raise _refused("The file of keywords holds none.", 1)
        return cls(tuple(sorted(set(pairs))), duplicates=len(pairs) - len(set(pairs)))


def _pairs(rows: Iterator[list[str]], keyword_at: int, risk_at: int, catalog: Catalog) -> Iterator[tuple[str, str]]:
    names = {name: risk.id for risk in catalog.risks.values() for name in (risk.id, risk.clause, risk.zh)}
    shortest, longest = catalog.house.integer("keyword_letters_min"), catalog.house.integer("keyword_length_max")
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= max(keyword_at, risk_at):
            raise _refused("A row of the keyword file has too few columns.", number)
        keyword, risk = row[keyword_at].strip(), names.get(row[risk_at].strip())
        if risk is None:
            raise _refused("A row of the keyword file names no risk of the catalogue.", number)
        if not keyword:
            raise _refused("A row of the keyword file has no keyword.", number)
        if len(keyword) > longest or not keyword.isprintable():
            raise _refused("A keyword is too long or holds a line break or control character.", number)
        if not _is_han(keyword) and sum(character.isalnum() for character in keyword) < shortest:
            raise _refused("A keyword is too short and would be found everywhere.", number)
        yield keyword, risk


def _decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise GovernanceError(
        "The file of keywords is neither UTF-8 nor GB18030.",
        code="rules.lexicon-encoding",
        remedy="Save it as CSV in UTF-8 and import it again.",
    )


def _column(header: list[str], names: tuple[str, ...]) -> int:
    for name in names:
        if name in header:
            return header.index(name)
    raise GovernanceError(
        "The file of keywords lacks a column.",
        code="rules.lexicon-columns",
        remedy="Its first line must name the columns `keyword` and `risk` (关键词 and 二级分类 or 风险编号).",
    )


def _is_han(keyword: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" or character >= "\U00020000" for character in keyword)


def _refused(message: str, row: int) -> GovernanceError:
    return GovernanceError(message, code="rules.lexicon-row", remedy=_REMEDY, where=f"row {row}")
