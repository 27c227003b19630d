"""Which qualifications fall due (重新考核): those that end soon, or have ended and nothing came after them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from provenance.clock import day_of
from rules.annotation.personnel import PersonFact, QualificationFact


@dataclass(frozen=True, slots=True)
class QualificationDue:
    """A qualification with its last day; ``days_left`` is 0 on that day and negative once it has passed."""

    person: str
    rule_book: str
    state: str
    last_day: str
    days_left: int


def qualifications_due(people: Iterable[PersonFact], *, within_days: int, day: str) -> tuple[QualificationDue, ...]:
    """Return the qualifications of active people that have run out or lapsed, or will run out within some days.

    Of the qualifications for one rule book only the latest counts. A cancelled one was ended on purpose and is not due.

    Args:
        people: The people; qualifications are judged as of that day.
        within_days: How far to look ahead.
        day: The civil day from which on, as ``2026-11-22``.

    Returns:
        The most urgent first.

    Clause:
        R-031, AR-12
    """
    today = dt.date.fromisoformat(day)
    found = []
    for person in people:
        for held in latest(person) if person.is_active else ():
            last = last_day(held)
            due = QualificationDue(
                person.person, held.rule_book, held.state, last, (dt.date.fromisoformat(last) - today).days
            )
            if held.state in ("lapsed", "expired") or due.days_left <= within_days:
                found.append(due)
    return tuple(sorted(found, key=lambda each: (each.days_left, each.person, each.rule_book)))


def last_day(held: QualificationFact) -> str:
    """Return the last civil day on which a qualification holds: the day it lapsed or was cancelled, else its own."""
    end = min(held.valid_to, held.ended_at or held.valid_to)
    before = dt.datetime.fromisoformat(end) - dt.timedelta(seconds=1)
    return day_of(before)


def latest(person: PersonFact) -> list[QualificationFact]:
    """Return of every rule book the qualification that was granted last, unless it was ended on purpose."""
    by_book = {held.rule_book.partition("@")[0]: held for held in person.qualifications if held.state != "unfounded"}
    return [held for held in by_book.values() if held.state != "cancelled"]
