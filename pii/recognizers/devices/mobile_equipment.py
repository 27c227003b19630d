"""Numbers of mobile equipment, IMEI (国际移动设备识别码), and subscriptions, IMSI (国际移动用户识别码): 3GPP TS 23.003.

- IMEI: 14 digits and a Luhn check digit (annex B); IMEISV, 16 digits without one. One row of digits in ten passes, so a
  word must name it.
- IMSI: mobile country code (ITU-T E.212, 460 for the mainland), network code, 15 digits in all; by word only.
"""

import re
from typing import ClassVar

from pii.checksums import passes_luhn
from pii.recognizers.contact.broken import BROKEN_NUMBER, broken, joined
from pii.recognizers.cued import LONG_NUMBER, CuedRecognizer, Found, spaced

_IMEI = re.compile(
    r"(?i)(?:(?<![a-z])(?:imei(?:[ _-]?[0-9a-z]{1,8})?(?:sv)?|meid|device[ _]?id|equipment[ _]?id)(?![a-z])"
    r"|串[号號码碼]|[设設][备備][号號识識标標]"
    r"|移动设备|行動裝置|手机识别码|手机串|机身[码号]|终端识别|设备码|入网[号证])[^0-9]{0,24}$"
)
_IMSI = re.compile(r"(?i)(?:(?<![a-z])imsi(?![a-z])|用户识别码|用戶識別碼|移动用户识别)[^0-9]{0,24}$")
_HANDSET = re.compile(
    "(?i)手机|手機|[机機][身主串]|话机|平板|[设設][备備]|终端|(?<![a-z])(?:phone|handset|device)(?![a-z])"
)
_TYPES = ("01", "35", "86", "99")
"""How the numbers of types begin that are given out (TAC): bodies of the GSMA."""
_NEAR = 40
_SHORTLY = 16


class MobileEquipmentRecognizer(CuedRecognizer):
    """Finds IMEI and IMSI numbers that a word before names (3GPP TS 23.003)."""

    COUNTRY_CODE: ClassVar[str | None] = None
    entities: ClassVar = ("IMEI", "IMSI")
    labels: ClassVar = ("IMEI", "IMSI")
    cues: ClassVar = (LONG_NUMBER, BROKEN_NUMBER)
    expressions: ClassVar = tuple(
        re.compile(f"(?<![0-9A-Za-z])(?<![0-9][.]){number}(?![0-9A-Za-z])")
        for number in (spaced("[0-9]", 14), spaced("[0-9]", 15), broken())
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the word, and the check digit of an IMEI or the country of an IMSI."""
        start, end = match.span()
        number, before = joined(match[0]), text[max(0, start - _NEAR) : start]
        if len(set(number)) < 3 or len(number) not in {15, 16}:
            return None
        if len(number) == 15 and "2" <= number[0] <= "7" and _IMSI.search(before):
            return Found(start, end, "IMSI", 900)
        if _IMEI.search(before) and (len(number) == 16 or passes_luhn(number)):
            return Found(start, end, "IMEI", 930 if len(number) == 15 else 700)
        around = before[-24:] + "\n" + text[end : end + _SHORTLY]
        if len(number) == 15 and number.startswith(_TYPES) and passes_luhn(number) and _HANDSET.search(around):
            return Found(start, end, "IMEI", 600)
        return None
