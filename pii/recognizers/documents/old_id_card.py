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
    words(
        "身份证 身份号 身份 身分证 证件 证号 居民证 公民号码 旧证 老证 户口 户籍 户主 一代证 十五位 15位 旧号 老号 "
        "旧身份 公民身份 常住人口 sfzhm"
    )
    + r"|(?i:(?<![a-z])(?:sfzh?m?|gmsfhm|jsfzh?|zjhm?|zjbh|(?:old_?)?id[ _]?(?:card|no|num|number|15|old)|cert_?no"
    r"|identity|citizen)(?![a-z]))|(?<=[a-z])(?:Id(?:Card|No|Num)|CertNo|IdentityNo)(?![a-z])"
)
_NAME_BEFORE = re.compile(r"(?:^|[\s,，;；|、.:：])[\u4e00-\u9fff·]{2,12}[ \t\u3000,，|;；、]{1,3}$")
_PERSON_BEFORE = re.compile(
    r"(?:^|[\s,，;；|、.:：（(])[\u4e00-\u9fff·]{2,6}[ \t\u3000,，|;；、]{1,3}[男女][ \t\u3000,，|;；、]{1,3}$"
    r"|(?:档案|职工|员工|退休|人员|户主|姓名)[^0-9A-Za-z\n]{0,12}$"
)
_NEW_BEHIND = re.compile(r"[^0-9A-Za-z\n]{1,8}[1-8][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
"""The number of 18 characters that took its place."""
_NUMBER_BEHIND = re.compile(r"[ \t\u3000,，|;；、]{1,3}[1-9](?:[ .\-]?[0-9]){10}")
"""A row of a list: name, number, and the number of a card or a telephone."""
_LENGTH = 15
_CARD = re.compile(words("身份证 居民证 公民身份 一代证"))
_PLAINLY_NUMBERED = re.compile("(?:^|[^\u4e00-\u9fffA-Za-z])[编編][号號][^0-9A-Za-z\n]{0,4}$")
"""On the first cards the number stands behind 编号, which elsewhere names orders and parts."""


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
        is_persons = _PERSON_BEFORE.search(text, max(0, start - 24), start) or _NEW_BEHIND.match(text, end)
        is_in_list = is_persons or (
            _NUMBER_BEHIND.match(text, end) and _NAME_BEFORE.search(text, max(0, start - 18), start)
        )
        if is_mentioned(_CARD, text, start, end) and _PLAINLY_NUMBERED.search(text, max(0, start - 8), start):
            return Found(start, end, "CN_ID15", 850)
        if not (is_in_list or is_mentioned(_WORDS, text, start, end)) or is_something_else(text, start, end):
            return None
        return Found(start, end, "CN_ID15", 850)
