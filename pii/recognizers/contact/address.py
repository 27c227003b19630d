"""Postal addresses (住址) in Chinese and English, GB/T 2260, GB/T 23705: street or village, number, house, unit, room.

A place without a number (北京市朝阳区) is nobody's address. A company's address has the same form as a person's, so
both are found; the declaration decides what becomes of them.
"""

import re
from typing import ClassVar

from pii.addresses import chinese, english
from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found


class AddressRecognizer(CuedRecognizer):
    """Finds addresses with a number by their levels, read from the number to the left (GB/T 2260, GB/T 23705)."""

    entities: ClassVar = ("ADDRESS",)
    cues: ClassVar = (
        Cue(chinese.SIGN, before=chinese.LEFT, after=chinese.RIGHT),
        Cue(chinese.BARE_SIGN, before=chinese.LEFT, after=chinese.RIGHT),
        Cue(english.SIGN, before=english.BEFORE, after=english.AFTER),
    )
    expressions: ClassVar = (re.compile(chinese.SIGN), re.compile(chinese.BARE_SIGN), re.compile(english.SIGN))

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Read the levels around the sign and accept what makes an address."""
        read = english.english_address_at if match.re is self.expressions[2] else chinese.address_at
        address = read(text, *match.span())
        return Found(address.start, address.end, "ADDRESS", address.score) if address else None
