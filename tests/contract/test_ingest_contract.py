"""The ingest over SQLite and over a real PostgreSQL: the same scenarios, the same shards, the same facts."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus import items
from corpus.ingest import CancelledError
from corpus.work import jobs, plans
from provenance.ids import JobId, WorkspaceId
from tests.fakes.identities import mobile
from tests.fakes.workroom import KEYWORDS, Workroom
from ui import bootstrap
from ui.services import ingesting

pytestmark = pytest.mark.contract

TEXTS = [
    "今天天气很好。",
    "雨后的山路很滑。",
    f"请拨打{mobile(7)}联系客服。",
    "有人散发乌有国颠覆传单。",
    "今天天气很好。",
]
BROKEN = ["", '{"text": 3}', '{"text": "torn']


def _room(folder: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> Workroom:
    """Make a workspace over the database at an address, always of one name and under one key."""
    folder.mkdir()
    monkeypatch.setenv("YULIAO_KEYS", str(folder.parent / "keys"))
    monkeypatch.setenv("YULIAO_DATABASE_URL", address)
    monkeypatch.setattr(bootstrap, "new_workspace_id", lambda: WorkspaceId(f"w-{'a' * 26}"))
    return Workroom.create(folder)


@pytest.fixture
def room(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> Workroom:
    """Give a fresh workspace over either database."""
    return _room(tmp_path / "room", address, monkeypatch)


def _lines(texts: list[str]) -> bytes:
    lines = [json.dumps({"text": text}, ensure_ascii=False) for text in texts]
    return "\n".join([*lines, *BROKEN]).encode()


def _long(room: Workroom) -> Path:
    room.set_small_units()
    return room.write_texts("long.jsonl", [f"第{n}条内容，写得长一些。" * 3000 for n in range(25)])


def test_dispositions_and_duplicates_across_jobs(room: Workroom) -> None:
    """Each kind of item gets its disposition; a later source's copy is a duplicate."""
    first, second = room.declare("first"), room.declare("second")
    outcome = room.ingest(first, room.write("first.jsonl", _lines(TEXTS)))
    assert outcome.items == {"admitted": 3, "quarantined": 3, "duplicate": 1, "rejected": 0}
    assert outcome.blank_lines == 1
    copies = room.ingest(second, room.write_texts("second.jsonl", TEXTS))
    assert copies.items == {"admitted": 0, "quarantined": 0, "duplicate": 5, "rejected": 0}
    assert room.facts().items.taken_in == 12


def _reread(room: Workroom) -> tuple[int, int, int]:
    source, file = room.declare("again"), room.write("again.jsonl", _lines(TEXTS))
    room.ingest(source, file)
    room.import_keywords(KEYWORDS + "山路很滑,A1g\n")
    room.ingest(source, file)
    facts = room.facts()
    return facts.items.admitted, facts.items.quarantined, facts.items.duplicate


def test_new_rules_move_an_item_and_take_nothing_in_twice(room: Workroom) -> None:
    """Reading again under a new keyword is a new decision, never a second intake nor a duplicate of itself."""
    assert _reread(room) == (2, 4, 1)
    assert (room.facts().items.taken_in, room.facts().blank_lines) == (7, 1)


def test_items_that_repeat_themselves_are_caught(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded bug, earlier decisions on a file that is read again still count, gives other figures."""
    find_repeats = items.find_repeats
    monkeypatch.setattr(items, "find_repeats", lambda *args, **_: find_repeats(*args))
    assert _reread(room) != (2, 4, 1)


def test_a_stopped_run_goes_on(room: Workroom) -> None:
    """Stopped between two units, the same command finishes the same plan, and two workers do what one does."""
    source, file = room.declare("stopped"), _long(room)

    def stop(name: str, done: int, _total: int) -> None:
        if name == "decide" and done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        room.ingest(source, file, progress=stop)
    assert len(plans.unfinished(room.house.workspace)) == 1
    room.ingest(source, file, workers=2)
    assert (room.facts().items.admitted, len(room.facts().ingests)) == (25, 1)
    assert {row.state for row in jobs.listing(room.house.workspace)} == {"resumed", "finished"}


def test_a_cancelled_job_gives_its_plan_up(room: Workroom) -> None:
    """Cancelling takes effect at the next step; afterwards the files can be ingested anew."""
    source, file = room.declare("cancelled"), room.write_texts("cancelled.jsonl", TEXTS)

    def ask(*_: object) -> None:
        for row in jobs.listing(room.house.workspace):
            ingesting.cancel(room.house, JobId(row.id))

    with pytest.raises(CancelledError):
        room.ingest(source, file, progress=ask)
    assert [row.state for row in jobs.listing(room.house.workspace)] == ["cancelled"]
    assert not plans.unfinished(room.house.workspace)
    assert room.ingest(source, file).items["admitted"] == 3


def _all(room: Workroom) -> tuple[list[object], dict[str, Any]]:
    """Play everything in one workspace and return its shards and its facts, but for times and what hangs on them."""
    _reread(room)
    room.ingest(room.declare("copies"), room.write_texts("copies.jsonl", TEXTS))
    room.ingest(room.declare("long"), _long(room), workers=2)
    shards = [(e.ingest, e.unit, e.items, e.admitted_text, e.quarantined_text, e.content_root) for e in room.shards()]
    facts: dict[str, Any] = room.facts().to_json()
    del facts["ledger"]["head"], facts["ledger"]["as_of"], facts["lexicon"]["at"]
    return list(shards), facts


@pytest.mark.needs("postgres")
def test_both_databases_hold_the_same(
    tmp_path: Path, sqlite_address: str, postgres_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same workspace name and key: the same shards byte by byte and the same facts, whichever database keeps them."""
    here = _all(_room(tmp_path / "sqlite", sqlite_address, monkeypatch))
    there = _all(_room(tmp_path / "postgres", postgres_address, monkeypatch))
    assert len(here[0]) >= 5
    assert here == there
