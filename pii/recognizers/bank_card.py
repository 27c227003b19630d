"""Bank card numbers (银行卡号), ISO/IEC 7812: issuer prefix, account, Luhn check digit.

One row of digits in ten passes the Luhn check, so a known issuer prefix or a word around is demanded too, and the score
stays below that of a proof.
"""

import re
from typing import ClassVar

from pii.checksums import passes_luhn
from pii.numbering import is_card_prefix
from pii.recognizers.cued import (
    LONG_NUMBER,
    CuedRecognizer,
    Found,
    digits_of,
    grouping,
    is_named,
    is_part_of_row,
    is_something_else,
    spaced,
    touches,
)

_WORDS = re.compile(
    r"(?i)银行|卡号|储蓄卡|信用卡|借记卡|账号|帐号|账户|帐户|收款|汇款|打款|转账|开户|银联|銀行|卡號|bank|card|account|visa|unionpay"
)
_LENGTHS = range(13, 20)
_LETTER = re.compile("[A-Za-z]")


class BankCardRecognizer(CuedRecognizer):
    """Finds numbers of bank cards, 13 to 19 digits, whole or in the groups of the plastic (ISO/IEC 7812)."""

    entities: ClassVar = ("BANK_CARD",)
    cues: ClassVar = (LONG_NUMBER,)
    expressions: ClassVar = tuple(
        re.compile(f"(?<![0-9])(?<![0-9][.]){spaced('[1-9]', length - 1)}(?![0-9])") for length in _LENGTHS
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the check digit and either a known prefix in a usual spelling or a word around."""
        start, end = match.span()
        number = digits_of(match[0])
        if not passes_luhn(number) or len(set(number)) == 1 or is_something_else(text, start, end):
            return None
        has_prefix = is_card_prefix(number)
        if is_named(_WORDS, text, start, end) and (has_prefix or not is_part_of_row(text, start, end)):
            return Found(start, end, "BANK_CARD", 980 if has_prefix else 800)
        is_whole = end - start == len(number)
        is_usual = is_whole or (_is_usual(grouping(match[0])) and not is_part_of_row(text, start, end))
        if has_prefix and is_usual and not touches(text, start, end, _LETTER):
            return Found(start, end, "BANK_CARD", 950)
        return None


def _is_usual(groups: tuple[int, ...] | None) -> bool:
    """Tell whether the groups are those printed on cards: by four, 6 and the rest, 4-6-5, or digit by digit."""
    if groups is None:
        return False
    is_by_four = set(groups[:-1]) == {4} and groups[-1] <= 4
    is_prefix_and_rest = len(groups) == 2 and groups[0] == 6
    return is_by_four or is_prefix_and_rest or groups == (4, 6, 5) or set(groups) == {1}
