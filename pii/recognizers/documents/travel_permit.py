"""Travel permits between the mainland and Hong Kong, Macao and Taiwan (通行证), National Immigration Administration.

- To the mainland: of Hong Kong and Macao residents (回乡证) H or M and eight digits, two more on older ones; of Taiwan
  residents (台胞证) eight digits, on older ones ten and a letter in brackets.
- From the mainland: to Hong Kong and Macao (往来港澳通行证) C and eight characters, W and eight digits; to Taiwan
  (往来台湾通行证) L, on older ones T, and eight digits.

No check digit, so a word must name the permit. Certainty: the formats are common knowledge.
"""

import re
from typing import ClassVar, NamedTuple

from pii.gate import REACH, Cue
from pii.normalise import BREAK
from pii.recognizers.contact.broken import broken, joined
from pii.recognizers.cued import LONG_RUN, CuedRecognizer, Found, is_named, is_something_else
from pii.recognizers.labels import is_mentioned
from pii.recognizers.words import words


class _Permit(NamedTuple):
    entity: str
    words: re.Pattern[str]
    number: re.Pattern[str]


_LIKE = re.compile("(?<![0-9A-Za-z])[LT][0-9]{8}(?![0-9A-Za-z])")
_GAP = r"[ \t\u3000.\-]{1,2}"
_ANY = (
    "口岸 关口 通关 过关 边检 闸机 通行证 txz zjhm zjbh 证件 出入境 旅行证件 签注 移民局 放行 查验 上岸 登船 入境 "
    "出境 离境"
)
_EN = (
    r"|(?i:permit(?![a-z])|exit[ _-]?entry|home[ _-]?return|(?:travel|id|cert|doc|identity)[ _-]?(?:document|type"
    r"|no(?![a-z])|num)"
    r"|(?<![a-z])(?:hrp|hvp|mtp|eep)(?![a-z])|(?:hk|mo|macau?|hkmo?|tw)[ _-]?pass)"
)
"""Names in English and of fields: every permit is called one, whatever stands before."""
_PERSON_BEHIND = re.compile("[ \t\u3000,，、;；|]{1,3}1[3-9][0-9]{9}(?![0-9])")
"""A row of a list of people ends in their telephone."""
_PAPERS = re.compile(words("通行证 旅行证件 证件号 证件编号 mtp") + "|(?i:permit(?![a-z]))")
_NUMBERED = re.compile(words("通行证 回乡证 台胞证 证件") + r"[^0-9A-Za-z\n]{0,6}[编編][ ]?[号號][^0-9A-Za-z]{0,4}$")
_DATE = re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_LABEL = 16
_BEHIND = re.compile(
    "(?i)[ ,]{1,2}(?:(?:is|was|being) )?(?:(?:his|her|my|their|the|a|your) )?(?:mainland )?travel permit"
)
_PERMITS = (
    _Permit(
        "HKMO_PERMIT",
        re.compile(words(f"{_ANY} 回乡 港澳 香港 澳门 来往内地 来往大陆 hxz home_visit") + _EN),
        re.compile("[HMhm][0-9]{8}(?:[0-9]{2})?"),
    ),
    _Permit(
        "MAINLAND_HKMO",
        re.compile(
            words(f"{_ANY} 港澳 香港 澳门 双程证 自由行 赴港 赴澳 来港 来澳 two_way_permit hong_kong macao macau") + _EN
        ),
        re.compile("[Cc][A-HJ-NP-Za-hj-np-z0-9][0-9]{7}|[Ww][0-9]{8}"),
    ),
    _Permit(
        "MAINLAND_TW",
        re.compile(
            words(f"{_ANY} 台湾 大通证 大陆通行 大陆居民 陆客 小三通 赴台 往台 去台 入台 来台 两岸 taiwan") + _EN
        ),
        re.compile("[LTlt][0-9]{8}"),
    ),
    _Permit(
        "TW_PERMIT",
        re.compile(
            words(
                "台胞 台证 台胞卡 卡式台胞 台籍 陆胞 大陆通行 台湾同胞 台湾旅客 台湾学生 台湾客人 台湾人 台商 "
                "台湾籍 台湾居民 来往大陆 台湾通行证 小三通 tbz tbzh taiwan_permit taiwan_compatriot "
                "taiwan_resident tw_permit mtp"
            )
            + f"|{words('通行证')}[ ]?[(（][台臺]|(?<![0-9A-Za-z])[HM](?:[0-9]{{10}}|[0-9]{{8}})(?![0-9A-Za-z])"
        ),
        re.compile("[0-9]{8}|[0-9]{10}[(（]?[A-Za-z][)）]?"),
    ),
)


class TravelPermitRecognizer(CuedRecognizer):
    """Finds permit numbers that a word around names (formats of the National Immigration Administration)."""

    entities: ClassVar = tuple(permit.entity for permit in _PERMITS)
    labels: ClassVar = ("回乡证", "台胞证", "往来港澳通行证", "往来台湾通行证")
    cues: ClassVar = (
        LONG_RUN,
        Cue("[Cc][A-Za-z][0-9]{7}", before=0, after=0),
        Cue(f"[CcHhLlMmTtWw](?:[A-Za-z]?[0-9 ]{{1,14}}{BREAK}|[0-9]{{2,4}}{_GAP})[0-9]{{2}}", before=0, after=24),
    )
    expressions: ClassVar = (
        re.compile("(?<![0-9A-Za-z])(?:[CcHhLlMmTtWw][A-Za-z]?[0-9]{7,10}|[0-9]{8})(?![0-9A-Za-z])"),
        re.compile(
            f"(?<![0-9A-Za-z])(?:{broken('[CcHhLlMmTtWw][A-Za-z]?')}|[CcHhLlMmTtWw][0-9]{{2,4}}{_GAP}[0-9]{{3,4}}"
            f"(?:{_GAP}[0-9]{{2,4}})?)(?![0-9A-Za-z])"
        ),
        re.compile("(?<![0-9A-Za-z])[0-9]{10}(?:[A-Za-z]|[(（][A-Za-z][)）])(?![0-9A-Za-z])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand one of the formats and its word."""
        start, end = match.span()
        number = match[0] if match[0].endswith((")", "）")) else joined(match[0])
        for permit in _PERMITS:
            is_meant = is_named if match[0].isdigit() and match[0][0] != "0" else is_mentioned
            is_plain = permit.entity == "TW_PERMIT" and number[0] == "0" and is_named(_PAPERS, text, start, end)
            if not permit.number.fullmatch(number) or _DATE.fullmatch(number):
                continue
            is_in_list = (
                permit.entity == "MAINLAND_TW"
                and _PERSON_BEHIND.match(text, end)
                and _LIKE.search(text, max(0, start - REACH + 1), start)
            )
            is_meant_behind = _BEHIND.match(text, end) is not None
            if is_in_list or is_meant_behind or is_plain or is_meant(permit.words, text, start, end):
                if _NUMBERED.search(text, max(0, start - _LABEL), start):
                    return Found(start, end, permit.entity, 850)
                return None if is_something_else(text, start, end) else Found(start, end, permit.entity, 850)
        return None
