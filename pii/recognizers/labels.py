"""Labels (字段名): how forms, tables, JSON, HTML and chats put the name of a number before it.

A number without a check character is somebody's only because a word says so. Between the two stand a word for number, a
remark in brackets, and what :data:`pii.recognizers.words.LINK` knows: colon, quotes, table bars, tags.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.words import LINK, value_of, words

_ENGLISH = r"(?i:(?:numbers?|num|no\.?|id|code)(?![a-z]))"
_NUMBER = rf"(?:[ \t\u3000_\-]{{0,2}}(?:[号號][ \t]?[码碼]|[号號碼码]|[编編代][ \t]?[号號码碼]|{_ENGLISH}))?"
_REMARK = r"(?:[ \t]?[(（\[【][^()（）\[\]【】\n]{0,10}[)）\]】])?"
_SHORTLY = 16
_IS = r"(?:[ \t](?:is|was)(?=[ \t]))?"
_UNIT = r"[ \t]?[年月日个個位条條元人次%]"


def numbered(labels: str, value: str) -> re.Pattern[str]:
    """Return an expression for a value, its group ``value``, behind one of the labels of a lexicon.

    Args:
        labels: A lexicon, see :func:`pii.recognizers.words.words`.
        value: An expression; neither an ASCII letter or digit nor a unit may follow what it matches.
    """
    guard = f"(?![0-9A-Za-z]|{_UNIT})"
    return re.compile(f"(?<![A-Za-z]){words(labels)}{_NUMBER}{_REMARK}{_IS}{LINK}(?P<value>{value}){guard}")


def label_cue(labels: str, longest: int) -> Cue:
    """Return the cue of labels whose value has at most so many characters."""
    return Cue(words(labels), before=0, after=REACH + longest)


def is_mentioned(kinds: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Tell whether the kind of paper is named within reach before ``[start, end)`` or shortly behind.

    Records name the kind in one field and the number in another, further away than a label stands from its value.
    """
    return bool(kinds.search(text, max(0, start - REACH + 1), start) or kinds.search(text, end, end + _SHORTLY))


class LabelledRecognizer(CuedRecognizer):
    """Finds values behind their label, which is the proof."""

    score: ClassVar[int] = 800

    def accepts(self, value: str) -> bool:  # noqa: ARG002 - of most numbers the label says all
        """Tell whether the value fits its numbering."""
        return True

    def judge(self, text: str, match: re.Match[str]) -> Found | None:  # noqa: ARG002 - the match holds all there is
        """Demand the label within reach and what the numbering demands."""
        return value_of(match, self.entities[0], self.score) if self.accepts(match["value"]) else None
