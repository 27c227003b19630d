"""Labels of accounts and devices: expressions whose words need look-arounds and groups, which no lexicon holds."""

import re

from pii.gate import REACH, Cue

_NUMBER = (
    r"(?:[ \t\u3000_\-]{0,2}(?:[号號][ \t]?[码碼]|[号號碼码]|[编編代][号號码碼]"
    r"|(?i:(?:numbers?|num|no\.?|id|code)(?![a-z]))))?"
)
_REMARK = r"(?:[ ]?[(（\[【][^()（）\[\]【】\n]{0,16}[)）\]】])?"
_SIGN = r"[\s\"'“”‘’「」『』【】\[\]:：=＝>|｜│，,*`~\-—_#\\;；→➡➜👉👇(（)）?？]"
_LINK = (
    rf"(?:{_SIGN}|[是为為即叫系係]|[这這那]个?是|[ ](?:is|was|in|IN|at|as)[ ]|\\[nt]|</?[A-Za-z][^<>\n]{{0,24}}>|&nbsp;"
    "|%3[ADad]){0,8}?"
)

POINTS = r"[ \t]{0,2}(?:[(（←⬅]|<-{1,2}|就?是|[-—]{2,})[ \t]?(?:[这這]个?)?(?:就?是)?(?:我的?|本人|他的?|她的?)?[ ]?"
"""What stands between a value and the label that follows it."""


def behind(label: str, value: str) -> re.Pattern[str]:
    """Return an expression for a value, its group ``value``, behind a label.

    Args:
        label: An expression for the word; a word for number, a remark in brackets, colon, quotes, tags may follow it.
        value: An expression; no ASCII letter or digit may follow what it matches.
    """
    return re.compile(f"(?:{label}){_NUMBER}{_REMARK}{_LINK}(?P<value>{value})(?![0-9A-Za-z])")


def ahead(value: str, label: str) -> re.Pattern[str]:
    """Return an expression for a value, its group ``value``, that its label follows: in brackets, behind an arrow.

    Args:
        value: An expression; no ASCII letter or digit may stand before what it matches.
        label: An expression for the word.
    """
    return re.compile(f"(?<![0-9A-Za-z_.@/\\-])(?P<value>{value}){POINTS}(?:{label})(?![A-Za-z])")


def label_cue(label: str, longest: int) -> Cue:
    """Return the cue of a label whose value has at most so many characters."""
    return Cue(label, before=0, after=REACH + longest)
