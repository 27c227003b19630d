"""E-mail addresses (电子邮箱), RFC 5321 and 5322, the part of them that is in use: ASCII, dots, a top-level domain.

- The address is the longest run of its characters, and Chinese characters are none of them, so neither the word before
  nor the word behind is swallowed.
- Disguised ones (``[at]``, 艾特, ``#``, 点, spaces, a broken line) need a top-level domain from a short list, and what
  prose uses too (``#``, the word *at*) needs a mailbox provider or a word that says e-mail.
- Names of RFC 2606 (example.com) count, for nothing tells an invented person from a real one; ``user@example.com`` and
  its like do not, for they name nobody.
- A form has blanks of ``_`` around what is filled in; they are no part of it.
- ``git@host``, the ``user:password@host`` of a URL and ``user@host:path`` are accounts of machines.
"""

import re
from typing import ClassVar

from pii.gate import Cue, Sign
from pii.normalise import AT, DOT
from pii.recognizers.cued import CuedRecognizer, Found, is_named

_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+(?P<top>[A-Za-z]{2,24})")
_FILE_ENDINGS = "png jpg jpeg gif svg webp css js ts py html json md txt sh yaml yml toml go rs java xml zip so exe"
_NO_DOMAINS = frozenset(_FILE_ENDINGS.split())
_USED = "com cn net org edu gov hk tw mo io me cc info co uk jp kr de fr us vip biz top xyz tech dev app"
_TOPS = frozenset(_USED.split())
_PROVIDERS = re.compile(
    r"(?i)(?:vip\.)?(?:qq|foxmail|163|126|yeah|sina|sohu|tom|aliyun|139|189|wo|21cn|gmail|outlook|hotmail|live"
    r"|msn|yahoo|icloud|me|proton|protonmail|mail)"
    r"\.(?:com|cn|net|me|com\.cn|com\.hk|com\.tw)"
)
_AT_PROVIDER = (
    "(?P<sign>[@★☆*$&^])(?P<provider>(?i:qq|foxmail|163|126|139|189|yeah|sina|sohu|tom|aliyun|21cn|gmail|outlook"
    "|hotmail|yahoo|icloud|live))"
    r"[ ]?[.,，·•、。][ ]?(?i:com|net|cn)(?![A-Za-z0-9])"
)
"""A provider of mailboxes behind what stands for the sign, with what stands for the dot."""
_WORDS = re.compile(r"(?i)邮箱|邮件|信箱|电邮|郵箱|郵件|電郵|邮址|mail")
_PLACEHOLDER = re.compile(
    r"(?i)(?:wrong|new|old)?(?:user|test|foo|bar|x+|name|username|your[._]?(?:name|email)|someone|me|you|email"
    r"|[a-z])[0-9]{0,2}@(?:[a-z0-9\-]+\.)*(?:example|test|domain|company"
    r"|your-?domain)\.[a-z]{2,3}(?![A-Za-z0-9])"
)
"""Nobody's: a word of manuals at a name that RFC 2606 reserves, or that serves as one."""
_ROLES = frozenset({"git"})
"""Accounts of machines, as in git@host:path."""
_URL_BEFORE = re.compile(r"[A-Za-z]://[^\s/@]{0,40}$")
_OF_MESSAGE = re.compile(r"(?i)(?:message-id|in-reply-to|references|content-id)[:：][^\n]{0,24}<$")
"""A header of mail whose value names a message (RFC 5322 3.6.4)."""
_PATH_BEHIND = re.compile(r":(?:[/~.]|[0-9]{2,5}(?![0-9A-Za-z])|[0-9A-Za-z_.\-]{1,64}/)")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
_PLAIN = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+")
_AMBIGUOUS = re.compile(r"#|[ \t_\-][Aa][Tt][ \t_\-]")
_CHOSEN = re.compile(r"(?=[^0-9_.]*[A-Za-z])(?=.*[0-9_.]).{4,}")
_DOTS = re.compile(DOT)
_FIRST = r"(?<![A-Za-z0-9._%+\-@])"


AT_SIGN = Sign("@[A-Za-z0-9]", early=254)
"""What every address holds that is not disguised, and how far it may go on."""


class EmailAddressRecognizer(CuedRecognizer):
    """Finds e-mail addresses next to anything, Chinese characters included, and disguised ones (RFC 5321)."""

    COUNTRY_CODE: ClassVar[str | None] = None
    entities: ClassVar = ("EMAIL",)
    cues: ClassVar = (
        Cue(r"@[A-Za-z0-9][A-Za-z0-9.\-]{2,254}", before=64, after=0),
        Cue(rf"{AT}[A-Za-z0-9\-]{{1,63}}{DOT}[A-Za-z0-9]", before=160, after=320),
        Cue(_AT_PROVIDER.replace("?P<sign>", "").replace("?P<provider>", ""), before=64, after=0),
        Cue(r"[A-Za-z0-9._\-] @ [A-Za-z0-9.\-] ", before=82, after=82),
    )
    expressions: ClassVar = (
        re.compile(
            rf"{_FIRST}(?P<local>[A-Za-z0-9_][A-Za-z0-9._%+\-]{{0,63}})@(?P<domain>[A-Za-z0-9][A-Za-z0-9.\-]{{2,254}})"
            rf"(?![A-Za-z0-9.\-])"
        ),
        re.compile(
            rf"{_FIRST}(?P<local>[A-Za-z0-9_][A-Za-z0-9_%+\-]{{0,63}}(?:{DOT}[A-Za-z0-9_%+\-]{{1,32}}){{0,2}}?)"
            rf"(?P<at>{AT})"
            rf"(?P<disguised>{_LABEL}(?:{DOT}{_LABEL}){{0,3}}{DOT}[A-Za-z]{{2,6}})(?![A-Za-z0-9])"
        ),
        re.compile(
            r"(?<![A-Za-z0-9])(?<![A-Za-z0-9._\-] )(?P<local>(?:[A-Za-z0-9._\-] ){2,40})@(?P<disguised>"
            r"(?: [A-Za-z0-9.\-]){4,40})(?![A-Za-z0-9]| [A-Za-z0-9.\-](?![A-Za-z0-9]))"
        ),
        re.compile(rf"{_FIRST}(?P<local>[A-Za-z0-9_][A-Za-z0-9._%+\-]{{0,63}}){_AT_PROVIDER}"),
    )

    signs: ClassVar = {0: AT_SIGN}

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a domain with a top level that is no file ending, and a local part that is somebody's."""
        start, end = match.span()
        if (
            match["local"] in _ROLES
            or _PLACEHOLDER.match(text, start)
            or _URL_BEFORE.search(text[max(0, start - 46) : start])
            or _OF_MESSAGE.search(text[max(0, start - 46) : start])
        ):
            return None
        if "provider" in match.groupdict():
            is_one = match["sign"] == "@" or _CHOSEN.fullmatch(match["local"]) is not None
            return Found(start, end, "EMAIL", 840) if is_one else None
        if "disguised" in match.groupdict():
            written = _written(match["disguised"])
            end = match.start("disguised") + len(written)
            return Found(start, end, "EMAIL", 850) if written and _is_disguised(text, match, written) else None
        return _plain(text, match)


def _plain(text: str, match: re.Match[str]) -> Found | None:
    """Judge an address that is written as the standard says, in the blanks of a form too."""
    domain = match["domain"].rstrip(".-")
    start, end = match.start(), match.start("domain") + len(domain)
    whole = _DOMAIN.fullmatch(domain)
    if whole is None or whole["top"].lower() in _NO_DOMAINS or ".." in match["local"]:
        return None
    blanks = len(match["local"]) - len(match["local"].lstrip("_"))
    if text[end : end + 1] == "_" and (blanks or text.startswith("__", end)):
        return Found(start + blanks, end, "EMAIL", 950)
    if text[end : end + 1] in {"@", "_"} or _PATH_BEHIND.match(text, end):
        return None
    return Found(start, end, "EMAIL", 950)


def domain_of(written: str) -> str | None:
    """Return the domain in use that a row of letters, digits, dots and hyphens is, or None; a last dot is prose."""
    domain = written.rstrip(".-")
    whole = _DOMAIN.fullmatch(domain)
    return domain if whole and whole["top"].lower() in _TOPS else None


def _plainly(disguised: str) -> str:
    return re.sub(DOT, ".", disguised).replace(" ", "")


def _written(disguised: str) -> str:
    """Return the part of a disguised domain that is one, for prose may follow what looks like its last dot."""
    ends = [len(disguised), *(dot.start() for dot in reversed(list(_DOTS.finditer(disguised))) if dot[0][-1] in " 。")]
    return next((disguised[:end] for end in ends if domain_of(_plainly(disguised[:end]))), "")


def _is_disguised(text: str, match: re.Match[str], written: str) -> bool:
    start, end = match.start(), match.start("disguised") + len(written)
    if _PLAIN.fullmatch(text, start, end) or _PATH_BEHIND.match(text, end):
        return False
    at = match.groupdict().get("at") or "@"
    is_spelled = not re.fullmatch(r"[A-Za-z0-9.\-]+", written)
    if is_spelled or not _AMBIGUOUS.fullmatch(at):
        return True
    is_chosen = _CHOSEN.fullmatch(match["local"]) is not None and text[end : end + 1] != "/"
    is_provided = _PROVIDERS.fullmatch(written) is not None and at == "#"
    return is_chosen or is_provided or is_named(_WORDS, text, start, end)
