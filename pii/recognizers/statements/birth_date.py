"""Dates of birth (出生日期): a date in any of the usual writings (GB/T 7408 and custom) that a word of birth touches.

A date alone is nobody's: the word stands right before (出生日期：, 生于, born on) or right behind (出生, 生). What is
born in general (2000年出生人口, 生产, 发生于) is no person.
"""

import datetime as dt
import re
from typing import ClassVar

from pii.gate import REACH, Cue, Sign
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.documents.id_card import id_kind
from pii.recognizers.words import LINK, words

_S = "[ \t\u3000]{0,2}"
_HAN = "[〇零○一二三四五六七八九]"
_MORE = "0-9〇零○一二三四五六七八九十初廿"
_Y4, _M2, _D2 = "(?:18|19|20)[0-9]{2}", "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])"
_CALENDAR = f"(?:公元|[公农農阴陰阳陽新旧舊夏][历曆])?{_S}"
_ERA = f"民[国國]{_S}(?:[0-9]{{1,3}}|[一二三四五六七八九十百]{{1,4}})"
_YEAR = f"(?:{_Y4}|{_HAN}{{4}}|[0-9]{{2}}|{_HAN}{{2}}|{_ERA})"
_MONTH = f"(?:{_M2}|十[一二]?|[正元冬腊臘〇零]?[一二三四五六七八九]|[正冬腊臘])"
_TEN_AND_MORE = "三十一?|[二廿]十?[一二三四五六七八九]|十[一二三四五六七八九]|二十|初[一二三四五六七八九十]"
_DAY = f"(?:{_D2}|{_TEN_AND_MORE}|[十廿]|[〇零]?[一二三四五六七八九])"
_ENGLISH_MONTH = (
    "(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_ENGLISH_DAY = f"{_D2}(?:st|nd|rd|th)?"

# Long alternatives stand first: an expression takes the first that matches.
_WRITTEN = (
    f"{_CALENDAR}{_YEAR}{_S}年{_S}{_CALENDAR}{_MONTH}{_S}月"
    f"(?:{_S}{_DAY}{_S}[日号號]|{_S}{_DAY}(?![{_MORE}])|份|(?!{_S}[{_MORE}]))"
)
_FIGURES = rf"(?P<y>{_Y4})[ ]?(?P<sep>[\-/.])[ ]?(?P<m>{_M2})(?:[ ]?(?P=sep)[ ]?(?P<d>{_D2}))?(?![0-9]|[ ]?[\-/.][0-9])"
_WESTERN = (
    rf"(?:{_ENGLISH_DAY}[ \-](?:of )?{_ENGLISH_MONTH}[.,]?[ \-]{_Y4}|{_ENGLISH_MONTH}[.]?[ ]{_ENGLISH_DAY},?[ ]{_Y4}"
    rf"|{_ENGLISH_MONTH}[.,]?[ ]{_Y4}|{_D2}[/.\-]{_D2}[/.\-]{_Y4})(?![0-9A-Za-z])"
)
_COMPACT = f"(?P<cy>{_Y4})(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12][0-9]|3[01])?(?![0-9A-Za-z])"
_YEAR_ALONE = (
    rf"{_CALENDAR}{_YEAR}{_S}年(?!代|[级級度产產]|{_S}[{_MORE}])|(?:19|20)[0-9]{{2}}(?![0-9A-Za-z年]|[\-/.][0-9])"
)
_DATE = f"(?P<date>{_WRITTEN}|{_FIGURES}|{_WESTERN}|{_COMPACT}|{_YEAR_ALONE})"
_SHORT = rf"(?P<date>[0-9]{{2}}(?P<dot>[\-/.]){_M2}(?P=dot){_D2})(?![0-9A-Za-z]|[\-/.:][0-9])"
_BIRTHDAY = rf"(?P<date>{_CALENDAR}{_MONTH}{_S}月{_S}{_DAY}{_S}[日号號]?|{_M2}[\-/.]{_D2}(?![0-9]|[\-/.][0-9]))"

_LABELS = (
    "出生日期 出生年月日 出生年月 出生时间 出生年份 出生年 出生于 出生 生于 生日 生辰 诞辰 生年月日 "
    "birthday birthdate birth_date birth_day date_of_birth birth dob d.o.b. born "
    "csrq csny csnyr chushengriqi shengri 农历生日 公历生日 阳历生日 阴历生日 破壳日 出生日 出世日期 诞生日期 生于公元"
)
_LEAD = (
    rf"(?<![A-Za-z发發产產萌滋衍派寄陌]){words(_LABELS)}(?:[ \t]?[(（][^()（）\n]{{0,10}}[)）])?"
    rf"(?:{LINK}|[ \t](?:on|in|is|was)[ \t])"
)
_GENERAL = "[人率缺队隊数數登证證]|[后後前]|的?[人婴嬰]"
_BORN = f"[()（）]?{_S}(?:出生(?!{_GENERAL})|[诞誕降]生|生人|生[于於的]|生(?![\u4e00-\u9fffA-Za-z]))"
_PAPER = "(?:[EeGg][A-Za-z]?[0-9]{7,8}|[CcHhLlMmWwTt][A-Za-z]?[0-9]{7,8}|[1-9][0-9]{16}[0-9Xx])"
_ID_LENGTH = 18
_CELL = r"[ \t,，;|/]{1,4}"
"""A list of passengers: a date follows the number of a paper in the next cell."""


_PART = r"[ \t\u3000]{0,2}[,，、;；|/ \t\u3000][ \t\u3000]{0,2}"
_SEX = "(?:[男女]性?|(?<![A-Za-z])[MF])"
_ASKED = rf"{words(_LABELS)}[^\n]{{0,8}}[?？呢吗][^\n]{{0,4}}\n[^\n]{{0,24}}?[:：\n][ ]?"
"""A question of a chat, and the name of who answers."""
_DAY_OF_BIRTH = rf"(?P<date>{_Y4}(?P<sep>[\-/.]){_M2}(?P=sep){_D2}|{_Y4}年{_M2}月(?:{_D2}日)?)(?![0-9])"


_PERSONS = "男嘉宾 女嘉宾 嘉宾 申请人 旅客 乘客 乘机人 入住人 被保险人 投保人 考生 学生 患者 户主 持证人"
_PERSON = rf"{words(_PERSONS)}[ \t\u3000:：]{{0,2}}[\u4e00-\u9fff·][\u4e00-\u9fff·\u3000 ]{{1,11}}{_PART}"
_OF_PERSON = (
    "(?=[，,、\n \u3000；;|]{1,2}(?:[^。\n]{0,4}(?:护照|身份证|证件|手机|电话)|性别|[男女]"
    "|[汉回满壮]族|身高|未婚|离异|离婚|丧偶"
    "|在[^，。\n]{1,12}[上工]|[本专硕博]|属[\u4e00-\u9fff]|籍贯|住))"
)


class BirthDateRecognizer(CuedRecognizer):
    """Finds dates that a word of birth touches, Chinese numerals and the ROC calendar among them (GB/T 7408)."""

    entities: ClassVar = ("BIRTH_DATE",)
    cues: ClassVar = (
        Cue(words(_LABELS), before=40, after=REACH + 40),
        Cue(f"{_PAPER}{_CELL}", before=0, after=48),
        Cue(f"{_SEX}{_PART}(?:19|20)[0-9]{{2}}", before=2, after=24),
        Cue(f"[0-9日月]{_PART}{_SEX}", before=20, after=4),
        Cue(words(_PERSONS), before=0, after=64),
        Cue(f"[年月日号號0-9][()（）]?{_S}[诞誕降]?生(?:[人于於的]|[^\u4e00-\u9fffA-Za-z]|$)", before=40, after=0),
    )
    expressions: ClassVar = (
        re.compile(f"{_LEAD}{_DATE}"),
        re.compile(f"{_LEAD}{_SHORT}"),
        re.compile(f"(?<![0-9A-Za-z〇零○一二三四五六七八九十初廿]){_DATE}{_BORN}"),
        re.compile(f"(?<![0-9A-Za-z./\\-]){_SHORT}{_BORN}"),
        re.compile(f"(?<![0-9A-Za-z])(?P<paper>{_PAPER}){_CELL}(?:[男女MF]{_CELL})?{_DATE}"),
        re.compile(f"{_ASKED}{_DATE}"),
        re.compile(f"{_PERSON}{_DAY_OF_BIRTH}{_OF_PERSON}"),
        re.compile(f"(?<![\u4e00-\u9fff]){_SEX}{_PART}{_DAY_OF_BIRTH}(?={_PART}|[)）。\n])"),
        re.compile(f"(?<![0-9A-Za-z./\\-]){_DAY_OF_BIRTH}{_PART}{_SEX}(?={_PART}|[)）。\n])"),
        re.compile(f"{words('生日')}{LINK}{_BIRTHDAY}"),
    )
    signs: ClassVar = {2: Sign(f"[0-9年月日号號份〇零○一二三四五六七八九十廿百]{_BORN}")}

    def judge(self, text: str, match: re.Match[str]) -> Found | None:  # noqa: ARG002 - the match holds all there is
        """Demand a day that exists, and a word within reach."""
        start, end = match.span("date")
        paper = match.groupdict().get("paper") or ""
        if len(paper) == _ID_LENGTH and not id_kind(paper):
            return None
        if start - match.start() >= REACH or not _exists(match.groupdict()):
            return None
        return Found(start, end, "BIRTH_DATE", 850)


def _exists(parts: dict[str, str | None]) -> bool:
    """Tell whether a date in figures, if it is one, is a day of the calendar."""
    year, month, day = (parts.get(name) or parts.get(f"c{name}") for name in "ymd")
    if year is None or month is None or day is None:
        return True
    try:
        dt.date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
