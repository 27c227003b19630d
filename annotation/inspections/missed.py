"""What people marked in raw text held against what stripping takes out (漏检): pure functions of their answers.

Places alone decide. A mark is covered where every character of it is taken out, under whatever type, as covered recall
counts it (:mod:`pii.evaluation.counts`); one character left is enough to have missed it. What is kept by order, with
its basis, was found.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from annotation.batches.units import Unit
from annotation.inspections.verdicts import VERDICT, Said
from annotation.port import Answer
from corpus.samples.verdict_files import CANNOT_JUDGE, FAIL, PASS
from pii.evaluation.records import Labelled
from pii.evaluation.stretches import Stretches
from provenance.events import MarkCount, PersonalInformationChecked

SPAN = "span"
INFRINGED = "A4f"
"""The risk of an item in which something was missed: 侵害他人个人信息权益."""


def as_covered(unit: Unit, answer: Answer) -> Said:
    """Read marks as a verdict: an item passes where stripping takes out all that was marked in it.

    Clause:
        R-027
    """
    if CANNOT_JUDGE in answer.values(VERDICT):
        return CANNOT_JUDGE, ()
    found = Stretches(Labelled(*each) for each in unit.found)
    marks = [Labelled(*each) for each in answer.spans(SPAN)]
    return (PASS, ()) if all(map(_covered(found), marks)) else (FAIL, (INFRINGED,))


def counted(judged: Iterable[tuple[Unit, Sequence[Answer]]], sample: int, answers: str) -> PersonalInformationChecked:
    """Count what was marked and what of it was missed, of the answers that decide.

    What several people marked under one type and overlaps is one stretch, from the first character to the last.

    Args:
        judged: Items with the answers that decide on them.
        sample: Ledger entry of the draw.
        answers: Digest of the answers.
    """
    marked, missed = Counter[str](), Counter[str]()
    items = items_missed = 0
    people: set[str] = set()
    for unit, its in judged:
        if as_covered(unit, its[0])[0] == CANNOT_JUDGE:
            continue
        items += 1
        people |= {each.person for each in its}
        is_covered = _covered(Stretches(Labelled(*each) for each in unit.found))
        stretches = _joined(mark for each in its for mark in each.spans(SPAN))
        left = [each for each in stretches if not is_covered(each)]
        marked.update(each.type for each in stretches)
        missed.update(each.type for each in left)
        items_missed += bool(left)
    counts = tuple(MarkCount(name, marked[name], missed[name]) for name in sorted(marked))
    return PersonalInformationChecked(sample, items, items_missed, tuple(sorted(people)), counts, answers)


def _covered(found: Stretches) -> Callable[[Labelled], bool]:
    return lambda mark: found.inside(mark) == mark.end - mark.start


def _joined(marks: Iterable[tuple[int, int, str]]) -> list[Labelled]:
    found: list[Labelled] = []
    for start, end, entity in sorted(marks, key=lambda each: (each[2], *each)):
        last = found[-1] if found else None
        if last is not None and last.type == entity and start < last.end:
            found[-1] = last._replace(end=max(last.end, end))
        else:
            found.append(Labelled(start, end, entity))
    return found
