"""A workroom whose items are moved after they were sealed, and what a test asks of them afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from corpus.decisions import amend, live
from corpus.measure import Kinds
from provenance.ids import FileId, ItemId, SourceId
from provenance.ledger import Entry
from tests.fakes.workroom import Workroom

State = tuple[str, str]
"""Disposition and reason."""


def moves(items: Iterable[ItemId], disposition: str, reason: str) -> pa.Table:
    """Return what these items are to be."""
    rows = [(*item, disposition, reason) for item in items]
    columns = zip(*rows, strict=True) if rows else [()] * len(amend.MOVES)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, amend.MOVES, strict=True)]
    return pa.table(arrays, schema=amend.MOVES)


@dataclass
class Amender:
    """Does to the items of a workroom what withdrawals, suspensions and persons do."""

    room: Workroom
    actor: str = "p-tester"

    @property
    def kinds(self) -> Kinds:
        """What the rules count together."""
        catalog = self.room.house.catalog
        return Kinds(catalog.sensitive(), catalog.risk_unions())

    def items(self, source: str) -> dict[ItemId, State]:
        """Return the items of a source as they are now."""
        columns = ("file", "position", "disposition", "reason")
        batches = live.rows(self.room.house.workspace, columns, source=SourceId(source))
        rows = (row for batch in batches for row in batch.to_pylist())
        return {ItemId(FileId(row["file"]), row["position"]): (row["disposition"], row["reason"]) for row in rows}

    def states(self, source: str) -> list[State]:
        """Return the states of a source's items, by file and position."""
        return [state for _, state in sorted(self.items(source).items())]

    def amend(self, items: Iterable[ItemId], disposition: str, reason: str, cause: str = "") -> tuple[Entry, ...]:
        """Move items."""
        table = moves(items, disposition, reason)
        workspace = self.room.house.workspace
        return amend.amend(workspace, table, cause=cause or reason, actor=self.actor, kinds=self.kinds)

    def hold(self, source: str, cause: str = "source-suspended") -> tuple[Entry, ...]:
        """Take the items of a source out because of it."""
        workspace = self.room.house.workspace
        return amend.hold_source(
            workspace, SourceId(source), cause=cause, actor=self.actor, kinds=self.kinds, cause_event=1
        )

    def restore(self, source: str) -> tuple[Entry, ...]:
        """Bring them back."""
        workspace = self.room.house.workspace
        return amend.restore_source(workspace, SourceId(source), actor=self.actor, kinds=self.kinds, cause_event=1)
