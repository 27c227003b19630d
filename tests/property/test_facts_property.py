"""Facts at every prefix of a random history are conserved and equal a recount over the items themselves."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import GovernanceError
from provenance.events import ShardSealed
from rules import catalog
from rules.facts import Facts, fold
from rules.figures import Amount, Dispositions, MediaFact
from rules.tally import Tally
from tests.fakes.history import FakeItem, FakeLedger, cells

CATALOG = catalog.load()
SOURCES = ("laws", "web", "verse")
_DECISIONS = (
    ("admitted", ""),
    ("quarantined", "unscreened"),
    ("duplicate", "exact-duplicate"),
    ("rejected", "file-empty"),
)

items = st.builds(
    lambda decision, kind, language, size, risky: FakeItem(
        type=kind,
        language=language,
        disposition=decision[0],
        reason=decision[1],
        intake_bytes=size + 10,
        bytes=size,
        tokens=size // 3,
        duration_ms=size * 40 if kind == "video" else 0,
        pi=(("MOBILE", "replace", 2),) if size % 2 else (),
        risks=(("A1f", 1),) if risky else (),
    ),
    st.sampled_from(_DECISIONS),
    st.sampled_from(["zh_text", "code", "video"]),
    st.sampled_from(["zh", "en"]),
    st.integers(0, 50),
    st.booleans(),
)
shards = st.lists(items, min_size=1, max_size=4)
steps = st.lists(st.tuples(st.sampled_from(SOURCES), st.lists(shards, max_size=3), st.booleans()), max_size=5)


class History:
    """A ledger and, after each entry, every item as its latest decision left it."""

    def __init__(self, *, with_totals: bool = True) -> None:
        self.ledger, self.with_totals = FakeLedger(), with_totals
        self.held: dict[str, list[FakeItem]] = {source: [] for source in SOURCES}
        self.snapshots: list[dict[str, list[FakeItem]]] = []
        self.ledger.begin()
        self.snapshot()
        for source in SOURCES:
            self.ledger.register(source)
            self.snapshot()

    def snapshot(self) -> None:
        """Remember the items for every entry written since."""
        while len(self.snapshots) < len(self.ledger.entries):
            self.snapshots.append({source: list(found) for source, found in self.held.items()})

    def ingest(self, source: str, parts: list[list[FakeItem]], *, again: bool) -> None:
        """Ingest shards; the first of them takes back all earlier decisions where the files are read again."""
        plan = self.ledger.plan(source, replaces=("f1",) if again else ())
        self.snapshot()
        for unit, part in enumerate(parts):
            replaced = cells(self.held[source]) if again and unit == 0 else None
            if replaced is not None:
                self.held[source].clear()
            self.ledger.seal(plan, unit, cells(part), replaced)
            self.held[source].extend(part)
            self.snapshot()
        if self.with_totals:
            self.ledger.complete(plan, [cells(part) for part in parts])
            self.snapshot()


def history(plan: list[tuple[str, list[list[FakeItem]], bool]], *, with_totals: bool = True) -> History:
    """Play a random plan."""
    played = History(with_totals=with_totals)
    for source, parts, again in plan:
        played.ingest(source, parts, again=again)
    return played


def recount(found: list[FakeItem]) -> tuple[Dispositions, Amount, dict[str, int], int]:
    """Count items one by one, without cells."""
    by = Counter(item.disposition for item in found)
    kept = [item for item in found if item.disposition == "admitted"]
    return (
        Dispositions(len(found), by["admitted"], by["quarantined"], by["duplicate"], by["rejected"]),
        Amount(
            len(kept),
            sum(item.bytes for item in kept),
            sum(item.tokens for item in kept),
            sum(item.duration_ms for item in kept),
        ),
        dict(sorted(Counter(item.reason for item in found if item.reason).items())),
        sum(item.intake_bytes for item in found),
    )


def check(facts: Facts, held: dict[str, list[FakeItem]]) -> None:
    """Demand that the facts equal the recount, in all and per source."""
    everything = [item for found in held.values() for item in found]
    assert (facts.items, facts.total, facts.by_reason, facts.intake_bytes) == recount(everything)
    for source, found in held.items():
        if source in facts.sources:
            own = facts.sources[source]  # type: ignore[index]  # a plain id
            assert (own.items, own.amount, own.by_reason, own.intake_bytes) == recount(found)
    assert facts.items.is_conserved
    assert sum(amount.items for amount in facts.by_type.values()) == facts.items.admitted
    waiting = [item for item in everything if (item.type, item.reason) == ("video", "unscreened")]
    assert facts.unscreened_media.get("video", MediaFact()) == MediaFact(
        len(waiting), sum(item.intake_bytes for item in waiting), sum(item.duration_ms for item in waiting)
    )
    assert facts.risks["A1f"].items == sum(bool(item.risks) for item in everything)
    mobile = facts.pi_totals.get("MOBILE")
    assert (mobile.occurrences if mobile else 0) == sum(n for item in everything for _, _, n in item.pi)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_facts_equal_a_recount_at_every_prefix(plan: list[tuple[str, list[list[FakeItem]], bool]]) -> None:
    """At every ledger size the facts are what a recount over the items gives."""
    played = history(plan)
    for size, held in enumerate(played.snapshots, start=1):
        check(fold(played.ledger.entries[:size], CATALOG), held)


def _forget_the_second_shard(self: Tally, seq: int, event: ShardSealed) -> None:
    _SEAL(self, seq, event if event.unit != 1 else replace(event, cells=cells([])))


def _count_the_second_shard_twice(self: Tally, seq: int, event: ShardSealed) -> None:
    _SEAL(self, seq, event if event.unit != 1 else replace(event, cells=event.cells + event.cells))


def _forget_what_was_replaced(self: Tally, seq: int, event: ShardSealed) -> None:
    _SEAL(self, seq, replace(event, replaced=cells([])))


_SEAL = Tally.seal


@pytest.mark.parametrize("bug", [_forget_the_second_shard, _count_the_second_shard_twice, _forget_what_was_replaced])
def test_a_seeded_bug_is_caught_by_the_same_oracle(bug: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fold that drops a shard, counts one twice or keeps what was replaced differs from the recount."""
    again = [("laws", [[FakeItem()], [FakeItem(bytes=7)]], False), ("laws", [[FakeItem()], [FakeItem()]], True)]
    played = history(again, with_totals=False)
    check(fold(played.ledger.entries, CATALOG), played.held)
    monkeypatch.setattr(Tally, "seal", bug)
    with pytest.raises(AssertionError):
        check(fold(played.ledger.entries, CATALOG), played.held)


def test_the_ledgers_own_total_also_catches_a_lost_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its completion in the ledger, a dropped shard is noticed by the fold itself."""
    played = history([("laws", [[FakeItem()], [FakeItem(bytes=7)]], False)])
    fold(played.ledger.entries, CATALOG)
    monkeypatch.setattr(Tally, "seal", _forget_the_second_shard)
    with pytest.raises(GovernanceError, match="another sum"):
        fold(played.ledger.entries, CATALOG)
