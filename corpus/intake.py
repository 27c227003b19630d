"""From a reader's records to batches of items: where an item gets its keyed digest and its first disposition.

Batches end after a fixed number of rows or of text bytes, counted from the start of the work unit, so that the same
unit always gives the same batches.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from corpus.readers import Blank, ReadOptions, Record, read
from corpus.schema import FLOWING, QUARANTINED, REJECTED, REJECTED_REASONS, UNDECIDED
from corpus.slices import Slice
from provenance.ids import FileId, ItemId, item_key

_BATCH_ROWS = 16_384
_BATCH_BYTES = 8 * 2**20


@dataclass
class Intake:
    """What a work unit has taken in so far."""

    rows: int = 0
    blank_lines: int = 0
    intake_bytes: int = 0


def batches(
    slices: Sequence[Slice], options: ReadOptions, workspace_key: bytes, intake: Intake
) -> Iterator[pa.RecordBatch]:
    """Read the slices of a work unit and yield their items, none decided on but the unreadable.

    Args:
        slices: Parts of files, in item order.
        options: How the source's files are read.
        workspace_key: 32 secret bytes that key every digest.
        intake: Counts what is read, blank lines apart.
    """
    rows: list[tuple[FileId, Record]] = []
    size = 0
    for part in slices:
        for record in read(part, options, _sealer(workspace_key, part.file)):
            if isinstance(record, Blank):
                intake.blank_lines += 1
                continue
            rows.append((part.file, record))
            intake.rows += 1
            intake.intake_bytes += record.size
            size += record.size
            if len(rows) >= _BATCH_ROWS or size >= _BATCH_BYTES:
                yield _batch(rows)
                rows, size = [], 0
    if rows:
        yield _batch(rows)


def _sealer(workspace_key: bytes, file: FileId) -> Callable[[int], "hashlib._Hash"]:
    return lambda position: hashlib.sha256(item_key(workspace_key, ItemId(file, position)))


def _batch(rows: list[tuple[FileId, Record]]) -> pa.RecordBatch:
    records = [record for _, record in rows]
    count = len(rows)
    columns: dict[str, Sequence[object]] = {
        "file": [file for file, _ in rows],
        "position": [record.position for record in records],
        "intake_bytes": [record.size for record in records],
        "raw_digest": [record.raw_digest for record in records],
        "external_id": [record.external_id for record in records],
        "type": ["other"] * count,
        "language": [""] * count,
        "language_method": ["none"] * count,
        "disposition": [_first_disposition(record.reason) for record in records],
        "reason": [record.reason for record in records],
        "duplicate_key": [None] * count,
        "keeper": [None] * count,
        "commitment": [None] * count,
        "bytes": [0] * count,
        "tokens": [0] * count,
        "screened": [False] * count,
        "pi": [[]] * count,
        "risk": [[]] * count,
        "risk_counts": [[]] * count,
        "text": [record.text for record in records],
    }
    arrays = [pa.array(columns[field.name], field.type) for field in FLOWING]
    return pa.RecordBatch.from_arrays(arrays, schema=FLOWING)


def _first_disposition(reason: str) -> str:
    if not reason:
        return UNDECIDED
    return REJECTED if reason in REJECTED_REASONS else QUARANTINED
