"""E-mail addresses (电子邮箱), RFC 5321 and 5322, the part of them that is in use: ASCII, dots, a top-level domain.

The address is the longest run of its characters, and Chinese characters are none of them, so neither the word before
nor the word behind is swallowed.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found

_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+(?P<top>[A-Za-z]{2,24})")
_NO_DOMAINS = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts", "py", "html", "json"})
_ROLES = frozenset({"git"})
"""Accounts of machines, as in git@host:path."""


class EmailAddressRecognizer(CuedRecognizer):
    """Finds e-mail addresses next to anything, Chinese characters included (RFC 5321)."""

    COUNTRY_CODE: ClassVar[str | None] = None
    entities: ClassVar = ("EMAIL",)
    cues: ClassVar = (Cue(r"@[A-Za-z0-9][A-Za-z0-9.\-]{2,254}", before=64, after=0),)
    expressions: ClassVar = (
        re.compile(
            r"(?<![A-Za-z0-9._%+\-@])(?P<local>[A-Za-z0-9_][A-Za-z0-9._%+\-]{0,63})@(?P<domain>[A-Za-z0-9][A-Za-z0-9.\-]{2,254}+)(?![A-Za-z0-9.\-])"
        ),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a domain with a top level that is no file ending, and a local part that is somebody's."""
        if text[match.end() : match.end() + 1] in {"@", "_"} or match["local"] in _ROLES:
            return None
        domain = match["domain"].rstrip(".-")
        whole = _DOMAIN.fullmatch(domain)
        if whole is None or whole["top"].lower() in _NO_DOMAINS or ".." in match["local"]:
            return None
        return Found(match.start(), match.start("domain") + len(domain), "EMAIL", 950)
