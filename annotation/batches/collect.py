"""Collecting a batch (收回标注): new rows of the outbox are copied, every rule is held again, what counts is stored.

Nothing is recorded until all of it was fetched, so that a server that goes away in between loses nothing: the same
command goes on later. What is stored follows from the copy of the outbox alone, and comes out the same again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from annotation.batches import answers, judging, mirror
from annotation.batches.answers import Collection
from annotation.batches.desk import Desk
from annotation.batches.judging import Tables
from annotation.batches.mirror import Mirror
from provenance.errors import ExitCode, GovernanceError
from provenance.events import BatchCollected
from rules.annotation.batches import SAFETY, BatchFact

Judge = Callable[[Desk, BatchFact, Mirror, Tables, int], Collection]
_GONE = "annotation.project-gone"


@dataclass(frozen=True)
class Collected:
    """A batch after a collection, what counts of it, whether anything was recorded, and what is missing."""

    batch: BatchFact
    found: Collection
    is_new: bool
    gone: frozenset[int] = frozenset()
    """Numbers of projects that somebody deleted in the server."""


def collect(desk: Desk, name: str, judge: Judge = judging.judged) -> Collected:
    """Fetch what people submitted, and store what counts of it.

    Args:
        desk: Where.
        name: Id of the batch.
        judge: Holds the rules of this kind of batch against its annotations.

    Raises:
        GovernanceError: The batch is unknown or has ended, the server does not answer or lost its gate, its outbox is
            broken, or somebody else is collecting. Nothing is recorded then.

    Clause:
        R-032, R-038, R-039
    """
    batch = desk.batch(name)
    if batch.end is not None:
        return Collected(batch, answers.of_batch(desk, batch), is_new=False)
    _demand_gate(desk, batch)
    held = mirror.read(desk)
    end = held.head.seq
    since = _fetch(desk, held, end)
    settled = held.head.seq
    tables = _read_tables(desk, batch)
    since = _fetch(desk, held, since)
    found = judge(desk, batch, held, tables, settled)
    done = _record(desk, batch, found, held, since, has_more=held.head.seq > since or since < end)
    return replace(done, gone=frozenset(tables.gone))


def _demand_gate(desk: Desk, batch: BatchFact) -> None:
    if not desk.gate_in_force() and batch.is_enforced:
        raise GovernanceError(
            "This batch was published on a server with the gate, and the server has none now, or another one.",
            code="annotation.gate-gone",
            remedy="Start the server with `yuliao annotate server start`; what it tells without its gate proves less.",
            exit_code=ExitCode.ENVIRONMENT,
        )


def _fetch(desk: Desk, held: Mirror, since: int) -> int:
    """Bring the copy up to date; return the row after which it changed since a collection began."""
    after, new = mirror.fetch(desk.server, held)
    if new or after < held.head.seq:
        held.take(after, new)
    return min(since, after)


def _read_tables(desk: Desk, batch: BatchFact) -> Tables:
    found = Tables()
    for project in batch.projects:
        try:
            found.keys |= {number: key for key, number in desk.server.tasks(project.number).items()}
            found.stored[project.number] = list(desk.server.stored(project.number))
        except GovernanceError as error:
            if error.code != _GONE:
                raise
            found.gone.add(project.number)
    return found


def _record(desk: Desk, batch: BatchFact, found: Collection, held: Mirror, since: int, *, has_more: bool) -> Collected:
    stored = desk.stores.of(batch.kind).put_bytes(answers.write(found))
    if not has_more and stored == batch.answers:
        return Collected(batch, found, is_new=False)
    event = BatchCollected(
        since=since,
        upto=held.head.seq,
        head=held.head.digest,
        answers=stored,
        annotations=len(found.answers),
        units_done=judging.units_done(answers.units_of(desk, batch), found),
        kept_out=tuple(judging.kept_out(found)),
        rows=desk.stores.of(SAFETY).put_bytes(mirror.pack(held.rows[since:])) if held.head.seq > since else "",
    )
    with desk.workspace.database.transaction() as session:
        entry = desk.workspace.ledger.append(session, actor=desk.actor, subject=batch.id, event=event)
        later = desk.workspace.ledger.entries(kinds=("BatchCollected",), since=held.event, upto=entry.seq - 1)
        if next(later, None) is not None:
            raise GovernanceError(
                "Somebody else has just collected from this server.",
                code="annotation.collected-meanwhile",
                remedy="Run the same command again.",
                exit_code=ExitCode.ENVIRONMENT,
            )
    return Collected(desk.batch(batch.id), found, is_new=True)
