"""Identifiers of devices for advertising: OAID (移动安全联盟, T/TAF 095), IDFA and its Android kin (RFC 9562).

A UUID or a row of hexadecimal digits is a person's device only where a word says so. All zeros mean that the owner
allowed none (Apple, ASIdentifierManager). Google's GAID and Apple's IDFV count as IDFA, an Android ID as OAID.
"""

import re
from typing import ClassVar

from pii.gate import REACH
from pii.recognizers.cued import CuedRecognizer, Found, digits_of
from pii.recognizers.label_expressions import behind, label_cue

_ADVERTISING = "(?i:idfa|idfv|gaid|aaid|advertising[ _-]?id(?:entifier)?)|[广廣]告(?:[标標][识識]符?|[ ]?(?i:id))"
_ANONYMOUS = "(?i:oaid|vaid|udid|android[ _-]?id)|匿名[设設][备備][标標][识識]符?|开放匿名设备标识符?"
_APPLE = "(?:(?i:ios)|苹果|蘋果|iPhone|iPad)[ ]?(?:端|设备|系统|手机|机)(?:标识|的)?"
_OTHERS = "(?:安卓|鸿蒙|鴻蒙|(?i:android))[ ]?(?:端|设备|系统|手机|机)(?:标识|的)?"
_HEX = "[0-9A-Fa-f]"
_UUID = f"{_HEX}{{8}}-?{_HEX}{{4}}-?{_HEX}{{4}}-?{_HEX}{{4}}-?{_HEX}{{12}}"


class AdvertisingIdRecognizer(CuedRecognizer):
    """Finds OAID, IDFA and their like behind their word (T/TAF 095, RFC 9562)."""

    entities: ClassVar = ("OAID", "IDFA")
    labels: ClassVar = ("OAID", "IDFA")
    cues: ClassVar = (label_cue(f"{_ADVERTISING}|{_ANONYMOUS}|{_APPLE}|{_OTHERS}", 80),)
    expressions: ClassVar = (
        behind(f"(?P<idfa>{_ADVERTISING})(?:为|值)?", _UUID),
        behind(f"(?P<idfa>{_APPLE})", _UUID),
        behind(f"(?P<oaid>{_OTHERS})", f"{_UUID}|{_HEX}{{32}}|{_HEX}{{64}}"),
        behind(f"(?P<oaid>{_ANONYMOUS})(?:为|值)?", f"{_UUID}|{_HEX}{{16,64}}"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:  # noqa: ARG002 - the match holds all there is
        """Refuse the identifier that stands for none."""
        start, end = match.span("value")
        if start - match.start() > REACH or len(set(digits_of(match["value"]))) < 3:
            return None
        return Found(start, end, "IDFA" if "idfa" in match.groupdict() else "OAID", 900)
