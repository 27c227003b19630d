"""Facts: the contract of `facts --json`, the latest word about a source, ledgers that contradict themselves (R-104)."""

import json
import time
from dataclasses import replace

import pytest

from provenance.canonical import encode
from provenance.cells import Cells
from provenance.errors import GovernanceError
from provenance.events import IngestAborted
from rules import catalog
from rules.facts import fold
from rules.figures import Amount, Dispositions
from rules.queries import figures
from tests.fakes.history import FakeItem, FakeLedger, cells

CATALOG = catalog.load()


def small() -> FakeLedger:
    """Return a history of two sources with every disposition."""
    ledger = FakeLedger()
    ledger.begin()
    ledger.register("laws", region="domestic")
    ledger.register("web", region="overseas", source_class="self_collected", source_kind="self_collected_web")
    ledger.ingest("laws", [FakeItem(), FakeItem(pi=(("MOBILE", "replace", 2), ("CN_ID18", "replace", 1)))], ("NAME",))
    ledger.ingest(
        "web",
        [
            FakeItem(type="code", language=""),
            FakeItem(disposition="quarantined", reason="risk-keyword", risks=(("A1f", 3), ("A2a", 1))),
            FakeItem(disposition="duplicate", reason="exact-duplicate"),
            FakeItem(disposition="rejected", reason="file-empty", intake_bytes=0),
        ],
    )
    return ledger


def test_the_contract_of_facts_json() -> None:
    """All paths of the published form are there, in integers and text that canonical JSON can say."""
    printed = fold(small().entries, CATALOG).to_json()
    encode(printed)
    read = json.loads(json.dumps(printed))
    assert read["items"] == {
        "taken_in": 6,
        "admitted": 3,
        "quarantined": 1,
        "duplicate": 1,
        "rejected": 1,
        "by_reason": {"exact-duplicate": 1, "file-empty": 1, "risk-keyword": 1},
    }
    assert (read["intake"]["bytes"], read["bytes"]) == (500, 270)
    assert read["tokens"] == {"count": 90, "tokenizer": "yuliao-count/1", "tokenizers": ["yuliao-count/1"]}
    assert read["by_type"]["zh_text"] == {"items": 2, "bytes": 180, "tokens": 60}
    assert read["by_source_class"]["self_collected"]["items"] == 1
    assert read["by_region"] == {
        "domestic": {"items": 2, "bytes": 180, "tokens": 60},
        "overseas": {"items": 1, "bytes": 90, "tokens": 30},
    }
    assert read["personal_information"] == {
        "CN_ID18": {"items": 1, "occurrences": 1, "sensitive": True},
        "MOBILE": {"items": 1, "occurrences": 2, "sensitive": False},
    }
    assert read["personal_information_items"] == {"any": 1}
    assert read["risks"]["A1f"] == {"items": 1, "hits": 3}
    assert len(read["risks"]) == 31
    assert read["risk_items"] == {"29": 1, "any": 1}
    assert read["sources"]["web"]["items"]["taken_in"] == 4
    assert read["uncovered"] == [{"source": "laws", "type": "NAME"}]
    assert read["ledger"]["size"] == len(small().entries)
    assert read["ledger"]["head"] == small().entries[-1].digest


def test_media_have_bytes_and_a_duration() -> None:
    """An admitted film adds to its type and the whole; what nothing can screen is counted apart."""
    ledger = small()
    film = FakeItem(type="video", language="", bytes=700, tokens=0, duration_ms=5000)
    waiting = replace(film, disposition="quarantined", reason="unscreened", intake_bytes=900)
    ledger.ingest("web", [film, waiting, waiting, replace(waiting, reason="source-suspended")])
    facts = fold(ledger.entries, CATALOG)
    printed = facts.to_json()
    assert printed["by_type"]["video"] == {"items": 1, "bytes": 700, "tokens": 0, "duration_ms": 5000}  # type: ignore[index,call-overload]  # JSON
    assert printed["by_type"]["code"] == {"items": 1, "bytes": 90, "tokens": 30}  # type: ignore[index,call-overload]  # JSON
    assert printed["unscreened_media"] == {"video": {"items": 2, "intake_bytes": 1800, "duration_ms": 10000}}
    assert (facts.total.bytes, facts.total.duration_ms, facts.items.quarantined) == (970, 5000, 4)
    paths = {figure.path: figure.value for figure in figures(facts)}
    assert paths["by_type.video.duration_ms"] == 5000
    assert paths["unscreened_media.video.duration_ms"] == 10000


def test_an_empty_ledger_has_facts() -> None:
    """Before anything happened all figures are zero and nothing is unfinished."""
    facts = fold([], CATALOG)
    assert (facts.items, facts.total, facts.unfinished) == (Dispositions(), Amount(), ())
    assert facts.to_json()["ledger"] == {"size": 0, "head": "0" * 64, "as_of": ""}


def test_the_latest_declaration_counts() -> None:
    """A source declared anew is reported under its new class; its items move with it and its state stays."""
    ledger = small()
    ledger.register("laws", state="registered", source_class="commercial")
    facts = fold(ledger.entries, CATALOG)
    assert facts.by_source_class["commercial"].items == 2
    assert facts.sources["laws"].state == "admitted"  # type: ignore[index]  # a plain id


def test_reading_again_replaces() -> None:
    """A file read again under new rules is the same items: the sum stays, the decision moves, blank lines too."""
    ledger = FakeLedger()
    ledger.begin()
    ledger.register("laws")
    before, after = (
        cells([FakeItem(), FakeItem()], blank_lines=5),
        cells([FakeItem(), FakeItem(disposition="quarantined", reason="unscreened")], blank_lines=5),
    )
    first = ledger.plan("laws")
    ledger.seal(first, 0, before)
    ledger.complete(first, [before])
    again = ledger.plan("laws", replaces=("f1",))
    assert fold(ledger.entries, CATALOG).unfinished == (again,)
    ledger.seal(again, 0, after, replaced=before)
    ledger.complete(again, [after])
    facts = fold(ledger.entries, CATALOG)
    assert facts.items == Dispositions(2, 1, 1, 0, 0)
    assert (facts.blank_lines, facts.unfinished, facts.intake_bytes) == (5, (), 200)


def test_an_aborted_ingest_is_not_unfinished() -> None:
    """What was given up is settled; what it had sealed stays."""
    ledger = FakeLedger()
    ledger.begin()
    plan = ledger.plan("laws")
    ledger.seal(plan, 0, cells([FakeItem()]))
    ledger.append(IngestAborted(plan, "asked for"))
    facts = fold(ledger.entries, CATALOG)
    assert (facts.unfinished, facts.items.taken_in) == ((), 1)


def _second_seal(ledger: FakeLedger) -> None:
    ledger.seal(ledger.plan("laws"), 0, cells([FakeItem()]))
    ledger.seal(len(ledger.entries) - 1, 0, cells([FakeItem()]))


def _wrong_sum(ledger: FakeLedger) -> None:
    plan = ledger.plan("laws")
    ledger.seal(plan, 0, cells([FakeItem()]))
    ledger.complete(plan, [cells([FakeItem(), FakeItem()])])


def _takes_away_too_much(ledger: FakeLedger) -> None:
    ledger.seal(ledger.plan("new"), 0, Cells(), replaced=cells([FakeItem()]))


def _unknown_disposition(ledger: FakeLedger) -> None:
    ledger.seal(ledger.plan("laws"), 0, cells([FakeItem(disposition="lost")]))


@pytest.mark.parametrize(
    "damage",
    [
        lambda ledger: ledger.seal(99, 0, cells([FakeItem()])),
        _second_seal,
        _wrong_sum,
        _takes_away_too_much,
        _unknown_disposition,
        lambda ledger: ledger.entries.pop(2),
    ],
)
def test_a_ledger_that_contradicts_itself_raises(damage: object) -> None:
    """A shard without plan, sealed twice, a wrong total, a negative count, a fifth disposition, a gap: refused."""
    ledger = small()
    fold(ledger.entries, CATALOG)
    damage(ledger)  # type: ignore[operator]  # a function of the list above
    with pytest.raises(GovernanceError) as caught:
        fold(ledger.entries, CATALOG)
    assert caught.value.code == "rules.broken-ledger"


def test_every_figure_has_a_query_of_its_own() -> None:
    """Paths are distinct, values agree with the printed facts, queries name the ledger size."""
    facts = fold(small().entries, CATALOG)
    found = figures(facts)
    assert len({figure.path for figure in found}) == len(found)
    assert {figure.query.ledger_size for figure in found} == {facts.ledger_size}
    by_path = {figure.path: figure for figure in found}
    assert by_path["by_region.overseas.items"].query.sources == ("web",)
    assert by_path["items.by_reason.risk-keyword"].query.to_json() == {
        "ledger_size": facts.ledger_size,
        "measure": "items",
        "reason": "risk-keyword",
    }


def test_many_shards_fold_quickly() -> None:
    """4,400 shards fold well within the half second asked for; the limit leaves slack for a busy machine."""
    ledger = FakeLedger()
    ledger.begin()
    ledger.register("laws")
    kinds = [
        FakeItem(type=kind, language=language, disposition=disposition, reason=reason)
        for kind in ("zh_text", "en_text", "code")
        for language in ("zh", "en")
        for disposition, reason in (("admitted", ""), ("quarantined", "risk-keyword"), ("duplicate", "exact-duplicate"))
    ]
    added = cells(kinds)
    plan = ledger.plan("laws")
    for unit in range(4_400):
        ledger.seal(plan, unit, added)
    start = time.process_time()
    facts = fold(ledger.entries, CATALOG)
    assert time.process_time() - start < 2
    assert facts.items.taken_in == 4_400 * len(kinds)


def test_no_clock_and_no_random_order() -> None:
    """The same entries give the same bytes twice."""
    assert encode(fold(small().entries, CATALOG).to_json()) == encode(fold(small().entries, CATALOG).to_json())
