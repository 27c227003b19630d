"""Accounts of securities, funds, futures and the housing fund (证券、基金、期货、公积金账号), told by the word before.

GB/T 35273-2020 annex A 个人财产信息 and annex B; 中国结算 numbers accounts by a letter and nine digits or ten digits,
brokers and housing funds as they like, so the number proves nothing. Covered is the number alone. Left to people: a
number that no word names, and one in a table whose heading stands in another line.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.accounts.securities_words import HEADS, LABELS, MORE
from pii.recognizers.cued import CuedRecognizer, Found, digits_of, is_something_else
from pii.recognizers.labels import answered, followed, loosely, numbered, replied
from pii.recognizers.words import FIELD, labelled, value_of, words

_PLAIN = "个人账号 缴存账号 个人账户 客户号 客户代码 客户编号 个人编号 账号 账户 户号 户头 个人户头 fund account acct"
_SHARE = "[A-Fa-f][0-9]{9}"
"""A letter and nine digits: how 中国结算 numbers accounts in Shanghai."""
_TWELVE = "(?!(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))[0-9]{12}"
"""Twelve digits: of funds and of the 一码通; no date with its time."""
_SPEAKS = (
    "公积金 证券 券商 期货 股票 股东 基金 中登 中国结算 申购 打新 配号 新股 A股 B股 沪市 深市 炒股 fund broker "
    "shareholder securities stock 转托管 指定交易 撤指定 一码通 股民 股份 营业部 过户 委托 持仓 持股 年金 场内 "
    "场外 港股 stk brokerage entrust trustee depository"
)
_HOUSE = re.compile(
    words(_SPEAKS)
    + r"|(?<![0-9])[0-9]{6}\.(?:SH|SZ|BJ|sh|sz|bj)(?![A-Za-z])"
    + "|(?<![A-Za-z])(?i:(?:gd|zj|jj|zq|gp|gjj|ymt)(?:zh|dm|kh|hm)|holder|s[hz]_?acct)"
)
"""What speaks of shares and funds."""
_FUNDS = re.compile(words("基金 公积金 一码通 股东 证券 券商 中登 股票 期货 fund 年金 理财账") + "|(?i:jjzh|gjj|ymt)")
_OF_ANOTHER = re.compile(
    "(?:订单|訂單|流水|快[递遞]|[运運][单單]|[单單][号號]|手[机機]|[电電][话話]|卡[号號]?|[银銀]行|工[号號]|合同|身[份分]|[证證]件|[档檔]案|社保"
    "|[医醫]保|受理|委托|[条條]码|[发發]票|税|(?i:imei|imsi|order|tel|phone|trace|req(?:uest)?|ticket|serial|task|job)|序列|批|[货貨]"
    "|学籍|学号|残疾|驾|客户)[^。；;\n0-9]{0,14}\\Z"
)
_IDENTITY = re.compile(r"身[份分][证證]?[^。；;\n0-9]{0,8}\Z")
_FAR, _FARTHER = 80, 240
_NUMBER = (
    r"(?:(?!(?i:is|was|of|no|in|on)[ .])[A-Za-z]{1,3}[ \t-]?)?[0-9](?:[ \t-]?[0-9]){5,21}(?![0-9A-Za-z]|[.,][0-9])"
)
_BARE = "(?:[A-Za-z]{1,2}[0-9]{8,10}|[0-9]{9,14})"
_SPACED = "[0-9]{3}(?:[ -][0-9]{3}){3}|[0-9]{4}(?:[ -][0-9]{4}){2}"
_NO_ID = "(?!身份|[证證]件|手[机機]|[电電][话話]|卡号|订单|流水)"
_SHORTEST = 6


class SecuritiesAccountRecognizer(CuedRecognizer):
    """Finds account numbers of investments and of the housing fund behind their words (GB/T 35273-2020 annex B)."""

    entities: ClassVar = ("SECURITIES_ACC",)
    labels: ClassVar = ("证券账户",)
    cues: ClassVar = (
        Cue(words(LABELS), before=0, after=REACH + 64),
        Cue(words(MORE), before=0, after=REACH + 64),
        Cue(words(f"{_PLAIN} {HEADS}"), before=0, after=REACH + 64),
        Cue(_BARE, before=0, after=REACH),
    )
    expressions: ClassVar = (
        labelled(LABELS, _NUMBER),
        numbered(LABELS, _NUMBER),
        numbered(MORE, _NUMBER),
        answered(HEADS, _BARE),
        replied(words(HEADS), f"{_BARE}|{_SPACED}", f"(?:{_NO_ID}[^\n]){{0,32}}?(?<![0-9A-Za-z])", asks=""),
        loosely(HEADS, _BARE),
        followed(_BARE, f"{HEADS} {LABELS}"),
        labelled(_PLAIN, f"(?P<plain>{_NUMBER})", FIELD),
        labelled(_PLAIN, f"(?P<plain>{_BARE})(?![0-9A-Za-z]|[.,][0-9])"),
        re.compile(f"(?<![0-9A-Za-z])(?P<share>{_SHARE})(?![0-9A-Za-z])"),
        re.compile(f"(?<![0-9A-Za-z.\\-])(?P<twelve>{_TWELVE})(?![0-9A-Za-z]|[.,/\\-][0-9])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Refuse amounts."""
        if match.lastgroup in {"share", "twelve"}:
            is_one = _is_told(text, match) and not is_something_else(text, *match.span())
            return Found(*match.span(), "SECURITIES_ACC", 540) if is_one else None
        group = "loose" if match.lastgroup == "loose" else "value"
        if is_something_else(text, *match.span(group)) or len(digits_of(match[group])) < _SHORTEST:
            return None
        if group == "loose":
            return Found(*match.span("loose"), "SECURITIES_ACC", 560)
        if "plain" in match.groupdict():
            is_house = _HOUSE.search(text, max(0, match.start() - REACH + 1), match.start("value"))
            return value_of(match, "SECURITIES_ACC", 560) if is_house else None
        return value_of(match, "SECURITIES_ACC", 880)


def _is_told(text: str, match: re.Match[str]) -> bool:
    """Tell whether the words around speak of shares, or for twelve digits of funds and of nothing else."""
    start, end = match.span()
    if match.lastgroup == "share":
        if _IDENTITY.search(text[max(0, start - 12) : start]):
            return False
        return bool(_HOUSE.search(text, max(0, start - _FARTHER), start) or _HOUSE.search(text, end, end + _FAR))
    is_fund = _FUNDS.search(text, max(0, start - _FAR), start) is not None
    return is_fund and not _OF_ANOTHER.search(text[max(0, start - _FAR) : start])
