"""Qualifications (上岗资格): granted after training on a passed examination, suspended, restored, cancelled."""

import calendar
import datetime as dt
from collections.abc import Sequence
from typing import Literal

from annotation.people import known
from annotation.people.papers import Scan
from corpus.reasons import demand_reason
from corpus.workspace import Workspace
from provenance.clock import stamp
from provenance.errors import GovernanceError
from provenance.events import QualificationChanged
from rules.annotation import books
from rules.annotation.facts import AnnotationFacts
from rules.annotation.personnel import ABILITIES, CONTENTS, ExamFact, PersonFact, QualificationFact
from rules.annotation.qualifications import serves, trained_at

_CHINA = dt.timezone(dt.timedelta(hours=8))
Change = Literal["suspended", "restored", "cancelled"]


def qualify(workspace: Workspace, name: str, rule_book: str, *, months: int, actor: str) -> QualificationChanged:
    """Grant a qualification (授予上岗资格), or renew one.

    It rests on the latest examination, which must be passed, not older than a qualification may be, not used for an
    earlier one, and taken after training in all four contents was complete. Training counts as long.

    Args:
        workspace: Where.
        name: The person's id.
        rule_book: The rule book with its version.
        months: How long it holds: to the end of the day before, so many months later.
        actor: Id of the person who acts.

    Raises:
        GovernanceError: The person is not registered or not active, the rule book is not released or was replaced by a
            version that ends qualifications, it is for internal people and this is none, examination or training are
            missing (what exactly is told), or the present qualification is suspended.

    Clause:
        R-027, R-031, AR-3, AR-4, AR-5, H-207
    """
    facts = known.register(workspace)
    person = known.require_person(facts, name)
    known.require_people(facts, (name,), role="people to be qualified")
    known.require_book(facts, rule_book)
    _demand_current(facts, rule_book)
    if books.is_internal(rule_book) and not person.is_internal:
        raise _refusal(
            f"{rule_book} shows raw text to internal people (内部人员) alone, and {name} is none.",
            "not-internal",
            "Qualify internal people for it; `yuliao people list` shows who is.",
        )
    now = dt.datetime.fromisoformat(workspace.ledger.now())
    if any(held.state == "suspended" for held in _covering(person, rule_book)):
        raise _refusal(
            f"The qualification of {name} is suspended.",
            "qualification-suspended",
            "Restore it with `yuliao people suspend ID BOOK --lift --reason REASON`, or cancel it first.",
        )
    exam = _exam(person, rule_book, facts, since=stamp(_months_later(now, -months)))
    event = QualificationChanged(
        rule_book=rule_book,
        change="granted",
        valid_from=stamp(now),
        valid_to=stamp(_months_later(now, months)),
        exam=exam.seq,
        trained_at=_trained(person, exam, rule_book, facts, since=_months_later(now, -months).date().isoformat()),
    )
    workspace.ledger.record(actor=actor, subject=name, event=event)
    return event


def change(
    workspace: Workspace, name: str, rule_book: str, what: Change, *, reason: str, actor: str, scan: Scan
) -> Sequence[str]:
    """Suspend (暂停), restore (恢复) or cancel (取消) a qualification.

    Args:
        workspace: Where.
        name: The person's id.
        rule_book: A rule book that it covers, with its version.
        what: What becomes of it.
        reason: Why, in words without personal information.
        actor: Id of the person who acts.
        scan: Finds personal information.

    Returns:
        The rule books whose qualification was changed: the version that each was granted for.

    Raises:
        GovernanceError: The person is not registered, has no qualification to which this can be done, or the reason is
            missing or personal.

    Clause:
        R-031, AR-3
    """
    demand_reason(reason, scan, of="A decision on a qualification")
    person = known.require_person(known.register(workspace), name)
    wanted = {"suspended": ("valid",), "restored": ("suspended",), "cancelled": ("valid", "suspended")}[what]
    books = tuple(dict.fromkeys(held.rule_book for held in _covering(person, rule_book) if held.state in wanted))
    if not books:
        raise _refusal(
            f"{name} has no qualification for {rule_book} that is {' or '.join(wanted)}.",
            "no-qualification",
            "`yuliao people list` shows the qualifications.",
        )
    with workspace.database.transaction() as session:
        for book in books:
            event = QualificationChanged(rule_book=book, change=what, reason=reason.strip())
            workspace.ledger.append(session, actor=actor, subject=name, event=event)
    return books


def _covering(person: PersonFact, rule_book: str) -> list[QualificationFact]:
    return [held for held in person.qualifications if rule_book in held.covers]


def _demand_current(facts: AnnotationFacts, rule_book: str) -> None:
    name = rule_book.rpartition("@")[0]
    latest = next(each for each in reversed(facts.books) if each.book == name)
    if latest.id != rule_book and not serves(rule_book, latest.id, facts.books):
        raise _refusal(
            f"{rule_book} was replaced by {latest.id}, with which qualifications for earlier versions end.",
            "rule-book-replaced",
            f"Train and examine for {latest.id}.",
        )


def _exam(person: PersonFact, rule_book: str, facts: AnnotationFacts, *, since: str) -> ExamFact:
    """Return the examination that a qualification can rest on."""
    fitting = [each for each in person.exams if serves(each.rule_book, rule_book, facts.books)]
    if not fitting:
        raise _lacking(person, f"was not examined for {rule_book}")
    latest = fitting[-1]
    if not latest.is_passed:
        raise _lacking(person, f"did not pass the latest examination for {rule_book}: {_short(latest)}")
    if latest.seq in {held.exam for held in person.qualifications}:
        raise _lacking(person, f"was not examined for {rule_book} since the last qualification was granted")
    cancelled = max((held.ended_at for held in person.qualifications if held.state == "cancelled"), default="")
    if latest.at <= max(cancelled, since):
        raise _lacking(person, f"was examined for {rule_book} too long ago, or before the qualification was cancelled")
    return latest


def _trained(person: PersonFact, exam: ExamFact, rule_book: str, facts: AnnotationFacts, *, since: str) -> str:
    """Return when the training before an examination was complete."""
    attended = [
        each
        for each in facts.trainings
        if person.person in each.attendees and each.seq < exam.seq and each.day >= since
    ]
    done = trained_at(attended, lambda book: serves(book, rule_book, facts.books))
    if done:
        return done
    lacking = [
        content
        for content in CONTENTS
        if not any(
            content in each.contents
            and (content != "rules" or any(serves(book, rule_book, facts.books) for book in each.rule_books))
            for each in attended
        )
    ]
    raise _refusal(
        f"{person.person} was not trained in {', '.join(lacking)} before the examination (entry {exam.seq}).",
        "not-trained",
        f"Hold the training for {rule_book}, record it with `yuliao people train FILE.yaml`, and examine again.",
    )


def _short(exam: ExamFact) -> str:
    """Say which abilities are below the pass mark, or were not asked about."""
    asked = {ability: (right, asked) for ability, right, asked in exam.scores}
    parts = []
    for ability in ABILITIES:
        right, of = asked.get(ability, (0, 0))
        if not of:
            parts.append(f"{ability} was not asked about")
        elif 100 * right < exam.pass_percent * of:
            parts.append(f"{ability} {right} of {of} right, {exam.pass_percent} percent needed")
    return "; ".join(parts)


def _months_later(moment: dt.datetime, months: int) -> dt.datetime:
    """Return the beginning of the civil day in China so many months later; the last day of a shorter month."""
    day = moment.astimezone(_CHINA).date()
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.datetime(year, month + 1, min(day.day, last), tzinfo=_CHINA)


def _lacking(person: PersonFact, what: str) -> GovernanceError:
    return _refusal(
        f"{person.person} {what}.",
        "not-examined",
        "Hold an examination with `yuliao people examine publish EXAM.yaml`, or record one that was held otherwise.",
    )


def _refusal(message: str, code: str, remedy: str) -> GovernanceError:
    return GovernanceError(message, code=f"annotation.{code}", remedy=remedy)
