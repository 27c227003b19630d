"""What was collected of a batch, as it is stored: the answers that count, and those that break a rule; no text.

Canonical JSON in a fixed order, so that replaying the same outbox gives the same bytes, and so the same digest.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from annotation.batches.desk import Desk
from annotation.batches.enforcement import KeptOut
from annotation.batches.labels import entries_of, plain_entries
from annotation.batches.units import GOLD, Unit
from annotation.batches.units import read as read_units
from annotation.port import Answer
from provenance.canonical import Json, encode
from provenance.ids import Digest, ItemId
from rules.annotation.batches import BatchFact


@dataclass(frozen=True)
class Collection:
    """What was collected of a batch so far.

    Attributes:
        answers: Annotations that count, by task and person.
        checks: Decisions of reviewers and inspectors that count; their tasks show one answer each.
        kept_out: Annotations that break a rule.
    """

    answers: tuple[Answer, ...] = ()
    checks: tuple[Answer, ...] = ()
    kept_out: tuple[KeptOut, ...] = ()

    def by_task(self) -> Mapping[str, tuple[Answer, ...]]:
        """Return the answers by the key of their task."""
        found: dict[str, list[Answer]] = {}
        for each in self.answers:
            found.setdefault(each.task, []).append(each)
        return {task: tuple(its) for task, its in found.items()}


def write(found: Collection) -> bytes:
    """Return it as canonical JSON."""
    return encode(
        {
            "schema": 1,
            "answers": [_answer(each) for each in sorted(found.answers, key=_place)],
            "checks": [_answer(each) for each in sorted(found.checks, key=_place)],
            "kept_out": [
                {
                    "annotation": each.annotation,
                    "task": each.task,
                    "person": each.person,
                    "function": each.function,
                    "reason": each.reason,
                }
                for each in sorted(found.kept_out, key=lambda each: (each.function, each.annotation))
            ],
        }
    )


def read(body: bytes) -> Collection:
    """Read it."""
    tree = json.loads(body)
    return Collection(
        tuple(Answer(**{**row, "entries": entries_of(row["entries"])}) for row in tree["answers"]),
        tuple(Answer(**{**row, "entries": entries_of(row["entries"])}) for row in tree["checks"]),
        tuple(KeptOut(**row) for row in tree["kept_out"]),
    )


def of_batch(desk: Desk, batch: BatchFact) -> Collection:
    """Return what was collected of a batch last, by the ledger.

    Raises:
        GovernanceError: What is stored is missing or damaged.
    """
    return read(desk.stores.read(batch.kind, batch.answers)) if batch.answers else Collection()


def units_of(desk: Desk, batch: BatchFact) -> Mapping[str, Unit]:
    """Return the task list of a batch, by key.

    Raises:
        GovernanceError: It is missing.
    """
    with desk.workspace.evidence.open(Digest(batch.tasks)) as stored:
        return {each.key: each for each in read_units(stored.read())}


def gold_of(desk: Desk, batch: BatchFact) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Return the gold answers (标准答案) of a batch by task key: for every control the ids of the right values.

    Raises:
        GovernanceError: They are missing or damaged.
    """
    with desk.workspace.evidence.open(Digest(batch.plan)) as stored:
        name = json.loads(stored.read())["gold"]
    if not batch.gold_units:
        return {}
    right = json.loads(desk.stores.read(batch.kind, name))
    keys = {each.item: key for key, each in units_of(desk, batch).items() if each.purpose == GOLD}
    return {
        keys[ItemId.parse(item)]: {each["control"]: frozenset(each["values"]) for each in entries}
        for item, entries in right.items()
    }


def _answer(answer: Answer) -> Json:
    return {
        "task": answer.task,
        "annotation": answer.annotation,
        "person": answer.person,
        "entries": plain_entries(answer.entries),
        "submitted_at": answer.submitted_at,
        "changed_at": answer.changed_at,
        "seconds": answer.seconds,
        "seq": answer.seq,
    }


def _place(answer: Answer) -> tuple[str, str, int]:
    return answer.task, answer.person, answer.annotation
