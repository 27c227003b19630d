"""The search for items that repeat another (查重), exactly and nearly: one owner, and the same result whoever works.

Exact repeats first; of the others those that share a band with an item that is kept, or may be, are candidates. Their
texts are fetched and compared in item order: items of earlier ingests first. Every step leaves a file that is whole
once it has its name, so that a run that was killed goes on from there.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from corpus import items, shards
from corpus.decisions import live
from corpus.decisions.amendments import item_keys
from corpus.decisions.readings import first_intakes, live_shards
from corpus.near.clusters import Candidate, Resemblance, resemblances
from corpus.near.compare import Comparer
from corpus.near.params import NearParams, candidates_file, exact_file, fetched_file, repeats_file
from corpus.schema import REPEATS, SIGNED, TEXT
from corpus.stages.normalise import spaced
from corpus.texts import Role, texts
from corpus.tracing.searches import sealed_shards
from corpus.workspace import Workspace
from provenance.events import ShardSealed
from provenance.ids import FileId, ItemId

_TEXTS: tuple[Role, ...] = ("admitted_text", "quarantined_text")
_ROWS = 65_536


class Place(NamedTuple):
    """An item, encoded, and the unit that it is of."""

    unit: int
    item: bytes


@dataclass(frozen=True)
class Search:
    """The search of one plan.

    Attributes:
        workspace: Where.
        ingest: Number of the plan; the corpus is seen as it was then.
        scratch: Folder for the plan's unfinished work.
        keys: Key files of the first pass.
        reading: The files that are read.
        near: How near duplicates are told, or None where they are not looked for.
    """

    workspace: Workspace
    ingest: int
    scratch: Path
    keys: Sequence[Path]
    reading: frozenset[bytes]
    near: NearParams | None

    def propose(self) -> list[int]:
        """Find the exact repeats and the candidates.

        Returns:
            Ordinals of the units whose texts are yet to be fetched.
        """
        self._once(exact_file(self.scratch), self._find_exact)
        if self.near is None:
            return []
        self._once(candidates_file(self.scratch), self._find_candidates)
        missing = (unit for unit in self._units() if not fetched_file(self.scratch, unit).exists())
        return list(missing)

    def settle(self) -> None:
        """Compare the candidates, whose texts are all there, and write the table of all that repeats another."""
        self._once(repeats_file(self.scratch), self._write)

    def drop_damaged(self) -> None:
        """Remove the files that the disk spoilt, so that the same command does not find them again."""
        for path in (*self.keys, *self.scratch.glob("*.parquet")):
            if path.exists() and not shards.is_whole(path):
                path.unlink()

    def _once(self, path: Path, write: Callable[[Path], object]) -> None:
        if not path.exists():
            mine = path.with_suffix(f".{os.getpid()}")
            write(mine)
            mine.replace(path)

    def _find_exact(self, out: Path) -> None:
        items.find_repeats(self.keys, self._earlier(), out, self.scratch, reading=self.reading, intakes=self._intakes())

    def _find_candidates(self, out: Path) -> None:
        search = items.Reread(self.reading, self._intakes())
        signed = _signed(self.workspace, before=self.ingest)
        items.find_candidates(self.keys, exact_file(self.scratch), self._earlier(), signed, out, self.scratch, search)

    def _earlier(self) -> Iterator[pa.RecordBatch]:
        # As of the plan, so that a run that is repeated finds the same; what moved since is followed in the end.
        return live.now(self.workspace, upto=self.ingest).keyed(before=self.ingest)

    def _intakes(self) -> list[items.FirstIntake]:
        return first_intakes(self.workspace, before=self.ingest)

    def _units(self) -> list[int]:
        """Return the units of this plan that hold candidates."""
        places = shards.read(candidates_file(self.scratch), ("ingest", "unit"))
        return sorted(pc.unique(places.filter(pc.is_null(places["ingest"]))["unit"]).to_pylist())

    def _write(self, out: Path) -> None:
        found = {each.name.item: each for each in self._resemblances()} if self.near else {}
        with shards.TableFile(out, REPEATS) as file:
            for batch in shards.batches(exact_file(self.scratch)):
                file.add(_led_on(batch, found))
            nearly = sorted(found.values(), key=lambda each: each.name)
            for start in range(0, len(nearly), _ROWS):
                file.add(_rows(nearly[start : start + _ROWS]))

    def _resemblances(self) -> Iterator[Resemblance[Place]]:
        assert self.near is not None
        with TemporaryFile(dir=self.scratch) as file:
            known = _Texts(file)
            for unit in self._units():
                known.add(shards.batches(fetched_file(self.scratch, unit)))
            known.add(self._earlier_texts())
            comparer = Comparer(known.text_of, self.near.signing, self.near.similarity)
            yield from resemblances(self._candidates(), comparer, self.near.most)

    def _candidates(self) -> Iterator[Candidate[Place]]:
        for batch in shards.batches(candidates_file(self.scratch), ("file", "position", "unit", "bands", "settled")):
            columns = (batch[name].to_pylist() for name in ("unit", "bands", "settled"))
            for item, unit, bands, settled in zip(_ids(batch), *columns, strict=True):
                yield Candidate(Place(unit, item), bands, settled)

    def _earlier_texts(self) -> Iterator[pa.RecordBatch]:
        places = shards.read(candidates_file(self.scratch), ("file", "position", "ingest", "unit"))
        known, sealed = texts(self.workspace), _sealed(self.workspace)
        places = places.filter(pc.is_valid(places["ingest"]))
        for shard in places.group_by(["ingest", "unit"]).aggregate([]).to_pylist():
            of_shard = pc.and_(pc.equal(places["ingest"], shard["ingest"]), pc.equal(places["unit"], shard["unit"]))
            wanted = item_keys(places.filter(of_shard))
            for role in _TEXTS:
                for batch in shards.batches(known.path(sealed[shard["ingest"], shard["unit"]], role), TEXT.names):
                    yield batch.filter(pc.is_in(item_keys(batch), value_set=wanted))


class _Texts:
    """Texts on disk, and where each begins."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: dict[bytes, tuple[int, int]] = {}

    def add(self, batches: Iterator[pa.RecordBatch]) -> None:
        end = self._file.seek(0, os.SEEK_END)
        for batch in batches:
            for item, text in zip(_ids(batch), batch["text"].to_pylist(), strict=True):
                if text is not None:
                    size = self._file.write(spaced(text).encode())
                    self._places[item] = (end, size)
                    end += size

    def text_of(self, place: Place) -> str:
        """Return a text, empty where it was erased: nothing resembles it."""
        start, size = self._places.get(place.item, (0, 0))
        self._file.seek(start)
        return self._file.read(size).decode()


def _signed(workspace: Workspace, *, before: int) -> Iterator[pa.RecordBatch]:
    """Yield the signatures of live items as they were before an ingest, schema ``SIGNED``."""
    known, sealed = texts(workspace), _sealed(workspace)
    for shard in live_shards(workspace, before=before):
        if known.digest(sealed[shard.place], "signatures"):
            for batch in shards.batches(known.path(sealed[shard.place], "signatures")):
                left = shard.left(batch)
                place = [pa.repeat(pa.scalar(number, pa.int64()), left.num_rows) for number in shard.place]
                yield pa.RecordBatch.from_arrays([*left.columns, *place], schema=SIGNED)


def _sealed(workspace: Workspace) -> Mapping[tuple[int, int], ShardSealed]:
    return {(shard.ingest, shard.unit): shard for _, shard in sealed_shards(workspace)}


def _ids(batch: pa.RecordBatch) -> Iterator[bytes]:
    for file, position in zip(batch["file"].to_pylist(), batch["position"].to_pylist(), strict=True):
        yield ItemId(FileId(file), position).encode()


def _led_on(batch: pa.RecordBatch, found: Mapping[bytes, Resemblance[Place]]) -> pa.RecordBatch:
    """Point the exact repeats of an item that itself repeats another nearly to that one."""
    keepers, similarities = batch["keeper"].to_pylist(), batch["similarity"].to_pylist()
    for row, keeper in enumerate(keepers):
        if keeper in found:
            keepers[row], similarities[row] = found[keeper].keeper.item, found[keeper].millionths
    columns = [*batch.columns[:3], pa.array(keepers, pa.binary(24)), pa.array(similarities, pa.int32())]
    return pa.RecordBatch.from_arrays(columns, schema=REPEATS)


def _rows(nearly: Sequence[Resemblance[Place]]) -> pa.RecordBatch:
    columns: dict[str, list[object]] = {
        "unit": [each.name.unit for each in nearly],
        "file": [each.name.item[:16] for each in nearly],
        "position": [int.from_bytes(each.name.item[16:], "big") for each in nearly],
        "keeper": [each.keeper.item for each in nearly],
        "similarity": [each.millionths for each in nearly],
    }
    return pa.RecordBatch.from_arrays([pa.array(columns[each.name], each.type) for each in REPEATS], schema=REPEATS)
