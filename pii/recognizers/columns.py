"""Tables whose first row names the columns (表头): CSV, TSV, Markdown, HTML; each row is read as a form.

The word that names a number stands lines above it, where no recogniser may look. So a row is written as a form, each
cell behind its heading, and the recognisers of numbers read that. What one finds inside a cell is found in the table.
"""

import re
import string
from collections.abc import Iterator, Mapping
from typing import ClassVar, NamedTuple

from presidio_analyzer import RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from pii.entities import ENTITIES
from pii.gate import Cue
from pii.normalise import fold
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.looks import looks

_WORDS = (
    "[号號码碼证證机機话話箱址信牌户戶帐账扣照卡薪资資]|生日|网卡|網卡|微讯|电邮|凭证|公积金|社保|医保|联系方式|"
    "联系人|坐标|定位|经纬度"
    "|[收余餘][入额額]|[欠贷貸]款|应发|实发|诊断|診斷|病[情史种名]|疾病|学历|學歷|院校|学校|學校|职[务业位]|单位|班级|"
    "班級|年[级級龄齡]|多大|信仰|宗教"
    "|航班|车次|座位|房间|出生(?:日期|年月日?)|口令|(?i:qq|ip|mac|permit|cvv2?|cvc|subscriber|phone|mobile|tel|cell|fax|mail|card|ssn"
    "|account|acct|passport|wechat|plate|vin|imei|imsi|oaid|idfa|passw(?:or)?d|pwd|token|secret|dob|birth(?:day|date)?"
    r"|date of birth|licen[cs]e|contact|gps|salary|income|diagnosis|religion|employer|gjj|[a-z]{2}[ _]?(?:no\.?|"
    r"number|id)|id[ _]?(?:no\.?|number|card))"
)
_CLOSED = r"[\"'*)）]{0,3}(?:</[a-z]{1,8}>)?"
_HEADING = re.compile(
    rf"(?:{_WORDS}){_CLOSED}(?:[ ]{{0,8}}[\t|,;\u3000]|[ ]{{2}}|</t[hd]>)"
    r"|(?m:^)(?:[\u4e00-\u9fff]{1,8}[ 、]){2,12}[\u4e00-\u9fff]{1,16}[:：]?[ ]{0,4}\r?\n"
    rf"|(?:[\t|,;\u3000]|[ ]{{2}})[^\t\n|,;]{{0,28}}(?:{_WORDS}){_CLOSED}[ ]{{0,8}}\r?\n"
)
_NAMES_NUMBERS = re.compile(f"(?:{_WORDS})[)）]?$")
_LONGEST_WORD = 16
_DEPTH = 16384
"""Characters behind a heading that are read: a longer table is read as far as this."""
_WIDTH = 1024
"""Characters of the longest row."""
_LONGEST_NAME = 24
_MOST_STRANGE = 2
"""Lines that are no rows of the table in a row, a value broken over two lines say, before it counts as ended."""
_SPLITS = {
    "\t": re.compile(r"\t"),
    "|": re.compile(r"\|"),
    ",": re.compile(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"),
    ";": re.compile(";"),
    "\u3000": re.compile("[ \u3000]*\u3000[ \u3000]*"),
    "  ": re.compile("[ ]{2,}"),
    "、": re.compile("、"),
    " ": re.compile(" "),
}
_LOOSE_MARKS = ("、", " ")
"""Marks of sentences too: they part a heading of Chinese words only."""
_CELL_ENDS = re.compile(r"</t[hd]>", re.IGNORECASE)
_ROW_ENDS = re.compile(r"</tr>", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\n")
_STATEMENT = re.compile(
    r"(?i)\s*(?:insert (?:ignore )?into|replace into|copy|create table(?: if not exists)?)\s+[^\s()]{1,64}\s*"
    r"[(](?P<names>(?:[^()\n]|[(][^()\n]{0,24}[)]){3,600})[)](?P<rest>.*)"
)
"""SQL that names the columns: its rows follow as tuples, or as CSV behind COPY (PostgreSQL, MySQL)."""
_STATES = ("into", "copy", "table")
"""One of these is in every such statement."""
_TUPLE = re.compile(r"(?i)(?:.{0,80}?\bvalues?)?\s*[(](?P<cells>.*)[)]\s*[,;]?\s*")
_COLUMNS = re.compile(r",(?![^(]*[)])")
_VALUES = re.compile(r",(?=(?:[^\"']*[\"'][^\"']*[\"'])*[^\"']*$)")
_SQL_CUE = (
    r"(?i:into|copy|table) [^()\n]{1,48}[(]"
    rf"(?:[^\n]{{0,300}}[^A-Za-z\n])?(?:[A-Za-z_]{{0,24}}_)?(?:{_WORDS})[^A-Za-z]"
)
_INTRODUCES = re.compile("(?:依次|如下|按此|按以下|格式)?[^、 \u3000]{0,6}[:：][ ]*$")
"""What a list says behind its heading: 姓名、学号、电话依次填写："""
_RULE = re.compile(r"[\s|:+\-=]*")
_EDGES = re.compile(r"(?:\s|[\"'`*]|<[^<>]*>)*(.*?)(?:\s|[\"'`*]|<[^<>]*>)*", re.DOTALL)
_AROUND = "\"'`*" + string.whitespace + "\u3000\xa0"
_NUMBER = re.compile("[0-9]{3}")
_TOLD = ("CREDIT_INFO", "CN_MINOR", "RELIGION", "SEX_ORIENT", "LODGING_TRAVEL", "CRIME")
"""Types told in words that a cell behind its heading can hold."""
_SECRETS = ("ACCOUNT_SECRET", "BANK_CVV_PWD", "BIRTH_DATE")


class _Cell(NamedTuple):
    start: int
    text: str


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
        Cue(_HEADING.pattern, before=_WIDTH, after=_DEPTH),
        Cue(_SQL_CUE, before=64, after=_DEPTH),
    )
    expressions: ClassVar = ()

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Find nothing: tables are read whole."""

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts | None = None,  # noqa: ARG002 - Presidio's signature
    ) -> list[RecognizerResult]:
        """Find values in the cells of tables; spans point into the text as given."""
        folded = fold(text)
        found = {each for each in self._in_tables(folded.text) if each.entity in entities}
        return [self._result(each, *folded.offsets.back(each.start, each.end)) for each in sorted(found)]

    def _in_tables(self, text: str) -> Iterator[Found]:
        for names, rows in _tables(text):
            parts, places, size = [], [], 0
            for cells in rows:
                for name, cell in zip(names, cells, strict=True):
                    parts.append(f"{name.text}：{cell.text}\n")
                    places.append((size + len(name.text) + 1, cell))
                    size += len(parts[-1])
            yield from self._in_form("".join(parts), places)

    def _in_form(self, form: str, places: list[tuple[int, _Cell]]) -> Iterator[Found]:
        gate, every = looks(self.supported_language)
        found = [
            each
            for number, start, end in gate.stretches(form)
            if set(every[number].recognizer.entities) <= set(self.entities)
            for each in every[number].find(form, start, end)
        ]
        at = 0
        for each in sorted(found):
            while at + 1 < len(places) and places[at + 1][0] <= each.start:
                at += 1
            first, cell = places[at]
            if first <= each.start and each.end <= first + len(cell.text):
                shift = cell.start - first
                yield each._replace(start=each.start + shift, end=each.end + shift)


def _tables(text: str) -> Iterator[tuple[list[_Cell], list[list[_Cell]]]]:
    """Yield the names of the columns and the rows of each table."""
    yield from _read(_LINE_ENDS, _SPLITS, text)
    if "</t" in text:
        yield from _read(_ROW_ENDS, {"</": _CELL_ENDS}, text)
    if any(word in text.lower() for word in _STATES):
        yield from _statements(text)


def _statements(text: str) -> Iterator[tuple[list[_Cell], list[list[_Cell]]]]:
    """Yield the names of the columns and the rows of each statement of SQL."""
    names, limit = list[_Cell](), 0
    rows: list[list[_Cell]] = []
    for begin, whole in _lines(_LINE_ENDS, text):
        start, line = begin, whole
        if statement := _STATEMENT.fullmatch(line):
            named = [_Cell(start, _name(each)) for each in _COLUMNS.split(statement["names"])]
            if len(named) > 1 and all(map(_is_name, named)) and _names_numbers(named):
                if rows:
                    yield names, rows
                names, limit, rows = named, start + _DEPTH, []
                start, line = start + statement.start("rest"), statement["rest"]
        tuple_ = _TUPLE.fullmatch(line)
        first, inner = (start + tuple_.start("cells"), tuple_["cells"]) if tuple_ else (start, line)
        split = _SPLITS["\t"] if "\t" in inner else _VALUES
        cells = _cells(split, first, inner) if names and start < limit else []
        if cells and len(cells) == len(names):
            rows.append(cells)
    if rows:
        yield names, rows


def _name(column: str) -> str:
    return re.split(r"[\s(]", column.strip().strip("`\"'"), maxsplit=1)[0].strip("`\"'")


def _read(
    ends: re.Pattern[str], splits: Mapping[str, re.Pattern[str]], text: str
) -> Iterator[tuple[list[_Cell], list[list[_Cell]]]]:
    split, names = _RULE, list[_Cell]()
    limit = strange = 0
    rows: list[list[_Cell]] = []
    for start, line in _lines(ends, text):
        cells = _cells(split, start, line) if names and start + len(line) < limit else []
        if names and len(cells) == len(names):
            strange = 0
            rows.append(cells)
            continue
        if cells and strange < _MOST_STRANGE:
            strange += not _RULE.fullmatch(line)
            continue
        if rows:
            yield names, rows
        split, names = _heading(splits, start, line)
        limit, strange, rows = start + _DEPTH, 0, []
    if rows:
        yield names, rows


def _heading(splits: Mapping[str, re.Pattern[str]], start: int, line: str) -> tuple[re.Pattern[str], list[_Cell]]:
    """Return how a heading is split, and the names in it; none where the line is no heading."""
    if line.rstrip(" ").endswith((":", "：")):
        line = _INTRODUCES.sub("", line)
    for mark, split in splits.items():
        if mark in line and _may_be_names(mark, line.split(mark)):
            names = _cells(split, start, line)
            if mark in _LOOSE_MARKS and any(_is_western(name.text) for name in names):
                continue
            if len(names) > 1 and all(map(_is_name, names)):
                return split, names if _names_numbers(names) and _HEADING.search(line + "\n") else []
    return _RULE, []


def _names_numbers(names: list[_Cell]) -> bool:
    return any(_NAMES_NUMBERS.search(name.text[-_LONGEST_WORD:]) for name in names)


def _may_be_names(mark: str, pieces: list[str]) -> bool:
    """Tell whether a line may be a heading, before it is split with care; what holds tags is not judged."""
    if mark in _LOOSE_MARKS and any(map(_is_western, pieces)):
        return False
    return all(
        len(piece) <= _LONGEST_NAME or "<" in piece or len(piece.strip(_AROUND)) <= _LONGEST_NAME for piece in pieces
    )


_is_western = str.isascii


def _is_name(cell: _Cell) -> bool:
    return len(cell.text) <= _LONGEST_NAME and not _NUMBER.search(cell.text)


def _lines(ends: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text that are no longer than a row, with their places."""
    start = 0
    for end in ends.finditer(text):
        if start < end.start() <= start + _WIDTH:
            yield start, text[start : end.start()]
        start = end.end()
    if start < len(text) <= start + _WIDTH:
        yield start, text[start:]


def _cells(split: re.Pattern[str], start: int, line: str) -> list[_Cell]:
    """Return the cells of a line, without what is around their values; those at the edges of a frame go."""
    ends = [match.span() for match in split.finditer(line)]
    cells = []
    for first, last in zip([0, *(end for _, end in ends)], [*(begin for begin, _ in ends), len(line)], strict=True):
        inner = _EDGES.fullmatch(line, first, last)
        assert inner is not None  # it matches anything
        cells.append(_Cell(start + inner.start(1), inner[1]))
    if split is _SPLITS["|"]:
        cells = cells[0 if cells[0].text else 1 :]
    if split in {_SPLITS["|"], _CELL_ENDS}:
        cells = cells[: len(cells) if cells and cells[-1].text else -1]
    return cells
