"""Citizen identity numbers (公民身份号码), GB 11643-1999.

Six digits of area (GB/T 2260), eight of the birth date, three of order, one check character by ISO 7064 MOD 11-2. The
residence permit for Hong Kong, Macao and Taiwan residents uses the same scheme with area 810000, 820000 or 830000.
"""

import datetime as dt
import re
from typing import ClassVar

from pii.checksums import id_check
from pii.numbering import provinces, residence_areas
from pii.overlaps import VALIDATED
from pii.recognizers.cued import LONG_NUMBER, CuedRecognizer, Found, digits_of, spaced

_YEARS = range(1890, 2050)
"""Years of birth. No clock is asked: a result must not change with the day on which it was computed."""


def id_kind(number: str) -> str | None:
    """Return the entity of an 18-character number whose area, date and check character hold, else None."""
    area = number[:6]
    if area in residence_areas():
        kind = "HKMOTW_RESIDENCE"
    elif area[:2] in provinces() and area[:2] not in {"81", "82"}:
        kind = "CN_ID18"
    else:
        return None
    return kind if _is_date(number[6:14]) and id_check(number[:17]) == number[17].upper() else None


def _is_date(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if year not in _YEARS:
        return False
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


class IdCardRecognizer(CuedRecognizer):
    """Finds citizen identity numbers; the check character is proof, so no word around is needed (GB 11643)."""

    entities: ClassVar = ("CN_ID18", "HKMOTW_RESIDENCE")
    cues: ClassVar = (LONG_NUMBER,)
    expressions: ClassVar = (re.compile(f"(?<![0-9]){spaced('[1-8]', 16, '[0-9Xx]')}(?![0-9])"),)

    def judge(self, text: str, match: re.Match[str]) -> Found | None:  # noqa: ARG002 - the number is its own proof
        """Accept what validates, however it is spaced."""
        kind = id_kind(digits_of(match[0]))
        return Found(*match.span(), kind, VALIDATED) if kind else None
