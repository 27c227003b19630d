"""Taiwan identity numbers (國民身分證統一編號) and those of residents (統一證號): a letter, nine digits.

The letter stands for a place and two digits; weights 1, 9, 8 ... 1, 1 give a sum divisible by 10. The digit behind the
letter is 1 or 2 for citizens, 8 or 9 on resident certificates since 2021; older certificates have a second letter A to
D instead, of which the second digit counts. One number in ten passes, so a word must name it. Certainty: common
knowledge.
"""

import re
from typing import ClassVar

from pii.checksums import passes_taiwan
from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found, is_something_else
from pii.recognizers.labels import is_mentioned
from pii.recognizers.words import HAN, words

_WORDS = re.compile(
    words(
        "身份 身分 台湾 台胞 统一编号 统一证号 居留 证件 身份字号 字号 国民身份 国民身分 户籍 报案人 被害人 嫌疑人 "
        "当事人 "
        "申请人 授权人 委任人 受任人 立书人 买受人 证号 报关 EZWAY"
    )
    + r"|(?i:taiwan|identity|(?<![a-z])(?:id|arc|roc|tw_?id)(?![a-z])|resident)"
)
_NAME_BEFORE = re.compile(f"[{HAN}][ ]?[(（]$")
"""The number of a person stands in brackets behind the name."""
_VALUE = "[A-Za-z][1289A-Da-d][0-9]{8}"


class TaiwanIdRecognizer(CuedRecognizer):
    """Finds Taiwan identity and resident numbers by check digit and a word around (weighted modulo 10)."""

    entities: ClassVar = ("TW_ID",)
    labels: ClassVar = ("身分證",)
    cues: ClassVar = (Cue(_VALUE, before=0, after=0),)
    expressions: ClassVar = (re.compile(f"(?<![0-9A-Za-z]){_VALUE}(?![0-9A-Za-z])"),)

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the check digit and the word."""
        start, end = match.span()
        if not passes_taiwan(match[0].upper()) or is_something_else(text, start, end):
            return None
        if is_mentioned(_WORDS, text, start, end):
            return Found(start, end, "TW_ID", 900)
        is_somebodys = match[0].isupper() and _NAME_BEFORE.search(text, max(0, start - 3), start)
        return Found(start, end, "TW_ID", 600) if is_somebodys else None
