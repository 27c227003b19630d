"""Duplicates (重复), exact and near, within a source and across sources and jobs.

- The keeper of a cluster is the item taken in first: by an earlier ingest, else the smallest item id of the same one.
  Neither the order in which work finishes nor reading an item again has a part in it.
- The search is a pass of its own over keys, with one owner; its table is a parameter of :class:`MarkDuplicates`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

import pyarrow as pa

from corpus.schema import DUPLICATE, NEAR, REPEATED
from corpus.stage import fill, undecided
from provenance.ids import FileId, ItemId


class Keeper(NamedTuple):
    """The item that is kept, encoded, and how nearly it is repeated: millionths, zero where exactly."""

    item: bytes
    similarity: int = 0


@dataclass(frozen=True)
class MarkDuplicates:
    """Mark the items that repeat another with the one that is kept.

    Attributes:
        keepers: The kept item, for every repeating item of the work unit by its encoded id.
    """

    keepers: Mapping[bytes, Keeper] = field(default_factory=dict)
    name: ClassVar[str] = "mark-duplicates"
    version: ClassVar[str] = "2"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads file, position; writes keeper, similarity, disposition, reason; n rows in and out, in order."""
        if not self.keepers:
            return batch
        files, positions = batch["file"].to_pylist(), batch["position"].to_pylist()
        dispositions, reasons = batch["disposition"].to_pylist(), batch["reason"].to_pylist()
        keepers, similarities = batch["keeper"].to_pylist(), batch["similarity"].to_pylist()
        for row in undecided(batch):
            keeper = self.keepers.get(ItemId(FileId(files[row]), positions[row]).encode())
            if keeper is not None:
                dispositions[row], reasons[row] = DUPLICATE, NEAR if keeper.similarity else REPEATED
                keepers[row], similarities[row] = keeper
        return fill(batch, disposition=dispositions, reason=reasons, keeper=keepers, similarity=similarities)
