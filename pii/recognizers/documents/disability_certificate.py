"""Disability certificates (残疾人证) of the second generation: an identity number, a digit of kind, one of grade.

The citizen identity number (GB 11643) proves itself inside; kind 1 to 7 and grade 1 to 4 tell the certificate from
others made of it, such as the tax number of the self-employed. Replaced ones carry B and a count behind.
Certainty: the rule of the China Disabled Persons' Federation, common knowledge.
"""

import re
from typing import ClassVar

from pii.overlaps import VALIDATED
from pii.recognizers.contact.broken import BROKEN_NUMBER, broken, joined
from pii.recognizers.cued import LONG_NUMBER, CuedRecognizer, Found, digits_of, is_named, spaced
from pii.recognizers.documents.id_card import id_kind
from pii.recognizers.labels import is_mentioned
from pii.recognizers.words import words

_WORDS = re.compile(words("残疾 残联 残障 身心障碍") + "|(?i:disab)")
_TAX = re.compile(words("税 纳税 发票") + "|(?i:tax)")
_LENGTH = 20
_ID = spaced("[1-8]", 16, "[0-9Xx]")


class DisabilityCertificateRecognizer(CuedRecognizer):
    """Finds certificate numbers; the identity number in them is proof (GB 11643)."""

    entities: ClassVar = ("DISABILITY_CERT",)
    labels: ClassVar = ("残疾人证",)
    cues: ClassVar = (LONG_NUMBER, BROKEN_NUMBER)
    expressions: ClassVar = (
        re.compile(f"(?<![0-9])(?P<id>{_ID})(?P<gap>[ \t\\-]?)[1-7][ \t]?[1-4](?:[Bb][0-9])?(?![0-9A-Za-z])"),
        re.compile(f"(?<![0-9A-Za-z])(?P<apart>{broken('[1-8]', '[0-9Xx]')}(?:[1-7][1-4])?)(?![0-9A-Za-z])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a valid identity number inside and, unless it stands in one with the rest, the word."""
        start, end = match.span()
        if match.lastgroup == "apart":
            number = joined(match[0])
            is_one = (
                len(number) == _LENGTH and id_kind(number[:-2]) and number[-2] in "1234567" and number[-1] in "1234"
            )
            is_one = is_one and is_mentioned(_WORDS, text, start, end)
            return Found(start, end, "DISABILITY_CERT", VALIDATED) if is_one else None
        if id_kind(digits_of(match["id"])) is None:
            return None
        is_one = is_mentioned(_WORDS, text, start, end) or not (match["gap"] or is_named(_TAX, text, start, end))
        return Found(start, end, "DISABILITY_CERT", VALIDATED) if is_one else None
