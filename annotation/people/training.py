"""Training (培训) that was held by ourselves: who taught whom what, for how long, and the proof of it."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from annotation.people import known, names, papers, sheets
from annotation.people.exam_sheet import PersonId, RuleBookId
from annotation.people.papers import Scan
from annotation.people.sheets import Sheet
from corpus.workspace import Workspace
from provenance.errors import GovernanceError
from provenance.events import TrainingHeld

TEMPLATE = "yuliao people train --template"
_LONGEST_MINUTES = 24 * 60


class TrainingSheet(Sheet):
    """A file of ``yuliao people train``: one session."""

    id: Annotated[str, StringConstraints(pattern=r"^t-[a-z0-9][a-z0-9-]{0,58}$")]
    day: str
    minutes: int = Field(ge=1, le=_LONGEST_MINUTES)
    contents: tuple[Literal["rules", "tool", "quality", "data_security"], ...] = Field(min_length=1)
    rule_books: tuple[RuleBookId, ...] = ()
    trainer: PersonId
    attendees: tuple[PersonId, ...] = Field(min_length=1)
    material: str = ""

    @field_validator("day")
    @classmethod
    def _is_day(cls, written: str) -> str:
        if not sheets.is_day(written):
            raise ValueError("must be a day, written like 2026-11-22")
        return written


def read(path: Path) -> TrainingSheet:
    """Read a file about a session.

    Raises:
        GovernanceError: It is none; every problem is listed.
    """
    return sheets.read(path, TrainingSheet, template=TEMPLATE)


def hold(workspace: Workspace, sheet: TrainingSheet, folder: Path, *, actor: str, scan: Scan) -> bool:
    """Record a training session (登记培训).

    It counts from when it is recorded, not from the day that is given: nothing can be back-dated.

    Args:
        workspace: Where.
        sheet: The session.
        folder: What the path of the material is relative to.
        actor: Id of the person who acts.
        scan: Finds personal information.

    Returns:
        Whether it is new; the same session given again records nothing.

    Raises:
        GovernanceError: The day lies after today, somebody is not registered or not active, a rule book is not
            released or not named though it was taught, another session has this id, or the material cannot be stored.

    Clause:
        R-030, AR-4
    """
    now = known.register(workspace)
    today = workspace.ledger.today()
    if sheet.day > today:
        raise _refusal(f"The training lies after today, {today}.", "training-day", "Record it once it was held.")
    if "rules" in sheet.contents and not sheet.rule_books:
        raise _refusal(
            "Training in the rules is training in a rule book, and none is named.",
            "training-no-book",
            "Name them under rule_books, such as safety@1.",
        )
    known.require_people(now, (sheet.trainer,), role="trainer")
    known.require_people(now, sheet.attendees, role="attendees")
    for book in sheet.rule_books:
        known.require_book(now, book)
    secret = names.people(workspace).values()
    event = TrainingHeld(
        day=sheet.day,
        minutes=sheet.minutes,
        contents=tuple(dict.fromkeys(sheet.contents)),
        rule_books=tuple(dict.fromkeys(sheet.rule_books)),
        trainer=sheet.trainer,
        attendees=tuple(sorted(set(sheet.attendees))),
        material=papers.store(workspace, folder, sheet.material, scan=scan, names=secret),
    )
    for entry in workspace.ledger.entries(kinds=(TrainingHeld.__name__,), subject=sheet.id):
        if entry.event == event:
            return False
        raise _refusal(
            f"Another session is recorded as {sheet.id}.", "training-of-another-sheet", "Give this one another id."
        )
    workspace.ledger.record(actor=actor, subject=sheet.id, event=event)
    return True


def _refusal(message: str, code: str, remedy: str) -> GovernanceError:
    return GovernanceError(message, code=f"annotation.{code}", remedy=remedy)
