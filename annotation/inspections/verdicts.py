"""What inspectors said of drawn items, as verdicts (抽检结论): pure functions of their answers.

- An item judged by two people who differ goes to a third, whose word counts. No item is replaced by another.
- Two who both fail an item may name different risks: it has all of them.
- Until every judge has answered an item has no verdict, and the sample stays open.
"""

from collections.abc import Iterable, Mapping, Sequence

from annotation.batches.units import Unit
from annotation.port import Answer
from corpus.samples.verdict_files import FAIL, Verdict
from provenance.ids import ItemId

VERDICT, RISK = "verdict", "risk"
_TOGETHER = "+"


def is_disputed(unit: Unit, answers: Sequence[Answer]) -> bool:
    """Say whether all who were asked have judged an item, and differ, so that a third person decides (第三人复判)."""
    return len(answers) >= unit.people and len({_word(each) for each in answers}) > 1


def verdicts(
    units: Mapping[str, Unit], answers: Mapping[str, Sequence[Answer]], thirds: Mapping[ItemId, Answer]
) -> dict[ItemId, Verdict]:
    """Return the verdicts that are final.

    Args:
        units: The task list, by key.
        answers: What inspectors said, by the key of the task.
        thirds: What third people said of disputed items.

    Clause:
        R-001, R-002, R-070, R-154, R-157
    """
    found = {}
    for key, unit in units.items():
        mine = sorted(answers.get(key, ()), key=lambda each: (each.submitted_at, each.annotation))
        if len(mine) < unit.people:
            continue
        if is_disputed(unit, mine):
            mine = [thirds[unit.item]] if unit.item in thirds else []
        if mine:
            found[unit.item] = _joined(unit.item, mine)
    return dict(sorted(found.items()))


def _joined(item: ItemId, answers: Sequence[Answer]) -> Verdict:
    word = _word(answers[0])
    risks = sorted({risk for each in answers for risk in each.values(RISK)}) if word == FAIL else []
    people = _TOGETHER.join(dict.fromkeys(each.person for each in answers))
    return Verdict(item, people, word, tuple(risks), _latest(answers))


def _word(answer: Answer) -> str:
    return answer.values(VERDICT)[0]


def _latest(answers: Iterable[Answer]) -> str:
    return max(each.changed_at or each.submitted_at for each in answers)
