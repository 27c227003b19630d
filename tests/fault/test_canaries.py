"""Canaries (金丝雀): no identifier planted in the example comes out anywhere, and a seeded one would be found.

The canaries are the very strings that the example's own script wrote, disguises included, not what a detector finds.
"""

import gzip
import importlib
import io
import json
import shutil
import sqlite3
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tests.fakes.played import EXAMPLES, Played

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def canaries() -> frozenset[str]:
    """Every identifier as the example's script made it, and as it wrote it into a text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(EXAMPLES))
        patch.setattr(sys, "dont_write_bytecode", True)
        build, people = importlib.import_module("build"), importlib.import_module("people")
        written: set[str] = set()
        makers = dict(people.MAKERS)
        disguises = dict(people._DISGUISES)

        def watched(make: Callable[[Any], str]) -> Callable[[Any], str]:
            def made(argument: object) -> str:
                value = make(argument)
                written.add(value)
                return value

            return made

        patch.setattr(people, "MAKERS", {name: watched(make) for name, make in makers.items()})
        patch.setattr(people, "_DISGUISES", {name: tuple(map(watched, each)) for name, each in disguises.items()})
        build.plant()
    for name in ("build", "people", "dice", "texts"):
        sys.modules.pop(name, None)
    return frozenset(written)


def found(canaries: frozenset[str], content: bytes) -> set[str]:
    """Return the canaries in some bytes, whatever wraps them: plain, packed, zipped, Parquet or SQLite."""
    hits: set[str] = set()
    for layer in layers(content):
        for encoding in ("utf-8", "gb18030", "utf-16-le"):
            hits |= {each for each in canaries if each.encode(encoding) in layer}
        told = layer.decode("utf-8", "ignore")
        hits |= {each for each in canaries if json.dumps(each)[1:-1] in told}
    return hits


def layers(content: bytes) -> Iterator[bytes]:
    """Yield bytes as they are, and everything that can be unpacked from them."""
    yield content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from layers(archive.read(name))
    elif content.startswith(b"\x1f\x8b"):
        yield from layers(gzip.decompress(content))
    elif content.startswith(b"\x28\xb5\x2f\xfd"):
        yield from layers(zstandard.ZstdDecompressor().decompressobj().decompress(content))
    elif content.startswith(b"PAR1"):
        table = pq.read_table(io.BytesIO(content))
        yield repr(table.schema).encode()
        yield "\n".join(map(str, table.to_pylist())).encode()
        for column in table.columns:
            if pa.types.is_large_string(column.type):
                yield "\n".join(each or "" for each in column.to_pylist()).encode()
    elif content.startswith(b"SQLite format 3\0"):
        yield from cells(content)


def cells(content: bytes) -> Iterator[bytes]:
    """Yield every value of every table of a SQLite file."""
    with sqlite3.connect(":memory:") as database:
        database.deserialize(content)
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608  # the file names its own tables
                for value in row:
                    yield from layers(value if isinstance(value, bytes) else str(value).encode())
    database.close()


def searched(canaries: frozenset[str], folder: Path) -> dict[str, set[str]]:
    """Return the canaries below a folder, by file; names are searched too."""
    names = "\n".join(str(path.relative_to(folder)) for path in folder.rglob("*")).encode()
    hits = {"(names)": found(canaries, names)}
    for path in (each for each in folder.rglob("*") if each.is_file()):
        hits[str(path.relative_to(folder))] = found(canaries, whole(path))
    return {name: each for name, each in hits.items() if each}


def whole(path: Path) -> bytes:
    """Return a file's bytes; a database is taken with what still stands in its write-ahead log."""
    if path.suffix == ".sqlite":
        with sqlite3.connect(path) as database:
            content = database.serialize()
        database.close()
        # In memory there is no write-ahead log: the header must say so (sqlite.org/fileformat).
        return content[:18] + b"\x01\x01" + content[20:]
    return path.read_bytes()


def test_the_search_knows_every_canary(canaries: frozenset[str]) -> None:
    """The canaries are hundreds, in all disguises, and the search finds each kind in the raw files of the example."""
    assert len(canaries) > 150
    assert any("\u200b" in each for each in canaries)
    assert any(unicodedata.normalize("NFKC", each) != each for each in canaries)
    hits = searched(canaries, EXAMPLES)
    suffixes = {"".join(Path(name).suffixes) for name in hits}
    assert {".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"} <= suffixes


def test_no_canary_comes_out(played: Played, canaries: frozenset[str]) -> None:
    """Workspace, report, bundle, and all that was printed hold none of the planted identifiers."""
    assert searched(canaries, played.folder / "demo") == {}
    assert searched(canaries, played.folder / "keys") == {}
    assert found(canaries, (played.said.out + played.said.err).encode()) == set()


def test_a_canary_let_loose_is_found(spoilt: Played, canaries: frozenset[str]) -> None:
    """One canary in a file, a name, a column, a document or a ledger row is found where it is."""
    demo = spoilt.folder / "demo"
    assert searched(canaries, demo) == {}
    canary = next(each for each in sorted(canaries) if "\u200b" in each)
    plain = next(each for each in sorted(canaries) if each.isascii() and each.isalnum())

    (demo / "workspace" / "work" / "left.log").write_text(f"could not read {canary}", "utf-8")
    (demo / "report" / f"{plain}.txt").touch()
    table = pa.table({"text": pa.array([f"电话{canary}。"], pa.large_string())})
    pq.write_table(table, demo / "workspace" / "items" / "shard", compression="zstd")
    with zipfile.ZipFile(demo / "report" / "report.zh.docx", "a") as document:
        document.writestr("word/comments.xml", json.dumps(canary))
    (demo / "bundle" / "data" / "notes.gz").write_bytes(gzip.compress(canary.encode("gb18030")))
    with sqlite3.connect(demo / "workspace" / "catalogue.sqlite") as database:
        database.execute("UPDATE job SET message = ? WHERE rowid = 1", (canary,))
    database.close()
    assert searched(canaries, demo) == {
        "(names)": {plain},
        "workspace/work/left.log": {canary},
        "workspace/items/shard": {canary},
        "workspace/catalogue.sqlite": {canary},
        "report/report.zh.docx": {canary},
        "bundle/data/notes.gz": {canary},
    }


def test_a_leak_of_the_pipeline_is_found(tmp_path: Path, canaries: frozenset[str]) -> None:
    """The raw files themselves, were they kept in the workspace, would be told: the search is not blind to a corpus."""
    shutil.copytree(EXAMPLES / "chat-user" / "data", tmp_path / "items")
    assert searched(canaries, tmp_path)
