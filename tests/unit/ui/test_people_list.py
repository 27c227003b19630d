"""`yuliao people list`: what everybody has done in open batches, how often they are right, until when they may work."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from provenance.events import AgreementMeasured, BatchPublished, PersonRegistered
from tests.fakes.batch_desk import INACCURATE, SAFE, BatchDesk
from tests.fakes.terminal import Said, typed
from ui.cli import shared


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BatchDesk:
    """A desk where an open batch of six items, two of them for two people, has four answers."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    desk = BatchDesk.fresh(tmp_path)
    batch = desk.publish(overlap=2, double_percent=30).batch
    for person, tasks in (("p-a1", desk.tasks(batch)[:3]), ("p-a2", desk.tasks(batch)[-1:])):
        for task in tasks:
            desk.server.answer(*task, person, SAFE)
    desk.server.answer(*desk.tasks(batch)[0], "p-a3", SAFE)  # not in the batch: counts for nobody
    desk.collect()
    return desk


def listed(desk: BatchDesk, *words: str) -> Said:
    """Type the command."""
    return typed("-w", desk.room.folder / "workspace", "people", "list", *words)


def rows(desk: BatchDesk) -> dict[str, dict[str, Any]]:
    """Return every person as JSON tells of them."""
    return {each["person"]: each for each in listed(desk, "--json").json()["people"]}


def measured(desk: BatchDesk, person: str, millionths: int | None, given: int) -> None:
    """Record an accuracy on gold items."""
    answers = desk.desk.batch("b-1").answers
    desk.record("b-1", AgreementMeasured("gold", "*", millionths, given, 1, answers, person))


def test_progress_is_what_each_has_done_of_what_all_are_asked(desk: BatchDesk) -> None:
    """Six items, two of them by two people, ask for eight answers; an answer outside the batch counts for nobody."""
    told = {"batch": "b-1", "function": "annotate", "together": 4, "asked": 8, "deadline": "2026-12-31"}
    found = listed(desk, "--json").json()
    progress = {each["person"]: each["progress"] for each in found["people"]}
    assert progress["p-a1"] == [{**told, "done": 3}]
    assert progress["p-a2"] == [{**told, "done": 1}]
    assert progress["p-a3"] == []
    (company,) = found["companies"]
    assert (company["company"], company["people"], company["done"], company["batches_open"]) == ("", 7, 4, 1)


def test_reviewers_are_asked_for_what_is_there_to_be_checked(desk: BatchDesk) -> None:
    """Before anybody decided, nobody can say how much; then it is what was annotated so far."""
    assert rows(desk)["p-r1"]["progress"][0]["asked"] is None
    desk.review()
    desk.server.answer(*desk.tasks(desk.desk.batch("b-1"), "review")[0], "p-r1", INACCURATE)
    desk.review()
    (told,) = rows(desk)["p-r1"]["progress"]
    assert (told["function"], told["done"], told["together"], told["asked"]) == ("review", 1, 1, 4)


def test_a_batch_that_ended_is_no_progress(desk: BatchDesk) -> None:
    """What is over is left out; the answers stay in the evidence."""
    assert rows(desk)["p-a1"]["progress"]
    desk.close(outcome="void")
    assert rows(desk)["p-a1"]["progress"] == []


def test_accuracy_is_a_fraction_or_not_estimable(desk: BatchDesk) -> None:
    """Right of asked per person and company; who worked and met no gold item has none, who did not work nothing."""
    measured(desk, "p-a1", 833_333, 6)
    others = rows(desk)
    found = others["p-a1"]
    assert (found["gold_right"], found["gold_asked"], found["gold_millionths"]) == (5, 6, 833_333)
    assert others["p-a2"]["gold_millionths"] is None
    table = listed(desk).out
    (one,) = [line for line in table.splitlines() if line.startswith("p-a1") and "5/6" in line]
    assert "83.3%" in one
    assert any(line.startswith("p-a2") and "not estimable" in line for line in table.splitlines())
    assert not any(line.startswith("p-a3") and "not estimable" in line for line in table.splitlines())
    assert any(line.startswith("internal") and "5/6 83.3%" in line for line in table.splitlines())


def test_the_next_examination_is_the_one_invited_to_or_the_end_of_a_qualification(desk: BatchDesk) -> None:
    """An invitation names its examination and deadline; else the first last day counts, with the days left to it."""
    found = rows(desk)["p-a1"]
    (held, *_) = found["qualifications"]
    assert (found["exam"], found["exam_due"]) == ("", held["last_day"])
    today = dt.date.fromisoformat(desk.desk.workspace.ledger.today())
    assert held["days_left"] == (dt.date.fromisoformat(held["last_day"]) - today).days
    people, tasks = (("p-a1", "examine"),), desk.desk.batch("b-1").tasks
    exam = BatchPublished("exam", "text", "safety@1", 0, 4, 1, 0, 4, 0, "2026-12-01", people, (), tasks, "9a" * 32)
    desk.record("e-1", exam)
    told = rows(desk)
    assert (told["p-a1"]["exam"], told["p-a1"]["exam_due"], told["p-a2"]["exam"]) == ("e-1", "2026-12-01", "")
    assert "e-1 2026-12-01" in listed(desk).out


def test_the_tables_fit_a_terminal(desk: BatchDesk) -> None:
    """No line is longer than 80 columns, and every person and company is named at the start of one."""
    desk.record("p-o1", PersonRegistered("outsourced", "c" * 64, "co-1", "a" * 64, "b" * 64, ("annotate", "review")))
    measured(desk, "p-a1", 833_333, 6)
    lines = listed(desk).out.splitlines()
    assert {"p-a1", "p-o1", "internal", "co-1"} <= {line.split(" ")[0] for line in lines}
    assert max(map(shared._cells, lines)) <= 80
