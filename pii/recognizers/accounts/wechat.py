"""WeChat accounts (微信号): Tencent's rule, a letter and 5 to 19 letters, digits, hyphens and underscores.

Names of software stand behind the word 微信 too, so behind the bare word the value must hold what a word does not: a
digit, a hyphen, an underscore. ``wxid_`` and its like are numbers given by Tencent itself and need no word. Official
accounts (公众号) and mini programs belong to organisations.
"""

import re
from typing import ClassVar

from pii.gate import Cue, Sign
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.label_expressions import POINTS, ahead, behind, label_cue
from pii.recognizers.labels import answered, replied

_LABEL = (
    r"(?P<label>(?:微[ ]?[信讯訊]|[葳嶶崴溦緯]信|小?[绿綠]色?[软軟]件?"
    r"|(?<![A-Za-z])(?i:wxh|weixinhao)|[威维維]讯|薇信|威信|徽信|維信|维信|威心|(?i:wei信)"
    r"|(?i:(?<![A-Za-z])(?:we[ ]?chat|wei[ ]?xin|wx|vx|v信))"
    r"|加[vV]|[➕+][vV](?=[ :：是])|[\u4e00-\u9fff，、；/][ ]?[vV](?=[ ]?[:：]|[ ][A-Za-z])"
    r"|➕|[+加][薇微徽]|[薇徽](?=[ ]?[:：])|[的加个][微薇][ ]?[:：]|(?<![A-Za-z0-9])[vV][：我]"
    r"|卫星号?|衛星號?|绿泡泡|[微薇威维喂围][❤♥x]|[喂围胃]信|💚|🛰)"
    r"(?:[ ]?[/／、和&]?[ ]?(?:QQ|手机|电话|钉钉|(?i:wechat|weixin|wx)(?![a-z_])/?))?"
    r"(?:同号)?(?:[号號][/／、和&](?:QQ|手机|电话)|账|帐|賬|帳"
    r"|搜索?|名[称字]?|昵称|[细详私]?[聊谈談]|联系|聯繫|沟通)?)"
)
_SIGN = (
    "微[ ]?[信讯訊]|[葳嶶崴溦緯]信|[绿綠]色?[软軟]|(?i:wxh|weixinhao)"
    "|[威维維]讯|薇信|威信|徽信|維信|维信|(?i:we[ ]?chat|wei[ ]?xin|wx|vx|v信)"
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
_ODD = "(?=[A-Za-z_-]{0,19}[0-9])(?![A-Z]{1,4}[0-9]{6})[A-Za-z][-_A-Za-z0-9]{5,19}"
"""An account with a digit, as no word has one."""
_OF_SOFTWARE = (
    "(?!小程序|小遊戲|小游戏|支付|公[众眾]|[开開][发發]|版本|[团團][队隊]|平台|接口|群|[红紅]包|[读讀][书書]|[浏瀏][览覽]"
    "|服[务務]"
    "|登[录錄]|[电電][脑腦]|[网網][页頁]|[视視][频頻]|抖音|微博|小[红紅][书書]|QQ)"
)
_SAID = f"(?:{_OF_SOFTWARE}[^0-9A-Za-z\n。；;]){{1,18}}?(?<=[:：是叫為为係系成到了填写寫加搜发發的個个)），,」”])[ ]?"
"""What a sentence puts between the word and the account that it tells."""
_SAYS = (
    "(?:[ ](?!(?i:pay|work|mini|official|group|applet|sdk|api|app|oauth|log|open|program|public|web|for|or|and)"
    "(?![a-z]))[A-Za-z']{1,12}){1,4}[ :：-]{1,3}"
)
_NUMBER_FIRST = r"(?:[ ]?[(（#:：=＝|]|号|號|[ ]){0,3}\+?[0-9][0-9 -]{4,16}[ ]?[/／、,，;；|和][ ]?"
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
        ahead(f"(?P<label>){_ODD}", _WHICH),
        answered("微信 微信号 薇信 v信 wx vx wechat", _ODD),
        re.compile(f"(?P<label>{_WHICH})[号號]?{_SAID}(?P<value>{_ODD})(?![A-Za-z0-9_@])"),
        re.compile(f"(?<![A-Za-z])(?P<label>(?i:we[ ]?chat|weixin)){_SAYS}(?P<value>{_ODD})(?![A-Za-z0-9_@])"),
        re.compile(
            f"(?:QQ|qq|扣扣|手机|手機|[电電][话話]|(?i:phone|tel|mobile))[ ]?[/／、和&+][ ]?(?P<label>{_WHICH}[号號]?)"
            f"{_NUMBER_FIRST}(?P<value>{_ODD})(?![A-Za-z0-9_@])"
        ),
        replied(f"{_WHICH}[号號]?", _ODD, asks=""),
        re.compile(
            f"(?<![0-9A-Za-z_.@/-])(?P<label>)(?P<value>{_ODD})[ ,，]{{0,2}}[这這][个個]?就?是(?:我|本人)?的?{_WHICH}"
        ),
        re.compile("(?<![A-Za-z0-9_])(?P<value>wxid_[A-Za-z0-9]{8,20})(?![A-Za-z0-9_])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a number word or a colon, or a value that no word looks like."""
        group = "loose" if match.lastgroup == "loose" else "value"
        start, end = match.span(group)
        if group == "loose":
            return Found(start, end, "WECHAT", 560)
        if "label" not in match.groupdict():
            return Found(start, end, "WECHAT", 950)
        value = match["value"].lower().replace(" ", "")
        if value in _NO_ACCOUNT or _IS_KEY.match(text, end) or start - match.start() > 48:
            return None
        is_named = _NAMED.search(text[match.end("label") - 1 : start]) is not None
        is_odd = re.search("[0-9_-]", value) is not None
        return Found(start, end, "WECHAT", 880 if is_named else 700) if is_named or is_odd else None
