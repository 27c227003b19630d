"""Ending the inspection of a sample (结束抽检): accepted once every item has its verdict, void where it is given up."""

from annotation.batches import opening
from annotation.batches.close import Scan, delete_texts
from annotation.batches.desk import Desk
from corpus.reasons import demand_reason
from corpus.samples import drawing
from provenance.errors import GovernanceError
from provenance.events import BatchClosed
from rules.annotation.batches import ACCEPTED, PI_CHECK, VOID, BatchFact
from rules.samples import SampleFact


def close(desk: Desk, name: str, outcome: str, reason: str, *, scan: Scan) -> BatchFact:
    """End the inspection of a sample; its task texts are deleted in the server. Verdicts stay as they were recorded.

    Args:
        desk: Where.
        name: Id of the batch.
        outcome: accepted or void.
        reason: Why; enters the ledger.
        scan: Finds personal information in the reason.

    Raises:
        GovernanceError: Verdicts are missing, the batch ended otherwise before, or the server does not answer.

    Clause:
        R-201
    """
    demand_reason(reason, scan, of="The end of a batch")
    batch = desk.batch(name)
    sample = drawing.sample(desk.workspace, batch.sample)
    if outcome not in (ACCEPTED, VOID):
        raise _refusal("A sample is not annotated anew.", "Close it with --accept, or with --void to give it up.")
    missing = _wanted(batch, sample) - sample.judged - sample.unsure
    if outcome == ACCEPTED and missing > 0:
        raise _refusal(
            f"{missing} of {_wanted(batch, sample)} items of sample {sample.seq} have no verdict.",
            f"Wait for the inspectors, then `yuliao annotate collect {name}`; --void gives it up.",
        )
    if batch.end is None:
        event = BatchClosed(outcome=outcome, reason=reason, released=0, reworked=0)
        desk.workspace.ledger.record(actor=desk.actor, subject=name, event=event)
    elif batch.outcome != outcome:
        raise _refusal(f"The batch {name} has ended already: {batch.outcome}.", "An end is never taken back.")
    opening.open_as_recorded(desk)
    delete_texts(desk, desk.batch(name))
    return desk.batch(name)


def _wanted(batch: BatchFact, sample: SampleFact) -> int:
    """Return how many items need a verdict; raw text leaves the server as soon as all that was shown has one."""
    return batch.units if batch.kind == PI_CHECK else sample.size


def _refusal(message: str, remedy: str) -> GovernanceError:
    return GovernanceError(message, code="annotation.inspection-open", remedy=remedy)
