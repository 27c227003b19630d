"""Amendments at rest, and what they make of sealed rows: the last decision on an item that was not a reading.

- An amendment is one file per source, named by its bytes: which row was what, and what it is from now on. A row is
  named by its item and by the ingest and work unit that decided on it.
- Sealed shards stay as they are. The state of a row is what it was sealed as, overlaid by the amendments that name it,
  the last one wins.
- An item that is read again is a new decision in another row, so earlier amendments no longer concern it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from corpus import shards
from corpus.schema import ITEM, SOURCE_CAUSES
from corpus.workspace import Workspace
from provenance.events import ItemsAmended
from provenance.ids import Digest, ItemId, SourceId
from provenance.ledger import Entry

AMENDMENT = pa.schema(
    [
        ITEM.field("file"),
        ITEM.field("position"),
        pa.field("ingest", pa.int64(), nullable=False),
        pa.field("unit", pa.int64(), nullable=False),
        pa.field("from_disposition", pa.string(), nullable=False),
        pa.field("from_reason", pa.string(), nullable=False),
        pa.field("to_disposition", pa.string(), nullable=False),
        pa.field("to_reason", pa.string(), nullable=False),
    ]
)
"""A later decision on a row: ``ingest`` and ``unit`` name the shard that it stands in."""

ROW = ("ingest", "unit", "file", "position")
"""What names a row: the item, and the shard that decided on it."""

Shard = tuple[int, int]
"""An ingest and a work unit of it."""


@dataclass(frozen=True)
class Overlay:
    """What amendments made of sealed rows, up to one ledger size.

    Attributes:
        size: That size.
        states: For every shard of which rows were amended: their items as keys, with disposition and reason now.
    """

    size: int
    states: Mapping[Shard, pa.RecordBatch] = field(repr=False)

    def touches(self, shard: Shard) -> bool:
        """Say whether any row of a shard was amended."""
        return shard in self.states

    def apply(self, batch: pa.RecordBatch, shard: Shard) -> pa.RecordBatch:
        """Return the rows of a shard with the disposition and reason that they have now.

        Batch: reads file, position; writes disposition, reason; n rows in, n rows out, same order.
        """
        states = self.states.get(shard)
        if states is None:
            return batch
        place = pc.index_in(item_keys(batch), value_set=states["key"])
        disposition, reason = (pc.coalesce(states[name].take(place), batch[name]) for name in ("disposition", "reason"))
        return with_state(batch, disposition, reason)


def overlay(workspace: Workspace, *, upto: int | None = None, source: SourceId | None = None) -> Overlay:
    """Gather what was amended.

    Args:
        workspace: Where.
        upto: The ledger size; by default all of it.
        source: Only rows of this source.
    """
    size = workspace.ledger.head().size if upto is None else upto
    found = [file for _, file in amendments(workspace, upto=size, source=source)]
    return Overlay(size, states(pa.concat_tables(found)) if found else {})


def amendments(
    workspace: Workspace, *, since: int = 0, upto: int | None = None, source: SourceId | None = None
) -> Iterator[tuple[ItemsAmended, pa.Table]]:
    """Yield every amendment with its rows, in ledger order."""
    for _, event in _entries(workspace, since, upto, source):
        yield event, shards.read(_path(workspace, event))


class Step(NamedTuple):
    """One amendment of an item: the ledger entry, why, and what the item was from then on."""

    entry: int
    at: str
    cause: str
    words: str
    cause_event: int
    disposition: str
    reason: str


def steps(workspace: Workspace, item: ItemId, shard: Shard, source: SourceId) -> Iterator[Step]:
    """Yield what became of an item since its shard was sealed, in ledger order."""
    for entry, event in _entries(workspace, shard[0], None, source):
        for row in shards.item_rows(_path(workspace, event), *item):
            if (row["ingest"], row["unit"]) == shard:
                words = (event.cause, event.reason, event.cause_event)
                yield Step(entry.seq, entry.at, *words, row["to_disposition"], row["to_reason"])


def _entries(
    workspace: Workspace, since: int, upto: int | None, source: SourceId | None
) -> Iterator[tuple[Entry, ItemsAmended]]:
    for entry in workspace.ledger.entries(kinds=("ItemsAmended",), subject=source or "", since=since, upto=upto):
        assert isinstance(entry.event, ItemsAmended)
        yield entry, entry.event


def _path(workspace: Workspace, event: ItemsAmended) -> Path:
    return workspace.items.path(Digest(event.amendment))


def before_held(workspace: Workspace, source: SourceId, *, upto: int) -> Overlay:
    """Return what the rows of a source were before they were taken out because of the source."""
    causes = pa.array(SOURCE_CAUSES)
    turned = [
        file.filter(pc.and_(pc.is_in(file["to_reason"], causes), pc.invert(pc.is_in(file["from_reason"], causes))))
        .drop_columns(["to_disposition", "to_reason"])
        .rename_columns({"from_disposition": "to_disposition", "from_reason": "to_reason"})
        for _, file in amendments(workspace, upto=upto, source=source)
    ]
    return Overlay(upto, states(pa.concat_tables(turned)) if turned else {})


def states(changes: pa.Table) -> dict[Shard, pa.RecordBatch]:
    """Return by shard what the last of several changes made of each row, for an overlay.

    Args:
        changes: Rows of schema ``AMENDMENT``, the oldest first.
    """
    last = [("to_disposition", "last"), ("to_reason", "last")]
    final = changes.group_by(list(ROW), use_threads=False).aggregate(last)
    by_shard = [("ingest", "ascending"), ("unit", "ascending")]
    final = final.sort_by(by_shard)
    sizes = final.group_by(["ingest", "unit"]).aggregate([([], "count_all")]).sort_by(by_shard)
    columns = [item_keys(final), final["to_disposition_last"], final["to_reason_last"]]
    final = pa.table(columns, names=["key", "disposition", "reason"]).combine_chunks()
    found, start = {}, 0
    for shard in sizes.to_pylist():
        found[shard["ingest"], shard["unit"]] = final.slice(start, shard["count_all"]).to_batches()[0]
        start += shard["count_all"]
    return found


def with_state(rows: pa.RecordBatch, disposition: pa.Array, reason: pa.Array) -> pa.RecordBatch:
    """Return the rows with another disposition and reason."""
    for name, column in (("disposition", disposition), ("reason", reason)):
        rows = rows.set_column(rows.schema.get_field_index(name), rows.schema.field(name), column)
    return rows


def item_keys(rows: pa.RecordBatch | pa.Table) -> pa.Array:
    """Return one binary value per row that names its item within a shard, for look-ups."""
    file, position = rows["file"].cast(pa.binary()), rows["position"].cast(pa.string()).cast(pa.binary())
    return pc.binary_join_element_wise(file, position, b"")
