"""Identity cards of Hong Kong (香港身份证) and Macao (澳门居民身份证).

- Hong Kong: one or two letters, six digits and a check character modulo 11, usually in brackets (Registration of
  Persons Ordinance, cap. 177).
- Macao: 1, 5 or 7, six digits and a last digit in brackets or behind a stroke; how that digit is computed is not
  published, so a word must name it; written without its bracket it needs both the place and the paper.

Certainty: the formats and the computation are common knowledge.
"""

import re
from typing import ClassVar

from pii.checksums import hkid_check
from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found, digits_of, is_named
from pii.recognizers.labels import is_mentioned
from pii.recognizers.words import HAN, words

_TELEPHONE = re.compile(words("电话 手机 手提 联络 致电 tel phone mobile"))
_HONG_KONG = re.compile(
    words("香港 身份 身分 证件 港人 港籍 授权人 委托人") + r"|(?i:hkid|hong ?kong|identity|(?<![a-z])id(?![a-z]))"
)
_MACAO = re.compile(words("澳门 身份 证件") + "|(?i:maca[ou]|(?<![a-z])(?:bir|id)(?![a-z])|identity)")
_MACAO_CARD = re.compile(
    words("澳门")
    + "[^0-9\n]{0,12}"
    + words("身份 身分 证件 居民证")
    + "|"
    + words("澳门居民 澳门永久性居民 澳门证 澳门证件 澳门ID")
    + "|(?i:maca[ou][ _-]?(?:resident[ _-]?)?(?:id|bir|identity)|(?<![a-z])(?:moid|bir)(?![a-z]))"
)
_NAME_BEFORE = re.compile(f"[{HAN}][ ]?[(（]$")
"""The number of a person stands in brackets behind the name."""
_OPEN, _CLOSE = r"[ ]?[(（][ ]?", r"[ ]?[)）]"


class HongKongMacaoIdRecognizer(CuedRecognizer):
    """Finds Hong Kong numbers by check character, with brackets or a word; Macao numbers by shape and a word."""

    entities: ClassVar = ("HKID", "MOID")
    labels: ClassVar = ("香港身份证", "澳门身份证")
    cues: ClassVar = (
        Cue("[A-Za-z][ ]?[0-9]{6}", before=2, after=8),
        Cue("[157][0-9]{6}[ ]?[(（/]", before=0, after=6),
        Cue("[157]/?[0-9]{6}", before=0, after=2),
    )
    expressions: ClassVar = (
        re.compile(
            "(?<![0-9A-Za-z])(?P<hk>[A-Za-z]{1,2}[ ]?[0-9]{6})"
            f"(?:(?P<open>{_OPEN})[0-9Aa]{_CLOSE}|[0-9Aa](?![0-9A-Za-z]|-[0-9A-Fa-f]))"
        ),
        re.compile(
            f"(?<![0-9A-Za-z.])(?P<mo>[157][0-9]{{6}}{_OPEN}[0-9]{_CLOSE}|[157]/?[0-9]{{6}}/[0-9](?![0-9A-Za-z/]))"
        ),
        re.compile("(?<![0-9A-Za-z.\\-])(?P<bare>[157][0-9]{6}-?[0-9])(?![0-9A-Za-z]|[.\\-/][0-9])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the check character and brackets or a word of a Hong Kong number, the word of a Macao number."""
        start, end = match.span()
        if match.lastgroup == "mo":
            return Found(start, end, "MOID", 800) if is_mentioned(_MACAO, text, start, end) else None
        if match.lastgroup == "bare":
            is_one = is_mentioned(_MACAO_CARD, text, start, end) and not is_named(_TELEPHONE, text, start, end)
            return Found(start, end, "MOID", 740) if is_one else None
        number = digits_of(match[0]).upper()
        if hkid_check(number[:-1]) != number[-1]:
            return None
        if is_mentioned(_HONG_KONG, text, start, end):
            return Found(start, end, "HKID", 950)
        is_somebodys = match["open"] or _NAME_BEFORE.search(text, max(0, start - 3), start)
        return Found(start, end, "HKID", 800) if is_somebodys and match["hk"].isupper() else None
