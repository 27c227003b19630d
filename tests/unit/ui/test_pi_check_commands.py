"""The check of personal information by commands: what they print, their exit codes, and that they print no text."""

import json
from pathlib import Path

import pytest

from annotation.batches import keys
from tests.fakes import annotation_server
from tests.fakes.batch_desk import BatchDesk
from tests.fakes.identities import mobile
from tests.fakes.raw_checks import CHECKERS, LETTERS, NAME, RawCheck
from tests.fakes.terminal import Said, typed
from ui.services import annotating


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RawCheck:
    """A desk with a sample for the check, whose server the command line finds."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    made = RawCheck.at(BatchDesk.fresh(tmp_path))
    monkeypatch.setattr(annotating, "client_of", lambda _house: made.desk.server)
    monkeypatch.setattr("ui.services.inspecting.holds_personal_information", lambda _: False)
    monkeypatch.setattr(keys, "text_digest", lambda _key, text: annotation_server._digest("text", text))
    return made


def _says(check: RawCheck, *words: str | Path) -> Said:
    said = typed("-w", check.desk.room.folder / "workspace", *words)
    assert not any(each in said.out + said.err for each in (NAME, "封信", *map(mobile, range(len(LETTERS)))))
    return said


def _plan(check: RawCheck, **changes: object) -> Path:
    check.order(**changes)
    return check.desk.room.folder / f"plans-{check.desk._plans}" / "plan.yaml"


def test_a_check_is_carried_through_by_commands(check: RawCheck) -> None:
    """Publish, collect, close: who is shown raw text, where it is recorded, what was missed; figures in the facts."""
    said = _says(check, "annotate", "publish", _plan(check))
    assert said.code == 0, said.err
    assert "shown to 3 internal people" in said.err
    assert "T11c" in said.err
    batch = check.desk.desk.batch("b-pi")
    check.mark(batch, CHECKERS[0])
    said = _says(check, "annotate", "collect", "b-pi")
    assert said.code == 0, said.err
    assert "18 items judged, 2 with something missed; 8 stretches marked, 2 missed" in said.err
    assert "shown to 1 people, 18 items in all" in said.err
    assert "pi_check" in _says(check, "annotate", "status").out
    said = _says(check, "annotate", "close", "b-pi", "--accept", "--reason", "all judged")
    assert said.code == 0, said.err
    assert "18 task texts were deleted" in said.err
    (told,) = _says(check, "facts", "--json").json()["annotation"]["pi_checks"]
    assert (told["items"], told["items_missed"]) == (18, 2)
    assert told["counts"] == [
        {"entity": "MOBILE", "marked": 6, "missed": 0},
        {"entity": "NAME", "marked": 2, "missed": 2},
    ]
    assert _says(check, "annotate", "status", "--replay", "--json").json() == {}


def test_collecting_everything_that_is_open_takes_the_check_along(check: RawCheck) -> None:
    """Without a batch's id the command collects the check with the others, and records its accesses."""
    _says(check, "annotate", "publish", _plan(check))
    batch = check.desk.desk.batch("b-pi")
    check.desk.server.show(batch.projects[0].number, min(check.texts(batch)), "p-k2")
    assert _says(check, "annotate", "collect").code == 0
    assert check.fact.shown_to == ("p-k2",)


def test_what_is_not_shown_is_said_with_the_way_out(check: RawCheck) -> None:
    """Of items whose file changed the command says how many there are, and what to do."""
    path = check.desk.room.folder / "input" / "letters.jsonl"
    path.write_bytes(path.read_bytes().replace("第0封".encode(), "第9封".encode()))
    said = _says(check, "annotate", "publish", _plan(check))
    assert "1 items of the sample are not shown" in said.err
    assert "--reconsider" in said.err


def test_what_may_not_be_is_a_sentence(check: RawCheck, tmp_path: Path) -> None:
    """A sheet, an outsourced person, a server without the gate, a redo: one sentence each, no traceback."""
    sheet = tmp_path / "sheet.jsonl"
    said = _says(check, "sample", "draw", "pi-check", "--reason", "again", "--out", sheet)
    assert (said.code, "no work sheet may hold" in said.err, sheet.exists()) == (2, True, False)
    check.qualify("p-k4", "outsourced")
    said = _says(check, "annotate", "publish", _plan(check, people={"inspect": ["p-k4"]}))
    assert (said.code, "internal people (内部人员) alone, not to p-k4" in said.err) == (2, True)
    check.desk.server.is_gated = False
    said = _says(check, "annotate", "publish", _plan(check))
    assert (said.code, "gate alone" in said.err) == (2, True)
    check.desk.server.is_gated = True
    _says(check, "annotate", "publish", _plan(check))
    said = _says(check, "annotate", "close", "b-pi", "--redo", "--reason", "again")
    assert (said.code, "not annotated anew" in said.err) == (2, True)


def test_drawing_says_what_comes_next(check: RawCheck) -> None:
    """Drawn again the sample is named with the plan that judges it, and no sheet is offered."""
    said = _says(check, "sample", "draw", "pi-check", "--reason", "once more")
    assert said.code == 0, said.err
    assert "kind pi_check" in said.err
    assert "--out" not in said.err
    rows = _says(check, "sample", "list", "--json").json()
    assert [each["plan"] for each in rows] == ["pi-check", "pi-check"]


def test_the_check_stands_in_the_report(check: RawCheck, tmp_path: Path) -> None:
    """The table of the report is made from the same facts."""
    _says(check, "annotate", "publish", _plan(check))
    check.mark(check.desk.desk.batch("b-pi"), CHECKERS[0])
    _says(check, "annotate", "close", "b-pi", "--accept", "--reason", "all judged")
    out = tmp_path / "report"
    said = _says(check, "report", "--out", out)
    assert said.code in (0, 1), said.err
    written = "".join(path.read_text("utf-8") for path in sorted(out.rglob("*.json")))
    assert '"T11c"' in written
    assert "11.11" in written, "2 of 18 items, in percent"
    assert NAME not in written
    assert json.dumps(NAME) not in written
