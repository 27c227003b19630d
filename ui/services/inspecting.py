"""Samples that inspectors judge in the annotation server (抽检): published, collected into verdicts, ended.

The check of personal information (个人信息核查) shows raw text. It is read back from the source's files when a batch is
published, and again for whoever decides where two differ; to collect it none is needed.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

from annotation.batches import opening
from annotation.batches.desk import Desk
from annotation.batches.enforcement import ANY_LENGTH
from annotation.batches.plans import Order
from annotation.batches.publish import Published
from annotation.inspections import closing, publishing
from annotation.inspections.collecting import Inspected, inspect
from annotation.inspections.publishing import Shown
from corpus.samples import drawing
from corpus.samples.drawing import Drawn
from corpus.samples.inspection import Recorded
from provenance.errors import GovernanceError
from provenance.ids import Digest, ItemId
from rules.annotation.batches import PI_CHECK, BatchFact
from rules.sample_plans import ASSESSMENT
from rules.samples import SampleFact
from ui.bootstrap import House, holds_personal_information
from ui.services import raw_texts, sample_texts, sampling


def publish(house: House, desk: Desk, order: Order) -> Published:
    """Publish the sample that a plan names.

    Raises:
        GovernanceError: As for :func:`annotation.inspections.publishing.publish`, or there is no such sample.

    Clause:
        R-001, R-002, R-027, R-070, R-154, R-157
    """
    sample = drawing.sample(house.workspace, order.plan.items.sample)
    items = drawing.drawn_items(house.workspace, sample)

    def shows() -> Mapping[ItemId, Shown]:
        if order.plan.kind == PI_CHECK:
            return raw_texts.checkable(house, items)
        files = order.plan.items.files
        _demand_nameless(files)
        return {item: Shown(text) for item, text in _texts(house, sample, files).items()}

    return publishing.publish(desk, order, sample, shows)


def collect(house: House, desk: Desk, batch: BatchFact) -> tuple[Inspected, Recorded]:
    """Collect what inspectors said, and record the verdicts that are final, with what follows for the source.

    Raises:
        GovernanceError: As for :func:`annotation.inspections.collecting.inspect`.
    """
    if batch.kind == PI_CHECK:
        items = drawing.drawn_items(house.workspace, drawing.sample(house.workspace, batch.sample))
        lengths = dict.fromkeys(raw_texts.showable(house, items), ANY_LENGTH)
        found = inspect(desk, batch.id, lengths, partial(raw_texts.read, house))
    else:
        with house.workspace.evidence.open(Digest(batch.plan)) as plan:
            files = json.loads(plan.read())["items"]["files"]
        texts = _texts(house, drawing.sample(house.workspace, batch.sample), files)
        found = inspect(desk, batch.id, {item: len(text) for item, text in texts.items()}, partial(_of, texts))
    return found, sampling.record_inspected(house, batch.sample, found.verdicts)


def close(house: House, desk: Desk, batch: BatchFact, outcome: str, reason: str) -> BatchFact:
    """End the inspection of a sample.

    Raises:
        GovernanceError: As for :func:`annotation.inspections.closing.close`.
    """
    is_open = batch.end is None
    try:
        if is_open:
            opening.open_as_recorded(desk, held=batch.id)  # whom it showed a text after the last look nobody would tell
            collect(house, desk, batch)
        return closing.close(desk, batch.id, outcome, reason, scan=holds_personal_information)
    except BaseException:
        if is_open:
            opening.open_as_recorded(desk)
        raise


def not_shown(house: House, batch: BatchFact) -> int:
    """Return how many items of the sample could not be shown, so that they stay without a verdict."""
    return drawing.sample(house.workspace, batch.sample).size - batch.units


def _of(texts: Mapping[ItemId, str], items: Collection[ItemId]) -> Mapping[ItemId, str]:
    return {item: texts[item] for item in items if item in texts}


def _texts(house: House, sample: SampleFact, files: Sequence[str]) -> Mapping[ItemId, str]:
    """Return the stripped texts of a sample, of one before collection (采集前安全评估) read from the files named."""
    drawn = Drawn(sample, drawing.drawn_items(house.workspace, sample), is_new=False)
    if sample.plan != ASSESSMENT:
        return dict(sample_texts.of_sample(house, drawn))
    if not files:
        raise GovernanceError(
            f"Sample {sample.seq} was drawn before anything was taken in.",
            code="ui.no-files",
            remedy="Name the files and folders that it was drawn from in the plan, `items: {sample: N, files: [...]}`.",
        )
    return dict(sample_texts.of_files(house, drawn, [Path(each) for each in files]))


def _demand_nameless(files: Sequence[str]) -> None:
    if any(map(holds_personal_information, files)):
        raise GovernanceError(
            "The path of a file in the plan holds personal information, and a plan is kept as evidence.",
            code="ui.path-names-somebody",
            remedy="Move or rename the file; what it is called does not change the sample.",
        )
