"""Read Parquet, row by row, a few hundred rows in memory at a time.

- A record's raw bytes are the UTF-8 bytes of its text value; none where that is null or no string.
- A file whose footer cannot be read is one refused item. Where rows inside cannot be read, those before them in their
  row group stand, one ``file-broke-off`` item marks the first lost row, and reading goes on with the next group.
"""

from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.readers.jsonl import printed_id
from corpus.readers.records import (
    DAMAGED_FILE,
    FILE_BROKE_OFF,
    FINE,
    INVALID_UTF8,
    RECORD_TOO_LONG,
    TEXT_MISSING,
    WRONG_COLUMNS,
    Found,
    ReadOptions,
    Record,
    Sealer,
    Slice,
    refused,
)

_BATCH_ROWS: Final = 256
_BUFFER_BYTES: Final = 2**20
_UNREADABLE: Final = (pa.ArrowException, OSError, ValueError)


def row_groups(path: str) -> list[tuple[int, int]]:
    """Return rows and stored bytes of every row group; nothing for a file that cannot be read."""
    try:
        with pq.ParquetFile(path) as file:
            groups = (file.metadata.row_group(group) for group in range(file.num_row_groups))
            return [(group.num_rows, group.total_byte_size) for group in groups]
    except _UNREADABLE:
        return []


def read(part: Slice, options: ReadOptions, sealer: Sealer) -> Found:
    """Yield the records of the rows ``[start, end)``."""
    try:
        with pq.ParquetFile(part.path, pre_buffer=False, buffer_size=_BUFFER_BYTES) as file:
            sizes = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
            wanted = _columns(file.schema_arrow, options)
            first = 0
            for group, rows in enumerate(sizes):
                begin = max(part.start, first)
                end = first + rows if part.end < 0 else min(part.end, first + rows)
                if begin < end and not wanted:
                    yield from (refused(row, WRONG_COLUMNS, sealer) for row in range(begin, end))
                elif begin < end:
                    yield from _group(file, group, first, (begin, end), wanted, options, sealer)
                first += rows
    except _UNREADABLE:
        yield refused(part.start, DAMAGED_FILE, sealer)


def _columns(schema: pa.Schema, options: ReadOptions) -> list[str]:
    """Return the columns to read; none where the text column is missing or there twice."""
    if schema.get_field_index(options.text_field) < 0:
        return []
    has_id = bool(options.id_field) and schema.get_field_index(options.id_field) >= 0
    return [options.text_field, options.id_field] if has_id else [options.text_field]


def _group(
    file: pq.ParquetFile,
    group: int,
    first: int,
    bounds: tuple[int, int],
    wanted: list[str],
    options: ReadOptions,
    sealer: Sealer,
) -> Found:
    row = first
    begin, end = bounds
    try:
        for batch in file.iter_batches(_BATCH_ROWS, row_groups=[group], columns=wanted, use_threads=False):
            texts = _raw_texts(batch.column(wanted[0]))
            ids = batch.column(wanted[1]).to_pylist() if len(wanted) > 1 else [None] * len(texts)
            for raw, external_id in zip(texts, ids, strict=True):
                if begin <= row < end:
                    yield _record(row, raw, printed_id(external_id), options, sealer)
                row += 1
            if row >= end:
                return
    except _UNREADABLE:
        pass
    if row < end:
        yield refused(max(row, begin), FILE_BROKE_OFF, sealer)


def _raw_texts(column: pa.Array) -> list[bytes | None]:
    """Return the bytes of a string column, unchecked as Parquet keeps them; nulls for any other type."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type):
        return list(column.cast(pa.binary()).to_pylist())
    if pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
        return list(column.cast(pa.large_binary()).to_pylist())
    return [None] * len(column)


def _record(row: int, raw: bytes | None, external_id: str | None, options: ReadOptions, sealer: Sealer) -> Record:
    seal = sealer(row)
    if raw is None:
        return Record(row, 0, seal.digest(), None, external_id, TEXT_MISSING)
    seal.update(raw)
    text, reason = None, FINE
    if len(raw) > options.record_limit_bytes:
        reason = RECORD_TOO_LONG
    else:
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            reason = INVALID_UTF8
    return Record(row, len(raw), seal.digest(), text, external_id, reason)
