"""What lies in the repository: no identity of a living person, no large file, every text ending as it should."""

import datetime as dt
import gzip
import io
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tests.fakes import identities

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 512 * 1024
"""Bytes of a file; what is larger is made by a script."""
_BINARY = frozenset({".gz", ".npz", ".zst", ".parquet", ".png", ".docx", ".xlsx"})
_GAP = re.compile(r"(?<=[0-9])[ \-\u00a0\u3000]{1,2}(?=[0-9Xx])")
_CANDIDATE = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
_INVISIBLE = dict.fromkeys([0x00AD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF])


def _files() -> list[Path]:
    """Return what is or would be committed; without git, everything but what starts with a dot and what is built."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=60).stdout.decode()
    except (OSError, subprocess.SubprocessError):
        paths = [path for path in ROOT.rglob("*") if not re.match(r"(\.|build/|dist/)", str(path.relative_to(ROOT)))]
    else:
        paths = [ROOT / name for name in listed.split("\0") if name]
    return sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts)


FILES = _files()


def _texts(content: bytes, endings: list[str]) -> Iterator[str]:
    """Yield the text of a file, of what is compressed in it and of every column of text in a table."""
    match endings[-1:]:
        case [".gz"]:
            yield from _texts(gzip.decompress(content), endings[:-1])
        case [".zst"]:
            with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(content), read_across_frames=True) as stream:
                yield from _texts(stream.read(), endings[:-1])
        case [".parquet"]:
            table = pq.read_table(io.BytesIO(content))
            for column in table.columns:
                if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
                    yield from (value for value in column.to_pylist() if value is not None)
        case _:
            yield content.decode("utf-8", errors="replace")


def _valid(number: str) -> bool:
    """Say whether the sum of value times 2^(17-i) is 1 modulo 11 and the date exists (GB 11643)."""
    values = [10 if each in "Xx" else int(each) for each in number]
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return sum(value * 2 ** (17 - place) for place, value in enumerate(values)) % 11 == 1


def _living(text: str) -> list[str]:
    """Return the valid identity numbers of other birth years than 1890 to 1899, disguises taken off."""
    plain = _GAP.sub("", unicodedata.normalize("NFKC", text).translate(_INVISIBLE))
    return [found for found in _CANDIDATE.findall(plain) if _valid(found) and not 1890 <= int(found[6:10]) <= 1899]


def _persons(name: str, content: bytes) -> int:
    return sum(len(_living(text)) for text in _texts(content, Path(name).suffixes))


def test_no_file_holds_an_identity_of_our_time() -> None:
    """No file, opened where it is compressed, holds a checksum-valid ID card of a birth year outside 1890 to 1899."""
    assert len(FILES) > 200
    assert {".gz", ".zst", ".parquet"} <= {path.suffix for path in FILES}
    found = {str(path.relative_to(ROOT)): _persons(path.name, path.read_bytes()) for path in FILES}
    assert {name: count for name, count in found.items() if count} == {}


def test_the_examples_are_really_opened() -> None:
    """The search reads inside the example's compressed files: the invented identities planted there are met."""
    opened = {path.suffix for path in FILES if path.suffix in _BINARY and _invented(path)}
    assert {".gz", ".parquet"} <= opened


def _invented(path: Path) -> bool:
    texts = _texts(path.read_bytes(), path.suffixes)
    return any(_valid(found) for text in texts for found in _CANDIDATE.findall(unicodedata.normalize("NFKC", text)))


def _table(text: str) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table({"id": [1], "text": [text]}), target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("a.txt", str.encode),
        ("a.jsonl.gz", lambda text: gzip.compress(text.encode())),
        ("a.jsonl.zst", lambda text: zstandard.compress(text.encode())),
        ("a.parquet", _table),
    ],
)
@pytest.mark.parametrize(
    "disguised",
    [
        str,
        lambda number: f"号{number}，",
        lambda number: f"{number[:6]} {number[6:14]} {number[14:]}",
        "\u200b".join,
        lambda number: "".join(chr(ord(each) + 0xFEE0) for each in number),
    ],
    ids=["plain", "in Chinese", "spaced", "zero-width", "full-width"],
)
def test_a_living_identity_is_found(name: str, packed: Callable[[str], bytes], disguised: Callable[[str], str]) -> None:
    """An identity of our time is seen in every container and every disguise; the invented one passes."""
    old = identities.citizen(7)
    assert _persons(name, packed(disguised(old))) == 0
    assert _persons(name, packed(disguised(_moved(old)))) == 1


def _moved(number: str) -> str:
    """Move a birth year by a hundred years and find the check character anew; made at run time, kept nowhere."""
    body = f"{number[:6]}19{number[8:17]}"
    return next(body + check for check in "0123456789X" if _valid(body + check))


def test_no_file_is_large() -> None:
    """No file is larger than half a megabyte, licence texts and locks included, but for the weights of the names."""
    large = [path.relative_to(ROOT).as_posix() for path in FILES if path.stat().st_size > LARGEST]
    assert large == ["pii/names/weights.npz"]


def test_every_text_ends_with_one_line_feed() -> None:
    """A text file of ours ends with a line feed and no blank line; data planted with torn ends is the examples' own."""
    ragged = []
    for path in FILES:
        if path.suffix not in _BINARY and "data" not in path.relative_to(ROOT).parts:
            content = path.read_bytes()
            if content and (not content.endswith(b"\n") or content.endswith(b"\n\n") or b"\r\n" in content):
                ragged.append(str(path.relative_to(ROOT)))
    assert ragged == []
