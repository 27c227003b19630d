"""An examination (考核) as tasks for the annotation server and as scores for its answers: pure functions.

The gold answers never leave this side: a task shows the text and nothing else.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotation.people.exam_sheet import CHOICE, LETTERS, ExamSheet, QuestionSheet
from annotation.port import Answer, Entry, Results, TaskDraft
from rules.annotation.personnel import ABILITIES

_KEY_DIGITS = 32
Scores = tuple[tuple[str, int, int], ...]
"""Ability, right answers, questions asked; in the order of the four abilities."""


@dataclass(frozen=True)
class Exam:
    """An examination with the key of the workspace, which names its tasks.

    Attributes:
        sheet: What its examiner wrote.
        secret: Key of the workspace's items.
    """

    sheet: ExamSheet
    secret: bytes = field(repr=False)

    def key(self, question: QuestionSheet) -> str:
        """Return the key of a question's task: the same in every run, telling nothing."""
        message = f"yuliao/exam/1\0{self.sheet.id}\0{question.id}".encode()
        return hmac.digest(self.secret, message, "sha256").hex()[:_KEY_DIGITS]


def tasks(exam: Exam, *, choice: bool) -> tuple[TaskDraft, ...]:
    """Return the tasks of one of its two projects.

    Args:
        exam: The examination.
        choice: Those that offer lettered answers, or those that are worked on the rule book's form.
    """
    return tuple(TaskDraft(exam.key(each), each.text) for each in exam.sheet.questions if each.is_choice == choice)


def choice_form() -> str:
    """Return the form of the questions that offer lettered answers."""
    letters = "".join(f'<Choice value="{each}"/>' for each in LETTERS)
    return (
        '<View><Text name="text" value="$text"/>'
        f'<Header value="请选择全部正确答案"/><Choices name="{CHOICE}" toName="text" choice="multiple" required="true">'
        f"{letters}</Choices></View>"
    )


def from_told(results: Results) -> tuple[Entry, ...]:
    """Read entries of the form with lettered answers as the outbox tells them."""
    found = []
    for each in results:
        choices = each.get("choices")
        if each.get("control") == CHOICE and isinstance(choices, list):
            found.append(Entry(CHOICE, tuple(map(str, choices))))
    return tuple(found)


def score(exam: Exam, answers: Iterable[Answer]) -> Mapping[str, Scores]:
    """Score answers (评分) per person and ability.

    A question is right where every control that its gold answer names has exactly the values it names, and exactly the
    stretches where it names some; what other controls say does not count. One that was left out is wrong. Of several
    answers of a person to one question the latest counts.

    Args:
        exam: The examination.
        answers: Of both projects; those to other tasks, and of people who were not invited, are passed over.

    Returns:
        Scores by person, for the invited who answered anything; in the order of the invitation.

    Clause:
        AR-5
    """
    latest: dict[tuple[str, str], Answer] = {}
    for each in sorted(answers, key=lambda answer: (answer.seq, answer.changed_at or answer.submitted_at)):
        latest[each.person, each.task] = each
    keys = [(exam.key(each), each) for each in exam.sheet.questions]
    return {
        person: tuple(
            (
                ability,
                sum(_is_right(each, latest.get((person, key))) for key, each in keys if each.ability == ability),
                sum(each.ability == ability for _, each in keys),
            )
            for ability in ABILITIES
        )
        for person in exam.sheet.people
        if any((person, key) in latest for key, _ in keys)
    }


def _is_right(question: QuestionSheet, answer: Answer | None) -> bool:
    if answer is None:
        return False
    wanted = {each.control: set[tuple[int, int, str]]() for each in question.spans}
    for each in question.spans:
        wanted[each.control].add((each.start, each.end, each.label))
    return all(set(answer.values(control)) == set(values) for control, values in question.right.items()) and all(
        set(answer.spans(control)) == stretches for control, stretches in wanted.items()
    )
