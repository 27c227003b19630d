"""From a reader's records to batches of items: where an item gets its keyed digest and its first disposition.

Batches end after a fixed number of rows or of text bytes, counted from the start of the work unit, so that the same
unit always gives the same batches.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from corpus.readers import Blank, Medium, ReadOptions, Record, Sealer, read
from corpus.schema import FLOWING, QUARANTINED, REJECTED, REJECTED_REASONS, UNDECIDED
from corpus.slices import Slice
from provenance.ids import FileId, ItemId, item_key

_BATCH_ROWS = 16_384
_BATCH_BYTES = 8 * 2**20


@dataclass
class Intake:
    """What a work unit has taken in so far."""

    rows: int = 0
    blanks: Counter[tuple[FileId, int]] = field(default_factory=Counter)
    """Blank lines, by file and start of the slice."""


def batches(
    slices: Sequence[Slice], options: ReadOptions, sealer_of: Callable[[FileId], Sealer], intake: Intake
) -> Iterator[pa.RecordBatch]:
    """Read the slices of a work unit and yield their items, none decided on but the unreadable.

    Args:
        slices: Parts of files, in item order.
        options: How the source's files are read.
        sealer_of: Gives a file's sealer: :func:`keyed`, or :func:`unsealed` where no digest is wanted.
        intake: Counts what is read, blank lines apart.
    """
    rows: list[tuple[FileId, Record]] = []
    size = 0
    for part in slices:
        for record in read(part, options, sealer_of(part.file)):
            if isinstance(record, Blank):
                intake.blanks[part.file, part.start] += 1
                continue
            rows.append((part.file, record))
            intake.rows += 1
            size += record.size
            if len(rows) >= _BATCH_ROWS or size >= _BATCH_BYTES:
                yield _batch(rows)
                rows, size = [], 0
    if rows:
        yield _batch(rows)


def keyed(workspace_key: bytes) -> Callable[[FileId], Sealer]:
    """Return the sealers that make an item's ``raw_digest``: SHA-256 over the item key and the record."""
    return lambda file: lambda position: hashlib.sha256(item_key(workspace_key, ItemId(file, position)))


def unsealed(_file: FileId) -> Sealer:
    """Return a sealer for a pass that keeps no digests."""
    return lambda _position: _Unsealed()


class _Unsealed:
    def update(self, content: bytes, /) -> None:
        """Take no notice."""

    def digest(self) -> bytes:
        """Return zeros."""
        return bytes(32)


def _batch(rows: list[tuple[FileId, Record]]) -> pa.RecordBatch:
    records = [record for _, record in rows]
    known: dict[str, Sequence[object]] = {
        "file": [file for file, _ in rows],
        "position": [record.position for record in records],
        "intake_bytes": [record.size for record in records],
        "raw_digest": [record.raw_digest for record in records],
        "external_id": [record.external_id for record in records],
        "url": [record.beside.url for record in records],
        "user": [record.beside.user for record in records],
        "encoding": [record.beside.encoding for record in records],
        "label": [record.beside.label for record in records],
        "disposition": [_first_disposition(record.reason) for record in records],
        "reason": [record.reason for record in records],
        "text": [record.text for record in records],
        **_media(records),
    }
    arrays = [
        pa.array(known[field.name], field.type) if field.name in known else pa.repeat(_unknown(field), len(rows))
        for field in FLOWING
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=FLOWING)


def _media(records: Sequence[Record]) -> dict[str, Sequence[object]]:
    """Return the columns of media, where there are any."""
    if not any(record.medium for record in records):
        return {}
    found = [record.medium or _NO_MEDIUM for record in records]
    return {
        name: [getattr(each, name) for each in found] for name in ("type", "mime", "width", "height", "duration_ms")
    }


_NO_MEDIUM = Medium("other", None)


def _unknown(field: pa.Field) -> pa.Scalar:
    """Return what a column holds before any stage has filled it: null, no finds, zero, or no word."""
    if field.nullable:
        return pa.scalar(None, field.type)
    if pa.types.is_list(field.type):
        return pa.scalar([], field.type)
    return pa.scalar(_BEFORE.get(field.name, "" if pa.types.is_string(field.type) else 0), field.type)


_BEFORE = {"type": "other", "language_method": "none", "screened": False, "version_known": False, "described": False}


def _first_disposition(reason: str) -> str:
    if not reason:
        return UNDECIDED
    return REJECTED if reason in REJECTED_REASONS else QUARANTINED
