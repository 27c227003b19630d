"""Replaying a batch (重放核对): from the copy of the outbox to the very bytes that are stored, without any server.

What only the server's tables could tell (that somebody wrote past the gate), or a text that may be gone by now, is
taken over from what was stored; everything else is judged again. So an auditor who holds the workspace comes to the
same answers, and to the same tables, or sees that they are others.
"""

from annotation.batches import answers, enforcement, judging, mirror
from annotation.batches.answers import Collection
from annotation.batches.desk import Desk
from annotation.batches.judging import Tables
from rules.annotation.batches import BatchFact

_BESIDE = frozenset(
    {"untold", "changed", "reauthored", "vanished", "project-gone", "personal-text", "text-gone", "bad-place"}
)
"""Reasons that the chain alone does not show."""


def replay(desk: Desk, batch: BatchFact) -> Collection:
    """Return what counts of a batch, by the copy of the outbox as it stood when the batch was last collected.

    Args:
        desk: Where; its server is not asked for anything.
        batch: A batch of a server with the gate, which was collected.

    Raises:
        GovernanceError: Something stored is missing or damaged.
    """
    held, before = mirror.read(desk, batch.collected), answers.of_batch(desk, batch)
    known = {each.annotation: each.reason for each in before.kept_out if each.reason in _BESIDE}
    untold = [each for each in before.kept_out if each.reason == "untold"]
    everything, by_chain = judging.works_of(desk, batch, held, Tables(), held.head.seq)
    lengths = {each.item: enforcement.ANY_LENGTH for each in answers.units_of(desk, batch).values()}
    found = judging.of_works(desk, batch, held, everything, by_chain | known, lengths)
    return Collection(found.answers, found.checks, (*found.kept_out, *untold))


def is_replayed(desk: Desk, batch: BatchFact) -> bool:
    """Say whether replaying a batch gives the bytes that are stored.

    Raises:
        GovernanceError: As for :func:`replay`.
    """
    return answers.write(replay(desk, batch)) == desk.stores.read(batch.kind, batch.answers)
