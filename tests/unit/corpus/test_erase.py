"""Erasing: content goes, rows and seals stay, equal files stay equal, and nothing is written where nothing is held."""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from corpus import shards
from corpus.texts import texts
from corpus.tracing.searches import Items, held, sealed_shards
from corpus.withdrawal.erase import rewrite
from corpus.withdrawal.orphans import forget, unnamed
from provenance.events import TextErased
from provenance.holdings import holdings
from provenance.ids import FileId, ItemId
from provenance.merkle import content_root
from tests.fakes.identities import mobile
from tests.fakes.workroom import Workroom

TEXTS = [f"第一条，电话{mobile(1)}。", "第二条没有电话。", f"第三条，电话{mobile(2)}。", "乌有国颠覆传单，第四条。"]


@pytest.fixture
def filled(room: Workroom) -> Workroom:
    """Take four items in: three admitted, one quarantined."""
    room.declare("letters")
    assert room.ingest("letters", room.write_texts("letters.jsonl", TEXTS)).items["admitted"] == 3
    return room


def _items(room: Workroom, wanted: Callable[[int], bool]) -> Items:
    shard = room.shards()[0]
    rows = shards.read(room.house.workspace.items.path(shard.items)).to_pylist()
    chosen = [row for number, row in enumerate(rows) if wanted(number)]
    return Items(frozenset(ItemId(FileId(row["file"]), row["position"]) for row in chosen))


def _erase(room: Workroom, items: Items) -> list[TextErased]:
    workspace = room.house.workspace
    events = [each.event("test", 0) for each in rewrite(workspace, room.shards(), items.mask)]
    for event in events:
        workspace.ledger.record(actor="p-1", subject="ingest", event=event)
    return events


def _stored(room: Workroom, role: str) -> list[dict[str, object]]:
    now, shard = texts(room.house.workspace), room.shards()[0]
    return shards.read(now.path(shard, role)).to_pylist()  # type: ignore[arg-type]  # the tests name the roles


def test_content_goes_and_rows_stay(filled: Workroom) -> None:
    """Text and identifiers of the item are null, those of the others untouched, and no row is lost."""
    before = _stored(filled, "admitted_text")
    events = _erase(filled, _items(filled, lambda number: number in {0, 3}))
    assert [(event.role, event.items) for event in events] == [
        ("admitted_text", 1),
        ("quarantined_text", 1),
        ("identifiers", 1),
    ]
    after = _stored(filled, "admitted_text")
    assert [row["text"] for row in after] == [None, *(row["text"] for row in before[1:])]
    assert [(row["file"], row["position"]) for row in after] == [(row["file"], row["position"]) for row in before]
    assert [len(row["identifiers"]) for row in _stored(filled, "identifiers")] == [0, 1]  # type: ignore[arg-type]
    assert [row["text"] for row in _stored(filled, "quarantined_text")] == [None]


def test_seals_stay_valid_and_old_files_go(filled: Workroom) -> None:
    """The sealed item file has its bytes and its root; the old text files are named no more and are deleted."""
    workspace, shard = filled.house.workspace, filled.shards()[0]
    events = _erase(filled, _items(filled, lambda number: number == 0))
    path = workspace.items.path(shard.items)
    assert shard.content_root == content_root(
        row for batch in shards.batches(path) for row in shards.row_digests(batch)
    )
    named = holdings(entry.event for entry in workspace.ledger.entries())
    assert named.items.isdisjoint(event.before for event in events)
    assert {path.name for path in unnamed(workspace)} == {event.before for event in events}
    assert forget(workspace) == len(events)
    for digest in named.items:
        workspace.items.check(digest)  # type: ignore[arg-type]  # what events name are digests
    assert not unnamed(workspace)


def test_erasing_twice_is_erasing_once(filled: Workroom) -> None:
    """Nothing is written anew where nothing is left, and the same rows erased in any order give the same bytes."""
    first, second = (_items(filled, lambda number, at=at: number == at) for at in (0, 2))
    apart = [*_erase(filled, first), *_erase(filled, second)]
    assert _erase(filled, first) == []
    both = rewrite(filled.house.workspace, filled.shards(), lambda batch: pa.repeat(True, batch.num_rows))
    assert {each.role for each in both} == {"admitted_text", "quarantined_text"}
    latest = {event.role: event.after for event in apart}
    assert texts(filled.house.workspace).digest(filled.shards()[0], "identifiers") == latest["identifiers"]


def test_shards_that_share_a_file_are_told_each(filled: Workroom) -> None:
    """A file that two shards name is written once, and both are told where their content is now."""
    filled.import_keywords("keyword,risk\n乌有国颠覆传单,A1a\n另一个词语,A1b\n")
    assert filled.ingest("letters", filled.folder / "input" / "letters.jsonl").items["admitted"] == 3
    one, other = filled.shards()
    assert (one.admitted_text, one.identifiers) == (other.admitted_text, other.identifiers)
    events = _erase(filled, _items(filled, lambda number: number == 0))
    assert [(event.ingest, event.role) for event in events] == [
        (shard.ingest, role) for shard in (one, other) for role in ("admitted_text", "identifiers")
    ]
    assert len({(event.before, event.after) for event in events}) == 2
    assert {event.before for event in events} == {path.name for path in unnamed(filled.house.workspace)}


def test_an_amendment_in_the_making_is_not_swept(filled: Workroom) -> None:
    """Only files that may hold text or identifiers are deleted; one of another shape may be about to be named."""
    workspace = filled.house.workspace
    path = workspace.scratch / "amendment"
    with shards.TableFile(path, pa.schema([("file", pa.binary(16)), ("position", pa.uint64())])):
        pass
    digest = workspace.items.put(path)
    assert forget(workspace) == 0
    assert workspace.items.has(digest)


def test_items_are_told_by_file_and_position(filled: Workroom) -> None:
    """Neither the same place of another file nor another place of the same file is meant."""
    (seq, shard), items = sealed_shards(filled.house.workspace)[0], _items(filled, lambda number: number == 1)
    assert seq > 0
    assert held(filled.house.workspace, shard, items) == items.ids
    item = next(iter(items.ids))
    near = Items(frozenset({ItemId(FileId(b"x" * 16), item.position), ItemId(item.file, item.position + 1)}))
    assert held(filled.house.workspace, shard, near) == frozenset()
    batch = next(shards.batches(filled.house.workspace.items.path(shard.items)))
    mixed = Items(near.ids | {ItemId(item.file, 10**6), ItemId(FileId(b"y" * 16), item.position)})
    assert not pc.any(mixed.mask(batch)).as_py()
