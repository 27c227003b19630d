"""Examinations in the annotation server: published with the rule book's form, opened by the gate, scored, ended."""

from collections.abc import Sequence
from pathlib import Path

from annotation.batches import opening
from annotation.batches.desk import Desk
from annotation.people import exam_sheet, examining, hall, scoring
from annotation.people.hall import Hall
from annotation.people.scoring import Scored
from annotation.port import AnnotationServer
from rules.annotation.book_records import RuleBook
from ui.bootstrap import House
from ui.services import batches, people


def publish(house: House, file: Path, server: AnnotationServer | None = None) -> tuple[str, int]:
    """Publish an examination, and open it; return its id and how many tasks were put into the server.

    The file is read before the server is asked for anything, so that a mistake in it is told as that.

    Raises:
        GovernanceError: As for :func:`annotation.people.examining.publish`.
    """
    sheet = exam_sheet.read(file)
    desk = batches.desk_of(house, server)
    put = examining.publish(_hall(house, desk), sheet, _book(desk, sheet))
    opening.open_as_recorded(desk)
    return sheet.id, put


def score(house: House, desk: Desk, name: str) -> Sequence[Scored]:
    """Score what was answered so far.

    Raises:
        GovernanceError: As for :func:`annotation.people.scoring.score`.
    """
    where = _hall(house, desk)
    book = _book(desk, hall.load(where, name).sheet)
    return scoring.score(where, name, pass_percent=people.pass_percent(house), book=book)


def end(house: House, desk: Desk, name: str) -> int:
    """End an examination, and close it; return how many tasks were deleted.

    Raises:
        GovernanceError: As for :func:`annotation.people.scoring.end`.
    """
    deleted = scoring.end(_hall(house, desk), name)
    opening.open_as_recorded(desk)
    return deleted


def _hall(house: House, desk: Desk) -> Hall:
    return Hall(house.workspace, desk.server, people.gold_of(house), house.actor)


def _book(desk: Desk, sheet: exam_sheet.ExamSheet) -> RuleBook | None:
    """Return the rule book where a question is worked on its form."""
    return desk.released(sheet.rule_book) if sheet.controls else None
