"""QQ numbers (QQ号): Tencent gives 5 to 11 digits, none beginning with 0; the word before is all the proof there is.

A number of a group (QQ群) is nobody's, an address at qq.com is an e-mail address.
"""

import re
from typing import ClassVar

from pii.gate import Cue, Sign
from pii.normalise import BREAK
from pii.recognizers.cued import CuedRecognizer, Found, is_something_else
from pii.recognizers.label_expressions import POINTS, ahead, behind, label_cue
from pii.recognizers.labels import answered, replied

_LABEL = (
    r"(?:(?<![A-Za-z@.])(?:QQ|qq|Qq|Q[ ]Q|[Qq](?=[号號])|[Qq](?=[:：][ ]?[1-9][0-9]{7,10}(?![0-9])))"
    r"|加[Qq扣抠]|[Qq]我|(?<![折克回缴抵])[扣抠](?=[ :：号號]{0,3}[1-9][0-9]{6})|(?<=[的加我])[Qq](?=[:：是 ]|[1-9])"
    r"|(?<![0-9A-Za-z])[Qq](?=[ ][1-9][0-9]{7,9}(?![0-9]))|(?i:oicq)|(?<![A-Za-z])uin(?=[\"' ]{0,2}[:：=])"
    r"|[扣抠叩]{2}|[球秋丘口蔻]{2}|企[鹅鵝]|[鹅鵝]厂?(?=[号號])|🐧|[腾騰][讯訊](?=[号號]))"
    r"(?:[ ]?[/／、和&+]?[ ]?(?:微信|手机|TIM|(?i:wechat)))?(?:同号)?(?:账|帐|賬|帳)?"
)
_SIGN = Sign(
    "QQ|qq|Qq|Q Q|[Qq][号號:： 是1-9]|加[Qq扣抠]|[Qq]我|[扣抠][ :：号號1-9]|(?i:oicq)|uin[\"' :=：]|[扣抠叩]{2}"
    "|[球秋丘口蔻]{2}|企[鹅鵝]|[鹅鵝]厂?[号號]|🐧|[腾騰][讯訊][号號]",
    early=360,
    is_first=True,
)
"""What a label begins with."""
_WHICH = "(?:QQ|qq|Qq|[扣抠叩]{2}|[口球]{2}|企[鹅鵝][号號]?|🐧)"
_GROUPS = "(?![群浏瀏音游遊邮郵飞飛炫秀超糖农農])(?!group)"
_TOLD = f"(?:{_GROUPS}[^0-9\n。；;:：]){{1,28}}"
"""What a sentence puts between the word and the number: if you still use it, 还是原来那个."""
_SAID = f"(?:{_GROUPS}(?![电電][话話]|手[机機]|订单|訂單|微信|[银銀]行|工[号號])[^0-9A-Za-z\n]){{0,18}}?"
"""The same in fewer words, where the number has as many digits as people's numbers have now."""
_AND = "[ ]?(?:[/、,，和及或与與跟]|还有|還有|以及|另一?个?是?)[ ]?"
"""What stands between two numbers behind one label."""
_WECHAT = r"(?:微信|[Ww]e[Cc]hat|WECHAT|[WwVv][Xx])[号號]?"
_FIRST_VALUE = r"[^0-9A-Za-z\n]{0,6}[A-Za-z][A-Za-z0-9_-]{5,19}[ ]?[/／、,，;；|和][ ]?"
_FIRST = f"[ ]?[/／、和&+][ ]?{_WECHAT}{_FIRST_VALUE}"
_FIRST_LABELS = f"{_WECHAT}[ ]?[/／、和&+][ ]?{_WHICH}[号號]?{_FIRST_VALUE}"
"""Two labels with their two values, that of the other kind first."""
_UNIT = re.compile(r"[ ]?(?:元|人|年|月|万|亿|个|只|隻|条|幅|名|版|级|[Mm]|%|分|次|[.:：\-][0-9]|/[0-9]{1,4}(?![0-9]))")


class QqRecognizer(CuedRecognizer):
    """Finds QQ numbers behind their word (Tencent)."""

    entities: ClassVar = ("QQ",)
    labels: ClassVar = ("QQ号",)
    cues: ClassVar = (
        label_cue(
            "QQ|qq|Qq|Q[ ]Q|[扣抠][ :：号號]{0,3}[1-9][0-9]{6}|[Qq]我|[的加我][Qq]|[Qq][号號]"
            "|[Qq][:：][ ]?[1-9][0-9]{7}|[Qq][ ][1-9][0-9]{7}|oicq|OICQ|uin|加[Qq扣抠]"
            "|[腾騰][讯訊][号號]|[鹅鵝]厂?[号號]|[扣抠叩]{2}|[球秋丘口蔻]{2}|企[鹅鵝]|🐧",
            64,
        ),
        Cue(f"{POINTS}{_WHICH}", before=24, after=2),
    )
    expressions: ClassVar = (
        ahead("[1-9][0-9]{4,10}", _WHICH),
        behind(_LABEL, "[1-9](?:[ \u3000]?[0-9]){4,10}"),
        re.compile(f"(?<![A-Za-z@.]){_WHICH}{_TOLD}[:：是][ ]?(?P<value>[1-9][0-9]{{4,10}})(?![0-9A-Za-z@])"),
        behind(_LABEL, f"[1-9][0-9]{{4,10}}{_AND}(?P<second>[1-9][0-9]{{4,10}})"),
        re.compile(f"(?<![A-Za-z@.])(?:{_WHICH}){_SAID}(?P<value>[1-9][0-9]{{7,10}})(?![0-9A-Za-z@])"),
        re.compile(
            f"(?<![A-Za-z@.])(?:{_WHICH}){_SAID}[1-9][0-9]{{7,10}}{_AND}(?P<second>[1-9][0-9]{{7,10}})(?![0-9A-Za-z@])"
        ),
        re.compile(f"{_FIRST_LABELS}(?P<second>[1-9][0-9]{{5,10}})(?![0-9A-Za-z@])"),
        re.compile(f"(?<![A-Za-z@.])(?:{_WHICH}){_FIRST}(?P<second>[1-9][0-9]{{5,10}})(?![0-9A-Za-z@])"),
        answered("QQ 扣扣 企鹅 企鹅号 球球 秋秋 扣号 Q号 口口 抠抠", "[1-9][0-9]{4,10}"),
        replied(f"(?<![A-Za-z@.]){_WHICH}[号號]?", "[1-9][0-9]{7,10}", asks=""),
        behind(_LABEL, "[1-9][0-9]{2,3}(?:[.\\- ][0-9]{3,4}){1,2}"),
        behind(_LABEL, "[1-9](?P<sign>[.\\-_·])[0-9](?:(?P=sign)[0-9]){3,9}"),
        behind(_LABEL, f"[1-9][0-9]{{0,3}}{BREAK}[0-9]{{2,8}}"),
    )

    signs: ClassVar = dict.fromkeys((1, 3, 10, 11, 12), _SIGN)

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Refuse amounts, versions and dates."""
        groups = match.groupdict()
        group = next((each for each in ("loose", "second") if groups.get(each)), "value")
        start, end = match.span(group)
        if start - match.start() > 48 or _UNIT.match(text, end) or is_something_else(text, start, end):
            return None
        return Found(start, end, "QQ", 870)
