"""What a named person decides about single items: let in, or out for good; and what a trace tells of it afterwards."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from corpus import quarantine, sources
from corpus.work import jobs
from provenance.errors import GovernanceError
from provenance.events import ItemsAmended, TextErased
from provenance.ids import FileId, ItemId
from rules import checks
from rules.findings import Verdict
from rules.readiness import Step, steps
from tests.fakes.amender import Amender
from tests.fakes.identities import mobile
from tests.fakes.workroom import Workroom
from ui.bootstrap import holds_personal_information
from ui.services import quarantining, tracing

CANARY = "乌有国颠覆传单随风飘散"
TEXTS = ["山路很滑请小心", CANARY, "Der Fluss fließt durch das stille Tal und niemand hört ihn rauschen am Abend."]
BROKEN = '{"text": 3}\n'
REASON = "read by the editor, a quotation"


@pytest.fixture
def amender(room: Workroom) -> Amender:
    """A source with an admitted item, one with a risk, one in a language that nothing screens, and a broken one."""
    file = room.write_texts("mixed.jsonl", TEXTS)
    file.write_bytes(file.read_bytes() + BROKEN.encode())
    room.ingest(room.declare("mixed"), file)
    return Amender(room)


def _items(amender: Amender) -> list[ItemId]:
    return sorted(amender.items("mixed"))


def _release(amender: Amender, *items: ItemId) -> list[dict[str, Any]]:
    return quarantining.release(amender.room.house, items, reason=REASON)


def _reject(amender: Amender, *items: ItemId) -> list[dict[str, Any]]:
    return quarantining.reject(amender.room.house, items, reason=REASON)


def test_the_corpus_is_as_the_tests_below_want_it(amender: Amender) -> None:
    """Admitted, risky, unscreened and broken."""
    assert amender.states("mixed") == [
        ("admitted", ""),
        ("quarantined", "risk-keyword"),
        ("quarantined", "unscreened"),
        ("quarantined", "text-missing"),
    ]


def test_a_released_item_is_in_and_its_hits_are_cleared(amender: Amender) -> None:
    """It is admitted with its weight; the screening still shows its hits, and nothing identified counts as left in."""
    room, (_, risky, unscreened, _) = amender.room, _items(amender)
    before = room.facts()
    assert [answer["done"] for answer in _release(amender, risky, unscreened)] == [True, True]
    assert amender.items("mixed")[risky] == ("admitted", "released")
    after = room.facts()
    assert (after.items.admitted, after.by_reason["released"]) == (3, 2)
    assert after.total.bytes > before.total.bytes
    for name in ("A1a", "*any", "*29"):
        was, now = before.risks[name], after.risks[name]
        assert (now.items, now.hits) == (was.items, was.hits) == (1, 1)
        assert (was.admitted_items, was.cleared_items) == (0, 0)
        assert (now.admitted_items, now.cleared_items) == (0, 1)
    (finding,) = checks.nothing_risky_left(after, room.house.catalog)
    assert finding.verdict == Verdict.CONFORMS
    assert "1 released by a named person" in finding.measured.en
    assert after.to_json()["risk_items_cleared"] == {"A1a": 1, "any": 1, "29": 1, "17": 1}


def test_an_item_that_got_in_otherwise_still_fails_the_check(amender: Amender) -> None:
    """The seeded bug, a risky item admitted without a person's release, is counted as left in."""
    _, risky, _, _ = _items(amender)
    amender.amend([risky], "admitted", "", cause="restored")
    (finding,) = checks.nothing_risky_left(amender.room.facts(), amender.room.house.catalog)
    assert finding.verdict == Verdict.FAILS


def test_every_item_that_cannot_be_released_says_why(amender: Amender) -> None:
    """Admitted, broken, unknown and withdrawn items are answered for one by one; the rest is done."""
    admitted, risky, unscreened, broken = _items(amender)
    amender.amend([unscreened], "quarantined", "text-withdrawn")
    unknown = ItemId(FileId(b"x" * 16), 7)
    answers = _release(amender, admitted, broken, unscreened, unknown, risky)
    assert [answer["done"] for answer in answers] == [False, False, False, False, True]
    words = [answer["words"] for answer in answers]
    assert "It is admitted" in words[0]
    assert "for text-missing" in words[1]
    assert "for text-withdrawn" in words[2]
    assert "no such item" in words[3]
    assert words[4] == ""


def test_a_broken_record_has_no_text_to_let_in(amender: Amender) -> None:
    """Whatever the rules allow, an item without text is never admitted."""
    _, _, _, broken = _items(amender)
    decision = quarantine.Decision(REASON, amender.actor, amender.kinds)
    house = amender.room.house
    (answer,) = quarantine.release(house.workspace, [broken], decision, may_release={"text-missing"})
    assert "No text" in answer.words


def test_nothing_of_a_closed_source_is_released(amender: Amender) -> None:
    """A person's look at an item says nothing about its source."""
    _, risky, _, _ = _items(amender)
    house = amender.room.house
    sources.suspend(house.workspace, "mixed", reason="under review", actor=house.actor, scan=holds_personal_information)
    (answer,) = _release(amender, risky)
    assert answer["words"] == "Its source mixed is suspended."


def test_releasing_twice_changes_nothing(amender: Amender) -> None:
    """The second time it is so already, which is an answer and no event."""
    _, risky, _, _ = _items(amender)
    _release(amender, risky)
    size = amender.room.house.workspace.ledger.head().size
    assert _release(amender, risky, risky) == [{"item": str(risky), "done": True, "words": ""}]
    assert amender.room.house.workspace.ledger.head().size == size


@pytest.mark.parametrize("reason", ["", "  ", f"asked by phone {mobile(3)}"])
def test_a_decision_needs_a_reason_that_names_nobody(amender: Amender, reason: str) -> None:
    """No reason and a personal one are both refused before anything is looked at."""
    with pytest.raises(GovernanceError, match="reason"):
        quarantining.release(amender.room.house, _items(amender), reason=reason)
    with pytest.raises(GovernanceError, match="reason"):
        quarantining.reject(amender.room.house, _items(amender), reason=reason)


def test_a_rejected_item_is_out_and_its_text_erased(amender: Amender) -> None:
    """It is rejected by a person, and a search over the bytes of the workspace finds its text no more."""
    room, (admitted, risky, _, broken) = amender.room, _items(amender)
    assert all(each["done"] for each in _reject(amender, admitted, risky))
    assert amender.states("mixed")[:2] == [("rejected", "rejected-by-person")] * 2
    assert (room.facts().items.rejected, room.facts().items.admitted) == (2, 0)
    kinds = ("ItemsAmended", "TextErased")
    events = [entry.event for entry in room.house.workspace.ledger.entries(kinds=kinds)]
    assert [type(event) for event in events] == [ItemsAmended, TextErased, TextErased]
    for file in _files(room):
        assert CANARY not in _texts(file), file
    (answer,) = _reject(amender, risky)
    assert answer["done"]
    amender.amend([broken], "duplicate", "exact-duplicate")
    (answer,) = _reject(amender, broken)
    assert "It is duplicate" in answer["words"]


def _files(room: Workroom) -> list[Path]:
    return [path for path in (room.folder / "workspace" / "items").rglob("*") if path.is_file()]


def _texts(file: Path) -> str:
    table = pq.read_table(file)
    return "".join(filter(None, table["text"].to_pylist())) if "text" in table.column_names else ""


def test_the_search_over_the_workspace_finds_what_is_there(amender: Amender) -> None:
    """Before a rejection the same search finds the text, so that its silence afterwards says something."""
    assert any(CANARY in _texts(file) for file in _files(amender.room))


def test_nothing_is_erased_while_an_ingest_is_unfinished(amender: Amender) -> None:
    """What an interrupted run has written is no fact yet and could not be erased, so it is finished first."""
    room, (_, risky, _, _) = amender.room, _items(amender)

    def stop(name: str, _done: int, _total: int) -> None:
        if name == "sign":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        room.ingest("mixed", room.write_texts("more.jsonl", ["再来一条"]), progress=stop)
    with pytest.raises(GovernanceError, match="unfinished"):
        _reject(amender, risky)
    assert any(row.state == "interrupted" for row in jobs.listing(room.house.workspace))


def test_a_trace_tells_what_an_item_was_and_is(amender: Amender) -> None:
    """The sealed disposition, every amendment with cause and ledger entry, and the present one."""
    house, (_, risky, _, _) = amender.room.house, _items(amender)
    assert tracing.trace(house, risky)["amendments"] == []
    _release(amender, risky)
    amender.hold("mixed")
    told = tracing.trace(house, risky)
    assert (told["sealed_disposition"], told["sealed_reason"]) == ("quarantined", "risk-keyword")
    assert (told["disposition"], told["reason"]) == ("quarantined", "source-suspended")
    entries = [e.seq for e in house.workspace.ledger.entries(kinds=("ItemsAmended",))]
    assert [step["entry"] for step in told["amendments"]] == entries
    assert [(step["cause"], step["words"]) for step in told["amendments"]] == [
        ("released", REASON),
        ("source-suspended", ""),
    ]


def test_the_list_of_what_was_kept_apart_follows(amender: Amender) -> None:
    """A released item leaves the list, a held one enters it, with its reason as it is now."""
    house, (admitted, risky, _, _) = amender.room.house, _items(amender)
    _release(amender, risky)
    listed = {row["item"]: row["reason"] for row in tracing.kept_apart(house, source="mixed", limit=99)}
    assert str(risky) not in listed
    amender.hold("mixed")
    listed = {row["item"]: row["reason"] for row in tracing.kept_apart(house, source="", limit=99)}
    assert listed[str(admitted)] == listed[str(risky)] == "source-suspended"


def test_items_are_named_in_the_command_and_in_a_file(tmp_path: Path, amender: Amender) -> None:
    """One id per line, blank lines passed by; a line that is no id is named by its number, never by its words."""
    first, second, *_ = _items(amender)
    file = tmp_path / "ids"
    file.write_text(f"{second}\n\n{first}\n", "utf-8")
    assert quarantining.named([str(first)], file) == [first, second]
    file.write_text(f"{second}\nnot an id\n", "utf-8")
    with pytest.raises(GovernanceError, match="Line 2"):
        quarantining.named([], file)
    with pytest.raises(GovernanceError, match="No item"):
        quarantining.named([], None)


def test_readiness_names_the_command_for_what_was_left_behind(amender: Amender) -> None:
    """Items whose keeper is gone are a step with the source's name, while the source is open."""
    room = amender.room
    room.ingest(room.declare("copy"), room.write_texts("copy.jsonl", TEXTS))
    assert not _left_behind(room)
    amender.hold("mixed")
    (step,) = _left_behind(room)
    assert (step.subject, step.command) == ("copy", "yuliao ingest copy PATH --reconsider")
    assert "1 items of copy" in step.what.en


def _left_behind(room: Workroom) -> list[Step]:
    return [step for step in steps(room.facts(), (), room.house.catalog) if "reconsider" in step.command]
