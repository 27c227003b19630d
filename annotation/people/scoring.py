"""Examinations scored and ended (评分): what was answered is read from the outbox, which the gate wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import cast

from annotation import forms, outbox
from annotation.people import examination
from annotation.people.examination import Exam, Scores
from annotation.people.hall import Hall, demand_open, load, parts, require
from annotation.port import AnnotationServer, Answer
from provenance.canonical import Json, encode
from provenance.events import BatchClosed, BatchPublished, ExamScored, TaskTextsDeleted
from provenance.ids import digest
from rules.annotation.book_records import ANNOTATE, RuleBook
from rules.annotation.personnel import ExamFact


@dataclass(frozen=True)
class Scored:
    """What somebody reached; ``is_new`` where the ledger did not know it."""

    person: str
    scores: Scores
    is_passed: bool
    is_new: bool


def score(hall: Hall, name: str, *, pass_percent: int, book: RuleBook | None = None) -> tuple[Scored, ...]:
    """Score what was answered so far (评分), and record it where it is new.

    Args:
        hall: Where.
        name: Id of the examination.
        pass_percent: Right answers of every hundred that each ability needs.
        book: The rule book, needed where questions are worked on its form.

    Raises:
        GovernanceError: There is no such examination, it has ended, its gold answers are missing or others, or the
            server does not answer or its outbox is not whole.

    Clause:
        AR-5
    """
    event, exam = require(hall, name), load(hall, name)
    demand_open(hall.workspace, name)
    answers = _answers(hall.server, event, exam, book)
    last = {
        entry.subject: entry.event
        for entry in hall.workspace.ledger.entries(kinds=(ExamScored.__name__,))
        if isinstance(entry.event, ExamScored) and entry.event.batch == name
    }
    found = []
    for person, scores in examination.score(exam, answers).items():
        body = _evidence([each for each in answers if each.person == person])
        fact = ExamFact(0, "", event.rule_book, scores, pass_percent, name)
        scored = ExamScored(
            rule_book=event.rule_book,
            scores=scores,
            pass_percent=pass_percent,
            is_passed=fact.is_passed,
            answers=digest(body),
            gold=digest(exam.sheet.body()),
            batch=name,
        )
        is_new = last.get(person) != scored
        if is_new:
            hall.workspace.evidence.put_bytes(body)
            hall.workspace.ledger.record(actor=hall.actor, subject=person, event=scored)
        found.append(Scored(person, scores, fact.is_passed, is_new))
    return tuple(found)


def end(hall: Hall, name: str) -> int:
    """End an examination: nobody answers any more, and its task texts are deleted in the server.

    Returns:
        How many tasks were deleted.

    Raises:
        GovernanceError: There is no such examination, or the server does not answer; then the same call goes on later.
    """
    event, ledger = require(hall, name), hall.workspace.ledger
    if not any(ledger.entries(kinds=("BatchClosed",), subject=name)):
        ledger.record(actor=hall.actor, subject=name, event=BatchClosed("accepted", "scored", 0, 0))
    numbers = {project: sorted(hall.server.tasks(project).values()) for _, project in event.projects}
    deleted = sum(hall.server.delete_tasks(project, its) for project, its in numbers.items() if its)
    if not any(ledger.entries(kinds=("TaskTextsDeleted",), subject=name)):
        ledger.record(actor=hall.actor, subject=name, event=TaskTextsDeleted(deleted))
    return deleted


def _answers(server: AnnotationServer, event: BatchPublished, exam: Exam, book: RuleBook | None) -> list[Answer]:
    rows = list(outbox.follow(server.outbox(0), outbox.Head()))
    found: list[Answer] = []
    for choice, (_, project) in zip(parts(exam), event.projects, strict=True):
        if choice or book is None:
            found += outbox.replay(rows, project, examination.from_told)
        else:
            found += outbox.replay(rows, project, partial(forms.from_outbox, book, ANNOTATE))
    return found


def _evidence(answers: Sequence[Answer]) -> bytes:
    """Return answers as they are kept as evidence: task, values, offsets, times; no text."""
    rows: list[Json] = []
    for each in sorted(answers, key=lambda answer: (answer.task, answer.seq)):
        entries = [{key: value for key, value in asdict(entry).items() if key != "text"} for entry in each.entries]
        row: Mapping[str, object] = {**asdict(each), "entries": entries}
        rows.append(cast("Json", row))
    return encode(rows)
