"""WeChat accounts (微信号): Tencent's rule, a letter and 5 to 19 letters, digits, hyphens and underscores.

Names of software stand behind the word 微信 too, so behind the bare word the value must hold what a word does not: a
digit, a hyphen, an underscore. ``wxid_`` and its like are numbers given by Tencent itself and need no word. Official
accounts (公众号) and mini programs belong to organisations.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue, Sign
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.label_expressions import POINTS, ahead, behind, label_cue
from pii.recognizers.labels import answered

_LABEL = (
    r"(?P<label>(?:微[ ]?[信讯訊]|[威维維]讯|薇信|威信|徽信|維信|维信|威心|(?i:wei信)"
    r"|(?i:(?<![A-Za-z])(?:we[ ]?chat|wei[ ]?xin|wx|vx|v信))"
    r"|加[vV]|[➕+][vV](?=[ :：是])|[\u4e00-\u9fff，、；/][ ]?[vV](?=[ ]?[:：]|[ ][A-Za-z])"
    r"|➕|[+加][薇微徽]|[薇徽](?=[ ]?[:：])|[的加个][微薇][ ]?[:：]|(?<![A-Za-z0-9])[vV][：我]"
    r"|卫星号?|衛星號?|绿泡泡|[微薇威维喂围][❤♥x]|[喂围胃]信|💚|🛰)"
    r"(?:[/／、和&]?(?:QQ|手机|电话|钉钉|(?i:wechat)))?(?:同号)?(?:[号號][/／、和&](?:QQ|手机|电话)|账|帐|賬|帳"
    r"|搜索?|名[称字]?|昵称|[细详私]?[聊谈談]|联系|聯繫|沟通)?)"
)
_SIGN = (
    "微[ ]?[信讯訊]|[威维維]讯|薇信|威信|徽信|維信|维信|(?i:we[ ]?chat|wei[ ]?xin|wx|vx|v信)"
    "|加[vV]|[➕+\u4e00-\u9fff，、；/][ ]?[vV][ :：是]"
    "|[➕+加][薇微徽]|➕|[薇徽][ ]?[:：]|卫星|衛星|绿泡泡|[微薇威维喂围][❤♥x]|[喂围胃]信|💚|🛰"
    "|[的加个][微薇][ ]?[:：]|[vV][：我]|威心|(?i:wei信)"
)
"""What a label begins with."""
_VALUE = "[A-Za-z](?:[-_A-Za-z0-9]{5,19}|(?:[ ][-_A-Za-z0-9]){5,19})"
_NAMED = re.compile(r"[号號码碼:：=＝是为為]|(?i:id|no)(?![a-z])|[加叫搜]")
_OTHER = (
    "wechat weixin wechatid android windows iphone official account openid unionid appsecret username message messages"
    " mini-program miniprogram payment string number please contact developer developers support group groups"
)
_NO_ACCOUNT = frozenset(_OTHER.split())
_IS_KEY = re.compile(r"[\"']?[ ]?(?:[:：=(@/\\]|\.(?=[0-9A-Za-z_]))")
_WHICH = r"(?:微[ ]?[信讯訊]|薇信|v信|(?i:we[ ]?chat|wx|vx))"


class WeChatRecognizer(CuedRecognizer):
    """Finds WeChat accounts that a word before names, and those that Tencent numbers (微信号规则)."""

    entities: ClassVar = ("WECHAT",)
    cues: ClassVar = (
        label_cue(_SIGN, 64),
        Cue(f"{POINTS}{_WHICH}", before=24, after=2),
        Cue("(?i:wxid_|gh_)[A-Za-z0-9]{8}", before=0, after=16),
    )
    signs: ClassVar = {0: Sign(_SIGN, early=330, is_first=True)}
    expressions: ClassVar = (
        behind(_LABEL, _VALUE),
        ahead("(?P<label>)(?=[A-Za-z_-]{0,19}[0-9])[A-Za-z][-_A-Za-z0-9]{5,19}", _WHICH),
        answered("微信 微信号 薇信 v信 wx vx wechat", "(?=[A-Za-z_-]{0,19}[0-9])[A-Za-z][-_A-Za-z0-9]{5,19}"),
        re.compile("(?<![A-Za-z0-9_])(?P<value>wxid_[A-Za-z0-9]{8,20})(?![A-Za-z0-9_])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a number word or a colon, or a value that no word looks like."""
        group = "loose" if match.lastgroup == "loose" else "value"
        start, end = match.span(group)
        if group == "loose":
            return Found(start, end, "WECHAT", 560) if start - match.start() < REACH else None
        if "label" not in match.groupdict():
            return Found(start, end, "WECHAT", 950)
        value = match["value"].lower().replace(" ", "")
        if value in _NO_ACCOUNT or _IS_KEY.match(text, end) or start - match.start() > 48:
            return None
        is_named = _NAMED.search(text[match.end("label") - 1 : start]) is not None
        is_odd = re.search("[0-9_-]", value) is not None
        return Found(start, end, "WECHAT", 880 if is_named else 700) if is_named or is_odd else None
