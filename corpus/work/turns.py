"""Turns: one job of a workspace at a time, and a holder that was thought dead cannot write when it comes back.

- Jobs take turns because the keeper of a cluster of duplicates must not depend on which of two was faster.
- Whoever takes a job raises its ``lease_epoch`` and that of every job whose holder is dead; every later step demands
  that the epoch is still its own (fencing).
- On one machine a held file lock says that the holder lives, and the kernel drops it with the process; between
  machines the lease's time says so.
"""

import contextlib
import fcntl
import os
import socket
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Update, text
from sqlmodel import Session, col, select, update

from corpus.tables import JobRow
from corpus.workspace import Workspace
from provenance.disk import told
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import JobId

LEASE_S = 60
"""Seconds after which a silent holder on another machine counts as dead."""

LOCK_FILE = "turn.lock"
"""In the scratch folder; whoever holds a lock on it has the turn on this machine."""

ENDED = ("finished", "cancelled", "resumed")
"""States out of which no job comes back; a failed one may still be cancelled, with its plan."""

_QUEUE = 0x7475726E
"""Key of PostgreSQL's advisory lock around the queue: the letters of ``turn``."""

_RUNNING = select(JobRow).where(col(JobRow.state) == "running")


@dataclass(frozen=True)
class Lease:
    """The right to work on a job, as long as nobody took it over."""

    job: JobId
    epoch: int


@contextlib.contextmanager
def turn(workspace: Workspace, job: JobId) -> Iterator[Lease]:
    """Take the workspace's turn for a job, hold it, and give it back.

    A block that is left by an exception leaves no job running: it is marked interrupted where a person stopped it, else
    failed with the reason, unless the block wrote another end itself.

    Raises:
        GovernanceError: Another job has the turn (``corpus.turn-taken``, to be tried again later), or this one has
            ended.
    """
    with _only_here(workspace):
        lease = _take(workspace, job)
        with _beating(workspace, lease):
            try:
                yield lease
            except BaseException as error:
                _leave(workspace, lease, error)
                raise


@contextlib.contextmanager
def idle(workspace: Workspace) -> Iterator[None]:
    """Keep jobs from starting on this machine for a while.

    Raises:
        GovernanceError: A job has the turn, here or on another machine.
    """
    with _only_here(workspace):
        with workspace.database.snapshot() as session:
            if any(_lives_elsewhere(row) for row in session.exec(_RUNNING)):
                raise _taken()
        yield


def hold(session: Session, lease: Lease) -> JobRow:
    """Demand inside a transaction that the lease still holds until its end, and return the job's row.

    Raises:
        GovernanceError: Somebody took the job over.
    """
    row = session.get(JobRow, lease.job, with_for_update=True)
    if row is None or row.lease_epoch != lease.epoch:
        raise GovernanceError(
            "Another process took this job over.",
            code="corpus.lease-lost",
            remedy="Nothing was lost; see `yuliao jobs show` for who works on it.",
            exit_code=ExitCode.ENVIRONMENT,
        )
    return row


def queue_up(workspace: Workspace, session: Session) -> None:
    """Wait inside a transaction until nobody else changes the queue; SQLite lets only one write anyway."""
    if not workspace.database.is_sqlite:
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _QUEUE})


@contextlib.contextmanager
def _only_here(workspace: Workspace) -> Iterator[None]:
    place = workspace.scratch / LOCK_FILE
    with contextlib.ExitStack() as stack:
        with told("take the turn", place):
            workspace.scratch.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context(place.open("ab"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _taken() from error
        yield


def _take(workspace: Workspace, job: JobId) -> Lease:
    with workspace.database.transaction() as session:
        queue_up(workspace, session)
        for other in session.exec(_RUNNING.with_for_update()).all():
            if _lives_elsewhere(other):
                raise _taken()
            # Its holder is dead, or will be refused when it comes back: the job waits again, in its old place.
            other.state, other.message = "queued", "its process ended before its time; it goes on where it stopped"
            other.lease_epoch += 1
        row = session.get(JobRow, job, with_for_update=True)
        if row is None or row.state in ENDED:
            raise GovernanceError(
                "The job has ended already.",
                code="corpus.job-ended",
                remedy="See `yuliao jobs list`.",
                where=job,
            )
        row.state, row.message = "running", ""
        row.lease_epoch += 1
        row.lease_until = int(time.time()) + LEASE_S
        row.holder = f"{socket.gethostname()}:{os.getpid()}"
        return Lease(job, row.lease_epoch)


def _lives_elsewhere(row: JobRow) -> bool:
    """Say whether a running job's holder is on another machine and was heard of lately; who asks has the lock here."""
    return row.holder.rpartition(":")[0] != socket.gethostname() and row.lease_until > time.time()


def _leave(workspace: Workspace, lease: Lease, error: BaseException) -> None:
    if isinstance(error, GovernanceError):
        state, message = "failed", error.diagnostics()
    elif isinstance(error, Exception):
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        state, message = "failed", f"This is a fault of the program ({type(error).__name__} at {place})."
    else:
        state, message = "interrupted", ""
    # Where the catalogue itself is out of reach the row stays as it is, and whoever is next finds no living holder.
    with contextlib.suppress(GovernanceError), workspace.database.transaction() as session:
        session.exec(_mine(lease).where(col(JobRow.state) == "running").values(state=state, message=message))


@contextlib.contextmanager
def _beating(workspace: Workspace, lease: Lease) -> Iterator[None]:
    stop = threading.Event()
    heart = threading.Thread(target=_beat, args=(workspace, lease, stop), daemon=True)
    heart.start()
    try:
        yield
    finally:
        stop.set()
        heart.join()


def _beat(workspace: Workspace, lease: Lease, stop: threading.Event) -> None:
    while not stop.wait(LEASE_S / 3):
        # A busy or absent database costs a beat; the next one may reach it.
        with contextlib.suppress(GovernanceError), workspace.database.transaction() as session:
            session.exec(_mine(lease).values(lease_until=int(time.time()) + LEASE_S))


def _mine(lease: Lease) -> Update:
    return update(JobRow).where(col(JobRow.id) == lease.job, col(JobRow.lease_epoch) == lease.epoch)


def _taken() -> GovernanceError:
    return GovernanceError(
        "Another job of this workspace is running; jobs take turns.",
        code="corpus.turn-taken",
        remedy="Wait until it has finished (`yuliao jobs list`) and try again.",
        exit_code=ExitCode.ENVIRONMENT,
    )
