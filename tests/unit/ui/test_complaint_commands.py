"""`yuliao complaint` and `clause set --evidence KIND=FILE`: typed as a person would, sentence by sentence."""

import datetime as dt
from pathlib import Path

import pytest

from provenance.clock import day_of
from provenance.errors import ExitCode
from tests.fakes.terminal import Said, typed
from tests.fakes.workroom import Workroom

PHONE = "13800001111"
TODAY = day_of(dt.datetime.now(dt.UTC))


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workroom:
    """A workspace with a keyword library."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    return Workroom.create(tmp_path)


def say(room: Workroom, *words: str | Path) -> Said:
    """Type a command in the room's workspace."""
    return typed("-w", room.folder / "workspace", *words)


def add(room: Workroom, *words: str | Path) -> Said:
    """Enter a complaint of today."""
    return say(room, "complaint", "add", "--about", "copyright", "--channel", "email", "--received", TODAY, *words)


def test_a_complaint_from_arrival_to_answer(room: Workroom) -> None:
    """The id comes on stdout, the last day on stderr; the list shows where each stands; an answer closes it."""
    source = room.declare("own")
    letter = room.write("letter.txt", f"I am the author, {PHONE}".encode())
    refused = add(room, "--file", letter, "--source", source)
    assert (refused.code, refused.out) == (ExitCode.USAGE, "")
    letter = room.write("letter.txt", "I am the author, 电话已遮盖".encode())
    entered = add(room, "--file", letter, "--source", source)
    assert (entered.code, entered.out) == (0, "c-0001\n")
    assert "has to be answered by" in entered.err
    old = (dt.date.fromisoformat(TODAY) - dt.timedelta(days=40)).isoformat()
    words = ("--about", "illegal_content", "--channel", "web_form", "--received", old)
    assert say(room, "complaint", "add", *words).code == 0
    closed = say(room, "complaint", "close", "c-0001", "--outcome", "rejected", "--reason", "no such work")
    assert (closed.code, closed.err) == (0, "c-0001 is closed: rejected.\n")
    listed = say(room, "complaint", "list", "--json").json()
    assert [(each["id"], each["state"]) for each in listed] == [("c-0001", "closed"), ("c-0002", "overdue")]
    assert (listed[0]["source"], listed[0]["outcome"]) == ("own", "rejected")
    assert "overdue" in say(room, "complaint", "list").out
    facts = say(room, "facts", "--json").json()["complaints"]
    assert (facts["open"], facts["overdue"], facts["closed"]["rejected"]) == (1, 1, 1)
    assert facts["by_source"] == {"own": {"open": 0, "closed": 1}}
    for said in (refused, entered, closed):
        assert PHONE not in said.out + said.err


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        (
            ("complaint", "close", "c-0001", "--outcome", "rejected", "--reason", "x"),
            ExitCode.USAGE,
            "corpus.complaint-unknown",
        ),
        (
            ("complaint", "add", "--about", "x", "--channel", "email", "--received", TODAY),
            ExitCode.USAGE,
            "rules.unknown-complaint-kind",
        ),
        (
            ("complaint", "add", "--about", "copyright", "--channel", "email", "--received", "tomorrow"),
            ExitCode.USAGE,
            "corpus.complaint-day",
        ),
        (
            ("clause", "set", "R-021", "--verdict", "n/a", "--reason", "x", "--evidence", "ip_oficer=x"),
            ExitCode.USAGE,
            "ui.unknown-evidence-kind",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence(room: Workroom, words: tuple[str, ...], code: ExitCode, kind: str) -> None:
    """Each ends with its code and one sentence, and the ledger stays as it was."""
    head = room.house.workspace.ledger.head()
    said = say(room, *words)
    assert (said.code, said.out) == (code, "")
    assert said.err.endswith(f"[{kind}]\n")
    assert len(said.err.splitlines()) == 1
    assert room.house.workspace.ledger.head() == head


def test_a_kind_of_evidence_is_named_with_its_file(room: Workroom) -> None:
    """Officer alone is refused for R-021, officer and policy together stand; a file alone still proves a clause."""
    officer, policy = room.write("officer.txt", b"appointed"), room.write("policy=1.txt", b"the policy")
    words = ("clause", "set", "R-021", "--verdict", "conforms")
    alone = say(room, *words, "--evidence", f"ip_officer={officer}")
    assert alone.err.endswith("[rules.contradicted]\n")
    both = say(room, *words, "--evidence", f"ip_officer={officer}", "--evidence", f"ip_policy={policy}")
    assert both.code == ExitCode.FINE, both.err
    (row,) = (each for each in say(room, "clause", "list", "--json").json() if each["clause"] == "R-021")
    assert (row["verdict"], row["proposed"]) == ("符合", "符合")
    assert say(room, "clause", "set", "R-024", "--verdict", "conforms", "--evidence", policy).code == ExitCode.FINE
