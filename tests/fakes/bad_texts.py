"""Bad texts, tables, pages and web archives: each is wrong in one way and says which reasons it must give."""

import gzip
from collections.abc import Iterator

from tests.fakes.bad_file import Bad

PROSE = "国家机关应当依照法律规定的权限和程序履行职责，不得超出法定的范围和限度。"
LINE = '{"text": "国家机关应当依照法律的规定履行职责。"}'
PAGE = f"<html><body><div><p>{PROSE}</p></div></body></html>"
MAGIC = {
    "gzip": gzip.compress(LINE.encode(), mtime=0),
    "zip": b"PK\x03\x04" + bytes(30),
    "pdf": b"%PDF-1.4\n1 0 obj\n",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(20),
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20),
    "rtf": b"{\\rtf1 x}",
    "elf": b"\x7fELF\x02\x01" + bytes(20),
    "warc": b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
}


def text_files() -> Iterator[Bad]:
    """Yield them all."""
    yield from _lies()
    yield from _encodings()
    yield from _records()
    yield from _pages()
    yield from _web_archives()


def _lies() -> Iterator[Bad]:
    for kind, content in MAGIC.items():
        for ending in ("jsonl", "html", "txt"):
            yield Bad(f"is-{kind}.{ending}", content, {"wrong-ending"}, 0)
    yield Bad("is-text.warc", PROSE.encode(), {"wrong-ending"}, 0)
    yield Bad("is-text.warc.gz", PROSE.encode(), {"damaged-file"}, 0)


def _encodings() -> Iterator[Bad]:
    lines = f"{LINE}\n{LINE}\n"
    for encoding in ("gb18030", "utf-16-le", "utf-16-be", "utf-16"):
        yield Bad(f"{encoding}.jsonl", lines.encode(encoding), set(), 2)
        yield Bad(f"{encoding}.tsv", f"text\tid\n{PROSE}\t1\n".encode(encoding), set(), None)
    yield Bad("utf-32.txt", PROSE.encode("utf-32"), {"encoding-unsupported"}, 0)
    yield Bad("mixed.jsonl", lines.encode() * 2 + f"{LINE}\n".encode("gb18030"), {"invalid-utf8"}, 4)
    yield Bad("broken-gb.jsonl", lines.encode("gb18030") + b'{"text": "\xff\xff\x80"}\n', {"undecodable"}, 2)
    yield Bad("half-character.md", (PROSE * 3).encode("gb18030")[:-1], {"undecodable"}, 0)
    yield Bad("odd-length.jsonl", "\ufeff".encode("utf-16-le") + lines.encode("utf-16-le") + b"x", {"undecodable"}, 2)
    yield Bad("noise.md", bytes(range(128, 256)) * 40, {"invalid-utf8", "undecodable"}, 0)
    yield Bad("lone-surrogate.jsonl", b'\xff\xfe"\x00\x00\xd8"\x00\n\x00', {"undecodable"}, 0)
    yield Bad("mark-alone.md", b"\xff\xfe", {"file-empty"}, 0)


def _records() -> Iterator[Bad]:
    yield Bad("nul.jsonl", f"{LINE}\n\0\0\0\n{LINE}\n".encode(), {"broken-json"}, 2)
    yield Bad("deep.jsonl", b"[" * 1_000_000, {"too-deep"}, 0)
    yield Bad("long.jsonl", b'{"text": "' + b"a" * (17 * 2**20) + b'"}\n' + LINE.encode(), {"record-too-long"}, 1)
    yield Bad("open-quote.tsv", b'id\ttext\n1\t"open\n2\tb\n', {"wrong-columns"}, 0)
    yield Bad("commas.tsv", b"id,text\n1,a\n", {"wrong-columns"}, 0)
    yield Bad("no-header.tsv", b"\n\n1\ta\n2\tb\n", {"wrong-columns"}, 0)
    yield Bad("empty.md", b"", {"file-empty"}, 0)


def _pages() -> Iterator[Bad]:
    claims = {"utf-8": "gb18030", "gbk": "utf-8", "big5": "gb18030", "iso-8859-1": "utf-8", "x-none": "gb18030"}
    for claim, encoding in claims.items():
        page = PAGE.replace("<body>", f'<meta charset="{claim}"><body>')
        yield Bad(f"claims-{claim}.html", page.encode(encoding), set(), 1)
    yield Bad("huge.html", PAGE.encode() + b"<p>x" * (13 * 2**20), {"record-too-long"}, 0)
    for number, tag in enumerate(
        ("<div>", "<b>", "<table><tr><td>", "<x-y>", "<svg><g>", "<p><font id=a>", "<ul><li>")
    ):
        yield Bad(f"deep-{number}.html", tag.encode() * 1_000_000, {"too-deep"}, 0)
    yield Bad("many-formats.html", (b"<p>" + b"<b a=%d>" * 400) % tuple(range(400)) + b"<p>x" * 10**5, {"too-deep"}, 0)
    bomb = "".join(f'<!ENTITY e{n + 1} "&e{n};&e{n};">' for n in range(60))
    yield Bad("entities.html", f"<!DOCTYPE x [<!ENTITY e0 'x'>{bomb}]>{PAGE}&e60;".encode(), set(), 1)
    yield Bad("outside.html", f"<!DOCTYPE x SYSTEM 'file:///etc/passwd'>{PAGE}".encode(), set(), 1)
    yield Bad("never-closed.html", f"{PAGE}<!-- {PROSE}".encode(), set(), 1)
    yield Bad("quotes.html", PAGE.encode() + b'<a b="' * 100_000, {"too-deep"}, None)
    yield Bad("nul.html", PAGE.replace("<p>", "<\0p>\0").encode(), set(), 1)
    yield Bad("attributes.html", (f"<p {' '.join(f'a{n}=1' for n in range(50_000))}>{PROSE}").encode(), set(), 1)
    yield Bad("no-markup.html", PROSE.encode(), set(), 1)
    yield Bad("broken-byte.html", PAGE.encode().replace("履".encode(), b"\xff"), {"invalid-utf8", "undecodable"}, 0)


def _web_archives() -> Iterator[Bad]:
    good = warc(http(PAGE.encode()))
    lengths = {"negative": "-1", "huge": "9" * 40, "words": "ten", "empty": ""}
    for name, length in lengths.items():
        yield Bad(f"length-{name}.warc", good + warc(http(PAGE.encode()), length) + good, {"broken-record"}, 2)
    yield Bad("length-beyond.warc", good + warc(http(PAGE.encode()), "999999"), {"file-broke-off"}, 1)
    yield Bad("length-short.warc", good + warc(http(PAGE.encode()), "9") + good, {"broken-record"}, 2)
    packed = gzip.compress(good, mtime=0)
    yield Bad("cut-member.warc.gz", packed + packed[:-30], {"file-broke-off"}, None)
    yield Bad("bad-member.warc.gz", packed + b"garbage" + packed, {"file-broke-off"}, 1)
    yield Bad("no-end.warc", b"WARC/1.0\r\n" + b"A: b\r\n" * 10**6, {"broken-record"}, 0)
    yield Bad(
        "bomb.warc", warc(http(gzip.compress(bytes(2**26), mtime=0), "Content-Encoding: gzip")), {"inflates-too-far"}, 0
    )
    yield Bad("coding.warc", warc(http(b"x", "Content-Encoding: br")), {"http-coding"}, 0)
    yield Bad("chunks.warc", warc(http(b"ffffffff\r\nx", "Transfer-Encoding: chunked")), set(), None)
    yield Bad("status.warc", warc(http(b"x").replace(b"200 OK", b"503 No")), {"http-status"}, 0)
    yield Bad("image.warc", warc(http(b"\x89PNG").replace(b"text/html", b"image/png")), {"payload-unsupported"}, 0)
    injected = warc(http(PAGE.encode(), "X: a\r\n\r\nWARC/1.0\r\nWARC-Type: response"))
    yield Bad("injected.warc", injected + good, set(), None)
    yield Bad("no-answer.warc", warc(b"\0" * 100), {"broken-record"}, 0)


def http(body: bytes, *fields: str) -> bytes:
    """Write an HTTP answer."""
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *fields, "", ""]).encode() + body


def warc(block: bytes, length: str | None = None) -> bytes:
    """Write a response record, perhaps with a length that is not its own."""
    head = [
        "WARC/1.0",
        "WARC-Type: response",
        "WARC-Target-URI: http://example.org/",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
