"""Annotations as they stand at last: told by the outbox from its first row to its last, or by the table alone."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from annotation import outbox
from annotation.outbox import Told
from annotation.port import OutboxRow, Results, Stored
from provenance.clock import stamp


@dataclass(frozen=True, slots=True)
class Work:
    """One annotation as it stands at last.

    Attributes:
        annotation: Its number in the server.
        project: Number of its project.
        key: Our key of its task; empty for a task that is not ours.
        person: Id of its author; empty for an account that is nobody's.
        submitted_at: When it was first submitted, UTC.
        changed_at: When it was last changed, the same where it never was.
        result: The whole answer in the server's words.
        text: Keyed digest of the text it is about; empty where nobody tells.
        seconds: From first being shown to being submitted; None where that is not known.
        seq: Row that told of it last, 0 for a server without a gate.
        is_deleted: Whether it was deleted since.
        is_skipped: Whether the person skipped the task.
    """

    annotation: int
    project: int
    key: str
    person: str
    submitted_at: str
    changed_at: str
    result: Results = field(default=(), repr=False)
    text: str = ""
    seconds: int | None = None
    seq: int = 0
    is_deleted: bool = False
    is_skipped: bool = False


def of_rows(rows: Iterable[OutboxRow]) -> dict[int, Work]:
    """Return what rows of the outbox tell, by the annotation's number: the latest state, with when it began."""
    found: dict[int, Work] = {}
    for told in outbox.written(rows):
        before = found.get(told.annotation)
        if told.kind == "deleted":
            if before is not None:
                found[told.annotation] = replace(before, seq=told.seq, is_deleted=True)
        elif before is None or told.kind == "created":
            found[told.annotation] = _begun(told)
        else:
            now = _begun(told)
            found[told.annotation] = replace(now, submitted_at=before.submitted_at, seconds=before.seconds)
    return found


def of_table(project: int, table: Iterable[Stored], keys: Mapping[int, str], people: Mapping[str, str]) -> list[Work]:
    """Return what the table of a server without a gate holds.

    Args:
        project: The project's number.
        table: Its annotations.
        keys: Our keys of its tasks, by their numbers.
        people: Ids of people, by account.
    """
    return [
        Work(
            annotation=each.annotation,
            project=project,
            key=keys.get(each.task, ""),
            person=people.get(each.account.lower(), ""),
            submitted_at=moment(each.created_at),
            changed_at=moment(each.updated_at or each.created_at),
            result=each.result,
            is_skipped=each.is_skipped,
        )
        for each in table
    ]


def moment(text: str) -> str:
    """Return a moment of the server as the ledger writes moments."""
    return stamp(dt.datetime.fromisoformat(text))


def _begun(told: Told) -> Work:
    at = moment(told.at)
    return Work(
        annotation=told.annotation,
        project=told.project,
        key=told.key,
        person=told.person,
        submitted_at=at,
        changed_at=at,
        result=told.result,
        text=told.texts.get("text", ""),
        seconds=_seconds(told),
        seq=told.seq,
    )


def _seconds(told: Told) -> int | None:
    if not told.served_at:
        return None
    passed = dt.datetime.fromisoformat(told.at) - dt.datetime.fromisoformat(told.served_at)
    return max(0, int(passed.total_seconds()))
