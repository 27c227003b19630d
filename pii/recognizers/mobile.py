"""Mobile telephone numbers (手机号): the numbering plan of MIIT (YD/T 电信网编号计划), ITU-T E.164 for +86.

There is no check digit. A number counts when its prefix is given out to people and it is written whole or in one of the
usual groupings; any other spelling needs a word around that says telephone.
"""

import re
from typing import ClassVar

from pii.numbering import mobile_prefixes
from pii.recognizers.cued import (
    LONG_NUMBER,
    CuedRecognizer,
    Found,
    digits_of,
    grouping,
    is_named,
    is_part_of_row,
    is_something_else,
    spaced,
    touches,
)

_WORDS = re.compile(
    r"(?i)手机|电话|号码|联系|致电|拨打|来电|微信|短信|热线|移动|机主|手機|電話|聯繫|tel|phone|mobile|cell|mob|call|whatsapp|contact"
)
_USUAL = {(11,), (3, 4, 4), (3, 8), (1,) * 11}
_LETTER = re.compile("[A-Za-z]")
_FRACTION = re.compile(r"\.[0-9]")
_PREFIX = r"(?:[(（]?(?:\+|00)?86[)）]?[ \t\-]{0,2}|0)?"


class MobileRecognizer(CuedRecognizer):
    """Finds mainland mobile numbers with or without +86, 0086, 86 or a trunk 0 (MIIT numbering plan)."""

    entities: ClassVar = ("MOBILE",)
    cues: ClassVar = (LONG_NUMBER,)
    expressions: ClassVar = (re.compile(f"(?<![0-9])(?<![0-9][.]){_PREFIX}(?P<number>{spaced('1', 10)})(?![0-9])"),)

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a prefix of the plan, then a usual spelling or a word around."""
        start, end = match.span()
        if digits_of(match["number"])[:3] not in mobile_prefixes():
            return None
        if is_named(_WORDS, text, start, end):
            return None if is_something_else(text, start, end) else Found(start, end, "MOBILE", 900)
        groups = grouping(match["number"])
        is_whole = groups in {(11,), (3, 4, 4)}
        if (
            groups not in _USUAL
            or (not is_whole and is_part_of_row(text, start, end))
            or (groups == (3, 8) and "." in match["number"])
            or touches(text, start, end, _LETTER)
            or _FRACTION.match(text, end)
            or is_something_else(text, start, end)
        ):
            return None
        return Found(start, end, "MOBILE", 750)
