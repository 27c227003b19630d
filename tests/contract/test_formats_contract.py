"""Archives, documents and media through the whole ingest: counted, traced, and the same for any number of workers."""

import gzip
import json
import tarfile
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from corpus.schema import ITEM
from provenance.ids import Digest, FileId, ItemId, WorkspaceId
from rules.facts import MediaFact
from tests.fakes.packing import docx, entry, mp4, paragraph, pdf, png, raw_zip, tarred, wav, zipped
from tests.fakes.workroom import Workroom
from ui import bootstrap
from ui.services import tracing

pytestmark = pytest.mark.contract


def _room(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Workroom:
    folder.mkdir()
    monkeypatch.setenv("YULIAO_KEYS", str(folder.parent / "keys"))
    monkeypatch.setattr(bootstrap, "new_workspace_id", lambda: WorkspaceId(f"w-{'a' * 26}"))
    return Workroom.create(folder)


def _gz(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def _texts(kind: str, count: int) -> bytes:
    lines = (f"{kind}第{n}条内容，湖面很静，山路很长。" * 5 for n in range(count))
    return "".join(json.dumps({"text": line}, ensure_ascii=False) + "\n" for line in lines).encode()


def _mixed(room: Workroom) -> tuple[Path, dict[str, int]]:
    """Write a folder of everything and return how many items each file must give, counted by hand."""
    files: dict[str, tuple[bytes, int]] = {
        "plain.jsonl": (_texts("平", 30), 30),
        "three.zip": (zipped({"a.jsonl": _texts("甲", 9), "b/c.jsonl.gz": _gz(_texts("乙", 8)), "no.exe": b"x"}), 18),
        "one.tar": (
            tarred(("a.jsonl", _texts("丙", 7)), (entry("sub", tarfile.DIRTYPE), b""), ("empty.jsonl", b"")),
            8,
        ),
        "two.tar.gz": (_gz(tarred(*((f"{n}.jsonl", _texts(f"丁{n}", 3)) for n in range(40)))), 120),
        "cut.tar.gz": (_gz(tarred(("a.jsonl", _texts("戊", 4)), ("b.jsonl", _texts("己", 4))))[:-40], -1),
        "name.zip": (
            raw_zip((b"\xff\xfe\n.jsonl", _texts("庚", 2)), ("语料.docx".encode("gb18030"), docx(paragraph("辛")))),
            3,
        ),
        "book.docx": (docx(paragraph("一本书的第一段。") + paragraph("第二段。")), 1),
        "paper.pdf": (pdf("论文的第一页，讲语料治理。", "第二页。"), 1),
        "scan.pdf": (pdf("", ""), 1),
        "picture.png": (png(640, 480), 1),
        "film.mp4": (mp4(1920, 1080, 5000), 1),
        "sound.wav": (wav(1500), 1),
        "media.zip": (zipped({"film.mp4": mp4(16, 9, 40), "page.pdf": pdf("归档中的一页。")}), 2),
    }
    for name, (content, _) in files.items():
        room.write(f"mixed/{name}", content)
    (room.folder / "input" / "mixed" / "odd\nname-\udcff.jsonl").write_bytes(_texts("壬", 2))
    return room.folder / "input" / "mixed", {**{n: count for n, (_, count) in files.items()}, "odd": 2}


def _rows(room: Workroom) -> list[dict[str, Any]]:
    paths = [room.house.workspace.items.path(Digest(event.items)) for event in room.shards()]
    return [row for path in paths for row in pq.read_table(path).to_pylist()]


def test_every_file_gives_as_many_items_as_were_put_in(room: Workroom) -> None:
    """The sum of dispositions is the count made by hand, for each file, and every item leads back to its bytes."""
    folder, expected = _mixed(room)
    outcome = room.ingest(room.declare("mixed"), folder)
    rows = _rows(room)
    assert sum(outcome.items.values()) == len(rows) == room.facts().items.taken_in
    found: Counter[str] = Counter()
    for row in rows:
        traced = tracing.trace(room.house, ItemId(FileId(row["file"]), row["position"]))
        assert traced["matches_source"] is True, traced["path"]
        assert "\n" not in traced["path"]
        traced["path"].encode()
        name = Path(traced["path"].partition("!/")[0]).name
        found["odd" if name.startswith("odd") else name] += 1
    cut = expected.pop("cut.tar.gz")
    assert cut < 0 < found.pop("cut.tar.gz")
    assert found == expected


def test_media_are_registered_and_kept_apart(room: Workroom) -> None:
    """A medium has type, size, dimensions or duration, and waits as unscreened; its duration is in the cells."""
    folder, _ = _mixed(room)
    room.ingest(room.declare("mixed"), folder)
    media = [row for row in _rows(room) if row["mime"]]
    kept = [(row["type"], row["mime"], row["width"], row["height"], row["duration_ms"]) for row in media]
    assert Counter(kept) == Counter(
        [
            ("audio", "audio/wav", None, None, 1500),
            ("image", "image/png", 640, 480, None),
            ("video", "video/mp4", 16, 9, 40),
            ("video", "video/mp4", 1920, 1080, 5000),
        ]
    )
    assert {(row["disposition"], row["reason"], row["tokens"]) for row in media} == {("quarantined", "unscreened", 0)}
    durations = [
        n for event in room.shards() for part, n in event.cells.family("item") if part["measure"] == "duration_ms"
    ]
    assert sum(durations) == 1500 + 5000 + 40
    facts = room.facts()
    assert facts.unscreened_media == {
        "audio": MediaFact(1, len(wav(1500)), 1500),
        "image": MediaFact(1, len(png(640, 480)), 0),
        "video": MediaFact(2, len(mp4(1920, 1080, 5000)) + len(mp4(16, 9, 40)), 5040),
    }
    assert not {"audio", "image", "video"} & set(facts.by_type)


def test_any_number_of_workers_keeps_the_same_items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One worker with large units or three with small ones: the same items, digests and dispositions."""
    kept = []
    for name, workers in (("one", 1), ("three", 3)):
        room = _room(tmp_path / name, monkeypatch)
        if workers > 1:
            room.set_small_units()
        room.write("mixed/long.jsonl", _texts("癸", 5000))
        folder, _ = _mixed(room)
        room.ingest(room.declare("mixed"), folder, workers=workers)
        kept.append(sorted((row for row in _rows(room)), key=lambda row: (row["file"], row["position"])))
        assert len(room.shards()) >= workers
    assert [name for name in ITEM.names if [r[name] for r in kept[0]] != [r[name] for r in kept[1]]] == []


def test_an_archive_is_read_once_and_not_again(room: Workroom) -> None:
    """The same archive under another path is no second intake."""
    source = room.declare("again")
    content = zipped({"a.jsonl": _texts("甲", 3)})
    room.ingest(source, room.write("a/one.zip", content))
    again = room.ingest(source, room.write("b/two.zip", content))
    assert (again.ingest, again.already) == (None, 2)
    assert room.facts().items.taken_in == 3
