"""What sentences and forms say of a person: a statement needs its subject, a field of a form speaks for itself."""

import re
from typing import ClassVar

from pii.gate import REACH
from pii.recognizers.clauses import ClauseRecognizer
from pii.recognizers.cued import Found
from pii.recognizers.subjects import is_about_person, is_of_record
from pii.recognizers.words import value_of


class SpokenRecognizer(ClauseRecognizer):
    """A recogniser of one type whose expressions end in one of three groups.

    ``value`` is that of a field; ``said`` is said of somebody by a verb; ``bare`` is a word alone, to be found in what
    is written of one person only.
    """

    score: ClassVar[int] = 620
    """Thousandths: below that of every number, so that one inside keeps its own type."""
    general: ClassVar[re.Pattern[str]]
    """What right behind a statement or a value says that it is about many, or a condition."""

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Take a field as it is; demand the subject of a statement."""
        if match.lastgroup == "value":
            return None if self.general.match(text, match.end()) else value_of(match, self.entities[0], self.score)
        start, end = match.span(match.lastgroup or 0)
        if start - match.start() >= REACH or self.general.match(text, end):
            return None
        is_said = is_of_record if match.lastgroup == "bare" else is_about_person
        if not is_said(text, match.start(), start, end):
            return None
        return Found(start, end, self.entities[0], self.score)
