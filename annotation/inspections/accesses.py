"""Who was shown raw text (查看原文记录): the rows of the outbox that tell of accesses become events of the ledger.

The copy of the outbox holds every single access. The ledger tells, for each person and project, how many items were
shown that had not been shown before; what it has told already is taken off, so repeating it records nothing twice.
"""

from collections.abc import Iterable, Mapping

from annotation import outbox
from annotation.batches import mirror
from annotation.batches.desk import Desk
from annotation.port import OutboxRow
from provenance.errors import ExitCode, GovernanceError
from provenance.events import RawTextShown
from rules.annotation.batches import BatchFact

Place = tuple[str, int]
"""A person and a project."""


def shown(rows: Iterable[OutboxRow], projects: frozenset[int]) -> dict[Place, int]:
    """Return how many tasks of some projects each person was shown, however often.

    Args:
        rows: Of the outbox.
        projects: Numbers of the projects.
    """
    tasks: dict[Place, set[str]] = {}
    for told in map(outbox.read, rows):
        if told.kind == outbox.SHOWN and told.project in projects:
            tasks.setdefault((told.person, told.project), set()).add(told.key or str(told.task))
    return {place: len(tasks[place]) for place in sorted(tasks)}


def record(desk: Desk, batch: BatchFact) -> int:
    """Record what a batch's people were shown since it was recorded last; return how many events that made.

    Args:
        desk: Where; the copy of the outbox is as it was last collected.
        batch: The batch.

    Raises:
        GovernanceError: Somebody else records it at the same moment, or the copy is damaged.

    Clause:
        R-027
    """
    ledger, seen = desk.workspace.ledger, desk.workspace.ledger.head().size
    told, held = _told(desk, batch), mirror.read(desk)
    now = shown((*held.rows, *held.lost), frozenset(each.number for each in batch.projects))
    new = [
        RawTextShown(person, items - told.get((person, project), 0), project)
        for (person, project), items in now.items()
        if items > told.get((person, project), 0)
    ]
    with desk.workspace.database.transaction() as session:
        made = [ledger.append(session, actor=desk.actor, subject=batch.id, event=event) for event in new]
        upto = made[0].seq - 1 if made else seen
        if next(ledger.entries(kinds=("RawTextShown",), subject=batch.id, since=seen, upto=upto), None) is not None:
            raise GovernanceError(
                f"Somebody else has just collected the batch {batch.id}.",
                code="annotation.collected-meanwhile",
                remedy="Run the same command again.",
                exit_code=ExitCode.ENVIRONMENT,
            )
    return len(new)


def _told(desk: Desk, batch: BatchFact) -> Mapping[Place, int]:
    found: dict[Place, int] = {}
    for entry in desk.workspace.ledger.entries(kinds=("RawTextShown",), subject=batch.id):
        event = entry.event
        assert isinstance(event, RawTextShown)
        place = (event.person, event.project)
        found[place] = found.get(place, 0) + event.items
    return found
