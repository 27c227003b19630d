"""Whatever is read, read again, moved, held and brought back: the facts are those of the items as they are now."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.decisions import changes, live, rereads
from corpus.decisions.amendments import AMENDMENT, Overlay, states
from corpus.decisions.live import View
from corpus.items import LIVE
from corpus.schema import ITEM, PLACELESS, SOURCE_CAUSES
from corpus.setup import Setup
from corpus.sources import Source
from provenance.errors import GovernanceError
from provenance.events import ItemsAmended, ShardSealed
from provenance.ids import Digest
from rules import catalog
from rules.facts import RiskFact, fold
from rules.tally import Tally
from tests.fakes.amender import Amender
from tests.fakes.history import FakeItem, FakeLedger, cells
from tests.fakes.identities import mobile
from tests.fakes.workroom import KEYWORDS, Workroom
from ui.bootstrap import House
from ui.parameters import setup_for
from ui.services import ingesting

SOURCES = ("laws", "verse", "web")
WORDS = ("山路", "湖面", "灯光", "茶园", "乌有国颠覆传单")
TARGETS = (("quarantined", "text-withdrawn"), ("rejected", "text-erased"), ("rejected", "rejected-by-person"))


class Play:
    """Three sources with many texts in common, and all that can happen to their items."""

    def __init__(self, room: Workroom, monkeypatch: pytest.MonkeyPatch, chance: random.Random) -> None:
        self.room, self.chance, self.amender = room, chance, Amender(room)
        self.keywords, self.held = KEYWORDS, set[str]()
        monkeypatch.setattr(ingesting, "setup_for", self._setup)
        self.files = {
            source: [room.write(f"{source}-{n}.jsonl", self._lines(6)) for n in range(3)]
            for source in map(room.declare, SOURCES)
        }

    def step(self) -> None:
        """Let something happen."""
        acts = (self.read, self.read, self.read_under_new_rules, self.reconsider, self.move, self.move, self.release)
        self.chance.choice([*acts, self.hold, self.hold, self.restore])()

    def read(self) -> None:
        """Read some files of a source that is open."""
        source = self._open()
        files = self.files[source]
        self.room.ingest(source, *self.chance.sample(files, self.chance.randint(1, len(files))))

    def read_under_new_rules(self) -> None:
        """Read them after the keyword library has grown, so that those read before are decided on anew."""
        word = WORDS[len(self.keywords) % 4]
        self.keywords += f"{word}{len(self.keywords)},A1g\n"
        self.room.import_keywords(self.keywords)
        self.read()

    def reconsider(self) -> None:
        """Read the items again that have lost their keeper."""
        source = self._open()
        self.room.ingest(source, *self.files[source], reconsider=True)

    def move(self) -> None:
        """Withdraw or reject a few items of any source."""
        items = [item for source in SOURCES for item in self.amender.items(source)]
        self.amender.amend(self.chance.sample(items, min(3, len(items))), *self.chance.choice(TARGETS))

    def release(self) -> None:
        """Let in what a keyword kept apart."""
        risky = [
            item
            for source in SOURCES
            for item, state in self.amender.items(source).items()
            if state == ("quarantined", "risk-keyword")
        ]
        self.amender.amend(risky[:2], "admitted", "released")

    def hold(self) -> None:
        """Suspend or refuse a source, one that is suspended perhaps; the last open one stays."""
        source = self.chance.choice(SOURCES)
        if len(self.held | {source}) < len(SOURCES):
            self.held.add(source)
            self.amender.hold(source, self.chance.choice(["source-suspended", "source-refused"]))

    def restore(self) -> None:
        """Bring a source back."""
        for source in sorted(self.held)[:1]:
            self.held.remove(source)
            self.amender.restore(source)

    def _open(self) -> str:
        return self.chance.choice([source for source in SOURCES if source not in self.held])

    def _setup(self, house: House, source: Source) -> Setup:
        return replace(setup_for(house, source), unit_bytes=300, lot_units=2)

    def _lines(self, count: int) -> bytes:
        lines = []
        for _ in range(count):
            text = "".join(self.chance.choices(WORDS, k=2)) + self.chance.choice(["", "", f"，电话{mobile(7)}"])
            lines.append(self.chance.choice([json.dumps({"text": text}, ensure_ascii=False)] * 6 + ['{"text": 3}']))
        return "".join(f"{line}\n" for line in lines).encode()


def recounts(room: Workroom) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Yield, for every size of the ledger, all live rows as they were then, counted together from the files alone."""
    items = room.house.workspace.items
    rows: dict[tuple[bytes, int], dict[str, Any]] = {}
    for entry in room.house.workspace.ledger.entries():
        match entry.event:
            case ShardSealed() as event:
                for row in pq.ParquetFile(items.path(Digest(event.items))).read().to_pylist():
                    rows[row["file"], row["position"]] = row | {"shard": (event.ingest, event.unit)}
            case ItemsAmended() as event:
                moved = pq.ParquetFile(items.path(Digest(event.amendment))).read().to_pylist()
                assert len(moved) == event.items
                for move in moved:
                    row = rows[move["file"], move["position"]]
                    assert row["shard"] == (move["ingest"], move["unit"]), "an amendment of another reading"
                    assert (row["disposition"], row["reason"]) == (move["from_disposition"], move["from_reason"])
                    state = {"disposition": move["to_disposition"], "reason": move["to_reason"]}
                    rows[move["file"], move["position"]] = row | state
            case _:
                pass
        yield entry.seq, list(rows.values())


def check(room: Workroom) -> None:
    """Demand that the facts equal the recount at every size of the ledger, and that nothing is ever lost."""
    house, taken_in = room.house, 0
    entries = list(house.workspace.ledger.entries())
    last: list[dict[str, Any]] = []
    for size, last in recounts(room):
        facts = fold(entries[:size], house.catalog, house.settings.file.rules.profile)
        by = Counter(row["disposition"] for row in last)
        kept = [row for row in last if row["disposition"] == "admitted"]
        said = {name: getattr(facts.items, name) for name in ("admitted", "quarantined", "duplicate", "rejected")}
        assert said == {name: by[name] for name in said}
        assert facts.items.taken_in == len(last) >= taken_in
        assert facts.by_reason == dict(sorted(Counter(row["reason"] for row in last if row["reason"]).items()))
        assert facts.intake_bytes == sum(row["intake_bytes"] for row in last)
        assert (facts.total.items, facts.total.bytes) == (len(kept), sum(row["bytes"] for row in kept))
        found = facts.pi_totals.get("MOBILE")
        assert (found.occurrences if found else 0) == sum(e["entity"] == "MOBILE" for row in last for e in row["pi"])
        released = [row for row in last if row["reason"] == "released" and row["risk_counts"]]
        risks = facts.risks.get("*any", RiskFact())
        assert risks.items == sum(bool(row["risk_counts"]) for row in last)
        assert (risks.cleared_items, risks.admitted_items) == (len(released), 0)
        taken_in = facts.items.taken_in
    now = [row for batch in live.rows(house.workspace, ITEM.names) for row in batch.to_pylist()]
    columns = ("file", "position", "disposition", "reason", "raw_digest")
    assert _sorted(now, columns) == _sorted(last, columns), "the live rows are not those of the ledger"


def _sorted(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return sorted(tuple(row[name] for name in columns) for row in rows)


def check_clusters(play: Play) -> None:
    """Demand that no text is admitted twice, and that what repeats something in an open source has a keeper."""
    clusters = defaultdict(list)
    view = live.now(play.room.house.workspace)
    for shard, batch in view.rows(LIVE.names[:-1]):
        for row in batch.to_pylist():
            if row["duplicate_key"] is not None:
                clusters[row["duplicate_key"]].append(row | {"source": view.sources[shard.ingest]})
    for rows in clusters.values():
        keeping = [row for row in rows if row["disposition"] != "duplicate" and row["reason"] not in PLACELESS]
        assert sum(row["disposition"] == "admitted" for row in rows) <= 1
        repeating = [row for row in rows if row["reason"] == "exact-duplicate" and row["source"] not in play.held]
        assert keeping or not repeating


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_facts_equal_a_recount_whatever_happens_to_items(
    room: Workroom, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """At every size of the ledger, and after every step a text is admitted once at most and repeats what is there."""
    play = Play(room, monkeypatch, random.Random(seed))
    play.read()
    for _ in range(12):
        play.step()
        check_clusters(play)
    while play.held:
        play.restore()
    check_clusters(play)
    check(room)
    assert not {row["reason"] for _, rows in list(recounts(room))[-1:] for row in rows} & set(SOURCE_CAUSES)


def _nothing_amended(_workspace: object) -> Overlay:
    return Overlay(0, {})


def _as_sealed(view: View) -> View:
    return replace(view, amended=replace(view.amended, states={}))


@pytest.mark.parametrize("bug", ["a reading takes away what was sealed", "an amendment starts from what was sealed"])
def test_a_stale_state_is_caught(room: Workroom, monkeypatch: pytest.MonkeyPatch, bug: str) -> None:
    """Two seeded bugs, what was amended before is not looked at, are seen by the same oracle."""
    play = Play(room, monkeypatch, random.Random(5))
    room.ingest("laws", *play.files["laws"])
    items = list(play.amender.items("laws"))
    play.amender.amend(items, "quarantined", "text-withdrawn")
    check(room)
    if bug == "a reading takes away what was sealed":
        monkeypatch.setattr(rereads, "overlay", _nothing_amended)
        room.import_keywords(KEYWORDS + "山路山路,A1g\n")
        room.ingest("laws", *play.files["laws"])
    else:
        now = live.now
        monkeypatch.setattr(changes.live, "now", lambda workspace, **_: _as_sealed(now(workspace)))
        play.amender.amend(items, "rejected", "text-erased")
    with pytest.raises((AssertionError, GovernanceError)):
        check(room)


_items = st.builds(
    FakeItem,
    disposition=st.sampled_from(["admitted", "quarantined"]),
    bytes=st.integers(0, 50),
    pi=st.sampled_from([(), (("MOBILE", "replace", 2),)]),
)
_moves = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(TARGETS)), max_size=6)
CATALOG = catalog.load()


@settings(max_examples=80, deadline=None)
@given(st.lists(_items, min_size=1, max_size=8), _moves)
def test_the_fold_moves_what_an_amendment_moves(items: list[FakeItem], moves: list[tuple[int, Any]]) -> None:
    """Every prefix is conserved, and the facts are those of the items as the last amendment left them."""
    ledger, held = _ledger(items)
    for at, (disposition, reason) in moves:
        was = held[at % len(held)]
        now = replace(was, disposition=disposition, reason=reason)
        held[at % len(held)] = now
        ledger.append(ItemsAmended(reason, "a" * 64, 1, cells([now]) + -cells([was])), "laws")
    for size in range(1, len(ledger.entries) + 1):
        assert fold(ledger.entries[:size], CATALOG).items.is_conserved
    facts = fold(ledger.entries, CATALOG)
    assert facts.items.admitted == sum(item.disposition == "admitted" for item in held)
    assert facts.total.bytes == sum(item.bytes for item in held if item.disposition == "admitted")
    assert facts.by_reason == dict(sorted(Counter(item.reason for item in held if item.reason).items()))
    assert facts.sources["laws"].items == facts.items  # type: ignore[index]  # a plain id


def _ledger(items: list[FakeItem]) -> tuple[FakeLedger, list[FakeItem]]:
    ledger = FakeLedger()
    ledger.begin()
    ledger.register("laws")
    ledger.ingest("laws", items)
    return ledger, list(items)


def test_an_amendment_that_changes_how_many_there_are_breaks_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Items that come from nowhere are no finding; a fold that did not look would contradict the recount."""
    ledger, _ = _ledger([FakeItem()])
    fold(ledger.entries, CATALOG)
    ledger.append(ItemsAmended("text-withdrawn", "a" * 64, 1, cells([FakeItem()])), "laws")
    with pytest.raises(GovernanceError, match="changes how many there are"):
        fold(ledger.entries, CATALOG)
    monkeypatch.setattr(Tally, "amend", lambda *_: None)
    assert fold(ledger.entries, CATALOG).items.taken_in == 1


rows = st.tuples(
    st.sampled_from([b"a" * 16, b"b" * 16]), st.integers(0, 3), st.integers(1, 2), st.sampled_from(TARGETS)
)


@settings(max_examples=150, deadline=None)
@given(st.lists(rows, min_size=1, max_size=20))
def test_the_last_amendment_of_a_row_wins(found: list[tuple[bytes, int, int, tuple[str, str]]]) -> None:
    """The overlay of any amendments is what a dictionary filled in their order holds, for every reading apart."""
    expected = {(ingest, file, position): state for file, position, ingest, state in found}
    table = pa.table(
        [
            pa.array(column, field.type)
            for column, field in zip(
                zip(*((file, at, ingest, 0, "admitted", "", *state) for file, at, ingest, state in found), strict=True),
                AMENDMENT,
                strict=True,
            )
        ],
        schema=AMENDMENT,
    )
    overlay = Overlay(1, states(table))
    sealed = [(file, at, "admitted", "") for file in (b"a" * 16, b"b" * 16) for at in range(4)]
    names = ("file", "position", "disposition", "reason")
    columns = [
        pa.array(column, ITEM.field(name).type) for column, name in zip(zip(*sealed, strict=True), names, strict=True)
    ]
    batch = pa.RecordBatch.from_arrays(columns, names=names)
    for ingest in (1, 2, 3):
        for row in overlay.apply(batch, (ingest, 0)).to_pylist():
            state = expected.get((ingest, row["file"], row["position"]), ("admitted", ""))
            assert (row["disposition"], row["reason"]) == state
    assert overlay.touches((1, 0)) == any(ingest == 1 for ingest, _, _ in expected)
