"""Who is shown raw text for the check of personal information: internal people, each access told, nobody else."""

from pathlib import Path

import pytest

from annotation.batches import mirror, opening
from annotation.inspections import publishing
from annotation.people.access import policy_people
from provenance.errors import GovernanceError
from provenance.events import RawTextShown
from rules.annotation import books
from tests.fakes.batch_desk import BatchDesk
from tests.fakes.raw_checks import CHECKERS, RawCheck
from ui.services import raw_texts, sampling


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RawCheck:
    """A desk with a sample for the check."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    monkeypatch.setattr("ui.services.inspecting.holds_personal_information", lambda _: False)
    return RawCheck.at(BatchDesk.fresh(tmp_path))


def test_accesses_are_told_by_person_and_new_items(check: RawCheck) -> None:
    """Opening a task again is a row of the outbox and no second item; later items of the same person are told apart."""
    batch = check.publish().batch
    number = batch.projects[0].number
    first, second, third = sorted(check.desk.server.tasks(number))[:3]
    for key, person in ((first, "p-k1"), (first, "p-k1"), (second, "p-k1"), (first, "p-k2")):
        check.desk.server.show(number, key, person)
    check.collect()
    check.desk.server.show(number, third, "p-k1")
    check.desk.server.show(number, first, "p-k1")
    check.collect()
    entries = check.desk.desk.workspace.ledger.entries(kinds=("RawTextShown",))
    assert [each.event for each in entries] == [
        RawTextShown("p-k1", 2, number),
        RawTextShown("p-k2", 1, number),
        RawTextShown("p-k1", 1, number),
    ]
    assert check.fact.accesses == {("p-k1", number): 3, ("p-k2", number): 1}
    assert (check.fact.shown_to, check.fact.times_shown) == (("p-k1", "p-k2"), 4)
    assert len(mirror.read(check.desk.desk).rows) == 6


def test_accesses_survive_a_server_restored_from_a_backup(check: RawCheck) -> None:
    """What the server forgot was shown all the same, and is not told twice when it is shown again."""
    batch = check.publish().batch
    number = batch.projects[0].number
    first, second = sorted(check.desk.server.tasks(number))[:2]
    kept = check.desk.server.backup()
    check.desk.server.show(number, first, "p-k1")
    check.collect()
    check.desk.server.restore(kept)
    check.desk.server.show(number, second, "p-k1")
    check.collect()
    assert check.fact.accesses == {("p-k1", number): 2}


def test_an_access_is_no_annotation(check: RawCheck) -> None:
    """Rows that tell of accesses leave answers, and what is kept out, as they are."""
    batch = check.publish().batch
    check.mark(batch, CHECKERS[0])
    found_of = check.collect().collected.found
    assert len(found_of.answers) == 18
    assert found_of.kept_out == ()


def test_an_outsourced_person_is_refused_before_anything_is_read(
    check: RawCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A qualified person of another company sees no raw text, and none is even read back for a plan that names one."""
    check.qualify("p-k4", "outsourced")
    monkeypatch.setattr(raw_texts, "checkable", lambda *_: pytest.fail("raw text was read"))
    with pytest.raises(GovernanceError, match="p-k4") as refused:
        check.publish(people={"inspect": ["p-k1", "p-k4"]})
    assert refused.value.code == "annotation.not-internal"


def test_who_becomes_outsourced_is_let_in_no_more(check: RawCheck) -> None:
    """The policy tells the gate no qualification for raw text of a person who is not internal any more."""

    def held() -> set[str]:
        (person,) = (each for each in policy_people(check.desk.desk.facts().people).values() if each.person == "p-k1")
        return {each.rule_book for each in person.qualifications}

    assert held() == {"pi_check@1"}
    check.qualify("p-k1", "outsourced")
    assert held() == set()


def test_raw_text_goes_to_no_server_without_the_gate(check: RawCheck) -> None:
    """Where nobody tells who saw it, nothing is published and no project is made."""
    check.desk.server.is_gated = False
    with pytest.raises(GovernanceError, match="gate alone") as refused:
        check.publish()
    assert refused.value.code == "annotation.raw-text-without-gate"
    assert not check.desk.server._world.projects


def test_the_policy_tells_accesses_of_raw_text_alone(check: RawCheck) -> None:
    """The gate is told so of the check's rule book, and of no other."""
    check.publish()
    said = opening.policy_of(check.desk.desk.facts().batches, check.desk.desk.books, {})
    assert {name for name, book in said.rule_books.items() if book.tells_access} == {"pi_check@1"}


def test_kind_of_batch_and_plan_of_sample_go_together(check: RawCheck) -> None:
    """A sample for the check is inspected by no other batch, and the check takes no other sample."""
    check.desk.release("inspection")
    with pytest.raises(GovernanceError) as refused:
        check.publish(kind="inspection", rule_book="inspection@1")
    assert refused.value.code == "annotation.sample-of-another-kind"
    other = sampling.draw(check.desk.room.house, "manual", source="", size=0, out=None, reason="").drawn.sample.seq
    with pytest.raises(GovernanceError) as refused:
        check.publish(items={"sample": other})
    assert refused.value.code == "annotation.sample-of-another-kind"
    with pytest.raises(GovernanceError) as refused:
        check.publish(rule_book="inspection@1")
    assert refused.value.code == "annotation.book-of-another-kind"


def test_the_book_of_the_check_is_for_internal_people() -> None:
    """The one rule book that shows raw text says so."""
    assert [each.id for each in books.load().values() if each.is_internal] == [publishing.PI_CHECK]
