"""What is measured when a batch ends: agreement, accuracy on gold answers and times, once for the same answers."""

from annotation.batches import answers
from annotation.batches.desk import Desk
from annotation.quality.measuring import Controls, measure, measure_times
from rules.annotation.batches import ANNOTATE, SAFETY
from rules.annotation.book_records import RuleBook


def measure_batch(desk: Desk, name: str) -> int:
    """Record the measures of a batch, unless they are recorded for these very answers.

    Args:
        desk: Where.
        name: Id of the batch, which was collected.

    Returns:
        How many measures were recorded.

    Raises:
        GovernanceError: What was collected is missing or damaged.

    Clause:
        R-033, AR-10
    """
    batch = desk.batch(name)
    if not batch.answers or _is_measured(desk, name, batch.answers):
        return 0
    found = answers.of_batch(desk, batch)
    book = desk.released(batch.rule_book)
    events = [
        *measure(found.answers, controls_of(book), batch.answers, answers.gold_of(desk, batch)),
        measure_times(found.answers, ANNOTATE, batch.planned_seconds, batch.answers),
    ]
    with desk.workspace.database.transaction() as session:
        for event in events:
            desk.workspace.ledger.append(session, actor=desk.actor, subject=name, event=event)
    return len(events)


def controls_of(book: RuleBook) -> Controls:
    """Return what of a rule book's form is measured."""
    asked = book.stages[ANNOTATE].controls
    return Controls(
        single={name: tuple(each.options) for name, each in asked.items() if each.kind == "one"},
        several=[name for name, each in asked.items() if each.kind in ("several", "risks")],
        selected=[name for name, each in asked.items() if each.kind == "spans"],
        positive={"verdict": "risky"} if book.kind == SAFETY else {"illegal": "yes"},
    )


def _is_measured(desk: Desk, name: str, digest: str) -> bool:
    entries = desk.workspace.ledger.entries(kinds=("TimesMeasured",), subject=name)
    return any(getattr(each.event, "answers", "") == digest for each in entries)
