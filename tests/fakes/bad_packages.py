"""Bad archives, bombs and names: each is wrong in one way and says which reasons it must give."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterator

import zstandard

from tests.fakes.bad_file import Bad
from tests.fakes.packing import LINES, entry, overlapping_zip, raw_zip, tarred, zip_end, zipped

ZEROS = bytes(2**25)
BOMBS = {
    "gz": lambda content: gzip.compress(content, 9, mtime=0),
    "zst": lambda content: zstandard.ZstdCompressor().compress(content),
    "bz2": bz2.compress,
    "xz": lzma.compress,
}
"""How to compress, by ending."""
GOOD_LINES = 2
OUT = ("../../out.txt", "/abs/out.txt", "a/../../out.txt", "C:\\out.txt", "..\\out.txt", "\\\\host\\share\\out.txt")


def bad_packages() -> Iterator[Bad]:
    """Yield them all."""
    yield from _bombs()
    yield from _zips()
    yield from _tars()
    yield from _names()


def _bombs() -> Iterator[Bad]:
    good = {"good.jsonl": LINES}
    for ending, pack in BOMBS.items():
        yield Bad(f"bomb.jsonl.{ending}", pack(LINES + ZEROS), {"inflates-too-far"}, GOOD_LINES)
        yield Bad(f"bomb.txt.{ending}", pack(ZEROS), {"inflates-too-far", "unscreened"}, 0)
        yield Bad(
            f"bomb.tar.{ending}", pack(tarred(("good.jsonl", LINES), ("a.jsonl", ZEROS))), {"inflates-too-far"}, 2
        )
        twice = {**good, f"inner.jsonl.{ending}": pack(LINES + ZEROS)}
        yield Bad(f"holds-bomb-{ending}.zip", zipped(twice), {"inflates-too-far"}, 2 * GOOD_LINES)
        cut = pack(LINES * 5000)
        yield Bad(f"cut.jsonl.{ending}", cut[: len(cut) - 9], {"file-broke-off"}, None)
        yield Bad(f"lie.jsonl.{ending}", LINES, {"damaged-file"}, 0)
        nested = pack(pack(ZEROS))
        yield Bad(
            f"twice.jsonl.{ending}", nested, {"invalid-utf8", "broken-json", "wrong-ending", "encoding-unsupported"}, 0
        )
    yield Bad("bomb.zip", zipped(good | {"zeros.jsonl": ZEROS}), {"inflates-too-far"}, GOOD_LINES)
    yield Bad("zeros.zip", zipped({f"{n}.jsonl": bytes(2**20) for n in range(50)}), {"broken-json"}, 0)
    yield Bad("flat-overlap.zip", overlapping_zip(300), {"archive-overlap", "text-empty", "unscreened"}, None)
    inner = zipped({"a.jsonl": LINES})
    for _ in range(6):
        inner = zipped({"good.jsonl": LINES, "inner.zip": inner})
    yield Bad("deep.zip", inner, {"archive-nested"}, GOOD_LINES)
    wide = zipped({f"{n}.zip": zipped({"a.txt": bytes(2**20)}) for n in range(16)})
    yield Bad("wide.zip", wide, {"archive-nested"}, 0)
    yield Bad("nested.tar.gz", BOMBS["gz"](tarred(("inner.tar.gz", BOMBS["gz"](ZEROS)))), {"archive-nested"}, 0)
    quine = zipped({"quine.zip": b"PK\3\4" + bytes(100)})
    yield Bad("quine.zip", quine, {"archive-nested"}, 0)
    params = zstandard.ZstdCompressionParameters(window_log=30, write_content_size=False)
    writer = zstandard.ZstdCompressor(compression_params=params).compressobj()
    yield Bad("window.jsonl.zst", writer.compress(LINES) + writer.flush(), {"damaged-file"}, 0)


def _zips() -> Iterator[Bad]:
    whole = zipped({"good.jsonl": LINES, "other.jsonl": LINES * 50})
    yield Bad("empty.zip", zipped({}), {"file-empty"}, 0)
    yield Bad("folders.zip", zipped({"a/": b"", "b/": b""}), {"file-empty"}, 0)
    yield Bad("cut.zip", whole[:-10], {"damaged-file"}, 0)
    yield Bad("cut-head.zip", whole[50:], {"damaged-file"}, 0)
    yield Bad("lie.zip", LINES, {"damaged-file"}, 0)
    yield Bad("pdf.zip", b"%PDF-1.7\n" + bytes(500), {"damaged-file"}, 0)
    yield Bad("count.zip", whole[:-14] + b"\xff\x00\xff\x00" + whole[-10:], {"file-broke-off", "damaged-file"}, None)
    yield Bad("directory.zip", bytes(30) + zip_end(5, 20, 10), {"damaged-file"}, 0)
    yield Bad("far.zip", zip_end(1, 0xFFFFFFF0, 0xFFFFFFF0), {"damaged-file"}, 0)
    yield Bad("crc.zip", raw_zip((b"a.jsonl", LINES), crc=1), {"file-broke-off"}, None)
    yield Bad("encrypted.zip", raw_zip((b"a.jsonl", LINES), flags=1), {"file-encrypted"}, 0)
    yield Bad("strong.zip", raw_zip((b"a.jsonl", LINES), flags=0x41), {"file-encrypted"}, 0)
    yield Bad("method.zip", raw_zip((b"a.jsonl", LINES), method=9), {"format-unsupported"}, 0)
    yield Bad("bzip2.zip", zipped({"a.jsonl": LINES}, zipfile.ZIP_BZIP2), {"format-unsupported"}, 0)
    yield Bad("deflate.zip", raw_zip((b"a.jsonl", LINES), method=8), {"damaged-file", "file-broke-off"}, 0)
    yield Bad("link.zip", raw_zip((b"a.jsonl", b"/etc/passwd"), mode=0o120777), {"archive-link"}, 0)
    yield Bad("device.zip", raw_zip((b"a.jsonl", b""), mode=0o020600), {"archive-device"}, 0)
    twice = zipped([("same.jsonl", LINES), ("same.jsonl", LINES.upper().replace(b"TEXT", b"text"))])
    yield Bad("same-name.zip", twice, set(), 2 * GOOD_LINES)
    yield Bad("empty-member.zip", zipped({"a.jsonl": b""}), {"file-empty"}, 0)
    damaged = bytearray(zipped({"good.jsonl": LINES, "bad.jsonl": LINES * 200}))
    damaged[damaged.index(b"bad.jsonl") + 20] ^= 0xFF
    yield Bad("inside.zip", bytes(damaged), {"file-broke-off", "damaged-file", "broken-json", "invalid-utf8"}, None)
    unlike = raw_zip((b"a.jsonl", LINES)).replace(b"a.jsonl", b"b.jsonl", 1)
    yield Bad("two-names.zip", unlike, {"damaged-file"}, 0)
    for number, name in enumerate(OUT):
        content = zipped({name: b"out", "good.jsonl": LINES})
        yield Bad(f"out-{number}.zip", content, {"archive-path-escape"}, GOOD_LINES)


def _tars() -> Iterator[Bad]:
    whole = tarred(("good.jsonl", LINES), ("more.jsonl", LINES * 100))
    yield Bad("empty.tar", bytes(10240), {"file-empty"}, 0)
    yield Bad("lie.tar", LINES, {"damaged-file"}, 0)
    yield Bad("lie.tgz", whole, {"damaged-file"}, 0)
    yield Bad("cut.tar", whole[: 512 + 512 + 700], {"file-broke-off"}, None)
    yield Bad("no-end.tar", whole.rstrip(b"\0") + bytes(-len(whole.rstrip(b"\0")) % 512), {"file-broke-off"}, None)
    yield Bad("cut.tar.gz", BOMBS["gz"](whole)[:-30], {"file-broke-off", "damaged-file"}, None)
    yield Bad("sum.tar", b"h" + whole[1:], {"damaged-file"}, 0)
    kinds = {"link": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE}
    for name, kind in kinds.items():
        content = tarred((entry("a.jsonl", kind, "/etc/passwd"), b""), ("good.jsonl", LINES))
        yield Bad(f"{name}.tar", content, {"archive-link"}, GOOD_LINES)
    devices = {"character": tarfile.CHRTYPE, "block": tarfile.BLKTYPE, "fifo": tarfile.FIFOTYPE}
    for name, kind in devices.items():
        yield Bad(f"{name}.tar", tarred((entry("a.jsonl", kind), b""), ("good.jsonl", LINES)), {"archive-device"}, 2)
    yield Bad("sparse.tar", tarred((entry("a.jsonl", tarfile.GNUTYPE_SPARSE), LINES)), {"format-unsupported"}, 0)
    yield Bad("unknown.tar", tarred((entry("a.jsonl", b"Q"), LINES)), {"format-unsupported"}, 0)
    for number, name in enumerate(OUT):
        content = tarred((name, b"out"), ("good.jsonl", LINES))
        yield Bad(f"out-{number}.tar", content, {"archive-path-escape"}, GOOD_LINES)
    long = tarred(("a" * 300 + "/../../../out.txt", b"out"), form=tarfile.PAX_FORMAT)
    yield Bad("pax-out.tar", long, {"archive-path-escape"}, 0)
    yield Bad("pax-size.tar", _pax(b"size=99999999999999999"), {"damaged-file"}, 0)
    yield Bad("pax-broken.tar", _pax(b"no equals sign", length=b"900"), {"damaged-file"}, 0)
    huge = entry("x", tarfile.XHDTYPE)
    huge.size = 2**33
    yield Bad("pax-huge.tar", huge.tobuf(tarfile.GNU_FORMAT) + bytes(2048), {"damaged-file"}, 0)
    name = entry("x", tarfile.GNUTYPE_LONGNAME)
    name.size = 2**40
    yield Bad("name-huge.tar", name.tobuf(tarfile.GNU_FORMAT) + bytes(2048), {"damaged-file"}, 0)
    liar = tarfile.TarInfo("a.jsonl")
    liar.size = 2**40
    yield Bad("size.tar", liar.tobuf(tarfile.GNU_FORMAT) + LINES, {"file-broke-off"}, None)


def _pax(record: bytes, length: bytes | None = None) -> bytes:
    line = b" " + record + b"\n"
    line = (length or b"%d" % (len(line) + 2)) + line
    header = entry("x", tarfile.XHDTYPE)
    header.size = len(line)
    return header.tobuf(tarfile.GNU_FORMAT) + line.ljust(512, b"\0") + tarred(("a.jsonl", LINES))


def _names() -> Iterator[Bad]:
    yield Bad("two\nlines.jsonl", LINES, set(), GOOD_LINES)
    yield Bad("\u202etxt.jsonl", LINES, set(), GOOD_LINES)
    yield Bad(b"no-utf8-\xff\xfe.jsonl", LINES, set(), GOOD_LINES)
    yield Bad("sign!\\x21.jsonl", LINES, set(), GOOD_LINES)
    yield Bad("语料".encode("gb18030") + b".jsonl", LINES, set(), GOOD_LINES)
    for number, name in enumerate(
        (b"two\nlines.jsonl", b"\xff\xfe.jsonl", "语料".encode("gb18030") + b".jsonl", b"!!/a.jsonl")
    ):
        yield Bad(f"name-{number}.zip", raw_zip((name, LINES)), set(), GOOD_LINES)
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
            made = tarfile.TarInfo(name.decode("utf-8", "surrogateescape"))
            made.size = len(LINES)
            archive.addfile(made, io.BytesIO(LINES))
        yield Bad(f"name-{number}.tar", out.getvalue(), set(), GOOD_LINES)
