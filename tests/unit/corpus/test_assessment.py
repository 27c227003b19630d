"""The 5 % rule from the command line: assessed before collection, verified after it, and the next ingest obeys."""

import stat

import pytest

from tests.fakes.inspector import Inspector
from tests.fakes.workroom import Workroom

PHONE = "13800001111"
EMAIL = "zhang.wuyou@example.cn"


@pytest.fixture
def inspector(room: Workroom) -> Inspector:
    """Give an inspector in a fresh workroom."""
    return Inspector(room)


# Before collection.


@pytest.mark.parametrize(("bad", "state", "code"), [(5, "assessed", 0), (6, "refused", 1)])
def test_five_percent_exactly_passes_and_more_refuses(inspector: Inspector, bad: int, state: str, code: int) -> None:
    """5 bad of 100 leave the source assessed, 6 of 100 refuse it, and the ledger names the verdicts that decided."""
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 100)
    sample, sheet = inspector.assess(source, file)
    said = inspector.record(sample, inspector.judge(sheet, bad))
    assert (said.code, inspector.state(source)) == (code, state), said.err
    entries = list(inspector.room.house.workspace.ledger.entries())
    verdicts = next(entry for entry in entries if entry.kind == "VerdictsRecorded")
    change = next(entry for entry in entries if entry.kind == "SourceStateChanged")
    assert change.event.decisive == (verdicts.seq,)  # type: ignore[attr-defined]  # of this event


def test_assessing_takes_nothing_in(inspector: Inspector) -> None:
    """After an assessment nothing of the files is in the stores and no item is in the facts."""
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 30)
    inspector.assess(source, file)
    assert inspector.room.facts().items.taken_in == 0
    kept = b"".join(path.read_bytes() for path in (inspector.room.folder / "workspace").rglob("*") if path.is_file())
    assert "湖面很静".encode() not in kept


def test_a_refused_source_is_not_taken_in_and_an_assessed_one_is(inspector: Inspector) -> None:
    """What was over the limit cannot be ingested; what passed is admitted and ingested."""
    file = inspector.texts("a.jsonl", 40)
    for source, bad, code in (("good", 2, 0), ("worse", 3, 2)):
        inspector.register(source)
        sample, sheet = inspector.assess(source, file)
        inspector.record(sample, inspector.judge(sheet, bad))
        admitted = inspector.says("source", "admit", source, "--reason", "papers complete")
        assert inspector.says("ingest", source, file, "--workers", "1").code == code, admitted.err


def test_only_the_29_risks_are_bad(inspector: Inspector) -> None:
    """Items failed by a risk of group A.5 alone do not count against the limit."""
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 20)
    sample, sheet = inspector.assess(source, file)
    assert inspector.record(sample, inspector.judge(sheet, 10, risk="A5a")).code == 0
    assert inspector.state(source) == "assessed"


def test_what_cannot_be_judged_is_no_denominator(inspector: Inspector) -> None:
    """Of 20 items with 1 bad and 1 not judged, 1 of 19 is over the limit."""
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 20)
    sample, sheet = inspector.assess(source, file)
    assert inspector.record(sample, inspector.judge(sheet, 1, unsure=1)).code == 1
    assert inspector.state(source) == "refused"


def test_nothing_judged_decides_nothing(inspector: Inspector) -> None:
    """Where no item can be judged the result is not estimable, and the source stays registered."""
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 5)
    sample, sheet = inspector.assess(source, file)
    said = inspector.record(sample, inspector.judge(sheet, 0, unsure=5))
    assert "not estimable" in said.err
    assert inspector.state(source) == "registered"


def test_unreadable_items_are_counted_and_never_drawn(inspector: Inspector) -> None:
    """A broken record and an empty one are in the frame and shown, and nobody is asked to judge them."""
    source = inspector.register("own")
    file = inspector.room.write("a.jsonl", b'{"text": "fine"}\n{broken\n{"text": "  "}\n\n')
    said = inspector.says("source", "assess", source, file, "--json")
    assert {name: said.json()[name] for name in ("population", "unreadable", "size")} == {
        "population": 3,
        "unreadable": 2,
        "size": 1,
    }


# The sheet.


def test_a_sheet_holds_stripped_text_and_is_for_its_owner_alone(inspector: Inspector) -> None:
    """No personal value of the files is on the sheet or anywhere in the workspace, and others may not read it."""
    source = inspector.register("own")
    file = inspector.room.write_texts("a.jsonl", [f"请拨打{PHONE}", f"写信到{EMAIL}", "湖面很静"])
    _, sheet = inspector.assess(source, file)
    texts = [row["text"] for row in inspector.lines(sheet)]
    assert sorted(texts) == sorted(["请拨打<MOBILE>", "写信到<EMAIL>", "湖面很静"])
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    kept = b"".join(path.read_bytes() for path in (inspector.room.folder / "workspace").rglob("*") if path.is_file())
    assert not [value for value in (PHONE, EMAIL) if value.encode() in kept]


def test_a_sheet_may_not_lie_in_the_workspace_or_over_a_file(inspector: Inspector) -> None:
    """Inside the workspace, over what is there, or in no folder: refused before anything is drawn."""
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 3)
    taken = inspector.desk / "taken"
    taken.write_text("mine")
    inside = inspector.room.folder / "workspace" / "sheet.jsonl"
    link = inspector.room.folder / "link"
    link.symlink_to(inspector.room.folder / "workspace")
    before = inspector.room.house.workspace.ledger.head().size
    for place in (inside, link / "sheet.jsonl", taken, inspector.desk / "nowhere" / "sheet.jsonl"):
        assert inspector.says("source", "assess", source, file, "--out", place).code in (2, 4)
    assert taken.read_text() == "mine"
    assert not inside.exists()
    assert inspector.room.house.workspace.ledger.head().size == before


# After collection.


@pytest.mark.parametrize(("bad", "state"), [(2, "verified"), (3, "suspended")])
def test_verification_passes_at_five_percent_and_suspends_above(inspector: Inspector, bad: int, state: str) -> None:
    """2 bad of 40 verify the source; 3 suspend it, its items are quarantined and the next ingest is refused."""
    room, file = inspector.room, inspector.texts("a.jsonl", 40)
    source = inspector.declare("own")
    room.ingest(source, file)
    sample, sheet = inspector.draw("verification", "--source", source)
    inspector.record(sample, inspector.judge(sheet, bad))
    assert inspector.state(source) == state
    items = room.facts().items
    more = inspector.texts("b.jsonl", 50)
    said = inspector.says("ingest", source, more, "--workers", "1")
    if state == "verified":
        assert (items.admitted, said.code) == (40, 0)
    else:
        assert (items.admitted, items.quarantined, said.code) == (0, 40, 2)
        assert room.facts().by_reason == {"source-suspended": 40}


def test_the_frame_of_a_verification_is_what_was_taken_in(inspector: Inspector) -> None:
    """Items kept apart, repeated or found risky are drawn too; their text is read back and stripped, the broken not."""
    room = inspector.room
    source = inspector.declare("own")
    rows = [
        '{"text": "湖面很静"}',
        '{"text": "湖面很静"}',
        '{"text": "乌有国颠覆传单"}',
        f'{{"text": "请拨打{PHONE}"}}',
        "{broken",
    ]
    room.ingest(source, room.write("a.jsonl", "\n".join(rows).encode()))
    _, sheet = inspector.draw("verification", "--source", source)
    (sample,) = room.facts().samples
    assert (sample.population, sample.unreadable, sample.size) == (5, 1, 4)
    texts = sorted(str(row["text"]) for row in inspector.lines(sheet))
    assert texts == sorted(["湖面很静", "湖面很静", "乌有国颠覆传单", "请拨打<MOBILE>"])


@pytest.mark.parametrize("erase", [(), ("--erase",)])
def test_what_was_withdrawn_is_shown_to_nobody(inspector: Inspector, erase: tuple[str, ...]) -> None:
    """A withdrawn item stays in the frame as one that cannot be judged, though its file still holds it."""
    room = inspector.room
    source = inspector.declare("own")
    room.ingest(source, room.write_texts("a.jsonl", ["湖面很静", "山里有雾"]))
    request = inspector.desk / "request"
    request.write_text("山里有雾", "utf-8")
    said = inspector.says("withdraw", "--text", request, "--basis", "the author asked", *erase)
    assert said.code == 0, said.err
    _, sheet = inspector.draw("verification", "--source", source)
    (sample,) = room.facts().samples
    assert (sample.population, sample.unreadable) == (2, 1)
    assert [row["text"] for row in inspector.lines(sheet)] == ["湖面很静"]


def test_an_item_whose_file_changed_is_not_shown_as_itself(inspector: Inspector) -> None:
    """A duplicate has no stored text; where its record is no longer the one taken in, the sheet has none either."""
    room = inspector.room
    source = inspector.declare("own")
    room.ingest(source, room.write_texts("a.jsonl", ["湖面很静"]))
    second = room.write_texts("b.jsonl", ["  湖面很静"])
    room.ingest(source, second)
    room.write_texts("b.jsonl", ["山里有雾"])
    sheet = inspector.desk / "sheet"
    said = inspector.says("sample", "draw", "verification", "--source", source, "--out", sheet)
    assert "1 item(s) are without text" in said.err
    assert sorted(str(row["text"]) for row in inspector.lines(sheet)) == ["None", "湖面很静"]


def test_more_items_make_a_verification_old_and_reading_again_does_not(inspector: Inspector) -> None:
    """New items outdate a verification; the same items under a new keyword library do not."""
    room, file = inspector.room, inspector.texts("a.jsonl", 10)
    source = inspector.declare("own")
    room.ingest(source, file)
    sample, sheet = inspector.draw("verification", "--source", source)
    inspector.record(sample, inspector.judge(sheet, 0))
    room.import_keywords("keyword,risk\n乌有新词,A1a\n")
    room.ingest(source, file)
    assert room.facts().sources[source].standing.verification == "passed"  # type: ignore[index]  # a plain id
    room.ingest(source, inspector.texts("b.jsonl", 12))
    assert room.facts().sources[source].standing.verification == "outdated"  # type: ignore[index]  # a plain id
