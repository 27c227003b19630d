"""A user withdraws: what only his id leads to is his alone, and whoever said the same keeps what he said."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.clearance import refusals
from provenance.ids import Digest, source_id
from tests.fakes.byte_search import searched
from tests.fakes.identities import mobile
from tests.fakes.terminal import typed
from tests.fakes.withdrawable import ALLOWED, declare
from tests.fakes.workroom import Workroom
from ui.services import ingesting, registering

pytestmark = pytest.mark.fault

FIRST, SECOND, THIRD = "u-0001", "u-0002", "u-0003"
PHONE = mobile(21)
SAME, OWN, OTHER = "谢谢，问题已经解决了。", "我家的猫今天打翻了花盆。", "别的使用者说的另一句话。"
CALL = f"请打电话{PHONE}找我。"


@pytest.fixture
def chats(room: Workroom) -> Workroom:
    """Two sources of what users said."""
    for source in ("talks", "letters"):
        declare(room, source, "user_input", consent_table=ALLOWED)
    return room


def _write(room: Workroom, name: str, *said: tuple[str, str]) -> Path:
    lines = (json.dumps({"user": user, "text": text}, ensure_ascii=False) for user, text in said)
    return room.write(name, "".join(f"{line}\n" for line in lines).encode())


def _take_in(room: Workroom, source: str, name: str, *said: tuple[str, str]) -> dict[str, int]:
    items = room.ingest(source, _write(room, name, *said)).items
    return {disposition: n for disposition, n in items.items() if n}


def _withdraw(room: Workroom, by: str, told: str, *words: str) -> dict[str, Any]:
    (room.folder / "request").write_text(told, "utf-8")
    said = typed(
        "-w", room.folder / "workspace", "withdraw", by, room.folder / "request", "--basis", "test", "--json", *words
    )
    assert said.code == 0, said.err
    found: dict[str, Any] = said.json()
    return found


def _reasons(room: Workroom) -> dict[str, int]:
    facts = room.facts()
    assert facts.items.is_conserved
    return dict(facts.by_reason)


@pytest.mark.parametrize("erases", [False, True])
@pytest.mark.parametrize("second", ["talks", "letters"])
def test_what_somebody_else_said_too_stays_his(chats: Workroom, second: str, *, erases: bool) -> None:
    """His own items leave and no others; who repeated one of them waits, is let in, and no text is refused."""
    assert _take_in(chats, "talks", "1.jsonl", (FIRST, SAME), (FIRST, OWN)) == {"admitted": 2}
    assert _take_in(chats, second, "2.jsonl", (SECOND, SAME), (SECOND, OTHER)) == {"admitted": 1, "duplicate": 1}
    proof = _withdraw(chats, "--person", FIRST, *(["--erase"] if erases else []))
    gone = "user-erased" if erases else "user-withdrawn"
    assert [row["after_reason"] for row in proof["listed"]] == [gone, gone]
    assert (proof["by_source"], proof["followers"]) == ({"talks": 2}, 1)
    assert _reasons(chats) == {gone: 2, "keeper-gone": 1}
    stored = refusals.read(chats.house.workspace.evidence, Digest(proof["refusals"]))
    assert (len(stored.text), len(stored.person), len(stored.user)) == (0, 0, 1)
    held = set().union(*searched([SAME, OWN, OTHER], chats.folder / "workspace").values())
    assert held == ({OTHER} if erases else {SAME, OWN, OTHER})

    file = chats.folder / "input" / "2.jsonl"
    assert chats.ingest(second, file, reconsider=True).items["admitted"] == 2
    assert _reasons(chats) == {gone: 2}
    assert _take_in(chats, "talks", "3.jsonl", (THIRD, SAME)) == {"duplicate": 1}


@pytest.mark.parametrize("erases", [False, True])
def test_a_later_user_may_say_the_same_and_he_himself_nothing(chats: Workroom, *, erases: bool) -> None:
    """The text is free, the user is refused: in the files that were read before as well as in new ones."""
    assert _take_in(chats, "talks", "1.jsonl", (FIRST, SAME)) == {"admitted": 1}
    _withdraw(chats, "--person", FIRST, *(["--erase"] if erases else []))
    assert _take_in(chats, "letters", "2.jsonl", (FIRST, SAME), (FIRST, OTHER), (THIRD, SAME)) == {
        "admitted": 1,
        "rejected": 2,
    }
    assert chats.ingest("talks", chats.folder / "input" / "1.jsonl").items["rejected"] == 1
    assert _reasons(chats) == {"user-refused": 3}


def test_the_words_say_who_waits(chats: Workroom) -> None:
    """How many items of others lost their keeper is told, and what to do about it."""
    _take_in(chats, "talks", "1.jsonl", (FIRST, SAME), (SECOND, SAME), (THIRD, SAME))
    (chats.folder / "request").write_text(FIRST, "utf-8")
    place = chats.folder / "workspace"
    said = typed("-w", place, "withdraw", "--person", chats.folder / "request", "--basis", "test")
    assert "2 item(s) of others repeat one of them" in said.out
    assert "--reconsider" in said.out


def test_a_user_who_only_repeated_leaves_the_keeper_where_it_is(chats: Workroom) -> None:
    """Whoever came first stays, and who repeats him stays a duplicate."""
    _take_in(chats, "talks", "1.jsonl", (SECOND, SAME), (FIRST, SAME), (THIRD, SAME))
    assert _withdraw(chats, "--person", FIRST)["followers"] == 0
    assert _reasons(chats) == {"user-withdrawn": 1, "exact-duplicate": 1}


def test_what_is_found_by_both_leaves_for_its_content(chats: Workroom) -> None:
    """An identifier in the text concerns everybody who repeats it; a text that is withdrawn later does so too."""
    _take_in(chats, "talks", "1.jsonl", (FIRST, CALL), (FIRST, SAME), (SECOND, CALL), (SECOND, SAME))
    proof = _withdraw(chats, "--person", f"{PHONE}\n{FIRST}\n")
    assert [row["after_reason"] for row in proof["listed"]] == [
        "person-withdrawn",
        "user-withdrawn",
        "person-withdrawn",
    ]
    assert _reasons(chats) == {"person-withdrawn": 2, "user-withdrawn": 1, "keeper-gone": 1}
    _withdraw(chats, "--text", SAME)
    assert _reasons(chats) == {"person-withdrawn": 2, "text-withdrawn": 2}
    _withdraw(chats, "--person", FIRST)
    assert _reasons(chats) == {"person-withdrawn": 2, "text-withdrawn": 2}


@pytest.mark.parametrize("is_first_suspended", [False, True])
def test_a_source_that_comes_back_leaves_him_out(chats: Workroom, *, is_first_suspended: bool) -> None:
    """Suspended before or after the withdrawal and admitted again, a source brings back all but what was his."""
    _take_in(chats, "talks", "1.jsonl", (FIRST, SAME), (FIRST, OWN), (SECOND, OTHER))
    _take_in(chats, "letters", "2.jsonl", (SECOND, SAME))
    if is_first_suspended:
        registering.suspend(chats.house, "talks", "papers are looked through")
        _withdraw(chats, "--person", FIRST)
    else:
        _withdraw(chats, "--person", FIRST)
        registering.suspend(chats.house, "talks", "papers are looked through")
    assert _reasons(chats) == {"user-withdrawn": 2, "source-suspended": 1, "keeper-gone": 1}
    registering.admit(chats.house, "talks", "papers in order")
    assert _reasons(chats) == {"user-withdrawn": 2, "keeper-gone": 1}


def test_an_ingest_that_was_broken_off_heeds_it(chats: Workroom) -> None:
    """It had found what repeats him before he withdrew; carried on, it decides anew, and the other is let in."""
    _take_in(chats, "talks", "1.jsonl", (FIRST, SAME))
    file = _write(chats, "2.jsonl", (SECOND, SAME), (THIRD, OTHER))
    job = ingesting.submit(chats.house, source_id("letters"), [file], workers=1)

    def break_off(step: str, done: int, _total: int) -> None:
        if step == "decide" and done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingesting.run(chats.house, job, progress=break_off)
    _withdraw(chats, "--person", FIRST)
    ingesting.run(chats.house, job, progress=lambda *_: None)
    assert _reasons(chats) == {"user-withdrawn": 1}
    assert chats.facts().items.admitted == 2
