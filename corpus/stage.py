"""Stages, and the runner that lets none of them lose an item.

*Observe, decide, apply, by pure functions over Arrow batches. Mark, never drop.*

- A stage gets every row and returns every row, in order; a refused item gets a disposition and later stages pass it by.
- Who an item is cannot change, and what has been decided cannot be decided again.
- The checks below run after every stage on every batch: conservation (守恒) is not left to the authors of stages.
"""

from collections.abc import Sequence
from typing import ClassVar, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from corpus.schema import FLOWING, UNDECIDED

_IDENTITY = ("file", "position", "intake_bytes", "raw_digest")


class Stage(Protocol):
    """One step: a frozen dataclass of parameters that is called on a batch."""

    name: ClassVar[str]
    version: ClassVar[str]
    """Raised whenever any output may change; part of every plan."""

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Return the same rows in the same order with more known about them.

        Batch: schema ``FLOWING`` in and out; n rows in, n rows out, same order.
        """
        ...


class StageBrokeContractError(AssertionError):
    """A stage lost, added, reordered or re-decided items: a broken program, never bad data."""


def run(stages: Sequence[Stage], batch: pa.RecordBatch) -> pa.RecordBatch:
    """Put a batch through the stages, one after the other.

    Args:
        stages: In the order of their doing.
        batch: Items of schema ``FLOWING``.

    Raises:
        StageBrokeContractError: A stage did not keep its contract.
    """
    for stage in stages:
        after = stage(batch)
        _check(stage, batch, after)
        batch = after
    return batch


def undecided(batch: pa.RecordBatch) -> list[int]:
    """Return the row numbers of the items that no stage has decided on yet."""
    mask = pc.equal(batch["disposition"], UNDECIDED)
    rows: list[int] = pc.indices_nonzero(mask).to_pylist()
    return rows


def fill(batch: pa.RecordBatch, **columns: Sequence[object]) -> pa.RecordBatch:
    """Return the batch with the named columns replaced by these values, one per row."""
    arrays = [
        pa.array(columns[field.name], field.type) if field.name in columns else batch[field.name] for field in FLOWING
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=FLOWING)


def _check(stage: Stage, before: pa.RecordBatch, after: pa.RecordBatch) -> None:
    if after.schema != FLOWING or after.num_rows != before.num_rows:
        raise StageBrokeContractError(f"{stage.name} changed the schema or the number of rows")
    for name in _IDENTITY:
        if not after[name].equals(before[name]):
            raise StageBrokeContractError(f"{stage.name} changed {name}")
    decided = pc.not_equal(before["disposition"], UNDECIDED)
    for name in ("disposition", "reason"):
        if not pc.filter(before[name], decided).equals(pc.filter(after[name], decided)):
            raise StageBrokeContractError(f"{stage.name} decided again on a decided item")
