"""Telephones that are not mobile numbers of the mainland, broken, misread or with an area code in Chinese digits.

A broken line, letters that look like digits (形近字符) and brackets in odd places all take away the shape of a number:
only the label right before it and a plan that it fits prove it.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.lookalikes import DIGIT_AHEAD, LETTERS, MOST, letters, meant
from pii.normalise import BREAK
from pii.numbering import area_codes
from pii.recognizers.contact.broken import breaks, joined
from pii.recognizers.contact.landline import is_whole
from pii.recognizers.contact.telephone_words import EITHER, FIXED, OTHERWISE, labelled
from pii.recognizers.cued import CuedRecognizer, Found, digits_of, is_something_else
from pii.telephones import is_service, north_american, regional

_GAP = r"[ \t\u3000.\-—·()（）]{0,2}"
_FIRST = r"(?<![0-9A-Za-z.\-])"
_ENDS = r"(?![0-9A-Za-z]|[.\-][0-9]|[ \t]?(?:元|万|亿|年|月|%))"
_HAN = "一二三四五六七八九零〇幺两洞拐勾"
_AS_DIGITS = str.maketrans(_HAN, "1234567890012079")
_LOCAL, _OF_TEN, _FEWEST = {7, 8}, 10, 5


class DisguisedTelephoneRecognizer(CuedRecognizer):
    """Finds fixed, regional and North American ones that are broken or misread, behind their label (MIIT, NANP)."""

    entities: ClassVar = ("MOBILE", "LANDLINE")
    cues: ClassVar = (
        Cue(f"[0-9](?:{_GAP}[0-9]){{1,10}}{BREAK}[)）]?[0-9]", before=2, after=36),
        Cue(f"[0-9{LETTERS}](?:{_GAP}[0-9{LETTERS}]){{6}}", before=2, after=24),
        Cue(f"[(（][零〇][{_HAN}]{{2,3}}[)）]", before=1, after=24),
    )
    expressions: ClassVar = (
        re.compile(
            rf"{_FIRST}(?P<number>[(（]?[02-9](?:{_GAP}[0-9]){{1,10}}{BREAK}[)）]?[0-9](?:{_GAP}[0-9]){{0,10}}){_ENDS}"
        ),
        re.compile(rf"{_FIRST}{DIGIT_AHEAD}(?P<number>[(（]?[0-9{LETTERS}](?:{_GAP}[0-9{LETTERS}]){{6,11}}){_ENDS}"),
        re.compile(rf"(?P<area>[(（][零〇][{_HAN}]{{2,3}}[)）])[ ]?(?P<rest>[2-8][0-9]{{6,7}}){_ENDS}"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a label right before and a plan that the digits fit."""
        start, end = match.span()
        if "number" in match.groupdict() and not _is_disguised(match["number"]):
            return None
        before = text[max(0, start - REACH + 1) : start]
        if is_something_else(text, start, end) or OTHERWISE.search(before):
            return None
        if "area" in match.groupdict():
            area = digits_of(match["area"]).translate(_AS_DIGITS)
            is_one = len(match["rest"]) in area_codes().get(area, ())
            return Found(start, end, FIXED, 640) if is_one else None
        kind = labelled(before)
        entity = _entity(match["number"], kind) if kind else None
        return Found(start, end, entity, 570) if entity else None


def _is_disguised(number: str) -> bool:
    return breaks(number) == 1 or 0 < letters(number) <= MOST or not number[0].isalnum() or number.startswith("0")


def _entity(number: str, kind: str) -> str | None:
    """Return what a disguised number is by its plan and its label, or None where it fits none."""
    digits = meant(joined(number))
    if not digits.isdecimal() or sum(map(str.isdigit, number)) < _FEWEST or is_service(digits):
        return None
    if digits.startswith("0"):
        taiwan = regional("886", digits) if len(digits) == _OF_TEN else None
        return taiwan.entity if taiwan else FIXED if is_whole(digits) else None
    if len(digits) == _OF_TEN:
        return "MOBILE" if kind != FIXED and north_american(digits) else None
    if len(digits) not in _LOCAL or digits[0] == "1":
        return None
    return kind if kind != EITHER else "MOBILE" if digits[0] == "9" else FIXED
