"""Identity cards of Hong Kong (香港身份证) and Macao (澳门居民身份证).

- Hong Kong: one or two letters, six digits and a check character modulo 11, usually in brackets (Registration of
  Persons Ordinance, cap. 177).
- Macao: 1, 5 or 7, six digits and a last digit in brackets or behind a stroke; how that digit is computed is not
  published, so the form must be as printed, or a word must name it; eight digits alone need the place and the paper.

Certainty: the formats and the computation are common knowledge.
"""

import re
from typing import ClassVar

from pii.checksums import hkid_check
from pii.gate import REACH, Cue
from pii.recognizers.cued import CuedRecognizer, Found, digits_of
from pii.recognizers.documents.alone import ALONE, stands_alone
from pii.recognizers.labels import is_mentioned
from pii.recognizers.words import HAN, words

_TELEPHONE = re.compile(words("电话 手机 手提 联络 致电 tel phone mobile"))
_HONG_KONG = re.compile(
    words("香港 身份 身分 证件 港人 港籍 港澳 港方 港客 持证 证号 签发 授权人 委托人")
    + r"|(?i:hkid|hong ?kong|identity|(?<![a-z])(?:id|hk)(?![a-z]))"
)
_MACAO = re.compile(
    words("澳门 身份 证件") + "|(?i:maca[ou]|(?<![a-z])(?:bir|id)(?![a-z])|identity|bilhete|identidade)"
)
_PLACE = re.compile(
    words("澳门 澳居 澳籍 澳人 澳方 澳生 澳客 澳胞 澳证")
    + "|(?i:maca[ou]|aomen|bilhete|(?<![a-z])(?:bir|dsi)(?![a-z]))"
)
_PAPER = re.compile(
    words("身份 身分 证件 居民证 证号 居民 永居 蓝卡 持证 澳门证 澳门ID 澳门卡 澳证")
    + r"|(?i:identi[td]|resident|bilhete|maca[ou]_?id|sfz|(?<![a-z])(?:bir|id|card)(?![a-z]))"
)
_MO_ID = re.compile(r"(?i:(?<![a-z])mo[ _\-]?id(?-i:(?![a-z])))")
_NAME_BEFORE = re.compile(f"[{HAN}][ ]?[(（]$")
"""The number of a person stands in brackets behind the name."""
_OPEN, _CLOSE = r"[ ]?[(（][ ]?", r"[ ]?[)）]"
_GAP = r"[ \t\u3000.]{0,2}"
_SIX = f"(?:{_GAP}[0-9]){{6}}{_GAP}"
_PRINTED = re.compile("[157](?:[0-9]{6}[(（][0-9][)）]|/[0-9]{6}/[0-9])")

_LIKE_OTHERS = re.compile("[CEce][A-Za-z][0-9]{7}")
"""Passports and permits have this form too, and their own words."""


class HongKongMacaoIdRecognizer(CuedRecognizer):
    """Finds Hong Kong numbers by check character, Macao numbers by the form as printed or by a word."""

    entities: ClassVar = ("HKID", "MOID")
    labels: ClassVar = ("香港身份证", "澳门身份证")
    cues: ClassVar = (
        Cue(f"[A-Za-z]{_SIX}", before=2, after=8),
        Cue(f"[157][ ]?/?{_SIX}", before=0, after=6),
    )
    expressions: ClassVar = (
        re.compile(
            "(?<![0-9A-Za-z])(?P<hk>[A-Za-z]{1,2}[ ]?[0-9]{6})"
            f"(?:(?P<open>{_OPEN})[0-9Aa]{_CLOSE}|[0-9Aa](?![0-9A-Za-z]|-[0-9A-Fa-f]))"
        ),
        re.compile(
            f"(?<![0-9A-Za-z.])(?P<mo>[157]{_SIX}[(（][ ]?[0-9][ ]?[)）]"
            f"|[157][ ]?/?[ ]?{_SIX}/[ ]?[0-9](?![0-9A-Za-z/])|[157]-[0-9]{{6}}-[0-9](?![0-9A-Za-z\\-]))"
        ),
        re.compile("(?<![0-9A-Za-z.\\-])(?P<bare>[157][ ]?[0-9]{6}[ \\-]?[0-9])(?![0-9A-Za-z]|[.\\-/][0-9])"),
        re.compile(
            f"(?<![0-9A-Za-z\\-])(?P<spaced>[A-Za-z]{{1,2}}-?{_SIX}"
            f"(?:[(（][ ]?[0-9Aa][ ]?[)）]|/?[0-9Aa](?![0-9A-Za-z])))"
        ),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the check character of a Hong Kong number, and of both the form as printed or a word."""
        score = _macao(text, match) if match.lastgroup in {"mo", "bare"} else _hong_kong(text, match)
        entity = "MOID" if match.lastgroup in {"mo", "bare"} else "HKID"
        return Found(*match.span(), entity, score) if score else None


def _macao(text: str, match: re.Match[str]) -> int:
    """Return the score of a number of Macao, 0 where it is none."""
    start, end = match.span()
    if match.lastgroup == "bare":
        return 740 if _is_macao_card(text, start, end) else 0
    if is_mentioned(_MACAO, text, start, end):
        return 800
    return ALONE if _PRINTED.fullmatch(match[0]) and stands_alone(text, start, end) else 0


def _hong_kong(text: str, match: re.Match[str]) -> int:
    """Return the score of a number of Hong Kong, 0 where it is none."""
    start, end = match.span()
    number = digits_of(match[0]).upper()
    if hkid_check(number[:-1]) != number[-1]:
        return 0
    if is_mentioned(_HONG_KONG, text, start, end):
        return 840 if _LIKE_OTHERS.fullmatch(match[0]) else 950
    if match.lastgroup == "spaced" or not match["hk"].isupper() or _LIKE_OTHERS.fullmatch(match[0]):
        return 0
    if match["open"] or _NAME_BEFORE.search(text, max(0, start - 3), start):
        return 800
    return ALONE if stands_alone(text, start, end) else 0


def _is_macao_card(text: str, start: int, end: int) -> bool:
    """Tell whether the place and the paper are spoken of, and no telephone nearer than they are."""
    before = text[max(0, start - REACH + 1) : start]
    said = [match.end() for kind in (_PAPER, _MO_ID) for match in kind.finditer(before)]
    if _TELEPHONE.search(before, max(said, default=0)):
        return False
    if _MO_ID.search(before):
        return True
    is_somebodys = _NAME_BEFORE.search(before) or is_mentioned(_PAPER, text, start, end)
    return bool(is_somebodys) and is_mentioned(_PLACE, text, start, end)
