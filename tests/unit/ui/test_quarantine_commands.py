"""Items let in, taken out and read again at the command line, with the sentence and the exit code a person gets."""

from pathlib import Path

import pytest

from provenance.errors import ExitCode
from tests.fakes.amender import Amender
from tests.fakes.terminal import Said, typed
from tests.fakes.workroom import Workroom

TEXTS = ["山路很滑请小心", "乌有国颠覆传单随风飘散"]
WHY = ("--reason", "read by the editor")


@pytest.fixture
def amender(room: Workroom) -> Amender:
    """An admitted item and one with a risk, and a copy of both in another source."""
    for name in ("mixed", "copy"):
        room.ingest(room.declare(name), room.write_texts(f"{name}.jsonl", TEXTS))
    return Amender(room)


def says(amender: Amender, *words: str | Path) -> Said:
    """Type a command in the workroom."""
    return typed("-w", amender.room.folder / "workspace", *words)


def test_an_item_is_released_and_a_trace_says_so(amender: Amender) -> None:
    """The answer is yes; the trace shows what it was, what it is, and the entry that made the difference."""
    _, risky = sorted(amender.items("mixed"))
    said = says(amender, "quarantine", "release", str(risky), *WHY)
    assert (said.code, "yes" in said.out) == (ExitCode.FINE, True)
    told = says(amender, "trace", str(risky)).out
    assert "sealed_disposition" in told
    assert ": admitted released" in told
    assert str(risky) not in says(amender, "quarantine", "list").out


def test_a_list_of_items_is_answered_one_by_one(amender: Amender, tmp_path: Path) -> None:
    """What cannot be released is a finding, said in one sentence; the others are done."""
    admitted, risky = sorted(amender.items("mixed"))
    file = tmp_path / "ids.txt"
    file.write_text(f"{admitted}\n{risky}\n", "utf-8")
    said = says(amender, "quarantine", "release", "--file", file, *WHY, "--json")
    assert said.code == 1
    assert [(row["item"], row["done"]) for row in said.json()] == [(str(admitted), False), (str(risky), True)]
    assert "only a quarantined item" in said.json()[0]["words"]


def test_an_item_is_rejected_by_a_person(amender: Amender) -> None:
    """It is out for good; the same word for an item that is no more than a duplicate is refused."""
    admitted, _ = sorted(amender.items("mixed"))
    repeating, _ = sorted(amender.items("copy"))
    assert says(amender, "quarantine", "reject", str(admitted), *WHY).code == ExitCode.FINE
    assert amender.items("mixed")[admitted] == ("rejected", "rejected-by-person")
    said = says(amender, "quarantine", "reject", str(repeating), *WHY)
    assert (said.code, "It is duplicate" in said.out) == (1, True)


@pytest.mark.parametrize("words", [(), ("i1-no",)], ids=["no item", "no id"])
def test_a_command_without_items_is_a_usage_error(amender: Amender, words: tuple[str, ...]) -> None:
    """Nothing named and something that is no id both get a sentence and nothing is recorded."""
    said = says(amender, "quarantine", "release", *words, *WHY)
    assert said.code == ExitCode.USAGE
    assert "item" in said.err


def test_items_left_behind_are_read_again_on_demand(amender: Amender) -> None:
    """The plain command has nothing to do; with --reconsider the copy takes the keeper's place."""
    amender.hold("mixed")
    file = amender.room.folder / "input" / "copy.jsonl"
    assert "Nothing to do" in says(amender, "ingest", "copy", file).err
    said = says(amender, "ingest", "copy", file, "--reconsider", "--json")
    assert said.code == ExitCode.FINE
    assert said.json()["items"]["admitted"] == 1
