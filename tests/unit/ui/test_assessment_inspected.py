"""A sample that is drawn before anything is taken in goes to inspectors in the annotation server, too."""

import json
from pathlib import Path

import pytest

from annotation.batches import keys
from annotation.port import Entry
from tests.fakes import annotation_server
from tests.fakes.batch_desk import BatchDesk
from tests.fakes.identities import mobile
from tests.fakes.inspector import Inspector
from tests.fakes.terminal import Said
from ui.services import annotating

PEOPLE = ("p-i1", "p-i2", "p-i3")
PASS = (Entry("verdict", ("pass",)),)
FAIL = (Entry("verdict", ("fail",)), Entry("risk", ("A2d",)), Entry("reason", text="依据规则第二条"))
NUMBER = mobile(7)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BatchDesk:
    """A desk whose server the command line finds, and three inspectors."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    made = BatchDesk.fresh(tmp_path)
    made.release("inspection")
    made.qualify("p-i3", "inspect")
    made.qualify_for("inspection@1", *PEOPLE)
    monkeypatch.setattr(annotating, "client_of", lambda _house: made.server)
    monkeypatch.setattr(keys, "text_digest", lambda _key, text: annotation_server._digest("text", text))
    return made


@pytest.fixture
def inspector(desk: BatchDesk) -> Inspector:
    """Somebody in the same room; twenty texts of a registered source lie in a file, one holds a number."""
    made = Inspector(desk.room)
    made.register("own")
    texts = [f"湖面很静，第{at}天的记录。" for at in range(19)]
    desk.room.write_texts("own.jsonl", [*texts, f"请致电{NUMBER}联系我们。"])
    return made


def _publish(desk: BatchDesk, inspector: Inspector, **items: object) -> Said:
    sample = inspector.says("source", "assess", "own", desk.room.folder / "input" / "own.jsonl", "--json").json()["seq"]
    tree = {
        "id": "b-assess",
        "kind": "inspection",
        "rule_book": "inspection@1",
        "items": {"sample": sample, **items},
        "people": {"inspect": list(PEOPLE)},
        "overlap": 2,
        "deadline": "2026-12-31",
    }
    return inspector.says("annotate", "publish", desk.write("plan.yaml", json.dumps(tree)))


def _answer(desk: BatchDesk, project: int, person: str, *, fails: int = 0) -> None:
    for at, key in enumerate(sorted(desk.server.tasks(project))):
        desk.server.answer(project, key, person, FAIL if at < fails else PASS)


def test_an_assessment_is_judged_in_the_server(desk: BatchDesk, inspector: Inspector) -> None:
    """Its texts are stripped; two judge, a third decides; within 5 percent the source is assessed."""
    said = _publish(desk, inspector, files=["../input/own.jsonl"])
    assert (said.code, "20 items" in said.err) == (0, True), said.err
    first, third = desk.desk.batch("b-assess").projects
    texts = [desk.server.data(first.number, key).text for key in desk.server.tasks(first.number)]
    assert len(texts) == 20
    assert not any(NUMBER in each for each in texts)
    _answer(desk, first.number, "p-i1", fails=1)
    _answer(desk, first.number, "p-i2")
    said = inspector.says("annotate", "collect", "b-assess")
    assert (said.code, len(desk.server.tasks(third.number))) == (0, 1), said.err
    _answer(desk, third.number, "p-i3", fails=1)
    assert inspector.says("annotate", "collect", "b-assess").code == 0
    (sample,) = [each for each in inspector.says("sample", "list", "--json").json() if each["plan"] == "assessment"]
    assert (sample["judged"], sample["bad"]) == (20, 1)
    assert inspector.state("own") == "assessed"
    assert inspector.says("annotate", "close", "b-assess", "--accept", "--reason", "all judged").code == 0


def test_the_files_must_be_those_drawn_from(desk: BatchDesk, inspector: Inspector) -> None:
    """Without files, and with others, a sentence says which are wanted; nothing is published."""
    said = _publish(desk, inspector)
    assert (said.code, "files: [...]" in said.err) == (2, True), said.err
    desk.room.write_texts("others.jsonl", ["另一个文件。"])
    said = _publish(desk, inspector, files=["../input/others.jsonl"])
    assert (said.code, "unchanged, as `items.files`" in said.err) == (2, True), said.err
    assert not [each for each in desk.desk.facts().batches if each.id == "b-assess"]


def test_a_path_that_names_somebody_is_not_kept(desk: BatchDesk, inspector: Inspector) -> None:
    """A plan is evidence, so a file whose path holds a number has to be renamed first; the number is not told."""
    desk.room.write_texts(f"{NUMBER}.jsonl", ["一个文件。"])
    said = _publish(desk, inspector, files=[f"../input/{NUMBER}.jsonl"])
    assert (said.code, "Move or rename the file" in said.err, NUMBER in said.out + said.err) == (2, True, False)
