"""Passwords and keys that people tell (口令): asked for in a line before, in a sentence, beside the account they open.

There the word stands far off or not at all, so the value must be strong: letters and digits with a sign among them, or
letters of both cases with digits. GB/T 35273-2020 annex B, 网络身份标识信息.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.accounts.account_secret import (
    CHOSEN,
    DRAWN,
    STRONG,
    VALUE,
    is_written,
    looks_chosen,
    looks_drawn,
)
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.labels import replied

_SHORT = r"(?<![A-Za-z])(?i:pass|mm|pw)(?![A-Za-z])|[登录錄网網解开開]密|(?<![\u4e00-\u9fff])密(?=[ ]?[:：])"
"""How chats shorten the word; it needs its colon."""
_USER = (
    "(?:[账帐帳賬][号號户戶]名?|用[户戶]名?|登[录錄陆陸]名|[邮郵]箱|手[机機]号?"
    "|(?<![A-Za-z])(?i:user(?:name)?|account|login|id|e-?mail))"
)
_QUOTE = r"[\"'`“‘「『【《(（\[]?"
_BESIDE = f"(?:[ ]?[\"'`”]?[ ]?(?:[/／|,，、\t和]|[ ]{{1,3}}|[ ][-–—]{{1,2}}[ ])[ ]?{_QUOTE})"
"""What stands between an account and its password where neither is named."""
_PROSE = (
    "(?:[ ](?!(?i:must|should|cannot|length|policy|hash|field|example|such)(?![a-z]))[A-Za-z'/]{1,14}){1,6}"
    "(?:[ ]?[:：=]|(?<= is)|(?<= was)|(?<= to))[ ]{0,2}"
)
_SAID = "(?:(?!例如|比如|必[须須]|[应應][当當该該])[^0-9A-Za-z\n。；;]){1,20}"
_NONE = re.compile(
    r"[A-Za-z_]{2,12}=|[0-9]{1,4}[/\-][A-Za-z0-9]{1,3}[/\-]|[0-9:]+\Z|[*@#]|[^/]{0,64}/|.*\.(?:md|html?)(?:#|\Z)"
)
"""A parameter, a date, a time, mark-up, a path."""
_GOES_ON = "/\\*#=_-."
"""What stands before a piece of a path or of mark-up."""
_SIGN = re.compile("[!#%&*+?@^~$]|[A-Z].*_|_.*[A-Z]")


class ToldSecretRecognizer(CuedRecognizer):
    """Finds passwords and keys that a sentence, an answer or the account beside them tells (GB/T 35273 annex B)."""

    COUNTRY_CODE: ClassVar[str | None] = None
    entities: ClassVar = ("ACCOUNT_SECRET",)
    cues: ClassVar = (
        Cue(f"(?:{CHOSEN}|{DRAWN})", before=REACH, after=REACH + 192),
        Cue(f"(?:{_SHORT})[ ]?[:：=]", before=2, after=170),
        Cue(r"@[A-Za-z0-9.\-]{2,64}\.[a-z]{2,6}[\"'`”]?[ /／|,，、\t]", before=40, after=170),
        Cue("1[3-9][0-9]{9}[ ]?[/／|,，、:：]", before=1, after=170),
    )
    expressions: ClassVar = (
        replied(f"(?:{CHOSEN})", VALUE.replace("160", "64"), asks=""),
        re.compile(f"(?:{CHOSEN}){_SAID}{VALUE}"),
        re.compile(f"(?:{CHOSEN}){_PROSE}{_QUOTE}{VALUE}"),
        re.compile(f"(?P<drawn>{DRAWN}){_PROSE}{_QUOTE}{VALUE}"),
        re.compile(f"(?P<drawn>{DRAWN}){_SAID}{VALUE}"),
        re.compile(f"(?:{CHOSEN})[ ]?[:：][ \t]{{0,4}}\n[ \t]{{0,8}}{_QUOTE}{VALUE}"),
        re.compile(f"(?:{CHOSEN})[^\n。；;]{{1,30}}?[改换換变變][成为為]了?[ ]?{_QUOTE}{VALUE}"),
        re.compile(f"{_USER}[ ]?[:：=]?[ ]?[A-Za-z0-9_.@+\\-]{{2,40}}[ ]?/[ ]?{_QUOTE}(?P<signed>){VALUE}"),
        re.compile(f"(?:{_SHORT})[ ]?[:：=][ ]?{_QUOTE}(?P<signed>){VALUE}"),
        re.compile(rf"@[A-Za-z0-9.\-]{{2,64}}\.[a-z]{{2,6}}{_BESIDE}(?P<signed>){VALUE}"),
        re.compile(f"(?<![0-9])1[3-9][0-9]{{9}}[ ]?[/／|,，、:：][ ]?{_QUOTE}(?P<signed>){VALUE}"),
        re.compile(
            f"{_USER}[ ]?[/／、和&+|]?[ ]?(?:{CHOSEN})[^0-9A-Za-z\n]{{0,4}}[A-Za-z0-9_.@+\\-]{{2,40}}{_BESIDE}{VALUE}"
        ),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a strong value, in a place where no code goes on."""
        value = match["value"].rstrip(".:?-=/,*`")
        start = match.start("value")
        end = start + len(value)
        groups = match.groupdict()
        goes_on = text[start - 1] in _GOES_ON and "signed" not in groups
        if is_written(text, value, end) or _NONE.match(value) or goes_on:
            return None
        is_signed = "signed" not in groups or _SIGN.search(value) is not None
        is_strong = looks_chosen(value) and STRONG.search(value) is not None
        is_secret = looks_drawn(value) if "drawn" in groups else is_strong and is_signed
        return Found(start, end, "ACCOUNT_SECRET", 760) if is_secret else None
