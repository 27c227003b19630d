"""Canaries (金丝雀): no identifier planted in the example comes out anywhere, and a seeded one would be found.

The canaries are the very strings that the example's own script wrote, disguises included, not what a detector finds.
"""

import gzip
import importlib
import json
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

from tests.fakes.byte_search import found, searched
from tests.fakes.played import EXAMPLES, Played

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
    }


def test_a_leak_of_the_pipeline_is_found(tmp_path: Path, canaries: frozenset[str]) -> None:
    """The raw files themselves, were they kept in the workspace, would be told: the search is not blind to a corpus."""
    shutil.copytree(EXAMPLES / "chat-user" / "data", tmp_path / "items")
    assert searched(canaries, tmp_path)
