"""Identity cards of Hong Kong (香港身份证) and Macao (澳门居民身份证).

- Hong Kong: one or two letters, six digits and a check character modulo 11, usually in brackets (Registration of
  Persons Ordinance, cap. 177).
- Macao: 1, 5 or 7, six digits and a last digit in brackets or behind a stroke; how that digit is computed is not
  published, so a word must name it.

Certainty: the formats and the computation are common knowledge.
"""

import re
from typing import ClassVar

from pii.checksums import hkid_check
from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found, digits_of
from pii.recognizers.labels import is_mentioned
from pii.recognizers.words import words

_HONG_KONG = re.compile(words("香港 身份 证件 港人 港籍") + r"|(?i:hkid|hong ?kong|identity|(?<![a-z])id(?![a-z]))")
_MACAO = re.compile(words("澳门 身份 证件") + "|(?i:maca[ou]|(?<![a-z])(?:bir|id)(?![a-z])|identity)")
_OPEN, _CLOSE = r"[ ]?[(（][ ]?", r"[ ]?[)）]"


class HongKongMacaoIdRecognizer(CuedRecognizer):
    """Finds Hong Kong numbers by check character, with brackets or a word; Macao numbers by shape and a word."""

    entities: ClassVar = ("HKID", "MOID")
    labels: ClassVar = ("香港身份证", "澳门身份证")
    cues: ClassVar = (
        Cue("[A-Za-z][ ]?[0-9]{6}", before=2, after=8),
        Cue("[157][0-9]{6}[ ]?[(（/]", before=0, after=6),
        Cue("[157]/[0-9]{6}", before=0, after=2),
    )
    expressions: ClassVar = (
        re.compile(
            "(?<![0-9A-Za-z])(?P<hk>[A-Za-z]{1,2}[ ]?[0-9]{6})"
            f"(?:(?P<open>{_OPEN})[0-9Aa]{_CLOSE}|[0-9Aa](?![0-9A-Za-z]))"
        ),
        re.compile(
            f"(?<![0-9A-Za-z.])(?P<mo>[157][0-9]{{6}}{_OPEN}[0-9]{_CLOSE}|[157]/?[0-9]{{6}}/[0-9](?![0-9A-Za-z/]))"
        ),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the check character and brackets or a word of a Hong Kong number, the word of a Macao number."""
        start, end = match.span()
        if "mo" in match.groupdict():
            return Found(start, end, "MOID", 800) if is_mentioned(_MACAO, text, start, end) else None
        number = digits_of(match[0]).upper()
        if hkid_check(number[:-1]) != number[-1]:
            return None
        if is_mentioned(_HONG_KONG, text, start, end):
            return Found(start, end, "HKID", 950)
        return Found(start, end, "HKID", 800) if match["open"] and match["hk"].isupper() else None
