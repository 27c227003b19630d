"""Near duplicates on their way in, within a file and over files, sources and jobs, and when their keeper leaves."""

import random
from typing import Any

import pytest

from corpus import shards
from corpus.decisions import live
from corpus.near import search
from corpus.texts import texts
from provenance.ids import Digest, FileId, ItemId
from tests.fakes.amender import Amender
from tests.fakes.workroom import ALIKE, Workroom
from ui.services import tracing, withdrawing

HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]
KEPT, NEAR, GONE = ("admitted", ""), ("duplicate", "near-duplicate"), ("duplicate", "keeper-gone")


@pytest.fixture(autouse=True)
def _alike(room: Workroom) -> None:
    room.look_for_alike()


def _text(seed: int, size: int = 400) -> str:
    return "".join(random.Random(seed).choices(HAN, k=size))


def _edited(text: str, seed: int, edits: int = 2) -> str:
    dice, changed = random.Random(seed), list(text)
    for place in dice.sample(range(len(changed)), edits):
        changed[place] = dice.choice(HAN)
    return "".join(changed)


def _rows(room: Workroom) -> list[dict[str, Any]]:
    """Return the rows as they are now, in the order of the ledger's shards."""
    names = ("file", "position", "disposition", "reason", "keeper", "similarity")
    return [row for batch in live.rows(room.house.workspace, names) for row in batch.to_pylist()]


def _states(room: Workroom) -> list[tuple[str, str]]:
    return [(row["disposition"], row["reason"]) for row in _rows(room)]


def _id(row: dict[str, Any]) -> bytes:
    return ItemId(row["file"], row["position"]).encode()


def test_an_edited_text_is_a_near_duplicate_of_the_first_and_says_how_near(room: Workroom) -> None:
    """Within one file the first is kept; what resembles it names it and the similarity; others stay in."""
    source, first = room.declare("one"), _text(1)
    outcome = room.ingest(source, room.write_texts("a.jsonl", [first, _text(2), _edited(first, 3)]))
    assert outcome.items == {"admitted": 2, "quarantined": 0, "duplicate": 1, "rejected": 0}
    rows = _rows(room)
    assert (rows[2]["disposition"], rows[2]["reason"]) == NEAR
    assert rows[2]["keeper"] == _id(rows[0])
    assert 800_000 <= rows[2]["similarity"] < 1_000_000
    assert [row["similarity"] for row in rows[:2]] == [0, 0]


def test_short_texts_are_compared_by_shorter_pieces(room: Workroom) -> None:
    """One changed character at the end of a short text leaves a near duplicate, an unlike short text stays in."""
    source, first = room.declare("short"), _text(4, 60)
    outcome = room.ingest(source, room.write_texts("a.jsonl", [first, f"{first[:-1]}也", _text(5, 60)]))
    assert (outcome.items["admitted"], outcome.items["duplicate"]) == (2, 1)


def test_earlier_items_are_kept_over_sources_and_jobs(room: Workroom) -> None:
    """A later job's text that resembles one of another source is its duplicate, whatever the ids."""
    first, second = room.declare("first"), room.declare("second")
    written = [_text(seed) for seed in range(10, 16)]
    room.ingest(first, room.write_texts("a.jsonl", written))
    outcome = room.ingest(second, room.write_texts("b.jsonl", [_edited(text, 7) for text in written]))
    assert (outcome.items["admitted"], outcome.items["duplicate"]) == (0, 6)
    rows = _rows(room)
    assert [row["keeper"] for row in rows[6:]] == [_id(row) for row in rows[:6]]


def test_exact_repeats_of_a_near_duplicate_are_led_to_its_keeper(room: Workroom) -> None:
    """A copy of a text that resembles a kept one repeats that one, since the text between keeps no place."""
    source, first = room.declare("mixed"), _text(20)
    edited = _edited(first, 21)
    room.ingest(source, room.write_texts("a.jsonl", [first, edited, f" {edited}\n", first]))
    rows = _rows(room)
    assert [row["reason"] for row in rows] == ["", "near-duplicate", "near-duplicate", "exact-duplicate"]
    assert {row["keeper"] for row in rows[1:]} == {_id(rows[0])}
    assert rows[1]["similarity"] == rows[2]["similarity"] > 0 == rows[3]["similarity"]


def test_a_workspace_may_keep_what_is_alike(room: Workroom) -> None:
    """With ``near_duplicates = false`` only the same text is a duplicate."""
    settings = room.folder / "workspace" / "yuliao.toml"
    settings.write_text(settings.read_text("utf-8").replace(f"{ALIKE}true", f"{ALIKE}false"), "utf-8")
    room = Workroom.open(room.folder)
    source, first = room.declare("alike"), _text(1)
    outcome = room.ingest(source, room.write_texts("a.jsonl", [first, _edited(first, 3), first]))
    assert (outcome.items["admitted"], outcome.items["duplicate"]) == (2, 1)


def test_reading_again_changes_nothing(room: Workroom) -> None:
    """Files that are decided on anew under other rules keep the same items."""
    source, written = room.declare("again"), [_text(seed) for seed in range(30, 34)]
    files = [
        room.write_texts("a.jsonl", [*written, _edited(written[0], 1)]),
        room.write_texts("b.jsonl", [_edited(text, 2) for text in written]),
    ]
    room.ingest(source, files[1])
    room.ingest(source, files[0])
    before = sorted((_id(row), row["disposition"], row["keeper"]) for row in _rows(room))
    room.import_keywords("keyword,risk\n乌有国颠覆传单,A1a\n")
    again = room.ingest(source, *files)
    assert again.ingest is not None
    assert sorted((_id(row), row["disposition"], row["keeper"]) for row in _rows(room)) == before


def test_workers_and_a_broken_run_change_nothing(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers, after a run that died between the steps, keep the items and similarities that one worker keeps."""
    room.set_small_units()
    source = room.declare("workers")
    written = [_text(seed, 4_000) for seed in range(100, 180)]
    edited = [_edited(text, 5, 40) for text in written]
    mixed = [*written, *edited]
    random.Random(8).shuffle(mixed)
    file = room.write_texts("many.jsonl", mixed)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(search, "_rows", die)
        with pytest.raises(KeyboardInterrupt):
            room.ingest(source, file, workers=2)
    outcome = room.ingest(source, file, workers=2)
    assert len(room.shards()) > 1
    assert (outcome.items["admitted"], outcome.items["duplicate"]) == (80, 80)
    assert room.facts().items.taken_in == 160


def test_signatures_are_of_kept_items_alone(room: Workroom) -> None:
    """Only what keeps its place can be met later, and a file of signatures says nothing but who and which bands."""
    source, first = room.declare("signed"), _text(1)
    room.ingest(source, room.write_texts("a.jsonl", [first, _edited(first, 3), first, _text(9)]))
    (shard,) = room.shards()
    stored = shards.read(room.house.workspace.items.path(Digest(shard.signatures)))
    assert stored.column_names == ["file", "position", "bands"]
    assert stored.num_rows == 2


@pytest.fixture
def amender(room: Workroom) -> Amender:
    """Two sources; what the first has, the second has nearly, once more exactly so, and one text of its own."""
    first = [_text(50), _text(51)]
    edited = _edited(first[0], 52)
    room.ingest(room.declare("first"), room.write_texts("first.jsonl", first))
    room.ingest(room.declare("second"), room.write_texts("second.jsonl", [edited, _text(53), edited]))
    return Amender(room)


def test_near_duplicates_of_a_source_that_is_held_lose_their_keeper_and_have_it_again(amender: Amender) -> None:
    """They wait while the source is suspended, and repeat its item again when it is back."""
    assert amender.states("second") == [NEAR, KEPT, NEAR]
    amender.hold("first")
    assert amender.states("second") == [GONE, KEPT, GONE]
    amender.restore("first")
    assert amender.states("second") == [NEAR, KEPT, NEAR]


def test_near_duplicates_are_reconsidered(amender: Amender) -> None:
    """Read again after their keeper left, the first of them is kept; when the keeper is back, it keeps its place."""
    amender.hold("first")
    room = amender.room
    room.ingest("second", room.folder / "input" / "second.jsonl", reconsider=True)
    assert amender.states("second") == [KEPT, KEPT, ("duplicate", "exact-duplicate")]
    amender.restore("first")
    assert amender.states("first") == [KEPT, KEPT]
    assert amender.states("second") == [KEPT, KEPT, ("duplicate", "exact-duplicate")]


def test_near_duplicates_of_a_text_that_is_withdrawn_follow_it(amender: Amender) -> None:
    """Whoever has a text taken out has what nearly repeats it taken out, and nothing else; signatures are erased."""
    room = amender.room
    request = room.folder / "text.txt"
    request.write_text(_text(50), "utf-8")
    withdrawing.take_out(room.house, "text", str(request), erases=True, basis="the author asked for it")
    erased = ("rejected", "text-erased")
    assert amender.states("second") == [erased, KEPT, erased]
    assert sorted(amender.states("first")) == [KEPT, erased]
    known = texts(room.house.workspace)
    signed = [row for shard in room.shards() for row in shards.read(known.path(shard, "signatures")).to_pylist()]
    assert sorted(bool(row["bands"]) for row in signed) == [False, True, True]


def test_trace_shows_what_is_repeated_and_how_nearly(amender: Amender) -> None:
    """The pair and its similarity are the reason, and can be looked up."""
    rows = _rows(amender.room)
    (near, *_) = (row for row in rows if row["reason"] == "near-duplicate")
    item = ItemId(FileId(near["file"]), near["position"])
    told = tracing.trace(amender.room.house, item)
    assert told["repeats"] == str(ItemId(FileId(near["keeper"][:16]), int.from_bytes(near["keeper"][16:], "big")))
    assert told["similarity"] == near["similarity"] > 800_000
