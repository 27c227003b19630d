"""Identifiers of devices for advertising: OAID (移动安全联盟, T/TAF 095), IDFA and its Android kin (RFC 9562).

A UUID or a row of hexadecimal digits is a person's device only where a word says so. All zeros mean that the owner
allowed none (Apple, ASIdentifierManager). Google's GAID and Apple's IDFV count as IDFA, an Android ID as OAID.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found, digits_of
from pii.recognizers.label_expressions import POINTS, ahead, behind, label_cue
from pii.recognizers.labels import answered, replied

_ADVERTISING = (
    "(?i:idfa|idfv|gaid|aaid|(?<![a-z])ifa(?=[\"' ]{0,2}[:：=])|asidentifiermanager|adv(?:ertising|ertiser"
    "|ert)?[ _-]?id(?:entifier)?|ads?[_-]?id|ads?[ _-]?identifier|identifier for (?:advertisers?|advertising|vendors?)"
    "|vendor[ _-]?id(?:entifier)?(?![a-z])|google[ _-]?(?:ad|play)[ _-]?id|ios[_-]?ad[_-]?id)"
    "|[广廣]告(?:商|主)?(?:[标標][识識]符?[码碼]?|[识識][别別][符码碼]?"
    "|追[踪蹤](?:[标標][识識]符?|[编編]?[号號]|码)|[ ]?(?i:id)|符|[编編]?[号號][码碼]?)"
    "|[厂廠供]商[标標][识識]符?|追[踪蹤][标標][识識]符?"
)
_ANONYMOUS = (
    "(?i:oa[ _-]?id|va[ _-]?id|aa[ _-]?id|ud[ _-]?id|android[ _-]?id|ssaid"
    "|(?:open[ _-]?)?anonymous[ _-]?(?:device[ _-]?)?id(?:entifier)?"
    "|(?:hms|honor|miui|oppo|vivo)[ _-]?(?:oa|ad|anonymous)[ _-]?id|open[ _-]?advertising[ _-]?id)"
    "|匿名[设設][备備](?:的)?[标標识識][识識别別][符码碼]?|匿名[标標][识識]符?|[设設][备備]匿名[标標][识識]符?"
    "|匿名[设設]?[备備]?[ ]?(?i:id)|(?:移动|移動)?安全[联聯]盟[标標][识識]符?|(?i:msa)[ ]?[标標][识識]符?|[开開]放匿名"
)
_APPLE = "(?:(?i:ios)|苹果|蘋果|iPhone|iPad)[ ]?(?:端|设备|系统|手机|机)(?:标识|的)?"
_DEVICE = (
    "(?i:(?<![a-z])device[ _-]?(?:id(?:entifier)?|uuid|identity)(?![a-z])|unique device (?:id(?:entifier)?)"
    "|(?<![a-z])device[ _-]?(?:fingerprint|token)(?![a-z]))"
    "|[设設][备備]的?(?:唯一)?(?:[标標][识識]|[识識][别別])[符码碼]?|[设設][備备][ ]?[Ii][Dd]|[设設][备備]指[纹紋]"
)
_OTHERS = "(?:安卓|鸿蒙|鴻蒙|(?i:android))[ ]?(?:端|设备|系统|手机|机)(?:标识|的)?"
_SYSTEM = (
    "(?:(?P<idfa>(?i:ios)|苹果|蘋果|iPhone|iPad)|安卓|鸿蒙|鴻蒙|(?i:android|harmonyos)|[华華][为為]|小米|荣耀|榮耀)"
)
"""Systems alone: enough where what is around speaks of such identifiers."""
_HEX = "[0-9A-Fa-f]"
_SAID = (
    f'(?:(?:(?!{_HEX}{{8}})[^\n。；;,，&=:"]){{0,32}}(?<![0-9A-Za-z])'
    r"|[^A-Za-z\n。；;=]{0,16}[A-Za-z ,()_]{0,32}?(?:[:：是为為=值]|->|=>|→|[ ](?:is|was|returned|returns|got|as)[ ])"
    r"[^0-9A-Za-z\n]{0,4}"
    r"|(?:%[0-9A-Fa-f]{2}){1,4}|[\"'\s:=\[{]{1,6}(?:value|val|id|raw)[\"'\s:=\[]{1,6})"
)
"""What a sentence puts between the word and the identifier."""
_AND = "[\"'”’]?[ ]?(?:[,，、/;；和及与]|and|or)[ ]?[\"'“‘]?"
"""What stands between two values behind one label."""
_LONGEST = 80
_TALK = re.compile(f"{_ADVERTISING}|{_ANONYMOUS}|{_DEVICE}|[归歸]因|[设設][备備][号號]")
_FAR = 160
_UUID = f"{_HEX}{{8}}-?{_HEX}{{4}}-?{_HEX}{{4}}-?{_HEX}{{4}}-?{_HEX}{{12}}"


class AdvertisingIdRecognizer(CuedRecognizer):
    """Finds OAID, IDFA and their like behind their word (T/TAF 095, RFC 9562)."""

    entities: ClassVar = ("OAID", "IDFA")
    labels: ClassVar = ("OAID", "IDFA")
    cues: ClassVar = (
        label_cue(_SYSTEM.replace("?P<idfa>", "?:"), _LONGEST),
        label_cue(f"{_ADVERTISING}|{_ANONYMOUS}|{_APPLE}|{_OTHERS}|{_DEVICE}", 2 * _LONGEST),
        Cue(f"{POINTS}(?:{_ADVERTISING}|{_ANONYMOUS})", before=64, after=0),
    )
    expressions: ClassVar = (
        behind(f"(?P<idfa>{_ADVERTISING})(?:为|值)?", _UUID),
        behind(f"(?P<idfa>{_APPLE})", _UUID),
        behind(f"(?P<oaid>{_OTHERS})", f"{_UUID}|{_HEX}{{32}}|{_HEX}{{64}}"),
        behind(f"(?P<oaid>{_ANONYMOUS})(?:为|值)?", f"{_UUID}|{_HEX}{{16,64}}"),
        behind(f"(?P<oaid>{_ANONYMOUS})", f"(?:{_UUID}|{_HEX}{{16,64}}){_AND}(?P<second>{_UUID}|{_HEX}{{16,64}})"),
        behind(f"(?P<idfa>{_ADVERTISING})", f"{_UUID}{_AND}(?P<second>{_UUID})"),
        behind(f"(?P<oaid>{_ADVERTISING})(?:为|值)?", f"{_HEX}{{32}}|{_HEX}{{64}}"),
        re.compile(f"(?P<idfa>{_ADVERTISING}){_SAID}(?P<value>{_UUID})(?![0-9A-Za-z])"),
        re.compile(f"(?P<oaid>{_ANONYMOUS}){_SAID}(?P<value>{_UUID}|{_HEX}{{16,64}})(?![0-9A-Za-z])"),
        behind(f"(?P<oaid>{_DEVICE})", f"{_UUID}|{_HEX}{{32}}|{_HEX}{{64}}"),
        answered("OAID IDFA 广告标识 广告ID 匿名设备标识 设备标识", f"{_UUID}|{_HEX}{{32}}|{_HEX}{{64}}"),
        replied(f"(?P<idfa>{_ADVERTISING})", _UUID, asks=""),
        replied(f"(?P<oaid>{_ANONYMOUS}|{_DEVICE})", f"{_UUID}|{_HEX}{{64}}", asks=""),
        re.compile(rf"(?P<system>{_SYSTEM})[ ]?[:：=是|]?[ ]?(?P<value>{_UUID}|{_HEX}{{64}})(?![0-9A-Za-z])"),
        ahead(_UUID, f"(?P<idfa>{_ADVERTISING})"),
        ahead(f"{_UUID}|{_HEX}{{16,64}}", f"(?P<oaid>{_ANONYMOUS})"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Refuse the identifier that stands for none."""
        second = match.groupdict().get("second")
        start, end = match.span("second" if second else "loose" if match.lastgroup == "loose" else "value")
        if len(set(digits_of(text[start:end]))) < 3:
            return None
        groups = match.groupdict()
        if "system" in groups and not _TALK.search(text, max(0, start - _FAR), start):
            return None
        return Found(start, end, "IDFA" if groups.get("idfa") else "OAID", 900)
