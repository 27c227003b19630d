"""The people who annotate by company (标注人员单位): how many may work, and how often they are right."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rules.annotation.facts import AnnotationFacts
from rules.annotation.measures import gold_score
from rules.annotation.personnel import PersonFact
from rules.annotation.requalifying import latest

EXAM = "exam"
"""The kind of a batch in which people are examined; it is nobody's work."""


@dataclass(frozen=True, slots=True)
class Company:
    """People of one company (外包单位), or the internal ones (内部).

    Attributes:
        company: Id of the company, empty for the internal ones.
        people: People; of those who have several qualifications each state is counted.
        active: Those at work.
        trained: Those trained in all four contents.
        passed: Those who passed the latest examination that they took.
        qualified: Those with a valid qualification.
        suspended: Those with a suspended one.
        expired: Those with one that has run out, or lapsed with a new rule book.
        batches_open: Batches that any of them works in.
        batches_ended: Batches that any of them worked in.
        gold_right: Right answers to items whose answer was known.
        gold_asked: Answers to such items; without any an accuracy cannot be estimated (无法估计).
    """

    company: str
    people: int
    active: int
    trained: int
    passed: int
    qualified: int
    suspended: int
    expired: int
    batches_open: int
    batches_ended: int
    gold_right: int
    gold_asked: int


def companies(people: Iterable[PersonFact], facts: AnnotationFacts) -> tuple[Company, ...]:
    """Count people by company, the internal ones first; those whose employment nobody recorded belong to none.

    Args:
        people: Those who count.
        facts: Batches, and what was measured of them.

    Clause:
        R-030, R-031, AR-11
    """
    members: defaultdict[str, list[PersonFact]] = defaultdict(list)
    for each in people:
        if each.employment:
            members[each.company].append(each)
    return tuple(_company(name, its, facts) for name, its in sorted(members.items()))


def _company(name: str, members: list[PersonFact], facts: AnnotationFacts) -> Company:
    people = {each.person for each in members}
    states = [{held.state for held in latest(each)} for each in members]
    batches = [
        each
        for each in facts.batches
        if each.kind != EXAM and any(people.intersection(its) for its in each.people.values())
    ]
    right, asked = gold_score(facts.agreements, people)
    return Company(
        company=name,
        people=len(members),
        active=sum(each.is_active for each in members),
        trained=sum(each.is_trained for each in members),
        passed=sum(bool(each.exams) and each.exams[-1].is_passed for each in members),
        qualified=sum("valid" in each for each in states),
        suspended=sum("suspended" in each for each in states),
        expired=sum(not each.isdisjoint(("expired", "lapsed")) for each in states),
        batches_open=sum(each.end is None for each in batches),
        batches_ended=sum(each.end is not None for each in batches),
        gold_right=right,
        gold_asked=asked,
    )
