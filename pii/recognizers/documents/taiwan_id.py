"""Taiwan identity numbers (國民身分證統一編號) and those of residents (統一證號): a letter, nine digits.

The letter stands for a place and two digits; weights 1, 9, 8 ... 1, 1 give a sum divisible by 10. The digit behind the
letter is 1 or 2 for citizens, 8 or 9 on resident certificates since 2021; older certificates have a second letter A to
D instead, of which the second digit counts. One number in ten passes, so a word must name it or nothing else may.
Certainty: common knowledge.
"""

import re
from typing import ClassVar

from pii.checksums import passes_taiwan
from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found, digits_of, grouping, is_named, is_something_else
from pii.recognizers.documents.alone import ALONE, stands_alone
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
_PAPER = re.compile(words("身份 身分 统一编号 统一证号 居留 证号"))
_SHARES = re.compile(words("股东 证券 股票") + "|(?i:sharehold|securities|gddm|stock)")
"""What has accounts of a letter and nine digits."""
_VALUE = "[A-Za-z][1289A-Da-d][0-9]{8}"
_GAP = "[ \t\u3000.\\-]"
_SPACED = f"[A-Za-z]{_GAP}?[1289](?:{_GAP}?[0-9]){{8}}"


class TaiwanIdRecognizer(CuedRecognizer):
    """Finds Taiwan identity and resident numbers by check digit and a word around (weighted modulo 10)."""

    entities: ClassVar = ("TW_ID",)
    labels: ClassVar = ("身分證",)
    cues: ClassVar = (Cue(_VALUE, before=0, after=0), Cue(_SPACED, before=0, after=0))
    expressions: ClassVar = (
        re.compile(f"(?<![0-9A-Za-z]){_VALUE}(?![0-9A-Za-z])"),
        re.compile(f"(?<![0-9A-Za-z])(?P<spaced>{_SPACED})(?![0-9A-Za-z])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the check digit and the word."""
        start, end = match.span()
        if not passes_taiwan(digits_of(match[0]).upper()) or is_something_else(text, start, end):
            return None
        if match.lastgroup == "spaced" and not match[0].isalnum():
            is_one = grouping(match[0]) and is_named(_PAPER, text, start, end)
            return Found(start, end, "TW_ID", 850) if is_one else None
        if is_mentioned(_WORDS, text, start, end) and not is_named(_SHARES, text, start, end):
            return Found(start, end, "TW_ID", 900)
        is_somebodys = match[0].isupper() and _NAME_BEFORE.search(text, max(0, start - 3), start)
        if is_somebodys:
            return Found(start, end, "TW_ID", 600)
        is_alone = match[0].isupper() and stands_alone(text, start, end)
        return Found(start, end, "TW_ID", ALONE) if is_alone else None
