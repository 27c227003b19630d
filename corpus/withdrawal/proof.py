"""The proof of a withdrawal (撤回证明): what was found, what became of it, and what had been made of it before.

It holds ids, digests and counts, so it can be shown to who asked; names of files and what was asked for are not in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from corpus.withdrawal.erase import Rewritten
from corpus.workspace import Workspace
from provenance.canonical import Json
from provenance.events import SealMade, ShardSealed
from provenance.ids import FileId, ItemId

_RELEASES: tuple[str, ...] = ()
"""Releases of the corpus; there are none yet."""


@dataclass(frozen=True)
class Proof:
    """What a withdrawal found and did.

    Attributes:
        sees: Ledger size at which the items were looked at.
        before: The live items as they were: file, position, disposition, reason, source.
        after: The same rows as they are from now on.
        lists_items: Whether they are listed; those of a whole source are the rows of its shards.
        followers: Items of other sources or users that lost the item they repeat.
        shards: Every shard that holds any of them, earlier readings included, by ledger entry.
        held: How many of them each shard holds.
        rewritten: The files that were written anew.
        seals: Seals over any of these shards, by ledger entry.
    """

    sees: int
    before: pa.Table = field(repr=False)
    after: pa.Table = field(repr=False)
    lists_items: bool
    followers: int
    shards: Mapping[int, ShardSealed] = field(repr=False)
    held: Mapping[int, int]
    rewritten: Sequence[Rewritten] = field(repr=False)
    seals: Mapping[int, SealMade] = field(repr=False)

    @property
    def items(self) -> int:
        """Items found, duplicates included, each once however often it was read."""
        return int(self.before.num_rows)

    @property
    def by_source(self) -> dict[str, int]:
        """The same by source."""
        return {name: n for (name,), n in _tally(self.before, "source").items()}

    @property
    def files(self) -> frozenset[FileId]:
        """The files that hold them, outside the workspace."""
        return frozenset(FileId(file) for file in pc.unique(self.before["file"]).to_pylist())

    @property
    def bundles(self) -> tuple[str, ...]:
        """Digests of the sealed bundles that hold figures of these items."""
        return tuple(seal.bundle for seal in self.seals.values())

    def to_json(self) -> dict[str, Json]:
        """Return it as it is stored and printed."""
        return {
            "ledger_size": self.sees,
            "items": self.items,
            "by_source": self.by_source,
            "before": _states(self.before),
            "after": _states(self.after),
            "followers": self.followers,
            "listed": _listed(self.before, self.after) if self.lists_items else [],
            "shards": [
                {"entry": seq, "items": shard.items, "rows": shard.rows, "found": self.held[seq]}
                for seq, shard in self.shards.items()
            ],
            "erased": [
                {
                    "ingest": each.shard.ingest,
                    "unit": each.shard.unit,
                    "role": each.role,
                    "before": each.before,
                    "after": each.after,
                    "items": each.items,
                }
                for each in self.rewritten
            ],
            "bundles": [
                {"entry": seq, "bundle": seal.bundle, "ledger_size": seal.ledger_size}
                for seq, seal in self.seals.items()
            ],
            "releases": list(_RELEASES),
        }


def seals_over(workspace: Workspace, shards: Mapping[int, ShardSealed]) -> dict[int, SealMade]:
    """Return the seals whose ledger holds any of these shards, by ledger entry."""
    seals = workspace.ledger.entries(kinds=("SealMade",), since=min(shards)) if shards else ()
    return {
        entry.seq: entry.event
        for entry in seals
        if isinstance(entry.event, SealMade) and entry.event.ledger_size >= min(shards)
    }


def dispositions(rows: pa.Table) -> dict[str, int]:
    """Return how many of some items have each disposition."""
    return {what: n for (what,), n in _tally(rows, "disposition").items()}


def _states(rows: pa.Table) -> list[Json]:
    tally = _tally(rows, "disposition", "reason")
    return [{"disposition": what, "reason": why, "items": n} for (what, why), n in tally.items()]


def _tally(rows: pa.Table, *columns: str) -> dict[tuple[str, ...], int]:
    counted = rows.group_by(list(columns), use_threads=False).aggregate([([], "count_all")])
    return dict(sorted((tuple(row[name] for name in columns), row["count_all"]) for row in counted.to_pylist()))


def _listed(before: pa.Table, after: pa.Table) -> list[Json]:
    return [
        {
            "item": str(ItemId(FileId(was["file"]), was["position"])),
            "source": was["source"],
            "before": was["disposition"],
            "before_reason": was["reason"],
            "after": now["disposition"],
            "after_reason": now["reason"],
        }
        for was, now in zip(before.to_pylist(), after.to_pylist(), strict=True)
    ]
