"""Accuracy on gold answers and the times of annotation."""

from annotation.port import Answer, Entry
from annotation.quality import gold, times

GOLD = {
    "k1": {"verdict": frozenset({"risky"}), "risk": frozenset({"A1a", "A2b"})},
    "k2": {"verdict": frozenset({"safe"})},
}


def _answer(
    task: str, person: str, day: str = "2026-01-05", seconds: int | None = 9, **chosen: tuple[str, ...]
) -> Answer:
    entries = tuple(Entry(control, values) for control, values in chosen.items())
    return Answer(task, 1, person, entries, f"{day}T08:00:00.000Z", seconds=seconds)


RIGHT = _answer("k1", "p-a", verdict=("risky",), risk=("A2b", "A1a"))


def test_an_answer_is_right_when_it_holds_all_that_gold_holds() -> None:
    """Order plays no part; one risk missing or too many makes it wrong."""
    assert gold.is_right(RIGHT, GOLD["k1"])
    assert not gold.is_right(_answer("k1", "p-a", verdict=("risky",), risk=("A1a",)), GOLD["k1"])
    assert not gold.is_right(_answer("k1", "p-a", verdict=("risky",), risk=("A1a", "A2b", "A2c")), GOLD["k1"])


def test_scores_count_gold_items_alone() -> None:
    """Work on other items changes nobody's accuracy."""
    answers = [RIGHT, _answer("k2", "p-a", verdict=("risky",)), _answer("k9", "p-a", verdict=("risky",))]
    assert gold.by_person(answers, GOLD) == {"p-a": gold.Score(1, 2)}


def test_scores_are_told_day_by_day() -> None:
    """A person who becomes careless shows it on that day."""
    answers = [RIGHT, _answer("k2", "p-a", "2026-01-06", verdict=("risky",))]
    assert gold.by_day(answers, GOLD) == {
        ("p-a", "2026-01-05"): gold.Score(1, 1),
        ("p-a", "2026-01-06"): gold.Score(0, 1),
    }


def test_times_are_values_that_occurred() -> None:
    """Percentiles are by nearest rank, and answers without a known time are counted apart."""
    answers = [_answer("k9", "p-a", seconds=each) for each in (*range(1, 21), None)]
    assert times.distribution(answers) == times.Times(20, 1, 1, (1, 5, 10, 15, 19), 20, hasty=0)


def test_haste_is_told() -> None:
    """Answers quicker than the fifth percentile are counted."""
    answers = [_answer("k9", "p-a", seconds=each) for each in (1, *[30] * 39)]
    assert times.distribution(answers).hasty == 1


def test_no_times_are_no_distribution() -> None:
    """A server without a gate knows no times, and none are made up."""
    assert times.distribution([_answer("k9", "p-a", seconds=None)]) == times.Times(0, 1)
