"""The rows of all items as they are now: the latest reading of each, overlaid by what was amended since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from corpus import shards
from corpus.decisions.amendments import Overlay, overlay
from corpus.decisions.readings import live_shards
from corpus.decisions.sealed import SealedShard
from corpus.items import LIVE
from corpus.tables import END
from corpus.workspace import Workspace
from provenance.ids import FileId, SourceId, print_file

_STATE = ("file", "position", "disposition", "reason")


@dataclass(frozen=True)
class View:
    """The items as they stood at one ledger size.

    Attributes:
        workspace: Where.
        amended: What amendments had made of them by then.
        sources: The source of every plan.
    """

    workspace: Workspace
    amended: Overlay
    sources: Mapping[int, str]

    def rows(
        self, columns: Sequence[str], source: SourceId | None = None, *, before: int = END
    ) -> Iterator[tuple[SealedShard, pa.RecordBatch]]:
        """Yield the live rows with the shard that holds them, in the order of the ledger's shards and of items.

        Args:
            columns: Columns of schema ``ITEM``; who an item is and its state come with them.
            source: Only items of this source.
            before: As they were before this ingest.
        """
        for shard in live_shards(self.workspace, before=before):
            if source in (None, self.sources[shard.ingest]):
                for batch in of_shard(shard, columns, self.amended):
                    yield shard, batch

    def keyed(self, *, before: int = END) -> Iterator[pa.RecordBatch]:
        """Yield all live rows in schema ``LIVE``, for a search among those that repeat one another."""
        for shard, batch in self.rows(LIVE.names[:-1], before=before):
            ingest = pa.repeat(pa.scalar(shard.ingest, pa.int64()), batch.num_rows)
            columns = [*(batch[name] for name in LIVE.names[:-1]), ingest]
            yield pa.RecordBatch.from_arrays(columns, schema=LIVE)


def now(workspace: Workspace, *, upto: int | None = None) -> View:
    """Return the items as they stand now.

    Args:
        workspace: Where.
        upto: Ledger size up to which amendments count; by default all do.
    """
    return View(workspace, overlay(workspace, upto=upto), workspace.ledger.subjects(kinds=("IngestPlanned",)))


def rows(workspace: Workspace, columns: Sequence[str], *, source: SourceId | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the live rows with the disposition and reason that they have now.

    Args:
        workspace: Where.
        columns: Columns of schema ``ITEM``.
        source: Only items of this source.

    Yields:
        Batches in the order of the ledger's shards, rows in item order; none is empty.
    """
    for _, batch in now(workspace).rows(columns, source):
        yield batch.select(list(columns))


def files_with(workspace: Workspace, source: SourceId, reason: str) -> frozenset[str]:
    """Return the printed ids of the files of a source that hold an item with this reason."""
    found: set[bytes] = set()
    for batch in rows(workspace, ("file", "reason"), source=source):
        found.update(batch["file"].filter(pc.equal(batch["reason"], reason)).unique().to_pylist())
    return frozenset(print_file(FileId(file)) for file in found)


def of_shard(shard: SealedShard, columns: Sequence[str], amended: Overlay) -> Iterator[pa.RecordBatch]:
    """Yield the live rows of one shard as they are now: these columns, and who and in what state they are."""
    for batch in shards.batches(shard.path, tuple(dict.fromkeys((*_STATE, *columns)))):
        left = shard.left(batch)
        if left.num_rows:
            yield amended.apply(left, shard.place)
