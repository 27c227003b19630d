"""Two drivers at one workspace: jobs take turns, a holder thought dead cannot write, a killed job is taken up again."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from corpus import ingest as driver
from corpus import pipeline
from corpus.measure import Kinds
from corpus.pipeline import DecidedUnit, UnitTask
from corpus.tables import JobRow, UnitRow
from corpus.work import jobs, lots, turns
from corpus.work.jobs import Lease
from corpus.workspace import Workspace
from provenance.cells import Cells
from provenance.errors import GovernanceError
from provenance.events import IngestCompleted, IngestPlanned
from provenance.ids import JobId, source_id
from tests.fakes.workroom import Workroom
from ui.services import ingesting, working

pytestmark = pytest.mark.fault

Watch = Callable[[str, int, int], None]


@pytest.fixture
def room(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> Workroom:
    """Give a fresh workspace over SQLite and over PostgreSQL, with lots of two small units."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("YULIAO_DATABASE_URL", address)
    room = Workroom.create(tmp_path)
    settings = tmp_path / "workspace" / "yuliao.toml"
    settings.write_text(settings.read_text("utf-8").replace("lot_units = 1000", "lot_units = 2"), "utf-8")
    room.set_small_units()
    return room


def _file(room: Workroom, name: str = "long") -> Path:
    room.declare(name)
    return room.write_texts(f"{name}.jsonl", [f"第{n}条{name}内容，写得长一些。" * 3000 for n in range(60)])


def _elsewhere(room: Workroom) -> Workroom:
    """Return the same workspace as another machine has it open: with a lock file of its own."""
    workspace = replace(room.house.workspace, scratch=room.folder / "workspace" / "work-elsewhere")
    return Workroom(room.folder, replace(room.house, workspace=workspace))


def _hold_from_afar(room: Workroom, *, silent_for_s: int) -> None:
    """Edit the running job's row: its holder is on another machine and was last heard of some seconds ago."""
    with room.house.workspace.database.transaction() as session:
        for row in session.exec(select(JobRow).where(col(JobRow.state) == "running")):
            row.holder, row.lease_until = "elsewhere:1", int(time.time()) + turns.LEASE_S - silent_for_s


def _once(wanted: str, at: int, act: Callable[[], None]) -> Watch:
    """Return a progress function that acts once, when a pass has done so many units."""
    waiting = [act]

    def watch(step: str, done: int, _total: int) -> None:
        if waiting and (step, done) == (wanted, at):
            waiting.pop()()

    return watch


def _is_sound(room: Workroom, items: int) -> bool:
    """Say whether everything was counted once: each unit sealed once, each plan completed once, the sum right."""
    units = [(event.ingest, event.unit) for event in room.shards()]
    entries = list(room.house.workspace.ledger.entries())
    plans = sum(isinstance(entry.event, IngestPlanned) for entry in entries)
    completed = sum(isinstance(entry.event, IngestCompleted) for entry in entries)
    total = sum((event.cells for event in room.shards()), Cells())
    counted = sum(total.items_by_disposition().values())
    return len(units) == len(set(units)) and plans == completed and counted == items


def test_the_second_of_two_is_refused_by_name(room: Workroom) -> None:
    """While one job runs another is told to wait; it leaves nothing behind in the queue, and the first goes on."""
    file, other = _file(room), _file(room, "other")
    refused: list[GovernanceError] = []

    def try_another() -> None:
        for second in (room, _elsewhere(room)):
            _hold_from_afar(room, silent_for_s=0)
            with pytest.raises(GovernanceError) as caught:
                ingesting.run_now(second.house, source_id("other"), [other], workers=1, progress=lambda *_: None)
            refused.append(caught.value)

    room.ingest("long", file, progress=_once("decide", 1, try_another))
    assert [error.code for error in refused] == ["corpus.turn-taken"] * 2
    assert refused[0].exit_code == 4
    assert [row.state for row in jobs.listing(room.house.workspace)] == ["cancelled", "cancelled", "finished"]
    assert _is_sound(room, 60)


@pytest.mark.parametrize("step", [("sign", 1), ("decide", 1), ("decide", 3)])
def test_a_holder_thought_dead_is_refused_when_it_comes_back(room: Workroom, step: tuple[str, int]) -> None:
    """Another machine takes over after a minute of silence; whatever the old holder then commits is refused."""
    file = _file(room)

    def take_over() -> None:
        _hold_from_afar(room, silent_for_s=turns.LEASE_S + 1)
        _elsewhere(room).ingest("long", file)

    with pytest.raises(GovernanceError) as refused:
        room.ingest("long", file, progress=_once(*step, take_over))
    assert refused.value.code == "corpus.lease-lost"
    assert _is_sound(room, 60)
    states = {row.state for row in jobs.listing(room.house.workspace)}
    assert states <= {"resumed", "finished", "queued"}, "the old holder wrote an end of its own"


def _ask_at_once(room: Workroom) -> int:
    """Let two machines ask for a turn in the same moment, and return how many of them get one."""
    rooms = (room, _elsewhere(room))
    asked = [jobs.submit(room.house.workspace, kind="seal", subject="", parameters={}, actor="p") for _ in rooms]
    start, end, holders = threading.Barrier(2), threading.Barrier(2), list[JobId]()

    def take(number: int) -> None:
        start.wait()
        with suppress(GovernanceError), ExitStack() as stack:
            try:
                holders.append(stack.enter_context(jobs.turn(rooms[number].house.workspace, asked[number])).job)
            finally:
                end.wait()

    threads = [threading.Thread(target=take, args=(number,), name=f"machine-{number}") for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with room.house.workspace.database.transaction() as session:
        for row in session.exec(select(JobRow)):
            row.state = "finished"
    return len(holders)


def test_of_two_machines_that_ask_at_once_one_gets_the_turn(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two takers that start in the same moment, each on a machine of its own, never both hold a job."""
    monkeypatch.setattr(socket, "gethostname", lambda: threading.current_thread().name)
    assert [_ask_at_once(room) for _ in range(6)] == [1] * 6


@pytest.mark.parametrize("address", [pytest.param("postgres", marks=pytest.mark.needs("postgres"))], indirect=True)
def test_two_turns_at_once_are_seen(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the lock around the queue, which PostgreSQL needs, both takers look before either has written."""
    looked = threading.Barrier(2)

    def name_after_both_looked() -> str:
        looked.wait()
        return threading.current_thread().name

    monkeypatch.setattr(turns, "queue_up", lambda *_: None)
    monkeypatch.setattr(socket, "gethostname", name_after_both_looked)
    assert _ask_at_once(room) == 2


class _Blocked:
    """An old holder stopped just before it commits a unit or a lot, while another one does all the work."""

    def __init__(self, room: Workroom, file: Path, commit: Callable[..., None]) -> None:
        self._room, self._file, self._commit = room, file, commit
        self._is_first = True

    def __call__(self, *args: Any, **words: Any) -> None:
        if self._is_first:
            self._is_first = False
            _hold_from_afar(self._room, silent_for_s=turns.LEASE_S + 1)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(driver, "keep_unit", lots.keep_unit)
                patch.setattr(driver, "seal_lot", lots.seal_lot)
                _elsewhere(self._room).ingest("long", self._file)
        self._commit(*args, **words)


@pytest.mark.parametrize("commit", ["keep_unit", "seal_lot"])
def test_each_commit_of_an_old_holder_is_fenced(room: Workroom, monkeypatch: pytest.MonkeyPatch, commit: str) -> None:
    """A unit and a lot that an old holder had ready are refused by name, and a lot is sealed only once."""
    file = _file(room)
    monkeypatch.setattr(driver, commit, _Blocked(room, file, getattr(lots, commit)))
    with pytest.raises(GovernanceError) as refused:
        room.ingest("long", file)
    assert refused.value.code == "corpus.lease-lost"
    assert _is_sound(room, 60)


def _seal_whatever_its_state(workspace: Workspace, lease: Lease, seq: int, lot: int, **words: Any) -> None:
    """Seal a lot as the real function does, but without its second guard, which asks whether it was sealed before."""
    with workspace.database.transaction() as session:
        jobs.hold(session, lease)
        rows = session.exec(select(UnitRow).where(UnitRow.ingest == seq, UnitRow.lot == lot)).all()
        for event in [lots._sealed(seq, row, Cells()) for row in rows]:
            workspace.ledger.append(session, actor=words["actor"], subject=f"ingest-{seq}", event=event)


@pytest.mark.parametrize("is_fenced", [True, False])
def test_without_the_fence_a_double_commit_is_seen(
    room: Workroom, monkeypatch: pytest.MonkeyPatch, is_fenced: bool
) -> None:
    """With hold() neutralised an old holder seals a lot a second time and the oracle says so; with it all is well."""
    file = _file(room)
    monkeypatch.setattr(driver, "seal_lot", _Blocked(room, file, _seal_whatever_its_state))
    if not is_fenced:
        monkeypatch.setattr(jobs, "hold", lambda session, lease: session.get(JobRow, lease.job))
    with pytest.raises((GovernanceError, AssertionError)):
        room.ingest("long", file)
    assert _is_sound(room, 60) == is_fenced


def test_a_lot_is_sealed_only_once_even_by_its_holder(room: Workroom) -> None:
    """Sealing again what is sealed is a fault of the program, whoever asks."""
    file = _file(room)
    room.ingest("long", file)
    job = JobId(jobs.listing(room.house.workspace)[0].id)
    lease = Lease(job, jobs.find(room.house.workspace, job).lease_epoch)
    seq, kinds = room.shards()[0].ingest, Kinds({}, {})
    with pytest.raises(AssertionError, match="cannot be sealed now"):
        lots.seal_lot(room.house.workspace, lease, seq, 0, is_last=False, actor="p-1", kinds=kinds)
    assert _is_sound(room, 60)


def test_workers_take_jobs_in_the_order_of_asking(room: Workroom) -> None:
    """Jobs asked for within one second are done first come, first served, whatever their random ids."""
    ids = iter(["ffffffffffff", "000000000000", "aaaaaaaaaaaa"])
    source = room.declare("small")
    files = [room.write_texts(f"small-{n}.jsonl", [f"第{n}条。"]) for n in range(3)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_hex", lambda _: next(ids))
        asked = [ingesting.submit(room.house, source_id(source), [file], workers=1) for file in files]
    told: list[str] = []
    while working.run_next(room.house, progress=lambda *_: None, tell=told.append):
        pass
    assert told == [f"{job} has finished." for job in asked]


@pytest.mark.parametrize("fault", [AssertionError, MemoryError])
def test_a_fault_leaves_no_job_running(room: Workroom, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]) -> None:
    """A job in which the program itself fails is marked failed with the place, and the worker does the next one."""
    first, second = _file(room), _file(room, "other")

    def fail(task: UnitTask) -> DecidedUnit:
        if "long" in task.slices[0].path:
            raise fault
        return _DECIDE(task)

    monkeypatch.setattr(pipeline, "decide", fail)
    broken = ingesting.submit(room.house, source_id("long"), [first], workers=1)
    told: list[str] = []
    assert working.run_next(room.house, progress=lambda *_: None, tell=told.append)
    row = jobs.find(room.house.workspace, broken)
    assert row.state == "failed"
    assert fault.__name__ in row.message
    assert "test_two_drivers.py" in row.message
    ingesting.cancel(room.house, broken)
    fine = ingesting.submit(room.house, source_id("other"), [second], workers=1)
    assert working.run_next(room.house, progress=lambda *_: None, tell=told.append)
    assert [jobs.find(room.house.workspace, job).state for job in (broken, fine)] == ["cancelled", "finished"]


_DECIDE = pipeline.decide


@contextmanager
def _worker(room: Workroom, *words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-P", "-c", "from ui.cli.app import main; main()", "-w", str(room.folder / "workspace")]
    with subprocess.Popen([*command, "worker", *words], stderr=subprocess.PIPE, text=True) as started:
        try:
            yield started
        finally:
            if started.poll() is None:
                started.kill()


def test_a_job_whose_worker_was_killed_is_done_by_the_next(room: Workroom) -> None:
    """Killed in the middle of a job, `yuliao worker` started again finishes that job first, then those behind it."""
    first, second = _file(room), _file(room, "other")
    asked = [
        ingesting.submit(room.house, source_id(name), [file], workers=1)
        for name, file in (("long", first), ("other", second))
    ]
    with _worker(room) as killed:
        deadline = time.monotonic() + 240
        while True:
            row = jobs.find(room.house.workspace, asked[0])
            if row.message == "decide" and row.units_done:
                break
            assert time.monotonic() < deadline
            assert killed.poll() is None
            time.sleep(0.01)
        os.kill(killed.pid, signal.SIGKILL)
    assert jobs.find(room.house.workspace, asked[0]).state == "running"
    with _worker(room, "--until-idle") as resumed:
        _, words = resumed.communicate(timeout=60)
    assert [line for line in words.splitlines() if "finished" in line] == [f"{job} has finished." for job in asked]
    assert [jobs.find(room.house.workspace, job).state for job in asked] == ["finished", "finished"]
    assert _is_sound(room, 120)
