"""Commands of annotation in batches: what they print, their exit codes, and that they carry a batch through."""

import json
from pathlib import Path

import pytest

from annotation.batches import keys
from tests.fakes import annotation_server
from tests.fakes.batch_desk import APPROVE, ILLEGAL, INACCURATE, SAFE, USABLE, BatchDesk
from tests.fakes.terminal import Said, typed
from tests.fakes.workroom import Workroom
from ui.services import annotating, batches


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BatchDesk:
    """A desk whose server the command line finds."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    made = BatchDesk.fresh(tmp_path)
    monkeypatch.setattr(annotating, "client_of", lambda _house: made.server)
    monkeypatch.setattr(batches, "holds_personal_information", lambda _: False)
    monkeypatch.setattr(keys, "text_digest", lambda _key, text: annotation_server._digest("text", text))
    return made


def _says(desk: BatchDesk, *words: str | Path) -> Said:
    return typed("-w", desk.room.folder / "workspace", "annotate", *words)


def _plan(desk: BatchDesk, name: str = "b-1", kind: str = "safety", **changes: object) -> Path:
    desk.plan(name, kind, **changes)
    return desk.room.folder / f"plans-{desk._plans}" / "plan.yaml"


def test_a_batch_is_carried_through_by_commands(desk: BatchDesk) -> None:
    """Publish, collect, review, close: each says what it did, on stderr in words and on stdout as JSON."""
    said = _says(desk, "publish", _plan(desk), "--json")
    assert (said.code, said.json()["units"], said.json()["tasks_put"]) == (0, 6, 6)
    batch = desk.desk.batch("b-1")
    early = _says(desk, "review", "b-1")
    assert (early.code, "`yuliao annotate collect b-1`" in early.err) == (0, True)
    desk.annotate(batch, SAFE)
    assert _says(desk, "collect").code == 0
    reviewed = _says(desk, "review", "b-1")
    assert (reviewed.code, "6 tasks put now; review: nothing is decided yet" in reviewed.err) == (0, True)
    desk.decide(batch, APPROVE)
    decided = _says(desk, "review", "b-1", "--json")
    assert decided.json()["review"]["approved"] == 6
    assert "`yuliao annotate close b-1 --accept --reason REASON`" in decided.err
    closed = _says(desk, "close", "b-1", "--accept", "--reason", "the work is done")
    assert closed.code == 0, closed.err
    assert "6 items released" in closed.err
    status = _says(desk, "status", "--json").json()
    assert [(each["id"], each["outcome"], each["texts_deleted"]) for each in status] == [("b-1", "accepted", 12)]
    assert "accepted" in _says(desk, "status").out
    facts = typed("-w", desk.room.folder / "workspace", "facts", "--json").json()
    assert facts["annotation"]["batches"][0]["released"] == 6
    assert len(facts["annotation"]["times"]) == 1
    assert _says(desk, "status", "--replay", "--json").json() == {"b-1": True}


def test_a_replay_sees_what_was_put_in_the_place_of_answers(desk: BatchDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the copy of the outbox gives other answers than are stored, the command ends with 3."""
    _says(desk, "publish", _plan(desk))
    desk.annotate(desk.desk.batch("b-1"), SAFE)
    _says(desk, "collect")
    assert _says(desk, "status", "--replay").code == 0
    monkeypatch.setattr("annotation.batches.mirror.unpack", lambda _content: [])
    said = _says(desk, "status", "--replay")
    assert (said.code, "OTHER ANSWERS" in said.err) == (3, True)


def test_the_policy_lets_the_platform_manage(desk: BatchDesk) -> None:
    """What is written for the gate names the platform's own account, and everybody who is registered."""
    _says(desk, "publish", _plan(desk))
    people = json.loads((desk.room.folder / "workspace" / "annotation" / "policy.json").read_bytes())["people"]
    assert people["p-platform@annotate.invalid"]["functions"] == ["manage"]
    assert "p-a1@annotate.invalid" in people


def test_findings_at_collection_are_an_exit_code(desk: BatchDesk) -> None:
    """What is kept out is named by person and reason, and the command ends with 1."""
    _says(desk, "publish", _plan(desk))
    batch = desk.desk.batch("b-1")
    desk.server.answer_behind(*desk.tasks(batch)[0], "p-a1", SAFE)
    said = _says(desk, "collect", "b-1")
    assert said.code == 1
    assert "p-a1: it was written past the gate" in said.err


def test_what_may_not_be_is_a_sentence(desk: BatchDesk) -> None:
    """No outcome, an unknown batch, an acceptance without approvals: one sentence each, exit code 2, no traceback."""
    _says(desk, "publish", _plan(desk))
    for words in (
        ("close", "b-1", "--reason", "done"),
        ("close", "b-1", "--accept", "--void", "--reason", "done"),
        ("close", "b-1", "--accept", "--reason", "done"),
        ("close", "b-1", "--accept", "--reason", ""),
        ("review", "b-9"),
        ("publish", Path("nowhere.yaml")),
    ):
        said = _says(desk, *words)
        assert said.code in (2, 4), words
        assert "Traceback" not in said.err


def test_a_void_batch_quarantines_what_was_found(desk: BatchDesk) -> None:
    """AR-9: the item in which illegal content was found leaves the corpus, once."""
    _says(desk, "publish", _plan(desk, kind="functional"))
    batch = desk.desk.batch("b-1")
    desk.annotate(batch, USABLE)
    _says(desk, "review", "b-1")
    desk.server.answer(*desk.tasks(batch, "inspect")[0], "p-i1", ILLEGAL)
    said = _says(desk, "close", "b-1", "--void", "--reason", "illegal content", "--json")
    assert said.code == 0, said.err
    assert (len(said.json()["illegal"]), said.json()["quarantined"]) == (1, 1)
    again = _says(desk, "close", "b-1", "--void", "--reason", "illegal content", "--json")
    assert again.json()["quarantined"] == 0
    facts = typed("-w", desk.room.folder / "workspace", "facts", "--json").json()
    assert facts["items"]["by_reason"]["annotation-illegal"] == 1


def test_what_is_inaccurate_is_said_to_be_planned_anew(desk: BatchDesk) -> None:
    """After --redo the command names the field by which the next plan takes the items over."""
    _says(desk, "publish", _plan(desk))
    batch = desk.desk.batch("b-1")
    desk.annotate(batch, SAFE)
    _says(desk, "review", "b-1")
    desk.decide(batch, INACCURATE)
    assert "--redo" in _says(desk, "review", "b-1").err
    said = _says(desk, "close", "b-1", "--redo", "--reason", "all of it is wrong")
    assert "redoes: b-1" in said.err


def test_a_server_without_a_gate_is_named(desk: BatchDesk) -> None:
    """Publishing, collecting and the list say that rules are checked after the fact only."""
    desk.server.is_gated = False
    said = _says(desk, "publish", _plan(desk))
    assert "事后核查" in said.err
    assert "b-1*" in _says(desk, "status").out


def test_a_wrong_plan_is_told_as_that_before_any_server_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody whose server does not run yet learns what is wrong in the plan, and where a whole one is printed."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("YULIAO_LABEL_STUDIO", str(tmp_path / "server"))
    room = Workroom.create(tmp_path)
    plan = tmp_path / "plan.yaml"
    whole = typed("annotate", "publish", "--template").out
    plan.write_text(whole.replace("rule_book: safety@1", "rule_book: safety"), "utf-8")
    wrong = typed("-w", room.folder / "workspace", "annotate", "publish", plan)
    assert (wrong.code, "line 4, rule_book" in wrong.err, "--template" in wrong.err) == (2, True, True)
    plan.write_text(whole, "utf-8")
    right = typed("-w", room.folder / "workspace", "annotate", "publish", plan)
    assert (right.code, "annotate server start" in right.err) == (4, True)


def test_a_project_deleted_by_hand_is_named_at_collection(desk: BatchDesk) -> None:
    """Even where nobody had answered anything, so that no answer tells of it; the command reports a finding."""
    assert _says(desk, "publish", _plan(desk)).code == 0
    number = desk.desk.batch("b-1").projects[0].number
    desk.server.delete_project(number)
    said = _says(desk, "collect", "b-1")
    assert (said.code, f"project {number} of the batch was deleted" in said.err) == (1, True)
