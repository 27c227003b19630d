"""Examinations published in the annotation server (发布考核): a project of lettered answers, one on the book's form."""

from annotation import forms
from annotation.batches.keys import project_key
from annotation.forms.words import words_of
from annotation.people import examination, known
from annotation.people.exam_sheet import CHOICE, ExamSheet
from annotation.people.examination import Exam
from annotation.people.hall import KIND, Hall, demand_open, listing, parts, published, refusal
from annotation.port import ProjectDraft
from provenance.events import BatchPublished
from provenance.ids import digest
from rules.annotation.book_records import ANNOTATE, RuleBook

EXAMINE = "examine"


def publish(hall: Hall, sheet: ExamSheet, book: RuleBook | None = None) -> int:
    """Publish an examination (发布考核), or go on with one whose publication broke off.

    Args:
        hall: Where.
        sheet: The examination.
        book: The rule book, needed where questions are worked on its form.

    Returns:
        How many tasks were put into the server.

    Raises:
        GovernanceError: Somebody invited or the rule book is not known, the deadline has passed, another examination
            has this id, the server does not enforce the rules, or a right answer is none that the form offers.

    Clause:
        R-031, AR-5
    """
    now = known.register(hall.workspace)
    known.require_book(now, sheet.rule_book)
    known.require_people(now, sheet.people, role="people invited")
    _demand_answerable(sheet, book)
    before = published(hall.workspace, sheet.id)
    listed = listing(Exam(sheet, hall.workspace.item_key))
    if before is None:
        _demand_day(sheet, hall.workspace.ledger.today())
        hall.gold.put_bytes(sheet.body())
    elif before.tasks != digest(listed):
        raise refusal(
            f"Another examination was published as {sheet.id}.",
            "exam-of-another-sheet",
            "Give this one an id of its own; a published examination is never changed.",
        )
    demand_open(hall.workspace, sheet.id)
    strength = hall.server.strength()
    if not strength.is_enforced:
        raise refusal(
            "This annotation server does not enforce the rules, so nobody can tell who answered.",
            "exam-needs-gate",
            "Hold it on the server that `yuliao annotate server start` starts, or record results of one held "
            "otherwise with `yuliao people examine record FILE --rule-book BOOK --day DAY`.",
        )
    projects, put = _put(hall, Exam(sheet, hall.workspace.item_key), book)
    if before is None:
        event = _event(hall, sheet, listed, tuple((EXAMINE, number) for number in projects), strength.gate)
        hall.workspace.ledger.record(actor=hall.actor, subject=sheet.id, event=event)
    return put


def _put(hall: Hall, exam: Exam, book: RuleBook | None) -> tuple[list[int], int]:
    numbers: list[int] = []
    put = 0
    for choice in parts(exam):
        form = forms.form(book, ANNOTATE) if book and not choice else examination.choice_form()
        draft = ProjectDraft(
            key=project_key(hall.workspace, exam.sheet.id, EXAMINE, int(choice)),
            title=f"{exam.sheet.id} 考核 {len(numbers) + 1}",
            form=form,
            overlap=len(exam.sheet.people),
        )
        numbers.append(hall.server.make_project(draft))
        put += hall.server.publish(numbers[-1], examination.tasks(exam, choice=choice))
    return numbers, put


def _event(
    hall: Hall, sheet: ExamSheet, listed: bytes, projects: tuple[tuple[str, int], ...], gate: str
) -> BatchPublished:
    return BatchPublished(
        kind=KIND,
        modality="text",
        rule_book=sheet.rule_book,
        sample=0,
        units=len(sheet.questions),
        overlap=len(sheet.people),
        double_units=0,
        gold_units=len(sheet.questions),
        planned_seconds=0,
        deadline=sheet.deadline,
        people=tuple((person, EXAMINE) for person in sheet.people),
        projects=projects,
        tasks=hall.workspace.evidence.put_bytes(listed),
        gate=gate,
        caps=(len(sheet.people),) * len(projects),
    )


def _demand_day(sheet: ExamSheet, today: str) -> None:
    if sheet.deadline < today:
        raise refusal(
            f"The deadline of the examination lies before today, {today}.", "exam-deadline", "Give a later one."
        )


def _demand_answerable(sheet: ExamSheet, book: RuleBook | None) -> None:
    """Refuse right answers that nobody could give on the rule book's form."""
    controls = book.stages[ANNOTATE].controls if book else {}
    given = [(each.id, name, value) for each in sheet.questions for name, its in each.right.items() for value in its]
    given += [(each.id, span.control, span.label) for each in sheet.questions for span in each.spans]
    strange = [
        f"{question} ({name})"
        for question, name, value in given
        if name != CHOICE and (name not in controls or value not in words_of(controls[name]))
    ]
    if strange:
        raise refusal(
            f"The form of {sheet.rule_book} does not offer what is right for {', '.join(dict.fromkeys(strange))}.",
            "exam-not-answerable",
            "Use its controls with their ids, or `answer` for questions that offer lettered answers.",
        )
