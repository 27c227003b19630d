"""What a person owns, earns and owes (余额、收入、贷款、征信): a word of money, an amount, and a person, in one clause.

GB/T 35273-2020 annex B 个人财产信息 (存款信息、房产信息、信贷记录、征信信息、交易和消费记录、流水记录), GB/T 45574-2025
annex A. Covered is word and amount, or the amount alone behind a colon or key. The same words about a country, a
company or nobody are left; so are amounts of 亿, an amount whose person stands in another sentence, and job
advertisements.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue, Sign
from pii.recognizers.clauses import WIDEST, ClauseRecognizer
from pii.recognizers.cued import Found
from pii.recognizers.subjects import is_about_person, is_of_record
from pii.recognizers.words import BEHIND, END, labelled, words

_MONEY_WORDS = (
    "余额 存款 月薪 年薪 薪资 薪水 工资 底薪 月收入 年收入 收入 年终奖 奖金 退休金 养老金 低保金 实发 "
    "到手 月入 年入 日薪 应发 应发工资 实发工资 月工资 月均收入 月均流水 月流水 年流水 入账 缴存 缴存额 缴存基数 "
    "月缴存额 应还 本期应还 待还 积欠 拖欠 "
    "放款 消费贷 信用贷 国债 理财 结余 剩余 可用余额 低保 补助 抚恤金 抚养费 赡养费 定期存款 活期 首付 强积金 "
    "劳务所得 私人贷款 贷款余额 到手 贷款 房贷 车贷 网贷 借款 欠款 "
    "欠债 负债 债务 月供 授信 额度 流水 净资产 资产 花呗 借呗 白条 逾期 欠 账户里 卡里 卡上 消费 公积金"
)
_ENGLISH = (
    "balance salary income loan mortgage debt savings credit_limit annual_income monthly_income net_worth owes overdue"
)
_STATES = (
    "房贷未结清 车贷未结清 贷款未还 贷款未结清 逾期未还 连续逾期 当前逾期 呆账 征信黑名单 征信不良 征信有问题 "
    "信用卡透支 信用卡逾期 网贷逾期 欠债不还 "
    "个人破产 资不抵债 有房有车 名下无房 名下有房 全款房 全款购房 按揭 低保户 贫困户"
)
_BANK = re.compile("【[^】\n]{0,10}银行】|尾[号数号]|您的?(?:账户|賬戶|信用卡|储蓄卡|尾|申请|卡)|您本期")
"""A bank writes to its customer."""
_SCORES = "芝麻信用分 芝麻信用 芝麻分 信用评分 信用分 征信评分 征信分 微信支付分 支付分 credit_score fico_score fico"
_NUMBER = r"(?:[0-9]{1,3}(?:[,，][0-9]{3}){1,5}|[0-9]{1,15})(?:\.[0-9]{1,8})?"
_HAN_NUMBER = (
    "[一二三四五六七八九十两兩壹贰叁肆伍陆柒捌玖拾][一二三四五六七八九十两兩百千零壹贰叁肆伍陆柒捌玖拾佰仟]{0,6}"
)
_UNIT = (
    r"(?:万余?[元块塊]|萬[元塊]|[千百]元|元|块钱?|塊錢?|万(?!科|达|物|一)|萬|[wWkK](?![A-Za-z])|港[元币幣]|"
    r"美[元金]|欧元|英镑|RMB|CNY|USD|HKD|yuan|dollars)"
)
_SIGN = r"(?:[¥￥$€£]|RMB|CNY|USD|HKD|NT\$|人民币|人民幣)[ \t]?"
_AMOUNT = (
    rf"(?:{_SIGN}{_NUMBER}(?:[ \t]?{_UNIT})?|{_NUMBER}(?:多|余|餘)?[ \t]?{_UNIT}|{_HAN_NUMBER}(?:多|余|餘|"
    rf"来)?(?:万|萬)?(?:多|余|餘)?[元块塊万萬](?:钱|錢|元)?整?|"
    rf"(?<=逾期)[0-9一二三四五六七八九十]{{1,3}}(?:次|期|天|个月))"
)
_NEAR = rf"[^{END}0-9¥￥$€£]{{0,10}}?"
_MASSES = re.compile(r"[ \t]?[多余餘]?[万萬]?(?:亿|億)|[以]?[上下]|[/每]?[人户]均")
_FIELD = re.compile(r"[:：=|>\t\"]")
_NO_DIGIT = re.compile("[^0-9.,，]")
_OTHERS = re.compile(
    "人均|户均|居民|全国|全省|全市|同比|增长|总额|企业|公司|行业|上市|财政|注册资本|招聘|任职要求|起步价|最低|最高|标准"
)


class CreditRecognizer(ClauseRecognizer):
    """Finds balances, incomes, debts and credit scores of a person (GB/T 35273-2020 annex B, 个人财产信息)."""

    entities: ClassVar = ("CREDIT_INFO",)
    cues: ClassVar = (
        Cue(
            rf"{words(f'{_MONEY_WORDS} {_ENGLISH}')}[^{END}0-9]{{0,24}}"
            rf"(?:[0-9¥￥$€£RCUHN]|{_HAN_NUMBER}(?:多|余|餘|来)?[元块塊万萬])",
            before=28,
            after=64 + WIDEST,
        ),
        Cue(words(f"{_STATES} 逾期 信用卡"), before=40, after=WIDEST + 24),
        Cue(words(_SCORES), before=28, after=REACH + WIDEST),
    )
    matter: ClassVar = re.compile(
        "贷|貸|欠|债|債|万|萬|[0-9]元|存款|国债|國債|逾期|余额|餘額|收入|月供|结清|清還|before tax|RMB|账户|低保"
    )
    expressions: ClassVar = (
        re.compile(
            f"(?<![无])(?P<bare>(?:有|尚有|名下|最近|连续)*{words(_STATES)}|"
            f"{words('逾期 信用卡')}[^{END}]{{0,12}}?(?:逾期|未还|未結?清)[^{END}，,]{{0,8}})"
        ),
        *(re.compile(rf"(?<![A-Za-z]){words(each)}{_NEAR}(?P<value>{_AMOUNT})") for each in (_MONEY_WORDS, _ENGLISH)),
        *(labelled(each, rf"{_NUMBER}(?![0-9A-Za-z]|[.,][0-9])") for each in (_MONEY_WORDS, _ENGLISH)),
        labelled(_SCORES, r"[3-9][0-9]{2}(?![0-9A-Za-z.]|[ \t]?[%~])"),
    )

    signs: ClassVar = {
        1: Sign(words(_MONEY_WORDS), early=61, is_first=True),
        3: Sign(f"{words(_MONEY_WORDS)}{BEHIND}", early=388, is_first=True),
    }

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a person; refuse masses, averages and firms."""
        if match.lastgroup == "bare":
            start, end = match.span("bare")
            is_kept = is_of_record(text, start, start, end)
            return Found(start, end, "CREDIT_INFO", 640) if is_kept else None
        said, (start, end) = match.start(), match.span("value")
        is_field = match.re not in self.expressions[1:3] or bool(_FIELD.search(text, said, start))
        if not is_field:
            start = said
        has_unit = bool(_NO_DIGIT.search(match["value"]))
        if start - said >= REACH or _MASSES.match(text, end) or not (has_unit or is_field):
            return None
        if _OTHERS.search(text, max(0, said - 24, start - REACH + 1), end + 12):
            return None
        is_bank = _BANK.search(text, max(0, said - REACH + 1), said)
        if not is_bank and not is_about_person(text, said, start, end, is_form=is_field):
            return None
        return Found(start, end, "CREDIT_INFO", 640)
