"""People are counted by company as the ledger knows them: each state, each batch and each gold answer once."""

from dataclasses import replace

from rules.annotation.companies import companies
from rules.annotation.facts import AnnotationFacts
from rules.annotation.measures import Agreement, gold_score
from rules.annotation.personnel import PersonFact, QualificationFact
from tests.fakes.annotated import ANNOTATION, EXAM, OPEN, SAFETY, WHEN, person

ALWAYS = ("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")


def held(rule_book: str, state: str) -> QualificationFact:
    """Return a qualification in a state."""
    return QualificationFact(1, rule_book, (rule_book,), *ALWAYS, "", (), WHEN, 53, state, "")


def staff(name: str, company: str, *held: QualificationFact) -> PersonFact:
    """Return somebody of a company with qualifications."""
    return replace(person(name, "outsourced", "annotate"), company=company, qualifications=held)


def test_each_state_counts_a_person_once() -> None:
    """Whoever is valid for one rule book and suspended for another counts in both; two expired ones count once."""
    people = (
        staff("p-1", "co-1", held("safety@1", "valid"), held("functional@1", "suspended")),
        staff("p-2", "co-1", held("safety@1", "expired"), held("functional@1", "lapsed")),
        staff("p-3", "co-2", held("safety@1", "cancelled")),
        PersonFact("p-4", "", qualifications=(held("safety@1", "valid"),)),
    )
    found = {each.company: each for each in companies(people, AnnotationFacts(people=people))}
    assert list(found) == ["co-1", "co-2"]
    first, second = found.values()
    assert (first.people, first.qualified, first.suspended, first.expired) == (2, 1, 1, 1)
    assert (second.people, second.qualified, second.suspended, second.expired) == (1, 0, 0, 0)


def test_a_batch_counts_once_for_a_company() -> None:
    """Two people of a company in one batch make one batch; an examination is none."""
    (internal, *_) = companies(ANNOTATION.people, replace(ANNOTATION, batches=(SAFETY, OPEN, EXAM)))
    assert (internal.people, internal.batches_open, internal.batches_ended) == (2, 1, 1)


def test_right_answers_are_whole_again() -> None:
    """From a share in millionths and its count the right answers come back exactly; single days do not count twice."""
    for given in (1, 3, 7, 997):
        for right in {0, 1, given // 2, given}:
            share = round(right * 1_000_000 / given)
            told = (Agreement(1, "b-1", "gold", "*", share, given, 1, "p-1"),)
            assert gold_score((*told, replace(told[0], day="2026-11-22")), {"p-1"}) == (right, given)
    assert gold_score(told, {"p-2"}) == (0, 0)
