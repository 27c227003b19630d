"""Samples of the whole corpus: the manual one by its pass rate, the technical one by the keyword library of the day."""

import json
from pathlib import Path

import pytest

from rules import pass_rates
from rules.samples import SampleFact
from tests.fakes.inspector import Inspector
from tests.fakes.terminal import Said
from tests.fakes.workroom import KEYWORDS, Workroom

COUNT = 50


@pytest.fixture
def inspector(room: Workroom) -> Inspector:
    """Give an inspector in a room with fifty admitted items."""
    room.ingest(room.declare("own"), room.write_texts("own.jsonl", (f"第{at}天，湖面很静。" for at in range(COUNT))))
    return Inspector(room)


def _sample(inspector: Inspector, seq: int) -> SampleFact:
    return next(each for each in inspector.room.facts().samples if each.seq == seq)


def _record(inspector: Inspector, seq: int, sheet: Path, bad: int, unsure: int = 0) -> Said:
    """Fill a sheet in: the first items are bad, the next cannot be judged, the rest pass."""
    rows = [json.loads(line) for line in sheet.read_text("utf-8").splitlines()]
    at = inspector.room.house.workspace.ledger.now()
    for number, row in enumerate(rows):
        verdict = "fail" if number < bad else "cannot_judge" if number < bad + unsure else "pass"
        row |= {"inspector": "p-017", "verdict": verdict, "risks": ["A2d"] if verdict == "fail" else [], "at": at}
    filled = sheet.with_suffix(".filled")
    filled.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return inspector.says("sample", "record", str(seq), filled)


def test_a_small_corpus_is_drawn_whole(inspector: Inspector) -> None:
    """Below four thousand items every one is drawn, from the admitted ones alone, with its stripped text."""
    seq, sheet = inspector.draw("manual")
    found = _sample(inspector, seq)
    assert (found.population, found.size) == (COUNT, COUNT)
    assert all(json.loads(line)["text"] for line in sheet.read_text("utf-8").splitlines())


@pytest.mark.parametrize(("bad", "unsure", "is_met"), [(2, 0, True), (1, 1, True), (3, 0, False), (2, 1, False)])
def test_the_pass_rate_is_compared_as_integers(inspector: Inspector, bad: int, unsure: int, *, is_met: bool) -> None:
    """Two of fifty are just 96 percent; what nobody could judge counts as failed."""
    seq, sheet = inspector.draw("manual")
    said = _record(inspector, seq, sheet, bad, unsure)
    catalog = inspector.room.house.catalog
    rate = pass_rates.pass_rate(_sample(inspector, seq), catalog, "national")
    assert rate is not None
    assert (rate.failed, rate.is_met, said.code) == (bad + unsure, is_met, 0 if is_met else 1)


def test_an_open_sample_proves_nothing(inspector: Inspector) -> None:
    """While a verdict is missing there is no rate at all."""
    seq, _ = inspector.draw("manual")
    assert pass_rates.pass_rate(_sample(inspector, seq), inspector.room.house.catalog, "national") is None


def test_another_manual_sample_needs_its_reason(inspector: Inspector) -> None:
    """Whoever draws until the result pleases is choosing; items taken in since are no reason by themselves."""
    seq, sheet = inspector.draw("manual")
    assert _record(inspector, seq, sheet, bad=0).code == 0
    inspector.room.ingest("own", inspector.room.write_texts("more.jsonl", ["河水涨了，桥还在。"]))
    again = inspector.says("sample", "draw", "manual")
    assert (again.code, "corpus.drawn-before" in again.err) == (2, True)
    assert inspector.says("sample", "draw", "manual", "--reason", "items were taken in since").code == 0


def test_a_tenth_is_judged_at_once_by_the_library_of_the_day(inspector: Inspector) -> None:
    """The technical sample is a tenth, rounded up, and its judge is named with the library's digest."""
    said = inspector.says("sample", "draw", "technical", "--json")
    found = _sample(inspector, said.json()["seq"])
    (judge,) = found.inspectors
    assert (said.code, found.size, found.failed, found.is_closed) == (0, 5, 0, True)
    assert judge.startswith("machine:keyword-library/1+")


def test_a_keyword_that_came_later_is_found_in_the_sample(inspector: Inspector) -> None:
    """The seeded bug: items admitted under an older library fail under one that knows their word."""
    inspector.room.import_keywords(KEYWORDS + "湖面很静,A1g\n")
    said = inspector.says("sample", "draw", "technical", "--json")
    found = _sample(inspector, said.json()["seq"])
    assert (said.code, found.failed, dict(found.by_risk)) == (1, 5, {"A1g": 5})


def test_no_synthetic_item_leaves_nothing_to_draw(inspector: Inspector) -> None:
    """A plan for generated items refuses a corpus that has none, in a sentence."""
    said = inspector.says("sample", "draw", "synthetic-records")
    assert (said.code, "corpus.frame-empty" in said.err) == (4, True)
