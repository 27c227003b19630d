"""Headings (表头): the line that names the columns, one of them at least a word for a number or the like."""

import re
import string
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from pii.expressions import joined
from pii.recognizers.tables.cells import BARS, Cell, cells

WORDS = (
    "[号號码碼证證机機话話箱址信牌户戶帐账扣照卡薪资資]|生日|网卡|網卡|微讯|电邮|凭证|公积金|社保|医保|联系方式|"
    "联系人|坐标|定位|经纬度"
    "|[收余餘][入额額]|[欠贷貸]款|应发|实发|诊断|診斷|病[情史种名]|疾病|学历|學歷|院校|学校|學校|职[务业位]|单位|班级|"
    "班級|年[级級龄齡]|多大|信仰|宗教"
    "|航班|车次|座位|房间|出生(?:日期|年月日?)?|口令|(?i:qq|ip|mac|permit|cvv2?|cvc|subscriber|phone|mobile|tel|cell|fax|mail|card|ssn"
    "|account|acct|passport|wechat|plate|vin|imei|imsi|oaid|idfa|passw(?:or)?d|pwd|token|secret|dob|birth(?:day|date)?"
    r"|date of birth|licen[cs]e|contact|gps|salary|income|diagnosis|religion|employer|gjj|[a-z]{2}[ _]?(?:no\.?|"
    r"number|id)|id[ _]?(?:no\.?|number|card)|csrq|bday|sjhm|sfzh|sbkh|(?:gd|jj|zj|zq|gp|kh)(?:zh|dm|hm))"
)
_CLOSED = r"[\"'*)）]{0,3}(?:</[a-z]{1,8}>)?"
_CELL_ENDS_BEHIND = re.compile(rf"{_CLOSED}(?:[ ]{{2}}|[ ]?(?:[\t|,;\u3000]|\r?\n)|</t[hd]>)")
_PARTED = re.compile(r"[\t|,;\u3000]|[ ]{2}")
_BEFORE_LAST = 48
"""Characters from the mark before the last cell of a heading to the end of its word."""
_LIST = r"(?m:^)(?:[\u4e00-\u9fff]{1,8}[ 、]){2,12}[\u4e00-\u9fff]{1,16}[:：]?[ ]{0,4}\r?\n"
HEADING = re.compile(
    rf"(?:{WORDS}){_CLOSED}(?:[ ]{{0,8}}[\t|,;\u3000]|[ ]{{2}}|</t[hd]>)|{_LIST}"
    rf"|(?:[\t|,;\u3000]|[ ]{{2}})[^\t\n|,;]{{0,28}}(?:{WORDS}){_CLOSED}[ ]{{0,8}}\r?\n"
)
"""Where a heading ends a cell with such a word, or is a line of words."""
SIGNS = (rf"(?:{WORDS})[\t|,;\u3000 \r\n\"'*)）<]", _LIST)
"""What is scanned for: one of them ends where a heading does or a little before, in its line. One character behind the
word makes a tenth of the price, for then the scan looks for rows of letters and needs no automaton."""
_NAMES_NUMBERS = re.compile(f"(?:{WORDS})[)）]?$")
_LONGEST_WORD = 16
_LONGEST_NAME = 24
SPLITS = {
    "\t": re.compile(r"\t"),
    "|": BARS,
    ",": re.compile(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"),
    ";": re.compile(";"),
    "\u3000": re.compile("[ \u3000]*\u3000[ \u3000]*"),
    "  ": re.compile("[ ]{2,}"),
    "、": re.compile("、"),
    " ": re.compile(" "),
}
"""How the cells of a line are parted, by the mark between them; the first that gives names is taken."""
_LOOSE_MARKS = ("、", " ")
"""Marks of sentences too: they part a heading of Chinese words only."""
_INTRODUCES = re.compile("(?:依次|如下|按此|按以下|格式)?[^、 \u3000]{0,6}[:：][ ]*$")
"""What a list says behind its heading: 姓名、学号、电话依次填写："""
_AROUND = "\"'`*" + string.whitespace + "\u3000\xa0"
_NUMBER = re.compile("[0-9]{3}")

Places = Sequence[tuple[int, int]] | None
"""Where headings may end, as sorted stretches apart from each other; None for anywhere."""


def places(text: str, seen: Iterable[tuple[int, int, int]]) -> Places:
    """Return where headings may end.

    Args:
        text: Folded text.
        seen: Where something was seen: which of the :data:`SIGNS`, or a number beyond them, and from where to where it
            ended.
    """
    return joined(sorted((first, last) for kind, first, last in seen if kind or first < last or _ends_cell(text, last)))


def may_end(places: Places, start: int, end: int) -> bool:
    """Tell whether a heading may end from ``start`` to ``end``."""
    if places is None:
        return True
    at = bisect_left(places, start, key=itemgetter(1))
    return at < len(places) and places[at][0] <= end


def first_line(places: Places, text: str) -> int:
    """Return where the first line begins in which a heading may end."""
    return text.rfind("\n", 0, max(0, places[0][0] - 1)) + 1 if places else 0


def heading(
    splits: Mapping[str, re.Pattern[str]], text: str, start: int, line: str
) -> tuple[re.Pattern[str], list[Cell]] | None:
    """Return how a heading is split and the names in it; None where the line is no heading.

    Args:
        splits: How its cells can be parted, by mark.
        text: The text it stands in.
        start: Where it begins there.
        line: The line, without its end.
    """
    behind = min(start + len(line) + 1, len(text))
    if line.rstrip(" ").endswith((":", "：")):
        line = _INTRODUCES.sub("", line)
    for mark, split in splits.items():
        if mark in line and _may_be_names(mark, line.split(mark)):
            names = cells(split, start, line)
            if mark in _LOOSE_MARKS and any(_is_western(name.text) for name in names):
                continue
            if len(names) > 1 and all(map(is_name, names)):
                return (split, names) if names_numbers(names) and HEADING.search(text, start, behind) else None
    return None


def _ends_cell(text: str, end: int) -> bool:
    """Tell whether a cell ends shortly behind a word, of which the sign ended one character behind it."""
    behind = _CELL_ENDS_BEHIND.match(text, end - 1)
    if behind is None:
        return False
    return not behind[0].endswith("\n") or _PARTED.search(text, max(0, end - _BEFORE_LAST), end) is not None


def is_name(cell: Cell) -> bool:
    """Tell whether a cell can be the name of a column."""
    return len(cell.text) <= _LONGEST_NAME and not _NUMBER.search(cell.text)


def names_numbers(names: list[Cell]) -> bool:
    """Tell whether one of the names is that of a number or the like."""
    return any(_NAMES_NUMBERS.search(name.text[-_LONGEST_WORD:]) for name in names)


def _may_be_names(mark: str, pieces: list[str]) -> bool:
    """Tell whether a line may be a heading, before it is split with care; what holds tags is not judged."""
    if mark in _LOOSE_MARKS and any(map(_is_western, pieces)):
        return False
    return all(
        len(piece) <= _LONGEST_NAME or "<" in piece or len(piece.strip(_AROUND)) <= _LONGEST_NAME for piece in pieces
    )


_is_western = str.isascii
