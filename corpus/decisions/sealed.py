"""A sealed shard as it counts today: its file, and what of it was decided anew by a later reading."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from corpus.decisions.ranges import Owners, Range


@dataclass(frozen=True)
class SealedShard:
    """An item file of an ingest, with the ranges of files whose items in it were decided anew later.

    Attributes:
        path: The file.
        ingest: The ingest that sealed it.
        superseded: What later ingests read again; of every file the beginning, up to some place.
        unit: The work unit that it is of.
    """

    path: Path
    ingest: int
    superseded: tuple[Range, ...] = ()
    unit: int = 0

    @property
    def place(self) -> tuple[int, int]:
        """The ingest and the work unit that it is of."""
        return self.ingest, self.unit

    def is_gone(self, file: bytes, position: int) -> bool:
        """Say whether a row of it was decided anew later."""
        return self._gone.of(file, position) is not None

    def left(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return those of its rows that were not decided anew later.

        Batch: reads file, position; n rows in, at most n out, same order.
        """
        if not self.superseded:
            return batch
        files = batch["file"].dictionary_encode()
        reached = [self._stops.get(file, 0) for file in files.dictionary.to_pylist()]
        stops = pa.array(reached, pa.uint64()).take(files.indices)
        return batch.filter(pc.greater_equal(batch["position"], stops))

    @cached_property
    def _gone(self) -> Owners:
        return Owners((part, 0) for part in self.superseded)

    @cached_property
    def _stops(self) -> dict[bytes, int]:
        return {part.file: part.stop for part in self.superseded}
