"""Payment secrets (支付密码, CVV, 有效期): what proves the holder of a card, told by the word before.

GB/T 35273-2020 annex B names 鉴别信息 (口令) of property, JR/T 0171-2020 counts card verification values, expiry dates
and payment passwords to C3. Covered is the value alone. Left to people: a password that no word names, and one-time
codes.
"""

import re
from typing import ClassVar

from pii.checksums import passes_luhn
from pii.gate import REACH, Cue
from pii.recognizers.cued import CuedRecognizer, Found, digits_of
from pii.recognizers.labels import POINTS, answered, followed, is_mentioned, loosely
from pii.recognizers.words import NAMED, labelled, value_of, words

_CVV = (
    "CVV2 CVV CVC2 CVC CVN2 CVN 安全码 卡片背后三位 卡片背面三位 卡背后三位 卡背面三位 背面后三位 "
    "背面末三位 背面三位数 卡背三位 卡后三位 背面三码 末三码 后面三位 背后三位 背面三个数 后面三个数 后面那三个数 "
    "背面那三个数 背后那三个数 后面那三位 背面那三位 后三个数 三位安全码 签名栏后三位 签名栏末三位 "
    "背面三位 卡后面的三位 卡后面三位 卡背面的三位 背面的三位 背后的三位 后面的三位 签名条上 签名栏上 后三码 末三码 "
    "背三码 卡背三码 背面数字 背面后三码 背面末三码 卡背末三码 背面安全码 卡校验码 卡片校验码 "
    "卡验证码 "
    "卡片验证码 卡片识别码 security_code verification_value cvv_code cvc_code "
    "cvv2_code card_verification aqm"
)
_EXPIRY = (
    "卡有效期 有效期至 有效期 有效期限 到期日 到期时间 valid_thru valid_until expiry_date expiration_date "
    "到期月年 到期年月 有效年月 有效月年 有效期月年 失效日期 失效年月 到期 expire expires expire_date card_expiry "
    "expiration expiry exp_date exp good_thru good_through valid_through valid_to valid_till exp_month_year yxq yxqz "
    "kyxq 卡片有效期 有效截止 有效日期 卡片到期 有效期限月年 效期"
)
_SECRETS = (
    "支付密码 取款密码 交易密码 查询密码 提现密码 转账密码 付款密码 刷卡密码 银行卡密码 信用卡密码 "
    "储蓄卡密码 卡密码 存折密码 网银密码 网银登录密码 "
    "支付口令 取款口令 交易口令 查询口令 "
    "U盾密码 资金密码 提款密码 取现密码 PIN码 card_pin pin_code ATM_PIN PIN payment_password "
    "ATM密码 银行密码 卡的密码 卡片密码 手机银行密码 电话银行密码 存单密码 存款密码 消费密码 理财密码 证券密码 "
    "六位密码 六位数密码 "
    "6位密码 6位数密码 晶片卡密码 金融卡密码 提款卡密码 预借现金密码 借记卡密码 工资卡密码 "
    "pay_password pay_pwd pay_pass payment_pwd trade_password trade_pwd trading_password withdraw_password "
    "withdraw_pwd "
    "withdrawal_password fund_password fund_pwd card_password card_pwd query_password query_pwd trans_pwd "
    "transaction_password bank_password bank_pwd zfmm qkmm jymm cxmm tkmm zjmm"
)
_TOLD = "[^0-9A-Za-z\n。；;]{0,24}?(?:[是为為成叫]|就是|[:：])[ ]?"
"""What a sentence puts between the word and the secret that it tells."""
_BESIDE = r"[0-9]{4}[ \t]{0,2}[/|,，、;；][ \t]{0,2}"
_MONTH = r"(?:0[1-9]|1[0-2])[ ]?[/\-|.]?[ ]?(?:20)?[2-4][0-9]"
_NEXT = r"[ \t]{0,2}[/|,，、;；][ \t]{0,2}"
_PLASTIC = re.compile("(?<![0-9])(?:[0-9][ -]?){12,18}$")
"""Number, month and code side by side, as one notes down a card."""
_DIGITS = "[0-9](?:[ \t-]?[0-9]){%d,%d}(?![0-9A-Za-z]|[.:/-][0-9])"
_CARD = re.compile("卡|(?i:card|cvv|cvc|pan(?![a-z])|visa|(?<![a-z])acct)|[0-9]{13}")
_EVERY_SAME = re.compile(r"(.)\1*")


class CardSecretRecognizer(CuedRecognizer):
    """Finds CVV, expiry date and payment password behind their words (GB/T 35273-2020 annex B, JR/T 0171-2020)."""

    entities: ClassVar = ("BANK_CVV_PWD",)
    cues: ClassVar = (
        Cue(words(f"{_CVV} {_EXPIRY} {_SECRETS}"), before=0, after=REACH + 64),
        Cue(f"{_BESIDE}{_MONTH}", before=24, after=12),
        Cue(f"[0-9]{{6}}{POINTS}{words(_SECRETS)}", before=0, after=0),
    )
    expressions: ClassVar = (
        labelled(_CVV, _DIGITS % (2, 3)),
        answered(_CVV, "[0-9]{3,4}"),
        loosely(_CVV, "[0-9]{3,4}"),
        answered(_SECRETS, "[0-9]{6}"),
        followed("[0-9]{6}", _SECRETS),
        labelled(_EXPIRY, "(?:0[1-9]|1[0-2])[ ]?月[ ]?/?[ ]?(?:20)?[2-4][0-9][ ]?年"),
        re.compile(f"(?<![A-Za-z]){words(_SECRETS)}{_TOLD}(?P<loose>[0-9]{{6}})(?![0-9A-Za-z]|[.,][0-9])"),
        re.compile(f"{_BESIDE}(?P<beside>{_MONTH}){_NEXT}[0-9]{{3}}(?![0-9])"),
        re.compile(f"{_BESIDE}{_MONTH}{_NEXT}(?P<beside>[0-9]{{3}})(?![0-9A-Za-z])"),
        labelled(_EXPIRY, r"(?:0[1-9]|1[0-2])[ \t]?[/\-][ \t]?(?:20)?[2-4][0-9](?![0-9]|[./\-][0-9]|年)"),
        labelled(_EXPIRY, "(?P<short>(?:0[1-9]|1[0-2])[2-4][0-9])(?![0-9A-Za-z]|[./\\-][0-9]|年)"),
        labelled(_SECRETS, "[0-9](?:[ \t]?[0-9]){3,7}(?![0-9A-Za-z])"),
        labelled(
            _SECRETS,
            "(?:(?=[A-Za-z@#$%^&*!_.]{0,19}[0-9])(?=[0-9@#$%^&*!_.]{0,19}[A-Za-z])"
            "[A-Za-z0-9@#$%^&*!_.]{6,20})(?![0-9A-Za-z])",
            NAMED,
        ),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Refuse amounts and placeholders such as ****** and 000000 for passwords of letters."""
        if re.match(r"[ \t]?(?:位|个|元|次|分钟|年|%)", text[match.end() : match.end() + 4]):
            return None
        if "short" in match.groupdict() and not is_mentioned(_CARD, text, *match.span("value")):
            return None
        if match.lastgroup == "beside":
            card = _PLASTIC.search(text, max(0, match.start() - 24), match.start() + 4)
            is_card = card is not None and passes_luhn(digits_of(card[0]))
            return Found(*match.span("beside"), "BANK_CVV_PWD", 860) if is_card else None
        if match.lastgroup == "loose":
            return value_of(match, "BANK_CVV_PWD", 560, "loose")
        if _EVERY_SAME.fullmatch(match["value"]) and not match["value"].isdigit():
            return None
        return value_of(match, "BANK_CVV_PWD", 850)
