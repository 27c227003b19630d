"""The register of people as it is listed: per person and per company, with progress, accuracy and expiry."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from annotation.people import known
from rules.annotation.facts import AnnotationFacts
from rules.annotation.measures import Agreement
from rules.annotation.personnel import PersonFact
from rules.annotation.requalifying import QualificationDue, last_day, latest, qualifications_due
from ui.bootstrap import House

_MILLION = 1_000_000


@dataclass(frozen=True)
class QualificationView:
    """A qualification: for which rule book, how it stands, and its last day."""

    rule_book: str
    state: str
    last_day: str


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
        gold_millionths: Right answers to gold items in batches; None where none is measured.
        qualifications: The latest of each rule book.
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
    gold_millionths: int | None
    qualifications: tuple[QualificationView, ...]
    next: str

    @property
    def expires(self) -> str:
        """The first last day of the valid qualifications; empty where there is none."""
        return min((each.last_day for each in self.qualifications if each.state == "valid"), default="")


@dataclass(frozen=True)
class CompanyView:
    """A company's people together, or the internal ones under an empty id; accuracy as of :class:`PersonView`."""

    company: str
    people: int
    active: int
    trained: int
    passed: int
    qualified: int
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

    Clause:
        R-030, R-031, AR-11
    """
    found = known.register(house.workspace)
    people = tuple(_person(each, found) for each in found.people)
    notice = house.catalog.house.integer("paper_expiry_notice")
    due = qualifications_due(found.people, within_days=notice, day=house.workspace.ledger.today())
    by_company: defaultdict[str, list[PersonFact]] = defaultdict(list)
    for each in found.people:
        if each.employment:
            by_company[each.company].append(each)
    views = {each.person: each for each in people}
    companies = tuple(
        _company(name, members, [views[each.person] for each in members], found)
        for name, members in sorted(by_company.items())
    )
    return Listing(people, companies, due)


def _person(person: PersonFact, found: AnnotationFacts) -> PersonView:
    exam = person.exams[-1] if person.exams else None
    held = tuple(QualificationView(each.rule_book, each.state, last_day(each)) for each in latest(person))
    return PersonView(
        person=person.person,
        employment=person.employment,
        company=person.company,
        functions=person.functions,
        is_active=person.is_active,
        has_name=person.has_name,
        trained=person.contents,
        training_minutes=person.minutes,
        batches=sum(duty.kind != "exam" for duty in person.duties),
        exam_millionths=_share((right, asked) for _, right, asked in exam.scores) if exam else None,
        has_passed=exam.is_passed if exam else None,
        gold_millionths=_gold({person.person}, found.agreements),
        qualifications=held,
        next=_next(person),
    )


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


def _company(name: str, members: list[PersonFact], views: list[PersonView], found: AnnotationFacts) -> CompanyView:
    latest_exams = [each.exams[-1] for each in members if each.exams]
    return CompanyView(
        company=name,
        people=len(views),
        active=sum(each.is_active for each in views),
        trained=sum(each.is_trained for each in members),
        passed=sum(each.has_passed is True for each in views),
        qualified=sum(bool(each.expires) for each in views),
        exam_millionths=_share((right, asked) for exam in latest_exams for _, right, asked in exam.scores),
        gold_millionths=_gold({each.person for each in views}, found.agreements),
        expires=min((each.expires for each in views if each.expires), default=""),
    )


def _share(counts: Iterable[tuple[int, int]]) -> int | None:
    listed = list(counts)
    asked = sum(of for _, of in listed)
    return sum(right for right, _ in listed) * _MILLION // asked if asked else None


def _gold(people: set[str], agreements: Iterable[Agreement]) -> int | None:
    """Return the share of right answers to gold items, over batches and controls, weighted by items."""
    measured = [
        (each.millionths * each.units, each.units * _MILLION)
        for each in agreements
        if each.measure == "gold" and each.person in people and not each.day and each.millionths is not None
    ]
    return _share(measured)
