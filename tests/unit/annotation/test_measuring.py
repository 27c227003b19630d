"""Measures of a batch as the ledger records them, and as the facts read them back."""

from annotation.port import Answer, Entry
from annotation.quality.measuring import Controls, measure, measure_times
from provenance.events import AgreementMeasured
from rules.annotation.measures import Measures

CONTROLS = Controls({"verdict": ("safe", "risky", "cannot_judge")}, ("risk",), ("span",), {"verdict": "risky"})
DIGEST, LATER = "a" * 64, "b" * 64


def _answer(task: str, person: str, verdict: str, *risks: str, span: tuple[int, int] | None = None) -> Answer:
    entries = [Entry("verdict", (verdict,))]
    entries += [Entry("risk", (each,)) for each in risks]
    entries += [Entry("span", ("suspect",), *span)] if span else []
    return Answer(task, 1, person, tuple(entries), "2026-01-05T08:00:00.000Z", seconds=12)


ANSWERS = [
    _answer("k1", "p-a", "risky", "A1a", span=(0, 4)),
    _answer("k1", "p-b", "risky", "A1a", span=(2, 4)),
    _answer("k2", "p-a", "safe"),
    _answer("k2", "p-b", "safe"),
    _answer("k3", "p-a", "safe"),
]


def _by_name(events: list[AgreementMeasured]) -> dict[tuple[str, str, str], int | None]:
    return {(each.measure, each.control, each.person): each.millionths for each in events if not each.day}


def test_every_measure_of_every_control_is_told() -> None:
    """Nothing is left out because it came out badly, and what cannot be estimated is an event as well."""
    found = _by_name(list(measure(ANSWERS, CONTROLS, DIGEST)))
    assert found == {
        ("percent", "verdict", ""): 1_000_000,
        ("cohen", "verdict", ""): 1_000_000,
        ("fleiss", "verdict", ""): 1_000_000,
        ("krippendorff", "verdict", ""): 1_000_000,
        ("ac1", "verdict", ""): 1_000_000,
        ("positive", "verdict", ""): 1_000_000,
        ("percent", "risk", ""): 1_000_000,
        ("krippendorff", "risk", ""): None,
        ("span_exact", "span", ""): 0,
        ("span_overlap", "span", ""): 1_000_000,
    }


def test_a_seeded_disagreement_is_seen() -> None:
    """One item on which the two differ lowers every measure of that control."""
    other = [*ANSWERS, _answer("k4", "p-a", "risky"), _answer("k4", "p-b", "safe")]
    found = _by_name(list(measure(other, CONTROLS, DIGEST)))
    assert all((found[name, "verdict", ""] or 0) < 1_000_000 for name in ("percent", "cohen", "ac1", "positive"))


def test_accuracy_on_gold_is_told_by_person_and_by_day() -> None:
    """Each person has a figure of the whole batch and one of each day."""
    gold = {"k1": {"verdict": frozenset({"risky"})}, "k2": {"verdict": frozenset({"risky"})}}
    found = [each for each in measure(ANSWERS, CONTROLS, DIGEST, gold) if each.measure == "gold"]
    assert {(each.person, each.day): each.millionths for each in found} == {
        ("p-a", ""): 500_000,
        ("p-a", "2026-01-05"): 500_000,
        ("p-b", ""): 500_000,
        ("p-b", "2026-01-05"): 500_000,
    }


def test_later_answers_take_the_place_of_earlier_measures() -> None:
    """Measures of other answers of the same batch leave none of the old figures behind."""
    fold = Measures()
    gold = {"k1": {"verdict": frozenset({"risky"})}}
    for seq, event in enumerate(measure(ANSWERS, CONTROLS, DIGEST, gold), start=1):
        fold.take(seq, "b-1", event)
    assert any(each.measure == "gold" for each in fold.agreements())
    for seq, event in enumerate(measure(ANSWERS, CONTROLS, LATER), start=90):
        fold.take(seq, "b-1", event)
    assert not any(each.measure == "gold" for each in fold.agreements())
    assert len(fold.agreements()) == 10


def test_times_are_those_of_the_answers() -> None:
    """Seven figures of seconds, beside the time that was planned."""
    told = measure_times(ANSWERS, "annotate", 30, DIGEST)
    assert (told.timed, told.planned_seconds, told.seconds) == (5, 30, (12,) * 7)
