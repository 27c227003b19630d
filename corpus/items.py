"""The items of the corpus, wherever their shards lie: the search for duplicates, one item, and counts for a query.

The one door of DuckDB. It never fetches an extension, and every result is ordered.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from corpus.schema import ITEM, REPEATS
from corpus.shards import TableFile
from provenance.errors import ExitCode, GovernanceError, Severity

_MEMORY_LIMIT = "1GB"
"""Beyond it the engine sorts on disk."""


@dataclass(frozen=True)
class SealedShard:
    """An item file of an earlier ingest, with the files whose items in it were decided anew later."""

    path: Path
    ingest: int
    superseded: frozenset[bytes] = frozenset()


def find_repeats(keys: Sequence[Path], earlier: Sequence[SealedShard], out: Path, scratch: Path) -> int:
    """Find the items that repeat another one and write them with the item they repeat.

    The keeper of a cluster is the smallest by ingest, then item id, among the items kept earlier and the new ones;
    items of ``earlier`` that are duplicates themselves keep nothing.

    Args:
        keys: Key files of the first pass, schema ``KEYS``.
        earlier: Shards whose items count as earlier, in ledger order.
        out: Where the table of schema ``REPEATS`` goes, in the order of units and items.
        scratch: Folder for sorting on disk.

    Returns:
        The number of repeating items.
    """
    nothing = scratch / "nothing.parquet"
    with TableFile(nothing, ITEM):
        pass
    superseded = [(str(shard.path), file) for shard in earlier for file in sorted(shard.superseded)]
    with _connection(scratch) as connection:
        _table(connection, "shard", {"path": [str(s.path) for s in earlier], "ingest": [s.ingest for s in earlier]})
        _table(connection, "superseded", {"path": [p for p, _ in superseded], "file": [f for _, f in superseded]})
        files = {
            "keys": [str(path) for path in keys],
            "earlier": [str(shard.path) for shard in earlier] or [str(nothing)],
        }
        found = connection.sql(_REPEATS, params=files).to_arrow_reader(65_536)
        total = 0
        with TableFile(out, REPEATS) as file:
            for batch in found:
                total += batch.num_rows
                file.add(_with_keeper(batch))
        return total


_REPEATS = """
WITH fresh AS (
    SELECT unit, 9223372036854775807::BIGINT AS rank, file, position, duplicate_key FROM read_parquet($keys)
), kept AS (
    SELECT NULL::BIGINT AS unit, shard.ingest AS rank, item.file, item.position, item.duplicate_key
    FROM read_parquet($earlier, filename = true) AS item JOIN shard ON shard.path = item.filename
    WHERE item.disposition <> 'duplicate'
      AND item.duplicate_key IN (SELECT duplicate_key FROM fresh)
      AND NOT EXISTS (
          SELECT 1 FROM superseded AS gone WHERE gone.path = item.filename AND gone.file = item.file
      )
)
SELECT unit, file, position, keeper_file, keeper_position FROM (
    SELECT unit, file, position,
           first_value(file) OVER cluster AS keeper_file,
           first_value(position) OVER cluster AS keeper_position,
           row_number() OVER cluster AS place
    FROM (SELECT * FROM fresh UNION ALL SELECT * FROM kept)
    WINDOW cluster AS (PARTITION BY duplicate_key ORDER BY rank, file, position)
) WHERE place > 1 AND unit IS NOT NULL
ORDER BY unit, file, position
"""


def _with_keeper(batch: pa.RecordBatch) -> pa.RecordBatch:
    files, positions = batch["keeper_file"].to_pylist(), batch["keeper_position"].to_pylist()
    keepers = [file + position.to_bytes(8, "big") for file, position in zip(files, positions, strict=True)]
    columns = [batch["unit"], batch["file"], batch["position"], pa.array(keepers, pa.binary(24))]
    return pa.RecordBatch.from_arrays(columns, names=REPEATS.names)


def _table(connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, list[object]]) -> None:
    types = {"path": pa.string(), "ingest": pa.int64(), "file": pa.binary()}
    connection.register(name, pa.table({key: pa.array(value, types[key]) for key, value in columns.items()}))


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
