"""Identifiers of devices for advertising: OAID (移动安全联盟, T/TAF 095), IDFA and its Android kin (RFC 9562).

A UUID or a row of hexadecimal digits is a person's device only where a word says so. All zeros mean that the owner
allowed none (Apple, ASIdentifierManager). Google's GAID and Apple's IDFV count as IDFA, an Android ID as OAID.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.cued import CuedRecognizer, Found, digits_of
from pii.recognizers.label_expressions import POINTS, ahead, behind, label_cue
from pii.recognizers.labels import answered

_ADVERTISING = (
    "(?i:idfa|idfv|gaid|aaid|(?<![a-z])ifa(?=[\"' ]{0,2}[:：=])|asidentifiermanager|adv(?:ertising|ertiser"
    "|ert)?[ _-]?id(?:entifier)?|ad[_-]?id|identifier for (?:advertisers|vendors?))"
    "|[广廣]告(?:[标標][识識]符?|追[踪蹤](?:[标標][识識]符?|[编編]?[号號]|码)|[ ]?(?i:id))|厂商[标標][识識]符?"
)
_ANONYMOUS = (
    "(?i:oa[ _-]?id|va[ _-]?id|aa[ _-]?id|ud[ _-]?id|android[ _-]?id|anonymous device (?:id(?:entifier)?))"
    "|匿名[设設][备備][标標][识識]符?"
    "|匿名[标標][识識]符?|[设設][备備]匿名[标標][识識]|(?:移动)?安全联盟[标標][识識]"
)
_APPLE = "(?:(?i:ios)|苹果|蘋果|iPhone|iPad)[ ]?(?:端|设备|系统|手机|机)(?:标识|的)?"
_DEVICE = (
    "(?i:(?<![a-z])device[ _-]?(?:id(?:entifier)?|uuid)(?![a-z])|unique device (?:id(?:entifier)?))"
    "|[设設][备備](?:唯一)?(?:[标標][识識]|[识識][别別])[符码碼]?|[设設][备備][ ]?[Ii][Dd]"
)
_OTHERS = "(?:安卓|鸿蒙|鴻蒙|(?i:android))[ ]?(?:端|设备|系统|手机|机)(?:标识|的)?"
_HEX = "[0-9A-Fa-f]"
_SAID = (
    f'(?:(?:(?!{_HEX}{{8}})[^\n。；;,，&=:"]){{0,32}}(?<![0-9A-Za-z])'
    r"|[^A-Za-z\n。；;=]{0,16}[A-Za-z ]{0,24}(?:[:：是为為=]|[ ]is[ ]|[ ]was[ ])[^0-9A-Za-z\n]{0,4})"
)
"""What a sentence puts between the word and the identifier."""
_AND = "[\"'”’]?[ ]?(?:[,，、/;；和及与]|and|or)[ ]?[\"'“‘]?"
"""What stands between two values behind one label."""
_LONGEST = 80
_UUID = f"{_HEX}{{8}}-?{_HEX}{{4}}-?{_HEX}{{4}}-?{_HEX}{{4}}-?{_HEX}{{12}}"


class AdvertisingIdRecognizer(CuedRecognizer):
    """Finds OAID, IDFA and their like behind their word (T/TAF 095, RFC 9562)."""

    entities: ClassVar = ("OAID", "IDFA")
    labels: ClassVar = ("OAID", "IDFA")
    cues: ClassVar = (
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
        ahead(_UUID, f"(?P<idfa>{_ADVERTISING})"),
        ahead(f"{_UUID}|{_HEX}{{16,64}}", f"(?P<oaid>{_ANONYMOUS})"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Refuse the identifier that stands for none."""
        second = match.groupdict().get("second")
        start, end = match.span("second" if second else "loose" if match.lastgroup == "loose" else "value")
        reach = REACH + _LONGEST if second else REACH
        if start - match.start() > reach or len(set(digits_of(text[start:end]))) < 3:
            return None
        return Found(start, end, "IDFA" if "idfa" in match.groupdict() else "OAID", 900)
