"""From an item back to its very bytes, and forward to the seal: the way a question of an auditor goes."""

import hashlib
from dataclasses import dataclass
from typing import Any

from corpus import readers, shards
from corpus.catalogue import Place, path_on_disk, place_of
from corpus.decisions.amendments import Step, steps
from corpus.texts import texts
from corpus.workspace import Workspace
from provenance.errors import ExitCode, GovernanceError
from provenance.events import ShardSealed
from provenance.ids import Digest, ItemId, SourceId, item_key


@dataclass(frozen=True)
class Trace:
    """All that is known of one item (溯源). It holds no text.

    Attributes:
        item: The item.
        place: File, ingest and unit.
        row: The item's row at rest, see ``corpus.schema.ITEM``; its disposition is the one that was sealed.
        shard: The event that sealed it.
        event: Sequence number of that event in the ledger.
        amended: What became of it since, in ledger order.
        matches_source: Whether the record read back from the file is the one that was taken in; None where the file
            is gone.
    """

    item: ItemId
    place: Place
    row: dict[str, Any]
    shard: ShardSealed
    event: int
    amended: tuple[Step, ...]
    matches_source: bool | None

    @property
    def state(self) -> tuple[str, str]:
        """Disposition and reason that it has now."""
        if self.amended:
            return self.amended[-1].disposition, self.amended[-1].reason
        return self.row["disposition"], self.row["reason"]


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
    if place is None:
        raise unknown(item)
    seq, shard = _seal(workspace, place)
    rows = shards.item_rows(workspace.items.path(Digest(shard.items)), *item)
    if not rows:
        raise unknown(item)
    row = rows[0] | _origin(workspace, item, shard)
    amended = tuple(steps(workspace, item, (place.ingest, place.unit), source_of(workspace, item)))
    return Trace(item, place, row, shard, seq, amended, _matches(workspace, item, place, options, row))


def source_of(workspace: Workspace, item: ItemId) -> SourceId:
    """Return the source that an item was taken in from.

    Raises:
        GovernanceError: There is no such item in this workspace.
    """
    place = place_of(workspace, item)
    if place is None:
        raise unknown(item)
    plans = workspace.ledger.subjects(kinds=("IngestPlanned",), since=place.ingest - 1, upto=place.ingest)
    return SourceId(plans[place.ingest])


def unknown(item: ItemId) -> GovernanceError:
    """Return the words for an item that this workspace never took in."""
    return GovernanceError(
        "There is no such item in this workspace.",
        code="corpus.item-unknown",
        remedy="Check the id, and that -w names the right workspace.",
        where=str(item),
    )


def read_back(workspace: Workspace, place: Place, item: ItemId, options: readers.ReadOptions) -> bytes:
    """Return the very bytes of an item's record from its file.

    Raises:
        GovernanceError: The file is gone or cannot be read.
    """
    try:
        return readers.locate(path_on_disk(workspace, place.known), place.format, options, item.position)
    except OSError as error:
        raise GovernanceError(
            "The file that the item came from cannot be read.",
            code="corpus.source-file-gone",
            remedy="Put the file back where it was, or mount its folder.",
            where=place.path,
            exit_code=ExitCode.ENVIRONMENT,
        ) from error


def _seal(workspace: Workspace, place: Place) -> tuple[int, ShardSealed]:
    """Return the entry that sealed a work unit: units become facts in the order of their plan, so it is the n-th."""
    entry = workspace.ledger.nth("ShardSealed", f"ingest-{place.ingest}", place.unit)
    event = entry and entry.event
    if entry is None or not isinstance(event, ShardSealed) or (event.ingest, event.unit) != (place.ingest, place.unit):
        raise GovernanceError(
            "The catalogue and the ledger do not agree on where this item is.",
            code="corpus.catalogue-disagrees",
            remedy="Run `yuliao doctor`; restore the catalogue from a backup.",
            exit_code=ExitCode.VERIFICATION_FAILED,
        )
    return entry.seq, event


def _origin(workspace: Workspace, item: ItemId, shard: ShardSealed) -> dict[str, Any]:
    """Return the publisher's id and the address of an item, where it has any and they were not erased."""
    known = texts(workspace, ingest=shard.ingest)
    mine = shards.item_rows(known.path(shard, "identifiers"), *item) if known.digest(shard, "identifiers") else []
    return {name: mine[0][name] if mine else None for name in ("external_id", "url")}


def _matches(
    workspace: Workspace, item: ItemId, place: Place, options: readers.ReadOptions, row: dict[str, Any]
) -> bool | None:
    def sealer(position: int) -> readers.Seal:
        return hashlib.sha256(item_key(workspace.item_key, ItemId(item.file, position)))

    try:
        path = path_on_disk(workspace, place.known)
        found = readers.find(path, place.format, options, item.position, sealer)
    except GovernanceError:
        return None
    matches: bool = found.raw_digest == row["raw_digest"]
    return matches
