"""Samples that inspectors judge in the annotation server (抽检): published, collected into verdicts, ended."""

from collections.abc import Mapping

from annotation.batches.desk import Desk
from annotation.batches.plans import Order
from annotation.batches.publish import Published
from annotation.inspections import closing, publishing
from annotation.inspections.collecting import Inspected, inspect
from corpus.samples import drawing
from corpus.samples.drawing import Drawn
from corpus.samples.inspection import Recorded
from provenance.ids import ItemId
from rules.annotation.batches import BatchFact
from ui.bootstrap import House, holds_personal_information
from ui.services import sampling


def publish(house: House, desk: Desk, order: Order) -> Published:
    """Publish the sample that a plan names.

    Raises:
        GovernanceError: As for :func:`annotation.inspections.publishing.publish`, or there is no such sample.

    Clause:
        R-001, R-002, R-070, R-154, R-157
    """
    sample = drawing.sample(house.workspace, order.plan.items.sample)
    return publishing.publish(desk, order, sample, _texts(house, sample.seq))


def collect(house: House, desk: Desk, batch: BatchFact) -> tuple[Inspected, Recorded]:
    """Collect what inspectors said, and record the verdicts that are final, with what follows for the source.

    Raises:
        GovernanceError: As for :func:`annotation.inspections.collecting.inspect`.
    """
    found = inspect(desk, batch.id, _texts(house, batch.sample))
    return found, sampling.record_inspected(house, batch.sample, found.verdicts)


def close(house: House, desk: Desk, batch: BatchFact, outcome: str, reason: str) -> BatchFact:
    """End the inspection of a sample.

    Raises:
        GovernanceError: As for :func:`annotation.inspections.closing.close`.
    """
    if batch.end is None:
        collect(house, desk, batch)
    return closing.close(desk, batch.id, outcome, reason, scan=holds_personal_information)


def _texts(house: House, seq: int) -> Mapping[ItemId, str]:
    sample = drawing.sample(house.workspace, seq)
    return dict(sampling.texts_of(house, Drawn(sample, drawing.drawn_items(house.workspace, sample), is_new=False)))
