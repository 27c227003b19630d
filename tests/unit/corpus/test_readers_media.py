"""Images, sounds and films: what their headers say, whatever the name says."""

import hashlib
import struct
from pathlib import Path

import pytest

from corpus.readers import Medium, ReadOptions, Record, read
from corpus.readers.labels import Search
from corpus.slices import WHOLE, Slice
from provenance.ids import FileId
from tests.fakes.packing import box, mp4, png, wav

LABEL = '{"Label":"1","ContentProducer":"x"}'
FLAC = b"fLaC\0\0\0\x22" + bytes(10) + (44100 << 44 | 1 << 41 | 15 << 36 | 88200).to_bytes(8, "big") + bytes(16)
OGG = b"OggS\0\2" + bytes(20) + b"\1\x1e\1vorbis" + struct.pack("<LBL", 0, 2, 8000) + bytes(40)
OPUS = b"OggS\0\2" + bytes(20) + b"\1\x13OpusHead" + struct.pack("<BBHL", 1, 2, 480, 48000) + bytes(40)
MP3 = b"\xff\xfb\x90\x00" + bytes(413)  # MPEG-1 layer III, 128 kbit/s, 44,100 Hz
XING = b"\xff\xfb\x90\x00" + bytes(32) + b"Xing" + struct.pack(">2L", 1, 1000) + bytes(373)
EBML = b"\x1a\x45\xdf\xa3\x84\x42\x82\x84webm"[:4] + b"\x87\x42\x82\x84webm"
WEBM = (
    EBML
    + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"
    + b"\x15\x49\xa9\x66\x8b\x44\x89\x88" + struct.pack(">d", 2500.0)
    + b"\x16\x54\xae\x6b\x8e\xae\x8c\x83\x81\x01\xe0\x87\xb0\x82\x02\x80\xba\x81\xf0"
    + b"\x1f\x43\xb6\x75\x80"
)  # fmt: skip
AVI = b"RIFF\0\0\0\0AVI LIST\0\0\0\0hdrlavih" + struct.pack(
    "<L14L", 56, 40000, 0, 0, 0, 50, 0, 0, 0, 320, 240, 0, 0, 0, 0
)
TIFF = struct.pack("<2sHLH", b"II", 42, 8, 2) + struct.pack("<HHLLHHLL", 256, 3, 1, 70, 257, 4, 1, 80)
JPEG = b"\xff\xd8\xff\xe0\0\4ab\xff\xff\xc2\0\x0b\x08" + struct.pack(">HH", 30, 40) + bytes(6)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (png(640, 480), Medium("image", "image/png", 640, 480)),
        (JPEG, Medium("image", "image/jpeg", 40, 30)),
        (b"GIF89a" + struct.pack("<HH", 7, 8) + bytes(3), Medium("image", "image/gif", 7, 8)),
        (b"BM" + bytes(12) + struct.pack("<Lll", 40, 9, -5), Medium("image", "image/bmp", 9, 5)),
        (b"BM" + bytes(12) + struct.pack("<LHH", 12, 9, 5), Medium("image", "image/bmp", 9, 5)),
        (b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x63\0\0\x31\0\0", Medium("image", "image/webp", 100, 50)),
        (b"RIFF\0\0\0\0WEBPVP8L" + bytes(4) + b"\x2f" + struct.pack("<L", 49 << 14 | 99) + bytes(5),
         Medium("image", "image/webp", 100, 50)),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + struct.pack("<HH", 100, 50),
         Medium("image", "image/webp", 100, 50)),
        (TIFF, Medium("image", "image/tiff", 70, 80)),
        (wav(1500), Medium("audio", "audio/wav", duration_ms=1500)),
        (FLAC, Medium("audio", "audio/flac", duration_ms=2000)),
        (OGG + b"OggS\0\4" + (16000).to_bytes(8, "little") + bytes(20), Medium("audio", "audio/ogg", duration_ms=2000)),
        (OPUS + b"OggS\0\4" + (48480).to_bytes(8, "little") + bytes(20),
         Medium("audio", "audio/opus", duration_ms=1000)),
        (MP3 * 100, Medium("audio", "audio/mpeg", duration_ms=41700 * 8 // 128)),
        (b"ID3\4\0\0\0\0\1\0" + bytes(128) + XING, Medium("audio", "audio/mpeg", duration_ms=26122)),
        (mp4(1920, 1080, 5000), Medium("video", "video/mp4", 1920, 1080, 5000)),
        (box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", box(b"mvhd", bytes(12), struct.pack(">2L", 600, 900), bytes(80))),
         Medium("audio", "audio/mp4", duration_ms=1500)),
        (WEBM, Medium("video", "video/webm", 640, 240, 2500)),
        (AVI, Medium("video", "video/x-msvideo", 320, 240, 2000)),
    ],
)  # fmt: skip
def test_a_header_says_type_size_and_duration(tmp_path: Path, content: bytes, expected: Medium) -> None:
    """Every kind is told by its bytes, under any name, walked through whole and kept apart as unscreened."""
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    (record,) = found(path)
    assert (record.medium, record.reason, record.text) == (expected, "unscreened", None)
    assert (record.size, record.raw_digest) == (len(content), hashlib.sha256(content).digest())


def found(path: Path) -> list[Record]:
    """Read a medium."""
    part = Slice(FileId(b""), str(path), "medium", *WHOLE)
    return [each for each in read(part, ReadOptions("record"), lambda _: hashlib.sha256()) if isinstance(each, Record)]


@pytest.mark.parametrize("content", [png(640, 480), JPEG, TIFF, FLAC, OGG, MP3, WEBM, AVI, mp4(1, 2, 3), wav(9)])
def test_a_header_cut_anywhere_never_raises(tmp_path: Path, content: bytes) -> None:
    """However little is left of a header, it gives one item."""
    path = tmp_path / "a.bin"
    for length in range(min(len(content), 300)):
        path.write_bytes(content[:length])
        (record,) = found(path)
        assert record.reason in {"unscreened", "damaged-file", "file-empty"}


@pytest.mark.parametrize(
    "content",
    [
        b"tEXtAIGC\0" + LABEL.encode(),
        b"<TC260:AIGC>" + LABEL.replace('"', "&quot;").encode() + b"</TC260:AIGC>",
        b'TC260:AIGC="' + LABEL.replace('"', "&#34;").encode() + b'"',
        b"AIGC=" + LABEL.encode(),
        "\ufeffAIGC\0\ufeff".encode("utf-16-le") + LABEL.encode("utf-16-le"),
        b'{"AIGC":' + LABEL.encode() + b"}",
    ],
)  # fmt: skip
def test_a_label_is_found_wherever_it_stands(content: bytes) -> None:
    """Before, in or across the pieces of a file, in each container's way to write it."""
    for split in range(0, len(content), 5):
        search = Search()
        search.update(bytes(500) + content[:split])
        search.update(content[split:] + bytes(500))
        assert search.label == LABEL
    search = Search()
    search.update(b"AIGC is a word {not a label}")
    assert search.label is None
