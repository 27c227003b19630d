"""Identity numbers of 15 digits (15位旧身份证号), the scheme before GB 11643-1999.

Six digits of area (GB/T 2260), six of the birth date, three of order. No check digit: a word must name it.
"""

import re
from typing import ClassVar

from pii.numbering import prefectures
from pii.recognizers.contact.broken import BROKEN_NUMBER, broken, joined
from pii.recognizers.cued import LONG_NUMBER, CuedRecognizer, Found, is_something_else, spaced
from pii.recognizers.documents.id_card import is_birth_date
from pii.recognizers.labels import is_mentioned
from pii.recognizers.words import words

_WORDS = re.compile(
    words("身份证 身份号 身份 证件 证号 居民证 公民号码 旧证 老证 户口 户籍 户主 一代证")
    + r"|(?i:(?<![a-z])(?:sfzh?m?|zjhm?|id[ _]?(?:card|no|number)|identity)(?![a-z]))"
)
_NAME_BEFORE = re.compile(r"(?:^|[\s,，;；|、.:：])[\u4e00-\u9fff·]{2,12}[ \t\u3000,，|;；、]{1,3}$")
_NUMBER_BEHIND = re.compile(r"[ \t\u3000,，|;；、]{1,3}[1-9](?:[ .\-]?[0-9]){10}")
"""A row of a list: name, number, and the number of a card or a telephone."""
_LENGTH = 15


class OldIdCardRecognizer(CuedRecognizer):
    """Finds identity numbers of 15 digits by area, date and a word around (the scheme before GB 11643-1999)."""

    entities: ClassVar = ("CN_ID15",)
    labels: ClassVar = ("身份证",)
    cues: ClassVar = (LONG_NUMBER, BROKEN_NUMBER)
    expressions: ClassVar = (
        re.compile(f"(?<![0-9A-Za-z.]){broken('[1-7]')}(?![0-9A-Za-z])"),
        re.compile(f"(?<![0-9.])(?:(?<![A-Za-z])|(?<=[Ss][Ff][Zz]))(?:{spaced('[1-7]', 14)})(?![0-9A-Za-z])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand an area, a date of the years 1900 to 1999, and the word."""
        number = joined(match[0])
        if len(number) != _LENGTH:
            return None
        start, end = match.span()
        if number[:4] not in prefectures() or not is_birth_date(f"19{number[6:12]}"):
            return None
        is_in_list = _NUMBER_BEHIND.match(text, end) and _NAME_BEFORE.search(text, max(0, start - 18), start)
        if not (is_in_list or is_mentioned(_WORDS, text, start, end)) or is_something_else(text, start, end):
            return None
        return Found(start, end, "CN_ID15", 850)
