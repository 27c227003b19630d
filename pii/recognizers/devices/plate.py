"""Vehicle registration plates (机动车号牌), GA 36-2018: province, letter, five characters, six for new energy.

Letters I and O are not used. Two digits at least are demanded: "川菜A级" and its like are no plates. Police, trainers,
trailers, Hong Kong, Macao, consulates and emergency services end in a character of their own; embassies have 使 and six
digits, armed police WJ. Plates of Hong Kong, Macao, Taiwan and of the forces follow other rules: only behind a label.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found, is_named
from pii.recognizers.labels import label_cue, numbered
from pii.recognizers.words import value_of, words

_PROVINCES = "京津沪滬渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧琼瓊"
_GAP = r"[ \t·•∙.\-]{0,2}"
_LETTER = "[A-HJ-NP-Za-hj-np-z]"
_CHARACTER = "[A-HJ-NP-Za-hj-np-z0-9]"
_HEAD = f"[{_PROVINCES}]{_GAP}{_LETTER}{_GAP}"
_NEW_ENERGY = f"[A-HJKa-hjk]{_GAP}{_CHARACTER}(?:{_GAP}[0-9]){{4}}|[0-9](?:{_GAP}[0-9]){{4}}{_GAP}[A-HJKa-hjk]"
_SPECIAL = f"{_CHARACTER}(?:{_GAP}{_CHARACTER}){{3}}{_GAP}(?:[挂掛学學警港澳领領使]|应急|應急)"
_ORDINARY = f"{_CHARACTER}(?:{_GAP}{_CHARACTER}){{4}}"
_EMBASSY = f"使{_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}(?![0-9A-Za-z])|[0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}使"
_ARMED_POLICE = f"WJ{_GAP}[{_PROVINCES}]?{_GAP}[0-9]{{4}}[0-9A-Z](?![0-9A-Za-z])"
_LABELS = "车牌 车牌照 牌照 车号 号牌 车辆号牌 机动车号牌 plate license_plate licence_plate plate_no"
_FOREIGN = (
    r"[A-Z]{1,4}[ ·\-]?[0-9]{2,5}|[0-9]{2,4}[ ·\-]?[A-Z]{2}|[A-Z]{2}(?:[ ·\-][0-9]{2}){2}|[A-Z]{2}[0-9]{2}-?[0-9]{2,3}"
)
_WORDS = re.compile(words("车 牌 驾 停 违章 交警") + "|(?i:plate|(?<![a-z])car(?![a-z]))")
_PLAIN = re.compile(f"[{_PROVINCES}][A-HJ-NP-Z][ ·•∙.\\-]?[A-HJ-NP-Z0-9]{{4,6}}(?:[挂掛学學警港澳领領使]|应急|應急)?")
_WORD_BEFORE = re.compile("(?:[最全创更刷崭翻焕清][新]|[里讯为度计上私公]云|[南北东帝燕]京|[四]川|[安康辽西南]宁)$")
"""A province character that ends a common word is no plate unless the words around speak of cars."""
_FEWEST_DIGITS = 2


class PlateRecognizer(CuedRecognizer):
    """Finds vehicle plates, the dot and spaces between optional (GA 36)."""

    entities: ClassVar = ("PLATE",)
    labels: ClassVar = ("车牌",)
    cues: ClassVar = (
        Cue(f"{_HEAD}{_CHARACTER}(?:{_GAP}{_CHARACTER}){{3}}", before=0, after=10),
        Cue(f"使{_GAP}[0-9]{{3}}|[0-9]{{3}}{_GAP}使|WJ", before=6, after=12),
        label_cue(_LABELS, 10),
    )
    expressions: ClassVar = (
        re.compile(
            f"(?=[^0-9]{{0,24}}[0-9]){_HEAD}(?P<number>(?:{_NEW_ENERGY}|{_SPECIAL}|{_ORDINARY}))(?![0-9A-Za-z])"
        ),
        re.compile(f"(?<![0-9A-Za-z.])(?:{_EMBASSY}|{_ARMED_POLICE})"),
        numbered(_LABELS, _FOREIGN),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand two digits, and a word around where the spelling is unusual or the province ends a word."""
        groups = match.groupdict()
        if "value" in groups:
            return value_of(match, "PLATE", 700)
        start, end = match.span()
        is_of_a_car = is_named(_WORDS, text, start, end)
        if "number" not in groups:
            return Found(start, end, "PLATE", 850) if is_of_a_car else None
        if sum(map(str.isdigit, match["number"])) < _FEWEST_DIGITS:
            return None
        if is_of_a_car:
            return Found(start, end, "PLATE", 900)
        is_lower = match[0][1:].islower() and sum(map(str.isdigit, match["number"])) > _FEWEST_DIGITS
        if not (_PLAIN.fullmatch(match[0].upper()) if is_lower else _PLAIN.fullmatch(match[0])) or _WORD_BEFORE.search(
            text[max(0, start - 1) : start + 1]
        ):
            return None
        return Found(start, end, "PLATE", 700)
