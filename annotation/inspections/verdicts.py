"""What inspectors said of drawn items, as verdicts (抽检结论): pure functions of their answers.

- An item judged by two people who differ goes to a third, whose word counts. No item is replaced by another.
- Two who both fail an item may name different risks: it has all of them.
- Until every judge has answered an item has no verdict, and the sample stays open.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from annotation.batches.units import Unit
from annotation.port import Answer
from corpus.samples.verdict_files import FAIL, Verdict
from provenance.ids import ItemId

Said: TypeAlias = tuple[str, tuple[str, ...]]
"""A verdict (pass, fail, cannot_judge), and the risks of one that fails."""
Reading: TypeAlias = Callable[[Unit, Answer], Said]
"""Reads an answer about an item as a verdict on it."""
VERDICT, RISK = "verdict", "risk"
_TOGETHER = "+"


def as_chosen(_unit: Unit, answer: Answer) -> Said:
    """Read the verdict and the risks that an inspector chose in the form."""
    (word, *_), risks = answer.values(VERDICT), answer.values(RISK)
    return word, risks if word == FAIL else ()


def is_disputed(unit: Unit, answers: Sequence[Answer], read: Reading) -> bool:
    """Say whether all who were asked have judged an item, and differ, so that a third person decides (第三人复判)."""
    return len(answers) >= unit.people and len({read(unit, each)[0] for each in answers}) > 1


def decisive(
    units: Mapping[str, Unit],
    answers: Mapping[str, Sequence[Answer]],
    thirds: Mapping[ItemId, Answer],
    read: Reading,
) -> list[tuple[Unit, list[Answer]]]:
    """Return every item that is judged with the answers that decide on it, in item order.

    Args:
        units: The task list, by key.
        answers: What inspectors said, by the key of the task.
        thirds: What third people said of disputed items.
        read: Reads an answer as a verdict.
    """
    found = []
    for key, unit in units.items():
        mine = sorted(answers.get(key, ()), key=lambda each: (each.submitted_at, each.annotation))
        if len(mine) < unit.people:
            continue
        if is_disputed(unit, mine, read):
            mine = [thirds[unit.item]] if unit.item in thirds else []
        if mine:
            found.append((unit, mine))
    return sorted(found, key=lambda each: each[0].item)


def verdicts(judged: Iterable[tuple[Unit, Sequence[Answer]]], read: Reading) -> dict[ItemId, Verdict]:
    """Return the verdicts that are final.

    Args:
        judged: As :func:`decisive` returns it.
        read: Reads an answer as a verdict.

    Clause:
        R-001, R-002, R-027, R-070, R-154, R-157
    """
    return {unit.item: _joined(unit, answers, read) for unit, answers in judged}


def _joined(unit: Unit, answers: Sequence[Answer], read: Reading) -> Verdict:
    said = [read(unit, each) for each in answers]
    risks = sorted({risk for _, its in said for risk in its})
    people = _TOGETHER.join(dict.fromkeys(each.person for each in answers))
    return Verdict(unit.item, people, said[0][0], tuple(risks), _latest(answers))


def _latest(answers: Iterable[Answer]) -> str:
    return max(each.changed_at or each.submitted_at for each in answers)
