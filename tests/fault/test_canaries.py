"""Canaries (金丝雀): no identifier planted in the example comes out anywhere, and a seeded one would be found.

The canaries are the very strings that the example's own script wrote, disguises included, not what a detector finds.
"""

import gzip
import importlib
import json
import lzma
import shutil
import sqlite3
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus.sources import Declaration, declaration, sources
from corpus.work import jobs
from provenance.ids import source_id
from tests.fakes import packing
from tests.fakes.byte_search import found, searched
from tests.fakes.identities import card, citizen, mobile
from tests.fakes.played import EXAMPLES, Played
from tests.fakes.terminal import typed
from ui.services import ingesting, reading

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def canaries() -> frozenset[str]:
    """Every identifier as the example's script made it, and as it wrote it into a text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(EXAMPLES))
        patch.setattr(sys, "dont_write_bytecode", True)
        build, people = importlib.import_module("build"), importlib.import_module("people")
        written: set[str] = set()
        makers = dict(people.MAKERS)
        disguises = dict(people._DISGUISES)

        def watched(make: Callable[[Any], str]) -> Callable[[Any], str]:
            def made(argument: object) -> str:
                value = make(argument)
                written.add(value)
                return value

            return made

        patch.setattr(people, "MAKERS", {name: watched(make) for name, make in makers.items()})
        patch.setattr(people, "_DISGUISES", {name: tuple(map(watched, each)) for name, each in disguises.items()})
        build.plant()
    for name, module in list(sys.modules.items()):
        if str(EXAMPLES) in (getattr(module, "__file__", None) or ""):
            del sys.modules[name]
    return frozenset(written)


def test_the_search_knows_every_canary(canaries: frozenset[str]) -> None:
    """The canaries are hundreds, in all disguises, and the search finds each kind in the raw files of the example."""
    assert len(canaries) > 150
    assert any("\u200b" in each for each in canaries)
    assert any(unicodedata.normalize("NFKC", each) != each for each in canaries)
    hits = searched(canaries, EXAMPLES)
    suffixes = {"".join(Path(name).suffixes) for name in hits}
    assert {".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"} <= suffixes


def test_no_canary_comes_out(played: Played, canaries: frozenset[str]) -> None:
    """Workspace, report, bundle, and all that was printed hold none of the planted identifiers."""
    assert searched(canaries, played.folder / "demo") == {}
    assert searched(canaries, played.folder / "keys") == {}
    assert found(canaries, (played.said.out + played.said.err).encode()) == set()


def test_a_canary_let_loose_is_found(spoilt: Played, canaries: frozenset[str]) -> None:
    """One canary in a file, a name, a column, a document or a ledger row is found where it is."""
    demo = spoilt.folder / "demo"
    assert searched(canaries, demo) == {}
    canary = next(each for each in sorted(canaries) if "\u200b" in each)
    plain = next(each for each in sorted(canaries) if each.isascii() and each.isalnum())

    (demo / "workspace" / "work" / "left.log").write_text(f"could not read {canary}", "utf-8")
    (demo / "report" / f"{plain}.txt").touch()
    table = pa.table({"text": pa.array([f"电话{canary}。"], pa.large_string())})
    pq.write_table(table, demo / "workspace" / "items" / "shard", compression="zstd")
    with zipfile.ZipFile(demo / "report" / "report.zh.docx", "a") as document:
        document.writestr("word/comments.xml", json.dumps(canary))
    (demo / "bundle" / "data" / "notes.gz").write_bytes(gzip.compress(canary.encode("gb18030")))
    packed = gzip.compress(packing.zipped({"a.txt": plain.encode()}))
    (demo / "bundle" / "data" / "notes.tar.xz").write_bytes(lzma.compress(packing.tarred(("a.zip.gz", packed))))
    with sqlite3.connect(demo / "workspace" / "catalogue.sqlite") as database:
        database.execute("UPDATE job SET message = ? WHERE rowid = 1", (canary,))
    database.close()
    assert searched(canaries, demo) == {
        "(names)": {plain},
        "workspace/work/left.log": {canary},
        "workspace/items/shard": {canary},
        "workspace/catalogue.sqlite": {canary},
        "report/report.zh.docx": {canary},
        "bundle/data/notes.gz": {canary},
        "bundle/data/notes.tar.xz": {plain},
    }


def test_a_leak_of_the_pipeline_is_found(tmp_path: Path, canaries: frozenset[str]) -> None:
    """The raw files themselves, were they kept in the workspace, would be told: the search is not blind to a corpus."""
    shutil.copytree(EXAMPLES / "chat-user" / "data", tmp_path / "items")
    assert searched(canaries, tmp_path)


# Canaries in names, addresses and ids, and in every source of the demonstration.

NAMED = {
    "folder": mobile(901),
    "file": mobile(902),
    "hidden in a file's name": mobile(903),
    "archive": citizen(904),
    "member": mobile(905),
    "text": citizen(906),
    "id": mobile(907),
    "address": mobile(908),
    "user": mobile(909),
    "path of a member": card(910),
    "unreadable file": mobile(911),
    "missing file": mobile(912),
}


def _plant(folder: Path, source: Declaration) -> None:
    """Write files for a source that hold canaries in their names, in the names around them, and in every field."""
    fields = {"id": source.id_field, "address": " ".join(source.values("details.url_field"))}
    fields["user"] = " ".join(source.values("details.user_field"))
    record = {source.text_field: f"湖面很静，山路很长。身份证{NAMED['text']}，请妥善保管。{source.id}"}
    made = {"id": f"tel-{NAMED['id']}", "address": f"https://example.com/u/{NAMED['address']}", "user": NAMED["user"]}
    record |= {field: made[name] for name, field in fields.items() if field}
    content = json.dumps(record, ensure_ascii=False).encode() + b"\n"
    hidden = chr(0x200B).join(NAMED["hidden in a file's name"])
    for name in (f"{NAMED['folder']}/{NAMED['file']}.jsonl", f"来信{hidden}.jsonl"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.replace("湖面".encode(), name[:2].encode()))
    inner = f"卡号{NAMED['path of a member']}/{NAMED['member']}.jsonl"
    (folder / f"{NAMED['archive']}.zip").write_bytes(packing.zipped({inner: content}))
    (folder / f"{NAMED['unreadable file']}.jsonl").symlink_to(folder / "nowhere")


def test_names_and_fields_of_every_source_come_out_nowhere(spoilt: Played) -> None:
    """Files named after somebody, in every source that is open: no byte and no word of any command holds a canary."""
    workspace = spoilt.workspace

    def says(*words: str | Path) -> str:
        said = typed("-w", workspace, *words)
        return said.out + said.err

    house = spoilt.house()
    known = {name: each for name, each in sources(house.workspace.ledger).items() if each.state.is_open}
    assert len(known) >= 10
    heard = []
    for name, source in known.items():
        planted = spoilt.folder / "planted" / name
        _plant(planted, declaration(house.workspace, source))
        assert searched(NAMED.values(), planted)
        before = reading.facts_of(house).sources[name].items.taken_in
        heard.append(says("ingest", name, planted, "--workers", "1"))
        heard.append(says("ingest", name, planted / f"{NAMED['missing file']}.jsonl"))
        assert reading.facts_of(house).sources[name].items.taken_in >= before + 4, heard[-2]
    rows = [row for row in json.loads(says("quarantine", "list", "--limit", "999", "--json")) if "<" in row["path"]]
    assert rows
    heard += [says("trace", row["item"]) for row in rows]
    heard += [says(*words) for words in (("quarantine", "list"), ("jobs", "list"), ("facts", "--json"), ("doctor",))]
    heard += [says("pii", "residual"), says("report", "--out", spoilt.folder / "second")]
    heard += [says("seal", "--out", spoilt.folder / "sealed")]
    for job in jobs.listing(house.workspace):
        heard.append(says("jobs", "show", job.id))
    assert found(NAMED.values(), "\n".join(heard).encode()) == set()
    for folder in ("demo", "keys", "second", "sealed"):
        assert searched(NAMED.values(), spoilt.folder / folder) == {}
    assert any("<MOBILE>" in each for each in heard)


def test_a_name_let_through_is_found(spoilt: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were names kept as they are, the catalogue would hold them, and the search would say so."""
    planted = spoilt.folder / "planted"
    _plant(
        planted, declaration(spoilt.house().workspace, sources(spoilt.house().workspace.ledger)[source_id("poems-own")])
    )
    monkeypatch.setattr(ingesting, "path_without_pi", lambda _: str)
    monkeypatch.setattr(ingesting, "without_pi", lambda path, _: path)
    typed("-w", spoilt.workspace, "ingest", "poems-own", planted, "--workers", "1")
    leaked = searched(NAMED.values(), spoilt.folder / "demo")
    assert {name.partition("-")[0] for name in leaked} == {"workspace/catalogue.sqlite"}
    assert NAMED["file"] in leaked["workspace/catalogue.sqlite"]
