"""The released text (去标识化正文) of chosen items: as it is stored, or read back from its file and stripped again."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus import shards
from corpus.catalogue import place_of
from corpus.decisions.amendments import overlay
from corpus.readers import ReadOptions
from corpus.stages.normalise import normalise
from corpus.texts import texts
from corpus.tracing.readback import Origin, records
from corpus.workspace import Workspace
from provenance.events import ShardSealed
from provenance.ids import Digest, FileId, ItemId

Strip = Callable[[str], str]
"""Strips personal information from a text, as the source's declaration orders."""


def stored(workspace: Workspace, items: Collection[ItemId]) -> dict[ItemId, str]:
    """Return the stored text of those items that have one which was not erased."""
    return dict(each_stored(workspace, items))


def each_stored(workspace: Workspace, items: Collection[ItemId]) -> Iterator[tuple[ItemId, str]]:
    """Yield the same one by one; the texts of one shard are held at a time."""
    wanted, now = _units(workspace, items), texts(workspace)
    for shard in _sealed(workspace, wanted.keys()):
        mine = wanted[shard.ingest, shard.unit]
        found: dict[ItemId, dict[str, Any]] = {}
        for path in (now.path(shard, "admitted_text"), now.path(shard, "quarantined_text")):
            _join(found, _of(path, mine), mine)
        yield from ((item, row["text"]) for item, row in found.items() if row["text"] is not None)


def read_back(
    known: dict[FileId, Origin],
    items: Collection[ItemId],
    options: ReadOptions,
    strip: Strip,
    *,
    workspace_key: bytes,
    digests: dict[ItemId, bytes] | None = None,
) -> Iterator[tuple[ItemId, str]]:
    """Yield items with their text read from their files and stripped, in item order.

    Args:
        known: As for :func:`read_raw`.
        items: As there.
        options: As there.
        strip: Strips personal information.
        workspace_key: As there.
        digests: As there.
    """
    for item, text in read_raw(known, items, options, workspace_key=workspace_key, digests=digests):
        yield item, strip(text)


def read_raw(
    known: dict[FileId, Origin],
    items: Collection[ItemId],
    options: ReadOptions,
    *,
    workspace_key: bytes,
    digests: dict[ItemId, bytes] | None = None,
) -> Iterator[tuple[ItemId, str]]:
    """Yield items with their raw text (原文), normalised as it was before it was stripped, in item order.

    Items that cannot be read, and records that are no longer those taken in, are left out. Nobody may store such a
    text, and one kind of project alone may show it: the check of personal information.

    Args:
        known: Where the files lie.
        items: The items wanted, all of one source.
        options: How the source's files are read.
        workspace_key: 32 secret bytes that key every digest.
        digests: For items that were taken in, the raw digests they had; others are not compared.
    """
    for item, record in records(known, items, options, workspace_key):
        is_same = digests is None or digests.get(item) == record.raw_digest
        if record.text is not None and is_same:
            yield item, normalise(record.text)


def rows(workspace: Workspace, items: Collection[ItemId]) -> dict[ItemId, dict[str, Any]]:
    """Return the rows of items as they are now, with what leads from them to addresses and users."""
    wanted, now, amended = _units(workspace, items), texts(workspace), overlay(workspace)
    found: dict[ItemId, dict[str, Any]] = {}
    for shard in _sealed(workspace, wanted.keys()):
        mine = wanted[shard.ingest, shard.unit]
        sealed = _of(workspace.items.path(Digest(shard.items)), mine).combine_chunks()
        for batch in sealed.to_batches():
            _join(found, amended.apply(batch, (shard.ingest, shard.unit)), mine)
        if now.digest(shard, "identifiers"):
            _join(found, _of(now.path(shard, "identifiers"), mine), mine)
    return found


def _units(workspace: Workspace, items: Collection[ItemId]) -> dict[tuple[int, int], set[ItemId]]:
    """Return the items by the shard that holds their live decision."""
    found: dict[tuple[int, int], set[ItemId]] = {}
    for item in items:
        place = place_of(workspace, item)
        if place is not None:
            found.setdefault((place.ingest, place.unit), set()).add(item)
    return found


def _of(path: Path, items: Collection[ItemId]) -> pa.Table:
    return shards.read(path, where=("position", "in", sorted({item.position for item in items})))


def _join(found: dict[ItemId, dict[str, Any]], rows: pa.Table | pa.RecordBatch, items: Collection[ItemId]) -> None:
    for row in rows.to_pylist():
        item = ItemId(FileId(row["file"]), row["position"])
        if item in items:
            found[item] = found.get(item, {}) | row


def _sealed(workspace: Workspace, units: Collection[tuple[int, int]]) -> Iterator[ShardSealed]:
    since = min((ingest for ingest, _ in units), default=0)
    for entry in workspace.ledger.entries(kinds=("ShardSealed",), since=since):
        event = entry.event
        if isinstance(event, ShardSealed) and (event.ingest, event.unit) in units:
            yield event
