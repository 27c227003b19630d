"""How far a statement goes (陈述): back over its adverbs, on to the end of its clause and over the next of its matter.

Who tells of somebody puts more into a clause than the word that a lexicon knows: when it was, how long, what came of
it. The word by itself is a find; the clause around it is another, a little stronger, so that a name or a number inside,
which is stronger still, leaves the word.
"""

import re
from typing import ClassVar, NamedTuple

from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.words import HAN

_NUMERAL = "[0-9一二三四五六七八九十两兩几幾多数半近约]"
_TIME = (
    r"(?:[0-9]{2,4}[年/.\-])?[0-9]{1,2}[月/.\-][0-9]{1,2}[日号號]?|[0-9]{2,4}年(?:[0-9]{1,2}月)?(?:初|底|末|复活节|"
    r"圣诞)?|"
    f"{_NUMERAL}{{1,3}}(?:年|个月|個月|月|天|周|週|岁|歲)(?:前|来|內|内|以来|多|余)?|去年|今年|前年|昨[天日晚]|"
    "当[天晚年]|上个?[月周]|"
    "本[周月年]|这[半几]?[年天次]|每[天日周週年月晚](?:[一二三四五六日天末])?|周[一二三四五六日末]|小时候|生前|婚前|"
    "婚后|近日|最近|"
    "早年|从前|以前|之前|目前|现在|當時|当时|(?i:last|this|since|in) [A-Za-z0-9]{3,10}"
)
_ADVERBS = (
    "曾经?|已经?|从小|自幼|一直|长期|常年|经常|仍|又|还|還|也|都|刚|剛|才|就|均|共|总共|约|其|自己|自称|自述|坦承|"
    "承认|说|根本|其实|"
    "是|有|系|為|为|被|因|在|于|於|把|将|做过?|做了|患有?|患上|确诊为?|得了?过?|查出|检出|信了?|拟|欲|已|未|无|现任?|"
    "原|名下|家里|"
    "的|了|过|着|人|名|位|个|左右|双|两|隻|只|套取|提取|采集|采|录入|录得|留有|存有|突发|因为|由于|以|因涉嫌|涉嫌|"
    "伙同他人|"
    "(?i:has|have|had|was|is|were|been|being|a|an|the|from|on|at|with|by|of|for|and|her|his|my|came|our|their|stage|"
    "taking)"
)
_LEAD = re.compile(f"(?:(?:{_TIME}|{_ADVERBS})[ ]?)+$")
_STOP = '，,。！？!?；;\\n|<>"“”「」『』（）()\\[\\]【】{}\\t\\u3000、：:='
_INSIDE = rf"(?:(?![.](?:[ \n]|$)|[ ]{{2}}|(?<=[{HAN}])[ ](?=[{HAN}]))[^{_STOP}]|[（(][^（）()\n]{{1,16}}[）)])"
_PROVED = 700
"""Finds that are so strong are numbers and the like, which have no clause."""
_LONGEST_REST, _LONGEST_LEAD, _MOST_CLAUSES = 24, 24, 3
_REST = re.compile(rf"{_INSIDE}{{0,{_LONGEST_REST}}}(?=[{_STOP}.]|[ ]|$)")
_NEXT = re.compile(rf"[，,、；;][ ]?(?P<clause>{_INSIDE}{{2,{_LONGEST_REST}}})(?=[{_STOP}.]|[ ]|$)")
WIDEST = (_MOST_CLAUSES + 1) * (_LONGEST_REST + 2)
"""Characters behind a find that can become part of it."""


class Clause(NamedTuple):
    """Where a statement begins and ends."""

    start: int
    end: int


def clause(text: str, start: int, end: int, matter: re.Pattern[str]) -> Clause:
    """Return the statement around ``[start, end)``.

    Args:
        text: Folded text.
        start: Where the find begins.
        end: Where it ends.
        matter: Words that the next clause must hold to be part of the statement.
    """
    lead = _LEAD.search(text, max(0, start - _LONGEST_LEAD), start)
    first = lead.start() if lead else start
    rest = _REST.match(text, end)
    if rest is None:
        return Clause(first, end)
    end = rest.end()
    for _ in range(_MOST_CLAUSES):
        more = _NEXT.match(text, end)
        if more is None or not matter.search(more["clause"]):
            break
        end = more.end()
    return Clause(first, end)


class ClauseRecognizer(CuedRecognizer):
    """A recogniser that finds, beside a word that tells something of a person, the statement around it."""

    matter: ClassVar[re.Pattern[str]]
    """Words that a clause must hold to go on with the statement of the clause before."""

    def find(self, expression: re.Pattern[str], text: str, start: int, end: int) -> list[Found]:
        """Return what the expression finds, and the statement around each find that is told in words."""
        found = super().find(expression, text, start, end)
        return [*found, *(each for one in found if one.score < _PROVED for each in self.around(text, one))]

    def around(self, text: str, found: Found) -> list[Found]:
        """Return the statement around a find, a little stronger than it, or nothing where it is no more."""
        first, last = clause(text, found.start, found.end, self.matter)
        return [Found(first, last, found.entity, found.score + 5)] if (first, last) != found[:2] else []
