"""One item followed both ways, and the list of what was kept apart."""

from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus import catalogue
from corpus.clearance import grounds
from corpus.decisions import live
from corpus.schema import QUARANTINED, REJECTED
from corpus.sources import require_declared
from corpus.tracing import trace as tracer
from corpus.tracing.trace import Trace
from corpus.workspace import Workspace
from provenance.events import SealMade
from provenance.ids import FileId, ItemId, SourceId, print_file
from ui.bootstrap import House, holds_personal_information
from ui.parameters import read_options


def trace(house: House, item: ItemId) -> dict[str, Any]:
    """Follow an item from its file and offset to the seals that cover it; no text is shown.

    Raises:
        GovernanceError: There is no such item.
    """
    source = tracer.source_of(house.workspace, item)
    found = tracer.trace(house.workspace, item, read_options(house, require_declared(house.workspace.ledger, source)))
    ground = grounds.read_line(house.workspace.evidence, found.row["ground"] or "")
    line = "(personal information)" if ground and holds_personal_information(ground) else ground
    return {**_row(found), "ground_line": line, "source": source, "seals": _seals(house, found.event)}


def kept_apart(house: House, *, source: str, limit: int) -> list[dict[str, Any]]:
    """List items that are quarantined or rejected, in the order of the ledger.

    Raises:
        GovernanceError: The source is not declared.
    """
    workspace = house.workspace
    if source:
        require_declared(workspace.ledger, source)
    view = live.now(workspace)
    found = (
        (shard.ingest, row)
        for shard, batch in view.rows((), SourceId(source) if source else None)
        for row in batch.filter(pc.is_in(batch["disposition"], pa.array([QUARANTINED, REJECTED]))).to_pylist()
    )
    return [_apart(workspace, view.sources[ingest], ingest, row) for ingest, row in islice(found, limit)]


def _apart(workspace: Workspace, source: str, ingest: int, row: dict[str, Any]) -> dict[str, Any]:
    item = ItemId(FileId(row["file"]), row["position"])
    return {
        "item": str(item),
        "source": source,
        "disposition": row["disposition"],
        "reason": row["reason"],
        "path": catalogue.path_of(workspace, ingest, print_file(item.file)),
        "position": item.position,
    }


def _row(found: Trace) -> dict[str, Any]:
    row = found.row
    keeper = row["keeper"]
    return {
        "item": str(found.item),
        "path": found.place.path,
        "position": found.item.position,
        "file_sha256": found.place.digest,
        "matches_source": found.matches_source,
        "disposition": found.state[0],
        "reason": found.state[1],
        "sealed_disposition": row["disposition"],
        "sealed_reason": row["reason"],
        "amendments": [step._asdict() for step in found.amended],
        "ground": row["ground"] or "",
        "repeats": str(ItemId(FileId(keeper[:16]), int.from_bytes(keeper[16:], "big"))) if keeper else "",
        "similarity": row.get("similarity", 0),  # rows that were sealed before it was told have none
        "type": row["type"],
        "language": row["language"],
        "external_id": row["external_id"],
        "url": row["url"],
        "encoding": row["encoding"],
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


def _seals(house: House, event: int) -> list[dict[str, Any]]:
    found = []
    for entry in house.workspace.ledger.entries(kinds=("SealMade",), since=event):
        seal = entry.event
        assert isinstance(seal, SealMade)
        if seal.ledger_size >= event:
            found.append({"ledger_entry": entry.seq, "at": entry.at, "bundle": seal.bundle, "root": seal.ledger_root})
    return found
