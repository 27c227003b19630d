"""Minors under 14 (不满十四周岁的未成年人), told from the text: PIPL article 28 counts all their data as sensitive.

No clock is asked, so a birth date by itself makes nobody a minor here. What does is an age below 14, a year of primary
school or a group of a kindergarten beside the word that makes it one person's: 今年12岁, 8岁的女儿, 就读于小学三年级.
Statutes speak of ages too (不满十二周岁的, 三周岁以下), without such a word.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.subjects import is_of_record
from pii.recognizers.words import words

_NEAR = 20
_NUMBER = "(?<![0-9.一二三四五六七八九十百几幾第~～至到\\-—])(?:1[0-3]|[1-9]|十[一二三]?|[一二两兩三四五六七八九])"
_AGE = (
    f"(?:{_NUMBER}[ \t]?(?:[周週][ \t]?)?[岁歲]"
    "(?:半|[零又]?(?:1[01]|[1-9]|[一二三四五六七八九十]{1,2})[ \t]?[个個]月)?"
    f"|{_NUMBER}[ \t]?(?:[个個]月大|月[龄齡]))(?![以至到或及之起前内內时時后後~～\\-—])"
)
_CLASS = "[ \t]?[(（]?[ \t]?[0-9一二三四五六七八九十]{1,2}[ \t]?[)）]?[ \t]?班"
_SCHOOL = (
    f"(?:小[学學])?[一二三四五六1-6]年[级級](?P<class>{_CLASS})?"
    "|(?:幼[儿兒]|幼稚)[园園][小中大托][0-9一二三四五六]?班|[学學]前班"
)
_CHILDREN = (
    "儿子 女儿 小儿子 小女儿 闺女 宝宝 宝贝 孙子 孙女 外孙 外孙女 侄子 侄女 外甥 外甥女 弟弟 妹妹 "
    "小孩 小朋友 患儿 小学生 少年 少女 幼童 幼女"
)
_CHILD = f"(?:{words(_CHILDREN)}|[男女][孩童生婴嬰]|小[男女]孩|[我他她们們的名个個]孩子)"
_LINE = "[^。！？!?；;\n0-9]"
_AGE_BEFORE = re.compile(
    f"(?:今年|[现現]年|年[仅僅方]|[刚剛][满滿过過]?|年[龄齡纪紀](?:[是为為:：|\"',， \t]){{0,6}}"
    f"|[男女][ \t]?[,，、|/;； \t][ \t]?"
    f"|{_CHILD}{_LINE}{{0,6}}|孩子|才|只有|[娃某×][某×]?[,，])[ \t]?(?:已[经經]|才|[刚剛]|是|有|[约約])?[ \t]?$"
)
_AGE_BEHIND = re.compile(
    f"[ \t]?的?[ \t]?(?:{_CHILD}|小[\u4e00-\u9fff][,，在是])|[ \t]?[,，][ \t]?(?:就[读讀]|在[读讀]|[读讀]小)"
)
_ASIDE = (re.compile("[\u4e00-\u9fff][,，(（][ \t]?$"), re.compile("[ \t]?(?:[,，)）。\n]|$)"))
"""What stands around an age that is put behind a name: 小明（8岁）."""
_STATUTE = re.compile("(?<![刚剛])(?:不|未|年|已)?(?:足|[满滿])[ \t]?$|[应應][当當]|不得|[规規]定")
_AT_SCHOOL = re.compile(
    f"(?:就[读讀](?:于|於|在)?|在[读讀]|[读讀念唸]|{_CHILD}|今年|[现現](?:在|[为為])|班[级級][:：|\"', \t]{{1,4}})"
    f"{_LINE}{{0,14}}$|[升上]了?$"
)
_PUPIL = re.compile("[ \t]?在[读讀]|的?(?:[学學]生|同[学學]|小朋友)(?![应應的可须須在要必和及])")
_ENGLISH = (
    "(?i:(?<![0-9A-Za-z.\\-])(?P<old>(?:1[0-3]|[1-9])[ \\-]years?[ \\-]old)"
    "[ \\-](?:boy|girl|son|daughter|child|kid|pupil)"
    "|(?:son|daughter) is (?P<years>1[0-3]|[1-9])(?![0-9.]))"
)


_MORE_AGES = (
    "(?P<age>(?:虚|虛|周|實|实)[岁歲](?:[0-9]|十[一二三]?|[一二三四五六七八九]|1[0-3])(?![0-9十])"
    "|(?:约|約|大约|年约|才|刚满|未满)?(?:[1-9]|1[0-3]|十[一二三]?|[一二三四五六七八九两兩])[ "
    "]?[周週]?[岁歲](?:零?[0-9一二三四五六七八九十]{1,2}个?月|半)?(?![0-9以至到或及之起前内內时時后後~～\\-—]))"
)
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve thirteen"
_GROUPS = (
    "(?P<group>(?:[就原]?(?:[读讀]于?|上|念|唸)|现读|就读于?(?:我校)?)?(?:[國国]小|"
    f"小[学學])?[一二三四五六][年][级級]{_CLASS}?|(?:[读讀上念]|现读)?(?:幼儿园|幼兒園|幼稚園)?[小中大托]班|"
    f"(?:[读讀上念]|现读|就读于?(?:我校)?)?(?:初[一二]|七年级|八年级|國[一二])(?:{_CLASS})?|(?:[读讀上念]|"
    "现读)(?:幼儿园|幼兒園|学前班)(?:[小中大托]班)?)"
)


class MinorRecognizer(CuedRecognizer):
    """Finds ages under 14 and years of primary school that a word makes one person's (PIPL article 28)."""

    entities: ClassVar = ("CN_MINOR",)
    cues: ClassVar = (
        Cue(
            "小班|中班|大班|托班|初[一二]|[國国][一二小]|幼[儿兒稚]|[学學]前班|years? of age|-year-old|(?i:years old)",
            before=48,
            after=48,
        ),
        Cue("[岁歲]|[个個]月大|月[龄齡]", before=8, after=8),
        Cue("年[级級]|[学學]前班|幼[儿兒稚][园園]|幼稚[园園]", before=4, after=12),
        Cue("(?i:years?[ \\-]old|(?:son|daughter) is )", before=4, after=4),
    )
    expressions: ClassVar = (
        re.compile(f"(?P<age>{_AGE})"),
        re.compile(f"(?P<school>{_SCHOOL})"),
        re.compile(_ENGLISH),
        re.compile(_MORE_AGES),
        re.compile(_GROUPS),
        re.compile(f"(?<![A-Za-z])(?P<group>{words(_NUMBERS)}(?: years old| years of age|-year-old))"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the word that makes an age or a class one person's."""
        start, end = match.span()
        before, behind = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
        parts = match.groupdict()
        if match.re in self.expressions[3:]:
            is_one = not _STATUTE.search(before) and is_of_record(text, start, start, end)
        elif "age" in parts:
            is_aside = _ASIDE[0].search(before) and _ASIDE[1].match(behind)
            is_near = is_aside or _AGE_BEFORE.search(before) or _AGE_BEHIND.match(behind)
            is_one = bool(is_near) and not _STATUTE.search(before)
        elif "school" in parts:
            is_pupil = _PUPIL.match(behind) and (parts["class"] or "读" in behind[:3] or "讀" in behind[:3])
            is_one = bool(_AT_SCHOOL.search(before) or is_pupil)
        else:
            (start, end), is_one = match.span(match.lastgroup or 0), True
        return Found(start, end, "CN_MINOR", 700) if is_one else None
