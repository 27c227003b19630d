"""MAC addresses (MAC地址): six octets, IEEE 802 EUI-48, with colons or hyphens, in groups of four, or bare by word.

Left are group addresses (lowest bit of the first octet), which no device has, unless a word names them, the
documentation range 00-00-5E-00-53 (RFC 7042), and the placeholders of manuals whose octets repeat or count.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found, digits_of, is_named

_HEX = "[0-9A-Fa-f]"
_PAIR = _HEX + "{2}"
_GAP = r"(?:[ ]?[:：\-][ ]?|[ ._])"
_GAPS = re.compile("[^0-9A-Fa-f]+")
_WORDS = re.compile(
    r"(?i)(?<![a-z])(?:mac|mac_?addr(?:ess)?|wlan[0-9]?|eth[0-9]|en[0-9]|lladdr|hw_?addr|hw|dhcp[a-z]*|leases?"
    r"|sta(?:tion)?|hostapd|wpa_supplicant|hardware[ _-]?addr(?:ess)?|physical[ _-]?addr(?:ess)?|arp|ssid|ap|ether"
    r"|hwaddr|bssid|wi-?fi|bluetooth|bt|eui|ethernet|adapter|nic)(?![a-z])"
    r"|物理地址|实体地址|實體位址|物理位址|网卡|網卡|网口|蓝牙|藍牙|硬件地址|实体位址"
)
_NEIGHBOUR = re.compile(
    r"(?i)(?<![0-9.])(?:10|127|169|172|192)\.[0-9]{1,3}\.[0-9]|client|associat|laptop|notebook|tablet|iphone|笔记本"
    r"|电脑|手机|设备"
)
"""A machine, or an address of a local net beside it: a table of neighbours or leases."""
_PLACEHOLDERS = frozenset(
    {"001122334455", "112233445566", "0123456789AB", "AABBCCDDEEFF", "123456789ABC", "A1B2C3D4E5F6"}
)


class HardwareAddressRecognizer(CuedRecognizer):
    """Finds addresses of network devices (IEEE 802)."""

    COUNTRY_CODE: ClassVar[str | None] = None
    entities: ClassVar = ("MAC",)
    labels: ClassVar = ("MAC地址",)
    cues: ClassVar = (
        Cue(f"{_PAIR}(?:[ :：._\\-]{{1,3}}{_PAIR}){{5}}", before=24, after=24),
        Cue(f"{_HEX}{{6}}[:\\-]{_HEX}{{6}}", before=20, after=20),
        Cue(f"{_HEX}{{4}}[.:\\-]{_HEX}{{4}}[.:\\-]{_HEX}{{4}}", before=20, after=20),
        Cue(f"{_HEX}{{12}}", before=0, after=0),
    )
    expressions: ClassVar = (
        re.compile(f"(?<![0-9A-Za-z:.\\-]){_PAIR}(?P<gap>{_GAP})(?:{_PAIR}{_GAP}){{4}}{_PAIR}(?![0-9A-Za-z:\\-])"),
        re.compile(
            f"(?<![0-9A-Za-z:.\\-]){_HEX}{{4}}(?P<four>[.:\\-]){_HEX}{{4}}(?P=four){_HEX}{{4}}(?![0-9A-Za-z:.\\-])"
        ),
        re.compile(f"(?<![0-9A-Za-z:.\\-])(?P<bare>{_HEX}{{6}}[:\\-]?{_HEX}{{6}})(?![0-9A-Za-z:.\\-])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the address of one device, and a word where the spelling is not its own."""
        start, end = match.span()
        octets = digits_of(match[0]).upper()
        is_group = int(octets[:2], 16) % 2 == 1
        is_told = is_named(_WORDS, text, start, end)
        if (
            (is_group and not is_told and not is_named(_NEIGHBOUR, text, start, end))
            or len(set(octets)) < 3
            or octets in _PLACEHOLDERS
            or octets.startswith("00005E0053")
        ):
            return None
        groups = match.groupdict()
        if "gap" in groups and len(set(_GAPS.findall(match[0]))) > 1:
            return None
        if (
            "bare" in groups
            or groups.get("four") in {"-", ":"}
            or groups.get("gap") in {" ", ".", "_"}
            or octets.isdigit()
        ):
            return Found(start, end, "MAC", 800) if is_told else None
        return Found(start, end, "MAC", 930)
