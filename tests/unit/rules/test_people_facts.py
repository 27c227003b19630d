"""The people who annotate, as facts: believed only where the entries carry it (R-030, R-031, R-203, AR-3 to AR-12)."""

import json

import pytest

from provenance.canonical import encode
from provenance.events import NameErased, QualificationChanged
from rules import checks, readiness
from rules.annotation import people_checks
from rules.annotation.people_checks import unrecorded
from rules.annotation.requalifying import qualifications_due
from rules.annotation.workforce import Workforce, workforce
from rules.evidence import assess
from rules.facts import Facts
from rules.findings import Finding, Verdict
from tests.fakes.staff import BOOK, CATALOG, FAILED, PASSED, Staff, batch, release

NOW = "2026-11-22T09:00:00Z"
OURS = ("R-030", "R-031", "R-203", "AR-3", "AR-4", "AR-5", "AR-11", "AR-12")


@pytest.fixture
def staff() -> Staff:
    """A ledger with a released rule book."""
    made = Staff()
    made.say(release(1), "safety")
    return made


def found(facts: Facts) -> dict[str, Finding]:
    """Return our findings by clause, of the checks that are registered."""
    ours = [check for check in checks.CHECKS if check.__module__ == people_checks.__name__]
    return {each.clause: each for check in ours for each in check(facts, CATALOG)}


def verdicts(staff: Staff) -> dict[str, Verdict]:
    """Return our verdicts by clause."""
    return {clause: each.verdict for clause, each in found(staff.facts()).items()}


def test_a_person_from_registration_to_work(staff: Staff) -> None:
    """Training, examination and qualification are read off the entries, and every clause is met."""
    staff.qualify("p-1")
    staff.say(batch(("p-1", "annotate")), "b-1")
    person = staff.person()
    assert (person.contents, person.sessions, person.minutes) == (("rules", "tool", "quality", "data_security"), 1, 60)
    assert [each.state for each in person.qualifications] == ["valid"]
    assert person.has_passed
    assert person.is_qualified(BOOK, NOW)
    assert [duty.batch for duty in person.work] == ["b-1"]
    assert verdicts(staff) == dict.fromkeys(OURS, Verdict.CONFORMS)


def test_nobody_is_unproven_and_says_what_to_do(staff: Staff) -> None:
    """Without people nothing is claimed: every clause is unproven, with a command."""
    known = found(staff.facts())
    assert {each.verdict for each in known.values()} == {Verdict.UNPROVEN}
    assert all(each.next_action.startswith("yuliao people") for each in known.values())
    assert set(known) == set(OURS)


def test_who_only_stands_in_the_register_breaks_nothing(staff: Staff) -> None:
    """Somebody untrained who was given no work leaves training unproven, not violated."""
    staff.register("p-1")
    assert verdicts(staff)["R-030"] is Verdict.UNPROVEN
    staff.train("p-1")
    assert verdicts(staff)["R-030"] is Verdict.CONFORMS
    assert verdicts(staff)["AR-11"] is Verdict.CONFORMS


@pytest.mark.parametrize(
    ("lacks", "broken"),
    [
        ("training", {"R-030", "R-031", "R-203", "AR-3", "AR-4"}),
        ("exam", {"R-031", "R-203", "AR-3", "AR-5"}),
        ("qualification", {"R-031", "R-203", "AR-3"}),
    ],
)
def test_work_without_its_conditions_breaks_the_rules(staff: Staff, lacks: str, broken: set[str]) -> None:
    """Whoever got work without training, examination or qualification breaks exactly the clauses that ask for it."""
    staff.register("p-1")
    if lacks != "training":
        staff.train("p-1")
    exam = staff.examine("p-1") if lacks != "exam" else 0
    if lacks != "qualification":
        staff.grant("p-1", exam=exam)
    staff.say(batch(("p-1", "annotate")), "b-1")
    failed = {clause for clause, verdict in verdicts(staff).items() if verdict is Verdict.FAILS}
    assert failed == broken
    assert "p-1" in found(staff.facts())["AR-3"].measured.zh


def test_training_after_the_work_does_not_heal_it(staff: Staff) -> None:
    """Training and qualification that come after the batch was published leave AR-3 and AR-4 broken (AR-4)."""
    staff.register("p-1")
    staff.say(batch(("p-1", "annotate")), "b-1", "2026-11-22T08:01:00Z")
    staff.train("p-1")
    staff.grant("p-1", exam=staff.examine("p-1"))
    said = verdicts(staff)
    assert said["R-030"] is Verdict.CONFORMS
    assert (said["AR-3"], said["AR-4"], said["AR-5"]) == (Verdict.FAILS,) * 3


def test_a_void_batch_and_an_examination_are_no_work(staff: Staff) -> None:
    """Duties whose results are not used do not count against anybody."""
    staff.register("p-1")
    staff.say(batch(("p-1", "examine"), kind="exam"), "e-1")
    staff.say(batch(("p-1", "annotate")), "b-1")
    assert verdicts(staff)["AR-3"] is Verdict.FAILS
    staff.close("b-1", "void")
    assert staff.person().work == ()
    assert verdicts(staff)["AR-3"] is Verdict.UNPROVEN


def test_two_functions_in_a_batch_break_the_standard(staff: Staff) -> None:
    """R-203 asks for separate functions too: who annotates and reviews one batch breaks it, a void batch does not."""
    staff.qualify("p-1")
    staff.say(batch(("p-1", "annotate"), ("p-1", "review")), "b-1")
    assert verdicts(staff)["R-203"] is Verdict.FAILS
    staff.close("b-1", "void")
    assert verdicts(staff)["R-203"] is Verdict.UNPROVEN


def test_what_closing_a_batch_found_counts(staff: Staff) -> None:
    """A batch that was closed with AR-3 broken fails that clause, whatever the register says."""
    staff.qualify("p-1")
    staff.say(batch(("p-1", "annotate")), "b-1")
    assert verdicts(staff)["AR-3"] is Verdict.CONFORMS
    staff.close("b-1", "accepted", ("AR-3", "broken"), ("AR-4", "ok"))
    said = verdicts(staff)
    assert (said["AR-3"], said["AR-4"]) == (Verdict.FAILS, Verdict.CONFORMS)


@pytest.mark.parametrize(
    ("changes", "state", "is_qualified"),
    [
        ((), "valid", True),
        (("suspended",), "suspended", False),
        (("suspended", "suspended"), "suspended", False),
        (("suspended", "restored"), "valid", True),
        (("restored",), "valid", True),
        (("cancelled",), "cancelled", False),
        (("cancelled", "restored"), "cancelled", False),
        (("suspended", "cancelled"), "cancelled", False),
    ],
)
def test_a_qualification_changes_as_it_is_told(
    staff: Staff, changes: tuple[str, ...], state: str, is_qualified: bool
) -> None:
    """Suspension, restoration and cancellation hold from their entry on; what was cancelled does not come back."""
    staff.qualify("p-1")
    for each in changes:
        staff.change(each)
    person = staff.person(at=NOW)
    assert person.qualifications[0].state == state
    assert person.is_qualified(BOOK, NOW) == is_qualified


def test_work_before_a_suspension_stays_right(staff: Staff) -> None:
    """A suspension does not reach back: who was qualified when given the work was."""
    staff.qualify("p-1")
    staff.say(batch(("p-1", "annotate")), "b-1")
    staff.change("suspended")
    assert verdicts(staff)["AR-3"] is Verdict.CONFORMS
    assert verdicts(staff)["R-031"] is Verdict.UNPROVEN


@pytest.mark.parametrize(("moment", "state"), [("2027-11-21T15:59:59Z", "valid"), ("2027-11-21T16:00:00Z", "expired")])
def test_a_qualification_expires(staff: Staff, moment: str, state: str) -> None:
    """It holds to the last second of its last day in China and not a second longer."""
    staff.qualify("p-1")
    person = staff.person(at=moment)
    assert person.qualifications[0].state == state
    assert person.is_qualified(BOOK, moment) == (state == "valid")


def test_a_new_rule_book_lapses_where_it_says_so(staff: Staff) -> None:
    """A later version that lets qualifications stand is covered by them; one that does not ends them from then on."""
    staff.qualify("p-1")
    staff.say(release(2), "safety")
    assert staff.person().qualifications[0].covers == ("safety@1", "safety@2")
    assert staff.person().is_qualified("safety@2", NOW)
    staff.say(release(3, lapses=True), "safety", "2026-11-22T08:30:00Z")
    person = staff.person(at=NOW)
    (held,) = person.qualifications
    assert (held.state, held.ended_at) == ("lapsed", "2026-11-22T08:30:00Z")
    assert person.is_qualified("safety@1", "2026-11-22T08:29:59Z")
    assert not any(person.is_qualified(f"safety@{version}", NOW) for version in (1, 2, 3))
    assert verdicts(staff)["AR-12"] is Verdict.UNPROVEN


def test_another_rule_book_lapses_nothing(staff: Staff) -> None:
    """A version of another book leaves the qualification as it is, and is not covered by it."""
    staff.qualify("p-1")
    staff.say(release(2, lapses=True), "functional")
    person = staff.person()
    assert person.is_qualified(BOOK, NOW)
    assert not person.is_qualified("functional@2", NOW)


@pytest.mark.parametrize(
    "flaw", ["no-exam", "failed-exam", "two-abilities", "other-book", "no-training", "late-training", "other-rules"]
)
def test_a_grant_on_nothing_is_unfounded(staff: Staff, flaw: str) -> None:
    """What somebody recorded without examination or training before it is no qualification (AR-5)."""
    staff.say(release(1), "functional")
    staff.register("p-1")
    if flaw not in ("no-training", "late-training"):
        staff.train("p-1", books=("functional@1",) if flaw == "other-rules" else (BOOK,))
    scores = {"failed-exam": FAILED, "two-abilities": PASSED[:2]}.get(flaw, PASSED)
    exam = staff.examine("p-1", scores, "functional@1" if flaw == "other-book" else BOOK)
    if flaw == "late-training":
        staff.train("p-1")
    staff.grant("p-1", exam=0 if flaw == "no-exam" else exam)
    person = staff.person(at=NOW)
    assert person.qualifications[0].state == "unfounded"
    assert not person.is_qualified(BOOK, NOW)


def test_nothing_is_back_dated(staff: Staff) -> None:
    """A qualification recorded today for last month holds from today on."""
    staff.qualify("p-1")
    (held,) = staff.person().qualifications
    assert held.valid_from == staff.ledger.entries[-1].at > "2026-11-22T00:00:00Z"


def test_a_pass_is_computed_not_believed(staff: Staff) -> None:
    """An event may say passed: with one ability below the mark it is not, and no other ability makes up for it."""
    staff.register("p-1")
    staff.examine("p-1", FAILED)
    staff.examine("p-1", (("rules", 10, 10), ("tool", 4, 5), ("risk", 8, 10), ("data_security", 10, 10)))
    assert [each.is_passed for each in staff.person().exams] == [False, True]


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ({"employment": "internal"}, ()),
        ({"employment": "freelance"}, ("employment",)),
        ({"employment": "outsourced"}, ("company", "contract", "confidentiality")),
        ({"employment": "outsourced", "company": "co-1", "contract": "e" * 64}, ("confidentiality",)),
        ({"employment": "outsourced", "company": "co-1", "contract": "e" * 64, "confidentiality": "f" * 64}, ()),
    ],
)
def test_employment_and_papers_block_the_report(staff: Staff, said: dict[str, object], lacks: tuple[str, ...]) -> None:
    """Whose employment or papers of outsourcing are missing is named, and AR-11 is not met (AR-11)."""
    staff.register("p-1", **said)
    assert staff.person().lacks == lacks
    assert unrecorded(staff.facts()) == (("p-1",) if lacks else ())
    assert verdicts(staff)["AR-11"] is (Verdict.FAILS if lacks else Verdict.CONFORMS)


def test_a_stranger_at_work_is_seen(staff: Staff) -> None:
    """Who has work and stands in no register blocks the report and breaks the role rules."""
    staff.say(batch(("p-9", "annotate")), "b-1")
    assert unrecorded(staff.facts()) == ("p-9",)
    said = verdicts(staff)
    assert {said[clause] for clause in ("AR-3", "AR-4", "AR-5", "AR-11", "R-030")} == {Verdict.FAILS}


def test_what_ends_soon_is_due_and_only_warns(staff: Staff) -> None:
    """A qualification is due from its notice on; AR-12 warns and never fails, and a renewal clears it."""
    staff.register("p-1")
    staff.train("p-1")
    staff.grant("p-1", exam=staff.examine("p-1"), until="2026-12-21T16:00:00Z")
    facts = staff.facts()
    (due,) = qualifications_due(facts.annotation.people, within_days=30, day="2026-11-22")
    assert (due.person, due.last_day, due.days_left) == ("p-1", "2026-12-21", 29)
    assert qualifications_due(facts.annotation.people, within_days=28, day="2026-11-22") == ()
    assert verdicts(staff)["AR-12"] is Verdict.UNPROVEN
    listed = readiness.steps(facts, assess(facts, CATALOG), CATALOG)
    assert [step.rank for step in listed if step.subject == "p-1"] == [2]
    staff.grant("p-1", exam=staff.examine("p-1"))
    assert qualifications_due(staff.facts().annotation.people, within_days=30, day="2026-11-22") == ()
    assert verdicts(staff)["AR-12"] is Verdict.CONFORMS


def test_who_left_or_was_cancelled_is_not_due(staff: Staff) -> None:
    """Nobody is reminded of people out of work, or of qualifications that were ended on purpose."""
    staff.qualify("p-1")
    staff.change("cancelled")
    assert qualifications_due(staff.facts().annotation.people, within_days=999, day="2026-11-22") == ()
    staff.qualify("p-2")
    staff.register("p-2", is_active=False)
    assert qualifications_due(staff.facts().annotation.people, within_days=999, day="2026-11-22") == ()


def test_table_t5_counts_people_once_per_row(staff: Staff) -> None:
    """Headcount, trained, times and passes by employment and function; the row of all counts a person once."""
    papers = {"employment": "outsourced", "company": "co-1", "contract": "e" * 64, "confidentiality": "f" * 64}
    staff.qualify("p-1", functions=("annotate", "review"))
    staff.register("p-2")
    staff.register("p-3", functions=("annotate",), **papers)
    staff.register("p-4", functions=())
    staff.register("p-5", functions=("annotate",), is_active=False)
    staff.train("p-2", "p-3", contents=("rules",), minutes=45)
    facts = staff.facts().annotation
    assert workforce(facts.people, facts.trainings) == (
        Workforce("internal", "annotate", 2, 1, 105, 105, 2, 2, 1, 1),
        Workforce("internal", "review", 1, 1, 60, 60, 1, 1, 1, 1),
        Workforce("internal", "*", 2, 1, 105, 105, 2, 2, 1, 1),
        Workforce("outsourced", "annotate", 1, 0, 45, 45, 1, 1, 0, 0),
        Workforce("outsourced", "*", 1, 0, 45, 45, 1, 1, 0, 0),
    )


def test_an_erased_name_is_told_until_a_new_one_comes(staff: Staff) -> None:
    """Erasing a name shows in the facts; the commitment to another name ends that."""
    staff.register("p-1")
    assert staff.person().has_name
    staff.say(NameErased("asked for it"), "p-1")
    assert not staff.person().has_name
    staff.register("p-1", is_active=False)
    assert not staff.person().has_name
    staff.register("p-1", commitment="e" * 64)
    assert staff.person().has_name


def test_the_facts_print_as_canonical_json(staff: Staff) -> None:
    """People and trainings print as the one set of facts does, integers and text only."""
    staff.qualify("p-1")
    staff.say(QualificationChanged(BOOK, "suspended", reason="a reason"), "p-1")
    tree = json.loads(encode(staff.facts().annotation.to_json()))
    assert tree["people"][0]["qualifications"][0]["state"] == "suspended"
    assert tree["people"][0]["exams"][0]["is_passed"] is True
    assert tree["trainings"][0]["minutes"] == 60
