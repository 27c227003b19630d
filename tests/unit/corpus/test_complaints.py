"""The complaint register: ids in order, last days over month and year ends, and nothing half recorded (R-023)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.sources import complaints
from corpus.workspace import Workspace
from provenance.database import Database, sqlite_url
from provenance.errors import GovernanceError
from provenance.events import WithdrawalMade
from provenance.holdings import holdings
from provenance.ids import Digest, WorkspaceId
from provenance.ledger import Ledger
from provenance.objects import ObjectStore
from rules.complaints import ComplaintFact, load

ANNA = "p-0001"
PHONE = "13800001234"


@dataclass
class Calendar:
    """A clock that is set by hand."""

    moment: dt.datetime

    def now(self) -> dt.datetime:
        """Return what it was set to."""
        return self.moment

    def turn_to(self, day: str, hour: int = 4) -> None:
        """Set it to an hour of a day, UTC."""
        self.moment = dt.datetime.fromisoformat(f"{day}T{hour:02}:00:00+00:00")


@pytest.fixture
def calendar() -> Calendar:
    """The clock of the workspace, some day before a year's end."""
    return Calendar(dt.datetime(2026, 12, 20, 4, tzinfo=dt.UTC))


@pytest.fixture
def workspace(tmp_path: Path, calendar: Calendar) -> Iterator[Workspace]:
    """A fresh workspace on SQLite."""
    name = WorkspaceId("w-complaints")
    database = Database(sqlite_url(tmp_path / "catalogue.sqlite"))
    database.create_tables()
    stores = ObjectStore(tmp_path / "items"), ObjectStore(tmp_path / "evidence")
    yield Workspace(name, database, Ledger(database, name, calendar), *stores, tmp_path / "work", b"k" * 32)
    database.close()


def enter(
    workspace: Workspace, received: str = "2026-12-20", about: str = "copyright", **more: object
) -> ComplaintFact:
    """Enter a complaint as Anna."""
    said: dict[str, object] = {"about": about, "channel": "email", "received": received, "actor": ANNA}
    said |= {"scan": lambda text: "secret" in text, **more}
    return complaints.add(workspace, **said)  # type: ignore[arg-type]  # the caller names parameters


def answer(workspace: Workspace, name: str, outcome: str = "rejected", **more: object) -> ComplaintFact:
    """Close a complaint as Anna."""
    said: dict[str, object] = {"outcome": outcome, "reason": "no such work", "actor": ANNA, **more}
    return complaints.close(workspace, name, scan=lambda text: PHONE in text, **said)  # type: ignore[arg-type]  # as above


def test_a_complaint_is_entered_and_answered(workspace: Workspace, calendar: Calendar) -> None:
    """Ids run in order, the last day is computed, and an answer closes for good."""
    first, second = enter(workspace), enter(workspace, about="illegal_content")
    assert (first.id, second.id) == ("c-0001", "c-0002")
    assert first.is_open
    calendar.turn_to("2026-12-28")
    closed = answer(workspace, "c-0001", "withdrawn")
    assert (closed.outcome, closed.closed, closed.is_open) == ("withdrawn", "2026-12-28", False)
    assert [each.id for each in complaints.listing(workspace)] == ["c-0001", "c-0002"]
    assert enter(workspace).id == "c-0003"


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2026-12-20", 15, "2027-01-04"),
        ("2026-12-31", 15, "2027-01-15"),
        ("2027-02-20", 15, "2027-03-07"),
        ("2028-02-20", 15, "2028-03-06"),
        ("2026-12-30", 3, "2027-01-02"),
    ],
)
def test_last_days_cross_months_and_years(
    workspace: Workspace, calendar: Calendar, received: str, days: int, due: str
) -> None:
    """The last day is the day of arrival and the rule's days after it, over year's end and leap days."""
    about = next(name for name, kind in load().kinds.items() if kind.days == days)
    calendar.turn_to(received)
    assert enter(workspace, received, about).due == due


def test_overdue_begins_the_day_after(workspace: Workspace, calendar: Calendar) -> None:
    """On its last day a complaint is in time, on the first of the new year too late, by the day in China."""
    name = enter(workspace, "2026-12-16").id
    (open_,) = complaints.listing(workspace)
    assert (open_.id, open_.due) == (name, "2026-12-31")
    assert not open_.is_overdue("2026-12-31T15:59:59Z")
    assert open_.is_overdue("2026-12-31T16:00:00Z")
    calendar.turn_to("2027-01-02")
    assert not answer(workspace, name).is_overdue("2027-01-02T04:00:00Z")


@pytest.mark.parametrize(
    "received", ["2026-12-21", "2026-02-30", "20261220", "2016-12-20", "yesterday", "", "2025-12-18"]
)
def test_a_day_that_cannot_be_is_refused(workspace: Workspace, received: str) -> None:
    """Days to come, days that are none, and days long past record nothing."""
    enter(workspace, "2025-12-19")
    with pytest.raises(GovernanceError) as caught:
        enter(workspace, received)
    assert caught.value.code == "corpus.complaint-day"
    assert len(complaints.listing(workspace)) == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"about": "copyrigth"}, "rules.unknown-complaint-kind"),
        ({"channel": "pigeon"}, "rules.unknown-complaint-channel"),
        ({"source": "nobody"}, "corpus.source-undeclared"),
        ({"document": Path("/nonexistent/letter.pdf")}, "provenance.disk"),
    ],
)
def test_a_wrong_word_records_nothing(workspace: Workspace, changed: dict[str, object], code: str) -> None:
    """Unknown kinds, ways, sources and files are refused with a sentence; a near kind is named."""
    with pytest.raises(GovernanceError) as caught:
        enter(workspace, **{"about": "copyright", **changed})  # type: ignore[arg-type]  # parameters by name
    assert caught.value.code == code
    assert ("Did you mean copyright?" in str(caught.value)) == (code == "rules.unknown-complaint-kind")
    assert not complaints.listing(workspace)


def test_an_answer_that_cannot_be_records_nothing(workspace: Workspace) -> None:
    """Unknown ids and outcomes, an answer given twice, a reason missing or personal, an entry that is no withdrawal."""
    name = enter(workspace).id
    for code, arguments in {
        "corpus.complaint-unknown": {"name": "c-0002"},
        "rules.unknown-complaint-outcome": {"outcome": "fine"},
        "corpus.reason-missing": {"reason": " "},
        "corpus.personal-in-reason": {"reason": f"call {PHONE}"},
        "corpus.no-withdrawal": {"withdrawal": 1},
    }.items():
        with pytest.raises(GovernanceError) as caught:
            answer(workspace, **{"name": name, **arguments})  # type: ignore[arg-type]  # parameters by name
        assert caught.value.code == code
        assert PHONE not in str(caught.value)
    answer(workspace, name)
    with pytest.raises(GovernanceError) as caught:
        answer(workspace, name)
    assert caught.value.code == "corpus.complaint-closed"


def test_an_upheld_complaint_names_its_withdrawal(workspace: Workspace) -> None:
    """The entry of a withdrawal is accepted, and stands in the register."""
    made = WithdrawalMade("text", "a" * 64, 1, (), False, "", (), "", "art. 24")
    seq = workspace.ledger.record(actor=ANNA, subject="withdrawal", event=made).seq
    assert answer(workspace, enter(workspace).id, "upheld", withdrawal=seq).withdrawal == seq


def test_documents_lie_in_the_store_alone(workspace: Workspace, tmp_path: Path) -> None:
    """Letter and answer are kept by content and named by digest; nothing they say enters the ledger."""
    letter, reply = tmp_path / "letter.txt", tmp_path / "reply.txt"
    letter.write_text(f"I am the author, {PHONE}", "utf-8")
    reply.write_text("We agree.", "utf-8")
    name = enter(workspace, document=letter).id
    answer(workspace, name, "upheld", document=reply)
    (fact,) = complaints.listing(workspace)
    for digest in (fact.document, fact.answer):
        assert workspace.evidence.has(Digest(digest))
    events = [entry.event for entry in workspace.ledger.entries()]
    assert {fact.document, fact.answer} == holdings(events).evidence
    assert not any(PHONE in repr(event) or "letter" in repr(event) for event in events)
    (tmp_path / "empty").touch()
    with pytest.raises(GovernanceError) as caught:
        enter(workspace, document=tmp_path / "empty")
    assert caught.value.code == "corpus.evidence-empty"


def test_an_id_is_given_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who computed an id while somebody else took it is told so, and nothing is recorded twice."""
    look = complaints._register

    def slow(where: Workspace) -> object:
        seen = look(where)
        if len(seen[0].facts()) == 0:
            monkeypatch.setattr(complaints, "_register", look)
            enter(workspace)
        return seen

    monkeypatch.setattr(complaints, "_register", slow)
    with pytest.raises(GovernanceError) as caught:
        enter(workspace)
    assert caught.value.code == "corpus.complaints-changed-meanwhile"
    assert [each.id for each in complaints.listing(workspace)] == ["c-0001"]


def test_a_document_that_names_a_person_is_not_kept(workspace: Workspace, tmp_path: Path) -> None:
    """Evidence cannot be erased, so a complaint with somebody's identifier in it stays in the person's own files."""
    document = tmp_path / "complaint.txt"
    document.write_text("a harmless complaint", encoding="utf-8")
    assert enter(workspace, document=document).id == "c-0001"
    document.write_text("my secret number", encoding="utf-8")
    with pytest.raises(GovernanceError) as caught:
        enter(workspace, document=document)
    assert caught.value.code == "corpus.personal-in-document"
    assert len(list(workspace.evidence.list())) == 1
