"""The chain that the gate keeps (发件箱), as the platform and any auditor read it: verified and replayed.

Everything here is a pure function of rows: who holds the stored rows gets the same answers, without any server.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from annotation.port import Answer, FromResults, OutboxRow
from provenance.errors import ExitCode, GovernanceError

BEGINNING = "0" * 64
"""What the first row names as the digest before it."""
SHOWN = "shown"
"""Kind of a row that tells of an access (查看): a task's raw text was shown to a person; it tells of no annotation."""


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain was read: number and digest of its last row."""

    seq: int = 0
    digest: str = BEGINNING

    @property
    def since(self) -> int:
        """From where to ask for rows, so that the first one that comes is the head itself."""
        return max(self.seq - 1, 0)


@dataclass(frozen=True, slots=True)
class Told:
    """What a row tells: that an annotation was created, updated or deleted, or a task's raw text shown.

    Attributes:
        seq: Number of the row.
        kind: ``created``, ``updated``, ``deleted`` or ``shown``.
        annotation: Number of the annotation; 0 where a task was shown.
        task: Number of its task.
        project: Number of the project.
        person: Id of who did it.
        at: When, UTC, by the server's clock.
        key: Our key of the task; empty in a deletion, and for a task that we did not publish.
        function: The project's function in the policy of that moment, empty where it was not in it.
        batch: Its batch, by the same policy.
        rule_book: Its rule book with the version.
        served_at: When the task was first shown to the person; empty where it never was.
        lead_ms: Milliseconds the browser claims, capped by that; None where it claims nothing.
        result: What was answered, in the outbox's words.
        texts: Keyed digest of each text that was shown, by the object that shows it.
        policy: Digest of the policy in force.
        gate: Digest of the gate.
    """

    seq: int
    kind: str
    annotation: int
    task: int
    project: int
    person: str
    at: str
    key: str = ""
    function: str = ""
    batch: str = ""
    rule_book: str = ""
    served_at: str = ""
    lead_ms: int | None = None
    result: tuple[Mapping[str, object], ...] = field(default=(), repr=False)
    texts: Mapping[str, str] = field(default_factory=dict)
    policy: str = ""
    gate: str = ""


def follow(rows: Iterable[OutboxRow], head: Head) -> Iterator[OutboxRow]:
    """Yield the rows behind a head, each verified; ask the server for ``outbox(head.since)``.

    Raises:
        GovernanceError: A row is not what was hashed or does not follow the one before (``annotation.outbox-broken``);
            the server does not have the head any more, so it is behind us (``annotation.outbox-behind``), or has
            another row in its place (``annotation.outbox-rewritten``).
    """
    waiting = iter(rows)
    if head.seq:
        ours = next(waiting, None)
        if ours is None:
            raise _behind(head)
        if (ours.seq, ours.digest) != (head.seq, head.digest):
            raise _rewritten(head)
        _read(ours)
    for row in waiting:
        tree = _read(row)
        if (row.seq, tree.get("previous")) != (head.seq + 1, head.digest):
            raise _broken(row)
        yield row
        head = Head(row.seq, row.digest)


def head_of(rows: Iterable[OutboxRow], head: Head | None = None) -> Head:
    """Return how far rows lead, verifying each.

    Raises:
        GovernanceError: As :func:`follow`.
    """
    head = head or Head()
    for row in follow(rows, head):
        head = Head(row.seq, row.digest)
    return head


def read(row: OutboxRow) -> Told:
    """Return what a row tells.

    Raises:
        GovernanceError: Its body is not what was hashed, or no row of this schema.
    """
    tree = _read(row)
    try:
        return Told(
            seq=row.seq,
            kind=tree["kind"],
            annotation=tree["annotation"] or 0,
            task=tree["task"] or 0,
            project=tree["project"] or 0,
            person=tree["person"],
            at=tree["at"],
            result=tuple(tree.get("result", ())),
            texts=tree.get("texts", {}),
            lead_ms=tree.get("lead_ms"),
            **{name: tree.get(name) or "" for name in _WORDS},
        )
    except KeyError as error:
        raise _broken(row) from error


def written(rows: Iterable[OutboxRow]) -> Iterator[Told]:
    """Yield what rows tell of annotations; those that tell of an access are passed by.

    Raises:
        GovernanceError: As :func:`read`.
    """
    return (told for told in map(read, rows) if told.kind != SHOWN)


_WORDS = ("key", "function", "batch", "rule_book", "served_at", "policy", "gate")


def replay(rows: Iterable[OutboxRow], project: int, from_outbox: FromResults) -> tuple[Answer, ...]:
    """Return the latest state of each annotation of a project, by number.

    What was deleted is none: so replay to the head of a collection, not into the deletions at the end of its batch.

    Args:
        rows: The chain from its beginning.
        project: Number of the project.
        from_outbox: Reads entries of the project's form.

    Raises:
        GovernanceError: As :func:`read`.
    """
    latest: dict[int, Answer] = {}
    for told in written(rows):
        if told.project != project:
            continue
        if told.kind == "deleted":
            latest.pop(told.annotation, None)
        elif (before := latest.get(told.annotation)) is not None:
            entries = from_outbox(told.result)
            latest[told.annotation] = replace(before, entries=entries, changed_at=told.at, seq=told.seq)
        else:
            latest[told.annotation] = Answer(
                task=told.key,
                annotation=told.annotation,
                person=told.person,
                entries=from_outbox(told.result),
                submitted_at=told.at,
                changed_at=told.at,
                seconds=_seconds(told),
                seq=told.seq,
            )
    return tuple(latest[number] for number in sorted(latest))


def _seconds(told: Told) -> int | None:
    if not told.served_at:
        return None
    return int((dt.datetime.fromisoformat(told.at) - dt.datetime.fromisoformat(told.served_at)).total_seconds())


def _read(row: OutboxRow) -> dict[str, Any]:
    """Return a row's body, if it is what was hashed and bears the row's number."""
    body = row.body.encode("utf-8", "surrogatepass")
    if hashlib.sha256(body).hexdigest() == row.digest:
        try:
            tree = json.loads(body)
        except ValueError:
            tree = None
        if isinstance(tree, dict) and tree.get("seq") == row.seq:
            return tree
    raise _broken(row)


def _broken(row: OutboxRow) -> GovernanceError:
    return GovernanceError(
        "A row of the annotation server's outbox is not the one that the gate wrote, or its predecessor is missing.",
        code="annotation.outbox-broken",
        remedy="Somebody changed the server's database: nothing of it was taken over; restore it from a backup.",
        where=f"row {row.seq}",
        exit_code=ExitCode.VERIFICATION_FAILED,
    )


def _behind(head: Head) -> GovernanceError:
    return GovernanceError(
        "The annotation server has fewer rows in its outbox than were collected: it was restored from a backup.",
        code="annotation.outbox-behind",
        remedy="What was collected stays valid; void the batches that are still open and publish them anew.",
        where=f"row {head.seq}",
        exit_code=ExitCode.VERIFICATION_FAILED,
    )


def _rewritten(head: Head) -> GovernanceError:
    return GovernanceError(
        "The annotation server's outbox holds another row where one was collected: it was restored or rewritten.",
        code="annotation.outbox-rewritten",
        remedy="What was collected stays valid; void the batches that are still open and publish them anew.",
        where=f"row {head.seq}",
        exit_code=ExitCode.VERIFICATION_FAILED,
    )
