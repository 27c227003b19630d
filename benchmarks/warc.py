"""Read WARC: our reader's framing against fastwarc and warcio on the same file, plain and gzip per record.

Run: ``python benchmarks/warc.py [--pages N]``; fastwarc and warcio have to be installed beside the project.
"""

# ruff: noqa: D103  # the names say it

import argparse
import gzip
import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from pages import pages
from warcio.archiveiterator import ArchiveIterator as SlowIterator

from corpus.readers import ReadOptions, html, read, warc
from corpus.readers.records import FINE
from corpus.slices import WHOLE, Slice
from provenance.ids import FileId


def record(number: int, page: bytes) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/{number}\r\n"
        f"WARC-Record-ID: <urn:uuid:{number:032x}>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def ours(path: Path, form: str) -> int:
    part = Slice(FileId(bytes(16)), str(path), form, *WHOLE)
    return sum(1 for _ in read(part, ReadOptions("record"), lambda _: hashlib.sha256()))


def fast(path: Path, _: str) -> int:
    records = FastIterator(str(path), record_types=WarcRecordType.response)
    return sum(1 for each in records if hashlib.sha256(each.reader.read()).digest())


def slow(path: Path, _: str) -> int:
    with path.open("rb") as stream:
        found = (each for each in SlowIterator(stream) if each.rec_type == "response")
        return sum(1 for each in found if hashlib.sha256(each.content_stream().read()).digest())


def best(call: Callable[[], int]) -> float:
    taken = []
    for _ in range(3):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--pages", type=int, default=60)
    of_each = asked.parse_args().pages
    records = [record(n, page.html.encode()) for n, page in enumerate(pages(7, of_each))]
    size = sum(map(len, records)) / 1e6
    print(
        f"{len(records)} records, {size:.1f} MB, digests included; load {os.getloadavg()[0]:.1f}; best of 3, CPU time"
    )
    with tempfile.TemporaryDirectory() as folder:
        plain, packed = Path(folder, "a.warc"), Path(folder, "a.warc.gz")
        plain.write_bytes(b"".join(records))
        packed.write_bytes(b"".join(map(gzip.compress, records)))
        print(f"{'ours, main content extracted':32} plain {size / best(lambda: ours(plain, 'warc')):6.0f} MB/s")
        html.text_of = lambda *_: ("", FINE)  # type: ignore[assignment]  # the framing alone
        assert warc.html is html
        for name, call in (("ours, framing and HTTP", ours), ("fastwarc", fast), ("warcio", slow)):
            assert call(plain, "warc") == len(records)
            speeds = (size / best(lambda: call(plain, "warc")), size / best(lambda: call(packed, "warc+gzip")))  # noqa: B023
            print(f"{name:32} plain {speeds[0]:6.0f} MB/s   gzip {speeds[1]:6.0f} MB/s")


if __name__ == "__main__":
    main()
