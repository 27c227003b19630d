"""Numbers that nearly prove themselves (自证): their form is so rare in texts that no word need name them.

A letter of the series with eight digits, an area with a plausible date of birth, a check character in brackets: on
23 MB of statutes and technical documentation none of them stands for anything else. So they count wherever nothing
around says that they number a thing, and only in the form in which they are printed; weakly, so that whatever a word
names goes before.
"""

import re

from pii.recognizers.cued import is_something_else
from pii.recognizers.words import words

ALONE = 520
"""Score of such a find: above a guess from one word, below a label."""

_BEFORE, _BEHIND = 40, 8
_GAP = r"(?P<gap>[^\n。；;]{0,10}(?:[A-Z]{0,2}[0-9]{6,12}[、，,/ ]{1,2}){0,2})$"
"""A few words, and numbers of the same list."""
_OF_A_THING = re.compile(
    words(
        "型号 货号 款号 料号 批号 批次 图号 零件 配件 备件 部件 器件 芯片 机身 出厂 资产 库存 库位 仓位 "
        "储位 工单 订单 运单 快递 快件 物流 包裹 邮件号 单号 票号 客票 号段 领件 取件 登记号 票据 发票 收据 回执 "
        "流水 受理 合同 保单 协议 案号 文号 标准 版本 固件 编码 条码 图纸 专利 公告 股票 证券 基金 股东 账号 账户 "
        "户号 表号 口令 密码 验证码 校验码 微信 钢印 航班 车次 房号 邮编 学号 工号 串号 串码 设备 终端 序列 样本 "
        "标本 试剂 病案 病历 门诊 住院 行号"
    )
    + _GAP
    + r"|(?i:(?<![a-z])(?:sku|parts?|model|serial|s/?n|p/?n|lot|batch|order|invoice|ticket|build|commit|version|token"
    r"|hash|sha[0-9]*|md5|imei|imsi|iccid|meid|item|case|error|code|ref|account|acct|version|uid|spec))(?![a-z])[^0-9\n]{0,8}$"
)
_GLUED_BEFORE = re.compile(r"[A-Za-z0-9][/.:\-]$|[_@$¥￥~+\-]$")
_GLUED_BEHIND = re.compile(r"[_@+]|[/.:\-][A-Za-z0-9]")
_DATE = re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_ONE_DIGIT = re.compile(r"([0-9])\1+")

_NOTHING = re.compile("(?!)")


def is_things(text: str, start: int, kinds: re.Pattern[str] = _NOTHING) -> bool:
    """Tell whether a word right before ``start`` names a number of a thing, and none of ``kinds`` is nearer."""
    named = _OF_A_THING.search(text, max(0, start - _BEFORE), start)
    return named is not None and not kinds.search(named["gap"] or "")


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether nothing around or in the number ``[start, end)`` makes it a thing's, a date or a part of more."""
    before = max(0, start - _BEFORE)
    digits = "".join(filter(str.isdigit, text[start:end]))
    return not (
        is_something_else(text, start, end)
        or is_things(text, start)
        or _GLUED_BEFORE.search(text, before, start)
        or _GLUED_BEHIND.match(text, end, end + _BEHIND)
        or _DATE.match(digits)
        or _ONE_DIGIT.fullmatch(digits)
    )
