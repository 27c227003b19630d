"""Shards: the only writer and reader of Parquet at rest, so that the same items are the same bytes.

- Rows come in item order; a row group is one batch of the pipeline, and where batches end depends on the items alone.
- Plain columns, one compression level, no time, host, path or worker in a file. The library's version string in the
  footer is the one thing that may differ between machines; the content root does not.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from provenance.errors import ExitCode, GovernanceError

_ZSTD_LEVEL = 3
_LAYOUT = {
    "compression": "zstd",
    "compression_level": _ZSTD_LEVEL,
    "use_dictionary": False,
    "write_statistics": True,
    "version": "2.6",
    "data_page_version": "2.0",
}


class TableFile:
    """A Parquet file in the making; used as a context manager."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        self._writer = pq.ParquetWriter(path, schema, **_LAYOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()

    def add(self, batch: pa.RecordBatch) -> None:
        """Write the schema's columns of a batch as one row group; an empty batch writes none."""
        if batch.num_rows:
            rows = pa.Table.from_batches([batch.select(self._schema.names)]).cast(self._schema)
            self._writer.write_table(rows.combine_chunks(), row_group_size=max(rows.num_rows, 1))


def read(path: Path, columns: Sequence[str] | None = None, *, where: tuple[str, str, object] | None = None) -> pa.Table:
    """Return a shard's rows.

    Args:
        path: The file.
        columns: The columns wanted; all where None.
        where: A condition ``(column, operator, value)`` that the rows must meet.
    """
    filters = [where] if where else None
    with _told(path):
        return pq.read_table(path, columns=list(columns) if columns else None, filters=filters, partitioning=None)


def item_rows(path: Path, file: bytes, position: int) -> list[dict[str, Any]]:
    """Return the rows of one item, of which a shard has at most one; only the row groups that can hold it are read."""
    # Not by a filter: to build one, pyarrow imports pandas where it is installed, which takes longer than all of this.
    with _told(path), pq.ParquetFile(path) as shard:
        column = shard.schema_arrow.names.index("position")
        for group in range(shard.num_row_groups):
            held = shard.metadata.row_group(group).column(column).statistics
            if held.min <= position <= held.max:
                rows = shard.read_row_group(group)
                places = [at for at, found in enumerate(rows["position"].to_pylist()) if found == position]
                there: list[dict[str, Any]] = [row for at in places for row in rows.slice(at, 1).to_pylist()]
                if mine := [row for row in there if row["file"] == file]:
                    return mine
    return []


def batches(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yield a shard's rows, row group by row group; all columns where none are named."""
    with _told(path), pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            yield from file.read_row_group(group, columns=list(columns) if columns else None).to_batches()


def column_names(path: Path) -> tuple[str, ...]:
    """Return the names of a file's columns."""
    with _told(path):
        return tuple(pq.read_schema(path).names)


def is_whole(path: Path) -> bool:
    """Read a file through and say whether that was possible."""
    try:
        return all(True for _ in batches(path))
    except GovernanceError:
        return False


def row_digests(batch: pa.RecordBatch) -> Iterator[bytes]:
    """Yield SHA-256 over each item row, what a shard's content root is made of.

    It does not depend on Parquet: the row is written as sorted JSON with binary values as hexadecimal digits.
    """
    columns = [name for name in batch.schema.names if name != "text"]
    for row in batch.select(columns).to_pylist():
        yield hashlib.sha256(orjson.dumps(row, default=_hexadecimal, option=orjson.OPT_SORT_KEYS)).digest()


def set_digest(digests: Iterable[str]) -> str:
    """Return the digest over a set of shard digests, sorted, one per line."""
    return hashlib.sha256("".join(f"{each}\n" for each in sorted(digests)).encode()).hexdigest()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise GovernanceError(
            "A file of the workspace is damaged or cannot be read.",
            code="corpus.shard-damaged",
            remedy="Run the same command again; if that does not help, `yuliao doctor` says what is to be restored.",
            where=str(path),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error


def _hexadecimal(value: object) -> str:
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"an item row holds a {type(value).__name__}")
