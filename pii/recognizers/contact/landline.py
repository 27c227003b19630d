"""Fixed telephone numbers (固定电话): area code and number by the MIIT numbering plan (YD/T 电信网编号计划).

A number needs its area code and something between the two, or a word around; without an area code the word must stand
right before it. One spaced in an unusual way, or broken by the end of a line, needs area code and word. Numbers of
services (400, 800, 95xxx, 110) belong to nobody and are not looked for.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.normalise import BREAK, SEPARATOR
from pii.numbering import area_codes
from pii.recognizers.contact.broken import BROKEN_NUMBER, breaks
from pii.recognizers.cued import (
    LONG_NUMBER,
    LONG_RUN,
    CuedRecognizer,
    Found,
    digits_of,
    is_named,
    is_part_of_row,
    is_something_else,
)

_WORDS = re.compile(
    r"(?i)电话|座机|固话|固定|传真|联系|致电|拨打|热线|总机|电話|電話|傳真|座機|聯[絡繫]|市话|市話|宅电|办公|辦公"
    r"|单位|家里|前台"
    r"|分[机機]|区号|區號|值班|咨询|来电|打我|tel|fax|phone|call|contact|office|landline|direct|switchboard|hotline"
    r"|reception"
)
_RIGHT_BEFORE = re.compile(
    r"(?i)(?:电话|座机|座機|固话|传真|总机|電話|傳真|市话|市話|宅电|宅電|tel|fax|phone|landline|direct line"
    r"|switchboard)"
    r"(?:号码?|號碼?)?\.?[ ]?(?:[(（][^()（）0-9\n]{1,8}[)）])?[^0-9A-Za-z\n]{0,4}$"
)
_TOLD_BEFORE = re.compile(
    "(?:座机|座機|固话|宅电|宅電|办公电话|市话|总机)(?:(?!手机|手機|[邮郵][编編])[^0-9A-Za-z\n。；;]){0,16}$"
    "|(?:住宅|家居|公司|单位|家里|(?i:home|office|work))[ ]?[:：][ ]?$"
    "|(?:电话|電話|座机|[Tt]el|[Pp]hone)[^0-9A-Za-z\n]{0,4}(?:0[0-9]{2,3}-?)?[2-8][0-9]{6,7}[ ]?(?:[/、或]|or)[ ]?$"
)
"""A word that means a fixed telephone and nothing else, or another such number before."""
_EXTENSION = r"(?:[ \t]?(?:转|分机|ext\.?|-)[ \t]?[0-9]{1,5})?"
_SAID = re.compile("[转轉]|分机|ext")
_ENDS = r"(?![0-9]|[.\-][0-9])"


class LandlineRecognizer(CuedRecognizer):
    """Finds fixed telephone numbers with area code, +86 and extension where there are any (MIIT numbering plan)."""

    entities: ClassVar = ("LANDLINE",)
    labels: ClassVar = ("电话",)
    cues: ClassVar = (
        LONG_NUMBER,
        LONG_RUN,
        BROKEN_NUMBER,
        Cue(r"[)）][ \t\-]{0,2}[2-8][0-9]{2,3}", before=16, after=20),
        Cue(r"[2-8][0-9]{2,3}-[0-9]{4}", before=16, after=20),
    )
    expressions: ClassVar = (
        re.compile(
            r"(?<![0-9A-Za-z])(?P<country>(?:(?:\+|00)86[ \t\-]{0,2}(?:[(（]0[)）][ ]?)?"
            r"|86[ \-]))?[(（]?(?P<area>0?(?:10|2[0-9]|[3-9][0-9]{2}))"
            r"(?P<gap>[ \t\u3000]?[)）\-—][ \t\-]?|[ \t\u3000]|)"
            rf"(?P<number>[2-8][0-9]{{2,3}}[ \t\-—]?[0-9]{{4}}){_EXTENSION}{_ENDS}"
        ),
        re.compile(rf"(?<![0-9A-Za-z])(?P<number>[2-8][0-9]{{2,3}}-?[0-9]{{4}}){_EXTENSION}{_ENDS}"),
        re.compile(rf"(?<![0-9A-Za-z])(?P<spaced>0(?:(?:{SEPARATOR}{{0,3}}|{BREAK})[0-9]){{9,11}}){_ENDS}"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand an area code that exists with a gap or a word, or the word right before."""
        start, end = match.span()
        if is_something_else(text, start, end):
            score = 0
        elif "spaced" in match.groupdict():
            is_told = is_named(_WORDS, text, start, end) and breaks(match["spaced"]) <= 1
            score = 700 if is_told and _is_whole(digits_of(match["spaced"])) else 0
        elif "area" not in match.groupdict():
            before = text[max(0, start - 32) : start]
            is_told = bool(_RIGHT_BEFORE.search(before) or _TOLD_BEFORE.search(before))
            score = 600 if is_told else 0
        elif not _has_area(match):
            score = 0
        elif is_named(_WORDS, text, start, end):
            score = 850
        else:
            is_alone = not is_part_of_row(text, start, end) or _SAID.search(match[0]) is not None
            score = 650 if match["gap"] and is_alone else 0
        return Found(start, end, "LANDLINE", score) if score else None


def _has_area(match: re.Match[str]) -> bool:
    """Tell whether the area code exists, keeps its 0 unless +86 stands before, and fits the number's length."""
    area = match["area"]
    if not area.startswith("0") and match["country"]:
        area = "0" + area
    return len(digits_of(match["number"])) in area_codes().get(area, ())


def _is_whole(digits: str) -> bool:
    """Tell whether digits are an area code and a number of a length used behind it."""
    return any(
        digits[size] in "2345678" and len(digits) - size in area_codes().get(digits[:size], ()) for size in (3, 4)
    )
