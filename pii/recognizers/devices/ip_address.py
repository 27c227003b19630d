"""IP addresses (IP地址): version 4 (RFC 791) and version 6 (RFC 4291), those that can belong to somebody.

- Personal are addresses of the public net only. Private, loopback, link-local, shared and documentation ranges (RFC
  6890), multicast, and of version 6 all outside 2000::/3 lead to nobody; nor do the resolvers that everybody uses.
- Four short numbers are a version or a section as well: without a word that says address they need eight digits, and
  behind a word for a version they are one. ``1.2.3.4`` is the placeholder of manuals.
- A prefix (``/24``) with nothing behind it is a net, not an address.
"""

import ipaddress
import re
from typing import ClassVar

from pii.gate import Cue
from pii.internet import address_of
from pii.normalise import DOT
from pii.recognizers.cued import CuedRecognizer, Found, is_named

_OCTET = "[0-9]{1,3}"
_WORDS = re.compile(
    r"(?i)(?<![a-z])(?:ip(?:v[46])?|ip_?addr(?:ess)?|address|login|log ?in|from|client|remote|host|server"
    r"|visitor|proxy)(?![a-z])|地址|登录|登陆|登入|登錄|访问|訪問|来自|來自|上网|位址|客户端|用户端|源站|公网"
    r"|外网|封禁"
)
_VERSION = re.compile(
    r"(?i)(?:(?<![a-z])(?:v|ver|version|release|build|firmware|chrome/|safari/|firefox/|edge?/|driver|cuda"
    r"|cudnn|oid|section)|版本号?|固件|升级到|编号|章节?|节|条|第)[ \t:：=|,\"]{0,4}$"
)
_PLACEHOLDERS = frozenset(
    {"1.2.3.4", "4.3.2.1", "2.2.2.2", "3.3.3.3", "4.4.4.4", "5.5.5.5", "5.6.7.8", "123.123.123.123"}
)
_EVERYBODY_S = (
    "8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 114.114.114.114 114.114.115.115 223.5.5.5 223.6.6.6 119.29.29.29"
    " 180.76.76.76 1.2.4.8 101.226.4.6 208.67.222.222 208.67.220.220 2001:4860:4860::8888 2001:4860:4860::8844"
    " 2606:4700:4700::1111 2606:4700:4700::1001 2400:3200::1 2400:3200:baba::1"
)
_RESOLVERS = frozenset(_EVERYBODY_S.split())
_UNICAST = ipaddress.IPv6Network("2000::/3")
_GROUP_BEFORE = re.compile("(?:(?<![0-9A-Za-z])[0-9A-Fa-f]{1,4}|:):$")
_NET = re.compile("/[0-9]")
_GOES_ON = re.compile(r"[ \t]?(?:[.]|\[\.\])[0-9]|-[0-9A-Za-z]")


class IpAddressRecognizer(CuedRecognizer):
    """Finds addresses of the public net (RFC 791, RFC 4291, RFC 6890)."""

    COUNTRY_CODE: ClassVar[str | None] = None
    entities: ClassVar = ("IP",)
    labels: ClassVar = ("IP地址",)
    cues: ClassVar = (
        Cue(rf"{_OCTET}(?:{DOT}{_OCTET}){{3}}", before=24, after=24),
        Cue("[23][0-9A-Fa-f]{3}:[0-9A-Fa-f:]{4,34}", before=0, after=0),
    )
    expressions: ClassVar = (
        re.compile(rf"(?<![0-9A-Za-z_\-])(?<![0-9A-Za-z][.])(?P<four>{_OCTET}(?:{DOT}{_OCTET}){{3}})(?![0-9A-Za-z_])"),
        re.compile("(?<![0-9A-Za-z.])[23][0-9A-Fa-f]{3}:(?:[0-9A-Fa-f:]{4,34})(?![0-9A-Za-z])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand an address of the public net, and of version 4 that it is no other row of four numbers."""
        start, end = match.start(), match.start() + len(match[0].rstrip(":"))
        address = address_of(text[start:end])
        if address is None or str(address) in _RESOLVERS or not address.is_global or address.is_multicast:
            return None
        if isinstance(address, ipaddress.IPv6Address):
            is_whole = not (_NET.match(text, end) or _GROUP_BEFORE.search(text[max(0, start - 6) : start]))
            return Found(start, end, "IP", 950) if address in _UNICAST and is_whole else None
        if (
            _GOES_ON.match(text, end)
            or _VERSION.search(text[max(0, start - 20) : start])
            or str(address) in _PLACEHOLDERS
        ):
            return None
        if _NET.match(text, end) and int(address) % 256 == 0:
            return None
        if is_named(_WORDS, text, start, end):
            return Found(start, end, "IP", 900)
        return Found(start, end, "IP", 750) if len(str(address)) >= 11 and text[start:end] == str(address) else None
