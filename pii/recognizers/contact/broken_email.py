"""E-mail addresses broken by the end of a line, in the name or in the domain (RFC 5321).

- A domain goes on in the next line where it has no top level of its own yet, or the next line begins with its dot.
- A name goes on where one of the two parts cannot stand alone, or where what stands before says that an address comes:
  a word for e-mail, or Chinese characters that touch it. An English word before an address is a word.
"""

import re
from typing import ClassVar

from pii.gate import Cue, Sign
from pii.recognizers.contact.email_address import AT_SIGN, domain_of
from pii.recognizers.cued import CuedRecognizer, Found

_NAME = r"[A-Za-z0-9_][A-Za-z0-9._%+\-]{0,63}"
_LINE = r"[ \t]{0,3}\r?\n[ \t>|]{0,8}"
_DOMAIN = r"[A-Za-z0-9][A-Za-z0-9.\-]{2,254}"
_FIRST = r"(?<![A-Za-z0-9._%+\-@/])"
_SAYS = re.compile(
    r"(?i)(?:[\u4e00-\u9fff✉]|[\u4e00-\u9fff][:：][ ]?|[发發寄][送至到给給往][ ]|抄送[ ]|(?:mail|write|send|reply"
    r"|contact|questions|reach)[^\n.]{0,24}\bto[ ])$"
    r"|(?:mail|邮箱|郵箱|邮件|郵件|信箱|电邮|電郵)[^\n0-9A-Za-z]{0,4}(?:is[ ])?$|[|｜✉][ ]$"
)
_BEFORE = 40
_SHORT = re.compile("[0-9]{1,4}")
_REST_OF_COM = re.compile(r"m(?:\.[a-z]{2})?")


class BrokenEmailRecognizer(CuedRecognizer):
    """Finds e-mail addresses that go on in the next line (RFC 5321)."""

    COUNTRY_CODE: ClassVar[str | None] = None
    entities: ClassVar = ("EMAIL",)
    cues: ClassVar = (
        Cue(rf"{_LINE}[A-Za-z0-9._%+\-]{{0,64}}@[A-Za-z0-9]", before=64, after=256),
        Cue(rf"@[A-Za-z0-9.\-]{{0,64}}{_LINE}[A-Za-z0-9.]", before=64, after=256),
    )
    expressions: ClassVar = (
        re.compile(rf"{_FIRST}(?P<head>{_NAME}){_LINE}(?P<tail>[A-Za-z0-9._%+\-]{{1,64}})@(?P<domain>{_DOMAIN})"),
        re.compile(rf"{_FIRST}(?P<whole>{_NAME}){_LINE}@(?P<domain>{_DOMAIN})"),
        re.compile(rf"{_FIRST}{_NAME}@(?P<first>[A-Za-z0-9.\-]{{0,64}}){_LINE}(?P<second>[A-Za-z0-9.\-]{{2,64}})"),
    )

    signs: ClassVar = {0: AT_SIGN, 1: AT_SIGN, 2: Sign("[A-Za-z0-9._%+\\-]@", early=144)}

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a domain in use, and of a name that what stands before or the parts say that it goes on."""
        if "domain" in match.groupdict():
            domain = domain_of(match["domain"])
            is_one = "whole" in match.groupdict() or _is_one_name(text, match)
            return (
                Found(match.start(), match.start("domain") + len(domain), "EMAIL", 960) if domain and is_one else None
            )
        first, second = match["first"], match["second"]
        domain = domain_of(first + second)
        if domain is None or len(domain) <= len(first):
            return None
        is_whole = domain_of(first) == first and not second.startswith(".")
        if is_whole and not (first.endswith(".co") and _REST_OF_COM.fullmatch(second.rstrip(".-"))):
            return None
        return Found(match.start(), match.start("second") + len(domain) - len(first), "EMAIL", 960)


def _is_one_name(text: str, match: re.Match[str]) -> bool:
    head, tail = match["head"], match["tail"]
    if not head[-1:].isalnum() or not tail[0].isalnum() or _SHORT.fullmatch(tail):
        return True
    if head.istitle() or head.isupper():
        return False
    return _SAYS.search(text[max(0, match.start() - _BEFORE) : match.start()]) is not None
