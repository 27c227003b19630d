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
_ANY = "口岸 关口 通关 过关 边检 闸机 通行证 txz zjhm 证件 出入境 旅行证件"
_EN = (
    "|(?i:travel permit|(?:exit|entry)[ -]permit|exit[ -]entry|permit to|home[ -]return|(?<![a-z])(?:hrp|mtp|"
    "eep)(?![a-z]))"
)
_PERSON_BEHIND = re.compile("[ \t\u3000,，、;；|]{1,3}1[3-9][0-9]{9}(?![0-9])")
"""A row of a list of people ends in their telephone."""
_NUMBERED = re.compile(words("通行证 回乡证 台胞证 证件") + "[ ]?[编編][ ]?[号號][^0-9A-Za-z]{0,3}$")
_DATE = re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_LABEL = 16
_BEHIND = re.compile(
    "(?i)[ ,]{1,2}(?:(?:is|was|being) )?(?:(?:his|her|my|their|the|a|your) )?(?:mainland )?travel permit"
)
_PERMITS = (
    _Permit(
        "HKMO_PERMIT",
        re.compile(words(f"{_ANY} 回乡 港澳 香港 澳门 港澳居民 来往内地 来往大陆 香港居民 澳门居民") + _EN),
        re.compile("[HMhm][0-9]{8}(?:[0-9]{2})?"),
    ),
    _Permit(
        "MAINLAND_HKMO",
        re.compile(words(f"{_ANY} 往来港澳 港澳 香港 澳门 双程证 赴港 赴澳") + _EN),
        re.compile("[Cc][A-HJ-NP-Za-hj-np-z0-9][0-9]{7}|[Ww][0-9]{8}"),
    ),
    _Permit(
        "MAINLAND_TW",
        re.compile(words(f"{_ANY} 往来台湾 台湾 大通证 赴台 往台 去台 入台 两岸") + _EN),
        re.compile("[LTlt][0-9]{8}"),
    ),
    _Permit(
        "TW_PERMIT",
        re.compile(
            words(
                "台胞 台证 台胞卡 卡式台胞 台籍 陆胞 大陆通行 台湾同胞 台湾旅客 台湾学生 台湾客人 台湾人 台商 "
                "台湾籍 台胞证 台湾居民 来往大陆 台湾通行证"
            )
            + "|(?<![0-9A-Za-z])[HM](?:[0-9]{10}|[0-9]{8})(?![0-9A-Za-z])|(?i:taiwan compatriot|taiwan resident|mtp)"
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
            is_meant = is_named if match[0].isdigit() else is_mentioned
            if not permit.number.fullmatch(number) or _DATE.fullmatch(number):
                continue
            is_in_list = (
                permit.entity == "MAINLAND_TW"
                and _PERSON_BEHIND.match(text, end)
                and _LIKE.search(text, max(0, start - REACH + 1), start)
            )
            is_meant_behind = _BEHIND.match(text, end) is not None
            if is_in_list or is_meant_behind or is_meant(permit.words, text, start, end):
                if _NUMBERED.search(text, max(0, start - _LABEL), start):
                    return Found(start, end, permit.entity, 850)
                return None if is_something_else(text, start, end) else Found(start, end, permit.entity, 850)
        return None
