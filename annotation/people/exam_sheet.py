"""An examination as its examiner writes it (考核卷): questions of one ability each, with gold answers (标准答案)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from annotation.people import sheets
from annotation.people.sheets import Sheet
from provenance.canonical import encode
from rules.annotation.personnel import ABILITIES

TEMPLATE = "yuliao people examine template"
CHOICE = "answer"
"""The control of a question that offers lettered answers; others use the controls of the rule book's form."""
LETTERS = ("A", "B", "C", "D", "E", "F")

PersonId = Annotated[str, StringConstraints(pattern=r"^p-[a-z0-9]{1,30}$")]
RuleBookId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,38}@[1-9][0-9]{0,3}$")]
_ExamId = Annotated[str, StringConstraints(pattern=r"^e-[a-z0-9][a-z0-9-]{0,58}$")]
_Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,38}$")]


class SpanSheet(Sheet):
    """A stretch that has to be selected: code points, half open, with the label's id."""

    control: _Key = "span"
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    label: str = Field(min_length=1)


class QuestionSheet(Sheet):
    """A question: what it examines, what is shown, and the right entries by control."""

    id: _Key
    ability: Literal["rules", "tool", "risk", "data_security"]
    text: str = Field(min_length=1, repr=False)
    right: dict[_Key, tuple[str, ...]] = Field(default={}, repr=False)
    spans: tuple[SpanSheet, ...] = Field(default=(), repr=False)

    @property
    def is_choice(self) -> bool:
        """Whether it offers lettered answers."""
        return CHOICE in self.right

    @model_validator(mode="after")
    def _is_answerable(self) -> "QuestionSheet":
        if not self.right and not self.spans:
            raise ValueError("needs its right answer, under right or spans")
        if self.is_choice and (len(self.right) > 1 or self.spans or not self.right[CHOICE]):
            raise ValueError("offers lettered answers, so its right answer is one or more letters and nothing else")
        if self.is_choice and not set(self.right[CHOICE]) <= set(LETTERS):
            raise ValueError(f"has letters from {LETTERS[0]} to {LETTERS[-1]}")
        if any(not each.start < each.end <= len(self.text) for each in self.spans):
            raise ValueError("has a stretch that does not lie in its text")
        return self


class ExamSheet(Sheet):
    """An examination for one rule book: who takes it until when, and its questions."""

    id: _ExamId
    title: str = Field(min_length=1, max_length=100)
    rule_book: RuleBookId
    deadline: str
    people: tuple[PersonId, ...] = Field(min_length=1)
    questions: tuple[QuestionSheet, ...] = Field(min_length=1, repr=False)

    @model_validator(mode="after")
    def _is_whole(self) -> "ExamSheet":
        ids = [each.id for each in self.questions]
        if len(set(ids)) < len(ids):
            raise ValueError("has two questions with the same id")
        if len(set(self.people)) < len(self.people):
            raise ValueError("names somebody twice")
        lacking = set(ABILITIES) - {each.ability for each in self.questions}
        if not sheets.is_day(self.deadline):
            raise ValueError("has a deadline that is no day, written like 2026-11-22")
        if lacking:
            raise ValueError(f"asks nothing about {', '.join(sorted(lacking))}, and nobody could pass it")
        return self

    @property
    def controls(self) -> tuple[str, ...]:
        """The controls of the rule book's form that the right answers use, in a fixed order."""
        return tuple(sorted(set(self._controls())))

    def _controls(self) -> Iterator[str]:
        for question in self.questions:
            yield from (each for each in question.right if each != CHOICE)
            yield from (each.control for each in question.spans)

    def body(self) -> bytes:
        """Return the canonical bytes: what is kept as gold answers."""
        return encode(self.model_dump(mode="json"))


def read(path: Path) -> ExamSheet:
    """Read an examination.

    Raises:
        GovernanceError: It is none; every problem is listed, and no text or answer is repeated.

    Clause:
        R-031, AR-5
    """
    return sheets.read(path, ExamSheet, template=TEMPLATE)
