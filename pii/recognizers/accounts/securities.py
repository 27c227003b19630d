"""Accounts of securities, funds, futures and the housing fund (证券、基金、期货、公积金账号), told by the word before.

GB/T 35273-2020 annex A 个人财产信息 and annex B; 中国结算 numbers accounts by a letter and nine digits or ten digits,
brokers and housing funds as they like, so the number proves nothing. Covered is the number alone. Left to people: a
number that no word names, and one in a table whose heading stands in another line.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.cued import CuedRecognizer, Found, digits_of, is_something_else
from pii.recognizers.labels import answered, followed, is_mentioned, loosely, numbered
from pii.recognizers.words import FIELD, labelled, value_of, words

_KINDS = "证券 股票 股东 资金 基金 住房公积金 公积金 期货 保证金 理财 信托 年金 养老金 投资 交易 沪A 深A 沪市 深市"
_ENDS = "账号 账户 账户号 账户号码 账户编号 账户代码 账户卡号 卡号 户号"
_OTHERS = (
    "股东代码 股东代码卡号 公积金号 公积金个人账号 公积金个人账户 公积金缴存账号 公积金客户号 公积金个人客户号 "
    "A股账户 A股账号 TA账号 股东号 股东卡 股东卡号 股东账 资金号 期货号 基金号 "
    "公积金账 公积金卡 公积金卡号 公积金编号 "
    "公积金个人编号 公积金联名卡 证券卡号 证券号 股票代码卡 客户资金号 一码通 一码通账户 一码通账号 一码通号 "
    "securities_account stock_account fund_account brokerage_account trading_account "
    "gjj gjjzh gjj_no gjjkh gjjkhh zqzh gpzh gdzh gddm gdkh gdkhm zjzh jjzh qhzh khzh tazh ymt ymth stock_acct "
    "stock_acc "
    "shareholder_no holder_no 基金TA 上海A股 深圳A股 A股账户卡 stockholder_acc stockholder_acct stockholder_account "
    "stockholder_code holder_code holder_acct fund_acct fund_acc "
    "fund_no ta_account ta_acct ta_no securities_acct securities_acc sec_acct sec_account trade_acct futures_acct "
    "中登账号 中登账户 中登号 开户账号 capital_account capital_acct cash_account mpf_account mpf_no cpf_account "
    "ccass 集保账号 集保帐号 证券户头 "
    "secu_acct shareholder_code housing_fund provident_fund "
    "futures_account housing_fund_account provident_fund_account shareholder_account"
)
_LABELS = " ".join(
    [
        *(kind + end for kind in _KINDS.split() for end in _ENDS.split()),
        _OTHERS,
    ]
)
_PLAIN = "个人账号 缴存账号 个人账户 客户号 客户代码 客户编号 个人编号 账号 账户 户号 户头 个人户头 fund account acct"
_SHARE = "[A-Fa-f][0-9]{9}"
"""A letter and nine digits: how 中国结算 numbers accounts in Shanghai."""
_HOUSE = re.compile(
    words(
        "公积金 证券 券商 期货 股票 股东 基金 中登 中国结算 申购 打新 配号 新股 A股 B股 沪市 深市 炒股 fund broker "
        "shareholder securities stock"
    )
)
_NUMBER = r"(?:[A-Za-z]{1,3}[ \t-]?)?[0-9](?:[ \t-]?[0-9]){5,21}(?![0-9A-Za-z]|[.,][0-9])"
_HEADS = (
    "证券 股票 股东 基金 公积金 期货 券商 炒股 沪市 深市 沪A 深A B股 一码通 强积金 集保 国债 资金账 理财账 "
    "housing_fund provident_fund brokerage securities stock_account mpf"
)
_BARE = "(?:[A-Za-z]{1,2}[0-9]{8,10}|[0-9]{9,14})"
_SHORTEST = 6


class SecuritiesAccountRecognizer(CuedRecognizer):
    """Finds account numbers of investments and of the housing fund behind their words (GB/T 35273-2020 annex B)."""

    entities: ClassVar = ("SECURITIES_ACC",)
    labels: ClassVar = ("证券账户",)
    cues: ClassVar = (
        Cue(words(_LABELS), before=0, after=REACH + 64),
        Cue(words(f"{_PLAIN} {_HEADS}"), before=0, after=REACH + 64),
        Cue(_BARE, before=0, after=REACH),
    )
    expressions: ClassVar = (
        labelled(
            _LABELS,
            rf"(?:(?i:no|number)[.: ]{{0,2}})?{_NUMBER}",
        ),
        numbered(_LABELS, _NUMBER),
        answered(_HEADS, _BARE),
        loosely(_HEADS, _BARE),
        followed(_BARE, f"{_HEADS} {_LABELS}"),
        labelled(_PLAIN, f"(?P<plain>{_NUMBER})", FIELD),
        labelled(_PLAIN, f"(?P<plain>{_BARE})(?![0-9A-Za-z]|[.,][0-9])"),
        re.compile(f"(?<![0-9A-Za-z])(?P<share>{_SHARE})(?![0-9A-Za-z])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Refuse amounts."""
        if match.lastgroup == "share":
            start, end = match.span()
            is_one = is_mentioned(_HOUSE, text, start, end) and not is_something_else(text, start, end)
            return Found(start, end, "SECURITIES_ACC", 540) if is_one else None
        group = "loose" if match.lastgroup == "loose" else "value"
        if is_something_else(text, *match.span(group)) or len(digits_of(match[group])) < _SHORTEST:
            return None
        if group == "loose":
            return value_of(match, "SECURITIES_ACC", 560, group)
        if "plain" in match.groupdict():
            is_house = _HOUSE.search(text, max(0, match.start() - REACH + 1), match.start("value"))
            return value_of(match, "SECURITIES_ACC", 560) if is_house else None
        return value_of(match, "SECURITIES_ACC", 880)
