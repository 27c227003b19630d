"""Citizen identity numbers (公民身份号码), GB 11643-1999, and the permits numbered after the same scheme.

Six digits of area (GB/T 2260), eight of the birth date, three of order, one check character by ISO 7064 MOD 11-2. The
residence permit for Hong Kong, Macao and Taiwan residents has area 810000, 820000 or 830000. The permanent residence
card of a foreigner, edition 2023, has 9, two digits of the province and three of the nationality for an area.

- A number is one under whatever name it stands: on a driving licence, a social security or a school register it is the
  same number of the same person, and stays a ``CN_ID18``.
- Broken by the end of a line, or with letters that look like digits, it is one too: the check character proves it.
- A masked number (area, asterisks, four digits) is none: nothing can be validated, and its author has treated it.
"""

import datetime as dt
import re
from typing import ClassVar

from pii.checksums import id_check
from pii.gate import Cue, Sign
from pii.lookalikes import DIGIT_AHEAD, LETTERS, MOST, letters, meant
from pii.normalise import SEPARATOR
from pii.numbering import prefectures, provinces, residence_areas
from pii.overlaps import VALIDATED
from pii.recognizers.contact.broken import BROKEN_NUMBER, broken, joined
from pii.recognizers.cued import LONG_NUMBER, CuedRecognizer, Found

_LENGTH = 18
_YEARS = range(1890, 2050)
"""Years of birth. No clock is asked: a result must not change with the day on which it was computed."""


def id_kind(number: str) -> str | None:
    """Return the entity of an 18-character number whose area, date and check character hold, else None."""
    kind = _issued_as(number[:6])
    return kind if kind and is_birth_date(number[6:14]) and id_check(number[:17]) == number[17].upper() else None


def is_birth_date(digits: str) -> bool:
    """Tell whether eight digits, year first, are a day on which somebody may have been born."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if year not in _YEARS:
        return False
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _issued_as(area: str) -> str | None:
    if area in residence_areas():
        return "HKMOTW_RESIDENCE"
    if area[:4] in prefectures():
        return "CN_ID18"
    return "FOREIGN_PR" if area[0] == "9" and area[1:3] in provinces() and area[3:] != "000" else None


GAP = r"[ \t\u3000.\-—·_/|]{0,3}"
"""What stands between two digits, the lines of boxes to write in among it."""
FIFTEEN_DIGITS = f"[0-9](?:{GAP}[0-9]){{14}}"
"""What both schemes are scanned for by."""
_ALIKE = f"[0-9{LETTERS}](?:{SEPARATOR}?[0-9{LETTERS}]){{16}}{SEPARATOR}?[0-9Xx{LETTERS}]"


class IdCardRecognizer(CuedRecognizer):
    """Finds citizen identity numbers; the check character is proof, so no word around is needed (GB 11643)."""

    entities: ClassVar = ("CN_ID18", "HKMOTW_RESIDENCE", "FOREIGN_PR")
    cues: ClassVar = (LONG_NUMBER, BROKEN_NUMBER, Cue(_ALIKE, before=0, after=0))
    signs: ClassVar = {0: Sign(FIFTEEN_DIGITS, early=4)}
    expressions: ClassVar = (
        re.compile(f"(?<![0-9])(?<![0-9][.])[1-9](?:{GAP}[0-9]){{16}}{GAP}[0-9Xx](?![0-9])"),
        re.compile(f"(?<![0-9])(?<![0-9][.]){broken('[1-9]', '[0-9Xx]')}(?![0-9])"),
        re.compile(f"(?<![0-9A-Za-z]){DIGIT_AHEAD}{_ALIKE}(?![0-9A-Za-z])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:  # noqa: ARG002 - the number is its own proof
        """Accept what validates, however it is spaced."""
        number = joined(match[0])
        if len(number) != _LENGTH or letters(number) > MOST:
            return None
        kind = id_kind(meant(number))
        return Found(*match.span(), kind, VALIDATED) if kind else None
