"""Identity numbers of 15 digits (15位旧身份证号), the scheme before GB 11643-1999.

Six digits of area (GB/T 2260), six of the birth date, three of order. No check digit: one number in a thousand has an
area and a date, so it counts as printed wherever nothing says that it is a thing's; else a word must name it.
"""

import re
from typing import ClassVar

from pii.checksums import passes_luhn
from pii.gate import Cue, Sign
from pii.lookalikes import DIGIT_AHEAD, LETTERS, MOST, letters, meant
from pii.normalise import SEPARATOR
from pii.numbering import prefectures
from pii.recognizers.contact.broken import BROKEN_NUMBER, broken, joined
from pii.recognizers.cued import LONG_NUMBER, CuedRecognizer, Found, grouping, is_something_else
from pii.recognizers.documents.alone import ALONE, stands_alone
from pii.recognizers.documents.id_card import FIFTEEN_DIGITS, GAP, is_birth_date
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
_PRINTED = {(15,), (6, 6, 3), (6, 2, 2, 2, 3)}
"""Groups in which it is printed."""
_CARD = re.compile(words("身份证 居民证 公民身份 一代证"))
_NUMBERED = re.compile("(?:^|[^\u4e00-\u9fffA-Za-z]|[证證份])[编編][号號][^0-9A-Za-z\n]{0,4}$")
"""On the first cards the number stands behind 编号, which elsewhere names orders and parts."""
_ALIKE = f"[1-7{LETTERS}](?:{SEPARATOR}?[0-9{LETTERS}]){{14}}"


class OldIdCardRecognizer(CuedRecognizer):
    """Finds identity numbers of 15 digits by area and date (the scheme before GB 11643-1999)."""

    entities: ClassVar = ("CN_ID15",)
    labels: ClassVar = ("身份证",)
    cues: ClassVar = (LONG_NUMBER, BROKEN_NUMBER, Cue(_ALIKE, before=0, after=0))
    signs: ClassVar = {1: Sign(FIFTEEN_DIGITS)}
    expressions: ClassVar = (
        re.compile(f"(?<![0-9A-Za-z.]){broken('[1-7]')}(?![0-9A-Za-z])"),
        re.compile(f"(?<![0-9.])(?:(?<![A-Za-z])|(?<=[Ss][Ff][Zz]))[1-7](?:{GAP}[0-9]){{14}}(?![0-9A-Za-z])"),
        re.compile(f"(?<![0-9A-Za-z.]){DIGIT_AHEAD}{_ALIKE}(?![0-9A-Za-z])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand an area, a date of the years 1900 to 1999, and the word unless it is as printed."""
        start, end = match.span()
        number = joined(match[0])
        if len(number) != _LENGTH or letters(number) > MOST:
            return None
        is_plain = number.isdigit()
        number = meant(number)
        if number[:4] not in prefectures() or not is_birth_date(f"19{number[6:12]}"):
            return None
        is_printed = is_plain and grouping(match[0]) in _PRINTED and not _is_handsets(number)
        if _NUMBERED.search(text, max(0, start - 8), start) and (is_printed or is_mentioned(_CARD, text, start, end)):
            return Found(start, end, "CN_ID15", 850 if is_mentioned(_CARD, text, start, end) else ALONE)
        if is_something_else(text, start, end):
            return None
        if is_mentioned(_WORDS, text, start, end) or (is_plain and _is_persons(text, start, end)):
            return Found(start, end, "CN_ID15", 850)
        return Found(start, end, "CN_ID15", ALONE) if is_printed and stands_alone(text, start, end) else None


def _is_handsets(number: str) -> bool:
    """Tell whether it may be an IMEI, which has 15 digits too, begins with 35 most often, and passes Luhn."""
    return number.startswith("35") and passes_luhn(number)


def _is_persons(text: str, start: int, end: int) -> bool:
    """Tell whether it stands in the row of a person, or before the number that took its place."""
    if _PERSON_BEFORE.search(text, max(0, start - 24), start) or _NEW_BEHIND.match(text, end):
        return True
    return bool(_NUMBER_BEHIND.match(text, end) and _NAME_BEFORE.search(text, max(0, start - 18), start))
