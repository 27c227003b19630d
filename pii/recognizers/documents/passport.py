"""Passports (护照): of the mainland by the series of the National Immigration Administration, others by their label.

E or G and eight digits, E and a letter and seven digits; service and diplomatic series; the old 14 and 15 series. The
number proves nothing by itself (the check digit stands in the machine-readable zone only), so a word must name it,
but for the ordinary series as printed, which nothing else uses.
Those of Hong Kong, Macao, Taiwan and of other states have at most nine characters (ICAO Doc 9303 part 4) in any order,
so their label must stand right before them; they count as passports too. Certainty: series are common knowledge.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.normalise import BREAK
from pii.recognizers.contact.broken import BROKEN_NUMBER, broken, joined
from pii.recognizers.cued import LONG_RUN, CuedRecognizer, Found
from pii.recognizers.documents.alone import ALONE, stands_alone
from pii.recognizers.labels import is_mentioned, label_cue, numbered
from pii.recognizers.words import value_of, words

_LABELS = (
    "护照 旅行证 因私照 护照本 passport pp_no ppt ppno hzh hzhm hzbh hzhaoma huzhao travel_document "
    "travel_doc travel_document_no"
)
_WORDS = re.compile(
    words(
        "护照 旅行证件 证件 旅客 乘机人 签注 出入境 出境 签证 出国 因私 因公 领事 入境 押证 证号 照号 小红本 登机 值机 "
        "离境 免签 落地签 出国证 本子 hzh huzhao"
    )
    + "|(?i:passport|(?<![a-z])pp(?=[#:：]|[ ]?no)|(?<![a-z])visa(?![a-z])|document|passenger|(?<![a-z])doc(?![a-z]))"
)
_SERIES = (
    "(?:[EeGgDdSsPpKk][ ]?[0-9]{8}|[Ee][A-HJ-NP-Za-hj-np-z][ ]?[0-9]{7}|[DdSsPp][Ee][ ]?[0-9]{7}|1[45][ ]?[0-9]{7})"
)
_GAP = r"[ \t\u3000.\-—·_/|]{0,3}"
_GROUPED = f"[EeGg]{_GAP}[0-9A-Za-z](?:{_GAP}[0-9]){{7}}"
_ALONE = re.compile("[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}")
_ANY = "[A-Za-z]{0,2}[0-9][0-9A-Za-z]{4,7}[0-9]"
_FEWEST_DIGITS = 6
_BIRTH_BESIDE = re.compile(
    r"[ \t,，;|/]{1,4}(?:[男女MF][ \t,，;|/]{1,4})?(?:19[0-9]{2}|20[01][0-9])[\-/.年](?:1[0-2]|0?[1-9])"
    r"[\-/.月](?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
)
"""A list of passengers: a date follows in the next cell."""
_SERIES_ONLY = re.compile(_SERIES)
_COUNTED = re.compile(f"[0-9一二两兩三四五六]本[^0-9A-Za-z\n]{{0,4}}(?:{_SERIES}[ ]?[、,，和及/ ][ ]?){{0,2}}$")
"""Passports are counted by 本, and those of a family stand side by side."""


class PassportRecognizer(CuedRecognizer):
    """Finds passport numbers that a word around names, or as they are printed (ICAO Doc 9303)."""

    entities: ClassVar = ("CN_PASSPORT",)
    labels: ClassVar = ("护照",)
    cues: ClassVar = (
        LONG_RUN,
        BROKEN_NUMBER,
        Cue(_GROUPED, before=0, after=0),
        Cue(f"[A-Za-z0-9]{BREAK}[0-9]{{2}}", before=16, after=16),
        label_cue(_LABELS, 11),
    )
    expressions: ClassVar = (
        re.compile(f"(?<![0-9A-Za-z]){_SERIES}(?![0-9A-Za-z])"),
        re.compile(
            f"(?:(?<![0-9A-Za-z])|(?<=(?i:passport)))(?P<apart>{_GROUPED}|"
            f"{broken('[EeGg][A-Za-z]?[0-9]?|[DdSsPp][Ee]?|1[45]')})(?![0-9A-Za-z])"
        ),
        numbered(_LABELS, _ANY),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the word around a number of a series, the label right before any other."""
        if "value" not in match.groupdict():
            start, end = match.span()
            if match.lastgroup == "apart" and not _SERIES_ONLY.fullmatch(joined(match[0])):
                return None
            if _BIRTH_BESIDE.match(text, end) or (
                match[0][0] in "EGeg" and _COUNTED.search(text, max(0, start - 32), start)
            ):
                return Found(start, end, "CN_PASSPORT", 700)
            if is_mentioned(_WORDS, text, start, end):
                return Found(start, end, "CN_PASSPORT", 850)
            is_alone = _ALONE.fullmatch(match[0]) and stands_alone(text, start, end)
            return Found(start, end, "CN_PASSPORT", ALONE) if is_alone else None
        digits = sum(map(str.isdigit, match["value"]))
        return value_of(match, "CN_PASSPORT", 750) if digits >= _FEWEST_DIGITS else None
