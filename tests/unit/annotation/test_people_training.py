"""Training sessions: held by ourselves, of people who are registered, and counted from when they are recorded."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance.errors import GovernanceError
from rules.annotation import books
from tests.fakes.office import CHIEF, SECRET, Office
from tests.fakes.staff import release


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with two people."""
    made = Office.open(tmp_path)
    made.hire("p-1", "p-2")
    yield made
    made.workspace.database.close()


def test_a_session_trains_who_attended(office: Office) -> None:
    """Contents and minutes count for those who were there, from the entry on; given again nothing is recorded."""
    office.write("list.txt", "p-1, p-2")
    assert office.train(material="list.txt", attendees=["p-2"])
    assert not office.train(material="list.txt", attendees=["p-2"])
    assert (office.person("p-1").minutes, office.person("p-2").minutes) == (0, 90)
    assert office.person("p-2").trained_at == "2026-11-22T04:00:00Z"
    assert office.train("t-2", attendees=["p-2"], contents=["tool"], minutes="30")
    person = office.person("p-2")
    assert (person.sessions, person.minutes) == (2, 120)
    assert len(list(office.workspace.evidence.list())) == 1


def test_contents_add_up_over_sessions(office: Office) -> None:
    """Training is complete with the session that brings the last of the four contents."""
    office.train(contents=["rules", "tool"])
    office.clock.pass_days(1)
    office.train("t-2", contents=["quality"], attendees=["p-1"])
    assert not office.person("p-1").is_trained
    office.clock.pass_days(1)
    office.train("t-3", contents=["data_security", "quality"])
    assert office.person("p-1").trained_at == "2026-11-24T04:00:00Z"
    assert office.person("p-2").contents == ("rules", "tool", "quality", "data_security")


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ({"day": "2026-11-23"}, "annotation.training-day", "lies after today, 2026-11-22"),
        ({"day": "2026-02-30"}, "annotation.sheet-invalid", "must be a day"),
        ({"day": "20261120"}, "annotation.sheet-invalid", "must be a day"),
        ({"minutes": "0"}, "annotation.sheet-invalid", "minutes: must be greater than or equal to 1"),
        ({"minutes": "-5"}, "annotation.sheet-invalid", "minutes"),
        ({"minutes": "two hours"}, "annotation.sheet-invalid", "minutes: must be a whole number"),
        ({"minutes": "1441"}, "annotation.sheet-invalid", "minutes"),
        ({"contents": []}, "annotation.sheet-invalid", "contents"),
        ({"contents": ["law"]}, "annotation.sheet-invalid", "contents.1"),
        ({"attendees": []}, "annotation.sheet-invalid", "attendees"),
        ({"attendees": ["p-1", "无名乙"]}, "annotation.sheet-invalid", "attendees.2: is no id of this kind"),
        ({"attendees": ["p-1", "p-9"]}, "annotation.person-unknown", "number 2 of the list"),
        ({"trainer": "p-9"}, "annotation.person-unknown", "trainer"),
        ({"rule_books": ["safety@7"]}, "annotation.rule-book-unknown", "Released are: safety@1."),
        ({"rule_books": []}, "annotation.training-no-book", "none is named"),
        ({"material": "missing.pdf"}, "annotation.paper-missing", "missing or empty"),
    ],
)
def test_what_was_no_training_is_refused(office: Office, said: dict[str, Any], code: str, words: str) -> None:
    """A day to come, no time, nobody, strangers and rules that were never released record nothing."""
    with pytest.raises(GovernanceError) as caught:
        office.train(**said)
    assert caught.value.code == code
    assert words in caught.value.message
    assert office.person().sessions == 0


@pytest.mark.parametrize("book", sorted(f"{each.id}@{each.version}" for each in books.load().values()))
def test_every_rule_book_can_be_trained_and_examined(office: Office, book: str) -> None:
    """Whatever a rule book of this release is called, the sheets take its id: an underscore is no mistake."""
    office.workspace.ledger.record(actor=CHIEF, subject=book.partition("@")[0], event=release(int(book[-1])))
    assert office.train("t-any", rule_books=[book])
    assert office.exam(rule_book=book).rule_book == book


@pytest.mark.parametrize("text", ["无名甲 到场", f"p-1 {SECRET}"])
def test_an_attendance_list_names_nobody(office: Office, text: str) -> None:
    """A list with a registered name or personal information is refused: ids stand for people."""
    office.write("list.txt", text)
    with pytest.raises(GovernanceError) as caught:
        office.train(material="list.txt")
    assert caught.value.code == "annotation.personal-in-paper"
    assert text not in caught.value.diagnostics()


def test_an_id_belongs_to_one_session(office: Office) -> None:
    """Another session under a recorded id is refused."""
    office.train()
    with pytest.raises(GovernanceError) as caught:
        office.train(minutes="60")
    assert caught.value.code == "annotation.training-of-another-sheet"


def test_who_left_attends_nothing(office: Office) -> None:
    """People out of work are not trained any more."""
    office.register({"id": "p-2", "employment": "internal", "active": "no"}, change=True)
    with pytest.raises(GovernanceError) as caught:
        office.train()
    assert caught.value.code == "annotation.person-unknown"
