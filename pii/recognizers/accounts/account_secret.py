"""Passwords, tokens and keys behind their word (口令, 令牌, 密钥): GB/T 35273-2020 annex B, 网络身份标识信息.

The word is a hint only: documentation is full of ``password``. So the value must look chosen or drawn, not written:
letters and digits or signs together, and not few different ones (Shannon 1948: bits per character). Left are

- placeholders: ``${password}``, ``<token>``, ``your-password``, ``xxxx``, ``******``;
- the famous non-secrets of manuals: root, 123456, password, secret and their like;
- what is code: a call, a path, a URL, a dotted or snake-case name, the type of a column.

Covered is the value alone. Payment passwords are another type (:mod:`pii.recognizers.accounts.card_secret`); one-time
codes are spent when anybody reads them.
"""

import base64
import math
import re
from collections import Counter
from typing import ClassVar

from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found

CHOSEN = (
    "密码|密碼|口令|(?i:[_-]pass(?![A-Za-z])|password|passwd|passphrase|passcode|pwd|mima"
    r"|(?<![A-Za-z])psk|(?<![A-Za-z])pw(?=[\"']?[ ]?[:：=])|wpa[ _-]?key|(?:wi-?fi|wlan)[ _-]?key|identified by)"
)
DRAWN = (
    "令牌|密钥|密鑰|秘钥|私钥|金鑰|授权码|(?i:token|secret|bearer|api[ _-]?key|access[ _-]?key(?:[ _-]?(?:id|secret))?"
    "|secret[ _-]?key|client[ _-]?secret|private[ _-]?key|app[ _-]?(?:secret|key)|auth[ _-]?key|session[ _-]?id"
    "|credential)"
)
_SAYS = (
    "(?:原来|一直|现在|目前|默认|初始|应该|还|也|都|就)?"
    "(?:[:：=＝|│]|=>|->|是|为|為|改成|改为|设为|设置为|设成|is|was|已?重置为|係|系|叫|→|➡️?|👉|——?){1,2}"
)
_CELLS = r"</(?:td|th|b|dt|key)>\s{0,4}<(?:td|dd|string)>|[\"']?>[ ]?(?=[^<>\s]{6,64}</)"
_SIGNS = rf"[\"'”’`|*\])]{{0,3}}[ \t]{{0,3}}{_SAYS}[ \t]{{0,3}}[\"'“‘`「『【\[\\|*]{{0,3}}[ \t]?|{_CELLS}| ['\"]"
_LINK = rf"(?:{_SIGNS}|(?<=[码碼令])[ ]?[“「『【《〈‘\"'(（\[`]?|(?<=[Bb]earer) )"
_TOLD = r"[, ，]{1,2}(?:[A-Za-z ]{0,24}(?:is|was)|[\u4e00-\u9fff]{0,8}[是为成])[:： ]{1,3}"
"""What stands between the word and a secret that a sentence tells."""
_CALLS = (
    r"(?i:log_?in|sign_?in|auth(?:enticate|orize)?|connect|create_?user|register|set_?password|credentials?"
    r"|passwordauthentication|basic_?auth)"
)
"""Calls that take a password; it is the last string among what they are given."""
_SHELL = r"(?:mysql(?:dump|admin)?|mongo|psql|redis-cli|sshpass|curl|wget|ldapsearch|smbclient|docker login|svn)"
_OPTION = r"(?:-p[ ]?|-a[ ]|-w[ ]|--pass(?:word)?[ =]|-u[ ]?[A-Za-z0-9_.@\-]{1,32}:)"
_CHARACTER = r"[A-Za-z0-9!#%&*+\-./:=?@^_~$]"
VALUE = f"(?P<value>{_CHARACTER}{{6,160}})"
_USERINFO = re.compile(r"[a-z]://[A-Za-z0-9_.\-]{0,32}:(?P<value>[A-Za-z0-9!#%&*+\-.=?^_~$]{4,64})@")
_NEXT_PARAMETER = re.compile("&[A-Za-z_.]{1,32}=.*")
_PLACEHOLDER = re.compile(
    r"(?i)\$[{(]|^\$|\{\{|%s|x{3}|\*{3}|\.{3}|your|^my|example|sample|placeholder|change_?me|^12345|^abc123$"
    r"|^(?:new|old|user|default|test|db|tidb|mysql|root)?[_-]?(?:pass(?:word|wd)?|pwd|secret|token|key)[_-]?[0-9]{0,3}$"
    r"|^(?:root|tidb|mysql|test|user|null|none|true|false|default|string|demo|foo|bar|abc|abcd)[_-]?[0-9]{0,4}$"
    r"|^(?:admin|qwerty)$|[0-9_]pass(?:word)?$"
)
_CODE = re.compile(
    r"(?i)^[/.~\-]|://|^[a-z]:|\.(?:pem|key|crt|txt|json|ya?ml|toml|py|sql|sh|md|com|cn|io|local)$|^0x0*[0-9]?$"
    r"|^(?:self|this|os|config|args|options?|params?)\.|^[a-z]+(?:[._/\-][a-z]+)+[0-9]{0,2}$"
    r"|^(?:sha|md|aes|rsa|utf|base|hs|rs|es|tls|v)-?[0-9]|sha2?_|sha256|^--|=[a-z]*$"
)
_CALL = re.compile(r"[(\[{]|<(?!/)|[ ]?=[^=]|[\u4e00-\u9fff]?位")
_SAID = frozenset({"密码", "密碼", "口令"})
STRONG = re.compile(r"[!#%&*+?@^~$]|(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])|[A-Za-z]_[0-9]")
"""What a word of prose or code does not hold."""
_WRITTEN = (
    "password passwd secret string required optional encrypted plaintext username account default authentication"
    " admin administrator qwerty letmein column varchar integer boolean socket native caching hashed character"
    " expire expired identified policy random strong medium manager option options generator"
)
_TERMS = frozenset(_WRITTEN.split())
_FEWEST_BITS_SAID, _FEWEST_BITS_CHOSEN, _FEWEST_BITS_DRAWN = 1.2, 2.2, 3.0


class AccountSecretRecognizer(CuedRecognizer):
    """Finds passwords, tokens and keys that a word before names and that look chosen or drawn (GB/T 35273 annex B)."""

    COUNTRY_CODE: ClassVar[str | None] = None
    entities: ClassVar = ("ACCOUNT_SECRET",)
    cues: ClassVar = (
        Cue(rf"(?:{CHOSEN}|{DRAWN})(?:{_SIGNS}|[ ]?){_CHARACTER}{{6}}", before=0, after=160),
        Cue(rf"{_CALLS}[ ]?[(]", before=0, after=280),
        Cue(rf"{_SHELL}[ ]", before=0, after=300),
        Cue(rf"(?:{CHOSEN}) {_CHARACTER}{{6}}", before=0, after=160),
        Cue(rf"(?:{CHOSEN}){_TOLD}{_CHARACTER}{{6}}", before=0, after=160),
        Cue(rf"\.[a-z]{{2,6}}(?:[:|]|-{{2,5}}){_CHARACTER}{{6}}", before=80, after=160),
        Cue("Basic [A-Za-z0-9+/]{8}", before=0, after=256),
        Cue(_USERINFO.pattern.replace("?P<value>", "?:"), before=0, after=0),
    )
    expressions: ClassVar = (
        re.compile(f"(?P<chosen>{CHOSEN}){_LINK}{VALUE}"),
        re.compile(f"(?:{DRAWN}){_LINK}{VALUE}"),
        re.compile(rf"(?P<strong>{CHOSEN}) {VALUE}"),
        re.compile(rf"(?P<strong>{CHOSEN}){_TOLD}{VALUE}"),
        re.compile(
            rf"{_CALLS}[ ]?[(](?:[^()\n\"']|\"[^\"\n]{{0,40}}\"|'[^'\n]{{0,40}}'){{0,80}}?"
            rf"(?P<strong>[\"']){VALUE}[\"'][ ]?[,)]"
        ),
        re.compile(rf"{_SHELL} (?:[^\n]{{0,120}}? )?(?P<chosen>{_OPTION})[\"']?{VALUE}"),
        re.compile("(?<![A-Za-z])Basic (?P<value>(?P<basic>[A-Za-z0-9+/]{8,200}={0,2}))(?![A-Za-z0-9+/])"),
        _USERINFO,
        re.compile(rf"(?P<strong>@[A-Za-z0-9.\-]{{2,64}}\.[a-z]{{2,6}})(?:[:|]|-{{2,5}}){VALUE}"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a value that looks like a secret, in a place where no code goes on."""
        if match.groupdict().get("basic"):
            return Found(*match.span("value"), "ACCOUNT_SECRET", 900) if _is_basic(match["value"]) else None
        value = _NEXT_PARAMETER.sub("", match["value"]).rstrip(".:?-=")
        start = match.start("value")
        end = start + len(value)
        if is_written(text, value, end):
            return None
        groups = match.groupdict()
        if "strong" in groups:
            is_secret = looks_chosen(value) and STRONG.search(value) is not None
        elif "chosen" in groups or match.re is _USERINFO:
            is_said = groups.get("chosen") in _SAID
            is_secret = looks_chosen(value, _FEWEST_BITS_SAID if is_said else _FEWEST_BITS_CHOSEN)
            is_secret = is_secret or (is_said and _looks_spoken(value))
        else:
            is_secret = looks_drawn(value)
        return Found(start, end, "ACCOUNT_SECRET", 800) if is_secret else None


def is_written(text: str, value: str, end: int) -> bool:
    """Tell whether a value that ends at a place of a text is a placeholder, a word of manuals, or goes on as code."""
    return bool(_PLACEHOLDER.search(value) or _CODE.search(value) or _CALL.match(text, end))


def looks_chosen(value: str, bits: float = _FEWEST_BITS_CHOSEN) -> bool:
    """Tell whether a value looks like a password: two kinds of characters, or a long number that is no sequence."""
    if value.isdigit():
        return 6 <= len(value) <= 12 and len(set(value)) > 3 and value not in "01234567890123456789"
    has_letter = any(map(str.isalpha, value))
    has_other = any(map(str.isdigit, value)) or re.search(r"[!#%&*+?@^~$]", value) is not None
    return has_letter and has_other and _bits(value) >= bits


def _looks_spoken(value: str) -> bool:
    """Tell whether letters alone look like a password, and like no word of manuals."""
    return value.isalpha() and value.isascii() and len(value) >= 6 and value.lower() not in _TERMS


def _is_basic(value: str) -> bool:
    """Tell whether a value is a user and a password by RFC 7617."""
    try:
        user, colon, secret = base64.b64decode(value + "=" * (-len(value) % 4)).decode().partition(":")
    except ValueError:
        return False
    return bool(user and colon and secret) and (user + secret).isprintable() and not _PLACEHOLDER.search(secret)


def looks_drawn(value: str) -> bool:
    """Tell whether a value looks like a token: long, letters and digits, hardly a character more often than chance."""
    has_both = any(map(str.isalpha, value)) and any(map(str.isdigit, value))
    return len(value) >= 16 and has_both and _bits(value) >= _FEWEST_BITS_DRAWN


def _bits(value: str) -> float:
    counts = Counter(value).values()
    return -sum(count / len(value) * math.log2(count / len(value)) for count in counts)
