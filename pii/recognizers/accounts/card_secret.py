"""Payment secrets (支付密码, CVV, 有效期): what proves the holder of a card, told by the word before.

GB/T 35273-2020 annex B names 鉴别信息 (口令) of property, JR/T 0171-2020 counts card verification values, expiry dates
and payment passwords to C3. Covered is the value alone. Left to people: a password that no word names, and one-time
codes.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.labels import is_mentioned
from pii.recognizers.words import NAMED, labelled, value_of, words

_CVV = (
    "CVV2 CVV CVC2 CVC CVN2 CVN 安全码 卡片背后三位 卡片背面三位 卡背后三位 卡背面三位 背面后三位 "
    "背面末三位 背面三位数 卡背三位 卡后三位 背面三码 末三码 后面三位 背后三位 背面三个数 后面三个数 后面那三个数 "
    "背面那三个数 背后那三个数 后面那三位 背面那三位 后三个数 三位安全码 签名栏后三位 签名栏末三位 security_code "
    "verification_value"
)
_EXPIRY = (
    "卡有效期 有效期至 有效期 有效期限 到期日 到期时间 valid_thru valid_until expiry_date expiration_date "
    "到期月年 到期年月 有效年月 有效月年 有效期月年 失效日期 失效年月 到期 expire expires expire_date card_expiry "
    "expiration expiry exp_date exp"
)
_SECRETS = (
    "支付密码 取款密码 交易密码 查询密码 提现密码 转账密码 付款密码 刷卡密码 银行卡密码 信用卡密码 "
    "储蓄卡密码 卡密码 存折密码 网银密码 网银登录密码 "
    "支付口令 取款口令 交易口令 查询口令 "
    "U盾密码 资金密码 提款密码 取现密码 PIN码 card_pin pin_code ATM_PIN PIN payment_password"
)
_DIGITS = "[0-9](?:[ \t-]?[0-9]){%d,%d}(?![0-9A-Za-z]|[.:/-][0-9])"
_CARD = re.compile("卡|(?i:card|cvv|cvc|pan(?![a-z])|visa|(?<![a-z])acct)|[0-9]{13}")
_EVERY_SAME = re.compile(r"(.)\1*")


class CardSecretRecognizer(CuedRecognizer):
    """Finds CVV, expiry date and payment password behind their words (GB/T 35273-2020 annex B, JR/T 0171-2020)."""

    entities: ClassVar = ("BANK_CVV_PWD",)
    cues: ClassVar = (Cue(words(f"{_CVV} {_EXPIRY} {_SECRETS}"), before=0, after=REACH + 24),)
    expressions: ClassVar = (
        labelled(_CVV, _DIGITS % (2, 3)),
        labelled(_EXPIRY, r"(?:0[1-9]|1[0-2])[ \t]?[/\-][ \t]?(?:20)?[2-4][0-9](?![0-9]|[./\-][0-9]|年)"),
        labelled(_EXPIRY, "(?P<short>(?:0[1-9]|1[0-2])[2-4][0-9])(?![0-9A-Za-z]|[./\\-][0-9]|年)"),
        labelled(_SECRETS, "[0-9](?:[ \t]?[0-9]){3,7}(?![0-9A-Za-z])"),
        labelled(
            _SECRETS,
            "(?:(?=[A-Za-z@#$%^&*!_.]{0,19}[0-9])(?=[0-9@#$%^&*!_.]{0,19}[A-Za-z])[A-Za-z0-9@#$%^&*!_.]{6,20})(?![0-9A-Za-z])",
            NAMED,
        ),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Refuse amounts and placeholders such as ****** and 000000 for passwords of letters."""
        if re.match(r"[ \t]?(?:位|个|元|次|分钟|年|%)", text[match.end() : match.end() + 4]):
            return None
        if "short" in match.groupdict() and not is_mentioned(_CARD, text, *match.span("value")):
            return None
        if _EVERY_SAME.fullmatch(match["value"]) and not match["value"].isdigit():
            return None
        return value_of(match, "BANK_CVV_PWD", 850)
