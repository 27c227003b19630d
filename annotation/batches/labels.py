"""How a batch ended, as it is stored: labels released, items to be annotated anew, items with illegal content."""

import json
from dataclasses import dataclass

from annotation.port import Entry
from provenance.canonical import Json, encode
from provenance.ids import ItemId


@dataclass(frozen=True, slots=True)
class Label:
    """The released label (标签) of one item: the answer that was approved, by whom it was given and approved."""

    item: ItemId
    entries: tuple[Entry, ...]
    annotator: str
    approvers: tuple[str, ...]


@dataclass(frozen=True)
class Ending:
    """What becomes of each item of a batch whose answer was not known before."""

    released: tuple[Label, ...] = ()
    reworked: tuple[ItemId, ...] = ()
    illegal: tuple[ItemId, ...] = ()


def write(ending: Ending) -> bytes:
    """Return it as canonical JSON: no text, only labels, offsets, people's ids and keyed digests."""
    return encode(
        {
            "schema": 1,
            "released": [_label(each) for each in sorted(ending.released, key=lambda each: each.item)],
            "reworked": [str(each) for each in sorted(ending.reworked)],
            "illegal": [str(each) for each in sorted(ending.illegal)],
        }
    )


def read(body: bytes) -> Ending:
    """Read it."""
    tree = json.loads(body)
    released = tuple(
        Label(
            ItemId.parse(row["item"]),
            entries_of(row["entries"]),
            row["annotator"],
            tuple(row["approvers"]),
        )
        for row in tree["released"]
    )
    return Ending(
        released,
        tuple(ItemId.parse(each) for each in tree["reworked"]),
        tuple(ItemId.parse(each) for each in tree["illegal"]),
    )


def plain_entries(entries: tuple[Entry, ...]) -> list[Json]:
    """Return entries as JSON, without what was written in them."""
    return [
        {
            "control": each.control,
            "values": list(each.values),
            **({"start": each.start, "end": each.end} if each.start >= 0 else {}),
            **({"digest": each.digest} if each.digest else {}),
        }
        for each in entries
    ]


def entries_of(rows: list[dict[str, object]]) -> tuple[Entry, ...]:
    """Read entries."""
    return tuple(Entry(**{**row, "values": tuple(row["values"])}) for row in rows)  # type: ignore[arg-type]


def _label(label: Label) -> Json:
    return {
        "item": str(label.item),
        "entries": plain_entries(label.entries),
        "annotator": label.annotator,
        "approvers": list(label.approvers),
    }
