"""Withdrawal (撤回): what somebody asks for is found wherever it lies, taken out, kept out, and proved.

- What is found by its text, its address or a person's identifier in it leaves with everything that repeats it, in every
  source. A source leaves with its items and a user with his own: it is not what they say, so what repeats one of them
  elsewhere waits for ``ingest --reconsider``.
- What has left is refused from then on: a withdrawal that finds nothing is recorded too.
- Files first; then one transaction for the withdrawal, the amendments and the erasures; then the old files go. A run
  that was killed is finished by the same command.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

import pyarrow as pa
import pyarrow.compute as pc

from corpus.clearance import refusals
from corpus.clearance.refusals import Refusals
from corpus.decisions import live
from corpus.decisions.amend import MOVES, follow_moved, hold_source
from corpus.decisions.changes import Look, Why, look
from corpus.decisions.readings import live_shards
from corpus.measure import Kinds
from corpus.schema import ADMITTED, DUPLICATE, GONE, ITEM, NEAR, QUARANTINED, REJECTED, REPEATED
from corpus.sources.states import State, record, require_declared
from corpus.tracing.searches import Items, held, sealed_shards, search
from corpus.withdrawal.erase import Mask, Rewritten, rewrite
from corpus.withdrawal.orphans import forget
from corpus.withdrawal.proof import Proof, seals_over
from corpus.withdrawal.requests import By, Request
from corpus.work import plans, turns
from corpus.workspace import Workspace
from provenance.canonical import Json, encode
from provenance.errors import GovernanceError
from provenance.events import ItemsAmended, ShardSealed, SourceStateChanged, WithdrawalMade
from provenance.ids import Digest, SourceId
from provenance.ledger import Entry

_USER = "user"
"""Cause of items to which only a user's id led; the cause of others is what was told."""
_KEPT_APART: Mapping[str, str] = {cause: f"{cause}-withdrawn" for cause in (*get_args(By), _USER)}
_ERASED: Mapping[str, str] = {cause: f"{cause}-erased" for cause in (*get_args(By), _USER)}
"""Reason codes, keys of ``rules/reasons.yaml``, of quarantined and of rejected items."""

_STATE = pa.schema([*(ITEM.field(name) for name in ("file", "position", "disposition", "reason"))])
_LIVE = pa.schema([*_STATE, pa.field("source", pa.string()), pa.field("is_alone", pa.bool_())])
"""``is_alone`` says that only its user led to an item."""


@dataclass(frozen=True)
class Order:
    """How a withdrawal is to be carried out.

    Attributes:
        erases: Whether text and identifiers are deleted; else the items are kept apart.
        basis: Why, in words that were scanned for personal information.
        actor: Id of the person who acts.
        kinds: Which entities and risks are counted together.
    """

    erases: bool
    basis: str
    actor: str
    kinds: Kinds


@dataclass(frozen=True)
class Withdrawal:
    """A withdrawal that was made."""

    entry: Entry
    event: WithdrawalMade
    proof: Proof


@dataclass(frozen=True)
class _Scope:
    """The items meant, and the shards that hold any of them, by ledger entry."""

    mask: Mask
    held: Mapping[int, int]
    shards: Mapping[int, ShardSealed]
    alone: Items = field(default=Items(frozenset()), repr=False)
    refusals: Refusals = field(default=Refusals(), repr=False)


def withdraw(workspace: Workspace, request: Request, order: Order) -> Withdrawal:
    """Find what a request means, take it out, and record it.

    Args:
        workspace: Where.
        request: What is asked for.
        order: How it is to be done.

    Raises:
        GovernanceError: The source is not declared; a job has the turn; text is to be erased while an ingest is
            unfinished; a file of the workspace is missing or damaged; the disk refuses.

    Clause:
        R-010
    """
    with turns.idle(workspace):
        if order.erases:
            _demand_finished(workspace)
        seen = look(workspace)
        scope = _scope(workspace, request, seen)
        before = _live(seen, scope)
        followers = 0
        if request.source is not None:
            followers = _close(workspace, request.source, order)
            seen = look(workspace)
        now = before if request.source is None else _live(seen, scope)
        after = _moved(now, request.by, erases=order.erases)
        others = follow_moved(seen, _leaving_alone(after))
        followers += _count(others, GONE)
        rewritten = rewrite(workspace, list(scope.shards.values()), scope.mask) if order.erases else []
        proof = Proof(
            sees=seen.amended.size,
            before=before,
            after=after,
            lists_items=request.source is None,
            followers=followers,
            shards=scope.shards,
            held=scope.held,
            rewritten=rewritten,
            seals=seals_over(workspace, scope.shards),
        )
        event = _event(workspace, request, order, scope.refusals, proof)
        moves = pa.concat_tables([after.select(MOVES.names).cast(MOVES), others])
        entry = _record(workspace, request, order, seen, event, moves, rewritten)
        if order.erases:
            forget(workspace)
    return Withdrawal(entry, event, proof)


def _scope(workspace: Workspace, request: Request, seen: Look) -> _Scope:
    sealed = sealed_shards(workspace)
    if request.source is not None:
        require_declared(workspace.ledger, request.source)
        mine = {seq: shard for seq, shard in sealed if seen.sources[shard.ingest] == request.source}
        return _Scope(lambda batch: pa.repeat(True, batch.num_rows), {seq: mine[seq].rows for seq in mine}, mine)
    found = search(workspace, request.wanted, sealed)
    counts = {seq: len(held(workspace, shard, found.items)) for seq, shard in sealed} if found.items.ids else {}
    mine = {seq: shard for seq, shard in sealed if counts.get(seq)}
    texts = Refusals(text=frozenset(key.hex() for key in found.keys))
    many = {seq: counts[seq] for seq in mine}
    return _Scope(found.items.mask, many, mine, found.alone, request.refusals | texts)


def _live(seen: Look, scope: _Scope) -> pa.Table:
    """Return the items meant as they are now, in the order of the ledger's shards."""
    wanted = {(shard.ingest, shard.unit) for shard in scope.shards.values()}
    found = []
    for shard in live_shards(seen.workspace) if wanted else ():
        if (shard.ingest, shard.unit) in wanted:
            for batch in live.of_shard(shard, _STATE.names, seen.amended):
                rows = batch.select(_STATE.names).filter(scope.mask(batch))
                source = pa.repeat(seen.sources[shard.ingest], rows.num_rows)
                alone = scope.alone.mask(rows)
                found.append(pa.RecordBatch.from_arrays([*rows.columns, source, alone], schema=_LIVE))
    return pa.Table.from_batches(found, schema=_LIVE)


def _moved(rows: pa.Table, by: By, *, erases: bool) -> pa.Table:
    """Return the items as they are from now on; a reason of withdrawal is what nobody releases.

    What was kept apart for another withdrawal stays so, unless that was for its user only.
    """
    leaving = [ADMITTED, QUARANTINED] if by == "source" else [ADMITTED, QUARANTINED, DUPLICATE]
    leaves = pc.is_in(rows["disposition"], pa.array(leaving))
    if not erases:
        stays = [reason for cause, reason in _KEPT_APART.items() if cause != _USER]
        leaves = pc.and_not(leaves, pc.is_in(rows["reason"], pa.array(stays)))
    disposition, reasons = (REJECTED, _ERASED) if erases else (QUARANTINED, _KEPT_APART)
    target = disposition, pc.if_else(rows["is_alone"], reasons[_USER], reasons[by])
    for name, value in zip(("disposition", "reason"), target, strict=True):
        column = pc.if_else(leaves, value, rows[name])
        rows = rows.set_column(rows.schema.get_field_index(name), _LIVE.field(name), column)
    return rows


def _leaving_alone(after: pa.Table) -> pa.Table:
    """Return what becomes of the items that leave because of their user, schema ``MOVES``."""
    leaves = pc.is_in(after["reason"], pa.array([_KEPT_APART[_USER], _ERASED[_USER]]))
    return after.filter(pc.and_(after["is_alone"], leaves)).select(MOVES.names).cast(MOVES)


def _count(moves: pa.Table, reason: str) -> int:
    return int(pc.sum(pc.equal(moves["reason"], reason)).as_py() or 0)


def _close(workspace: Workspace, source: SourceId, order: Order) -> int:
    """Take a source out, or finish doing so, and return how many items of others lost the item they repeat."""
    known = require_declared(workspace.ledger, source)
    if known.state is not State.WITHDRAWN:
        event = SourceStateChanged(known.state, State.WITHDRAWN, order.basis)
        record(workspace, known.id, known, [event], order.actor)
    decided = require_declared(workspace.ledger, source).seq
    cause, actor, kinds = _KEPT_APART["source"], order.actor, order.kinds
    amended = hold_source(workspace, source, cause=cause, actor=actor, kinds=kinds, cause_event=decided)
    others = (entry.event for entry in amended if entry.subject != source)
    return sum(event.items for event in others if isinstance(event, ItemsAmended))


def _event(workspace: Workspace, request: Request, order: Order, refused: Refusals, proof: Proof) -> WithdrawalMade:
    told: dict[str, Json] = {"by": request.by, "request": request.digest, "basis": order.basis, "erases": order.erases}
    stored = refusals.write(workspace.evidence, refused) if request.source is None else Digest("")
    return WithdrawalMade(
        by=request.by,
        request=request.digest,
        items=proof.items,
        by_source=tuple(proof.by_source.items()),
        erases=order.erases,
        refusals=stored,
        bundles=proof.bundles,
        proof=workspace.evidence.put_bytes(encode({**told, "refusals": stored, **proof.to_json()})),
        basis=order.basis,
    )


def _record(
    workspace: Workspace,
    request: Request,
    order: Order,
    seen: Look,
    event: WithdrawalMade,
    moves: pa.Table,
    rewritten: Sequence[Rewritten],
) -> Entry:
    """Record the withdrawal, what it moves and what it erases, all in one transaction."""
    reasons = _ERASED if order.erases else _KEPT_APART
    causes = (Why(cause, order.basis) for cause in (reasons[request.by], reasons[_USER], GONE, REPEATED, NEAR))
    amended = [each for why in causes for each in _amended(seen, moves, why, order.kinds)]
    ledger = workspace.ledger
    with workspace.database.transaction() as session:
        subject = request.source or "withdrawal"
        entry = ledger.append(session, actor=order.actor, subject=subject, event=event)
        because = [(source, replace(each, cause_event=entry.seq)) for source, each in amended]
        seen.append(session, because, actor=order.actor)
        for each in rewritten:
            erased = each.event(order.basis, entry.seq)
            ledger.append(session, actor=order.actor, subject=f"ingest-{each.shard.ingest}", event=erased)
    return entry


def _amended(seen: Look, moves: pa.Table, why: Why, kinds: Kinds) -> list[tuple[SourceId, ItemsAmended]]:
    """Return by source what is to be recorded of the moves that have this cause."""
    changes = seen.changes(moves.filter(pc.equal(moves["reason"], why.cause)), kinds)
    return list(seen.events(changes, lambda _: why).items())


def _demand_finished(workspace: Workspace) -> None:
    if plans.unfinished(workspace):
        raise GovernanceError(
            "An ingest is unfinished, and what it has written so far cannot be searched, so nothing can be erased yet.",
            code="corpus.ingest-unfinished",
            remedy="Finish it with the same `yuliao ingest`, or give it up with `yuliao jobs cancel JOB`; "
            "without --erase the items can be taken out at once.",
        )
