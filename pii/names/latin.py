"""Latin names (拉丁字母人名) where something says that they are one: a title, a form's field, a Chinese title behind.

Capitalised pairs alone are not taken: in technical texts nearly all of them are something else. One scan tells whether
any of the cues stands beside a letter; few texts have one, and in these the cues are looked for as plain strings.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pii.expressions import Expression
from pii.scanner import Scanner

_WORD = r"[A-Z][a-zà-öø-ÿ]+(?:[-'’][A-Z][a-zà-öø-ÿ]+)?"
_TITLES = ("Mr", "Ms", "Miss", "Dr", "Prof", "Sir", "Madam")
_BEHIND_TITLE = re.compile(rf"(?:s|essor)?\.? ?(?P<name>{_WORD}(?: [A-Z]\.)?(?: {_WORD}){{0,2}})(?![A-Za-z])")
_FIELDS = (
    *("ame:", "ame：", "ontact:", "ontact：", "ignee:", "ttn:", "igned:", "ecipient:", "y name is ", "ear "),
    *("姓名", "联系人", "聯繫人", "收件人", "收货人", "收貨人", "乘客", "患者", "经办人", "經辦人"),
)
_BEHIND_FIELD = re.compile(rf"[ \t]?[:：]?[ \t]?(?P<name>{_WORD}(?: [A-Z]\.)?(?: {_WORD}){{1,2}})(?![A-Za-z])")
_TITLES_BEHIND = (
    "先生",
    "女士",
    "小姐",
    "太太",
    "夫人",
    "教授",
    "博士",
    "同学",
    "同學",
    "老师",
    "老師",
    "总裁",
    "總裁",
)
_BEFORE_TITLE = re.compile(rf"(?<![A-Za-z.])(?P<name>{_WORD}(?: {_WORD}){{0,2}}) ?\Z")
_CAPITALISED = "[A-Z][a-zà-öø-ÿ]"
_CUED = (
    rf"(?:{'|'.join(_TITLES)})(?:s|essor)?\.? ?{_CAPITALISED}",
    rf"(?:{'|'.join(_FIELDS)})[ \t]?[:：]?[ \t]?{_CAPITALISED}",
    f"[a-zà-öø-ÿ] ?[{''.join(sorted({title[0] for title in _TITLES_BEHIND}))}]",
)
"""What stands in every text that holds a name: the beginnings of what is looked for below; of whole titles behind a
letter Hyperscan makes something large."""
_LETTER = re.compile(r"[a-zà-öø-ÿ] ?\Z")
_LONGEST = 60
_SCORE = 700


class Name(NamedTuple):
    """A name, half-open; the score in thousandths."""

    start: int
    end: int
    score: int


def latin_names(text: str) -> list[Name]:
    """Return Latin names in text order, none overlapping another."""
    found: list[Name] = []
    scanner = _scanner()
    if not scanner.blind and not scanner.runs(text):
        return found
    for start, end in sorted({match.span("name") for match in _matches(text)}):
        if not found or found[-1].end <= start:
            found.append(Name(start, end, _SCORE))
    return found


@cache
def _scanner() -> Scanner:
    return Scanner([Expression(cued, is_loose=True) for cued in _CUED])


def _matches(text: str) -> Iterator[re.Match[str]]:
    for cue in _TITLES:
        for at in _places(cue, text):
            match = _BEHIND_TITLE.match(text, at + len(cue))
            if match and not text[at - 1 : at].isalnum():
                yield match
    for cue in _FIELDS:
        for at in _places(cue, text):
            if match := _BEHIND_FIELD.match(text, at + len(cue)):
                yield match
    for cue in _TITLES_BEHIND:
        for at in _places(cue, text):
            if _LETTER.search(text, max(0, at - 2), at) and (
                match := _BEFORE_TITLE.search(text, max(0, at - _LONGEST), at)
            ):
                yield match


def _places(cue: str, text: str) -> Iterator[int]:
    at = text.find(cue)
    while at >= 0:
        yield at
        at = text.find(cue, at + 1)
