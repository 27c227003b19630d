"""How many annotate (标注人员规模): by employment and function, trained and examined, as table T5 prints it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.annotation.personnel import EMPLOYMENTS, FUNCTIONS, PersonFact, TrainingFact

ALL = "*"
"""The function of a row that counts each person once, whatever the functions are."""


@dataclass(frozen=True, slots=True)
class Workforce:
    """A row of table T5: people of one employment and one function.

    Attributes:
        employment: internal (内部) or outsourced (外包).
        function: annotate, review, inspect; ``*`` for all, each person counted once.
        headcount: People (人数).
        trained: Those trained in all four contents.
        minutes: Length of the sessions that any of them attended.
        attended_minutes: The same times those of them who were there (人时).
        sessions: Number of those sessions (培训次数).
        attendances: People times sessions (培训人次).
        passed: Those who passed an examination.
        qualified: Those with a valid qualification as of the ledger's last moment.
    """

    employment: str
    function: str
    headcount: int
    trained: int
    minutes: int
    attended_minutes: int
    sessions: int
    attendances: int
    passed: int
    qualified: int


def workforce(people: Iterable[PersonFact], trainings: Iterable[TrainingFact]) -> tuple[Workforce, ...]:
    """Count the people who are active or whose work is used, without those who have no function.

    Returns:
        Rows by employment and function; only those with people, and after them the row of each employment as a whole.

    Clause:
        R-030, AR-11
    """
    held = tuple(trainings)
    return tuple(_rows(counted(people), held))


def counted(people: Iterable[PersonFact]) -> list[PersonFact]:
    """Return those who are active or whose work is used, without those who have no function."""
    return [each for each in people if (each.is_active or each.work) and _functions(each)]


def _rows(people: list[PersonFact], trainings: tuple[TrainingFact, ...]) -> Iterator[Workforce]:
    for employment in (*EMPLOYMENTS, ""):
        mine = [each for each in people if (each.employment if each.employment in EMPLOYMENTS else "") == employment]
        for function in (*FUNCTIONS, ALL):
            group = [each for each in mine if function in (ALL, *_functions(each))]
            if group:
                yield _row(employment, function, group, trainings)


def _row(employment: str, function: str, group: list[PersonFact], trainings: tuple[TrainingFact, ...]) -> Workforce:
    names = {each.person for each in group}
    there = [(session.minutes, len(names.intersection(session.attendees))) for session in trainings]
    return Workforce(
        employment=employment,
        function=function,
        headcount=len(group),
        trained=sum(each.is_trained for each in group),
        minutes=sum(minutes for minutes, heads in there if heads),
        attended_minutes=sum(minutes * heads for minutes, heads in there),
        sessions=sum(1 for _, heads in there if heads),
        attendances=sum(heads for _, heads in there),
        passed=sum(each.has_passed for each in group),
        qualified=sum(any(held.state == "valid" for held in each.qualifications) for each in group),
    )


def _functions(person: PersonFact) -> set[str]:
    return {*person.functions, *(duty.function for duty in person.work)} & set(FUNCTIONS)
