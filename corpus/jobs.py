"""Jobs: asked for by anybody, done by one at a time, and never by two.

- Jobs of a workspace take turns: the keeper of a cluster of duplicates must not depend on which of two was faster.
- Whoever takes a job raises its ``lease_epoch``; every later step demands that the epoch is still theirs, so a holder
  that was thought dead and comes back cannot write (fencing).
- On one machine a held file lock says that the holder lives, and the kernel drops it with the process; between
  machines the lease's time says so.
"""

import datetime as dt
import fcntl
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session, col, select, update

from corpus.tables import JobRow
from corpus.workspace import Workspace
from provenance.canonical import Json, encode
from provenance.clock import stamp
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import JobId

LEASE_S = 60
"""Seconds after which a silent holder on another machine counts as dead."""

ACTIVE = ("queued", "running", "interrupted")


@dataclass(frozen=True)
class Lease:
    """The right to work on a job, as long as nobody took it over."""

    job: JobId
    epoch: int


def submit(workspace: Workspace, *, kind: str, subject: str, parameters: Mapping[str, Json], actor: str) -> JobId:
    """Put a job into the queue.

    Args:
        workspace: Where.
        kind: What is to be done: ``ingest`` or ``seal``.
        subject: The source or thing it is about.
        parameters: Its parameters as JSON.
        actor: Who asks for it.
    """
    job = JobId(f"j-{secrets.token_hex(6)}")
    row = JobRow(
        id=job,
        kind=kind,
        subject=subject,
        parameters=encode(parameters).decode(),
        actor=actor,
        state="queued",
        created_at=stamp(dt.datetime.now(dt.UTC)),
    )
    with workspace.database.transaction() as session:
        session.add(row)
    return job


def find(workspace: Workspace, job: JobId) -> JobRow:
    """Return a job's row.

    Raises:
        GovernanceError: There is no such job.
    """
    with workspace.database.snapshot() as session:
        row = session.get(JobRow, job)
        if row is None:
            raise GovernanceError(
                "There is no such job.",
                code="corpus.job-unknown",
                remedy="See `yuliao jobs list`.",
            )
        session.expunge(row)
        return row


def listing(workspace: Workspace) -> list[JobRow]:
    """Return all jobs, the latest first."""
    with workspace.database.snapshot() as session:
        rows = session.exec(select(JobRow).order_by(col(JobRow.created_at).desc(), col(JobRow.id))).all()
        session.expunge_all()
        return list(rows)


def next_queued(workspace: Workspace) -> JobRow | None:
    """Return the job that has waited longest, or None."""
    waiting = [row for row in listing(workspace) if row.state == "queued"]
    return waiting[-1] if waiting else None


def request_cancel(workspace: Workspace, job: JobId) -> JobRow:
    """Ask that a job stop: a waiting one is cancelled at once, a running one at its next step.

    Raises:
        GovernanceError: There is no such job, or it has ended.
    """
    row = find(workspace, job)
    if row.state not in ACTIVE:
        raise GovernanceError(
            f"The job has ended already ({row.state}).",
            code="corpus.job-ended",
            remedy="There is nothing to cancel.",
        )
    with workspace.database.transaction() as session:
        session.exec(update(JobRow).where(col(JobRow.id) == job).values(cancel_requested=True))
    return find(workspace, job)


@contextmanager
def turn(workspace: Workspace, job: JobId) -> Iterator[Lease]:
    """Take the workspace's turn for a job, hold it, and give it back.

    Raises:
        GovernanceError: Another job has the turn (``corpus.turn-taken``, to be tried again later).
    """
    workspace.scratch.mkdir(parents=True, exist_ok=True)
    with (workspace.scratch / "turn.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise _taken() from error
        lease = _take(workspace, job)
        stop = threading.Event()
        heart = threading.Thread(target=_beat, args=(workspace, lease, stop), daemon=True)
        heart.start()
        try:
            yield lease
        finally:
            stop.set()
            heart.join()


def hold(session: Session, lease: Lease) -> JobRow:
    """Demand inside a transaction that the lease still holds, and return the job's row.

    Raises:
        GovernanceError: Somebody took the job over.
    """
    row = session.get(JobRow, lease.job)
    if row is None or row.lease_epoch != lease.epoch:
        raise GovernanceError(
            "Another process took this job over.",
            code="corpus.lease-lost",
            remedy="Nothing was lost; see `yuliao jobs show` for who works on it.",
            exit_code=ExitCode.ENVIRONMENT,
        )
    return row


def adopt(workspace: Workspace, lease: Lease, entry: int) -> None:
    """Write that a job works on a plan, and that earlier jobs that were at it are resumed by this one."""
    with workspace.database.transaction() as session:
        hold(session, lease).entry = entry
        others = (
            col(JobRow.entry) == entry,
            col(JobRow.id) != lease.job,
            col(JobRow.state).in_(("interrupted", "failed")),
        )
        session.exec(update(JobRow).where(*others).values(state="resumed", message=f"resumed by {lease.job}"))


def finish(workspace: Workspace, lease: Lease, state: str, message: str) -> None:
    """Write how a job ended: finished, failed, cancelled or interrupted."""
    with workspace.database.transaction() as session:
        row = hold(session, lease)
        row.state, row.message, row.lease_until = state, message, 0


def _take(workspace: Workspace, job: JobId) -> Lease:
    host = socket.gethostname()
    now = int(time.time())
    with workspace.database.transaction() as session:
        for other in session.exec(select(JobRow).where(col(JobRow.state) == "running")).all():
            elsewhere = other.holder.rpartition(":")[0] != host
            if elsewhere and other.lease_until > now:
                raise _taken()
            other.state = "interrupted"
        row = session.get(JobRow, job)
        assert row is not None
        row.state, row.message = "running", ""
        row.lease_epoch += 1
        row.lease_until = now + LEASE_S
        row.holder = f"{host}:{os.getpid()}"
        return Lease(job, row.lease_epoch)


def _beat(workspace: Workspace, lease: Lease, stop: threading.Event) -> None:
    while not stop.wait(LEASE_S / 3):
        with workspace.database.transaction() as session:
            session.exec(
                update(JobRow)
                .where(col(JobRow.id) == lease.job, col(JobRow.lease_epoch) == lease.epoch)
                .values(lease_until=int(time.time()) + LEASE_S)
            )


def _taken() -> GovernanceError:
    return GovernanceError(
        "Another job of this workspace is running; jobs take turns.",
        code="corpus.turn-taken",
        remedy="Wait until it has finished (`yuliao jobs list`) and try again.",
        exit_code=ExitCode.ENVIRONMENT,
    )
