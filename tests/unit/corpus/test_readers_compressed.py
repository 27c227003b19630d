"""gzip and Zstandard: read wholly, kept as far as they go, memory bounded."""

import gzip
import hashlib
import zlib
from pathlib import Path

import pytest
import zstandard

from corpus.readers import Blank, ReadOptions, Record, locate, read, streams
from corpus.readers.records import Bounds
from corpus.slices import WHOLE, Slice, format_of
from provenance.ids import FileId

LINE = ReadOptions("line")
TEXT = b"".join(hashlib.sha256(bytes([n])).hexdigest().encode() + b"\n" for n in range(12))
PACK = {"gz": gzip.compress, "zst": lambda content: zstandard.ZstdCompressor(write_checksum=True).compress(content)}
each_packing = pytest.mark.parametrize("ending", ["gz", "zst"])


def found(path: Path) -> list[Record | Blank]:
    """Read a whole file by lines."""
    return list(read(Slice(FileId(bytes(16)), str(path), format_of(path), *WHOLE), LINE, lambda _: hashlib.sha256()))


@each_packing
def test_a_whole_file_is_read_as_its_plain_content(tmp_path: Path, ending: str) -> None:
    """Compression changes no record, and positions are those of the decompressed stream."""
    plain, packed = tmp_path / "a.txt", tmp_path / f"a.txt.{ending}"
    plain.write_bytes(TEXT)
    packed.write_bytes(PACK[ending](TEXT))
    assert found(packed) == found(plain)
    assert locate(str(packed), format_of(packed), LINE, 65) == TEXT[65:129]


@each_packing
def test_members_are_read_to_the_last(tmp_path: Path, ending: str) -> None:
    """Several gzip members or Zstandard frames, a record across two of them, are one stream."""
    path = tmp_path / f"a.txt.{ending}"
    path.write_bytes(PACK[ending](TEXT[:100]) + PACK[ending](b"") + PACK[ending](TEXT[100:]))
    plain = tmp_path / "a.txt"
    plain.write_bytes(TEXT)
    assert found(path) == found(plain)


def test_zeros_behind_a_gzip_member_mean_nothing(tmp_path: Path) -> None:
    """Padding, as tapes and some tools leave it, is no break; other bytes are."""
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(TEXT) + bytes(10_000))
    assert {each.reason for each in found(path)} == {""}
    path.write_bytes(gzip.compress(TEXT) + b"garbage")
    assert [each.reason for each in found(path)] == [""] * 12 + ["file-broke-off"]


@each_packing
def test_truncation_anywhere_keeps_the_good_records(tmp_path: Path, ending: str) -> None:
    """Cut at every byte: all whole lines that could be decoded stay, and one item marks the break."""
    packed = PACK[ending](TEXT)
    path = tmp_path / f"a.txt.{ending}"
    path.write_bytes(packed)
    whole = found(path)
    assert len(whole) == 12
    best = 0
    for length in range(1, len(packed)):
        path.write_bytes(packed[:length])
        *good, last = found(path)
        assert good == whole[: len(good)]
        assert last.reason == ("file-broke-off" if good or last.size else "damaged-file")
        assert last.position == 65 * len(good)
        assert best <= len(good)
        best = len(good)
    assert best == 12


@each_packing
def test_what_came_before_damage_is_kept_to_the_byte(tmp_path: Path, ending: str) -> None:
    """A changed byte in a long file costs nothing that was decoded before it, however we read."""
    content = b"".join(hashlib.sha256(b"%d" % n).hexdigest().encode() + b"\n" for n in range(9000))
    if ending == "gz":
        packed = gzip.compress(content, mtime=0)
    else:
        chunks = zstandard.ZstdCompressor(write_checksum=True).chunker(chunk_size=1000)
        packed = b"".join([*chunks.compress(content), *chunks.finish()])
    place = len(packed) * 2 // 3
    path = tmp_path / f"a.txt.{ending}"
    path.write_bytes(packed[:place] + bytes([packed[place] ^ 0xFF]) + packed[place + 1 :])
    first = found(path)
    assert first[-1].reason == "file-broke-off"
    assert len(first) > 1000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "READ_BYTES", 777)
        assert found(path) == first


@each_packing
def test_what_is_no_compressed_file_is_damaged(tmp_path: Path, ending: str) -> None:
    """A plain text under a compressed name, of which nothing decodes, is one rejected item."""
    path = tmp_path / f"a.txt.{ending}"
    path.write_bytes(TEXT)
    (record,) = found(path)
    assert (record.position, record.reason) == (0, "damaged-file")
    path.write_bytes(PACK[ending](b""))
    (record,) = found(path)
    assert record.reason == "file-empty"


@each_packing
def test_a_bomb_is_given_out_in_small_pieces(tmp_path: Path, ending: str) -> None:
    """Highly compressed zeros never make one large piece, so memory is bounded by us and not by the file."""
    path = tmp_path / f"a.txt.{ending}"
    path.write_bytes(PACK[ending](bytes(2**27)))
    lax = Bounds(ratio=10**6)
    sizes = [len(piece) for piece in streams.pieces(str(path), {"gz": "gzip", "zst": "zstd"}[ending], bounds=lax)]
    assert sum(sizes) == 2**27
    assert max(sizes) < 2**25


def test_a_window_beyond_the_cap_is_refused(tmp_path: Path) -> None:
    """A Zstandard frame that asks for gigabytes of window is damaged, not obeyed."""
    params = zstandard.ZstdCompressionParameters(window_log=29, write_content_size=False)
    writer = zstandard.ZstdCompressor(compression_params=params).compressobj()
    path = tmp_path / "a.txt.zst"
    path.write_bytes(writer.compress(TEXT) + writer.flush())
    (record,) = found(path)
    assert record.reason == "damaged-file"


def test_raw_deflate_is_no_gzip(tmp_path: Path) -> None:
    """Only gzip's own header is read under its ending."""
    path = tmp_path / "a.txt.gz"
    path.write_bytes(zlib.compress(TEXT))
    assert [each.reason for each in found(path)] == ["damaged-file"]
