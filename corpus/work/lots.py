"""Lots: the moment in which finished work becomes fact, all of a lot in one transaction or none of it."""

from contextlib import suppress

from sqlmodel import Session, case, col, func, select, update

from corpus.decisions.rereads import superseded_cells
from corpus.measure import Kinds
from corpus.pipeline import DecidedUnit
from corpus.shards import set_digest
from corpus.sources.states import demand_open
from corpus.tables import END, FileRow, SliceRow, UnitRow
from corpus.work import jobs
from corpus.work.jobs import Lease
from corpus.workspace import Workspace
from provenance.cells import Cells
from provenance.events import Event, IngestCompleted, ShardSealed


def keep_unit(workspace: Workspace, lease: Lease, seq: int, unit: DecidedUnit) -> None:
    """Keep a unit's result in a transaction of its own: not yet fact, but not to be done again.

    Raises:
        GovernanceError: Somebody took the job over.
    """
    with workspace.database.transaction() as session:
        jobs.hold(session, lease)
        row = session.get_one(UnitRow, (seq, unit.ordinal))
        assert row.state == "planned", f"unit {unit.ordinal} was done already"
        row.state, row.items, row.result = "done", unit.items, unit.to_json()


def seal_lot(
    workspace: Workspace, lease: Lease, seq: int, lot: int, *, is_last: bool, actor: str, kinds: Kinds
) -> None:
    """Turn the results of a lot into facts, all of them in one transaction or none.

    Raises:
        GovernanceError: Somebody took the job over, or the source was suspended, refused or declared anew meanwhile.
        AssertionError: The lot is not ready or was sealed before, or its items do not add up (conservation, 守恒).
    """
    sealed = False
    while not sealed:
        with suppress(_AmendedMeanwhileError):
            _seal(workspace, lease, seq, lot, is_last=is_last, actor=actor, kinds=kinds)
            sealed = True


class _AmendedMeanwhileError(Exception):
    """Items that this lot reads again were amended after it was counted what it takes away; it is counted anew."""


def _seal(workspace: Workspace, lease: Lease, seq: int, lot: int, *, is_last: bool, actor: str, kinds: Kinds) -> None:
    seen = workspace.ledger.head().size
    replaced = superseded_cells(workspace, seq, lot, kinds)
    with workspace.database.transaction() as session:
        jobs.hold(session, lease)
        query = select(UnitRow).where(UnitRow.ingest == seq, UnitRow.lot == lot).order_by(col(UnitRow.ordinal))
        rows = session.exec(query).all()
        assert {row.state for row in rows} == {"done"}, f"lot {lot} cannot be sealed now"
        for row in rows:
            row.state = "sealed"
        _advance(session, seq, lot)
        events: list[Event] = [_sealed(seq, row, replaced.get(row.ordinal, Cells())) for row in rows]
        if is_last:
            events.append(_completed(session, seq))
        entries = [
            workspace.ledger.append(session, actor=actor, subject=f"ingest-{seq}", event=event) for event in events
        ]
        demand_open(workspace, seq, upto=entries[0].seq - 1)
        # The lock on the head is ours now, so nothing can slip in behind this look.
        if replaced and workspace.ledger.subjects(kinds=("ItemsAmended",), since=seen, upto=entries[0].seq - 1):
            raise _AmendedMeanwhileError


def _advance(session: Session, seq: int, lot: int) -> None:
    """Write on the files of a lot how far they are sealed now; lots follow the plan, so it is always a beginning."""
    of_unit = (col(UnitRow.ingest) == SliceRow.ingest) & (col(UnitRow.ordinal) == SliceRow.ordinal)
    in_lot = select(SliceRow.file).join(UnitRow, of_unit).where(SliceRow.ingest == seq, UnitRow.lot == lot)
    end = select(func.max(SliceRow.stop)).where(SliceRow.ingest == seq, SliceRow.file == FileRow.file)
    reached = end.join(UnitRow, of_unit).where(UnitRow.lot == lot).scalar_subquery()
    sealed_to = case((reached == end.scalar_subquery(), END), else_=reached)
    mine = (col(FileRow.ingest) == seq, col(FileRow.file).in_(in_lot))
    session.exec(update(FileRow).where(*mine).values(sealed_to=sealed_to))


def _sealed(seq: int, row: UnitRow, replaced: Cells) -> ShardSealed:
    unit = DecidedUnit.from_json(row.result)
    assert unit.rows == sum(unit.cells.items_by_disposition().values()), "a unit's items do not add up"
    return ShardSealed(
        ingest=seq,
        unit=row.ordinal,
        items=unit.items,
        content_root=unit.content_root,
        admitted_text=unit.admitted_text,
        quarantined_text=unit.quarantined_text,
        rows=unit.rows,
        cells=unit.cells,
        replaced=replaced,
        identifiers=unit.identifiers,
        signatures=unit.signatures,
    )


def _completed(session: Session, seq: int) -> IngestCompleted:
    names, total = [], Cells()
    for result in session.exec(select(UnitRow.result).where(UnitRow.ingest == seq)):
        unit = DecidedUnit.from_json(result)
        names.append(unit.items)
        total += unit.cells
    return IngestCompleted(ingest=seq, shards=len(names), shard_set=set_digest(names), cells=total)
