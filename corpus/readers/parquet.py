"""Read Parquet, row by row, a few hundred rows in memory at a time.

- A record's raw bytes are the UTF-8 bytes of its text value; none where that is null or no string.
- A file whose footer cannot be read is one refused item. Where rows inside cannot be read, those before them in their
  row group stand, one ``file-broke-off`` item marks the first lost row, and reading goes on with the next group.
"""

from collections.abc import Mapping
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.readers import archives, streams
from corpus.readers.inflate import StreamBrokeError
from corpus.readers.jsonl import printed_id, printed_label
from corpus.readers.records import (
    DAMAGED_FILE,
    FILE_BROKE_OFF,
    FINE,
    INVALID_UTF8,
    LABEL,
    RECORD_TOO_LONG,
    TEXT_MISSING,
    WRONG_COLUMNS,
    Beside,
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
        source = streams.opened(part.path, options.bounds) if archives.is_member(part.path) else part.path
        with pq.ParquetFile(source, pre_buffer=False, buffer_size=_BUFFER_BYTES) as file:
            sizes = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
            wanted = _columns(file.schema_arrow, options)
            label = printed_label((file.schema_arrow.metadata or {}).get(LABEL.encode(), b"").decode(errors="replace"))
            first = 0
            for group, rows in enumerate(sizes):
                begin = max(part.start, first)
                end = first + rows if part.end < 0 else min(part.end, first + rows)
                if begin < end and not wanted:
                    yield from (refused(row, WRONG_COLUMNS, sealer) for row in range(begin, end))
                elif begin < end:
                    own = wanted, options, sealer, label
                    yield from _group(file, group, first, (begin, end), *own)
                first += rows
    except StreamBrokeError as error:
        yield refused(part.start, error.whole, sealer)
    except _UNREADABLE:
        yield refused(part.start, DAMAGED_FILE, sealer)


def _columns(schema: pa.Schema, options: ReadOptions) -> list[str]:
    """Return the columns to read, the text first; none where the text column is missing or there twice."""
    if schema.get_field_index(options.text_field) < 0:
        return []
    others = (options.id_field, options.url_field, options.user_field, LABEL)
    there = [name for name in others if name and schema.get_field_index(name) >= 0]
    return list(dict.fromkeys([options.text_field, *there]))


def _group(
    file: pq.ParquetFile,
    group: int,
    first: int,
    bounds: tuple[int, int],
    wanted: list[str],
    options: ReadOptions,
    sealer: Sealer,
    label: str | None,
) -> Found:
    row = first
    begin, end = bounds
    try:
        for batch in file.iter_batches(_BATCH_ROWS, row_groups=[group], columns=wanted, use_threads=False):
            texts = _raw_texts(batch.column(wanted[0]))
            beside = batch.select(wanted[1:]).to_pylist() if len(wanted) > 1 else [{}] * len(texts)
            for raw, found in zip(texts, beside, strict=True):
                if begin <= row < end:
                    yield _record(row, raw, found, options, sealer, label)
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


def _record(
    row: int,
    raw: bytes | None,
    found: Mapping[str, object],
    options: ReadOptions,
    sealer: Sealer,
    label: str | None,
) -> Record:
    seal = sealer(row)
    external_id = printed_id(found.get(options.id_field))
    url, user = (printed_id(found.get(name)) for name in (options.url_field, options.user_field))
    beside = Beside(url, user, printed_label(found.get(LABEL)) or label)
    if raw is None:
        return Record(row, 0, seal.digest(), None, external_id, TEXT_MISSING, beside)
    seal.update(raw)
    text, reason = None, FINE
    if len(raw) > options.record_limit_bytes:
        reason = RECORD_TOO_LONG
    else:
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            reason = INVALID_UTF8
    return Record(row, len(raw), seal.digest(), text, external_id, reason, beside)
