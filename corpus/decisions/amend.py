"""Give items another disposition (处置) after they were sealed: as an amendment, never by rewriting a shard."""

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from corpus.decisions.amendments import amendments, before_held, with_state
from corpus.decisions.changes import Look, Why, look
from corpus.decisions.followers import settled
from corpus.items import MOVED, MOVES
from corpus.measure import Kinds
from corpus.schema import ADMITTED, DUPLICATE, GONE, NEAR, PLACELESS, QUARANTINED, REPEATED, SOURCE_CAUSES
from corpus.workspace import Workspace
from provenance.ids import SourceId
from provenance.ledger import Entry

__all__ = ["MOVES", "amend", "follow_moved", "follow_sources", "hold_source", "restore_source"]

RESTORED = "restored"
"""Cause of an amendment by which items come back with their source; it is no item's reason."""


def amend(
    workspace: Workspace,
    moves: pa.Table,
    *,
    cause: str,
    actor: str,
    kinds: Kinds,
    reason: str = "",
    cause_event: int = 0,
) -> tuple[Entry, ...]:
    """Record that items have another disposition from now on.

    Args:
        workspace: Where.
        moves: The items, schema ``MOVES``; those that are so already are left out.
        cause: Reason code, a key of ``rules/reasons.yaml``.
        actor: Id of the person or program that acts.
        kinds: Which entities and risks are counted together.
        reason: Why, in words that were scanned for personal information.
        cause_event: Ledger entry that made it necessary, 0 where a person decided on the items themselves.

    Returns:
        The entries, one per source, by source; none where nothing changes.

    Raises:
        GovernanceError: An item is unknown, or somebody changed items of these sources meanwhile; nothing is recorded.

    Clause:
        R-104
    """
    seen = look(workspace)
    return seen.record(seen.changes(moves, kinds), lambda _: Why(cause, reason, cause_event), actor=actor)


def hold_source(
    workspace: Workspace, source: SourceId, *, cause: str, actor: str, kinds: Kinds, cause_event: int
) -> tuple[Entry, ...]:
    """Take the admitted items of a source out, because of the source: it was suspended, refused or withdrawn.

    Items of other sources that repeat one of them, exactly or nearly, stay duplicates, now of a keeper that is gone
    (``keeper-gone``).

    Args:
        workspace: Where.
        source: The source.
        cause: ``source-suspended``, ``source-refused`` or ``source-withdrawn``.
        actor: Id of the person or program that acts.
        kinds: Which entities and risks are counted together.
        cause_event: Ledger entry of the decision on the source.

    Returns:
        The entries, one per source that is concerned; none where nothing changes.

    Raises:
        GovernanceError: Somebody changed items of these sources meanwhile; nothing is recorded.
    """
    assert cause in SOURCE_CAUSES, f"{cause} is no reason that lies in a source"
    seen = look(workspace)
    taken = _table(_put(_to_hold(rows, cause), QUARANTINED, cause) for _, rows in seen.rows(MOVED.names, source))
    own = [plan for plan, its in seen.sources.items() if its == source]
    moves = settled(seen, taken, shielded=own)
    why = {True: Why(cause, "", cause_event), False: Why(GONE, "", cause_event)}
    return seen.record(seen.changes(moves, kinds), lambda each: why[each == source], actor=actor)


def restore_source(
    workspace: Workspace, source: SourceId, *, actor: str, kinds: Kinds, cause_event: int
) -> tuple[Entry, ...]:
    """Bring back what :func:`hold_source` took out of a source that is admitted again.

    What was amended for another cause meanwhile stays as it is. The items that repeat one of those brought back are
    exact duplicates again; where another item took the keeper's place, the first taken in of them all has it.

    Args:
        workspace: Where.
        source: The source.
        actor: Id of the person or program that acts.
        kinds: Which entities and risks are counted together.
        cause_event: Ledger entry of the decision on the source.

    Returns:
        The entries, one per source that is concerned; none where nothing changes.

    Raises:
        GovernanceError: Somebody changed items of these sources meanwhile; nothing is recorded.
    """
    seen = look(workspace)
    before = before_held(workspace, source, upto=seen.amended.size)
    returned = _table(
        before.apply(rows.filter(_is_held(rows)), shard.place) for shard, rows in seen.rows(MOVED.names, source)
    )
    moves = settled(seen, returned)
    why = {True: Why(RESTORED, "", cause_event), False: Why(REPEATED, "", cause_event)}
    return seen.record(seen.changes(moves, kinds), lambda each: why[each == source], actor=actor)


def follow_moved(seen: Look, moves: pa.Table) -> pa.Table:
    """Say what becomes of the items that repeat some which leave because of their user.

    Args:
        seen: The items as they are.
        moves: Those that leave with what they are to be, schema ``MOVES``.

    Returns:
        Schema ``MOVES``: the others that change with them, mostly because they lost what they repeat.
    """
    if not moves.num_rows:
        return moves
    moved = [
        with_state(rows, targets["disposition"], targets["reason"])
        for _, rows, targets in seen.found(moves, MOVED.names)
    ]
    others = settled(seen, _table(moved))
    return others.filter(pc.equal(others["disposition"], DUPLICATE))


def follow_sources(workspace: Workspace, ingest: int, *, actor: str, kinds: Kinds) -> None:
    """Settle the items of an ingest anew with those that left their place, or came back to it, while it ran.

    The search for duplicates saw the corpus before that; where nothing of the kind happened this does nothing. It may
    be done again at any time, as the next run does for one that was killed before it.

    Args:
        workspace: Where.
        ingest: Number of the plan, whose items are all sealed.
        actor: Id of the person or program that acts.
        kinds: Which entities and risks are counted together.

    Raises:
        GovernanceError: Somebody changed items of the same source meanwhile; nothing is recorded.
    """
    causes = (*PLACELESS, RESTORED)
    touched = [rows for event, rows in amendments(workspace, since=ingest) if event.cause in causes]
    if not touched:
        return
    seen = look(workspace)
    items = pa.concat_tables(touched).group_by(["file", "position"]).aggregate([])
    moved = [rows for _, rows, _ in seen.found(items, MOVED.names)]
    moves = settled(seen, _table(moved), shielded=[plan for plan in seen.sources if plan != ingest])
    for reason in (GONE, REPEATED, NEAR):
        amend(workspace, moves.filter(pc.equal(moves["reason"], reason)), cause=reason, actor=actor, kinds=kinds)


def _to_hold(rows: pa.RecordBatch, cause: str) -> pa.RecordBatch:
    """Return the rows that are admitted, and those that are held for another reason of this kind."""
    otherwise = pc.and_(_is_held(rows), pc.not_equal(rows["reason"], cause))
    return rows.filter(pc.or_(pc.equal(rows["disposition"], ADMITTED), otherwise))


def _is_held(rows: pa.RecordBatch) -> pa.BooleanArray:
    is_apart = pc.equal(rows["disposition"], QUARANTINED)
    return pc.and_(is_apart, pc.is_in(rows["reason"], pa.array(SOURCE_CAUSES)))


def _put(rows: pa.RecordBatch, disposition: str, reason: str) -> pa.RecordBatch:
    return with_state(rows, pa.repeat(disposition, rows.num_rows), pa.repeat(reason, rows.num_rows))


def _table(batches: Iterable[pa.RecordBatch]) -> pa.Table:
    return pa.Table.from_batches([batch.select(MOVED.names).cast(MOVED) for batch in batches], schema=MOVED)
