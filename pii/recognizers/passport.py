"""Passports of the mainland (普通护照), format by the National Immigration Administration, ICAO Doc 9303 part 4.

E or G and eight digits, E and a letter and seven digits; service and diplomatic series; the old 14 and 15 series. The
number proves nothing by itself (the check digit stands in the machine-readable zone only), so a word must name it.
"""

import re
from typing import ClassVar

from pii.recognizers.cued import LONG_RUN, CuedRecognizer, Found, is_named

_WORDS = re.compile(r"(?i)护照|護照|旅行证件|证件号|出入境|出境|签证|passport")


class PassportRecognizer(CuedRecognizer):
    """Finds passport numbers that a word around names (ICAO Doc 9303)."""

    entities: ClassVar = ("CN_PASSPORT",)
    cues: ClassVar = (LONG_RUN,)
    expressions: ClassVar = (
        re.compile(
            "(?<![0-9A-Za-z])(?:[EeGgDdSsPpKk][0-9]{8}|[Ee][A-HJ-NP-Za-hj-np-z][0-9]{7}|[DdSsPp][Ee][0-9]{7}|1[45][0-9]{7})"
            "(?![0-9A-Za-z])"
        ),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the word."""
        start, end = match.span()
        return Found(start, end, "CN_PASSPORT", 850) if is_named(_WORDS, text, start, end) else None
