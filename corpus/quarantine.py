"""What a named person decides about items one by one: let in after a look (放行), or out for good (剔除).

- An item is let in only where its text is kept, its source is open, and the reason for which it was kept apart is one
  that a look can settle; a withdrawal or a broken record is none. Its risk hits stay, counted as cleared.
- The text of an item that is rejected is erased from every shard that ever held it, in the same transaction.
- Items are answered for one by one: what cannot be done is said, the rest is done.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from corpus.decisions.amend import MOVES
from corpus.decisions.changes import Look, Why, look
from corpus.measure import Kinds
from corpus.schema import ADMITTED, ITEM, QUARANTINED, REJECTED, RELEASED
from corpus.sources.states import Source, sources
from corpus.tracing.searches import Items, sealed_shards
from corpus.withdrawal.erase import Rewritten, rewrite
from corpus.withdrawal.orphans import forget
from corpus.work import turns
from corpus.work.plans import unfinished
from corpus.workspace import Workspace
from provenance.errors import GovernanceError
from provenance.ids import FileId, ItemId, SourceId

REJECTED_BY_PERSON = "rejected-by-person"

Target = tuple[str, str]
"""Disposition and reason."""


class Answer(NamedTuple):
    """What became of one item of a person's decision.

    Attributes:
        item: The item.
        done: Whether it is now as was decided.
        words: Why not, one sentence; empty where it is done.
    """

    item: ItemId
    done: bool
    words: str


@dataclass(frozen=True)
class Decision:
    """What a named person decided.

    Attributes:
        reason: Why, in words that were scanned for personal information.
        actor: Id of the person.
        kinds: Which entities and risks are counted together.
    """

    reason: str
    actor: str
    kinds: Kinds


class _Row(NamedTuple):
    disposition: str
    reason: str
    has_text: bool
    text: bytes | None
    source: Source


def release(
    workspace: Workspace, items: Sequence[ItemId], decision: Decision, *, may_release: Collection[str]
) -> list[Answer]:
    """Let quarantined items in (放行).

    Args:
        workspace: Where.
        items: The items.
        decision: Why, and by whom.
        may_release: Reasons that a look can settle.

    Returns:
        An answer for every item, in the order given.

    Raises:
        GovernanceError: Somebody changed items of these sources meanwhile; nothing is recorded.

    Clause:
        R-133
    """
    seen = look(workspace)
    rows = _rows(seen, items)
    inside = _texts_inside(seen, {row.text for row in rows.values()})

    def hindrance(row: _Row) -> str:
        if row.disposition != QUARANTINED:
            return f"It is {row.disposition}, and only a quarantined item can be released."
        if row.reason not in may_release:
            return f"It is quarantined for {row.reason}, which no look at the item can settle."
        if not row.has_text:
            return "No text of it is kept, so there is nothing to let in."
        if not row.source.state.is_open:
            return f"Its source {row.source.id} is {row.source.state}."
        if row.text in inside:
            return "Another item with the same text is admitted already."
        inside.add(row.text)
        return ""

    answers, moved = _answer(rows, items, (ADMITTED, RELEASED), hindrance)
    why = Why(RELEASED, decision.reason)
    seen.record(seen.changes(moved, decision.kinds), lambda _: why, actor=decision.actor)
    return answers


def reject(workspace: Workspace, items: Sequence[ItemId], decision: Decision) -> list[Answer]:
    """Take admitted or quarantined items out for good (剔除) and erase their text.

    Args:
        workspace: Where.
        items: The items.
        decision: Why, and by whom.

    Returns:
        An answer for every item, in the order given.

    Raises:
        GovernanceError: A job has the turn or an ingest is unfinished, so that not every file could be erased; or
            somebody changed items of these sources meanwhile. Nothing is recorded.

    Clause:
        R-133
    """

    def hindrance(row: _Row) -> str:
        is_kept = row.disposition in (ADMITTED, QUARANTINED)
        return "" if is_kept else f"It is {row.disposition}; an admitted or quarantined item can be rejected."

    with turns.idle(workspace):
        _demand_finished(workspace)
        seen = look(workspace)
        answers, moved = _answer(_rows(seen, items), items, (REJECTED, REJECTED_BY_PERSON), hindrance)
        events = seen.events(seen.changes(moved, decision.kinds), lambda _: Why(REJECTED_BY_PERSON, decision.reason))
        rewritten = _without(seen, events, moved)
        with workspace.database.transaction() as session:
            entries = seen.append(session, list(events.items()), actor=decision.actor)
            causes = {entry.subject: entry.seq for entry in entries}
            for each in rewritten:
                cause = causes[seen.sources[each.shard.ingest]]
                erased = each.event(decision.reason, cause)
                workspace.ledger.append(
                    session, actor=decision.actor, subject=f"ingest-{each.shard.ingest}", event=erased
                )
        forget(workspace)
    return answers


def _answer(
    rows: Mapping[ItemId, _Row], items: Sequence[ItemId], target: Target, hindrance: Callable[[_Row], str]
) -> tuple[list[Answer], pa.Table]:
    """Return an answer for every item, and the moves of those that can be moved."""
    answers = []
    for item in dict.fromkeys(items):
        row = rows.get(item)
        if row is None:
            answers.append(Answer(item, done=False, words="There is no such item in this workspace."))
        else:
            words = "" if (row.disposition, row.reason) == target else hindrance(row)
            answers.append(Answer(item, not words, words))
    return answers, _moves((each.item for each in answers if each.done), target)


def _rows(seen: Look, items: Iterable[ItemId]) -> dict[ItemId, _Row]:
    declared = sources(seen.workspace.ledger)
    wanted = _moves(dict.fromkeys(items), ("", ""))
    return {
        ItemId(FileId(row["file"]), row["position"]): _Row(
            row["disposition"],
            row["reason"],
            row["commitment"] is not None,
            row["duplicate_key"],
            declared[SourceId(seen.sources[shard.ingest])],
        )
        for shard, rows, _ in seen.found(wanted, ("commitment", "duplicate_key"))
        for row in rows.to_pylist()
    }


def _texts_inside(seen: Look, texts: Collection[bytes | None]) -> set[bytes | None]:
    """Return which of some texts, told by their keys, an admitted item has."""
    wanted = pa.array([text for text in texts if text is not None], ITEM.field("duplicate_key").type)
    found: set[bytes | None] = set()
    for _, rows in seen.rows(("duplicate_key",)):
        hits = pc.and_(pc.equal(rows["disposition"], ADMITTED), pc.is_in(rows["duplicate_key"], value_set=wanted))
        found.update(rows["duplicate_key"].filter(hits).to_pylist())
    return found


def _moves(items: Iterable[ItemId], target: Target) -> pa.Table:
    rows = [(*item, *target) for item in items]
    columns = zip(*rows, strict=True) if rows else [()] * len(MOVES)
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, MOVES, strict=True)], schema=MOVES)


def _without(seen: Look, about: Collection[SourceId], moved: pa.Table) -> list[Rewritten]:
    """Write the texts of all shards that ever held these items anew, without them."""
    places = zip(moved["file"].to_pylist(), moved["position"].to_pylist(), strict=True)
    items = Items(frozenset(ItemId(FileId(file), position) for file, position in places))
    among = [shard for _, shard in sealed_shards(seen.workspace) if seen.sources[shard.ingest] in about]
    return rewrite(seen.workspace, among, items.mask, roles=("admitted_text", "quarantined_text"))


def _demand_finished(workspace: Workspace) -> None:
    if unfinished(workspace):
        raise GovernanceError(
            "An ingest is unfinished, and what it has written so far cannot be erased yet.",
            code="corpus.ingest-unfinished",
            remedy="Finish it with the same `yuliao ingest`, or give it up with `yuliao jobs cancel JOB`.",
        )
