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
from pii.recognizers.labels import POINTS, answered, followed, loosely, numbered, replied
from pii.recognizers.words import NAMED, labelled, value_of, words

_CVV = (
    "CVV2 CVV CVC2 CVC CVN2 CVN 安全码 卡片背后三位 卡片背面三位 卡背后三位 卡背面三位 背面后三位 背面末三位 "
    "背面三位数 卡背三位 卡后三位 背面三码 末三码 后面三位 背后三位 背面三个数 后面三个数 后面那三个数 "
    "背面那三个数 背后那三个数 后面那三位 背面那三位 后三个数 三位安全码 签名栏后三位 签名栏末三位 背面三位 "
    "卡后面的三位 卡后面三位 卡背面的三位 背面的三位 背后的三位 后面的三位 签名条上 签名栏上 后三码 背三码 "
    "卡背三码 背面数字 背面后三码 背面末三码 卡背末三码 背面安全码 卡校验码 卡片校验码 卡验证码 卡片验证码 "
    "卡片识别码 签名栏数字 签名条数字 签名栏三位 签名条三位 信用卡安全码 银行卡安全码 背面的数字 背面签名栏 "
    "卡片安全码 验证三位 CID CVD cvv_no cvv_num card_cvv card_cvc card_code csc_code card_security_code "
    "security_code verification_value cvv_code cvc_code cvv2_code card_verification aqm 背面检查码 卡背检查码 "
    "检查码 背面验证码 背面校验码 卡背验证码 背面识别码 卡片检查码 卡后三码 背后三码"
)
_EXPIRY = (
    "卡有效期 有效期至 有效期 有效期限 到期日 到期时间 valid_thru valid_until expiry_date expiration_date "
    "到期月年 到期年月 有效年月 有效月年 有效期月年 失效日期 失效年月 到期 expire expires expire_date "
    "card_expiry expiration expiry exp_date exp good_thru good_through valid_through valid_to valid_till "
    "exp_month_year yxq yxqz kyxq 卡片有效期 有效截止 有效日期 卡片到期 有效期限月年 效期 卡片正面月年 正面月年 "
    "卡面月年 正面日期 卡面日期 正面的日期 卡片正面的日期 卡面有效期 卡片年月 有效至 有效月份 到期月份 到期月 "
    "截止年月 到期日月年 有效期年月 exp._date 有效期到 有效期截至 有效到 exp_mmyy expiry_mmyy expire_mmyy mmyy "
    "exp_mm_yy expiry_month_year expiration_month_year exp_my valid_date card_exp card_expire expire_month "
    "valid_period month_year card_valid expired_at_mmyy"
)
_SECRETS = (
    "支付密码 取款密码 交易密码 查询密码 提现密码 转账密码 付款密码 刷卡密码 银行卡密码 信用卡密码 储蓄卡密码 "
    "卡密码 存折密码 网银密码 网银登录密码 支付口令 取款口令 交易口令 查询口令 U盾密码 资金密码 提款密码 "
    "取现密码 PIN码 card_pin pin_code ATM_PIN PIN payment_password ATM密码 银行密码 卡的密码 卡片密码 "
    "手机银行密码 电话银行密码 存单密码 存款密码 消费密码 理财密码 证券密码 六位密码 六位数密码 6位密码 "
    "6位数密码 晶片卡密码 金融卡密码 提款卡密码 预借现金密码 借记卡密码 工资卡密码 pay_password pay_pwd pay_pass "
    "payment_pwd trade_password trade_pwd trading_password withdraw_password withdraw_pwd withdrawal_password "
    "fund_password fund_pwd card_password card_pwd query_password query_pwd trans_pwd 密码器密码 取钱密码 "
    "存取款密码 柜台密码 柜面密码 卡片交易密码 消费口令 提现口令 银行卡PIN 卡PIN 交易PIN 证券交易密码 "
    "资金账户密码 期货密码 银证密码 银证转账密码 通讯密码 电话委托密码 社保卡密码 医保卡密码 微信支付密码 "
    "支付宝支付密码 数字人民币支付密码 钱包密码 网银支付密码 K宝密码 盾密码 小额免密密码 pay_pin pin_no atm_pwd "
    "atm_password trade_pass trade_pin tx_password txn_pwd txn_password withdraw_pass cash_password "
    "wallet_password wallet_pwd debit_pin credit_pin card_pass pinblock_clear pin_plain pin_clear zhifumima "
    "qukuanmima jiaoyimima yhkmm kmm qkma transaction_password bank_password bank_pwd zfmm qkmm jymm cxmm tkmm "
    "zjmm"
)
_NEITHER = "验证|驗證|校验|短信|工号|订单|流水|金额|余额|编号|邮编|电话|手机|代码|代碼|尾号|次数|日期|时间"
"""What names six digits of another kind."""
_TOLD = f"(?:(?!{_NEITHER})[^0-9A-Za-z\n。]){{0,24}}?"
"""What a sentence puts between the word and the secret that it tells."""
_KEYED = (
    "(?:取[钱錢款现現]|提[款现現]|存折|柜员机|櫃員機|自助机|(?<![A-Za-z])ATM|刷卡|付款|转[账帐]|銀行卡|银行卡|密码|密碼)"
    f"(?:(?!{_NEITHER})[^0-9A-Za-z\n。]){{0,14}}(?:按|[输輸][入了]?|摁|敲|键入|打入|[填念][了的]?|是)"
    f"(?:(?!{_NEITHER})[^0-9A-Za-z\n。]){{0,6}}"
)
"""How one tells which keys to press."""
_LOGGED = (
    r"(?<![A-Za-z])(?i:pin|dtmf|tpin)(?![A-Za-z])[^\n,;]{0,24}?"
    r"(?i:input|entered|enter|value|typed|echo|digits|keys|clear|plain|got|raw)[=:][ ]?[\"']?"
)
"""How a log writes what was keyed in at a telephone or a machine."""
_BACK = (
    "(?:(?:背面|背后|背後|反面|后面|後面|卡背|签名[栏条處处区]?|簽名[欄條處]?)[^0-9A-Za-z\n。，,]{0,6}?"
    "(?:[后後末尾]|最[后後末])?(?:三|3|叁)[位个個码碼]"
    r"|(?i:(?:three|3|last)[ -](?:three )?(?:digits?|figures)(?: code| number)? (?:on|at|from) the (?:back|rear)"
    r"(?: of (?:the|my|your) card)?(?: (?:is|are|was|reads?))?))"
)
"""How people describe the code on the back of a card."""
_MONTH = r"(?:0[1-9]|1[0-2])[ ]?[/\-|.]?[ ]?(?:20)?[2-4][0-9]"
_WORDY = "(?:[ ](?!rule|error|code [0-9]|page|step|line|http|status|version|v[0-9])[A-Za-z()']{1,14}){1,5}[ :：=]{1,3}"
"""A few English words between the name of the code and the code."""
_STROKED = r"(?:0[1-9]|1[0-2])[ \t]{0,2}[/\-][ \t]{0,2}(?:20)?[2-4][0-9]"
_NEXT = r"(?:[ \t]{0,2}[/|,，、;；][ \t]{0,2}|[ \t]{1,3})"
_BESIDE = f"[0-9]{_NEXT}"
_PLASTIC = re.compile(
    "(?<![0-9])(?<![0-9][ -])"
    "(?:[0-9]{13,19}|[0-9]{4}(?:[ -][0-9]{4}){2,3}(?:[ -]?[0-9]{1,4})?|[0-9]{6}[ -][0-9]{10,13})$"
)
"""Number, month and code side by side, as one notes down a card."""
_DIGITS = "[0-9](?:[ \t-]?[0-9]){%d,%d}(?![0-9A-Za-z]|[.:/-][0-9])"
_CARD = re.compile(r"卡|(?i:card|cvv|cvc|cvn|pan(?![a-z])|visa|(?<![a-z])acct)|(?:[0-9][ \-]?){13}")
_ASKED_CODE = re.compile(f"(?i)cvv|cvc|cvn|安全[码碼]|密[码碼]|卡背|[验驗检檢查][证證查]?[码碼]|{_BACK}")
_FAR = 120
_EVERY_SAME = re.compile(r"(.)\1*")


class CardSecretRecognizer(CuedRecognizer):
    """Finds CVV, expiry date and payment password behind their words (GB/T 35273-2020 annex B, JR/T 0171-2020)."""

    entities: ClassVar = ("BANK_CVV_PWD",)
    cues: ClassVar = (
        Cue(words(f"{_CVV} {_EXPIRY} {_SECRETS}"), before=0, after=REACH + 96),
        Cue(f"{_BESIDE}(?:{_MONTH}|[0-9]{{3}})", before=24, after=12),
        Cue(f"[0-9]{{6}}{POINTS}{words(_SECRETS)}", before=0, after=0),
        Cue("[0-9]{3}", before=REACH + 96, after=REACH),
    )
    expressions: ClassVar = (
        labelled(_CVV, _DIGITS % (2, 3)),
        answered(_CVV, "[0-9]{3,4}"),
        replied(_BACK, "[0-9]{3}", asks=""),
        loosely(_CVV, "[0-9]{3,4}"),
        re.compile(
            f"{_BACK}[^0-9A-Za-z\n。]{{0,16}}(?P<loose>[0-9]{{3}})(?![0-9A-Za-z]|[.,，%][0-9]|[年月日天个位元])"
        ),
        re.compile("(?<![机機号號码碼])[后後末]三[位码碼][：: 是为]{0,3}(?P<value>(?P<short>[0-9]{3}))(?![0-9A-Za-z])"),
        replied(words(_SECRETS), "[0-9]{6}", asks=""),
        followed("[0-9]{6}", _SECRETS),
        replied(words(_EXPIRY), _STROKED, asks=""),
        re.compile(f"(?<![0-9A-Za-z/.\\-])(?P<value>(?P<short>{_STROKED}))[ ]?(?:到期|过期|過期|失效|前有效)"),
        labelled(_EXPIRY, "(?:0[1-9]|1[0-2])[ ]?月[ ]?/?[ ]?(?:20)?[2-4][0-9][ ]?年"),
        re.compile(f"(?<![A-Za-z]){words(_SECRETS)}{_TOLD}(?P<loose>[0-9]{{6}})(?![0-9A-Za-z]|[.,][0-9])"),
        re.compile(f"{_KEYED}(?P<loose>[0-9]{{6}})(?![0-9A-Za-z]|[.,][0-9])"),
        re.compile(f"{_LOGGED}(?P<loose>[0-9]{{4,6}})(?![0-9A-Za-z])"),
        re.compile(f"{_BESIDE}(?P<beside>{_MONTH})(?![0-9A-Za-z]|[./\\-][0-9])"),
        re.compile(f"{_BESIDE}{_MONTH}{_NEXT}(?P<beside>[0-9]{{3}})(?![0-9A-Za-z])"),
        re.compile(f"{_BESIDE}{_MONTH}{_NEXT}[0-9]{{3}}{_NEXT}(?P<beside>[0-9]{{6}})(?![0-9A-Za-z])"),
        re.compile(f"{_BESIDE}(?P<code>[0-9]{{3}}|[0-9]{{6}})(?![0-9A-Za-z]|[ .,，][0-9])"),
        re.compile(
            f"(?<![A-Za-z])(?i:cvv2?|cvc2?|cvn2?)(?![A-Za-z]){_WORDY}(?P<loose>[0-9]{{3}})(?![0-9A-Za-z]|[.,][0-9])"
        ),
        numbered(_EXPIRY, f"{_STROKED}(?![./\\-][0-9])"),
        numbered(_EXPIRY, r"(?P<short>(?:0[1-9]|1[0-2])[2-4][0-9])(?![./\-][0-9])"),
        numbered(_SECRETS, "[0-9](?:[ \t]?[0-9]){3,7}"),
        labelled(
            _SECRETS,
            "(?:(?=[A-Za-z@#$%^&*!_.]{0,19}[0-9])(?=[0-9@#$%^&*!_.]{0,19}[A-Za-z])"
            "[A-Za-z0-9@#$%^&*!_.]{6,20})(?![0-9A-Za-z])",
            NAMED,
        ),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Refuse amounts and placeholders such as ****** and 000000 for passwords of letters."""
        if re.match(r"[ \t]?(?:位|个月|个工|元|次|分钟|年|%|[万萬亿億])", text[match.end() : match.end() + 4]):
            return None
        if "short" in match.groupdict() and not _is_near(_CARD, text, *match.span("value")):
            return None
        if match.lastgroup in {"beside", "code"}:
            start, end = match.span(match.lastgroup)
            is_asked = match.lastgroup == "beside" or _is_near(_ASKED_CODE, text, start, end)
            return Found(start, end, "BANK_CVV_PWD", 860) if is_asked and _is_on_card(text, match) else None
        if match.lastgroup == "loose":
            return Found(*match.span("loose"), "BANK_CVV_PWD", 560)
        if _EVERY_SAME.fullmatch(match["value"]) and not match["value"].isdigit():
            return None
        return value_of(match, "BANK_CVV_PWD", 850)


def _is_near(words: re.Pattern[str], text: str, start: int, end: int) -> bool:
    return bool(words.search(text, max(0, start - _FAR), start) or words.search(text, end, end + _FAR // 4))


def _is_on_card(text: str, match: re.Match[str]) -> bool:
    """Tell whether the number that the match begins at the last digit of is that of a card."""
    card = _PLASTIC.search(text, max(0, match.start() - 24), match.start() + 1)
    return card is not None and passes_luhn(digits_of(card[0]))
