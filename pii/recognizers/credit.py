"""What a person owns, earns and owes (余额、收入、贷款、征信): a word of money, an amount, and a person, in one clause.

GB/T 35273-2020 annex B 个人财产信息 (存款信息、房产信息、信贷记录、征信信息、交易和消费记录、流水记录), GB/T 45574-2025
annex A. Covered is word and amount, or the amount alone behind a colon or key. The same words about a country, a
company or nobody are left; so are amounts of 亿, an amount whose person stands in another sentence, and job
advertisements.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.subjects import is_about_person
from pii.recognizers.words import END, labelled, words

_MONEY_WORDS = (
    "余额 存款 月薪 年薪 薪资 薪水 工资 底薪 月收入 年收入 收入 年终奖 奖金 退休金 养老金 低保金 实发 "
    "到手 贷款 房贷 车贷 网贷 借款 欠款 "
    "欠债 负债 债务 月供 授信 额度 流水 净资产 资产 花呗 借呗 白条 逾期 欠 账户里 卡里 卡上 消费 公积金"
)
_ENGLISH = (
    "balance salary income loan mortgage debt savings credit_limit annual_income monthly_income net_worth owes overdue"
)
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


class CreditRecognizer(CuedRecognizer):
    """Finds balances, incomes, debts and credit scores of a person (GB/T 35273-2020 annex B, 个人财产信息)."""

    entities: ClassVar = ("CREDIT_INFO",)
    cues: ClassVar = (
        Cue(
            rf"{words(f'{_MONEY_WORDS} {_ENGLISH}')}[^{END}0-9]{{0,24}}"
            rf"(?:[0-9¥￥$€£RCUHN]|{_HAN_NUMBER}(?:多|余|餘|来)?[元块塊万萬])",
            before=0,
            after=64,
        ),
        Cue(words(_SCORES), before=0, after=REACH),
    )
    expressions: ClassVar = (
        *(re.compile(rf"(?<![A-Za-z]){words(each)}{_NEAR}(?P<value>{_AMOUNT})") for each in (_MONEY_WORDS, _ENGLISH)),
        *(labelled(each, rf"{_NUMBER}(?![0-9A-Za-z]|[.,][0-9])") for each in (_MONEY_WORDS, _ENGLISH)),
        labelled(_SCORES, r"[3-9][0-9]{2}(?![0-9A-Za-z.]|[ \t]?[%~])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a person; refuse masses, averages and firms."""
        said, (start, end) = match.start(), match.span("value")
        is_field = match.re not in self.expressions[:2] or bool(_FIELD.search(text, said, start))
        if not is_field:
            start = said
        has_unit = bool(_NO_DIGIT.search(match["value"]))
        if start - said >= REACH or _MASSES.match(text, end) or not (has_unit or is_field):
            return None
        if _OTHERS.search(text, max(0, said - 24, start - REACH + 1), end + 12):
            return None
        if not is_about_person(text, said, start, end, is_form=is_field):
            return None
        return Found(start, end, "CREDIT_INFO", 640)
