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
    r"(?i)(?:imei(?:[ _-]?[0-9a-z]{1,8})?(?:sv)?(?![a-z])(?:[ ]?[(（\[#][0-9a-z]{0,8}[)）\]]?)?"
    r"|get_?(?:device_?id|imei|meid)(?:[(][0-9]?[)])?|(?<![a-z])(?:meid|esn|device[ _]?(?:id|no)"
    r"|terminal[ _]?(?:id|no)|equipment[ _]?id"
    r"|handset[ _]?(?:id|no)|serial[ _]?no)(?![a-z])|equipment identity"
    r"|串[号號码碼]|[设設][备備][号號识識标標]"
    r"|移动设备|移动台|行動裝置|行動設備|手[机機][识識][别別]|手机串|[机機]身[码号號碼]|终端识别|设备码|入网[号证]|电子串|電子串"
    r"|[*]?[＊星][号號]?[#井]0?6[#井]|十五位|(?<![0-9])15[ ]?位)"
    r"[^0-9]{0,24}(?:[0-9]{15,16}[^0-9A-Za-z\n]{1,6})?$"
)
_IMSI = re.compile(
    r"(?i)(?:imsi(?![a-z])|用户识别码|用戶識別碼|移动用户识别|行動用戶識別|subscriber[ _]?(?:id(?:entity)?|no"
    r"|number)(?![a-z]))"
    r"[^0-9]{0,24}$"
)
_SUBSCRIBER = re.compile(
    "(?i)imsi|sim[ ]?[卡号號]|卡的?识别|[用移][户戶动動].{0,4}识别|[补換换]卡|新卡|国际移动|(?<![a-z])(?:hlr|hss"
    "|vlr|subscriber|sim|msisdn"
    "|usim)(?![a-z])"
)
"""Where a number that begins as those of the mainland do is told by its network."""
_HOME = re.compile("460(?:0[0-9]|1[0135]|20)")
"""The mainland's networks (ITU-T E.212, Operational Bulletin)."""
_BEHIND = re.compile(
    r"(?i)[ \t]{0,2}(?:[(（←]|就?是|[-—=]{1,3}>?|as the|is the)[ \t]{0,2}[^0-9\n]{0,6}?"
    "(?P<kind>imei|imsi|meid|串[号號]|[机機]身)"
)
"""The word behind the number: in brackets, behind an arrow."""
_HANDSET = re.compile(
    r"(?i)手机|手機|[機机][身主串型]|话机|平板|华为|荣耀|小米|红米|三星|苹果|手表|车机|卡槽|插卡|串[码碼号號]"
    r"|十五位|(?<![0-9])15[ ]?位|零六|入网|保修|[维維]修|回收|[换換]机|解锁|丢失|失窃|报失"
    r"|[设設][备備]|终端|裝置|電話機|[*]#06#"
    r"|(?<![a-z])(?:phone|handset|device|tablet|imei|meid|iphone|android|ipad|vivo|oppo|redmi|galaxy|huawei|xiaomi"
    r"|honor)(?![a-z])"
)
_TYPES = ("01", "35", "86", "99")
"""How the numbers of types begin that are given out (TAC): bodies of the GSMA."""
_NEAR = 47
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
        behind = _BEHIND.match(text, end, end + _SHORTLY)
        named = behind["kind"].lower() if behind else ""
        if len(number) == 15 and "2" <= number[0] <= "7" and (named == "imsi" or _IMSI.search(before)):
            return Found(start, end, "IMSI", 900)
        if _HOME.match(number) and len(number) == 15 and _SUBSCRIBER.search(before):
            return Found(start, end, "IMSI", 700)
        if (_IMEI.search(before) or (named and named != "imsi")) and (len(number) == 16 or passes_luhn(number)):
            return Found(start, end, "IMEI", 930 if len(number) == 15 else 700)
        around = before[-24:] + "\n" + text[end : end + _SHORTLY]
        if len(number) == 15 and number.startswith(_TYPES) and passes_luhn(number) and _HANDSET.search(around):
            return Found(start, end, "IMEI", 600)
        return None
