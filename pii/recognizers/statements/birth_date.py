"""Dates of birth (出生日期): a date in any of the usual writings (GB/T 7408 and custom) that words of birth go with.

A date alone is nobody's. A year or a short date needs the word right before (出生日期：, 生于, born on) or right behind
(出生, 生). A date with its month may stand further from a word that names a date of birth and nothing else: before it,
in the question it answers, or behind it (1985-07-15 是我生日). What is born in general (2000年出生人口, 生产, 发生于)
is no person.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue, Sign
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.labels import POINTS
from pii.recognizers.statements.dates import (
    ANY,
    FULL,
    MORE,
    OF_DAY,
    OF_GENERATION,
    OF_YEAR,
    SHORT,
    SPACE,
    WESTERN,
    exists,
)
from pii.recognizers.words import COLON, LINK, words

_NAMES = (
    "出生日期 出生年月日 出生年月 出生时间 出生年份 出生日 出生日子 出生之日 出生地及日期 生日 生辰 生辰八字 "
    "生年月日 破壳日 出世日期 出世日子 出世年月日 出世年月 出世年份 诞生日期 诞生日 诞辰 生日期 出生证上 出生纸上 "
    "出生紙上 出世紙上 出世纸上 생년월일 датарождения birthday birth_date birth_day date_of_birth dob d.o.b. bday "
    "birth_dt birth_ymd birthymd birth_time place_of_birth csrq csny csnyr chushengriqi shengri geburtsdatum "
    "data_nasc data_de_nascimento fecha_de_nacimiento date_de_naissance"
)
"""What names a date of birth and nothing else."""
_LABELS = (
    f"{_NAMES} 出生 出生年 出生于 生于 生於 出世 出世于 出世年 哪年生人 哪年生 乾造 坤造 八字 birth born birth_year "
    "year_of_birth yob 农历生日 公历生日 阳历生日 阴历生日 生于公元 geboren_am geboren né_le née_le nascido_em "
    "nacido_el"
)
_ASKING = (
    f"{_NAMES} 哪年出生 哪天出生 哪日出生 哪一年出生 哪年生 哪天生 哪年哪月生 哪年哪月出生 哪年哪月哪日生 "
    "哪年哪月哪日出生 何年出生 何年何月出生 何年何月何日出生 何时出生 几号生 几月几号生 几月生 几时生 几时出生 "
    "几时出世 边年出世 边日出世 几年生 几几年生 几几年出生 哪年的人 什么时候生 什么时候出生 什么时候的生 啥时候生 "
    "啥时候出生 幾時出世 幾時生 幾時出生 幾號生 邊年出世 幾年生 when_were_you_born when_was_he_born "
    "when_was_she_born year_were_you_born"
)
_BIRTHDAYS = "生日 破壳日 生辰 出生日 birthday bday"

_BEFORE = "(?:(?<![A-Za-z发發产產萌滋衍派寄陌学學医醫师師先考研招诞誕])|(?<=[a-z])(?=[A-Z]))"
_TIE = rf"(?:{LINK}(?:[_…·→⇒/\-—~]{{1,8}}[ ]?)?|[ \t](?:is(?: on)?|on|in|was)[ \t])"
_LABEL = f"(?:{words(_LABELS)}|生年(?={COLON}))"
_LEAD = rf"{_BEFORE}{_LABEL}(?:[ \t]?[(（][^()（）\n]{{0,16}}[)）])?{_TIE}"
_OTHER = (
    "入职|[签簽][发發]|[发發][证證]|有效|期限|[登办辦][记記理](?![为為的成是])|[注註][册冊]|[参參]加|[毕畢][业業]"
    "|[结結]婚|死亡|[去逝]世|截[至止]"
    "|施行|[发發][布佈生给給]|[订訂][立单單]|[审審]核|到期|住院|[入出]院|就诊|[会會宴聚派蛋祝快礼禮卡]|[证證]明"
    "|人口|今[天日]|[那当當][天日]"
    "|周年|issue|expir|valid|since|until|join|hire|party|gift"
)
"""What names a date of another kind, or a day that is kept."""
_NEAR = f"(?:(?!{_OTHER})[^0-9。！!\n])"
_AGED = r"(?:[0-9]{1,3}[ ]?(?:岁|歲|yrs?|y)?[ ]?[/，,|、][ ]?)?"
_AT_LENGTH = rf"{_BEFORE}(?:{words(_NAMES)}|出[ \t\u3000]?生(?={COLON}|/))"
_GENERAL = "[人率缺队隊数數登证證医醫]|[后後前]|的?[人婴嬰]"
_BORN = f"[()（）]?{SPACE}(?:出生(?!{_GENERAL})|[诞誕降]生|生人|生[于於的]|出世(?![的])|生(?![\u4e00-\u9fffA-Za-z]))"
_PLACED = (
    f"(?:[ ]?[0-9]{{1,2}}[:：时時点點][0-9]{{0,2}}分?)?[，,]?{SPACE}(?:[于於在][^0-9，。；\n]{{1,10}}?)?"
    f"(?:出生(?!{_GENERAL})|[降诞誕]生|出世)"
)
_TWICE = (
    "(?:即|更正|[变變]更|改[成为為]|[应應][为為]|[身户戶實实][份口际際]|(?=[公农農阳陽阴陰新旧舊][历曆]|西元|民[国國]))"
)
_PAPER = "(?:[EeGg][A-Za-z]?[0-9]{7,8}|[CcHhLlMmWwTt][A-Za-z]?[0-9]{7,8}|[1-9][0-9]{16}[0-9Xx])"
_ID_LENGTH = 18
_FIRST_OF_NUMBERS = "1999"
"""Year in which numbers of eighteen digits were first given: an earlier date beside one is no date of issue."""
_CELL = r"[ \t,，;|/]{1,4}"
"""A list of passengers: a date follows the number of a paper in the next cell."""

_PART = r"[ \t\u3000]{0,2}[,，、;；|/ \t\u3000][ \t\u3000]{0,2}"
_SEX = "(?:[男女]性?|(?<![A-Za-z])(?:[MF]|[Mm]ale|[Ff]emale))"
_PEOPLE = f"(?:[\u4e00-\u9fff]{{1,3}}族{_PART})?"
_SAID = rf"(?:(?!{_OTHER})[^0-9\n]){{0,16}}"
_ANSWER = rf"{_SAID}(?:(?<=[?？])|—|答[:：]|\n(?:[^\n:：]{{1,14}}[:：])?){_SAID}?"
"""The rest of a question, who answers, and how the answer begins."""
_BEAST = "[属屬][鼠牛虎兔龙龍蛇马馬羊猴鸡雞狗猪豬](?![\u4e00-\u9fff])"

_PERSONS = "男嘉宾 女嘉宾 嘉宾 申请人 旅客 乘客 乘机人 入住人 被保险人 投保人 考生 学生 患者 户主 持证人"
_PERSON = rf"{words(_PERSONS)}[ \t\u3000:：]{{0,2}}[\u4e00-\u9fff·][\u4e00-\u9fff·\u3000 ]{{1,11}}{_PART}"
_OF_PERSON = (
    "(?=[，,、\n \u3000；;|]{1,2}(?:[^。\n]{0,4}(?:护照|身份证|证件|手机|电话)|性别|[男女]"
    "|[汉回满壮]族|身高|未婚|离异|离婚|丧偶"
    "|在[^，。\n]{1,12}[上工]|[本专硕博]|属[\u4e00-\u9fff]|籍贯|住))"
)
_LIVES = (
    rf"[ ]?[（(](?P<date>{FULL})(?:[ ]?(?:[—\-~～]{{1,2}}|至)[ ]?今?)?[)）]"
    "[，,、][ ]?(?:[男女]|[\u4e00-\u9fff]{1,3}族)"
)


def _dated(date: str) -> str:
    return f"(?P<date>{date})"


class BirthDateRecognizer(CuedRecognizer):
    """Finds dates that words of birth go with, Chinese numerals and the ROC calendar among them (GB/T 7408)."""

    entities: ClassVar = ("BIRTH_DATE",)
    cues: ClassVar = (
        Cue(words(f"{_LABELS} {_ASKING}"), before=40, after=REACH + 40),
        Cue(f"{_PAPER}{_CELL}", before=0, after=48),
        Cue(f"{_SEX}{_PART}(?:19|20)[0-9]{{2}}", before=2, after=24),
        Cue(f"[0-9日月]{_PART}{_SEX}", before=20, after=4),
        Cue(words(_PERSONS), before=0, after=64),
        Cue(f"[年月日号號0-9][()（）]?{SPACE}[诞誕降]?生(?:[人于於的]|[^\u4e00-\u9fffA-Za-z]|$)", before=40, after=0),
    )
    expressions: ClassVar = (
        re.compile(f"{_LEAD}{_dated(ANY)}"),
        re.compile(f"{_LEAD}{_dated(SHORT)}"),
        re.compile(f"(?<![0-9A-Za-z〇零○一二三四五六七八九十初廿]){_dated(ANY)}{_BORN}"),
        re.compile(f"(?<![0-9A-Za-z./\\-]){_dated(SHORT)}{_BORN}"),
        re.compile(f"(?<![0-9A-Za-z])(?P<paper>{_PAPER}){_CELL}(?:[男女MF]{_CELL})?{_dated(ANY)}"),
        re.compile(f"(?:{words(_ASKING)}){_ANSWER}{_dated(ANY)}"),
        re.compile(f"{_PERSON}{_dated(OF_DAY)}{_OF_PERSON}"),
        re.compile(f"(?<![\u4e00-\u9fff]){_SEX}{_PART}{_PEOPLE}{_dated(OF_DAY)}(?={_PART}|[)）。\n])"),
        re.compile(f"(?<![0-9A-Za-z./\\-]){_dated(OF_DAY)}{_PART}{_SEX}(?={_PART}|[)）。\n])"),
        re.compile(f"{words(_BIRTHDAYS)}(?:{_TIE}|{_ANSWER}){_dated(OF_YEAR)}"),
        re.compile(f"{_AT_LENGTH}{_NEAR}{{0,20}}?{_AGED}{_dated(FULL)}"),
        re.compile(
            f"(?<![0-9A-Za-z./\\-])(?<![{MORE}]){_dated(f'{FULL}|{OF_YEAR}')}(?:{POINTS}{words(_NAMES)}|{SPACE}"
            f"的?[过過]?{words('生日 破壳日')})(?!{_OTHER})"
        ),
        re.compile(f"(?<![0-9A-Za-z./\\-])(?<![{MORE}]){_dated(FULL)}{_PLACED}"),
        re.compile(
            f"(?:{_LEAD}|{_AT_LENGTH}{_NEAR}{{0,6}}?){ANY}[^0-9。\n]{{0,3}}?{_TWICE}[^0-9。\n]{{0,8}}?{_dated(ANY)}"
        ),
        re.compile(f"[\u4e00-\u9fffA-Za-z]{_LIVES}"),
        re.compile(f"(?<![0-9A-Za-z./\\-]){_dated(ANY)}的?[，,、 ]{{0,2}}(?:生肖)?{_BEAST}"),
        re.compile(f"{_BEAST}[，,、 ]{{0,2}}(?:[我他她]|本人)?是?{_dated(ANY)}"),
        re.compile(f"(?<![0-9A-Za-z第])(?<![{MORE}]){_dated(OF_GENERATION)}"),
        re.compile(
            rf"(?<![A-Za-z])born(?![A-Za-z])(?:(?!{_OTHER})[^0-9.;!?\n]){{0,40}}?(?<![A-Za-z0-9]){_dated(WESTERN)}"
        ),
        re.compile(f"[(（](?:b[.]|[*])[ ]?{_dated(ANY)}[ ]?[)）]"),
    )
    signs: ClassVar = {
        0: Sign(_LABEL, early=460, is_first=True),
        1: Sign(_LABEL, early=460, is_first=True),
        2: Sign(f"[0-9年月日号號份〇零○一二三四五六七八九十廿百]{_BORN}"),
        4: Sign(f"{_PAPER}{_CELL}", early=48, is_first=True),
        5: Sign(words(_ASKING), early=96, is_first=True),
        9: Sign(words(_BIRTHDAYS), early=420, is_first=True),
        10: Sign(words(_NAMES) + f"|出[ \t\u3000]?生(?:{COLON}|/)", early=96, is_first=True),
        11: Sign(words(_NAMES)),
        12: Sign("出生|[降诞誕]生|出世"),
        13: Sign(_LABEL, early=500, is_first=True),
        14: Sign("[)）][，,、][ ]?(?:[男女]|[\u4e00-\u9fff]{1,3}族)"),
        15: Sign(_BEAST),
        16: Sign(_BEAST, early=32, is_first=True),
        18: Sign("born", early=80, is_first=True),
        19: Sign("[(（](?:b[.]|[*])", early=48, is_first=True),
    }

    def judge(self, text: str, match: re.Match[str]) -> Found | None:  # noqa: ARG002 - the match holds all there is
        """Demand a day that exists, and a word within reach."""
        start, end = match.span("date")
        paper = match.groupdict().get("paper") or ""
        if len(paper) == _ID_LENGTH and _day(match["date"]) != paper[6:14] and match["date"] >= _FIRST_OF_NUMBERS:
            return None
        if start - match.start() >= REACH or not exists(match["date"]):
            return None
        return Found(start, end, "BIRTH_DATE", 850)


def _day(date: str) -> str:
    """Return a date in figures as a number of identity writes it."""
    parts = re.findall("[0-9]+", date)
    return "".join(part.zfill(2) for part in parts)
