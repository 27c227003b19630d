"""Labels (字段名): how forms, tables, JSON, HTML and chats put the name of a number before it.

A number without a check character is somebody's only because a word says so. Between the two stand a word for number, a
remark in brackets, and what :data:`pii.recognizers.words.LINK` knows: colon, quotes, table bars, tags.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.words import LINK, value_of, words

_STARTS = "(?:(?<![A-Za-z])(?<!</)|(?<=[a-z])(?=[A-Z]))"
"""Where a label may begin: at a word or an inner word of camel case (deviceImei), and not in a closing tag."""
_ENGLISH = r"(?i:(?:numbers?|num|no\.?|id|code|hm|bh)(?![a-z])|#)"
_NUMBER = (
    r"(?:[ \t\u3000_\-]{0,2}(?:(?:[卡证證件][ \t]?)?(?:[号號][ \t]?[码碼]|[号號碼码])|[编編代][ \t]?[号號码碼]"
    f"|{_ENGLISH}))?"
)
_REMARK = r"(?:[ \t]?[(（\[【][^()（）\[\]【】\n]{0,28}[)）\]】])?"
_SHORTLY = 16
_IS = r"(?:[ \t](?:is|was|in|IN)(?=[ \t])|%3[ADad])?"
"""What says so in English, in SQL, or in the query of a URL (RFC 3986)."""
_UNIT = r"[ \t]?[年月日个個位条條元人次%]"

_OF_OTHERS = (
    "[电電][话話]|[热熱][线線]|手[机機]|[传傳]真|[订訂][单單]|合同|流水|批[次号]|[金余]额|[日时]期|[时時][间間]|"
    "[业業][务務]|代[码碼]"
    "|文号|文件|[规規]定|[办辦]法|[条條]例|[邮郵][编箱]|Q"
)
"""What names a number of another kind."""
POINTS = (
    r"[ \t]{0,2}(?:[，,]?[ \t]?(?:[这這那]个?)?(?:就?是|系)|[—\-=]{1,3}>?|←|[(（]|[ ](?:is|was)[ ])[ \t]{0,2}"
    r"(?:我|你|他|她|本人|(?i:the|his|her|my|their|your|a)[ ])?的?"
)
"""What stands between a value and the label that follows it."""
_ASKS = "(?:多少|[报報发發填念说說讲講给給几幾哪什甚要看抄输輸提手呢吗嗎麼么]|[？?]|的号|的號)"
"""What a line holds that asks for a number."""
_STAMP = r"(?:[\[(]?[0-9][0-9:\-/. ]{3,18}[\])]?[ ]?)?"
_NEXT_LINE = f"(?<![:：])(?<![:：] )\n{{1,2}}{_STAMP}(?:(?!{_OF_OTHERS})[^0-9\n:：]){{1,14}}[0-9]{{0,4}}[:：][ ]?"
"""A line of somebody who answers, perhaps with its time before and a number of the speaker, and no field behind an
empty one."""
_SAME_LINE = r"[？?][ \t\u3000]{0,4}(?:A|[答回][覆复]?)[0-9]{0,2}[:：][ ]?"
"""An answer in the line of its question."""
_LEAD = f"(?:(?!{_OF_OTHERS})[^0-9A-Za-z\n。；;]){{0,10}}"
"""What an answer says before the number."""
_LOOSE_SCORE = 560


def numbered(labels: str, value: str) -> re.Pattern[str]:
    """Return an expression for a value, its group ``value``, behind one of the labels of a lexicon.

    Args:
        labels: A lexicon, see :func:`pii.recognizers.words.words`.
        value: An expression; neither an ASCII letter or digit nor a unit may follow what it matches.
    """
    guard = f"(?![0-9A-Za-z]|{_UNIT})"
    return re.compile(f"{_STARTS}{words(labels)}\\.?{_NUMBER}{_REMARK}{_IS}{LINK}(?P<value>{value}){guard}")


def loosely(heads: str, value: str) -> re.Pattern[str]:
    """Return an expression for a value, its group ``loose``, a few words behind the head of a label.

    Writers name a number as they please (医保那张卡的号, 公积金的个人户头): the head of the label and a number of its
    shape in the same clause say enough, where nothing between them names a number of another kind.

    Args:
        heads: A lexicon.
        value: An expression; neither an ASCII letter or digit, a unit nor the rest of an amount may follow.
    """
    guard = f"(?![0-9A-Za-z]|[.,，][0-9]|{_UNIT})"
    between = f"(?:(?!{_OF_OTHERS})[^0-9A-Za-z。，,；;\n]){{0,12}}"
    return re.compile(f"{_STARTS}{words(heads)}{_NUMBER}{_REMARK}{between}(?P<loose>{value}){guard}")


def answered(heads: str, value: str) -> re.Pattern[str]:
    """Return an expression for a value, its group ``loose``, that answers a question in the line before.

    Args:
        heads: A lexicon; one of its words stands in the line that asks.
        value: An expression; neither an ASCII letter or digit nor a unit may follow what it matches.
    """
    return replied(f"{_STARTS}{words(heads)}", value)


def replied(head: str, value: str, lead: str = _LEAD, asks: str = _ASKS) -> re.Pattern[str]:
    """Return the same for a head that is an expression.

    Args:
        head: An expression for a word of the line that asks.
        value: An expression; neither an ASCII letter or digit nor a unit may follow what it matches.
        lead: An expression for what the answer says before the value.
        asks: An expression for what the line holds behind the head; empty for a head that asks by itself, and then
            nothing that could be the answer stands behind it.
    """
    between = f"(?:(?!{_OF_OTHERS})[^{'' if asks else '0-9'}\n]){{0,36}}"
    return re.compile(
        f"(?:{head})(?=[^\n]{{0,36}}{asks}){between}(?:{_NEXT_LINE}|{_SAME_LINE}){lead}"
        f"(?P<loose>{value})(?![0-9A-Za-z]|{_UNIT})"
    )


def followed(value: str, labels: str) -> re.Pattern[str]:
    """Return an expression for a value, its group ``loose``, that its label follows: behind 是, a dash or a bracket."""
    return re.compile(f"(?<![0-9A-Za-z.])(?P<loose>{value}){POINTS}{words(labels)}")


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
        group = match.lastgroup or "value"
        score = self.score if group == "value" else _LOOSE_SCORE
        return value_of(match, self.entities[0], score, group) if self.accepts(match[group]) else None
