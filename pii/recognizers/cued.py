"""What our recognisers share: they fold for themselves, look at every start, and read the words around a number.

- Folding inside the recogniser makes plain Presidio find the same as our engine does.
- Stock context never fires on a pipeline without lemmas, and on characters never could; so context is read from the
  string, within :data:`pii.gate.REACH` characters, and decides inside the recogniser.
- Every start is tried, not only those behind the last match, so that a find depends on its surroundings alone. This is
  what lets :mod:`pii.gate` cut a text.
"""

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import ClassVar, NamedTuple

from presidio_analyzer import AnalysisExplanation, LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from pii.gate import Cue, Sign
from pii.normalise import SEPARATOR, fold
from pii.starts import matches

LONG_NUMBER = Cue(f"[0-9](?:{SEPARATOR}{{0,3}}[0-9]){{10,}}", before=16, after=20)
"""Eleven digits and more, however they are spaced."""
LONG_RUN = Cue(r"[0-9](?<![0-9][.].)[0-9]{6,}", before=16, after=20)
"""Seven digits and more without a gap, not behind a decimal point."""

_BEFORE = 24
_AFTER = 12
_NAMED = re.compile(
    r"(?i)(?:(?:订单|流水|单据|票据|发票|合同|运单|快递|物流|批次?|小票|序列|货品?|商品|交易|受理|案件|项目|文件|版本|条形?|单|编|序)"
    r"[号码]码?|\b(?:ISBN|ISSN|S/?N|P/N|LOT|SKU|order(?: ?(?:id|no))?|serial|version|build|commit|sha|md5)\b)"
    r"[^0-9A-Za-z\n]{0,4}$"
)
_MONEY = re.compile(r"[ \t]?(?:元|万|亿|美元|港元|欧元|日元|英镑|字节|毫秒|bytes)")


class Found(NamedTuple):
    """What a recogniser saw at a place of the folded text; score in thousandths."""

    start: int
    end: int
    entity: str
    score: int


class CuedRecognizer(LocalRecognizer):
    """A recogniser of numbers and the like by expression, validation and the words around.

    Args:
        supported_language: The language under which Presidio calls it.
    """

    COUNTRY_CODE: ClassVar[str | None] = "cn"
    name: str
    entities: ClassVar[tuple[str, ...]]
    cues: ClassVar[tuple[Cue, ...]]
    """Signs for the gate; see :mod:`pii.gate` for what they promise."""
    expressions: ClassVar[tuple[re.Pattern[str], ...]]
    signs: ClassVar[Mapping[int, Sign]] = {}
    """By number of an expression: what is cheaper to scan for, and there wherever it matches."""
    labels: ClassVar[tuple[str, ...]] = ()
    """Words that name what it takes for any number otherwise; behind one a bare value is found."""

    def __init__(self, supported_language: str = "zh") -> None:
        super().__init__(supported_entities=list(self.entities), supported_language=supported_language)

    def load(self) -> None:
        """Do nothing: tables are read on first use."""

    @abstractmethod
    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Decide about one match in the folded text."""

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts | None = None,  # noqa: ARG002 - Presidio's signature
    ) -> list[RecognizerResult]:
        """Find values in a text; spans point into the text as given, hidden characters covered."""
        folded = fold(text)
        found = {each for each in self.found(folded.text) if each.entity in entities}
        return [self._result(each, *folded.offsets.back(each.start, each.end)) for each in sorted(found)]

    def found(self, text: str) -> Iterator[Found]:
        """Yield what it finds in a folded text, one find as often as it is found."""
        for expression in self.expressions:
            yield from self.find(expression, text, 0, len(text))

    def find(self, expression: re.Pattern[str], text: str, start: int, end: int) -> list[Found]:
        """Return what one of the expressions finds from places within ``[start, end)`` of a folded text.

        All of the text is read: what matches up to where the text is cut is matched anew in the whole of it.
        """
        found = []
        for match in matches(expression, text, start, end):
            whole = match if end == len(text) else expression.match(text, match.start())
            if whole is not None and (each := self.judge(text, whole)) is not None:
                found.append(each)
        return found

    def _result(self, found: Found, start: int, end: int) -> RecognizerResult:
        score = found.score / 1000
        explanation = AnalysisExplanation(self.name, score, textual_explanation=f"Detected by {self.name}")
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
        }
        return RecognizerResult(found.entity, start, end, score, explanation, metadata)


def spaced(first: str, count: int, last: str = "") -> str:
    """Return an expression for a digit of class ``first``, ``count`` more digits and ``last``, however spaced."""
    gap = f"{SEPARATOR}{{0,2}}"
    return f"{first}(?:{gap}[0-9]){{{count}}}" + (f"{gap}{last}" if last else "")


def digits_of(value: str) -> str:
    """Return the digits and letters of a value without what separates them."""
    return "".join(filter(str.isalnum, value))


def grouping(value: str) -> tuple[int, ...] | None:
    """Return the lengths of the groups of a spaced number, or None where it is spaced in more than one way."""
    groups = re.findall("[0-9A-Za-z]+", value)
    gaps = set(re.findall("[^0-9A-Za-z]+", value))
    return tuple(map(len, groups)) if len(gaps) <= 1 else None


def is_named(words: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Tell whether the words around ``[start, end)`` say what it is."""
    return bool(words.search(text, max(0, start - _BEFORE), start) or words.search(text, end, end + _AFTER))


def is_something_else(text: str, start: int, end: int) -> bool:
    """Tell whether the words right before or behind say that it is an order number, an amount or the like."""
    before = text[max(0, start - _BEFORE) : start]
    return bool(_NAMED.search(before) or before[-1:] in tuple("¥￥$€£") or _MONEY.match(text, end))


def touches(text: str, start: int, end: int, expression: re.Pattern[str]) -> bool:
    """Tell whether the character right before or right behind ``[start, end)`` matches."""
    return bool(expression.match(text, start - 1, start) if start else None) or bool(expression.match(text, end))


def is_part_of_row(text: str, start: int, end: int) -> bool:
    """Tell whether digits go on, behind a separator, on either side: a row of figures rather than one number."""
    return bool(_DIGIT_BEFORE.search(text, max(0, start - 2), start) or _DIGIT_BEHIND.match(text, end))


_DIGIT_BEFORE = re.compile(f"[0-9]{SEPARATOR}$")
_DIGIT_BEHIND = re.compile(f"{SEPARATOR}[0-9]")
