"""Travel permits between the mainland and Hong Kong, Macao and Taiwan (通行证), National Immigration Administration.

- To the mainland: of Hong Kong and Macao residents (回乡证) H or M and eight digits, two more on older ones; of Taiwan
  residents (台胞证) eight digits, on older ones ten and a letter in brackets.
- From the mainland: to Hong Kong and Macao (往来港澳通行证) C and eight characters, W and eight digits; to Taiwan
  (往来台湾通行证) L, on older ones T, and eight digits.

No check digit, so a word must name the permit, but for the series that nothing else uses. Certainty: the formats are
common knowledge.
"""

import re
from typing import ClassVar, NamedTuple

from pii.gate import REACH, Cue
from pii.normalise import BREAK
from pii.recognizers.contact.broken import broken, joined
from pii.recognizers.cued import LONG_RUN, CuedRecognizer, Found, grouping, is_named, is_something_else
from pii.recognizers.documents.alone import ALONE, is_things, stands_alone
from pii.recognizers.labels import is_mentioned
from pii.recognizers.words import words


class _Permit(NamedTuple):
    entity: str
    words: re.Pattern[str]
    number: re.Pattern[str]
    alone: str
    """The form of it that needs no word, see :mod:`pii.recognizers.documents.alone`."""


_GAP = r"[ \t\u3000.\-—·_/|]{0,3}"
_DIGIT = f"(?:{_GAP}[0-9])"
_ANY = (
    "口岸 关口 通关 过关 边检 闸机 通行证 txz zjhm zjbh 证件 出入境 旅行证件 签注 移民局 放行 查验 上岸 登船 入境 "
    "出境 离境 出关 入关 团签 个签 一签 续签 换证 补证 办证 持证 证号 证照 双程 往来 前往 因私 "
    "旅行社 领队 自助通道 快捷通道 旅客"
)
_EN = (
    r"|(?i:permit(?-i:(?![a-z]))|exit[ _-]?entry|home[ _-]?return|(?:travel|id|cert|doc|identity)[ _-]?(?:document|type"
    r"|no(?![a-z])|num)"
    r"|(?<![a-z])(?:hrp|hvp|mtp|eep|txz)(?![a-z])|(?:hk|mo|macau?|hkmo?|tw)[ _-]?pass)"
)
"""Names in English and of fields: every permit is called one, whatever stands before."""
_CROSSINGS = (
    "香港 澳门 港澳 罗湖 福田 皇岗 深圳湾 落马洲 沙头角 莲塘 文锦渡 西九龙 拱北 横琴 青茂 关闸 港珠澳 湾仔 蛇口"
)
_PAPERS = re.compile(
    words(
        "通行证 旅行证件 证件号 证件编号 证件 证号 持证 台湾 台籍 台方 台属 台生 台青 台干 台企 台商 旅客 入境 出境 "
        "查验 签注 mtp"
    )
    + r"|(?i:permit|taiwan|taipei|(?<![a-z])(?:mtp|txz|zj(?:hm|lx|bh))|(?:doc|cert|id|travel)[ _-]?(?:no|num|type|doc))"
    r"|(?<![0-9A-Za-z])(?:[HM](?:[0-9]{10}|[0-9]{8})|0[0-9]{9}[(（]?[A-Z])(?![0-9A-Za-z])"
)
"""What speaks of people on their way: enough for eight digits with a nought in front, as no date or telephone has."""
_NUMBERED = re.compile(
    words("通行证 回乡证 回乡卡 台胞证 双程证 大通证 证件")
    + r"[^0-9A-Za-z]{0,12}[编編流][ ]?[号號水][^0-9A-Za-z]{0,4}$"
)
_DATE = re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_LABEL = 28
_CALLED = re.compile(
    r"[+][0-9]{1,3}[ \-]{0,2}$|[0-9][\-~]$|"
    + words("电话 手机 手提 联络 致电 座机 市话 传真 tel phone mobile")
    + "[^0-9\n]{0,6}$"
)
_GROUPS = {(8,), (4, 4), (2, 2, 2, 2), (3, 3, 2), (2, 3, 3), (1,) * 8}
"""Ways of writing eight digits."""
_BEHIND = re.compile(
    "(?i)[ ,]{1,2}(?:(?:is|was|being) )?(?:(?:his|her|my|their|the|a|your) )?(?:mainland )?travel permit"
)
_PERMITS = (
    _Permit(
        "HKMO_PERMIT",
        re.compile(
            words(f"{_ANY} {_CROSSINGS} 回乡 返乡 还乡 来往内地 来往大陆 港人 港客 港籍 澳籍 港胞 hxz home_visit") + _EN
        ),
        re.compile("[HMhm][0-9]{8}(?:[0-9]{2})?"),
        "[HM][0-9]{8}(?:[0-9]{2})?",
    ),
    _Permit(
        "MAINLAND_HKMO",
        re.compile(
            words(
                f"{_ANY} {_CROSSINGS} 双程证 自由行 个人游 赴港 赴澳 来港 来澳 去港 去澳 往港 往澳 入港 入澳 抵港 抵澳 "
                "two_way_permit hong_kong macao macau gatxz wlga"
            )
            + _EN
        ),
        re.compile("[Cc][A-HJ-NP-Za-hj-np-z0-9][0-9]{7}|[Ww][0-9]{8}"),
        "C[A-HJ-NP-Z][0-9]{7}|W[0-9]{8}",
    ),
    _Permit(
        "MAINLAND_TW",
        re.compile(
            words(
                f"{_ANY} 台湾 大通证 大陆通行 大陆居民 大陆证 陆客 陆生 陆配 小三通 赴台 往台 去台 入台 来台 抵台 台北 "
                "桃园 松山机场 高雄 金门 马祖 厦金 对台 两岸 taiwan taipei wltw"
            )
            + _EN
        ),
        re.compile("[LTlt][0-9]{8}"),
        "[LT][0-9]{8}",
    ),
    _Permit(
        "TW_PERMIT",
        re.compile(
            words(
                "台胞 台证 台胞卡 卡式台胞 台籍 陆胞 陆证 陆照 大陆证 大陆通行 台湾同胞 台湾旅客 台湾学生 "
                "台湾客人 台湾人 台湾籍 台湾居民 台湾来 台湾老 台湾朋友 台湾员工 台湾家属 台湾乡亲 台湾通行证 "
                "台商 台属 台生 台青 台干 来往大陆 来大陆 进大陆 回大陆 小三通 tbz tbzh tbzhm tai_bao_zheng "
                "tai_bao 卡式证 taiwan_permit compatriot taiwan_resident tw_permit"
            )
            + f"|{words('通行证')}[ ]?[(（][台臺]|(?i:(?<![a-z])mtp)"
        ),
        re.compile("[0-9]{8}|[0-9]{10}[(（]?[A-Za-z][)）]?"),
        "0[0-9]{9}(?:[(（][A-Z][)）]|[A-Z])",
    ),
)
_RARE = re.compile("|".join(permit.alone for permit in _PERMITS))
_OF_SERIES = re.compile("C[0-9]{8}")
_BESIDE = re.compile(f"(?<![0-9A-Za-z])(?:{_PERMITS[1].alone}|[HMLT][0-9]{{8}})(?![0-9A-Za-z])")
"""Another permit: beside it stands one of the series that number things too."""


class TravelPermitRecognizer(CuedRecognizer):
    """Finds permit numbers that a word names or that stand alone (National Immigration Administration)."""

    entities: ClassVar = tuple(permit.entity for permit in _PERMITS)
    labels: ClassVar = ("回乡证", "台胞证", "往来港澳通行证", "往来台湾通行证")
    cues: ClassVar = (
        LONG_RUN,
        Cue("[Cc][A-Za-z][0-9]{7}", before=0, after=0),
        Cue(f"[CcHhLlMmTtWw][A-Za-z]?[0-9 ]{{1,14}}{BREAK}[0-9]{{2}}", before=0, after=24),
        Cue(f"(?:[CcHhLlMmTtWw]{_GAP}[A-Za-z]?|0){_DIGIT}{{7}}", before=0, after=8),
    )
    expressions: ClassVar = (
        re.compile(
            "(?<![0-9A-Za-z])(?:[CcHhLlMmTtWw][A-Za-z]?[0-9]{7,10}|(?<![^A-Za-z][A-Z] )[0-9]{8})(?![0-9A-Za-z])"
        ),
        re.compile(f"(?<![0-9A-Za-z]){broken('[CcHhLlMmTtWw][A-Za-z]?')}(?![0-9A-Za-z])"),
        re.compile("(?<![0-9A-Za-z])[0-9]{8}[ \\-]?[0-9]{2}[ ]?(?:[A-Za-z]|[(（][A-Za-z][)）])(?![0-9A-Za-z])"),
        re.compile(
            f"(?<![0-9A-Za-z])(?:[HhMm]{_DIGIT}{{10}}|[HhLlMmTtWw]{_DIGIT}{{8}}|[Cc]{_GAP}[0-9A-Za-z]{_DIGIT}{{7}}"
            f"|0{_DIGIT}{{7}})(?![0-9A-Za-z]|[-~][0-9])"
        ),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand one of the formats and its word, or a form that needs none."""
        start, end = match.span()
        number = match[0].replace(" ", "").replace("-", "") if match[0].endswith((")", "）")) else joined(match[0])
        permit = next((permit for permit in _PERMITS if permit.number.fullmatch(number)), None)
        if permit is None or _DATE.fullmatch(number):
            return None
        if _BEHIND.match(text, end) or _is_meant(permit, text, start, end):
            is_numbered = _NUMBERED.search(text, max(0, start - _LABEL), start)
            if is_numbered or not is_something_else(text, start, end):
                return Found(start, end, permit.entity, 850)
            return None
        is_rare = _RARE.fullmatch(match[0]) or (
            _OF_SERIES.fullmatch(match[0]) and _BESIDE.search(text, max(0, start - REACH + 1), start)
        )
        return Found(start, end, permit.entity, ALONE) if is_rare and stands_alone(text, start, end) else None


def _is_meant(permit: _Permit, text: str, start: int, end: int) -> bool:
    """Tell whether the words around speak of a permit: the less its form says, the nearer they must be."""
    value = text[start:end]
    if any(map(str.isalpha, value)):
        if _OF_SERIES.fullmatch(value) and is_things(text, start, permit.words):
            return False
        return is_mentioned(permit.words, text, start, end) or bool(permit.words.search(text, end, end + _LABEL))
    if (
        is_things(text, start, permit.words)
        or _CALLED.search(text, max(0, start - _LABEL), start)
        or grouping(value) not in _GROUPS
    ):
        return False
    if value[0] == "0" and value.isdigit():
        is_ones = is_mentioned(_PAPERS, text, start, end) and stands_alone(text, start, end)
        return is_ones or is_mentioned(permit.words, text, start, end)
    return is_named(permit.words, text, start, end)
