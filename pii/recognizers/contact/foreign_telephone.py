"""Telephones abroad (境外电话): plus, country code, up to 15 digits in all (ITU-T E.164), or an English local form.

Plans abroad are many, so a number needs a word around, or the plus and at least two gaps. Ten digits in the groups of
North America (NANP) and the numbers of Britain with their zero count beside an English word only. What is found is
called MOBILE: abroad the number does not tell. Toll-free numbers are services, nobody's.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.recognizers.contact.mobile import TELEPHONE
from pii.recognizers.cued import LONG_NUMBER, CuedRecognizer, Found, digits_of, is_named, is_something_else
from pii.telephones import Telephone, foreign, is_service, north_american

_GAP = r"[ \t\u3000.\-()（）]{0,3}"
_ENGLISH = re.compile(
    r"(?i)(?<![a-z])(?:tel|telephone|phone|mobile|cell|cellphone|fax|call|dial|reach|text|sms|whatsapp|contact"
    r"|voicemail)(?![a-z])|电话|電話"
)
_ENDS = r"(?![0-9A-Za-z]|[.\-/:][0-9])"
_EXTENSION = r"(?:[ \t,]{0,2}(?:ext\.?|x)[ \t]?[0-9]{1,5})?"
_SPELLED = 10
"""Digits of a number that its plus and gaps alone tell from a date or a sum."""
_NATIONAL = re.compile("86|85[23]|886")


class ForeignTelephoneRecognizer(CuedRecognizer):
    """Finds telephones abroad by country code, and English local forms beside an English word (E.164, NANP)."""

    COUNTRY_CODE: ClassVar[str | None] = None
    entities: ClassVar = ("MOBILE",)
    labels: ClassVar = ("phone",)
    cues: ClassVar = (
        LONG_NUMBER,
        Cue(r"(?:\+|00)[ ]?[1-9][ \t.\-()（）0-9]{7}", before=24, after=72),
        Cue(r"[2-9][0-9]{2}[)]?[ .\-]{1,2}[2-9][0-9]{2}[ .\-][0-9]{4}", before=6, after=16),
        Cue(r"0[1-9][0-9]{2,4}[ \-][0-9]{3,4}[ ]?[0-9]{3,4}", before=12, after=12),
    )
    expressions: ClassVar = (
        re.compile(
            rf"(?<![0-9A-Za-z+])(?P<mark>\+|00)[ ]?(?P<digits>1{_GAP}[2-9](?:{_GAP}[0-9]){{9}}){_EXTENSION}{_ENDS}"
        ),
        re.compile(rf"(?<![0-9A-Za-z+])(?P<mark>\+|00)[ ]?(?P<digits>[2-9](?:{_GAP}[0-9]){{7,13}}){_ENDS}"),
        re.compile(
            rf"(?<![0-9A-Za-z.\-+])(?:1[ .\-])?[(]?"
            rf"(?P<american>[2-9][0-9]{{2}}[)]?[ .\-]{{1,2}}[2-9][0-9]{{2}}[ .\-][0-9]{{4}}){_EXTENSION}{_ENDS}"
        ),
        re.compile(rf"(?<![0-9A-Za-z.\-+])(?P<british>0[1-9][0-9]{{2,4}}[ \-][0-9]{{3,4}}[ ]?[0-9]{{3,4}}){_ENDS}"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a country code that exists and a word, or two gaps behind the plus."""
        start, end = match.span()
        found = _telephone(match)
        if found is None or is_something_else(text, start, end):
            return None
        if "digits" not in match.groupdict():
            return Found(start, end, "MOBILE", 620) if is_named(_ENGLISH, text, start, end) else None
        groups = re.findall("[0-9]+", match["digits"])
        is_spelled = match["mark"] == "+" and len(groups) > 2 and sum(map(len, groups)) >= _SPELLED
        if is_named(TELEPHONE, text, start, end):
            return Found(start, end, "MOBILE", 840)
        return Found(start, end, "MOBILE", 700) if is_spelled else None


def _telephone(match: re.Match[str]) -> Telephone | None:
    groups = match.groupdict()
    digits = digits_of(groups.get("digits") or groups.get("american") or groups["british"])
    if groups.get("american"):
        return None if is_service(digits) else north_american(digits)
    if groups.get("british"):
        return foreign("44" + digits[1:]) if len(digits) == 11 else None
    return None if _NATIONAL.match(digits) else foreign(digits)
