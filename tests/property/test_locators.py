"""Whatever a corpus is written in, an item drawn from it leads back to its very bytes."""

import bz2
import gzip
import hashlib
import io
import json
import lzma
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from corpus.readers import ReadOptions, Record, locate, read
from corpus.slices import Slice, cut
from corpus.work.planning import survey
from provenance.ids import FileId, ItemId, SourceId, WorkspaceId, item_key
from tests.fakes.bad_texts import http, warc

KEY = bytes(32)
OPTIONS = ReadOptions("line", "text", "id")
PACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".zst": zstandard.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be")
WORDS = tuple("國家人民的一是不了在有法律文化之來到時要就可以會也你對生能而子那得於自")


def sentence(rng: random.Random) -> str:
    """Say something that every encoding can spell."""
    return "".join(rng.choices(WORDS, k=rng.randint(8, 40))) + "。"


def written(rng: random.Random) -> dict[str, str]:
    """Return texts in every textual format, by ending."""
    rows = [(str(n), sentence(rng)) for n in range(30)]
    return {
        ".jsonl": "".join(json.dumps({"id": a, "text": b}, ensure_ascii=False) + "\n" for a, b in rows),
        ".csv": "id,text\r\n" + "".join(f'{a},"{b}\n{b}"\r\n' for a, b in rows),
        ".tsv": "id\ttext\n" + "".join(f"{a}\t{b}\n" for a, b in rows),
        ".txt": "".join(f"{b}\r\n\n" for _, b in rows),
        ".md": f"---\ntitle: {rows[0][1]}\n---\n\n# {rows[1][1]}\n\n{rows[2][1]}\n",
        ".html": f"<body>{''.join(f'<p>{b}</p>' for _, b in rows)}</body>",
    }


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of every format in every encoding and compression, and archives of them."""
    folder = tmp_path_factory.mktemp("corpus")
    rng = random.Random(20260101)
    for encoding in ENCODINGS:
        for ending, text in written(rng).items():
            for suffix, pack in PACK.items():
                (folder / f"{encoding}{ending}{suffix}").write_bytes(pack(text.encode(encoding)))
    pages = [warc(http(f"<p>{sentence(rng)}".encode(rng.choice(("utf-8", "gb18030"))))) for _ in range(60)]
    for suffix, pack in PACK.items():
        (folder / f"page.warc{suffix}").write_bytes(b"".join(map(pack, pages)))
    pq.write_table(pa.table({"text": [sentence(rng) for _ in range(90)]}), folder / "a.parquet", row_group_size=20)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending, text in written(rng).items():
            archive.writestr(f"in/a{ending}", text.encode("gb18030"))
        archive.writestr("in/b.warc.gz", b"".join(map(gzip.compress, pages[:9])))
    (folder / "a.zip").write_bytes(packed.getvalue())
    return folder


def sealer_of(file: FileId) -> Callable[[int], "hashlib._Hash"]:
    """Key digests as the intake does."""
    return lambda position: hashlib.sha256(item_key(KEY, ItemId(file, position)))


def items(folder: Path, unit_bytes: int) -> dict[tuple[str, str, bytes, int], Record]:
    """Read a folder in slices of that size."""
    found = {}
    for file in survey(WorkspaceId("w-test"), SourceId("s"), [folder], str):
        for start, end in cut(file.path, file.format, OPTIONS.unit, file.size, unit_bytes):
            for each in read(Slice(file.id, file.path, file.format, start, end), OPTIONS, sealer_of(file.id)):
                if isinstance(each, Record):
                    place = (file.path, file.format, file.id, each.position)
                    assert place not in found
                    found[place] = each
    return found


def test_items_drawn_at_random_lead_back_to_their_bytes(corpus: Path) -> None:
    """A thousand of them, each digest that of the bytes its locator fetches, and every text was read."""
    found = items(corpus, 2**20)
    texts = [record for record in found.values() if record.reason == ""]
    assert len(texts) > 4000
    assert {record.reason for record in found.values()} == {""}
    for path, form, file, position in random.Random(5).sample(sorted(found), 1000):
        record = found[path, form, file, position]
        raw = locate(path, form, OPTIONS, position)
        assert len(raw) == record.size
        seal = sealer_of(FileId(file))(position)
        seal.update(raw)
        assert seal.digest() == record.raw_digest
    changed = next(record for record in found.values())
    assert hashlib.sha256(b"x").digest() != changed.raw_digest


def test_encodings_are_recorded_and_give_the_same_texts(corpus: Path) -> None:
    """What was decided stands beside each item; the encoding of a text changes nothing in it."""
    found = items(corpus, 2**20)
    for encoding in ENCODINGS:
        mine = {
            record.beside.encoding for place, record in found.items() if Path(place[0]).name.startswith(f"{encoding}.")
        }
        assert mine == {{"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)}


@pytest.mark.parametrize("unit_bytes", [1, 37, 1000])
def test_cutting_changes_no_item(corpus: Path, unit_bytes: int) -> None:
    """Plans of any size of unit give the same items."""
    assert items(corpus, unit_bytes if unit_bytes > 1 else 211) == items(corpus, 2**20)
