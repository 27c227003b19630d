"""The ledger keeps one set of promises, over SQLite and over a real PostgreSQL alike."""

import datetime as dt
import hashlib
import io
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Update, text, update

from provenance import events, merkle
from provenance.canonical import encode
from provenance.clock import SystemClock
from provenance.database import Database
from provenance.errors import ExitCode, GovernanceError
from provenance.events import ExportMade, IngestAborted, SealMade
from provenance.ids import WorkspaceId, new_workspace_id
from provenance.ledger import BEGINNING, Entry, Head, Ledger
from provenance.tables import LEDGER

pytestmark = pytest.mark.contract

WRITER = """
import sys
from provenance.clock import SystemClock
from provenance.database import Database
from provenance.events import IngestAborted
from provenance.ids import WorkspaceId
from provenance.ledger import Ledger
url, workspace, name, count = sys.argv[1:]
ledger = Ledger(Database(url), WorkspaceId(workspace), SystemClock())
for n in range(int(count)):
    ledger.record(actor=name, subject=str(n), event=IngestAborted(ingest=n, reason="race"))
"""


@pytest.fixture
def workspace() -> WorkspaceId:
    """A fresh workspace id."""
    return new_workspace_id()


@pytest.fixture
def ledger(database: Database, workspace: WorkspaceId) -> Ledger:
    """An empty ledger."""
    return Ledger(database, workspace, SystemClock())


def aborted(n: int) -> IngestAborted:
    """Return an event that differs by its number."""
    return IngestAborted(ingest=n, reason="given up 放弃")


def filled(ledger: Ledger, count: int) -> list[Entry]:
    """Append some entries."""
    return [ledger.record(actor="p-1", subject=f"s-{n}", event=aborted(n)) for n in range(1, count + 1)]


@pytest.fixture
def unguarded(database: Database) -> Database:
    """A database whose guards someone with the rights has taken away, as a forger would."""
    with database.transaction() as session:
        if database.is_sqlite:
            for guard in ("update", "delete", "replace"):
                session.connection().execute(text(f"DROP TRIGGER ledger_no_{guard}"))
        else:
            session.connection().execute(text("ALTER TABLE ledger DISABLE TRIGGER ALL"))
    return database


def forge(database: Database, statement: str | Update, **values: object) -> None:
    """Change the ledger behind its back."""
    with database.transaction() as session:
        change = text(statement) if isinstance(statement, str) else statement
        assert session.connection().execute(change, values).rowcount > 0


def test_an_empty_ledger_has_the_beginning_as_its_head(ledger: Ledger) -> None:
    """A ledger without entries has size 0 and 64 zeros, and verifies."""
    assert ledger.head() == ledger.verify() == Head(0, BEGINNING)
    assert list(ledger.entries()) == []


def test_entries_are_found_by_what_they_are_about(ledger: Ledger) -> None:
    """By subject, by place among those of their kind, and as subjects alone; nothing is found beyond the last."""
    written = [
        ledger.record(
            actor="p-1",
            subject=f"s-{n % 2}",
            event=aborted(n) if n % 3 else ExportMade(facts="e" * 64, files=()),
        )
        for n in range(1, 13)
    ]
    odd = [entry for entry in written if entry.subject == "s-1"]
    assert list(ledger.entries(subject="s-1")) == odd
    mine = [entry for entry in odd if entry.kind == "IngestAborted"]
    assert list(ledger.entries(kinds=("IngestAborted",), subject="s-1", since=mine[0].seq)) == mine[1:]
    assert [ledger.nth("IngestAborted", "s-1", place) for place in range(len(mine) + 1)] == [*mine, None]
    assert ledger.nth("IngestAborted", "s-7", 0) is None
    subjects = {entry.seq: entry.subject for entry in written if entry.kind == "ExportMade"}
    assert ledger.subjects(kinds=("ExportMade",)) == subjects
    last = max(subjects)
    assert ledger.subjects(kinds=("ExportMade",), since=last - 1, upto=last) == {last: subjects[last]}


def test_entries_come_back_as_they_went_in(ledger: Ledger, workspace: WorkspaceId) -> None:
    """What append returns is what entries yields: numbered from 1, each body naming the digest before it."""
    written = filled(ledger, 5)
    assert list(ledger.entries()) == written
    assert [entry.seq for entry in written] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in written] == [BEGINNING, *(entry.digest for entry in written[:-1])]
    first = written[0]
    assert hashlib.sha256(first.body).hexdigest() == first.digest
    assert first.body == encode(
        {
            "actor": "p-1",
            "at": first.at,
            "kind": "IngestAborted",
            "payload": {"ingest": 1, "reason": "given up 放弃"},
            "previous": "0" * 64,
            "schema": 1,
            "seq": 1,
            "subject": "s-1",
            "workspace": workspace,
        }
    )
    assert first.event == aborted(1)
    assert ledger.verify() == ledger.head() == Head(5, written[-1].digest)


def test_entries_are_chosen_by_kind_and_number(ledger: Ledger) -> None:
    """`kinds`, `since` (exclusive) and `upto` (inclusive) choose entries and never change their order."""
    for n in range(300):  # more than one page
        ledger.record(actor="p-1", subject="s", event=aborted(n) if n % 3 else ExportMade("0" * 64, ()))
    exports = [entry.seq for entry in ledger.entries(kinds=["ExportMade"])]
    assert exports == list(range(1, 301, 3))
    assert [entry.seq for entry in ledger.entries(since=250)] == list(range(251, 301))
    assert [entry.seq for entry in ledger.entries(upto=3)] == [1, 2, 3]
    assert [entry.seq for entry in ledger.entries(kinds=["ExportMade"], since=4, upto=10)] == [7, 10]


def test_a_reader_stops_no_writer(ledger: Ledger) -> None:
    """While a read is half way, entries are appended; the read ends at the head it began with."""
    filled(ledger, 260)
    reading = ledger.entries()
    assert next(reading).seq == 1
    ledger.record(actor="p-1", subject="s", event=aborted(0))
    assert [entry.seq for entry in reading][-1] == 260
    assert ledger.head().size == 261


def test_an_entry_stands_or_falls_with_its_transaction(ledger: Ledger, database: Database) -> None:
    """An exception after append takes the entry back, and the number is given to the next one."""
    filled(ledger, 1)

    def interrupted() -> None:
        with database.transaction() as session:
            ledger.append(session, actor="p-1", subject="s", event=aborted(8))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert ledger.head().size == 1
    with database.transaction() as session:
        lot = [ledger.append(session, actor="p-1", subject="s", event=aborted(n)) for n in (2, 3)]
    assert [entry.seq for entry in lot] == [2, 3]
    assert ledger.verify().size == 3


def test_what_could_not_be_read_back_is_not_written(ledger: Ledger) -> None:
    """An event with a wrong type, a lone surrogate or a too large integer is refused before it is in the ledger."""
    for event in (
        IngestAborted(ingest="x", reason=""),  # type: ignore[arg-type]
        IngestAborted(ingest=1, reason="\ud800"),
        IngestAborted(ingest=2**53, reason=""),
    ):
        with pytest.raises(GovernanceError):
            ledger.record(actor="p-1", subject="s", event=event)
    assert ledger.head().size == 0


def test_a_clock_that_runs_backwards_changes_no_order(database: Database, workspace: WorkspaceId) -> None:
    """Order comes from the number: entries keep theirs though the clock was set back."""

    class Backwards:
        def __init__(self) -> None:
            self.moment = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)

        def now(self) -> dt.datetime:
            self.moment -= dt.timedelta(hours=1)
            return self.moment

    ledger = Ledger(database, workspace, Backwards())
    written = filled(ledger, 3)
    assert [entry.at for entry in written] == sorted((entry.at for entry in written), reverse=True)
    assert ledger.verify().size == 3


def test_a_database_holds_one_workspace(ledger: Ledger, database: Database) -> None:
    """Another workspace cannot append to this ledger."""
    filled(ledger, 1)
    other = Ledger(database, new_workspace_id(), SystemClock())
    with pytest.raises(GovernanceError) as refused:
        filled(other, 1)
    assert refused.value.code == "provenance.other-workspace"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET body = body WHERE seq = 2",
        "UPDATE ledger SET kind = 'Other'",
        "DELETE FROM ledger WHERE seq = 3",
        "DELETE FROM ledger",
        "INSERT INTO ledger SELECT seq, previous, digest, kind, subject, body FROM ledger WHERE seq = 2",
        "INSERT INTO ledger SELECT 9, previous, digest, kind, subject, body FROM ledger WHERE seq = 2",
    ],
)
def test_the_database_refuses_to_change_the_past(ledger: Ledger, database: Database, statement: str) -> None:
    """Updating, deleting, doubling an entry or forking from one is refused by the database itself."""
    filled(ledger, 3)
    before = list(ledger.entries())
    with pytest.raises(GovernanceError) as refused, database.transaction() as session:
        session.connection().execute(text(statement))
    assert refused.value.code == "provenance.database-conflict"
    assert list(ledger.entries()) == before


def test_the_roundabout_ways_to_delete_are_refused_too(ledger: Ledger, database: Database) -> None:
    """SQLite's INSERT OR REPLACE and PostgreSQL's TRUNCATE pass by ordinary triggers; here they do not."""
    filled(ledger, 3)
    ways = (
        [
            "INSERT OR REPLACE INTO ledger SELECT 2, 'x', digest, kind, subject, body FROM ledger WHERE seq = 3",
            "INSERT OR REPLACE INTO ledger SELECT 4, previous, digest, kind, subject, body FROM ledger WHERE seq = 3",
        ]
        if database.is_sqlite
        else ["TRUNCATE ledger"]
    )
    for way in ways:
        with pytest.raises(GovernanceError), database.transaction() as session:
            session.connection().execute(text(way))
    assert ledger.verify().size == 3


@pytest.mark.parametrize("seq", [1, 2, 4])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("body", b"{}"),
        ("body", b"\xff"),
        ("digest", "f" * 64),
        ("previous", "f" * 64),
        ("kind", "SealMade"),
        ("subject", "other"),
    ],
)
def test_a_changed_row_is_found_and_named(
    ledger: Ledger, unguarded: Database, seq: int, column: str, value: object
) -> None:
    """Whatever column of whatever row was changed, verify names that row."""
    filled(ledger, 4)
    assert ledger.verify().size == 4
    forge(unguarded, update(LEDGER).where(LEDGER.c.seq == seq).values({column: value}))
    with pytest.raises(GovernanceError, match=f"entry {seq} ") as found:
        ledger.verify()
    assert found.value.code == "provenance.ledger-broken"
    assert found.value.where == f"seq {seq}"
    assert found.value.exit_code is ExitCode.VERIFICATION_FAILED


def test_a_row_rewritten_with_its_digest_breaks_the_next_link(ledger: Ledger, unguarded: Database) -> None:
    """An entry forged whole, digest included, no longer is the one that its follower names."""
    entries = filled(ledger, 4)
    assert ledger.verify().size == 4
    body = entries[1].body.replace(b"p-1", b"p-2")
    forged = hashlib.sha256(body).hexdigest()
    forge(unguarded, "UPDATE ledger SET body = :body, digest = :digest WHERE seq = 2", body=body, digest=forged)
    with pytest.raises(GovernanceError, match="entry 3 does not follow"):
        ledger.verify()


def test_a_missing_or_moved_row_is_found_and_named(ledger: Ledger, unguarded: Database) -> None:
    """A row taken out of the middle, or two that changed places, are named."""
    filled(ledger, 5)
    assert ledger.verify().size == 5
    forge(unguarded, "DELETE FROM ledger WHERE seq = 3")
    with pytest.raises(GovernanceError, match="entry 3 is missing"):
        ledger.verify()
    forge(unguarded, "UPDATE ledger SET seq = 3 WHERE seq = 4")
    with pytest.raises(GovernanceError, match="entry 3 does not agree"):
        ledger.verify()


def test_a_cut_tail_is_found_against_a_seal(ledger: Ledger, unguarded: Database) -> None:
    """A chain without its tail is a good chain; only a head published before shows the loss, or a rewriting."""
    entries = filled(ledger, 5)
    sealed = ledger.head()
    assert ledger.verify(sealed).size == 5
    assert ledger.verify(Head(3, entries[2].digest)).size == 5
    with pytest.raises(GovernanceError, match="entry 3 is not the one that was sealed"):
        ledger.verify(Head(3, entries[3].digest))
    forge(unguarded, "DELETE FROM ledger WHERE seq > 3")
    assert ledger.verify().size == 3
    with pytest.raises(GovernanceError, match="entry 4 was sealed and is missing"):
        ledger.verify(sealed)


def test_a_damaged_entry_is_a_sentence_for_the_reader(ledger: Ledger, unguarded: Database) -> None:
    """Reading a ledger whose rows are no entries gives an error for people, and quotes nothing."""
    filled(ledger, 2)
    assert len(list(ledger.entries())) == 2
    for body in (b"secret", b"{}", b"[" * 100_000, b'{"kind":"IngestAborted","schema":1,"payload":{"secret":1}}'):
        forge(unguarded, "UPDATE ledger SET body = :body WHERE seq = 2", body=body)
        with pytest.raises(GovernanceError) as told:
            list(ledger.entries())
        assert "secret" not in told.value.diagnostics()


def test_the_export_is_what_the_checkpoint_says(ledger: Ledger) -> None:
    """Every line of the export is the body itself; size, head and root of the checkpoint are those of the lines."""
    entries = filled(ledger, 7)
    out = io.BytesIO()
    checkpoint = ledger.export(out, upto=6)
    assert out.getvalue().split(b"\n") == [*(entry.body for entry in entries[:6]), b""]
    assert (checkpoint.size, checkpoint.head) == (6, entries[5].digest)
    assert checkpoint.root == merkle.root(entry.body for entry in entries[:6])
    assert ledger.export(io.BytesIO()).size == 7


def test_processes_that_race_for_the_head_all_win_once(ledger: Ledger, workspace: WorkspaceId, address: str) -> None:
    """Four processes append as fast as they can: no entry is lost, doubled or forked, and the chain verifies."""
    count = 25
    command = [sys.executable, "-P", "-c", WRITER, address, workspace]
    root = Path(events.__file__).parent.parent
    racing = [
        subprocess.Popen([*command, f"p-{n}", str(count)], env={"PYTHONPATH": str(root)}, stderr=subprocess.PIPE)
        for n in range(4)
    ]
    for process in racing:
        _, complaint = process.communicate(timeout=120)
        assert process.returncode == 0, complaint.decode()
    assert ledger.verify().size == 4 * count
    for n in range(4):
        mine = [int(entry.subject) for entry in ledger.entries() if entry.actor == f"p-{n}"]
        assert mine == list(range(count))


def test_threads_that_race_for_the_head_all_win_once(ledger: Ledger) -> None:
    """Eight threads over one Database append without losing an entry."""
    failed: list[BaseException] = []

    def work() -> None:
        try:
            filled(ledger, 10)
        except BaseException as error:  # noqa: BLE001 -- told to the test's own thread
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert ledger.verify().size == 80


def test_without_the_lock_the_race_is_lost(ledger: Ledger, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: where both read the head before either writes, the database refuses the second, so none forks."""
    filled(ledger, 1)
    if database.is_sqlite:
        short = Database(database._url.render_as_string(), busy_timeout_s=0.1)
        second = Ledger(short, ledger._workspace, SystemClock())
        with database.transaction() as session:
            ledger.append(session, actor="p-1", subject="s", event=aborted(2))
            with pytest.raises(GovernanceError) as refused:
                second.record(actor="p-2", subject="s", event=aborted(3))
        assert refused.value.code == "provenance.database-busy"
        short.close()
    else:
        monkeypatch.setattr(database.__class__, "is_sqlite", True)  # takes no advisory lock
        barrier = threading.Barrier(2, timeout=20)
        real, lost = events.payload, []

        def both_have_read(event: events.Event) -> dict[str, object]:
            barrier.wait()
            return real(event)  # type: ignore[return-value]

        monkeypatch.setattr(events, "payload", both_have_read)

        def work() -> None:
            try:
                ledger.record(actor="p", subject="s", event=aborted(2))
            except GovernanceError as error:
                lost.append(error.code)

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        monkeypatch.undo()
        assert lost == ["provenance.database-conflict"]
    assert ledger.verify().size == 2


def test_every_kind_of_event_is_small_enough_to_page(ledger: Ledger) -> None:
    """A body of several megabytes goes through whole, as a plan over many files needs."""
    event = ExportMade("0" * 64, tuple((f"file-{n}", "0" * 64) for n in range(30_000)))
    ledger.record(actor="p-1", subject="s", event=event)
    assert next(ledger.entries()).event == event
    assert ledger.verify().size == 1


def test_whole_numbers_beyond_two_thousand_million_survive(ledger: Ledger) -> None:
    """A ledger size of 2^52 in an event comes back the same, on both databases."""
    event = SealMade("0" * 64, 2**52, "0" * 64, "0" * 64)
    ledger.record(actor="p-1", subject="s", event=event)
    assert next(ledger.entries()).event == event
    assert json.loads(next(ledger.entries()).body)["payload"]["ledger_size"] == 2**52
