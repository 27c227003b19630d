"""The items that repeat one another (重复), wherever they lie: found when files are read, settled when some leave.

The one door of DuckDB. It never fetches an extension, and every result is ordered.

- A cluster is all items with the same text. Its keeper is the first taken in of those that keep their place.
- A duplicate keeps no place, nor does an item that was taken out because of its source or its user. One that was
  quarantined or rejected for what it says keeps its own, so that nobody else gets in with the same text.
- Who kept a place keeps it when its file is read again, and an admitted item that is not read stays where it is:
  reading never makes a duplicate of a keeper, and no text gets in twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from corpus.schema import CANDIDATES, ITEM, PLACELESS, REPEATS, SIGNED
from corpus.shards import TableFile
from provenance.errors import ExitCode, GovernanceError, Severity

MOVES = pa.schema([ITEM.field(name) for name in ("file", "position", "disposition", "reason")])
"""What items are to be from now on; every item once."""

MOVED = pa.schema([*MOVES, ITEM.field("duplicate_key")])
"""The same, with what makes two items one text."""

LIVE = pa.schema([*MOVED, pa.field("ingest", pa.int64(), nullable=False)])
"""An item as it is now, and the ingest that decided on it."""

_MEMORY_LIMIT = "512MB"
"""Beyond it the engine sorts on disk."""


class FirstIntake(NamedTuple):
    """An earlier reading of a file that was read again: which ingest, and up to which place it sealed the file."""

    file: bytes
    stop: int
    ingest: int


class Reread(NamedTuple):
    """What is read now: the files, and when those of them that were read before were taken in."""

    files: Iterable[bytes]
    intakes: Sequence[FirstIntake]


def find_repeats(
    keys: Sequence[Path],
    earlier: Iterable[pa.RecordBatch],
    out: Path,
    scratch: Path,
    *,
    reading: Iterable[bytes] = (),
    intakes: Sequence[FirstIntake] = (),
) -> int:
    """Find the items that repeat another one and write them with the item they repeat.

    Args:
        keys: Key files of the first pass, schema ``KEYS``.
        earlier: All items as they were before this reading, schema ``LIVE``.
        out: Where the table of schema ``REPEATS`` goes, in the order of units and items.
        scratch: Folder for sorting on disk.
        reading: The files that are read; their earlier items count only as what they were.
        intakes: When files that were read more than once, or are read again now, were taken in before.

    Returns:
        The number of repeating items.
    """
    with _connection(scratch) as connection:
        connection.register("live", pa.RecordBatchReader.from_batches(LIVE, earlier))
        connection.register("reading", pa.table({"file": pa.array(reading, pa.binary())}))
        _register_intakes(connection, intakes)
        params = {"keys": [str(path) for path in keys], "causes": list(PLACELESS)}
        total = 0
        with TableFile(out, REPEATS) as file:
            for batch in connection.sql(_REPEATS, params=params).to_arrow_reader(65_536):
                total += batch.num_rows
                file.add(_with_keeper(batch))
        return total


_REPEATS = """
WITH kept AS MATERIALIZED (
    SELECT file, position, duplicate_key, disposition = 'admitted' AS is_in, coalesce(
        (SELECT min(intake.ingest) FROM intake WHERE intake.file = live.file AND live.position < intake.stop), ingest
    ) AS rank
    FROM live
    WHERE disposition <> 'duplicate' AND NOT list_contains($causes, reason)
      AND duplicate_key IN (SELECT duplicate_key FROM read_parquet($keys))
), found AS (
    SELECT key.unit, key.file, key.position, key.duplicate_key, kept.rank, false AS stays_in
    FROM read_parquet($keys) AS key
    LEFT JOIN kept USING (file, position, duplicate_key)
    UNION ALL
    SELECT NULL::BIGINT AS unit, file, position, duplicate_key, rank, is_in AS stays_in FROM kept
    WHERE NOT EXISTS (SELECT 1 FROM reading WHERE reading.file = kept.file)
), ranked AS (
    SELECT *, (SELECT min(intake.ingest) FROM intake WHERE intake.file = found.file AND found.position < intake.stop)
        AS intake FROM found
)
SELECT unit, file, position, keeper_file, keeper_position FROM (
    SELECT unit, file, position,
           first_value(file) OVER cluster AS keeper_file,
           first_value(position) OVER cluster AS keeper_position,
           row_number() OVER cluster AS place
    FROM ranked
    WINDOW cluster AS (
        PARTITION BY duplicate_key ORDER BY stays_in DESC, rank NULLS LAST, intake NULLS LAST, file, position
    )
) WHERE place > 1 AND unit IS NOT NULL
ORDER BY unit, file, position
"""


def find_candidates(
    keys: Sequence[Path],
    exact: Path,
    earlier: Iterable[pa.RecordBatch],
    signed: Iterable[pa.RecordBatch],
    out: Path,
    scratch: Path,
    reread: Reread,
) -> None:
    """Find the items that share a band with another one and write them with the bands they share.

    Who kept a place keeps it: it is compared with, never marked.

    Args:
        keys: Key files of the first pass, schema ``KEYS``.
        exact: The items of them that repeat another exactly, schema ``REPEATS``; they are left out.
        earlier: All items as they were before this reading, schema ``LIVE``.
        signed: Signatures of earlier items, schema ``SIGNED``.
        out: Where the table of schema ``CANDIDATES`` goes, items of earlier ingests first, then in item order.
        scratch: Folder for sorting on disk.
        reread: What is read now.
    """
    with _connection(scratch) as connection:
        connection.register("live", pa.RecordBatchReader.from_batches(LIVE, earlier))
        connection.register("signed", pa.RecordBatchReader.from_batches(SIGNED, signed))
        connection.register("reading", pa.table({"file": pa.array(reread.files, pa.binary())}))
        _register_intakes(connection, reread.intakes)
        params = {"keys": [str(path) for path in keys], "exact": str(exact), "causes": list(PLACELESS)}
        with TableFile(out, CANDIDATES) as file:
            for batch in connection.sql(_CANDIDATES, params=params).to_arrow_reader(65_536):
                file.add(batch)


_CANDIDATES = """
WITH own AS MATERIALIZED (
    SELECT unit, file, position, duplicate_key, unnest(bands) AS band FROM read_parquet($keys) AS key
    WHERE NOT EXISTS (
        SELECT 1 FROM read_parquet($exact) AS exact WHERE exact.file = key.file AND exact.position = key.position
    )
), held AS MATERIALIZED (
    SELECT * FROM (SELECT ingest, unit, file, position, unnest(bands) AS band FROM signed)
    WHERE band IN (SELECT band FROM own) AND file NOT IN (SELECT file FROM reading)
), kept AS MATERIALIZED (
    SELECT file, position, duplicate_key, disposition, coalesce(
        (SELECT min(intake.ingest) FROM intake WHERE intake.file = live.file AND live.position < intake.stop), ingest
    ) AS rank
    FROM live
    WHERE disposition <> 'duplicate' AND NOT list_contains($causes, reason)
      AND (file IN (SELECT file FROM held) OR file IN (SELECT file FROM reading))
), found AS MATERIALIZED (
    SELECT NULL::BIGINT AS ingest, own.unit, own.file, own.position, own.band, kept.rank
    FROM own LEFT JOIN kept USING (file, position, duplicate_key)
    UNION ALL
    SELECT held.ingest, held.unit, held.file, held.position, held.band, kept.rank
    FROM held JOIN kept USING (file, position) WHERE kept.disposition IN ('admitted', 'quarantined')
), shared AS (
    SELECT band FROM found GROUP BY band HAVING count(*) > 1 AND bool_or(rank IS NULL)
), proposed AS (
    SELECT ingest, unit, file, position, rank, list(band ORDER BY band) AS bands
    FROM found WHERE band IN (SELECT band FROM shared) GROUP BY ALL
)
SELECT file, position, bands, ingest, unit, rank IS NOT NULL AS settled FROM proposed
ORDER BY rank NULLS LAST, (
    SELECT min(intake.ingest) FROM intake WHERE intake.file = proposed.file AND proposed.position < intake.stop
) NULLS LAST, file, position
"""


def settle(
    live: Iterable[pa.RecordBatch],
    moved: pa.Table,
    scratch: Path,
    *,
    shielded: Iterable[int] = (),
    intakes: Sequence[FirstIntake] = (),
) -> pa.Table:
    """Say what becomes of the items that repeat one another when some go because of their source or user, or come back.

    Whoever repeats a keeper is an exact duplicate of it; where a cluster has none, they have lost it.

    Args:
        live: All items as they are now, schema ``LIVE``.
        moved: Items that go or come back with what they are to be, schema ``MOVED``.
        scratch: Folder for sorting on disk.
        shielded: Ingests of whose items none is changed but those moved.
        intakes: When files that were read more than once were taken in before.

    Returns:
        Schema ``MOVES``: the moved items and those of their clusters that change with them, in item order.
    """
    with _connection(scratch) as connection:
        connection.register("live", pa.RecordBatchReader.from_batches(LIVE, live))
        connection.register("moved", moved)
        _register_intakes(connection, intakes)
        params = {"causes": list(PLACELESS), "shielded": list(shielded)}
        return connection.sql(_SETTLED, params=params).to_arrow_table().cast(MOVES)


_SETTLED = """
WITH cluster AS (
    SELECT live.file, live.position, live.duplicate_key, moved.file IS NOT NULL AS moves,
           moved.file IS NULL AND list_contains($shielded, live.ingest) AS is_shielded,
           coalesce(moved.disposition, live.disposition) AS disposition, coalesce(moved.reason, live.reason) AS reason,
           coalesce(
               (SELECT min(intake.ingest) FROM intake WHERE intake.file = live.file AND live.position < intake.stop),
               live.ingest
           ) AS rank
    FROM live LEFT JOIN moved ON moved.file = live.file AND moved.position = live.position
    WHERE live.duplicate_key IN (SELECT duplicate_key FROM moved)
), keeping AS (
    SELECT *, disposition <> 'duplicate' AND NOT list_contains($causes, reason) AS keeps FROM cluster
), placed AS (
    SELECT *, bool_or(keeps) OVER (PARTITION BY duplicate_key) AS has_keeper,
           row_number() OVER (PARTITION BY duplicate_key ORDER BY keeps DESC, rank, file, position) AS place
    FROM keeping
), settled AS (
    SELECT *, CASE
        WHEN is_shielded THEN NULL
        WHEN reason = 'exact-duplicate' AND NOT has_keeper THEN 'keeper-gone'
        WHEN reason = 'keeper-gone' AND has_keeper THEN 'exact-duplicate'
        WHEN disposition = 'admitted' AND place > 1 THEN 'exact-duplicate'
    END AS repeats FROM placed
)
SELECT file, position, CASE WHEN repeats IS NULL THEN disposition ELSE 'duplicate' END AS disposition,
       coalesce(repeats, reason) AS reason
FROM settled WHERE moves OR repeats IS NOT NULL
ORDER BY file, position
"""


def _with_keeper(batch: pa.RecordBatch) -> pa.RecordBatch:
    files, positions = batch["keeper_file"].to_pylist(), batch["keeper_position"].to_pylist()
    keepers = [file + position.to_bytes(8, "big") for file, position in zip(files, positions, strict=True)]
    exactly = pa.repeat(pa.scalar(0, pa.int32()), batch.num_rows)
    columns = [batch["unit"], batch["file"], batch["position"], pa.array(keepers, pa.binary(24)), exactly]
    return pa.RecordBatch.from_arrays(columns, names=REPEATS.names)


_INTAKE = pa.schema([("file", pa.binary()), ("stop", pa.uint64()), ("ingest", pa.int64())])


def _register_intakes(connection: duckdb.DuckDBPyConnection, intakes: Sequence[FirstIntake]) -> None:
    columns = zip(*intakes, strict=True) if intakes else [()] * len(_INTAKE)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, _INTAKE, strict=True)]
    connection.register("intake", pa.table(arrays, schema=_INTAKE))


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
    except (duckdb.Error, RuntimeError) as error:
        # Ctrl-C comes back as an error: of the engine's own, or around the one that it met while it read a stream.
        if "Query interrupted" in str(error) or "KeyboardInterrupt" in str(error):
            raise KeyboardInterrupt from None
        if not isinstance(error, duckdb.Error):
            raise
        raise GovernanceError(
            "The search over the items' shards failed.",
            code="corpus.item-search-failed",
            remedy="Check that the workspace's disk has room and its items/ folder is whole (`yuliao doctor`), "
            "then run the same command again.",
            severity=Severity.RETRY,
            exit_code=ExitCode.ENVIRONMENT,
        ) from error
