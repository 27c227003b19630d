"""A search through all the bytes below a folder, whatever wraps them: packed, in archives, in Parquet or in SQLite."""

import bz2
import gzip
import io
import json
import lzma
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard


def found(canaries: Collection[str], content: bytes) -> set[str]:
    """Return the canaries in some bytes, whatever wraps them: plain, packed, in an archive, Parquet or SQLite."""
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
    for start, unpack in _PACKED.items():
        if content.startswith(start):
            yield from layers(unpack(content))
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from layers(archive.read(name))
    elif content[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(content)) as tape:
            for member in tape:
                yield member.name.encode("utf-8", "surrogateescape")
                yield from layers(held.read() if (held := tape.extractfile(member)) else b"")
    elif content.startswith(b"PAR1"):
        yield from columns(content)
    elif content.startswith(b"SQLite format 3\0"):
        yield from cells(content)


_PACKED: dict[bytes, Callable[[bytes], bytes]] = {
    b"\x1f\x8b": gzip.decompress,
    b"BZh": bz2.decompress,
    b"\xfd7zXZ\0": lzma.decompress,
    b"\x28\xb5\x2f\xfd": lambda content: zstandard.ZstdDecompressor().decompressobj().decompress(content),
}


def columns(content: bytes) -> Iterator[bytes]:
    """Yield the schema and every value of a Parquet file."""
    table = pq.read_table(io.BytesIO(content))
    yield repr(table.schema).encode()
    yield "\n".join(map(str, table.to_pylist())).encode()
    for column in table.columns:
        if pa.types.is_large_string(column.type):
            yield "\n".join(each or "" for each in column.to_pylist()).encode()


def cells(content: bytes) -> Iterator[bytes]:
    """Yield every value of every table of a SQLite file."""
    with sqlite3.connect(":memory:") as database:
        database.deserialize(content)
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    yield from layers(value if isinstance(value, bytes) else str(value).encode())
    database.close()


def searched(canaries: Collection[str], folder: Path) -> dict[str, set[str]]:
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
