"""Jobs: asked for by anybody, done in the order of asking, one at a time (see ``corpus.work.turns``)."""

import datetime as dt
import secrets
from collections.abc import Mapping

from sqlalchemy import func
from sqlmodel import Session, col, select, update

from corpus.tables import JobRow
from corpus.work.turns import ENDED, Lease, hold, queue_up, turn
from corpus.workspace import Workspace
from provenance.canonical import Json, encode
from provenance.clock import stamp
from provenance.errors import GovernanceError
from provenance.ids import JobId

__all__ = [
    "Lease",
    "adopt",
    "find",
    "finish",
    "hold",
    "listing",
    "next_in_turn",
    "report",
    "request_cancel",
    "requeue",
    "submit",
    "turn",
    "withdraw",
]


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
    with workspace.database.transaction() as session:
        queue_up(workspace, session)
        last = session.exec(select(func.max(JobRow.number))).one()
        session.add(
            JobRow(
                id=job,
                number=(last or 0) + 1,
                kind=kind,
                subject=subject,
                parameters=encode(parameters).decode(),
                actor=actor,
                state="queued",
                created_at=stamp(dt.datetime.now(dt.UTC)),
            )
        )
    return job


def find(workspace: Workspace, job: JobId) -> JobRow:
    """Return a job's row.

    Raises:
        GovernanceError: There is no such job.
    """
    with workspace.database.snapshot() as session:
        row = _known(session.get(JobRow, job))
        session.expunge(row)
        return row


def listing(workspace: Workspace) -> list[JobRow]:
    """Return all jobs, the latest first."""
    with workspace.database.snapshot() as session:
        rows = session.exec(select(JobRow).order_by(col(JobRow.number).desc())).all()
        session.expunge_all()
        return list(rows)


def next_in_turn(workspace: Workspace) -> JobRow | None:
    """Return the job to be tried next: the running one, whose holder may be dead, else the one that waited longest."""
    with workspace.database.snapshot() as session:
        first = (col(JobRow.state) == "queued", col(JobRow.number))
        query = select(JobRow).where(col(JobRow.state).in_(("queued", "running"))).order_by(*first).limit(1)
        row = session.exec(query).one_or_none()
        session.expunge_all()
        return row


def withdraw(workspace: Workspace, job: JobId) -> bool:
    """Take a job out of the queue, and say whether it was still waiting there, not begun."""
    with workspace.database.transaction() as session:
        row = _row(session, job)
        if row.state != "queued" or row.entry is not None:
            return False
        row.state = "cancelled"
        return True


def request_cancel(workspace: Workspace, job: JobId) -> None:
    """Ask that a job stop at its next step.

    Raises:
        GovernanceError: There is no such job, or it has ended.
    """
    with workspace.database.transaction() as session:
        row = _row(session, job)
        if row.state in ENDED or (row.state == "failed" and row.entry is None):
            raise GovernanceError(
                f"The job has ended already ({row.state}).",
                code="corpus.job-ended",
                remedy="There is nothing to cancel.",
            )
        row.cancel_requested = True


def report(workspace: Workspace, lease: Lease, step: str, done: int, total: int) -> bool:
    """Write how far a job is, and return whether somebody asked that it stop.

    Raises:
        GovernanceError: Somebody took the job over.
    """
    with workspace.database.transaction() as session:
        row = hold(session, lease)
        row.units_done, row.units_total, row.message = done, total, step
        return row.cancel_requested


def adopt(workspace: Workspace, lease: Lease, entry: int) -> None:
    """Write that a job works on a plan, and that earlier jobs that were at it are resumed by this one."""
    with workspace.database.transaction() as session:
        hold(session, lease).entry = entry
        others = (
            col(JobRow.entry) == entry,
            col(JobRow.id) != lease.job,
            col(JobRow.state).in_(("queued", "interrupted", "failed")),
        )
        session.exec(update(JobRow).where(*others).values(state="resumed", message=f"resumed by {lease.job}"))


def requeue(workspace: Workspace, job: JobId) -> None:
    """Let an interrupted job wait again, in its old place."""
    with workspace.database.transaction() as session:
        row = _row(session, job)
        if row.state == "interrupted":
            row.state = "queued"


def finish(workspace: Workspace, lease: Lease, state: str, message: str) -> None:
    """Write how a job ended: finished, failed, cancelled or interrupted.

    Raises:
        GovernanceError: Somebody took the job over.
    """
    with workspace.database.transaction() as session:
        row = hold(session, lease)
        row.state, row.message, row.lease_until = state, message, 0


def _row(session: Session, job: JobId) -> JobRow:
    return _known(session.get(JobRow, job, with_for_update=True))


def _known(row: JobRow | None) -> JobRow:
    if row is None:
        raise GovernanceError(
            "There is no such job.",
            code="corpus.job-unknown",
            remedy="See `yuliao jobs list`.",
        )
    return row
