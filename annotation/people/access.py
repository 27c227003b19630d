"""What the gate is told of people (门禁策略): everybody who may be at work, with the qualifications that count."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from annotation.people.examining import EXAMINE
from annotation.server.accounts import account_of
from annotation.server.policy import Person, Qualification
from rules.annotation import books
from rules.annotation.personnel import ABILITIES, PersonFact, QualificationFact


def policy_people(people: Iterable[PersonFact]) -> Mapping[str, Person]:
    """Return the people of the policy by account: those who are registered and active.

    Everybody may be examined; the other functions are those that the register gives. A qualification that ended is
    told with its end, so that the gate can say that it ended; one that rests on nothing is left out, and so is one for
    a rule book of internal people that somebody holds who is none of them, or is no more.

    Args:
        people: The people, qualifications judged as of now.

    Clause:
        AR-3, AR-4, AR-5
    """
    return {
        account_of(each.person): Person(
            each.person,
            (*each.functions, EXAMINE),
            tuple(told for held in each.qualifications for told in _told(each, held)),
        )
        for each in people
        if each.is_active and each.seq
    }


def _told(person: PersonFact, held: QualificationFact) -> Iterator[Qualification]:
    end = min(held.valid_to, held.ended_at or held.valid_to)
    if held.state == "unfounded" or end <= held.valid_from:
        return
    exam = next(each for each in person.exams if each.seq == held.exam)
    asked = {ability for ability, _, questions in exam.scores if questions}
    for book in (each for each in held.covers if person.is_internal or not books.is_internal(each)):
        yield Qualification(
            rule_book=book,
            valid_from=dt.datetime.fromisoformat(held.valid_from),
            valid_to=dt.datetime.fromisoformat(end),
            trained_at=dt.datetime.fromisoformat(held.trained_at),
            abilities=tuple(each for each in ABILITIES if each in asked),
            is_suspended=held.state == "suspended",
        )
