"""Mobile telephone numbers (手机号): the numbering plan of MIIT (YD/T 电信网编号计划), ITU-T E.164 for +86.

There is no check digit. A number counts when its prefix is given out to people and it is written whole or in one of the
usual groupings; any other spelling needs a word around that says telephone. A number broken by the end of a line needs
the word or a line of words before, one with letters that look like digits must stand alone.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.lookalikes import LETTERS, letters, meant
from pii.normalise import BREAK, SEPARATOR
from pii.numbering import mobile_prefixes
from pii.recognizers.contact.broken import BROKEN_NUMBER, breaks, goes_on, joined
from pii.recognizers.cued import (
    LONG_NUMBER,
    CuedRecognizer,
    Found,
    digits_of,
    grouping,
    is_named,
    is_part_of_row,
    is_something_else,
    touches,
)

TELEPHONE = re.compile(
    r"(?i)手[ ]?机|手[ ]?機|手提|[电電][ ]?[话話]|[号號][ ]?[码碼]|[联聯][ ]?[系络繫絡]|打我|呼我|加我|call我|致电|"
    r"致電|拨打|撥打|来电|微信|短信|热线|熱線"
    "|座机|座機|传真|傳真|固话|总机|總機|移动|行動|机主|市话|市話|携帯|流動|收件|寄件|[vV]信|薇信|威信"
    "|(?<![a-z])(?:tel|fax|phone|mobile|cell|mob|call"
    "|whatsapp|wa[.]me|contact|dial|sms|text|vx|wx|weixin|shouji|dianhua|lxdh|sjhm?|lxfs)(?!ure|ensor|ect)|phone"
    "|mobile"
)
"""Words that say telephone."""
_USUAL = {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 2, 2, 2, 2), (3, 3, 5), (4, 3, 4), (5, 6), (1,) * 11}
_ROW_BEFORE, _ROW_BEHIND = re.compile("[0-9]{2}[ ]$"), re.compile("[ ](?!1[3-9])[0-9]{2}")
"""Figures in the same row on both sides, which no label names."""
_LETTER = re.compile("[A-Za-z]")
_FRACTION = re.compile(r"\.[0-9]")
_PREFIX = rf"(?:[(（]?(?:\+|00)?86[)）]?{SEPARATOR}{{0,3}}|0)?"
_LOOSE = r"[ \t\u3000.\-—·_,，、/*~～()（）\[\]【】●•◆★■※^|・:\\'’\"“”=+…%。；;杠空横]{0,3}"
_MARKED = re.compile(
    "1[0-9]{2}([●•◆★■※/・])[0-9]{4}\\1[0-9]{4}|[(（\\[【]?1[0-9]{2}[)）\\]】][ ]?[0-9]{4}[ \\-]?[0-9]{4}"
)
"""Groups of a telephone parted by a mark that no figures are parted by, or the first in brackets."""
_FEWEST_DIGITS = 8
"""Of a number with look-alike letters."""
_ALIKE = f"[1lIi][3-9SsGgqZzBb][0-9{LETTERS}](?:[ \\-]?[0-9{LETTERS}]{{4}}){{2}}"
_GAP = f"(?:{SEPARATOR}{{0,3}}|{BREAK})"


class MobileRecognizer(CuedRecognizer):
    """Finds mainland mobile numbers with or without +86, 0086, 86 or a trunk 0 (MIIT numbering plan)."""

    entities: ClassVar = ("MOBILE",)
    labels: ClassVar = ("电话",)
    cues: ClassVar = (
        LONG_NUMBER,
        BROKEN_NUMBER,
        Cue(f"1{_LOOSE}[3-9]{_LOOSE}[0-9](?:{_LOOSE}[0-9]){{8}}", before=2, after=24),
        Cue(_ALIKE, before=2, after=1),
    )
    expressions: ClassVar = (
        re.compile(
            rf"(?<![0-9+])(?:(?<![0-9][.])|(?<=\n[0-9][.])|(?<=^[0-9][.])){_PREFIX}"
            rf"(?P<number>1(?:{_GAP}[0-9]){{10}})(?![0-9])"
        ),
        re.compile(rf"(?<![0-9A-Za-z+.])[(（\[【]?(?P<loose>1{_LOOSE}[3-9](?:{_LOOSE}[0-9]){{9}})(?![0-9A-Za-z])"),
        re.compile(rf"(?<![0-9A-Za-z+._@/%=\-])(?P<alike>{_ALIKE})(?![0-9A-Za-z_@%/]|[.\-][0-9A-Za-z])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a prefix of the plan, then a usual spelling or a word around."""
        start, end = match.span()
        if "number" not in match.groupdict():
            return _hidden(text, match)
        is_other = is_something_else(text, start, end) or _is_in_row(text, start, end)
        if joined(match["number"])[:3] not in mobile_prefixes() or is_other:
            return None
        broken = breaks(match["number"])
        if is_named(TELEPHONE, text, start, end) and broken <= 2:
            return Found(start, end, "MOBILE", 800 if broken else 900)
        if broken:
            is_one = broken == 1 and "\n" in match["number"] and goes_on(text, start)
            return Found(start, end, "MOBILE", 560) if is_one and not touches(text, start, end, _LETTER) else None
        groups = grouping(match["number"].replace("-", " "))
        is_whole = groups in {(11,), (3, 4, 4)}
        if (
            groups not in _USUAL
            or (not is_whole and is_part_of_row(text, start, end))
            or (groups == (3, 8) and "." in match["number"])
            or touches(text, start, end, _LETTER)
            or _FRACTION.match(text, end)
        ):
            return None
        return Found(start, end, "MOBILE", 750)


def _is_in_row(text: str, start: int, end: int) -> bool:
    return bool(_ROW_BEFORE.search(text, max(0, start - 3), start) and _ROW_BEHIND.match(text, end))


def _hidden(text: str, match: re.Match[str]) -> Found | None:
    start, end = match.span()
    if not _is_hidden_number(match) or is_something_else(text, start, end):
        return None
    is_told = is_named(TELEPHONE, text, start, end)
    is_alone = match[0].isalnum() if match.lastgroup == "alike" else _MARKED.fullmatch(match[0]) is not None
    return Found(start, end, "MOBILE", 700 if is_told else 560) if is_told or is_alone else None


def _is_hidden_number(match: re.Match[str]) -> bool:
    """Tell whether a loosely spaced number, or one with letters for digits, has a prefix of the plan."""
    groups = match.groupdict()
    if alike := groups.get("alike"):
        is_number = bool(letters(alike)) and sum(map(str.isdigit, alike)) >= _FEWEST_DIGITS
        return is_number and meant(digits_of(alike))[:3] in mobile_prefixes()
    runs = re.findall("[0-9]+", match["loose"])
    sizes = tuple(map(len, runs))
    is_grouped = sizes in {(3, 8), (3, 4, 4)} or (sizes[0] == 1 and set(sizes) == {1})
    return is_grouped and "".join(runs)[:3] in mobile_prefixes()
