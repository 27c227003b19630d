"""Ending a batch: accepted (验收), to be redone (重新标注) or void (作废); then its task texts go from the server.

The order makes every step repeatable: what may be released is stored and recorded, the gate closes the projects, then
texts are deleted, which is recorded apart. Whoever repeats the command after a failure goes on behind what was done.
"""

from collections.abc import Callable
from dataclasses import dataclass

from annotation.batches import answers, conditions, judging, labels, opening
from annotation.batches.answers import Collection
from annotation.batches.decisions import APPROVE, ILLEGAL
from annotation.batches.desk import Desk, standing
from annotation.batches.labels import Ending, Label
from annotation.batches.review import Reviewed, decided, review
from annotation.batches.units import WORK
from annotation.port import Answer
from corpus.reasons import demand_reason
from corpus.tracing import released
from provenance.errors import GovernanceError
from provenance.events import BatchClosed, TaskTextsDeleted
from provenance.ids import ItemId
from rules.annotation.batches import ACCEPTED, FUNCTIONAL, REDO, VOID, BatchFact

Scan = Callable[[str], bool]
"""Says whether a text holds personal information."""


@dataclass(frozen=True)
class Closed:
    """A batch that ended: what is stored of its end, and whether that is new."""

    batch: BatchFact
    ending: Ending
    is_new: bool


def close(desk: Desk, name: str, outcome: str, reason: str, *, scan: Scan) -> Closed:
    """End a batch.

    Args:
        desk: Where.
        name: Id of the batch.
        outcome: accepted, redo or void.
        reason: Why; enters the ledger.
        scan: Finds personal information in the reason.

    Raises:
        GovernanceError: The batch may not end so, which rule stands in the way is named; it ended otherwise before;
            or the server does not answer.

    Clause:
        R-038, R-039, R-040, R-201, AR-6, AR-7, AR-8, AR-9, AR-11
    """
    demand_reason(reason, scan, of="The end of a batch")
    batch = desk.batch(name)
    is_new = batch.end is None
    if is_new:
        opening.open_as_recorded(desk, held=name)  # what somebody submits after the last look would be lost
        try:
            _end(desk, batch, outcome, reason)
        except BaseException:
            opening.open_as_recorded(desk)
            raise
        batch = desk.batch(name)
    if batch.end is None or batch.outcome != outcome:
        raise GovernanceError(
            f"The batch {name} has ended already: {batch.outcome}.",
            code="annotation.batch-ended",
            remedy="An end is never taken back; plan a new batch.",
        )
    opening.open_as_recorded(desk)
    delete_texts(desk, batch)
    ending = labels.read(desk.stores.read(batch.kind, batch.end.labels))
    return Closed(desk.batch(name), ending, is_new)


def _end(desk: Desk, batch: BatchFact, outcome: str, reason: str) -> None:
    reviewed = _last_look(desk, batch, outcome)
    batch, found = reviewed.batch, answers.of_batch(desk, reviewed.batch)
    said = conditions.checks(batch, found, standing(desk.facts()), desk.workspace.ledger.now())
    if outcome == ACCEPTED:
        conditions.demand_acceptable(batch, said)
    elif outcome == REDO:
        _demand_redo(batch)
    ending = _ending(desk, reviewed, found, outcome)
    if outcome == REDO and not ending.reworked:
        raise GovernanceError(
            f"Nothing in the batch {batch.id} is to be annotated anew.",
            code="annotation.nothing-to-redo",
            remedy="Close it with --accept.",
        )
    event = BatchClosed(
        outcome=outcome,
        reason=reason,
        released=len(ending.released),
        reworked=len(ending.reworked),
        labels=desk.stores.of(batch.kind).put_bytes(labels.write(ending)),
        checks=tuple(said.items()),
    )
    with desk.workspace.database.transaction() as session:
        entry = desk.workspace.ledger.append(session, actor=desk.actor, subject=batch.id, event=event)
        later = desk.workspace.ledger.entries(
            subject=batch.id, since=max(batch.seq, batch.collected, batch.review.seq), upto=entry.seq - 1
        )
        if any(type(each.event).__name__.startswith("Batch") for each in later):
            raise GovernanceError(
                f"Somebody else has just taken the batch {batch.id} further.",
                code="annotation.closed-meanwhile",
                remedy="Run the same command again.",
            )


def _last_look(desk: Desk, batch: BatchFact, outcome: str) -> Reviewed:
    """Collect and review for the last time; a void batch needs no server to be void."""
    try:
        return review(desk, batch.id)
    except GovernanceError:
        if outcome != VOID:
            raise
    found = answers.of_batch(desk, batch)
    checks = judging.checks_of(desk, batch, answers.units_of(desk, batch), found)
    return Reviewed(batch, decided(desk, batch, checks, found), 0, is_new=False)


def _demand_redo(batch: BatchFact) -> None:
    if batch.kind == FUNCTIONAL and batch.review.illegal:
        raise GovernanceError(
            f"Illegal or harmful content was found in the functional batch {batch.id}: all of it is void (AR-9).",
            code="annotation.ar-9",
            remedy="Close it with --void.",
        )


def _ending(desk: Desk, reviewed: Reviewed, found: Collection, outcome: str) -> Ending:
    """Say what becomes of every item whose answer was not known before."""
    batch, outcomes = reviewed.batch, reviewed.outcomes
    listed = answers.units_of(desk, batch)
    wanted = {each.item: key for key, each in listed.items() if each.purpose == WORK}
    illegal = tuple(item for item, each in outcomes.items() if each.decision == ILLEGAL)
    if outcome == VOID:
        return Ending(illegal=illegal)
    given = found.by_task()
    kept: dict[ItemId, Label] = {}
    for item, key in sorted(wanted.items()):
        said, first = outcomes.get(item), given.get(key, ())
        if said is not None and said.decision == APPROVE and said.answer is not None:
            kept[item] = _label(item, said.answer, said.approvers)
        elif batch.kind == FUNCTIONAL and said is None and reviewed.batch.review.is_complete and first:
            kept[item] = _label(item, min(first, key=lambda each: (each.submitted_at, each.annotation)), ())
    there = released.stored(desk.workspace, list(wanted))
    reworked = tuple(item for item in sorted(wanted) if item not in kept and item in there)
    return Ending(tuple(kept.values()), reworked, illegal)


def _label(item: ItemId, answer: Answer, approvers: tuple[str, ...]) -> Label:
    return Label(item, answer.entries, answer.person, approvers)


def delete_texts(desk: Desk, batch: BatchFact) -> None:
    """Delete the tasks of an ended batch in the server, and record it once all are gone.

    Raises:
        GovernanceError: The server does not answer; the same command goes on later.

    Clause:
        R-201
    """
    if batch.texts_deleted is not None:
        return
    deleted = gone = 0
    for project in batch.projects:
        try:
            numbers = sorted(desk.server.tasks(project.number).values())
            deleted += desk.server.delete_tasks(project.number, numbers) if numbers else 0
        except GovernanceError as error:
            if error.code != "annotation.project-gone":
                raise
            gone += 1
    desk.workspace.ledger.record(actor=desk.actor, subject=batch.id, event=TaskTextsDeleted(deleted, gone))
