"""From an item back to its very bytes, and forward to the seal: the way a question of an auditor goes."""

import hashlib
from dataclasses import dataclass
from typing import Any

from corpus import readers, shards
from corpus.catalogue import Place, place_of
from corpus.workspace import Workspace
from provenance.errors import ExitCode, GovernanceError
from provenance.events import ShardSealed
from provenance.ids import Digest, ItemId, item_key


@dataclass(frozen=True)
class Trace:
    """All that is known of one item (溯源). It holds no text.

    Attributes:
        item: The item.
        place: File, ingest and unit.
        row: The item's row at rest, see ``corpus.schema.ITEM``.
        shard: The event that sealed it.
        event: Sequence number of that event in the ledger.
        matches_source: Whether the record read back from the file is the one that was taken in; None where the file
            is gone.
    """

    item: ItemId
    place: Place
    row: dict[str, Any]
    shard: ShardSealed
    event: int
    matches_source: bool | None


def trace(workspace: Workspace, item: ItemId, options: readers.ReadOptions) -> Trace:
    """Follow an item to its file and offset, its row and its seal.

    Args:
        workspace: Where.
        item: The item.
        options: How its source's files are read.

    Raises:
        GovernanceError: There is no such item in this workspace.
    """
    place = place_of(workspace, item)
    found = None if place is None else _row(workspace, item, place)
    if place is None or found is None:
        raise unknown(item)
    row, shard, seq = found
    return Trace(item, place, row, shard, seq, _matches(workspace, item, place, options, row))


def unknown(item: ItemId) -> GovernanceError:
    """Return the words for an item that this workspace never took in."""
    return GovernanceError(
        "There is no such item in this workspace.",
        code="corpus.item-unknown",
        remedy="Check the id, and that -w names the right workspace.",
        where=str(item),
    )


def read_back(place: Place, item: ItemId, options: readers.ReadOptions) -> bytes:
    """Return the very bytes of an item's record from its file.

    Raises:
        GovernanceError: The file is gone or cannot be read.
    """
    try:
        return readers.locate(place.path, place.format, options, item.position)
    except OSError as error:
        raise GovernanceError(
            "The file that the item came from cannot be read.",
            code="corpus.source-file-gone",
            remedy="Put the file back where it was, or mount its folder.",
            where=place.path,
            exit_code=ExitCode.ENVIRONMENT,
        ) from error


def _row(workspace: Workspace, item: ItemId, place: Place) -> tuple[dict[str, Any], ShardSealed, int] | None:
    for entry in workspace.ledger.entries(kinds=("ShardSealed",), since=place.ingest):
        event = entry.event
        if isinstance(event, ShardSealed) and (event.ingest, event.unit) == (place.ingest, place.unit):
            path = workspace.items.path(Digest(event.items))
            rows = shards.read(path, where=("position", "==", item.position)).to_pylist()
            mine = [row for row in rows if row["file"] == item.file]
            return ({**mine[0], **_origin(workspace, item, event)}, event, entry.seq) if mine else None
    return None


def _origin(workspace: Workspace, item: ItemId, shard: ShardSealed) -> dict[str, Any]:
    """Return the publisher's id and the address of an item, where it has any and they were not erased."""
    rows = shards.read(workspace.items.path(Digest(shard.identifiers)), where=("position", "==", item.position))
    mine = [row for row in rows.to_pylist() if row["file"] == item.file]
    return {name: mine[0][name] if mine else None for name in ("external_id", "url")}


def _matches(
    workspace: Workspace, item: ItemId, place: Place, options: readers.ReadOptions, row: dict[str, Any]
) -> bool | None:
    try:
        raw = read_back(place, item, options)
    except GovernanceError:
        return None
    keyed = hashlib.sha256(item_key(workspace.item_key, item) + raw).digest()
    matches: bool = keyed == row["raw_digest"]
    return matches
