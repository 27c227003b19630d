"""WARC: every response an item, whatever it holds and however its file is damaged."""

import gzip
import hashlib
import zlib
from pathlib import Path

import pytest
import zstandard

from corpus.readers import ReadOptions, Record, locate, read
from corpus.slices import WHOLE, Slice, format_of
from provenance.ids import FileId

OPTIONS = ReadOptions("record", record_limit_bytes=100_000)
PROSE = "国家机关应当依照法律规定的权限和程序履行职责，不得超出法定的范围和限度。"
PAGE = f"<html><body><p>{PROSE}</p></body></html>".encode()


def warc(block: bytes, kind: str = "response", mime: str = "application/http", *more: str, length: str = "") -> bytes:
    """Write a record."""
    lines = ["WARC/1.0", f"WARC-Type: {kind}", "WARC-Target-URI: http://example.org/a", f"Content-Type: {mime}", *more]
    head = "\r\n".join([*lines, f"Content-Length: {length or len(block)}"])
    return head.encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def http(body: bytes = PAGE, *fields: str, status: str = "200 OK", mime: str = "text/html") -> bytes:
    """Write an HTTP answer."""
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {mime}", *fields, "", ""]).encode() + body


def found(path: Path, content: bytes) -> list[Record]:
    """Write a file and read it."""
    path.write_bytes(content)
    part = Slice(FileId(bytes(16)), str(path), format_of(path), *WHOLE)
    return [each for each in read(part, OPTIONS, lambda _: hashlib.sha256()) if isinstance(each, Record)]


PACK = {
    "a.warc": b"".join,
    "a.warc.gz": lambda records: b"".join(map(gzip.compress, records)),
    "b.warc.gz": lambda records: gzip.compress(b"".join(records)),
    "a.warc.zst": lambda records: b"".join(map(zstandard.compress, records)),
}


@pytest.mark.parametrize("name", PACK)
def test_responses_are_items_and_the_rest_is_none(tmp_path: Path, name: str) -> None:
    """Compressed by record, as a whole or not, the items, places and digests are the same."""
    records = [
        warc(b"software: x", "warcinfo"),
        warc(http()),
        warc(b"GET /", "request"),
        warc(b"", "revisit"),
        warc(PROSE.encode(), "conversion", "text/plain"),
        warc(PAGE, "resource", "text/html; charset=utf-8"),
    ]
    path = tmp_path / name
    got = found(path, PACK[name](records))
    assert [each.text for each in got] == [PROSE] * 3
    assert {each.beside.url for each in got} == {"http://example.org/a"}
    assert [each.position for each in got] == [sum(map(len, records[:n])) for n in (1, 4, 5)]
    for each, record in zip(got, (records[1], records[4], records[5]), strict=True):
        raw = locate(str(path), format_of(path), OPTIONS, each.position)
        assert raw == record.removesuffix(b"\r\n\r\n")
        assert hashlib.sha256(raw).digest() == each.raw_digest


CHUNKED = b"5\r\n" + PAGE[:5] + b"\r\n" + f"{len(PAGE) - 5:x};x=y\r\n".encode() + PAGE[5:] + b"\r\n0\r\n\r\n"
RAW_DEFLATE = zlib.compressobj(wbits=-15)
DEFLATED = RAW_DEFLATE.compress(PAGE) + RAW_DEFLATE.flush()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (http(CHUNKED, "Transfer-Encoding: chunked"), ""),
        (http(PAGE, "Transfer-Encoding: chunked"), ""),
        (http(gzip.compress(PAGE), "Content-Encoding: gzip"), ""),
        (http(PAGE, "Content-Encoding: gzip"), ""),
        (http(zlib.compress(PAGE), "Content-Encoding: deflate"), ""),
        (http(DEFLATED, "content-encoding: DEFLATE"), ""),
        (http(zstandard.compress(PAGE), "Content-Encoding: zstd"), ""),
        (http(PAGE, "Content-Encoding: br"), "http-coding"),
        (http(gzip.compress(PAGE)[:-20], "Content-Encoding: gzip"), "broken-record"),
        (http(gzip.compress(bytes(10**6)), "Content-Encoding: gzip"), "inflates-too-far"),
        (http(zlib.compress(bytes(10**6)), "Content-Encoding: deflate"), "inflates-too-far"),
        (http(status="404 Not Found"), "http-status"),
        (http(status="302 Found"), "http-status"),
        (http(mime="image/png"), "payload-unsupported"),
        (http(mime=""), "payload-unsupported"),
        (http(PAGE.decode().encode("gb18030"), mime="text/html; charset=utf-8"), ""),
        (http(b"\xff\xff\x80" * 9, mime="text/plain"), "invalid-utf8"),
        (http(PAGE, "X: a\r\nContent-Encoding: br").replace(b"\r\n", b"\n"), "http-coding"),
        (b"no answer at all", "broken-record"),
        (b"", "broken-record"),
        (http() + b"x" * 100_000, "record-too-long"),
    ],
)
def test_every_answer_gives_its_text_or_a_reason(tmp_path: Path, answer: bytes, reason: str) -> None:
    """Codings come off within the limit, and what cannot be read is one item with its reason."""
    first, last = found(tmp_path / "a.warc", warc(answer) + warc(http()))
    assert (first.reason, first.text) == (reason, None if reason else PROSE)
    assert last.text == PROSE


def test_a_wrong_claim_is_kept(tmp_path: Path) -> None:
    """The HTTP header says one encoding, the bytes another."""
    (record,) = found(tmp_path / "a.warc", warc(http(PAGE.decode().encode("gb18030"), mime="text/html; charset=UTF-8")))
    assert record.beside.encoding == "gb18030 (claimed utf-8)"


@pytest.mark.parametrize("length", ["-1", "x", "9" * 30, "1e3", "٣"])
def test_a_broken_length_costs_one_record(tmp_path: Path, length: str) -> None:
    """What cannot be framed is passed by as one broken record up to the next that can."""
    broken = warc(http(), length=length)
    path = tmp_path / "a.warc"
    first, second, third = found(path, warc(http()) + broken + warc(http()))
    assert [first.reason, second.reason, third.reason] == ["", "broken-record", ""]
    assert second.size == len(broken)
    assert locate(str(path), "warc", OPTIONS, second.position) == broken


def test_a_length_beyond_the_file_breaks_it_off(tmp_path: Path) -> None:
    """The last record is marked, and those before it stand."""
    first, second = found(tmp_path / "a.warc", warc(http()) + warc(http(), length="99999"))
    assert [first.reason, second.reason] == ["", "file-broke-off"]


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_torn_member_breaks_the_file_off(tmp_path: Path, cut: int) -> None:
    """A gzip member that ends early keeps what came before it."""
    packed = gzip.compress(warc(http())) + gzip.compress(warc(http()))
    got = found(tmp_path / "a.warc.gz", packed[:-cut])
    assert got[0].text == PROSE
    assert got[-1].reason == "file-broke-off"


def test_a_header_without_an_end_is_not_held(tmp_path: Path) -> None:
    """A header longer than any is passed by in pieces."""
    (record,) = found(tmp_path / "a.warc", b"WARC/1.0\r\n" + b"X: y\r\n" * 500_000)
    assert record.reason == "broken-record"


def test_another_file_under_the_name_is_refused(tmp_path: Path) -> None:
    """What does not begin like WARC is not read as one."""
    assert [each.reason for each in found(tmp_path / "a.warc", b"%PDF-1.4")] == ["wrong-ending"]
    assert [each.reason for each in found(tmp_path / "a.warc.gz", gzip.compress(b""))] == ["file-empty"]
    assert [each.reason for each in found(tmp_path / "a.warc.gz", b"%PDF-1.4")] == ["damaged-file"]
