"""The task list (任务清单) of a batch: which key stands for which item, the digest of its text, its purpose."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from provenance.canonical import Json, encode
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
        found: Where its raw text was shown, the stretches of it that stripping takes out: start, end, type.
    """

    key: str
    item: ItemId
    text: str
    purpose: str
    people: int
    found: tuple[tuple[int, int, str], ...] = ()


def write(units: Iterable[Unit]) -> bytes:
    """Return the list as canonical JSON, in the order of the keys, which is the order of publication."""
    return encode({"schema": 1, "tasks": [_row(each) for each in sorted(units, key=lambda each: each.key)]})


def read(body: bytes) -> tuple[Unit, ...]:
    """Read a list."""
    rows = json.loads(body)["tasks"]
    return tuple(map(_unit, rows))


def people_by_key(keys: Iterable[str], *, overlap: int, doubled: int) -> dict[str, int]:
    """Say how many people annotate each task: the first so many in the order of their keys are for several people.

    Nobody can choose which, since nobody chooses a keyed digest; gold items are spread among the others by it.

    Args:
        keys: The key of every task.
        overlap: People who annotate a doubled item.
        doubled: How many are doubled.
    """
    return {key: overlap if place < doubled else 1 for place, key in enumerate(sorted(keys))}


def _row(unit: Unit) -> dict[str, Json]:
    row: dict[str, Json] = {**asdict(unit), "item": str(unit.item)}
    del row["found"]
    return {**row, "found": [list(each) for each in unit.found]} if unit.found else row


def _unit(row: Mapping[str, Any]) -> Unit:
    found = tuple((start, end, entity) for start, end, entity in row.get("found", ()))
    return Unit(**{**row, "item": ItemId.parse(row["item"]), "found": found})
