"""How an amendment comes about: a look at the items as they stand, what is to change, and the record of it.

Who amends looks first and records last. The transaction that appends demands that no shard of these sources was sealed
and none of their items amended since the look, so that what is taken away from the facts is what stood in them.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from sqlmodel import Session

from corpus import measure, shards
from corpus.decisions import live
from corpus.decisions.amendments import AMENDMENT, item_keys, with_state
from corpus.decisions.live import View
from corpus.decisions.readings import shards_of
from corpus.decisions.sealed import SealedShard
from corpus.measure import Kinds
from corpus.workspace import Workspace
from provenance.cells import Cells
from provenance.disk import told
from provenance.errors import ExitCode, GovernanceError, Severity
from provenance.events import ItemsAmended, ShardSealed
from provenance.ids import SourceId
from provenance.ledger import Entry

_ROWS = 65_536
"""Rows of an amendment that are written at a time."""


class Why(NamedTuple):
    """Why items are amended: reason code, words, and the ledger entry that made it necessary (0 for none)."""

    cause: str
    reason: str = ""
    cause_event: int = 0


@dataclass
class Change:
    """What an amendment of one source is going to say."""

    rows: list[pa.Table] = field(default_factory=list)
    cells: Cells = field(default_factory=Cells)

    def add(self, shard: SealedShard, rows: pa.RecordBatch, targets: pa.RecordBatch, kinds: Kinds) -> None:
        """Let rows of a shard become what the targets say; those that are so already are left out."""
        moved = pc.or_(
            pc.not_equal(rows["disposition"], targets["disposition"]), pc.not_equal(rows["reason"], targets["reason"])
        )
        rows, targets = rows.filter(moved), targets.filter(moved)
        if not rows.num_rows:
            return
        after = with_state(rows, targets["disposition"], targets["reason"])
        self.cells += measure.cells(after, kinds) + -measure.cells(rows, kinds)
        place = [pa.repeat(pa.scalar(number, pa.int64()), rows.num_rows) for number in shard.place]
        states = (rows["disposition"], rows["reason"], after["disposition"], after["reason"])
        self.rows.append(pa.Table.from_arrays([rows["file"], rows["position"], *place, *states], schema=AMENDMENT))


@dataclass(frozen=True)
class Look(View):
    """A look at the items, on which what is going to be recorded rests."""

    def found(
        self, items: pa.Table, columns: Sequence[str]
    ) -> Iterator[tuple[SealedShard, pa.RecordBatch, pa.RecordBatch]]:
        """Yield the live rows of some items, their shard, and what was given of each item, row for row.

        Args:
            items: Has file and position, every item once.
            columns: Columns of schema ``ITEM``; who an item is and its state come with them.
        """
        for shard, wanted in _by_shard(self.workspace, items.sort_by(_ITEM_ORDER)):
            keys = item_keys(wanted)
            for batch in live.of_shard(shard, columns, self.amended):
                place = pc.index_in(item_keys(batch), value_set=keys)
                rows = batch.filter(pc.is_valid(place))
                if rows.num_rows:
                    yield shard, rows, wanted.take(place.drop_null())

    def changes(self, moves: pa.Table, kinds: Kinds) -> dict[SourceId, Change]:
        """Return by source what moving these items changes.

        Args:
            moves: Schema ``MOVES``.
            kinds: Which entities and risks are counted together.

        Raises:
            GovernanceError: An item is unknown.
        """
        found: defaultdict[str, Change] = defaultdict(Change)
        known = 0
        for shard, rows, targets in self.found(moves, measure.COLUMNS):
            known += rows.num_rows
            found[self.sources[shard.ingest]].add(shard, rows, targets, kinds)
        if known != moves.num_rows:
            raise _unknown(moves.num_rows - known)
        return {SourceId(source): found[source] for source in sorted(found) if found[source].rows}

    def record(
        self, changes: Mapping[SourceId, Change], why: Callable[[SourceId], Why], *, actor: str
    ) -> tuple[Entry, ...]:
        """Write the amendments and append them, all in one transaction.

        Raises:
            GovernanceError: Somebody changed items of these sources since the look; nothing is recorded.
        """
        events = self.events(changes, why)
        if not events:
            return ()
        with self.workspace.database.transaction() as session:
            return self.append(session, list(events.items()), actor=actor)

    def events(
        self, changes: Mapping[SourceId, Change], why: Callable[[SourceId], Why]
    ) -> dict[SourceId, ItemsAmended]:
        """Write the amendments and return by source what is to be recorded of them."""
        return {source: _event(self.workspace, change, why(source)) for source, change in changes.items()}

    def append(
        self, session: Session, events: Sequence[tuple[SourceId, ItemsAmended]], *, actor: str
    ) -> tuple[Entry, ...]:
        """Append amendments as the last act of the caller's transaction, as :meth:`record` does.

        Raises:
            GovernanceError: Somebody changed items of these sources since the look; nothing may be committed.
        """
        ledger = self.workspace.ledger
        entries = [ledger.append(session, actor=actor, subject=source, event=event) for source, event in events]
        # The lock on the head is ours now, so nothing can slip in behind this look.
        if entries:
            self._demand_unchanged({source for source, _ in events}, upto=entries[0].seq - 1)
        return tuple(entries)

    def _demand_unchanged(self, sources: set[SourceId], upto: int) -> None:
        for entry in self.workspace.ledger.entries(kinds=_MOVERS, since=self.amended.size, upto=upto):
            event = entry.event
            about = self.sources.get(event.ingest) if isinstance(event, ShardSealed) else entry.subject
            if about is None or about in sources:
                raise GovernanceError(
                    "Items of the same source were sealed or moved by somebody else meanwhile; nothing was recorded.",
                    code="corpus.items-changed-meanwhile",
                    remedy="Run the same command again; while an ingest of the source runs, wait for its end.",
                    severity=Severity.RETRY,
                    exit_code=ExitCode.ENVIRONMENT,
                )


_MOVERS = ("ShardSealed", "ItemsAmended")
_ITEM_ORDER = [("file", "ascending"), ("position", "ascending")]


def look(workspace: Workspace) -> Look:
    """Look at the items as they stand now."""
    seen = live.now(workspace)
    return Look(workspace, seen.amended, seen.sources)


def _event(workspace: Workspace, change: Change, why: Why) -> ItemsAmended:
    rows = pa.concat_tables(change.rows).sort_by(_ITEM_ORDER)
    with told("write an amendment", workspace.scratch):
        workspace.scratch.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=workspace.scratch, prefix="amend-") as folder:
            path = Path(folder) / "amendment"
            with shards.TableFile(path, AMENDMENT) as file:
                for start in range(0, rows.num_rows, _ROWS):
                    file.add(rows.slice(start, _ROWS).combine_chunks().to_batches()[0])
            digest = workspace.items.put(path)
    return ItemsAmended(why.cause, digest, rows.num_rows, change.cells, why.reason, why.cause_event)


def _by_shard(workspace: Workspace, moves: pa.Table) -> Iterator[tuple[SealedShard, pa.RecordBatch]]:
    """Yield the shards that hold live rows of these items, each with its part of them."""
    sizes = moves.group_by("file").aggregate([([], "count_all")]).sort_by("file")
    begins: dict[bytes, tuple[int, int]] = {}
    start = 0
    for file, size in zip(sizes["file"].to_pylist(), sizes["count_all"].to_pylist(), strict=True):
        begins[file] = (start, start + size)
        start += size
    positions = moves["position"].to_pylist()
    for shard, parts in shards_of(workspace, list(begins)):
        rows: list[int] = []
        for part in parts:
            first, stop = begins[part.file]
            inside = (bisect_left(positions, place, first, stop) for place in (part.start, part.stop))
            rows.extend(range(*inside))
        if rows:
            yield shard, moves.take(pa.array(rows, pa.int64())).combine_chunks().to_batches()[0]


def _unknown(count: int) -> GovernanceError:
    return GovernanceError(
        f"{count} of the items are not in this workspace, or were named twice.",
        code="corpus.items-unknown",
        remedy="Check the ids, and that -w names the right workspace.",
    )
