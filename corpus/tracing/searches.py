"""Find items by text, address or person (检索), over every shard that was ever sealed.

A shard whose rows were decided anew later is searched too: it may still hold text. One pass over two or three narrow
columns of each file; memory does not grow with the corpus.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from corpus import shards
from corpus.schema import NEAR
from corpus.texts import Texts, texts
from corpus.workspace import Workspace
from provenance.events import ShardSealed
from provenance.ids import Digest, FileId, ItemId
from provenance.ledger import Entry

_PLACE = ("file", "position")


@dataclass(frozen=True)
class Wanted:
    """What items are looked for by; one that meets any of it is meant. All are keyed digests.

    Attributes:
        texts: Of normalised texts (``corpus.stages.normalise.duplicate_key``).
        urls: Of addresses.
        users: Of the service's users.
        persons: Of identifiers; each is keyed with its type, so the digest alone says which.
    """

    texts: frozenset[bytes] = field(default=frozenset(), repr=False)
    urls: frozenset[bytes] = field(default=frozenset(), repr=False)
    users: frozenset[bytes] = field(default=frozenset(), repr=False)
    persons: frozenset[bytes] = field(default=frozenset(), repr=False)

    @property
    def by_content(self) -> dict[str, frozenset[bytes]]:
        """The columns that lead to an item because of what it says, with what is looked for in them."""
        return {"url_key": self.urls, "identifiers": self.persons}

    @property
    def by_user(self) -> dict[str, frozenset[bytes]]:
        """The same of the column that names whose an item is."""
        return {"user_key": self.users}


@dataclass(frozen=True)
class Items:
    """A set of items that batches can be asked for."""

    ids: frozenset[ItemId]

    def mask(self, batch: pa.RecordBatch) -> pa.BooleanArray:
        """Return which rows of a batch, which has file and position, are among them."""
        candidates = pc.and_(pc.is_in(batch["file"], self._files), pc.is_in(batch["position"], self._positions))
        if not pc.any(candidates).as_py():
            return candidates
        places = zip(batch["file"].to_pylist(), batch["position"].to_pylist(), candidates.to_pylist(), strict=True)
        return pa.array([near and (file, position) in self.ids for file, position, near in places], pa.bool_())

    @cached_property
    def _files(self) -> pa.Array:
        return pa.array(sorted({item.file for item in self.ids}), pa.binary(16))

    @cached_property
    def _positions(self) -> pa.Array:
        return pa.array(sorted({item.position for item in self.ids}), pa.uint64())


def sealed_shards(workspace: Workspace) -> list[tuple[int, ShardSealed]]:
    """Return every shard that was ever sealed, in ledger order, with the number of its entry."""
    return [(each.seq, _sealed(each)) for each in workspace.ledger.entries(kinds=("ShardSealed",))]


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes:
        items: All of it.
        alone: Those of them to which only a user leads: it is not their content that is meant.
        keys: Keys of the texts of all the others, by which those yet to come are known.
    """

    items: Items
    alone: Items
    keys: frozenset[bytes] = field(repr=False)


def search(workspace: Workspace, wanted: Wanted, among: Sequence[tuple[int, ShardSealed]]) -> Found:
    """Find the items that are wanted, and with each of them all that repeat it, unless only its user leads to it.

    Near duplicates of such an item follow it, and their texts are kept out like its own.

    Args:
        workspace: Where.
        wanted: What is looked for.
        among: The shards to search.
    """
    known = texts(workspace)
    led_to = [(shard, _led_to(known, shard, wanted.by_content)) for _, shard in among]
    keys = wanted.texts.union(*(_keys(workspace, shard, items) for shard, items in led_to))
    repeating = (_repeating(workspace, shard, keys) for _, shard in among) if keys else ()
    meant = frozenset().union(*(items.ids for _, items in led_to), *repeating)
    nearly = [(shard, Items(_following(workspace, shard, meant))) for _, shard in among] if meant else []
    meant = meant.union(*(items.ids for _, items in nearly))
    keys = keys.union(*(_keys(workspace, shard, items) for shard, items in nearly))
    alone = frozenset().union(*(_led_to(known, shard, wanted.by_user).ids for _, shard in among)) - meant
    return Found(Items(meant | alone), Items(alone), keys)


def held(workspace: Workspace, shard: ShardSealed, items: Items) -> frozenset[ItemId]:
    """Return which of some items a shard holds."""
    rows = _rows(workspace, shard, _PLACE)
    return frozenset(each for batch in rows for each in _ids(batch, pc.indices_nonzero(items.mask(batch))))


def _led_to(known: Texts, shard: ShardSealed, wanted: Mapping[str, frozenset[bytes]]) -> Items:
    """Return the items of a shard to which any of these columns leads."""
    values = {name: pa.array(sorted(digests), pa.binary(16)) for name, digests in wanted.items() if digests}
    found: set[ItemId] = set()
    if values and known.digest(shard, "identifiers"):
        for batch in shards.batches(known.path(shard, "identifiers"), [*_PLACE, *values]):
            found.update(_ids(batch, _leading_rows(batch, values)))
    return Items(frozenset(found))


def _leading_rows(batch: pa.RecordBatch, values: Mapping[str, pa.Array]) -> pa.Array:
    """Return the numbers of the rows that hold any of the values; a row may be named twice."""
    rows = []
    for name, wanted in values.items():
        column = batch[name]
        if pa.types.is_list(column.type):
            held = pc.is_in(pc.struct_field(pc.list_flatten(column), "key"), value_set=wanted)
            rows.append(pc.list_parent_indices(column).filter(held).cast(pa.int64()))
        else:
            rows.append(pc.indices_nonzero(pc.is_in(column, value_set=wanted)).cast(pa.int64()))
    return pa.concat_arrays(rows)


def _keys(workspace: Workspace, shard: ShardSealed, items: Items) -> frozenset[bytes]:
    """Return the keys of the texts of some items of a shard."""
    if not items.ids:
        return frozenset()
    rows = _rows(workspace, shard, [*_PLACE, "duplicate_key"])
    found = (batch["duplicate_key"].filter(items.mask(batch)).to_pylist() for batch in rows)
    return frozenset(key for column in found for key in column if key is not None)


def _repeating(workspace: Workspace, shard: ShardSealed, keys: frozenset[bytes]) -> frozenset[ItemId]:
    """Return the items of a shard whose texts have one of the keys."""
    wanted = pa.array(sorted(keys), pa.binary(32))
    rows = _rows(workspace, shard, [*_PLACE, "duplicate_key"])
    found = ((batch, pc.is_in(batch["duplicate_key"], value_set=wanted)) for batch in rows)
    return frozenset(each for batch, hits in found for each in _ids(batch, pc.indices_nonzero(hits)))


def _following(workspace: Workspace, shard: ShardSealed, keepers: frozenset[ItemId]) -> frozenset[ItemId]:
    """Return the items of a shard that are near duplicates of any of these."""
    wanted = pa.array(sorted(item.encode() for item in keepers), pa.binary(24))
    found: set[ItemId] = set()
    for batch in _rows(workspace, shard, [*_PLACE, "reason", "keeper"]):
        hits = pc.and_(pc.equal(batch["reason"], NEAR), pc.is_in(batch["keeper"], value_set=wanted))
        found.update(_ids(batch, pc.indices_nonzero(hits)))
    return frozenset(found)


def _rows(workspace: Workspace, shard: ShardSealed, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    return shards.batches(workspace.items.path(Digest(shard.items)), columns)


def _ids(batch: pa.RecordBatch, rows: pa.Array) -> Iterator[ItemId]:
    found = batch.select(_PLACE).take(rows)
    for file, position in zip(found["file"].to_pylist(), found["position"].to_pylist(), strict=True):
        yield ItemId(FileId(file), position)


def _sealed(entry: Entry) -> ShardSealed:
    assert isinstance(entry.event, ShardSealed)
    return entry.event
