"""Accuracy on gold answers (标准答案) mixed into the work: of each person, over time.

An answer is right where every control that the gold answer speaks of holds exactly the same values. Selected stretches
are told apart by their agreement, not here: two careful people seldom end them at the same character.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from annotation.port import Answer

Gold = Mapping[str, Mapping[str, frozenset[str]]]
"""By task key: for every control that matters, the ids of the right values."""
_Key = Callable[[Answer], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Score:
    """Right answers of those given."""

    right: int
    given: int


def is_right(answer: Answer, gold: Mapping[str, frozenset[str]]) -> bool:
    """Say whether an answer holds what the gold answer holds."""
    return all(frozenset(answer.values(control)) == values for control, values in gold.items())


def by_person(answers: Iterable[Answer], gold: Gold) -> dict[str, Score]:
    """Return each person's score on the gold items that they answered."""
    return {name[0]: score for name, score in _scores(answers, gold, lambda each: (each.person,)).items()}


def by_day(answers: Iterable[Answer], gold: Gold) -> dict[tuple[str, ...], Score]:
    """Return each person's score of each day (UTC), by person and day."""
    return _scores(answers, gold, lambda each: (each.person, each.submitted_at[:10]))


def _scores(answers: Iterable[Answer], gold: Gold, key: _Key) -> dict[tuple[str, ...], Score]:
    found: defaultdict[tuple[str, ...], list[bool]] = defaultdict(list)
    for each in answers:
        if each.task in gold:
            found[key(each)].append(is_right(each, gold[each.task]))
    return {name: Score(sum(results), len(results)) for name, results in sorted(found.items())}
