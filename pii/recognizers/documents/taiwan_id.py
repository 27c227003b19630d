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
from pii.recognizers.words import words

_WORDS = re.compile(
    words("身份 台湾 台胞 统一编号 统一證號 统一证号 統一編號 統一證號 居留 居留證 证件 身份字号 字号 字號")
    + r"|(?i:taiwan|identity|(?<![a-z])(?:id|arc|roc)(?![a-z])|resident)"
)
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
        return Found(start, end, "TW_ID", 900) if is_mentioned(_WORDS, text, start, end) else None
