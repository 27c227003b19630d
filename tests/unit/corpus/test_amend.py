"""Items that change after they were sealed: amendments over sealed shards, and what follows from them elsewhere."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus.decisions import amend, live
from corpus.decisions.amendments import AMENDMENT
from corpus.decisions.changes import Look
from corpus.work import lots
from provenance.errors import GovernanceError
from provenance.events import ItemsAmended
from provenance.ids import Digest, FileId, ItemId, SourceId
from tests.fakes.amender import Amender, moves
from tests.fakes.identities import mobile
from tests.fakes.workroom import Workroom

TEXTS = ["山路很滑请小心", "湖面如镜", f"请拨打{mobile(7)}联系", "乌有国颠覆传单在此"]
KEPT = ("admitted", "")
REPEATS = ("duplicate", "exact-duplicate")
GONE = ("duplicate", "keeper-gone")
HELD = ("quarantined", "source-suspended")
RISKY = ("quarantined", "risk-keyword")


@pytest.fixture
def amender(room: Workroom) -> Amender:
    """Two sources; all that the first has, the second has too, and one item more."""
    room.ingest(room.declare("first"), room.write_texts("first.jsonl", TEXTS))
    room.ingest(room.declare("second"), room.write_texts("second.jsonl", ["茶园青青", *TEXTS]))
    return Amender(room)


def _amendment(amender: Amender, digest: str) -> Path:
    return amender.room.house.workspace.items.path(Digest(digest))


def test_an_amendment_moves_items_and_their_weight(amender: Amender) -> None:
    """Facts, rows and the amendment's file agree; the sealed shards keep their bytes."""
    before = {shard.items for shard in amender.room.shards()}
    item, *_ = sorted(amender.items("first"))
    (entry,) = amender.amend([item], "quarantined", "text-withdrawn")
    assert amender.items("first")[item] == ("quarantined", "text-withdrawn")
    facts = amender.room.facts()
    assert (facts.items.admitted, facts.items.quarantined, facts.items.taken_in) == (3, 2, 9)
    assert facts.by_reason["text-withdrawn"] == 1
    assert facts.total.items == 3
    event = entry.event
    assert isinstance(event, ItemsAmended)
    assert (entry.subject, event.cause, event.items) == ("first", "text-withdrawn", 1)
    assert sum(event.cells.items_by_disposition().values()) == 0
    stored = pq.read_table(_amendment(amender, event.amendment))
    assert stored.schema.equals(AMENDMENT)
    assert stored.select(["from_disposition", "to_reason"]).to_pylist() == [
        {"from_disposition": "admitted", "to_reason": "text-withdrawn"}
    ]
    assert {shard.items for shard in amender.room.shards()} == before


def test_the_same_amendment_is_the_same_bytes(amender: Amender) -> None:
    """Whatever the order in which moves are handed over, and however often they are made."""
    items = sorted(amender.items("first"))[:3]
    first = amender.amend(items, "quarantined", "text-withdrawn")
    amender.amend(items[:2], "admitted", "")
    amender.amend(items[2:], "admitted", "")
    again = amender.amend(reversed(items), "quarantined", "text-withdrawn")
    digests = [entry.event.amendment for entry in (*first, *again) if isinstance(entry.event, ItemsAmended)]
    assert len(digests) == 2
    assert len(set(digests)) == 1


def test_the_last_of_several_amendments_wins(amender: Amender) -> None:
    """An item moved there and back is what it was, in rows and in facts."""
    before = amender.room.facts()
    item, *_ = amender.items("first")
    amender.amend([item], "quarantined", "text-withdrawn")
    amender.amend([item], "rejected", "text-erased")
    amender.amend([item], *KEPT, cause="restored")
    assert amender.items("first")[item] == KEPT
    after = amender.room.facts()
    assert (after.items, after.total, after.pi_totals) == (before.items, before.total, before.pi_totals)


def test_what_is_so_already_is_left_out(amender: Amender) -> None:
    """Nothing to change records nothing; of several items only those that change are in the file."""
    items = list(amender.items("first"))[:2]
    amender.amend(items[:1], "quarantined", "text-withdrawn")
    size = amender.room.house.workspace.ledger.head().size
    assert amender.amend(items[:1], "quarantined", "text-withdrawn") == ()
    assert amender.amend([], "quarantined", "text-withdrawn") == ()
    assert amender.room.house.workspace.ledger.head().size == size
    (entry,) = amender.amend(items, "quarantined", "text-withdrawn")
    assert isinstance(entry.event, ItemsAmended)
    assert entry.event.items == 1


def test_one_call_writes_one_amendment_per_source(amender: Amender) -> None:
    """Items of two sources are two events about two subjects, recorded together."""
    items = [next(iter(amender.items("first"))), next(iter(amender.items("second")))]
    entries = amender.amend(items, "rejected", "text-erased")
    assert [entry.subject for entry in entries] == ["first", "second"]
    assert entries[1].seq == entries[0].seq + 1


@pytest.mark.parametrize("case", ["unknown file", "unknown position", "named twice"])
def test_an_unknown_item_stops_it_all(amender: Amender, case: str) -> None:
    """A file or a place that was never read, or an item named twice, is refused and nothing is recorded."""
    item, *_ = amender.items("first")
    wrong = {
        "unknown file": ItemId(FileId(b"x" * 16), 0),
        "unknown position": ItemId(item.file, item.position + 1),
        "named twice": item,
    }[case]
    size = amender.room.house.workspace.ledger.head().size
    with pytest.raises(GovernanceError, match="not in this workspace"):
        amender.amend([item, wrong], "rejected", "text-erased")
    assert amender.room.house.workspace.ledger.head().size == size


def _interrupt(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let something happen between the look of the next amendment and its record."""
    found, done = Look.changes, []

    def interrupted(self: Look, *asked: object) -> object:
        answer = found(self, *asked)  # type: ignore[arg-type]
        if not done:
            done.append(True)
            act()
        return answer

    monkeypatch.setattr(Look, "changes", interrupted)


def test_of_two_who_amend_at_once_one_is_refused(amender: Amender, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one who looked before the other recorded is told to look again; the facts hold one of the two."""
    item, *_ = amender.items("first")
    _interrupt(monkeypatch, lambda: amender.amend([item], "rejected", "text-erased"))
    with pytest.raises(GovernanceError, match="moved by somebody else meanwhile"):
        amender.amend([item], "quarantined", "text-withdrawn")
    assert amender.items("first")[item] == ("rejected", "text-erased")
    assert amender.room.facts().by_reason.get("text-withdrawn", 0) == 0


def test_an_ingest_that_seals_meanwhile_refuses_the_amendment(
    amender: Amender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read again since the look is another decision, so nothing is taken away twice."""
    room, item = amender.room, next(iter(amender.items("first")))

    def read_again() -> None:
        room.import_keywords("keyword,risk\n湖面,A1g\n")
        room.ingest("first", room.folder / "input" / "first.jsonl")

    _interrupt(monkeypatch, read_again)
    with pytest.raises(GovernanceError, match="sealed or moved"):
        amender.amend([item], "quarantined", "text-withdrawn")


def test_another_source_may_change_meanwhile(amender: Amender, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the sources whose items move have to stand still."""
    first, second = next(iter(amender.items("first"))), next(iter(amender.items("second")))
    _interrupt(monkeypatch, lambda: amender.amend([second], "rejected", "text-erased"))
    amender.amend([first], "rejected", "text-erased")
    assert amender.room.facts().by_reason["text-erased"] == 2


def test_a_stale_look_would_be_noticed(amender: Amender, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded bug, recording on a stale look, makes facts that a recount of the rows contradicts."""
    item, *_ = amender.items("first")
    monkeypatch.setattr(Look, "_demand_unchanged", lambda *_, **__: None)
    _interrupt(monkeypatch, lambda: amender.amend([item], "rejected", "text-erased"))
    amender.amend([item], "quarantined", "text-withdrawn")
    rows = [state for source in ("first", "second") for state in amender.states(source)]
    assert amender.room.facts().items.rejected != sum(state[0] == "rejected" for state in rows)


def test_a_new_reading_voids_what_was_amended(amender: Amender) -> None:
    """An item read again is a new decision: what was amended before no longer concerns it, nor is it counted twice."""
    item, *_ = amender.items("first")
    amender.amend([item], "rejected", "text-erased")
    amender.room.import_keywords("keyword,risk\n乌有国颠覆传单,A1a\n青青,A1g\n")
    amender.room.ingest("first", amender.room.folder / "input" / "first.jsonl")
    assert amender.items("first")[item] == KEPT
    facts = amender.room.facts()
    assert (facts.items.taken_in, facts.items.rejected, facts.items.admitted) == (9, 0, 4)


def test_a_source_that_is_held_takes_its_admitted_items_along(amender: Amender) -> None:
    """Its admitted items wait; what others repeat of them has lost its keeper; what a risk kept apart stays so."""
    entries = amender.hold("first")
    assert amender.states("first") == [HELD, HELD, HELD, RISKY]
    assert amender.states("second") == [KEPT, GONE, GONE, GONE, REPEATS]
    assert [(entry.subject, entry.event.cause) for entry in entries if isinstance(entry.event, ItemsAmended)] == [
        ("first", "source-suspended"),
        ("second", "keeper-gone"),
    ]
    assert amender.hold("first") == ()


def test_a_source_that_comes_back_brings_back_what_it_took(amender: Amender) -> None:
    """All is as before, but for an item that was withdrawn meanwhile."""
    before = amender.room.facts()
    amender.hold("first")
    amender.restore("first")
    after = amender.room.facts()
    assert (after.items, after.by_reason, after.total) == (before.items, before.by_reason, before.total)
    assert amender.restore("first") == ()
    item = sorted(amender.items("first"))[1]
    amender.hold("first")
    amender.amend([item], "quarantined", "text-withdrawn")
    amender.restore("first")
    assert amender.items("first")[item] == ("quarantined", "text-withdrawn")
    assert amender.states("first")[0] == KEPT


def test_a_suspended_source_may_be_refused_and_then_restored(amender: Amender) -> None:
    """The reason follows the source, and the way back leads to what was before all of it."""
    amender.hold("first")
    amender.hold("first", "source-refused")
    assert amender.states("first")[0] == ("quarantined", "source-refused")
    amender.restore("first")
    assert amender.states("first") == [KEPT, KEPT, KEPT, RISKY]
    assert amender.states("second") == [KEPT, REPEATS, REPEATS, REPEATS, REPEATS]


def test_a_restored_item_that_was_released_is_released_again(amender: Amender) -> None:
    """What a person let in comes back as such."""
    item = sorted(amender.items("first"))[3]
    amender.amend([item], "admitted", "released")
    amender.hold("first")
    amender.restore("first")
    assert amender.items("first")[item] == ("admitted", "released")


def test_reconsidering_makes_the_next_in_order_the_keeper(amender: Amender) -> None:
    """Without the word nothing is read again; with it the items get in, and what repeats them later is a duplicate."""
    room, file = amender.room, amender.room.folder / "input" / "second.jsonl"
    amender.hold("first")
    assert room.facts().by_reason["keeper-gone"] == 3
    assert room.ingest("second", file).ingest is None
    outcome = room.ingest("second", file, reconsider=True)
    assert outcome.items == {"admitted": 4, "quarantined": 0, "duplicate": 1, "rejected": 0}
    assert amender.states("second") == [KEPT, KEPT, KEPT, KEPT, REPEATS]
    assert "keeper-gone" not in room.facts().by_reason
    room.ingest(room.declare("third"), room.write_texts("third.jsonl", TEXTS))
    assert amender.states("third") == [REPEATS, REPEATS, REPEATS, REPEATS]
    assert room.ingest("second", file, reconsider=True).ingest is None


def test_a_text_is_kept_once_however_sources_come_and_go(amender: Amender) -> None:
    """When the first keeper comes back, who took its place repeats it; and the other way round."""
    room = amender.room
    amender.hold("first")
    room.ingest("second", room.folder / "input" / "second.jsonl", reconsider=True)
    amender.restore("first")
    assert amender.states("first") == [KEPT, KEPT, KEPT, RISKY]
    assert amender.states("second") == [KEPT, REPEATS, REPEATS, REPEATS, REPEATS]
    amender.hold("first")
    assert amender.states("second") == [KEPT, GONE, GONE, GONE, REPEATS]
    room.ingest("second", room.folder / "input" / "second.jsonl", reconsider=True)
    amender.hold("second")
    amender.restore("first")
    amender.restore("second")
    assert amender.states("first") == [KEPT, KEPT, KEPT, RISKY]
    assert amender.states("second") == [KEPT, REPEATS, REPEATS, REPEATS, REPEATS]


def test_an_item_withdrawn_for_its_content_stays_the_keeper(amender: Amender) -> None:
    """The whole cluster follows: nobody else gets in with the same text, not even in a later ingest."""
    items = sorted(amender.items("first"))
    amender.amend(items[:1], "quarantined", "text-withdrawn")
    amender.amend(items[1:2], "rejected", "text-erased")
    room = amender.room
    room.ingest(room.declare("third"), room.write_texts("third.jsonl", TEXTS))
    assert amender.states("third") == [REPEATS, REPEATS, REPEATS, REPEATS]


def test_an_erased_source_keeps_no_place(amender: Amender) -> None:
    """A source withdrawn with its texts leaves the next in order to be kept."""
    amender.hold("first", "source-withdrawn")
    held = [item for item, state in amender.items("first").items() if state[1] == "source-withdrawn"]
    amender.amend(held, "rejected", "source-erased")
    room = amender.room
    room.ingest("second", room.folder / "input" / "second.jsonl", reconsider=True)
    assert amender.states("second") == [KEPT, KEPT, KEPT, KEPT, REPEATS]


def test_a_source_held_while_another_is_read_is_heeded_in_the_end(amender: Amender) -> None:
    """The search for duplicates saw the keeper; once all is sealed, what repeats it has lost it."""
    room = amender.room
    third = room.declare("third")

    def hold(step: str, done: int, _total: int) -> None:
        if step == "decide" and done == 1:
            amender.hold("first")

    room.ingest(third, room.write_texts("third.jsonl", TEXTS), progress=hold)
    assert amender.states("third") == [GONE, GONE, GONE, REPEATS]


def test_a_source_restored_while_another_is_read_is_heeded_too(amender: Amender) -> None:
    """The search saw no keeper and let the text in; once all is sealed, it repeats the keeper that came back."""
    room = amender.room
    amender.hold("first")
    third = room.declare("third")

    def restore(step: str, done: int, _total: int) -> None:
        if step == "decide" and done == 1:
            amender.restore("first")

    room.ingest(third, room.write_texts("third.jsonl", TEXTS), progress=restore)
    assert amender.states("first") == [KEPT, KEPT, KEPT, RISKY]
    assert amender.states("third") == [REPEATS, REPEATS, REPEATS, REPEATS]


def test_a_lot_counts_anew_what_it_takes_away_when_items_move_meanwhile(
    amender: Amender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An amendment between the count and the seal of a lot is not lost in the facts."""
    count, item, done = lots.superseded_cells, next(iter(amender.items("first"))), []

    def counted(*asked: object) -> object:
        found = count(*asked)  # type: ignore[arg-type]
        if not done:
            done.append(True)
            amender.amend([item], "rejected", "text-erased")
        return found

    monkeypatch.setattr(lots, "superseded_cells", counted)
    amender.room.import_keywords("keyword,risk\n乌有国颠覆传单,A1a\n青青,A1g\n")
    amender.room.ingest("first", amender.room.folder / "input" / "first.jsonl")
    facts = amender.room.facts()
    assert done
    assert facts.items.is_conserved
    assert (facts.items.admitted, facts.items.rejected) == (4, 0)


def test_rows_come_in_the_order_of_the_ledger(amender: Amender) -> None:
    """Shard by shard and item by item, of all sources or of one, with just the columns asked for."""
    workspace = amender.room.house.workspace
    batches = list(live.rows(workspace, ["position", "reason"]))
    assert [batch.schema.names for batch in batches] == [["position", "reason"]] * 2
    assert [batch.num_rows for batch in batches] == [4, 5]
    assert [batch.num_rows for batch in live.rows(workspace, ["file"], source=SourceId("second"))] == [5]


def test_many_items_move_in_one_go(room: Workroom) -> None:
    """Items of many files in several shards are found again by file and place, each once."""
    source = room.declare("many")
    room.set_small_units()
    lines = "".join(json.dumps({"text": f"第{n}条"}, ensure_ascii=False) + "\n" for n in range(5_000))
    small = [room.write_texts(f"{n}.jsonl", [f"小{n}"]) for n in range(40)]
    room.ingest(source, room.write("large.jsonl", lines.encode()), *small)
    amender = Amender(room)
    items = list(amender.items("many"))
    (entry,) = amender.amend(items[::2], "quarantined", "text-withdrawn")
    assert isinstance(entry.event, ItemsAmended)
    assert entry.event.items == len(items[::2]) == 2_520
    assert room.facts().items.quarantined == 2_520
    assert set(amender.items("many").values()) == {KEPT, ("quarantined", "text-withdrawn")}


def test_moves_have_the_shape_that_others_build() -> None:
    """The schema of moves is what the other modules were promised."""
    assert moves([], "", "").schema.equals(
        pa.schema(
            [
                pa.field("file", pa.binary(16), nullable=False),
                pa.field("position", pa.uint64(), nullable=False),
                pa.field("disposition", pa.string(), nullable=False),
                pa.field("reason", pa.string(), nullable=False),
            ]
        )
    )
    assert amend.MOVES.names == ["file", "position", "disposition", "reason"]
