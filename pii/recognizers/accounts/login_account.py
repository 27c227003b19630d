"""Names of accounts without a platform (登录账号): of a subscriber, a member, a player, behind a word for account.

A name is letters and two digits; digits alone count behind the words of services that number their accounts. What
manuals call their users (user1, root, test) is nobody's. GB/T 35273-2020 annex A, 网络身份标识信息 (账号).
"""

import re
from typing import ClassVar

from pii.gate import REACH
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.label_expressions import behind, label_cue

_ACCOUNT = "(?:[账帐]号|帳號|賬號|[账帐]户名?)"
_NUMBERED = (
    "宽带|寬頻|上网|上網|会员|會員|游戏|遊戲|登[录錄陆入]"
    "|充值|设备|設備|关联|關聯|绑定|玩家|主播|打赏|封禁|涉案|[买卖]家|注销"
)
_OF = f"{_NUMBERED}|用户|用戶|平台|系统|系統|网站|網站|邮箱|视频|购物|注册|对方|嫌疑人|客户|举报|申诉|学生|學生|本人|我"
_LABEL = (
    f"(?:{_OF})的?{_ACCOUNT}|登[录錄陆入]名|用户名|用戶名|会员名|(?:游戏|遊戲|玩家|角色|主播)(?i:u?id)"
    f"|(?<![\u4e00-\u9fff]){_ACCOUNT}(?=[ ]?[:：])"
    r"|(?<![A-Za-z_\-])(?i:user_?name|login_?(?:id|name)|screen_?name)(?=[\"']?[ ]?[:：=])"
)
_CUE = (
    f"(?:{_OF})的?{_ACCOUNT}|登[录錄陆入]名|用户名|用戶名|会员名|(?:游戏|遊戲|玩家|角色|主播)(?i:u?id)"
    f"|{_ACCOUNT}[ ]?[:：]"
    r"|(?i:user_?name|login_?(?:id|name)|screen_?name)[\"']?[ ]?[:：=]"
)
_NAME = r"(?=[A-Za-z_.\-]*[0-9])(?=[0-9]{0,30}[A-Za-z_])[A-Za-z0-9][A-Za-z0-9_.\-]{3,28}[A-Za-z0-9]"
_NOBODY = re.compile(
    r"(?i)(?:user|test|root|admin|demo|name|guest|account|db|mysql|foo|bar|abc|example)[_\-]?(?:name)?[0-9]*$"
)
_IS_KEY = re.compile(r"[\"']?[ ]?[:：=(@/\\]")
_FEWEST_DIGITS = 2


class LoginAccountRecognizer(CuedRecognizer):
    """Finds names and numbers of accounts behind a word for account (GB/T 35273-2020 annex A)."""

    entities: ClassVar = ("SOCIAL_ACCOUNT",)
    cues: ClassVar = (label_cue(_CUE, 48),)
    expressions: ClassVar = (
        behind(_LABEL, _NAME),
        behind(f"(?:{_NUMBERED}){_ACCOUNT}", "[0-9]{6,12}"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Refuse what manuals call their users, and keys."""
        start, end = match.span("value")
        if start - match.start() > REACH or _IS_KEY.match(text, end) or _NOBODY.match(match["value"]):
            return None
        is_one = sum(map(str.isdigit, match["value"])) >= _FEWEST_DIGITS
        return Found(start, end, "SOCIAL_ACCOUNT", 600) if is_one else None
