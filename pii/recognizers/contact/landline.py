"""Fixed telephone numbers (固定电话): area code and number by the MIIT numbering plan (YD/T 电信网编号计划).

A number needs its area code and something between the two, or a word around. One spaced in an unusual way, or broken by
the end of a line, needs area code and word; so does one shorter than numbers of the place are now. Numbers of services
(400, 800, 95xxx, 110) belong to nobody and are not looked for. Without an area code:
:mod:`pii.recognizers.contact.local_telephone`.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.normalise import BREAK, SEPARATOR
from pii.numbering import area_codes
from pii.recognizers.contact.broken import BROKEN_NUMBER, breaks
from pii.recognizers.cued import (
    LONG_NUMBER,
    LONG_RUN,
    CuedRecognizer,
    Found,
    digits_of,
    is_named,
    is_part_of_row,
    is_something_else,
)

_WORDS = re.compile(
    r"(?i)电话|座机|固话|固定|传真|联系|致电|拨打|热线|总机|电話|電話|傳真|座機|聯[絡繫]|市话|市話|宅电|办公|辦公"
    r"|单位|家里|前台"
    "|分[机機]|区号|區號|值班|咨询|查[询詢]|[来來回][电電]|打(?:我|给|給|到|$)|[拨撥]|[主被]叫|呼[入出叫]|接[听聽]"
    "|通[话話]|[专專][线線]"
    "|[办辦]事|[报報]名|[预預][约約]|[订訂]座|[门門]市|[诊診]所|住宅|屋企|[直內内][线線]|[洽☎☏✆℡📞📠]"
    "|(?<![a-z])[tfoh][:：]|[(（][tfoh办辦宅家公][)）]"
    r"|tel|fax|phone|call|contact|office|landline|direct|switchboard|hotline|reception|dial"
)
EXTENSION = r"(?:[ \t]?(?:转|轉|分机|分機|内线|內線|(?i:ext\.?|x)|[\-#*])[ \t]?[0-9]{1,5})?"
"""An extension behind a fixed telephone."""
_SAID = re.compile("[转轉#]|分[机機]|(?i:ext)")
_GAP = r"(?P<gap>[ \t\u3000]?[)）\]】\-—./·_][ \t\-—]?|[ \t\u3000]{1,2}|杠|[，,、][ ]?|)"
_USUAL_GAP = re.compile(r"[ \t\u3000]?[)）\-—][ \t\-]?|[ \t\u3000]")
_CLOSED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_FEWEST, _MOST = 5, 8
"""Digits behind an area code, of before the turn of the century and now."""
_ENDS = r"(?![0-9]|[.\-][0-9])"


class LandlineRecognizer(CuedRecognizer):
    """Finds fixed telephone numbers with area code, +86 and extension where there are any (MIIT numbering plan)."""

    entities: ClassVar = ("LANDLINE",)
    labels: ClassVar = ("电话",)
    cues: ClassVar = (
        LONG_NUMBER,
        LONG_RUN,
        BROKEN_NUMBER,
        Cue(r"[)）\]】][ \t\-]{0,2}[2-8][0-9]{2,3}", before=20, after=20),
        Cue(r"0[0-9]{2,3}[)）\]】\-—./·_，,、杠 \t\u3000]{1,3}[2-8][0-9]{2}", before=16, after=20),
        Cue(r"[2-8][0-9]{2,3}-[0-9]{4}", before=16, after=20),
    )
    expressions: ClassVar = (
        re.compile(
            r"(?<![0-9A-Za-z])(?P<country>(?:[(（]?(?P<plus>\+|00)86[)）]?[ \t\-./+]{0,2}|[(（]86[)）][ "
            r"\-]?|[(（]?86[ \-])"
            r"(?:[(（]0[)）][ ]?)?)?[(（\[【]?(?P<area>0?(?:10|2[0-9]|[3-9][0-9]{2}))"
            rf"{_GAP}(?P<number>[2-8][0-9]{{2,3}}[ \t\-—]?[0-9]{{4}}|[2-8][0-9]{{4,5}}(?!\r?\n[0-9])){EXTENSION}{_ENDS}"
        ),
        re.compile(rf"(?<![0-9A-Za-z])(?P<spaced>0(?:(?:{SEPARATOR}{{0,3}}|{BREAK})[0-9]){{9,11}}){_ENDS}"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand an area code that exists with a gap or a word, or the word right before."""
        start, end = match.span()
        if text[start] in "(（[【" and not _CLOSED.match(match[0]):
            start += 1
        if is_something_else(text, start, end):
            score = 0
        elif "spaced" in match.groupdict():
            is_told = is_named(_WORDS, text, start, end) and breaks(match["spaced"]) <= 1
            score = 700 if is_told and is_whole(digits_of(match["spaced"])) else 0
        elif is_named(_WORDS, text, start, end):
            score = 850 if _has_area(match, is_told=True) else 0
        elif not _has_area(match, is_told=_CLOSED.match(match[0]) is not None):
            score = 0
        else:
            is_alone = not is_part_of_row(text, start, end) or _SAID.search(match[0]) is not None
            is_apart = _USUAL_GAP.fullmatch(match["gap"]) or (match["plus"] and not match["gap"])
            score = 650 if is_apart and is_alone else 0
        return Found(start, end, "LANDLINE", score) if score else None


def _has_area(match: re.Match[str], *, is_told: bool) -> bool:
    """Tell whether the area code exists, keeps its 0 unless +86 stands before, and fits the number's length.

    Numbers were shorter once: where a word or brackets tell the area code, they may still be.
    """
    area, size = match["area"], len(digits_of(match["number"]))
    if not area.startswith("0") and match["country"]:
        area = "0" + area
    sizes = area_codes().get(area, ())
    return size in sizes or (is_told and bool(sizes) and bool(match["gap"]) and _FEWEST <= size <= _MOST)


def is_whole(digits: str) -> bool:
    """Tell whether digits are an area code with its 0 and a number of a length used behind it."""
    return any(
        digits[size] in "2345678" and len(digits) - size in area_codes().get(digits[:size], ()) for size in (3, 4)
    )
