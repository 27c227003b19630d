"""Permanent residence cards of foreigners, editions before 2023 (外国人永久居留身份证): three letters, twelve digits.

Letters of the nationality (ISO 3166-1 alpha-3), four digits of area (GB/T 2260), six of the birth date, one of order
and one check digit. Certainty: the format is common knowledge; how the check digit is computed was not seen in print,
so it is not relied on. The edition of 2023 follows GB 11643 and is found with the citizen identity numbers.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.normalise import BREAK, SEPARATOR
from pii.numbering import prefectures
from pii.recognizers.contact.broken import joined
from pii.recognizers.cued import CuedRecognizer, Found, is_something_else
from pii.recognizers.documents.id_card import is_birth_date
from pii.recognizers.labels import is_mentioned
from pii.recognizers.words import words

_WORDS = re.compile(
    words("永久居留 永居 居留证 居留身份 外国人 绿卡 证件 身份证") + "|(?i:permanent|resident|residence)"
)
_DIGITS = 12
_VALUE = f"[A-Za-z]{{3}}(?:(?:{SEPARATOR}{{0,2}}[0-9]){{12}}|[0-9]{{0,10}}{BREAK}[0-9]{{2,12}})"


class ForeignResidentRecognizer(CuedRecognizer):
    """Finds old permanent residence card numbers of foreigners (format of 2004, common knowledge)."""

    entities: ClassVar = ("FOREIGN_PR",)
    labels: ClassVar = ("永久居留证",)
    cues: ClassVar = (Cue(_VALUE, before=0, after=0),)
    expressions: ClassVar = (re.compile(f"(?<![0-9A-Za-z]){_VALUE}(?![0-9A-Za-z])"),)

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the word, or else an area and a date of the years 1900 to 1999."""
        start, end = match.span()
        number = joined(match[0])[3:]
        if len(number) != _DIGITS:
            return None
        if is_mentioned(_WORDS, text, start, end):
            return Found(start, end, "FOREIGN_PR", 850)
        is_one = match[0][:3].isupper() and number[:4] in prefectures() and is_birth_date(f"19{number[4:10]}")
        return Found(start, end, "FOREIGN_PR", 700) if is_one and not is_something_else(text, start, end) else None
