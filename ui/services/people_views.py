"""The register of people as it is listed: per person and per company, with progress, accuracy and expiry."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from annotation.people import known
from rules.annotation.companies import EXAM, Company, companies
from rules.annotation.facts import AnnotationFacts
from rules.annotation.measures import gold_score
from rules.annotation.personnel import PersonFact
from rules.annotation.requalifying import QualificationDue, last_day, latest, qualifications_due
from ui.bootstrap import House
from ui.services import people_progress
from ui.services.people_progress import Progress

_MILLION = 1_000_000


@dataclass(frozen=True)
class QualificationView:
    """A qualification: for which rule book, how it stands, its last day, and the days left (negative behind it)."""

    rule_book: str
    state: str
    last_day: str
    days_left: int


@dataclass(frozen=True)
class PersonView:
    """A person of the register.

    Attributes:
        person: The id.
        employment: internal or outsourced; empty for who was given work without being registered.
        company: Id of the company, empty for who is internal.
        functions: What the person may be assigned to.
        is_active: Whether the person is at work.
        has_name: Whether the name was not erased.
        trained: Contents that training has covered.
        training_minutes: Length of the sessions attended.
        batches: Batches the person has or had work in, examinations left out.
        exam_millionths: Right answers in the latest examination; None where there was none.
        has_passed: Whether it was passed; None where there was none.
        gold_right: Right answers to gold items (标准答案) in batches.
        gold_asked: Answers to gold items.
        gold_millionths: Their share; None where there is no answer to any, so that it cannot be estimated (无法估计).
        progress: What was done in each open batch.
        qualifications: The latest of each rule book.
        exam: The open examination that the person is invited to and has not taken; empty where there is none.
        exam_due: Day by which the next examination is to be passed: that one's deadline, else the first last day of the
            valid qualifications, since whoever renews one is examined anew; empty where neither is known.
        next: What the person needs before working: training, examination, qualification or restoring; empty for
            nothing.
    """

    person: str
    employment: str
    company: str
    functions: tuple[str, ...]
    is_active: bool
    has_name: bool
    trained: tuple[str, ...]
    training_minutes: int
    batches: int
    exam_millionths: int | None
    has_passed: bool | None
    gold_right: int
    gold_asked: int
    gold_millionths: int | None
    progress: tuple[Progress, ...]
    qualifications: tuple[QualificationView, ...]
    exam: str
    exam_due: str
    next: str

    @property
    def expires(self) -> str:
        """The first last day of the valid qualifications; empty where there is none."""
        return min((each.last_day for each in self.qualifications if each.state == "valid"), default="")


@dataclass(frozen=True)
class CompanyView(Company):
    """A company's people together, or the internal ones under an empty id.

    Attributes:
        done: Answers of theirs that count in open batches.
        exam_millionths: Right answers in the latest examinations; None where there was none.
        gold_millionths: Right answers to gold items; None where it cannot be estimated.
        expires: The first last day of their valid qualifications; empty where there is none.
    """

    done: int
    exam_millionths: int | None
    gold_millionths: int | None
    expires: str


@dataclass(frozen=True)
class Listing:
    """The register as it is listed, with the qualifications that fall due."""

    people: tuple[PersonView, ...]
    companies: tuple[CompanyView, ...]
    due: tuple[QualificationDue, ...]


def listing(house: House) -> Listing:
    """List the people, as the ledger tells of them; what expires is judged as of today.

    Raises:
        GovernanceError: Stored answers of an open batch are missing or damaged.

    Clause:
        R-030, R-031, AR-11
    """
    found, today = known.register(house.workspace), house.workspace.ledger.today()
    progress = people_progress.by_person(found.batches, house.settings.folder / "annotation")
    people = tuple(_person(each, found, progress.get(each.person, ()), today) for each in found.people)
    notice = house.catalog.house.integer("paper_expiry_notice")
    due = qualifications_due(found.people, within_days=notice, day=today)
    counted = tuple(_company(each, found, people) for each in companies(found.people, found))
    return Listing(people, counted, due)


def _person(person: PersonFact, found: AnnotationFacts, progress: tuple[Progress, ...], today: str) -> PersonView:
    exam = person.exams[-1] if person.exams else None
    held = tuple(
        QualificationView(each.rule_book, each.state, last_day(each), _days(today, last_day(each)))
        for each in latest(person)
    )
    right, asked = gold_score(found.agreements, {person.person})
    invited, deadline = _invited(person, found)
    expires = min((each.last_day for each in held if each.state == "valid"), default="")
    return PersonView(
        person=person.person,
        employment=person.employment,
        company=person.company,
        functions=person.functions,
        is_active=person.is_active,
        has_name=person.has_name,
        trained=person.contents,
        training_minutes=person.minutes,
        batches=sum(duty.kind != EXAM for duty in person.duties),
        exam_millionths=_share((right, asked) for _, right, asked in exam.scores) if exam else None,
        has_passed=exam.is_passed if exam else None,
        gold_right=right,
        gold_asked=asked,
        gold_millionths=_share([(right, asked)]),
        progress=progress,
        qualifications=held,
        exam=invited,
        exam_due=deadline or expires,
        next=_next(person),
    )


def _days(today: str, day: str) -> int:
    return (dt.date.fromisoformat(day) - dt.date.fromisoformat(today)).days


def _invited(person: PersonFact, found: AnnotationFacts) -> tuple[str, str]:
    """Return the open examination that a person has still to take, the one with the first deadline, with that."""
    taken = {each.batch for each in person.exams}
    invited = [
        (each.deadline, each.id)
        for each in found.batches
        if each.kind == EXAM and each.end is None and each.id not in taken
        if any(person.person in its for its in each.people.values())
    ]
    deadline, name = min(invited, default=("", ""))
    return name, deadline


def _next(person: PersonFact) -> str:
    """Return what somebody active needs before working; nothing where a qualification is valid."""
    if not person.is_active:
        return ""
    states = {each.state for each in latest(person)}
    if "valid" in states:
        return ""
    if "suspended" in states:
        return "restoring"
    if not person.is_trained:
        return "training"
    unused = {each.seq for each in person.exams if each.is_passed} - {each.exam for each in person.qualifications}
    return "qualification" if unused else "examination"


def _company(counted: Company, found: AnnotationFacts, people: Iterable[PersonView]) -> CompanyView:
    views = [each for each in people if each.employment and each.company == counted.company]
    mine = {each.person for each in views}
    exams = [each.exams[-1] for each in found.people if each.person in mine and each.exams]
    return CompanyView(
        **asdict(counted),
        done=sum(part.done for each in views for part in each.progress),
        exam_millionths=_share((right, asked) for exam in exams for _, right, asked in exam.scores),
        gold_millionths=_share([(counted.gold_right, counted.gold_asked)]),
        expires=min((each.expires for each in views if each.expires), default=""),
    )


def _share(counts: Iterable[tuple[int, int]]) -> int | None:
    listed = list(counts)
    asked = sum(of for _, of in listed)
    return sum(right for right, _ in listed) * _MILLION // asked if asked else None
