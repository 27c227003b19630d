"""Vehicle registration plates (机动车号牌), GA 36-2018: province, letter, five characters, six for new energy.

Letters I and O are not used. Two digits at least are demanded: "川菜A级" and its like are no plates.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found, is_named

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_GAP = r"[ \t·•.\-]{0,2}"
_LETTER = "[A-HJ-NP-Za-hj-np-z]"
_CHARACTER = "[A-HJ-NP-Za-hj-np-z0-9]"
_HEAD = f"[{_PROVINCES}]{_GAP}{_LETTER}{_GAP}"
_NEW_ENERGY = f"[A-HJKa-hjk]{_GAP}{_CHARACTER}(?:{_GAP}[0-9]){{4}}|[0-9](?:{_GAP}[0-9]){{4}}{_GAP}[A-HJKa-hjk]"
_SPECIAL = f"{_CHARACTER}(?:{_GAP}{_CHARACTER}){{3}}{_GAP}[挂学警港澳领]"
_ORDINARY = f"{_CHARACTER}(?:{_GAP}{_CHARACTER}){{4}}"
_WORDS = re.compile(r"车|牌|驾|停|plate")
_PLAIN = re.compile(f"[{_PROVINCES}][A-HJ-NP-Z][ ·•.\\-]?[A-HJ-NP-Z0-9]{{4,6}}[挂学警港澳领]?")
_WORD_BEFORE = re.compile("(?:[最全创更刷崭翻焕清][新]|[里讯为度计上私公]云|[南北东帝燕]京|[四]川|[安康辽西南]宁)$")
"""A province character that ends a common word is no plate unless the words around speak of cars."""


class PlateRecognizer(CuedRecognizer):
    """Finds vehicle plates, the dot and spaces between optional (GA 36)."""

    entities: ClassVar = ("PLATE",)
    cues: ClassVar = (Cue(f"{_HEAD}{_CHARACTER}(?:{_GAP}{_CHARACTER}){{3}}", before=0, after=10),)
    expressions: ClassVar = (re.compile(f"{_HEAD}(?P<number>(?:{_NEW_ENERGY}|{_SPECIAL}|{_ORDINARY}))(?![0-9A-Za-z])"),)

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand two digits, and a word around where the spelling is unusual or the province ends a word."""
        start, end = match.span()
        if sum(each.isdigit() for each in match["number"]) < 2:
            return None
        if is_named(_WORDS, text, start, end):
            return Found(start, end, "PLATE", 900)
        if not _PLAIN.fullmatch(match[0]) or _WORD_BEFORE.search(text[max(0, start - 1) : start + 1]):
            return None
        return Found(start, end, "PLATE", 700)
