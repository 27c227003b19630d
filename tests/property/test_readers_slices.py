"""Whatever bytes a file holds and wherever it is cut, the readers account for every byte and never raise."""

import csv
import gzip
import hashlib
import io
import itertools
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import zstandard
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.readers import Blank, ReadOptions, Record, lines, locate, read
from corpus.readers.openings import opening
from corpus.readers.spelling import Spelling
from corpus.slices import WHOLE, Slice
from provenance.ids import FileId

FILE = FileId(bytes(16))
LIMIT = 64
RECORD = ReadOptions("record", "text", "id", record_limit_bytes=LIMIT)
LINE = ReadOptions("line", record_limit_bytes=LIMIT)

pieces = st.sampled_from(
    [
        b'{"text": "\xe8\xaf\xad\xe6\x96\x99", "id": "1"}',
        b'{"text": null}',
        b'{"body": "x"}',
        b'{"text": "\\ud800"}',
        b"[1]",
        b"{",
        b"\xff\xfe",
        b"\xd6\xd0\xce\xc4",
        b"\xef\xbb\xbf",
        b"\xe3\x80\x80",
        b'"a","b\n',
        b'"',
        b",",
        b"\r",
        b"\n",
        b"\n\n",
        b" \t",
        b"text,id",
        b"0" * (LIMIT + 1),
    ]
)
ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
words = st.sampled_from(
    [
        "语料的来源",
        "國家的語料",
        "的一是不了",
        "\n",
        "\r\n",
        "\u3000\n",
        '"',
        ",",
        "\t",
        '{"text": "人民的法律"}\n',
        "ਊ\u0a0a",
        "a" * 65,
    ]
)
spelt = st.builds(
    lambda mark, text, encoding: (mark + "".join(text)).encode(encoding, "ignore"),
    st.sampled_from(["", "\ufeff"]),
    st.lists(words, max_size=12),
    st.sampled_from(ENCODINGS),
)
contents = st.one_of(st.binary(max_size=200), st.lists(pieces, max_size=12).map(b"".join), spelt).filter(len)
REFUSED = {"file-empty", "encoding-unsupported", "wrong-ending"}


def sealer(position: int) -> "hashlib._Hash":
    """Salt the digest with the position, as the real key is salted with the item."""
    return hashlib.sha256(position.to_bytes(8, "big"))


def found(path: Path, format_name: str, options: ReadOptions, bounds: Sequence[tuple[int, int]] = (WHOLE,)) -> list:
    """Read a file slice by slice."""
    return [
        each for start, end in bounds for each in read(Slice(FILE, str(path), format_name, start, end), options, sealer)
    ]


@pytest.fixture(scope="module")
def path() -> Iterator[Path]:
    """One file that every example overwrites."""
    handle, name = tempfile.mkstemp()
    os.close(handle)
    yield Path(name)
    Path(name).unlink()


def slices(size: int, cuts: Sequence[int]) -> list[tuple[int, int]]:
    """Turn cut points into bounds that cover the file."""
    edges = [0, *sorted({cut % size for cut in cuts} - {0}), size]
    return list(itertools.pairwise(edges))


cuttable = pytest.mark.parametrize(("format_name", "options"), [("jsonl", RECORD), ("text", LINE)])
every_format = pytest.mark.parametrize(
    ("format_name", "options"),
    [
        ("jsonl", RECORD),
        ("text", LINE),
        ("text", ReadOptions("file", record_limit_bytes=LIMIT)),
        ("markdown", LINE),
        ("html", RECORD),
        ("csv", RECORD),
        ("tsv", RECORD),
    ],
)


@cuttable
@given(content=contents, cuts=st.lists(st.integers(0, 400), max_size=6))
def test_slices_together_are_the_whole(
    path: Path, format_name: str, options: ReadOptions, content: bytes, cuts: list[int]
) -> None:
    """Cutting a file anywhere changes neither its records nor its blank lines."""
    path.write_bytes(content)
    assert found(path, format_name, options, slices(len(content), cuts)) == found(path, format_name, options)


def test_the_check_of_slices_sees_an_off_by_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slice that looks for its first record one byte too late loses one, and the check above would say so."""
    content = b'{"text": "a"}\n{"text": "b"}\n{"text": "c"}\n'
    path.write_bytes(content)
    cuts = [[cut] for cut in range(1, len(content))]
    whole = found(path, "jsonl", RECORD)
    assert all(found(path, "jsonl", RECORD, slices(len(content), cut)) == whole for cut in cuts)
    real = lines._first_start
    monkeypatch.setattr(lines, "_first_start", lambda part, head: real(part._replace(start=part.start + 1), head))
    assert not all(found(path, "jsonl", RECORD, slices(len(content), cut)) == whole for cut in cuts)


@every_format
@given(content=contents)
def test_every_byte_is_accounted_for(path: Path, format_name: str, options: ReadOptions, content: bytes) -> None:
    """Records, blank lines, newlines, a mark and a CSV header make up the file, unless it is refused."""
    path.write_bytes(content)
    got = found(path, format_name, options)
    if any(each.reason in REFUSED for each in got if isinstance(each, Record)):
        assert len(got) == 1
        return
    spelling = Spelling(opening(str(path), format_name, "", options.bounds).verdict)
    is_whole = format_name in {"html", "markdown"} or (format_name == "text" and options.unit == "file")
    at = 0 if is_whole else spelling.mark
    gaps = 0
    for each in got:
        gaps += each.position > at
        assert each.position >= at
        at = each.position + each.size
        assert content[at : at + len(spelling.newline)] in (b"", spelling.newline)
        at += len(spelling.newline)
    has_header = format_name in {"csv", "tsv"}
    header_is_last = has_header and at < len(content)
    assert gaps <= has_header
    assert header_is_last or at >= len(content)


@every_format
@given(content=contents)
def test_a_position_leads_back_to_the_bytes(path: Path, format_name: str, options: ReadOptions, content: bytes) -> None:
    """Every record's digest is that of the bytes its locator fetches, which stand in the file at its position."""
    path.write_bytes(content)
    for each in found(path, format_name, options):
        if isinstance(each, Blank) or each.reason in REFUSED | {"record-too-long"}:
            continue
        raw = locate(str(path), format_name, options, each.position)
        assert raw == content[each.position : each.position + each.size]
        seal = sealer(each.position)
        seal.update(raw)
        assert seal.digest() == each.raw_digest


@every_format
@given(content=contents, size=st.integers(1, 50))
@example(content=b'text,id\nab"c\nx,y\n', size=5)  # a piece ends before a quote that opens no field
def test_the_size_of_our_pieces_changes_nothing(
    path: Path, format_name: str, options: ReadOptions, content: bytes, size: int
) -> None:
    """Records do not depend on how many bytes are read at a time."""
    path.write_bytes(content)
    whole = found(path, format_name, options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.readers.streams.READ_BYTES", max(size, 4))
        assert found(path, format_name, options) == whole


@given(
    rows=st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r")), min_size=2, max_size=2))
)
def test_csv_gives_back_what_a_writer_wrote(path: Path, rows: list[list[str]]) -> None:
    """Fields with commas, quotes and newlines come back as the standard library's writer was given them."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerows([["id", "text"], *rows])
    path.write_bytes(written.getvalue().encode())
    got = found(path, "csv", ReadOptions("record", "text", "id"))
    assert [[each.external_id, each.text] for each in got] == rows


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
@given(content=contents, data=st.data())
def test_any_damage_to_a_compressed_file_is_a_record(
    path: Path, compression: str, content: bytes, data: st.DataObject
) -> None:
    """A changed byte anywhere in a compressed file never raises, and the file is never silently empty."""
    packed = bytearray(gzip.compress(content) if compression == "gzip" else zstandard.compress(content))
    packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(packed)
    got = found(path, f"text+{compression}", LINE)
    assert got or not content.strip(b"\n")


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs"])
def test_no_trail_byte_lies_below_the_digits(encoding: str) -> None:
    """A newline, a quote, a comma or a tab is never part of another character, so bytes can be cut there."""
    spelt = (chr(code).encode(encoding, "ignore") for code in range(0x80, 0x30000) if not 0xD800 <= code < 0xE000)
    assert min(min(each) for each in spelt if each) >= 0x30
    for lead in range(0x80, 0x100):
        for trail in b'\n\r\t",; ':
            with pytest.raises(UnicodeDecodeError):
                bytes([lead, trail]).decode(encoding)


@given(text=st.lists(words, max_size=12).map("".join), encoding=st.sampled_from(ENCODINGS), mark=st.booleans())
def test_lines_are_the_same_in_every_encoding(path: Path, text: str, encoding: str, *, mark: bool) -> None:
    """A text gives the same lines however it is spelt, once its encoding is known."""
    text = "的一是不了在人有我他这国法律。\n" * 10 + text.encode(encoding, "ignore").decode(encoding)
    path.write_bytes(("\ufeff" * mark + text).encode(encoding, "ignore"))
    got = found(path, "text", ReadOptions("line"))
    kept = text.encode(encoding, "ignore").decode(encoding)
    assert [each.text for each in got if isinstance(each, Record)] == [
        line.removesuffix("\r") for line in kept.split("\n") if line.strip()
    ]
