"""What sentences and forms say of a person: a statement needs its subject, a field of a form speaks for itself."""

import re
from typing import ClassVar

from pii.gate import REACH
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.subjects import is_about_person
from pii.recognizers.words import value_of


class SpokenRecognizer(CuedRecognizer):
    """A recogniser of one type whose expressions have a group ``value`` (of a field) or ``said`` (of somebody)."""

    score: ClassVar[int] = 620
    """Thousandths: below that of every number, so that one inside keeps its own type."""
    general: ClassVar[re.Pattern[str]]
    """What right behind a statement or a value says that it is about many, or a condition."""

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Take a field as it is; demand the subject of a statement."""
        if match.lastgroup == "value":
            return None if self.general.match(text, match.end()) else value_of(match, self.entities[0], self.score)
        start, end = match.span("said")
        if start - match.start() >= REACH or self.general.match(text, end):
            return None
        if not is_about_person(text, match.start(), start, end):
            return None
        return Found(start, end, self.entities[0], self.score)
