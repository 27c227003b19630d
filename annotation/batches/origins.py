"""Where the items of a batch come from: a drawn sample, a draw from a source, or what an earlier batch got wrong."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from annotation.batches import labels
from annotation.batches.desk import Desk
from annotation.batches.plans import BatchPlan
from corpus.samples import drawing, seeds
from corpus.samples.frames import Items
from corpus.schema import ADMITTED
from corpus.sources.states import require_declared
from corpus.tracing import released
from provenance.errors import GovernanceError
from provenance.ids import ItemId
from rules.annotation.batches import REDO


@dataclass(frozen=True)
class Chosen:
    """The items of a batch, and how they were chosen where they were drawn for it."""

    items: tuple[ItemId, ...]
    seed: str = ""
    seed_event: int = 0
    frame: str = ""
    population: int = 0


def choose(desk: Desk, plan: BatchPlan) -> Chosen:
    """Choose the items that a plan asks for; a draw is made with a seed committed before its frame is looked at.

    Repeating it finds the same seed again.

    Raises:
        GovernanceError: The sample, source or earlier batch is unknown, or has nothing to annotate.
    """
    if plan.redoes:
        return Chosen(tuple(_reworked(desk, plan)))
    if plan.items.sample:
        drawn = drawing.sample(desk.workspace, plan.items.sample)
        return Chosen(drawing.drawn_items(desk.workspace, drawn))
    source = require_declared(desk.workspace.ledger, plan.items.source).id
    seed = seeds.commit(desk.workspace, f"batch:{plan.id}", subject=plan.id, actor=desk.actor)
    frame = Items(desk.workspace, {source: ""}, (ADMITTED,)).look(seed.value, plan.items.count)
    return Chosen(frame.items(), seed.value.hex(), seed.event, frame.digest, frame.population)


def texts_of(desk: Desk, items: Collection[ItemId]) -> dict[ItemId, str]:
    """Return the stored, stripped text of every item.

    Raises:
        GovernanceError: There is no item, or one has no stored text.
    """
    found = released.stored(desk.workspace, items)
    without = len(set(items) - found.keys())
    if without or not items:
        what = f"{without} of {len(items)} items have no stored text" if without else "There is no item to annotate"
        raise GovernanceError(
            f"{what}, and only stored, stripped text is given to annotators.",
            code="annotation.no-text",
            remedy="Take items that are admitted: `source` with `count`, or a sample drawn from admitted items.",
        )
    return found


def _reworked(desk: Desk, plan: BatchPlan) -> Sequence[ItemId]:
    before = desk.batch(plan.redoes)
    if before.outcome != REDO or before.end is None or before.kind != plan.kind:
        raise GovernanceError(
            f"The batch {plan.redoes} left nothing for this kind of batch to annotate anew.",
            code="annotation.nothing-to-redo",
            remedy="Close it with `yuliao annotate close BATCH --redo --reason REASON` first.",
        )
    return labels.read(desk.stores.read(before.kind, before.end.labels)).reworked
