"""Qualifications: granted on training and a passed examination, ended by time, decision or new rules."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotation.gate import policy as gate_policy
from annotation.people import known, registering
from annotation.people.access import policy_people
from annotation.server import policy
from annotation.server.accounts import account_of
from provenance.errors import GovernanceError
from provenance.events import PersonRegistered
from rules.annotation.personnel import ABILITIES
from tests.fakes.office import CHIEF, SECRET, Office, scan
from tests.fakes.staff import release

GATE = "9a" * 32


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with two people."""
    made = Office.open(tmp_path)
    made.hire("p-1", "p-2")
    yield made
    made.workspace.database.close()


def refusal(office: Office, **said: Any) -> GovernanceError:
    """Demand that p-1 is not qualified, and return why."""
    before = office.workspace.ledger.head()
    with pytest.raises(GovernanceError) as caught:
        office.qualify(**said)
    assert office.workspace.ledger.head() == before
    return caught.value


def ready(office: Office) -> None:
    """Train and examine both people."""
    office.train()
    for person in ("p-1", "p-2"):
        office.pass_exam(person)


def test_training_and_examination_qualify_for_a_year(office: Office) -> None:
    """The qualification begins now and ends with the day before, twelve months later, in China."""
    ready(office)
    granted = office.qualify()
    assert (granted.valid_from, granted.valid_to) == ("2026-11-22T04:00:00Z", "2027-11-21T16:00:00Z")
    person = office.person()
    assert person.is_qualified("safety@1", "2026-11-22T04:00:00Z")
    assert person.qualifications[0].state == "valid"
    assert not office.person("p-2").qualifications


@pytest.mark.parametrize(
    ("today", "end"), [("2028-02-29", "2029-02-27T16:00:00Z"), ("2026-12-31", "2027-12-30T16:00:00Z")]
)
def test_a_year_ends_over_leap_days(office: Office, today: str, end: str) -> None:
    """Twelve months from the 29th of February end with the 27th a year later: the 28th is the last of the month."""
    office.clock.moment = dt.datetime.fromisoformat(f"{today}T04:00:00+00:00")
    office.train(day=today)
    office.pass_exam(day=today)
    assert office.qualify().valid_to == end


def test_what_is_missing_is_named(office: Office) -> None:
    """Each refusal says what the person lacks, and what to do."""
    assert "was not examined for safety@1" in refusal(office).message
    office.pass_exam(right=7)
    told = refusal(office).message
    assert "rules 7 of 10 right, 80 percent needed" in told
    office.record(*({"person": "p-1", "ability": each, "right": 10, "asked": 10} for each in ABILITIES[:2]))
    assert "risk was not asked about; data_security was not asked about" in refusal(office).message
    office.pass_exam()
    told = refusal(office).message
    assert "was not trained in rules, tool, quality, data_security before the examination" in told
    office.train(contents=["rules", "tool", "quality"])
    office.pass_exam(right=10)
    assert "was not trained in data_security before" in refusal(office).message


def test_raw_text_is_for_internal_people(office: Office) -> None:
    """Whoever comes from outside is told so, and not sent to an examination that would open nothing."""
    office.workspace.ledger.record(actor=CHIEF, subject="pi_check", event=release(1))
    office.workspace.ledger.record(
        actor=CHIEF, subject="p-9", event=PersonRegistered("outsourced", "c0" * 32, functions=("inspect",))
    )
    told = refusal(office, person="p-9", book="pi_check@1")
    assert told.code == "annotation.not-internal"
    assert refusal(office, book="pi_check@1").code == "annotation.not-examined"


def test_training_after_the_examination_does_not_count(office: Office) -> None:
    """Whoever is trained after the examination has to be examined again."""
    office.pass_exam()
    office.train()
    assert refusal(office).code == "annotation.not-trained"
    office.pass_exam(right=10)
    office.qualify()


def test_training_in_other_rules_does_not_count(office: Office) -> None:
    """Training in the rules of another book leaves the content of the rules open."""
    office.workspace.ledger.record(actor=CHIEF, subject="functional", event=release(1))
    office.train(rule_books=["functional@1"])
    office.pass_exam()
    assert "was not trained in rules before" in refusal(office).message


def test_the_latest_examination_counts(office: Office) -> None:
    """A failed examination after a passed one takes it away."""
    office.train()
    office.pass_exam()
    office.pass_exam(right=2)
    assert refusal(office).code == "annotation.not-examined"


def test_an_examination_qualifies_once(office: Office) -> None:
    """A renewal needs an examination of its own, and then holds from its day on."""
    ready(office)
    office.qualify()
    assert "since the last qualification was granted" in refusal(office).message
    office.clock.pass_days(300)
    office.pass_exam(right=10)
    office.qualify()
    assert [each.state for each in office.person().qualifications] == ["valid", "valid"]


def test_old_training_and_old_examinations_do_not_count(office: Office) -> None:
    """Training and examination count for as long as a qualification holds (H-207); then both come again."""
    ready(office)
    office.qualify()
    office.clock.pass_days(400)
    assert office.person().qualifications[0].state == "expired"
    assert "too long ago" in refusal(office, person="p-2").message
    office.pass_exam(right=10)
    assert refusal(office).code == "annotation.not-trained"
    office.train("t-2", day="2027-12-20")
    office.pass_exam(right=8)
    office.qualify()


def test_a_suspension_is_lifted_or_ends_in_cancelling(office: Office) -> None:
    """Suspended, restored, cancelled: each has a reason, and only what can follow does."""
    ready(office)
    office.qualify()
    assert office.change("suspended") == ("safety@1",)
    assert refusal(office).code == "annotation.qualification-suspended"
    with pytest.raises(GovernanceError) as caught:
        office.change("suspended")
    assert caught.value.code == "annotation.no-qualification"
    office.change("restored")
    assert office.person().is_qualified("safety@1", "2026-11-22T04:00:00Z")
    office.change("cancelled")
    for what in ("suspended", "restored", "cancelled"):
        with pytest.raises(GovernanceError):
            office.change(what)
    assert office.person().qualifications[0].reason == "a reason"


def test_after_cancelling_only_a_new_examination_helps(office: Office) -> None:
    """An examination taken before the qualification was cancelled does not bring it back."""
    ready(office)
    office.qualify()
    office.pass_exam(right=10)
    office.clock.pass_days(1)
    office.change("cancelled")
    assert "before the qualification was cancelled" in refusal(office).message
    office.clock.pass_days(1)
    office.pass_exam(right=8)
    office.qualify()
    assert [each.state for each in office.person().qualifications] == ["cancelled", "valid"]


def test_a_suspension_is_named_by_any_version_it_covers(office: Office) -> None:
    """Suspending for a later version that the qualification covers suspends it."""
    ready(office)
    office.qualify()
    office.release(2)
    assert office.change("suspended", book="safety@2") == ("safety@1",)


@pytest.mark.parametrize(
    ("reason", "code"), [("", "corpus.reason-missing"), (f"call {SECRET}", "corpus.personal-in-reason")]
)
def test_a_decision_has_a_reason(office: Office, reason: str, code: str) -> None:
    """Nothing is suspended without a reason that may stay."""
    ready(office)
    office.qualify()
    with pytest.raises(GovernanceError) as caught:
        office.change("suspended", reason=reason)
    assert caught.value.code == code


def test_new_rules_ask_for_a_new_qualification(office: Office) -> None:
    """After a version that lapses nobody is qualified, nor can be for the old one, until trained and examined anew."""
    ready(office)
    office.qualify()
    office.release(2)
    assert office.person().is_qualified("safety@2", "2026-11-22T04:00:00Z")
    office.clock.pass_days(1)
    office.release(3, lapses=True)
    assert office.person().qualifications[0].state == "lapsed"
    assert refusal(office).code == "annotation.rule-book-replaced"
    assert "was not examined for safety@3" in refusal(office, book="safety@3").message
    office.pass_exam(book="safety@3", right=10)
    assert "was not trained in rules" in refusal(office, book="safety@3").message
    office.train("t-2", rule_books=["safety@3"])
    office.pass_exam(book="safety@3", right=8)
    office.qualify(book="safety@3")


@pytest.mark.parametrize(
    ("person", "code"), [("p-9", "annotation.person-unknown"), ("p-2", "annotation.person-unknown")]
)
def test_who_is_not_there_or_left_is_not_qualified(office: Office, person: str, code: str) -> None:
    """Strangers and people out of work are refused; a near id is offered."""
    ready(office)
    registering.deactivate(office.workspace, "p-2", actor=CHIEF)
    assert refusal(office, person=person).code == code


# What the gate is told.


def told(office: Office, tmp_path: Path) -> gate_policy.Policy:
    """Write a policy with the people of the office, and return it as the gate reads it."""
    path = tmp_path / "policy.json"
    people = policy_people(known.register(office.workspace).people)
    policy.write(path, policy.Policy(people=people), gate=GATE)
    return gate_policy.PolicyFile(path, GATE).read()


def test_the_gate_reads_what_the_register_says(office: Office, tmp_path: Path) -> None:
    """Functions, qualification, training and abilities reach the gate; everybody may be examined."""
    office.register({"id": "p-1", "employment": "internal", "functions": ["annotate", "review"]}, change=True)
    ready(office)
    office.qualify()
    person = told(office, tmp_path).person(account_of("p-1"))
    assert person is not None
    assert (person.id, person.functions) == ("p-1", frozenset(("annotate", "review", "examine")))
    (held,) = person.qualifications
    assert held.abilities == frozenset(ABILITIES)
    assert held.trained_at is not None
    assert held.trained_at <= held.valid_from < held.valid_to
    assert not held.is_suspended
    other = told(office, tmp_path).person(account_of("p-2"))
    assert other is not None
    assert (other.functions, other.qualifications) == (frozenset(("examine",)), ())


def test_the_gate_reads_suspensions_and_ends(office: Office, tmp_path: Path) -> None:
    """A suspension is told as such, a lapse as an end; a covered version is told, and who left is not there."""
    ready(office)
    office.qualify()
    office.change("suspended")
    office.release(2)
    person = told(office, tmp_path).person(account_of("p-1"))
    assert person is not None
    assert [(each.rule_book, each.is_suspended) for each in person.qualifications] == [
        ("safety@1", True),
        ("safety@2", True),
    ]
    office.clock.pass_days(1)
    office.release(3, lapses=True)
    person = told(office, tmp_path).person(account_of("p-1"))
    assert person is not None
    assert {each.valid_to.isoformat() for each in person.qualifications} == {"2026-11-23T04:00:00+00:00"}
    registering.erase(office.workspace, "p-1", reason="asked for it", actor=CHIEF, scan=scan)
    assert told(office, tmp_path).person(account_of("p-1")) is None


def test_telling_people_leaves_the_rest_of_a_policy(office: Office, tmp_path: Path) -> None:
    """People are replaced in a policy that is there, managing programs stay, and where there is none none is made."""
    path = tmp_path / "policy.json"
    people = policy_people(known.register(office.workspace).people)
    policy.tell_people(path, people)
    assert not path.exists()
    before = policy.Policy(
        people={"m@x": policy.Person("p-platform", ("manage",)), "old@x": policy.Person("p-old", ("annotate",))},
        projects={7: policy.Project("annotate", "b-1", "safety@1")},
        rule_books={"safety@1": policy.RuleBook(min_seconds=3)},
    )
    policy.write(path, before, gate=GATE)
    policy.tell_people(path, people)
    read = gate_policy.PolicyFile(path, GATE).read()
    assert sorted(read.people) == ["m@x", account_of("p-1"), account_of("p-2")]
    assert read.projects[7].batch == "b-1"
    assert read.rule_books["safety@1"].min_seconds == 3
    path.write_text("broken")
    policy.tell_people(path, people)
    assert path.read_text() == "broken"
