"""Telephones abroad (境外电话): plus, country code, up to 15 digits in all (ITU-T E.164), or an English local form.

Plans abroad are many, so a number needs a word around, or the plus and at least two gaps. Ten digits in the groups of
North America (NANP) and the numbers of Britain with their zero count beside an English word only. What is found is
called MOBILE: abroad the number does not tell. Toll-free numbers are services, nobody's.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.recognizers.contact.mobile import TELEPHONE
from pii.recognizers.cued import LONG_NUMBER, LONG_RUN, CuedRecognizer, Found, digits_of, is_named, is_something_else
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
_NEAR = 24
_PRINTED = re.compile(r"1-[2-9][0-9]{2}-|1?[ ]?[(][2-9][0-9]{2}[)]")
"""How numbers of North America are printed, and nothing else is."""
_COUNTRIES = (
    "[美英法德泰印韩韓港澳][国國洲尼]|日本|加拿大|意大利|西班牙|葡萄牙|俄[罗羅]斯|新西[兰蘭]|[纽紐]西[兰蘭]"
    "|[马馬][来來](?:西[亚亞])?|新加坡|越南|菲律[宾賓]"
    "|[国國]外|境外|海外|[当當]地|大[马馬]|(?<![A-Za-z])(?:US|UK|USA|JP|KR|AU|SG|Japan|Korea|Australia|Malaysia"
    "|Thailand)"
    "(?![A-Za-z])"
)
_CALLED = "手[机機]|[电電][话話]|[号號]|[联聯][系繫絡络]|(?i:mobile|cell|phone|tel|number|whatsapp)"
_ABROAD = re.compile(
    f"(?:{_COUNTRIES})[^0-9\n]{{0,8}}(?:{_CALLED})[^0-9\n]{{0,6}}$|携[帯帶][^0-9\n]{{0,6}}$|(?:{_CALLED})[(（](?:"
    f"{_COUNTRIES})[)）][:： ]*$"
)
_CALLS = re.compile(
    f"(?:{_COUNTRIES})[^0-9\n]{{0,10}}$|(?i:(?<![a-z])(?:mobile|cell|cell ?phone|phone|tel|telephone|whatsapp|call"
    "|text|dial|reach|sms))"
    r"(?i:[ _]?(?:no\.?|number|#))?[\"']?[ ]?[:：=]?[ ]?[\"']?(?:(?:me|us|him|her)?[ ]?(?:at|on|is)[ ])?$"
)
"""A country, or an English word, right before a number without its country code."""
_NATIONAL = re.compile("86|85[23]|886")


class ForeignTelephoneRecognizer(CuedRecognizer):
    """Finds telephones abroad by country code, and English local forms beside an English word (E.164, NANP)."""

    COUNTRY_CODE: ClassVar[str | None] = None
    entities: ClassVar = ("MOBILE",)
    labels: ClassVar = ("phone",)
    cues: ClassVar = (
        LONG_NUMBER,
        Cue(r"(?:\+|00)[ ]?[1-9][ \t.\-()（）0-9]{7}", before=24, after=72),
        Cue(r"[2-9][0-9]{2}[)]?[ \u3000.\-]{1,2}[2-9][0-9]{2}[ \u3000.\-][0-9]{4}", before=6, after=16),
        Cue(r"0[1-9][0-9]{2,4}[ \-][0-9]{3,4}[ ]?[0-9]{3,4}", before=12, after=12),
        LONG_RUN,
        Cue(r"0[1-9][0-9]{0,3}[)]?(?:[ .\-]?[0-9]){6}", before=4, after=12),
    )
    expressions: ClassVar = (
        re.compile(
            rf"(?<![0-9A-Za-z+])(?P<mark>\+|00)[ ]?(?P<digits>1{_GAP}[2-9](?:{_GAP}[0-9]){{9}}){_EXTENSION}{_ENDS}"
        ),
        re.compile(rf"(?<![0-9A-Za-z+])(?P<mark>\+|00)[ ]?(?P<digits>[2-9](?:{_GAP}[0-9]){{7,13}}){_ENDS}"),
        re.compile(
            rf"(?<![0-9A-Za-z.\-+])(?:1[ .\-])?[(]?"
            rf"(?P<american>[2-9][0-9]{{2}}[)]?[ \u3000.\-]{{1,2}}[2-9][0-9]{{2}}[ \u3000.\-][0-9]{{4}})"
            f"{_EXTENSION}{_ENDS}"
        ),
        re.compile(rf"(?<![0-9A-Za-z.\-+])(?P<bare>[2-9][0-9]{{2}}[2-9][0-9]{{6}}){_ENDS}"),
        re.compile(rf"(?<![0-9A-Za-z.\-+])(?P<abroad>[(]?0[1-9][0-9]{{0,3}}[)]?(?:[ .\-]?[0-9]){{6,9}}){_ENDS}"),
        re.compile(rf"(?<![0-9A-Za-z.\-+])(?P<british>0[1-9][0-9]{{2,4}}[ \-][0-9]{{3,4}}[ ]?[0-9]{{3,4}}){_ENDS}"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a country code that exists and a word, or two gaps behind the plus."""
        start, end = match.span()
        found = _telephone(match)
        if found is None or is_something_else(text, start, end):
            return None
        groups = match.groupdict()
        if groups.get("abroad") or groups.get("bare"):
            is_told = (_ABROAD if groups.get("abroad") else _CALLS).search(text, max(0, start - _NEAR), start)
            return Found(start, end, "MOBILE", 610) if is_told else None
        if groups.get("american") and _PRINTED.match(match[0]):
            return Found(start, end, "MOBILE", 620)
        if "digits" not in groups:
            is_called = is_named(_ENGLISH, text, start, end) or _CALLS.search(text, max(0, start - _NEAR), start)
            return Found(start, end, "MOBILE", 620) if is_called else None
        runs = re.findall("[0-9]+", match["digits"])
        is_long = sum(map(len, runs)) >= _SPELLED
        is_spelled = match["mark"] == "+" and is_long and (len(runs) > 2 or match["digits"].isdigit())
        if is_named(TELEPHONE, text, start, end):
            return Found(start, end, "MOBILE", 840)
        return Found(start, end, "MOBILE", 700) if is_spelled else None


def _telephone(match: re.Match[str]) -> Telephone | None:
    groups = match.groupdict()
    if abroad := groups.get("abroad"):
        return Telephone(abroad, "MOBILE")
    digits = digits_of(groups.get("digits") or groups.get("american") or groups.get("bare") or groups["british"])
    if groups.get("american") or groups.get("bare"):
        return None if is_service(digits) else north_american(digits)
    if groups.get("british"):
        return foreign("44" + digits[1:]) if len(digits) == 11 else None
    return None if _NATIONAL.match(digits) else foreign(digits)
