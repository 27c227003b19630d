"""One item followed both ways, and the list of what was kept apart."""

from typing import Any

from corpus import catalogue, shards
from corpus import trace as tracer
from corpus.items import SealedShard
from corpus.readings import live_shards
from corpus.schema import QUARANTINED, REJECTED
from corpus.sources import require_declared
from corpus.trace import Trace
from provenance.events import IngestPlanned, SealMade
from provenance.ids import FileId, ItemId, SourceId, print_file
from ui.bootstrap import House, read_options


def trace(house: House, item: ItemId) -> dict[str, Any]:
    """Follow an item from its file and offset to the seals that cover it; no text is shown.

    Raises:
        GovernanceError: There is no such item.
    """
    source = _source_of(house, item)
    found = tracer.trace(house.workspace, item, read_options(house, require_declared(house.workspace.ledger, source)))
    return {**_row(found), "source": source, "seals": _seals(house, found.event)}


def kept_apart(house: House, *, source: str, limit: int) -> list[dict[str, Any]]:
    """List items that are quarantined or rejected, in the order of the ledger.

    Raises:
        GovernanceError: The source is not declared.
    """
    workspace = house.workspace
    if source:
        require_declared(workspace.ledger, source)
    plans = _plans(house)
    rows: list[dict[str, Any]] = []
    for shard in live_shards(workspace):
        if source and plans[shard.ingest] != source:
            continue
        for row in _kept_apart(shard)[: limit - len(rows)]:
            item = ItemId(FileId(row["file"]), row["position"])
            rows.append(
                {
                    "item": str(item),
                    "source": plans[shard.ingest],
                    "disposition": row["disposition"],
                    "reason": row["reason"],
                    "path": catalogue.path_of(workspace, shard.ingest, print_file(item.file)),
                    "position": item.position,
                }
            )
        if len(rows) >= limit:
            break
    return rows


def _kept_apart(shard: SealedShard) -> list[dict[str, Any]]:
    columns = ["file", "position", "disposition", "reason"]
    return [
        row
        for disposition in (QUARANTINED, REJECTED)
        for row in shards.read(shard.path, columns, where=("disposition", "==", disposition)).to_pylist()
        if not shard.is_gone(row["file"], row["position"])
    ]


def _row(found: Trace) -> dict[str, Any]:
    row = found.row
    keeper = row["keeper"]
    return {
        "item": str(found.item),
        "path": found.place.path,
        "position": found.item.position,
        "file_sha256": found.place.digest,
        "matches_source": found.matches_source,
        "disposition": row["disposition"],
        "reason": row["reason"],
        "repeats": str(ItemId(FileId(keeper[:16]), int.from_bytes(keeper[16:], "big"))) if keeper else "",
        "type": row["type"],
        "language": row["language"],
        "external_id": row["external_id"],
        "url": row["url"],
        "intake_bytes": row["intake_bytes"],
        "bytes": row["bytes"],
        "tokens": row["tokens"],
        "raw_digest": row["raw_digest"].hex(),
        "commitment": (row["commitment"] or b"").hex(),
        "personal_information": row["pi"],
        "risks": row["risk"],
        "ingest": found.shard.ingest,
        "unit": found.shard.unit,
        "shard": found.shard.items,
        "content_root": found.shard.content_root,
        "ledger_entry": found.event,
    }


def _source_of(house: House, item: ItemId) -> SourceId:
    place = catalogue.place_of(house.workspace, item)
    if place is None:
        raise tracer.unknown(item)
    return SourceId(_plans(house)[place.ingest])


def _plans(house: House) -> dict[int, str]:
    plans = {}
    for entry in house.workspace.ledger.entries(kinds=("IngestPlanned",)):
        assert isinstance(entry.event, IngestPlanned)
        plans[entry.seq] = entry.event.source
    return plans


def _seals(house: House, event: int) -> list[dict[str, Any]]:
    found = []
    for entry in house.workspace.ledger.entries(kinds=("SealMade",), since=event):
        seal = entry.event
        assert isinstance(seal, SealMade)
        if seal.ledger_size >= event:
            found.append({"ledger_entry": entry.seq, "at": entry.at, "bundle": seal.bundle, "root": seal.ledger_root})
    return found
