"""The last stage: whether an item carries the metadata (条目元数据) that the kind of its source needs."""

from dataclasses import dataclass
from typing import ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from corpus.stage import fill
from rules.metadata import Carried


@dataclass(frozen=True)
class MetadataParams:
    """What decides on the metadata of a source's items.

    Attributes:
        item: What every item must carry of its own.
        is_declared: Whether the declaration names all that it must.
    """

    item: Carried = ""
    is_declared: bool = False


@dataclass(frozen=True)
class DescribeItems:
    """Say of every item, whatever became of it, whether its metadata lead to where it came from.

    Clause:
        R-121
    """

    params: MetadataParams
    name: ClassVar[str] = "describe-items"
    version: ClassVar[str] = "1"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads url_key, user_key, version_known; writes described; n rows in, n rows out, same order."""
        return fill(batch, described=self._described(batch))

    def _described(self, batch: pa.RecordBatch) -> list[bool]:
        if not self.params.is_declared:
            return [False] * batch.num_rows
        match self.params.item:
            case "url":  # an address that cannot be read has no key
                return list(pc.is_valid(batch["url_key"]).to_pylist())
            case "user":
                return list(pc.is_valid(batch["user_key"]).to_pylist())
            case "version":
                return list(batch["version_known"].to_pylist())
            case _:
                return [True] * batch.num_rows
