"""Exact duplicates (完全重复), within a source and across sources and jobs.

- The keeper of a cluster is the item taken in first: by an earlier ingest, else the smallest item id of the same one.
  Neither the order in which work finishes nor reading an item again has a part in it.
- The search is a pass of its own over keys, with one owner; its table is a parameter of :class:`MarkDuplicates`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import pyarrow as pa

from corpus.schema import DUPLICATE
from corpus.stage import fill, undecided
from provenance.ids import FileId, ItemId


@dataclass(frozen=True)
class MarkDuplicates:
    """Mark the items that repeat another with the one that is kept.

    Attributes:
        keepers: Encoded id of the kept item, for every repeating item of the work unit.
    """

    keepers: Mapping[bytes, bytes] = field(default_factory=dict)
    name: ClassVar[str] = "mark-duplicates"
    version: ClassVar[str] = "1"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads file, position; writes keeper, disposition, reason; n rows in, n rows out, same order."""
        if not self.keepers:
            return batch
        files, positions = batch["file"].to_pylist(), batch["position"].to_pylist()
        dispositions, reasons = batch["disposition"].to_pylist(), batch["reason"].to_pylist()
        keepers = batch["keeper"].to_pylist()
        for row in undecided(batch):
            keeper = self.keepers.get(ItemId(FileId(files[row]), positions[row]).encode())
            if keeper is not None:
                dispositions[row], reasons[row], keepers[row] = DUPLICATE, "exact-duplicate", keeper
        return fill(batch, disposition=dispositions, reason=reasons, keeper=keepers)
