"""How far open batches are (标注进度), by person: counted in the stored answers of the latest collection."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from annotation.batches import answers
from annotation.batches.stores import Stores
from rules.annotation.batches import ANNOTATE, BatchFact
from rules.annotation.companies import EXAM


@dataclass(frozen=True)
class Progress:
    """What a person has done in an open batch.

    Attributes:
        batch: Its id.
        function: The person's function in it.
        done: Answers of the person that count.
        together: Answers that count of all who have this function in it.
        asked: Answers that the plan asks of all of them together; what is to be checked grows with what was annotated.
            None as long as nothing is there to be checked.
        deadline: Its last day.
    """

    batch: str
    function: str
    done: int
    together: int
    asked: int | None
    deadline: str


def by_person(batches: Iterable[BatchFact], folder: Path) -> Mapping[str, tuple[Progress, ...]]:
    """Return how far everybody is in each open batch, by the person's id.

    Args:
        batches: All batches; those that ended or examine are left out.
        folder: Where the stores of answers lie.

    Raises:
        GovernanceError: Stored answers are missing or damaged.
    """
    working = [each for each in batches if each.end is None and each.kind != EXAM]
    if not working:
        return {}
    stores, found = Stores.under(folder), defaultdict[str, list[Progress]](list)
    for batch in working:
        done = _done(batch, stores)
        for function, people in batch.people.items():
            together, asked = sum(done[person] for person in people), _asked(batch, function, stores)
            for person in people:
                found[person].append(Progress(batch.id, function, done[person], together, asked, batch.deadline))
    return {person: tuple(its) for person, its in found.items()}


def _done(batch: BatchFact, stores: Stores) -> Counter[str]:
    if not batch.answers:
        return Counter()
    collected = answers.read(stores.read(batch.kind, batch.answers))
    return Counter(each.person for each in (*collected.answers, *collected.checks))


def _asked(batch: BatchFact, function: str, stores: Stores) -> int | None:
    """Return how many answers a function gives in all: by the plan, or by what is there to be checked."""
    if function == ANNOTATE or ANNOTATE not in batch.people:
        return batch.units + batch.double_units * (batch.overlap - 1)
    if not batch.review.answers:
        return None
    checks = json.loads(stores.read(batch.kind, batch.review.answers))["checks"]
    return len(checks) * next(each.cap for each in batch.projects if each.function == function)
