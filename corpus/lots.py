"""Lots: the moment in which finished work becomes fact, all of a lot in one transaction or none of it."""

import orjson
from sqlmodel import Session, col, select

from corpus import jobs
from corpus.catalogue import superseded_cells, units_of
from corpus.jobs import Lease
from corpus.measure import Kinds
from corpus.shards import set_digest
from corpus.tables import UnitRow
from corpus.workspace import Workspace
from provenance.cells import Cells
from provenance.events import IngestCompleted, ShardSealed


def seal_lot(
    workspace: Workspace, lease: Lease, seq: int, lot: int, *, is_last: bool, actor: str, kinds: Kinds
) -> None:
    """Turn the results of a lot into facts, all of them in one transaction or none.

    Raises:
        AssertionError: The lot's items do not add up (conservation, 守恒), or the plan's do not at its end.
    """
    rows = [row for row in units_of(workspace, seq) if row.lot == lot]
    replaced = superseded_cells(workspace, seq, [row.ordinal for row in rows], kinds)
    with workspace.database.transaction() as session:
        job = jobs.hold(session, lease)
        found = session.exec(
            select(UnitRow).where(col(UnitRow.ingest) == seq, col(UnitRow.lot) == lot).order_by(col(UnitRow.ordinal))
        ).all()
        sealed = [_sealed(seq, row, replaced.get(row.ordinal, Cells())) for row in found]
        for row in found:
            row.state = "sealed"
        for event in sealed:
            workspace.ledger.append(session, actor=actor, subject=f"ingest-{seq}", event=event)
        if is_last:
            completed = _completed(session, seq)
            workspace.ledger.append(session, actor=actor, subject=f"ingest-{seq}", event=completed)
            job.units_done = job.units_total


def _sealed(seq: int, row: UnitRow, replaced: Cells) -> ShardSealed:
    fields = orjson.loads(row.result)
    cells = Cells(tuple((tuple(key), n) for key, n in fields["cells"]["rows"]))
    event = ShardSealed(
        ingest=seq,
        unit=row.ordinal,
        items=fields["items"],
        content_root=fields["content_root"],
        admitted_text=fields["admitted_text"],
        quarantined_text=fields["quarantined_text"],
        rows=fields["rows"],
        blank_lines=fields["blank_lines"],
        cells=cells,
        replaced=replaced,
    )
    assert event.rows == sum(cells.items_by_disposition().values()), "a unit's items do not add up"
    return event


def _completed(session: Session, seq: int) -> IngestCompleted:
    rows = session.exec(select(UnitRow).where(col(UnitRow.ingest) == seq).order_by(col(UnitRow.ordinal))).all()
    events = [_sealed(seq, row, Cells()) for row in rows]
    return IngestCompleted(
        ingest=seq,
        shards=len(events),
        shard_set=set_digest(event.items for event in events),
        cells=sum((event.cells for event in events), Cells()),
    )
