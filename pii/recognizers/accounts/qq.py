"""QQ numbers (QQ号): Tencent gives 5 to 11 digits, none beginning with 0; the word before is all the proof there is.

A number of a group (QQ群) is nobody's, an address at qq.com is an e-mail address.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.normalise import BREAK
from pii.recognizers.cued import CuedRecognizer, Found, is_something_else
from pii.recognizers.label_expressions import POINTS, ahead, behind, label_cue
from pii.recognizers.labels import answered

_LABEL = (
    r"(?:(?<![A-Za-z@.])(?:QQ|qq|Qq|[Qq](?=[号號])|[Qq](?=[:：][ ]?[1-9][0-9]{7,10}(?![0-9])))"
    r"|加[Qq扣]|[Qq]我|(?<![折克回缴抵])扣(?=[ :：号]?[1-9][0-9]{6})|(?<=[的加我])[Qq](?=[:：是 ]|[1-9])"
    r"|(?<![0-9A-Za-z])[Qq](?=[ ][1-9][0-9]{7,9}(?![0-9]))|(?i:oicq)|(?<![A-Za-z])uin(?=[\"' ]{0,2}[:：=])|扣扣|叩叩|"
    r"球球|企鹅|企鵝|秋秋|丘丘|🐧)"
    r"(?:[/／、和&]?(?:微信|手机|TIM|(?i:wechat)))?(?:同号)?(?:账|帐|賬|帳)?"
)
_WHICH = "(?:QQ|qq|Qq|扣扣|叩叩|球球|企鹅|🐧)"
_TOLD = "(?:(?![群浏瀏音游遊邮郵飞飛炫秀超糖农農])(?!group)[^0-9\n。；;:：]){1,28}"
"""What a sentence puts between the word and the number: if you still use it, 还是原来那个."""
_AND = "[ ]?[/、,，和及或][ ]?"
"""What stands between two numbers behind one label."""
_UNIT = re.compile(r"[ ]?(?:元|人|年|月|万|亿|个|名|版|级|[Mm]|%|分|次|[.:：\-][0-9]|/[0-9]{1,4}(?![0-9]))")


class QqRecognizer(CuedRecognizer):
    """Finds QQ numbers behind their word (Tencent)."""

    entities: ClassVar = ("QQ",)
    labels: ClassVar = ("QQ号",)
    cues: ClassVar = (
        label_cue(
            "QQ|qq|Qq|扣[ :：号]?[1-9][0-9]{6}|[Qq]我|[的加我][Qq]|[Qq][号號]|[Qq][:：][ ]?[1-9][0-9]{7}"
            "|[Qq][ ][1-9][0-9]{7}|oicq|OICQ|uin|加[Qq扣]"
            "|扣扣|叩叩|球球|企鹅|企鵝|秋秋|丘丘|🐧",
            64,
        ),
        Cue(f"{POINTS}{_WHICH}", before=24, after=2),
    )
    expressions: ClassVar = (
        ahead("[1-9][0-9]{4,10}", _WHICH),
        behind(_LABEL, "[1-9](?:[ \u3000]?[0-9]){4,10}"),
        re.compile(f"(?<![A-Za-z@.]){_WHICH}{_TOLD}[:：是][ ]?(?P<value>[1-9][0-9]{{4,10}})(?![0-9A-Za-z@])"),
        behind(_LABEL, f"[1-9][0-9]{{4,10}}{_AND}(?P<second>[1-9][0-9]{{4,10}})"),
        answered("QQ 扣扣 企鹅 企鹅号 球球 秋秋", "[1-9][0-9]{4,10}"),
        behind(_LABEL, "[1-9](?P<sign>[.\\-_·])[0-9](?:(?P=sign)[0-9]){3,9}"),
        behind(_LABEL, f"[1-9][0-9]{{0,3}}{BREAK}[0-9]{{2,8}}"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Refuse amounts, versions and dates."""
        groups = match.groupdict()
        group = next((each for each in ("loose", "second") if groups.get(each)), "value")
        start, end = match.span(group)
        if start - match.start() > 48 or _UNIT.match(text, end) or is_something_else(text, start, end):
            return None
        return Found(start, end, "QQ", 870)
