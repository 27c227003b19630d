"""The task list (任务清单) of a batch: which key stands for which item, the digest of its text, its purpose."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from provenance.canonical import encode
from provenance.ids import ItemId

WORK, GOLD = "work", "gold"


@dataclass(frozen=True, slots=True)
class Unit:
    """One item of a batch.

    Attributes:
        key: Key of its task.
        item: The item.
        text: Keyed digest of the text that was published.
        purpose: ``work``, or ``gold`` where the right answer is known.
        people: How many are to annotate it.
    """

    key: str
    item: ItemId
    text: str
    purpose: str
    people: int


def write(units: Iterable[Unit]) -> bytes:
    """Return the list as canonical JSON, in the order of the keys, which is the order of publication."""
    rows = [{**asdict(each), "item": str(each.item)} for each in sorted(units, key=lambda each: each.key)]
    return encode({"schema": 1, "tasks": rows})


def read(body: bytes) -> tuple[Unit, ...]:
    """Read a list."""
    rows = json.loads(body)["tasks"]
    return tuple(Unit(**{**row, "item": ItemId.parse(row["item"])}) for row in rows)


def people_by_key(keys: Iterable[str], *, overlap: int, doubled: int) -> dict[str, int]:
    """Say how many people annotate each task: the first so many in the order of their keys are for several people.

    Nobody can choose which, since nobody chooses a keyed digest; gold items are spread among the others by it.

    Args:
        keys: The key of every task.
        overlap: People who annotate a doubled item.
        doubled: How many are doubled.
    """
    return {key: overlap if place < doubled else 1 for place, key in enumerate(sorted(keys))}
