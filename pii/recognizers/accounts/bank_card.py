"""Bank card numbers (银行卡号), ISO/IEC 7812: issuer prefix, account, Luhn check digit.

One row of digits in ten passes the Luhn check, so a known issuer prefix or a word around is demanded too, and the score
stays below that of a proof. Broken by the end of a line, or with letters that look like digits, the prefix is
demanded.
"""

import re
from typing import ClassVar

from pii.checksums import passes_luhn
from pii.gate import Cue
from pii.lookalikes import DIGIT_AHEAD, LETTERS, MOST, letters, meant
from pii.numbering import is_card_prefix
from pii.recognizers.contact.broken import BROKEN_NUMBER, broken, goes_on, joined
from pii.recognizers.cued import (
    LONG_NUMBER,
    CuedRecognizer,
    Found,
    grouping,
    is_named,
    is_part_of_row,
    is_something_else,
    spaced,
    touches,
)

_WORDS = re.compile(
    r"(?i)银行|卡号|储蓄卡|信用卡|借记卡|账号|帐号|账户|帐户|收款|汇款|打款|[打转汇付存划退赔][给到入款至]|工资卡|"
    r"银联|赔付|卡片|转账|开户|银联|结算|扣款|代扣|"
    r"刷卡|还款|绑定|绑卡"
    r"|銀行|卡號|帳號|帳戶|賬號|賬戶|匯款|轉帳|轉賬|開戶|銀聯|提款卡|金融卡|bank|card|account|acct|visa|"
    r"unionpay|master|maestro|amex|american express|jcb|diners|discover|debit|credit"
)
_LENGTHS = range(13, 20)
_ALIKE = (
    f"[0-9{LETTERS}]{{13,19}}|[0-9{LETTERS}]{{4}}(?:[ \\-][0-9{LETTERS}]{{4}}){{3}}(?:[ \\-][0-9{LETTERS}]{{1,3}})?"
)
_GAP = re.compile("[^0-9A-Za-z]")
_LONG_BEFORE = re.compile("(?<![0-9])[0-9]{11,18}[ \t\u3000]$")
_LONE = re.compile("[ .\\-][0-9]")
_LETTER = re.compile("[A-Za-z]")


class BankCardRecognizer(CuedRecognizer):
    """Finds numbers of bank cards, 13 to 19 digits, whole or in the groups of the plastic (ISO/IEC 7812)."""

    entities: ClassVar = ("BANK_CARD",)
    labels: ClassVar = ("账号",)
    cues: ClassVar = (LONG_NUMBER, BROKEN_NUMBER, Cue(_ALIKE, before=0, after=0))
    expressions: ClassVar = (
        *(re.compile(f"(?<![0-9])(?<![0-9][.]){spaced('[1-9]', length - 1)}(?![0-9])") for length in _LENGTHS),
        re.compile(f"(?<![0-9])(?<![0-9][.])(?P<broken>{broken('[1-9]')})(?![0-9])"),
        re.compile(f"(?<![0-9A-Za-z.]){DIGIT_AHEAD}(?P<alike>{_ALIKE})(?![0-9A-Za-z])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the check digit and either a known prefix in a usual spelling or a word around."""
        start, end = match.span()
        written = joined(match[0])
        number = meant(written)
        if len(number) not in _LENGTHS or len(set(number)) == 1 or letters(written) > MOST:
            return None
        if not passes_luhn(number) or is_something_else(text, start, end):
            return None
        has_prefix = is_card_prefix(number)
        is_row = is_part_of_row(text, start, end) and not _stands_out(text, match)
        if match.lastgroup:
            return _hidden(text, match, written) if has_prefix else None
        is_strange = not has_prefix and touches(text, start, end, _LETTER)
        if is_named(_WORDS, text, start, end) and (has_prefix or not is_row) and not is_strange:
            return Found(start, end, "BANK_CARD", 980 if has_prefix else 800)
        is_whole = end - start == len(number)
        is_usual = is_whole or (_is_usual(grouping(match[0])) and not is_row)
        is_one = has_prefix and is_usual and not touches(text, start, end, _LETTER)
        return Found(start, end, "BANK_CARD", 950) if is_one else None


def _hidden(text: str, match: re.Match[str], written: str) -> Found | None:
    """Take a broken number, or one with letters for digits, beside a word, or where nothing but a card is as long."""
    start, end = match.span()
    if not written[:2].isdigit() or (match.lastgroup == "alike" and not letters(written)):
        return None
    is_told = is_named(_WORDS, text, start, end)
    is_alone = written[:2] == "62" and (match.lastgroup == "alike" or goes_on(text, start))
    return Found(start, end, "BANK_CARD", 900 if is_told else 700) if is_told or is_alone else None


def _stands_out(text: str, match: re.Match[str]) -> bool:
    """Tell whether a grouped number differs from the figures around: the numbers of a list of people side by side."""
    gaps = set(_GAP.findall(match[0]))
    around = {*_GAP.findall(text[max(0, match.start() - 1) : match.start()]), text[match.end() : match.end() + 1]}
    is_by_four = grouping(match[0]) == (4, 4, 4, 4, 3)
    is_long = _LONG_BEFORE.search(text, max(0, match.start() - 20), match.start()) and not _LONE.match(
        text, match.end()
    )
    return is_by_four or bool(is_long) or (len(gaps) == 1 and not gaps & around)


def _is_usual(groups: tuple[int, ...] | None) -> bool:
    """Tell whether the groups are those printed on cards: by four, 6 and the rest, 4-6-5, or digit by digit."""
    if groups is None:
        return False
    is_by_four = set(groups[:-1]) == {4} and groups[-1] <= 4
    is_prefix_and_rest = len(groups) == 2 and groups[0] == 6
    return is_by_four or is_prefix_and_rest or groups == (4, 6, 5) or set(groups) == {1}
