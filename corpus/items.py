"""The items of the corpus, wherever their shards lie: the search for duplicates, one item, and counts for a query.

The one door of DuckDB. It never fetches an extension, and every result is ordered.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from corpus.ranges import Owners, Range
from corpus.schema import ITEM, REPEATS
from corpus.shards import TableFile
from provenance.errors import ExitCode, GovernanceError, Severity

_MEMORY_LIMIT = "512MB"
"""Beyond it the engine sorts on disk."""


@dataclass(frozen=True)
class SealedShard:
    """An item file of an earlier ingest, with the ranges of files whose items in it were decided anew later."""

    path: Path
    ingest: int
    superseded: tuple[Range, ...] = ()

    def is_gone(self, file: bytes, position: int) -> bool:
        """Say whether a row of it was decided anew later."""
        return self._gone.of(file, position) is not None

    @cached_property
    def _gone(self) -> Owners:
        return Owners((part, 0) for part in self.superseded)


class FirstIntake(NamedTuple):
    """An earlier reading of a file that was read again: which ingest, and up to which place it sealed the file."""

    file: bytes
    stop: int
    ingest: int


def find_repeats(
    keys: Sequence[Path],
    earlier: Sequence[SealedShard],
    out: Path,
    scratch: Path,
    *,
    intakes: Sequence[FirstIntake] = (),
) -> int:
    """Find the items that repeat another one and write them with the item they repeat.

    The keeper of a cluster is the smallest by the ingest that first took it in, then by item id, among the items kept
    earlier and those read now. Reading an item again changes nothing in that, so no keeper ever becomes a duplicate.

    Args:
        keys: Key files of the first pass, schema ``KEYS``.
        earlier: Shards whose items count as earlier; those of them that are duplicates keep nothing.
        out: Where the table of schema ``REPEATS`` goes, in the order of units and items.
        scratch: Folder for sorting on disk.
        intakes: When files that were read more than once, or are read again now, were taken in before.

    Returns:
        The number of repeating items.
    """
    nothing = out.with_suffix(".nothing")
    with TableFile(nothing, ITEM):
        pass
    # Two ingests may have sealed the very same rows, hence the same file: it is read once and joined with both.
    paths = dict.fromkeys(str(shard.path) for shard in earlier)
    with _connection(scratch) as connection:
        _table(connection, "shard", _SHARD, [(str(shard.path), shard.ingest) for shard in earlier])
        gone = [(str(shard.path), shard.ingest, *part) for shard in earlier for part in shard.superseded]
        _table(connection, "superseded", _SUPERSEDED, gone)
        _table(connection, "intake", _INTAKE, intakes)
        files = {"keys": [str(path) for path in keys], "earlier": list(paths) or [str(nothing)]}
        found = connection.sql(_REPEATS, params=files).to_arrow_reader(65_536)
        total = 0
        with TableFile(out, REPEATS) as file:
            for batch in found:
                total += batch.num_rows
                file.add(_with_keeper(batch))
        return total


_REPEATS = """
WITH found AS (
    SELECT unit, 9223372036854775807::BIGINT AS ingest, file, position, duplicate_key FROM read_parquet($keys)
    UNION ALL
    SELECT NULL::BIGINT AS unit, shard.ingest, item.file, item.position, item.duplicate_key
    FROM read_parquet($earlier, filename = true) AS item JOIN shard ON shard.path = item.filename
    WHERE item.disposition <> 'duplicate'
      AND item.duplicate_key IN (SELECT duplicate_key FROM read_parquet($keys))
      AND NOT EXISTS (
          SELECT 1 FROM superseded AS gone
          WHERE gone.path = item.filename AND gone.ingest = shard.ingest AND gone.file = item.file
            AND item.position >= gone.start AND item.position < gone.stop
      )
), ranked AS (
    SELECT *, coalesce(
        (SELECT min(intake.ingest) FROM intake WHERE intake.file = found.file AND found.position < intake.stop),
        ingest
    ) AS rank FROM found
)
SELECT unit, file, position, keeper_file, keeper_position FROM (
    SELECT unit, file, position,
           first_value(file) OVER cluster AS keeper_file,
           first_value(position) OVER cluster AS keeper_position,
           row_number() OVER cluster AS place
    FROM ranked
    WINDOW cluster AS (PARTITION BY duplicate_key ORDER BY rank, file, position)
) WHERE place > 1 AND unit IS NOT NULL
ORDER BY unit, file, position
"""


def _with_keeper(batch: pa.RecordBatch) -> pa.RecordBatch:
    files, positions = batch["keeper_file"].to_pylist(), batch["keeper_position"].to_pylist()
    keepers = [file + position.to_bytes(8, "big") for file, position in zip(files, positions, strict=True)]
    columns = [batch["unit"], batch["file"], batch["position"], pa.array(keepers, pa.binary(24))]
    return pa.RecordBatch.from_arrays(columns, names=REPEATS.names)


_SHARD = pa.schema([("path", pa.string()), ("ingest", pa.int64())])
_INTAKE = pa.schema([("file", pa.binary()), ("stop", pa.int64()), ("ingest", pa.int64())])
_SUPERSEDED = pa.schema([*_SHARD, ("file", pa.binary()), ("start", pa.int64()), ("stop", pa.int64())])


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema, rows: Sequence[tuple[object, ...]]
) -> None:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    connection.register(name, pa.table(arrays, schema=schema))


@contextmanager
def _connection(scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": _MEMORY_LIMIT,
        "temp_directory": str(scratch / "sort"),
        "preserve_insertion_order": "true",
    }
    try:
        with duckdb.connect(":memory:", config=config) as connection:
            yield connection
    except duckdb.Error as error:
        raise GovernanceError(
            "The search over the items' shards failed.",
            code="corpus.item-search-failed",
            remedy="Check that the workspace's disk has room and its items/ folder is whole (`yuliao doctor`), "
            "then run the same command again.",
            severity=Severity.RETRY,
            exit_code=ExitCode.ENVIRONMENT,
        ) from error
