"""Files of verdicts: everything wrong is told at once by its line, nothing half recorded; uploads are merged."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.samples import verdict_files
from corpus.samples.verdict_files import Expected, Verdict
from provenance.errors import GovernanceError
from provenance.ids import FileId, ItemId
from tests.fakes.inspector import Inspector
from tests.fakes.workroom import Workroom

PHONE = "13800001111"
ITEMS = tuple(ItemId(FileId(b"f" * 16), at) for at in range(6))
RISKS = ("A1a", "A1f", "A5a")
DRAWN, NOW = "2026-11-22T08:00:00Z", "2026-11-22T09:00:00Z"
EXPECTED = Expected(frozenset(ITEMS), RISKS, DRAWN, NOW, scan=lambda text: PHONE in text)
FINE: dict[str, Any] = {
    "item": str(ITEMS[0]),
    "inspector": "p-017",
    "verdict": "fail",
    "risks": ["A1f"],
    "at": "2026-11-22T08:30:00Z",
}


@pytest.fixture
def inspector(room: Workroom) -> Inspector:
    """Give an inspector in a fresh workroom."""
    return Inspector(room)


def read(tmp_path: Path, *lines: str | dict[str, Any], ending: str = "\n", mark: bytes = b"") -> dict[ItemId, Verdict]:
    """Write lines into a file and read it."""
    written = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    file = tmp_path / "verdicts.jsonl"
    file.write_bytes(mark + "".join(f"{line}{ending}" for line in written).encode())
    return verdict_files.read(file, EXPECTED)


@pytest.mark.parametrize(("ending", "mark"), [("\n", b""), ("\r\n", b""), ("\n", b"\xef\xbb\xbf"), ("\r\n\r\n", b"")])
def test_a_file_is_read_whatever_program_saved_it(tmp_path: Path, ending: str, mark: bytes) -> None:
    """Line ends of both kinds, blank lines and a byte order mark make no difference; the text is passed by."""
    found = read(tmp_path, FINE | {"text": "湖面很静"}, FINE | {"item": str(ITEMS[1])}, ending=ending, mark=mark)
    assert list(found) == [ITEMS[0], ITEMS[1]]
    assert found[ITEMS[0]] == Verdict(ITEMS[0], "p-017", "fail", ("A1f",), "2026-11-22T08:30:00Z")


def test_a_line_that_is_not_filled_in_says_nothing(tmp_path: Path) -> None:
    """An empty verdict is none yet."""
    blank = {"item": str(ITEMS[0]), "text": "x", "inspector": "", "verdict": "", "risks": [], "at": ""}
    assert read(tmp_path, blank) == {}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"item": str(ItemId(FileId(b"g" * 16), 0))}, "not drawn"),
        ({"item": "湖"}, "no item id"),
        ({"item": 7}, "no item id"),
        ({"verdict": "ok"}, "must be one of"),
        ({"verdict": ["fail"]}, "must be one of"),
        ({"risks": []}, "at least one risk"),
        ({"risks": ["A9z"]}, "risk ids"),
        ({"risks": "A1a"}, "risk ids"),
        ({"risks": [["A1a"]]}, "risk ids"),
        ({"verdict": "pass"}, "only an item that fails"),
        ({"verdict": "cannot_judge"}, "only an item that fails"),
        ({"inspector": "王小明"}, "person id"),
        ({"inspector": ""}, "person id"),
        ({"inspector": "machine:metadata-check/1"}, "person id"),
        ({"inspector": PHONE}, "person id"),
        ({"at": "2026-11-22T07:59:59Z"}, "before the sample"),
        ({"at": "2026-11-22T09:00:01Z"}, "in the future"),
        ({"at": "2026-11-22T16:30:00+08:00", "risks": 5}, "risk ids"),
        ({"at": "2026-11-22 08:30"}, "must be written like"),
        ({"at": "yesterday"}, "must be written like"),
        ({"at": None}, "must be written like"),
        ({"note": "x"}, "with the fields"),
    ],
)
def test_each_fault_is_told_by_its_line(tmp_path: Path, change: dict[str, Any], sentence: str) -> None:
    """A wrong field refuses the file with the line and what is wrong, never with the value."""
    with pytest.raises(GovernanceError) as raised:
        read(tmp_path, FINE | {"item": str(ITEMS[1])}, FINE | change)
    assert "line 2: " in raised.value.message
    assert sentence in raised.value.message
    assert not [value for value in (PHONE, "王小明", "湖", "yesterday", "A9z") if value in raised.value.diagnostics()]


def test_a_time_of_another_zone_is_the_same_moment(tmp_path: Path) -> None:
    """Half past four in China is half past eight in UTC, and is stored so."""
    assert read(tmp_path, FINE | {"at": "2026-11-22T16:30:00+08:00"})[ITEMS[0]].at == "2026-11-22T08:30:00Z"


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Broken JSON, a repeated item and a missing field are told together; more than twenty only by their number."""
    with pytest.raises(GovernanceError) as raised:
        read(tmp_path, FINE, "{broken", FINE, {"item": str(ITEMS[1])}, "[1]", *["{"] * 30)
    message = raised.value.message
    assert [f"line {number}:" in message for number in (1, 2, 3, 4, 5)] == [False, True, True, True, True]
    assert "34 problems" in message
    assert "and 14 more" in message


VERDICTS = st.dictionaries(
    st.sampled_from(ITEMS),
    st.sampled_from([("pass", ()), ("fail", ("A1a",)), ("fail", ("A1f", "A5a")), ("cannot_judge", ())]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VERDICTS)
def test_what_is_stored_is_read_back(verdicts: dict[ItemId, tuple[str, tuple[str, ...]]]) -> None:
    """Writing verdicts and reading them again changes nothing, and their order plays no part."""
    known = {item: Verdict(item, "p-1", word, risks, NOW) for item, (word, risks) in verdicts.items()}
    stored = verdict_files.write(known)
    assert verdict_files.parse(stored) == known
    assert verdict_files.write(dict(reversed(known.items()))) == stored


# Recording.


def test_an_open_sample_is_filled_upload_by_upload(inspector: Inspector) -> None:
    """Half the verdicts leave it open and name what is missing; the other half closes it; a repeat adds nothing."""
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 10)
    sample, sheet = inspector.assess(source, file)
    rows = inspector.lines(inspector.judge(sheet, 0))
    first = inspector.write(inspector.desk / "first", rows[:4])
    said = inspector.says("sample", "record", str(sample), first, "--json")
    assert (said.code, said.json()["outcome"], len(said.json()["missing"])) == (0, "open", 6)
    assert inspector.state(source) == "registered"
    assert "passed" in inspector.record(sample, inspector.write(inspector.desk / "rest", rows[4:])).err
    assert inspector.state(source) == "assessed"
    size = inspector.room.house.workspace.ledger.head().size
    assert "already" in inspector.record(sample, first).err
    assert inspector.room.house.workspace.ledger.head().size == size


def test_a_later_verdict_takes_the_place_of_an_earlier_one(inspector: Inspector) -> None:
    """A corrected item counts once, by its latest verdict, and the entry names the one it supersedes."""
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 10)
    sample, sheet = inspector.assess(source, file)
    inspector.record(sample, inspector.judge(sheet, 0))
    (before,) = inspector.room.facts().samples
    row = inspector.lines(sheet)[0] | {"verdict": "fail", "risks": ["A1a"], **inspector.signature()}
    said = inspector.record(sample, inspector.write(inspector.desk / "again", [row]))
    (after,) = inspector.room.facts().samples
    assert (said.code, after.judged, after.bad) == (1, 10, 1)
    assert inspector.state(source) == "refused"
    entries = {entry.seq: entry.event for entry in inspector.room.house.workspace.ledger.entries()}
    assert entries[after.verdicts].supersedes == before.verdicts  # type: ignore[attr-defined]  # of this event


def test_a_bad_file_records_nothing(inspector: Inspector) -> None:
    """One wrong line among many keeps all of them out, and no text or value comes out."""
    source = inspector.register("own")
    file = inspector.room.write_texts("a.jsonl", [f"请拨打{PHONE}", "湖面很静"])
    sample, sheet = inspector.assess(source, file)
    rows = inspector.lines(inspector.judge(sheet, 0))
    rows[1]["inspector"] = PHONE
    size = inspector.room.house.workspace.ledger.head().size
    said = inspector.record(sample, inspector.write(inspector.desk / "bad", rows))
    assert (said.code, PHONE in said.err, "湖面" in said.err) == (2, False, False)
    assert inspector.room.house.workspace.ledger.head().size == size


def test_no_text_is_kept_with_the_verdicts(inspector: Inspector) -> None:
    """The stored verdicts hold item, inspector, verdict, risks and time; the sheet's text is not among them."""
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 3)
    sample, sheet = inspector.assess(source, file)
    inspector.record(sample, inspector.judge(sheet, 0))
    kept = b"".join(path.read_bytes() for path in (inspector.room.folder / "workspace").rglob("*") if path.is_file())
    assert "湖面很静".encode() not in kept


def test_a_sample_that_does_not_exist_is_refused(inspector: Inspector) -> None:
    """An unknown number, and one of another kind of entry, are answered with a sentence."""
    file = inspector.write(inspector.desk / "x", [])
    for number in (1, 999):
        said = inspector.record(number, file)
        assert (said.code, "There is no such sample" in said.err) == (2, True)
