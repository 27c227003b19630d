"""`yuliao rules check`, `export` and `approve`: rule books as a person releases them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from provenance.errors import ExitCode
from rules.annotation import books
from rules.annotation.book_records import RuleBook
from tests.fakes.terminal import Said, typed
from tests.fakes.workroom import Workroom
from ui.services import rule_books

SAFETY = books.named("safety")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workroom:
    """A workspace with a keyword library."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    return Workroom.create(tmp_path)


def say(room: Workroom, *words: str | Path) -> Said:
    """Type a command in the room's workspace."""
    return typed("-w", room.folder / "workspace", *words)


def install(monkeypatch: pytest.MonkeyPatch, **changed: object) -> None:
    """Put another safety book into this release, its file changed along with it."""
    book: RuleBook = replace(SAFETY, **changed)  # type: ignore[arg-type]  # the caller names fields
    shipped: Mapping[str, RuleBook] = {**books.load(), "safety": book}
    monkeypatch.setattr(books, "load", lambda: shipped)
    monkeypatch.setattr(books, "content", lambda each: repr(each).encode())


def states(room: Workroom) -> dict[str, str]:
    """Return the state of each book as ``rules check --json`` prints it."""
    return {each["book"]: each["state"] for each in say(room, "rules", "check", "--json").json()["rule_books"]}


def test_a_book_from_check_to_release(room: Workroom) -> None:
    """A complete book is approved once, stored as evidence, and the clause matrix proposes what it proves."""
    assert set(states(room).values()) == {"not released"}
    said = say(room, "rules", "approve", "safety")
    assert said.code == 0
    assert f"safety@1 is released; sha256:{books.digest_of(SAFETY)}" in said.err
    assert room.house.workspace.evidence.path(books.digest_of(SAFETY)).read_bytes() == books.content(SAFETY)
    size = room.house.workspace.ledger.head().size
    assert say(room, "rules", "approve", "safety@1").code == 0
    assert room.house.workspace.ledger.head().size == size
    assert states(room)["safety@1"] == "released"
    assert say(room, "rules", "approve", "functional").code == 0
    rows = {row["clause"]: row["proposed"] for row in say(room, "clause", "list", "--json").json()}
    assert [rows[clause] for clause in ("R-034", "R-035", "R-036", "R-037", "R-202")] == [
        "符合",
        "符合",
        "待证明",
        "符合",
        "符合",
    ]
    assert say(room, "doctor").code == 0


def test_nobody_approves_a_book_of_his_own(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """The author is refused, and nothing is recorded."""
    size = room.house.workspace.ledger.head().size
    monkeypatch.setenv("YULIAO_ACTOR", SAFETY.author)
    said = say(room, "rules", "approve", "safety")
    assert (said.code, said.out) == (ExitCode.USAGE, "")
    assert "[ui.rule-book-author]" in said.err
    assert room.house.workspace.ledger.head().size == size


def test_an_incomplete_book_is_refused_and_named(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book without quality indicators is no longer complete: check ends with findings, approve refuses."""
    assert say(room, "rules", "check").code == 0
    install(monkeypatch, quality=())
    checked = say(room, "rules", "check")
    assert checked.code == ExitCode.FINDINGS
    assert "safety@1: R-034: the part quality is missing" in checked.err
    refused = say(room, "rules", "approve", "safety")
    assert refused.code == ExitCode.USAGE
    assert "[ui.rule-book-incomplete]" in refused.err


def test_a_changed_book_needs_a_new_version(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A released version with another content is refused, a higher version taken, and then a lower one refused."""
    assert say(room, "rules", "approve", "safety").code == 0
    install(monkeypatch, effective="即日起施行。")
    assert states(room)["safety@1"] == "changed since its release"
    assert "[ui.rule-book-changed]" in say(room, "rules", "approve", "safety").err
    install(monkeypatch, effective="即日起施行。", version=2)
    told = say(room, "rules", "approve", "safety")
    assert (told.code, "Qualifications for its earlier versions have ended." in told.err) == (0, True)
    monkeypatch.undo()
    monkeypatch.setenv("YULIAO_KEYS", str(room.folder / "keys"))
    assert "[ui.rule-book-outdated]" in say(room, "rules", "approve", "safety").err


def test_an_unknown_book_is_refused(room: Workroom) -> None:
    """A name or a version that this release lacks is refused, with the names there are."""
    for name in ("nothing", "safety@9"):
        said = say(room, "rules", "approve", name)
        assert said.code == ExitCode.USAGE
        assert "safety@1" in said.err
        assert "[rules.unknown-rule-book]" in said.err


def test_the_instruction_is_the_stages_own(room: Workroom) -> None:
    """What people read before they work is the handbook of their stage."""
    page = rule_books.instruction(room.house, SAFETY, "review")
    assert SAFETY.stages["review"].steps[0] in page
    assert SAFETY.stages["annotate"].steps[0] not in page


def test_the_files_are_written_and_the_same_every_time(room: Workroom) -> None:
    """Export writes a form per stage, two handbooks per book and the annex; a second run writes the same bytes."""
    one, two = room.folder / "one", room.folder / "two"
    for folder in (one, two):
        said = say(room, "rules", "export", folder)
        assert (said.code, said.out) == (0, "")
    names = {each.name for each in one.iterdir()}
    assert {"safety.annotate.xml", "safety.review.xml", "safety.handbook.html", "safety.handbook.docx"} <= names
    assert rule_books.ANNEX in names
    assert {each.name: each.read_bytes() for each in one.iterdir()} == {
        each.name: each.read_bytes() for each in two.iterdir()
    }
    blocked = room.write("blocked", b"")
    assert say(room, "rules", "export", blocked).code == ExitCode.ENVIRONMENT
