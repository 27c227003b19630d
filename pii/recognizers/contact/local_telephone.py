"""Telephones without an area code (市内号码): seven or eight digits that words around name (MIIT, OFCA, CTT).

- Right behind a label, in the answer to a question, before a label that follows, or behind another telephone.
- Eight digits in the groups of Hong Kong and Macao count where one of the two is named, or in traditional characters.
- Six digits and five, of before the turn of the century, need a word that means a fixed telephone and nothing else.
- The word decides what it is, and where it may be either the first digit does.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.normalise import BREAK
from pii.recognizers.contact.broken import joined
from pii.recognizers.contact.landline import EXTENSION
from pii.recognizers.contact.mobile import TELEPHONE
from pii.recognizers.contact.places import HONG_KONG, HONORIFIC, TRADITIONAL
from pii.recognizers.contact.telephone_words import EITHER, FIXED, OTHERWISE, labelled, named
from pii.recognizers.cued import (
    LONG_RUN,
    CuedRecognizer,
    Found,
    is_named,
    is_part_of_row,
    is_something_else,
    touches,
)
from pii.recognizers.words import words
from pii.telephones import is_service

_GAP = r"[ \t\u3000.\-—·]"
_ENDS = r"(?![0-9A-Za-z]|[.\-][0-9]|[ \t]?(?:元|万|亿|户|人|个|次|年|月|%|条|件|平|套|例|只|份|分(?![机機])|times))"
_FIRST = r"(?<![0-9A-Za-z.\-])"
_LOCAL = {7, 8}
_OF_OLD = "座机 固话 固定电话 宅电 市话 住宅电话 家庭电话 办公电话 办公室电话 总机 传真 单位电话"
_HONOURED = re.compile("[ \u3000(（]{0,2}[\u4e00-\u9fff]{1,3}(?:先生|小姐|女士|太太|[生太洽])")
_YEARS = re.compile(
    f"(?:19|20)[0-9]{{2}}{_GAP}(?:19|20)[0-9]{{2}}|(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
)
_ANOTHER = re.compile(
    r"(?<![0-9])(?:1[3-9][0-9][ \-]?[0-9]{4}[ \-]?[0-9]{4}"
    r"|(?:0[0-9]{2,3}[)）]?[ \-]?)?[2-9][0-9]{2,3}[ \-]?[0-9]{4})(?:[ ]?(?:转|轉|ext\.?"
    r"|-)[ ]?[0-9]{1,4})?[ ]?(?:[/／、,，;；&|\n]|或|和|及|与|與|or|and"
    r"|[ ]{1,2})[ ]?(?:[\u4e00-\u9fff（）()]{1,6}[:：])?[ ]?$"
)
_IN_ROW = re.compile(r"[ \t][0-9]{1,6}(?:[ \t]|$)")
_OF_AREA = re.compile("[区區][号號][^0-9\n]{0,4}0?[0-9]{2,3}[^0-9\n]{1,10}$|(?<![0-9])0[0-9]{2,3}[，,、]$")
_PARCEL = re.compile("[寄收][件貨货]人?[:： ]")
_NEAR, _REGIONAL = 24, 8
_MOBILE, _OF_PEOPLE = "45679", "569"
_PLACED = re.compile("(?:香港|澳[门門]|(?<![A-Za-z])(?i:hk|maca[uo]))[^0-9\n，。；;]{0,4}$")
_PLACE_BEHIND = re.compile("[ ]?[（(]?(?:香港|澳[门門]|(?i:hk|maca[uo])(?![A-Za-z]))")
_CELL_BEFORE, _CELL_BEHIND = (
    re.compile("[\u4e00-\u9fff)A-Za-z][ ]?[,，|｜\t][ ]?$"),
    re.compile("[ ]?(?:[,，|｜\t\n]|$)"),
)
_GROUPED = re.compile("[0-9]{4}[ \u3000-][0-9]{4}")
_OF_AMOUNT = re.compile("[¥$￥%A-Za-z]")


class LocalTelephoneRecognizer(CuedRecognizer):
    """Finds telephones of seven and eight digits, and of Hong Kong and Macao, that words name (MIIT, OFCA, CTT)."""

    entities: ClassVar = ("MOBILE", "LANDLINE")
    labels: ClassVar = ("座机", "手提")
    cues: ClassVar = (
        LONG_RUN,
        Cue(f"[0-9]{BREAK}[0-9]", before=24, after=24),
        Cue(f"[2-9][0-9]{{2,3}}{_GAP}{{1,3}}[0-9]{{3,4}}", before=24, after=24),
        Cue("[2-9][0-9]{4}", before=2, after=2),
    )
    expressions: ClassVar = (
        re.compile(rf"{_FIRST}(?P<local>[2-9][0-9]{{2,3}}{_GAP}{{0,2}}[0-9]{{4}}){EXTENSION}{_ENDS}"),
        re.compile(rf"{_FIRST}(?P<local>[2-9][0-9](?:{_GAP}[0-9]{{2}}){{3}}){_ENDS}"),
        re.compile(
            f"(?:{words(_OF_OLD)}(?:[号號][码碼]?)?[:：]?|[电電][话話][:：])[ ]?(?P<old>[2-8][0-9]{{4,5}})"
            f"{EXTENSION}{_ENDS}"
        ),
        re.compile(rf"{_FIRST}(?P<apart>[2-9][0-9]{{1,6}}{BREAK}[0-9]{{1,6}}){_ENDS}"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a word that names it, or a place whose numbers look so."""
        start, end = match.span(match.lastgroup or 0)
        end = match.end()
        number = joined(match[match.lastgroup or 0])
        before = text[max(0, start - REACH + 1) : start]
        if is_something_else(text, start, end) or OTHERWISE.search(before):
            return None
        after = text[end : end + REACH]
        if match.lastgroup == "old":
            return Found(start, end, "LANDLINE", 560)
        if len(number) not in _LOCAL:
            return None
        is_regional = _is_regional(before, after)
        if is_service(number) and not is_regional:
            return None
        kind = named(before, after)
        if _YEARS.fullmatch(match[0]) and labelled(before) in {None, EITHER}:
            return None
        if kind is None and not _IN_ROW.match(text, end) and _follows_another(before):
            kind = EITHER
        if kind is None and _OF_AREA.search(before):
            kind = FIXED
        score = 600 if kind and (is_regional or match.lastgroup == "local") else 0
        if not score and is_regional and _is_of_hong_kong(text, match, before, after):
            score = 560
        return Found(start, end, _entity(kind or EITHER, number, is_regional=is_regional), score) if score else None


def _follows_another(before: str) -> bool:
    """Tell whether another telephone that words name stands right before."""
    another = _ANOTHER.search(before)
    return another is not None and bool(TELEPHONE.search(before) or named(before[: another.start()], ""))


def _is_regional(before: str, after: str) -> bool:
    return bool(HONG_KONG.search(before) or TRADITIONAL.search(before[-_NEAR:]) or HONG_KONG.search(after[:16]))


def _is_of_hong_kong(text: str, match: re.Match[str], before: str, after: str) -> bool:
    """Tell whether digits are a telephone of Hong Kong or Macao by where they stand and how they are grouped."""
    start, end = match.span()
    number = joined(match[match.lastgroup or 0])
    if len(number) != _REGIONAL:
        return False
    is_called = is_named(TELEPHONE, text, start, end)
    if match.lastgroup == "apart":
        return is_called
    is_grouped = _GROUPED.fullmatch(match["local"]) is not None
    is_placed = _PLACED.search(before) or _PLACE_BEHIND.match(after)
    if is_called or is_placed or HONORIFIC.search(before) or _HONOURED.match(after) or _PARCEL.search(before[-_NEAR:]):
        return is_grouped or number[0] in _MOBILE
    if _CELL_BEFORE.search(before) and _CELL_BEHIND.match(after):
        return number[0] in _OF_PEOPLE
    is_apart = not is_part_of_row(text, start, end) and not touches(text, start, end, _OF_AMOUNT)
    return is_grouped and number[0] in _MOBILE and is_apart


def _entity(kind: str, number: str, *, is_regional: bool) -> str:
    """Return what a number is: no fixed telephone begins with nine, none of Hong Kong with four to seven."""
    if kind != EITHER:
        return kind
    is_mobile = len(number) == _REGIONAL and number[0] in (_MOBILE if is_regional else "9")
    return "MOBILE" if is_mobile else "LANDLINE"
