"""Frames of draws (抽样总体): which items there are to draw from, and the draw from them.

- The frame of an assessment is the items in the files themselves, read as an ingest would read them; nothing is kept.
- Every other frame is the items of the corpus as taken in, under their live decisions.
- An item that nobody can read, or may be shown, is counted and never drawn, since nobody could judge it.

Frames are looked at in one pass and never held: memory grows with what is drawn, not with the frame.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from corpus.decisions import live
from corpus.decisions.readings import live_shards
from corpus.intake import unsealed
from corpus.readers import Blank, ReadOptions, read, records
from corpus.samples.sampling import Draw
from corpus.schema import REJECTED_REASONS
from corpus.slices import WHOLE, Slice
from corpus.work.planning import InputFile, survey
from corpus.workspace import Workspace
from provenance.events import ItemsAmended
from provenance.ids import Digest, ItemId, SourceId, digest

UNREADABLE = REJECTED_REASONS | {
    records.BROKEN_JSON,
    records.FILE_BROKE_OFF,
    records.INVALID_UTF8,
    records.RECORD_TOO_LONG,
    records.TEXT_MISSING,
    records.TOO_DEEP,
    records.WRONG_COLUMNS,
    "text-empty",
}
"""Reasons of items that have no text to judge."""

WITHHELD = frozenset(
    {
        *(f"{what}-{done}" for what in ("text", "url", "person", "source", "user") for done in ("withdrawn", "erased")),
        "opted-out",
        "person-refused",
        "user-refused",
    }
)
"""Reasons of items that concern somebody who wants them used no more: nobody is shown their text."""


@dataclass
class Frame:
    """A frame that was looked at once: its items, those nobody can read, and the draw of every stratum."""

    digest: Digest
    draws: Mapping[str, Draw]
    population: int = 0
    unreadable: int = 0
    by_stratum: dict[str, int] = field(default_factory=dict)
    """Items by stratum, the unreadable ones included."""

    def add(self, stratum: str, seen: int, readable: Iterable[bytes]) -> None:
        """See items of a stratum, of which the readable ones may be drawn."""
        draw = self.draws[stratum]
        before = draw.seen
        draw.add(readable)
        self.population += seen
        self.unreadable += seen - (draw.seen - before)
        self.by_stratum[stratum] = self.by_stratum.get(stratum, 0) + seen

    def items(self) -> tuple[ItemId, ...]:
        """Return the items drawn, in item order."""
        return tuple(sorted(item for draw in self.draws.values() for item in draw.items()))


class Framing(Protocol):
    """A way to look at a frame."""

    def identify(self) -> Digest:
        """Return the digest of what the frame consists of now."""
        ...

    def look(self, seed: bytes, size: int) -> Frame:
        """Look at the whole frame and draw from it."""
        ...


@dataclass(frozen=True)
class Files:
    """The items in files of a source that are not taken in.

    Attributes:
        workspace: Its id is part of the items' ids, so that they are the same when they are taken in later.
        source: The source.
        paths: Files and folders.
        options: How the source's files are read.
        without_pi: Returns a file's path with tags where it holds personal information.
    """

    workspace: Workspace
    source: SourceId
    paths: Sequence[Path]
    options: ReadOptions
    without_pi: Callable[[str], str]

    def files(self) -> list[InputFile]:
        """Return the files, sorted by id.

        Raises:
            GovernanceError: A path is missing, or there is no file.
        """
        return survey(self.workspace.id, self.source, self.paths, self.without_pi)

    def identify(self) -> Digest:
        """Return the digest over the digests of the files."""
        return _digest(file.digest for file in self.files())

    def look(self, seed: bytes, size: int) -> Frame:
        """Read every record once and draw from those that can be read."""
        files = self.files()
        frame = Frame(_digest(file.digest for file in files), {"": Draw(seed, size)})
        for file in files:
            for record in read(Slice(file.id, file.path, file.format, *WHOLE), self.options, unsealed(file.id)):
                if not isinstance(record, Blank):
                    is_readable = record.text is not None and not record.text.isspace() and bool(record.text)
                    frame.add("", 1, [ItemId(file.id, record.position).encode()] if is_readable else [])
        return frame


@dataclass(frozen=True)
class Items:
    """The items of the corpus, or of some of its sources.

    Attributes:
        workspace: Where.
        strata: For every source of the frame, the stratum its items belong to.
        dispositions: Which items belong to the frame; all as taken in where empty.
        is_synthetic: Generated items (合成语料) alone belong to it.
    """

    workspace: Workspace
    strata: Mapping[SourceId, str]
    dispositions: tuple[str, ...] = ()
    is_synthetic: bool = False

    def identify(self) -> Digest:
        """Return the digest over the live shards of the sources and over what was amended in them."""
        sources = self.workspace.ledger.subjects(kinds=("IngestPlanned",))
        mine = [shard.path.name for shard in live_shards(self.workspace) if sources[shard.ingest] in self.strata]
        return _digest([*mine, *(self._amendments() if self.dispositions else ())])

    def _amendments(self) -> Iterator[str]:
        for entry in self.workspace.ledger.entries(kinds=("ItemsAmended",)):
            if isinstance(entry.event, ItemsAmended) and entry.subject in self.strata:
                yield entry.event.amendment

    def look(self, seed: bytes, size: int) -> Frame:
        """Go through the live rows and draw from those that can be read."""
        frame = Frame(self.identify(), {stratum: Draw(seed, size) for stratum in sorted(set(self.strata.values()))})
        for source, stratum in sorted(self.strata.items()):
            for batch in live.rows(self.workspace, _COLUMNS, source=source):
                rows = self._belonging(batch)
                frame.add(stratum, rows.num_rows, _ids(rows.filter(_may_be_drawn(rows))))
        return frame

    def _belonging(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if self.dispositions:
            batch = batch.filter(pc.is_in(batch["disposition"], pa.array(self.dispositions)))
        return batch.filter(pc.not_equal(batch["generated"], "")) if self.is_synthetic else batch


_COLUMNS = ("file", "position", "disposition", "reason", "duplicate_key", "generated")


def _may_be_drawn(rows: pa.RecordBatch) -> pa.BooleanArray:
    """Say which items somebody could judge; one without a signature that a person decided on had no text either."""
    is_barred = pc.is_in(rows["reason"], pa.array(sorted(UNREADABLE | WITHHELD)))
    is_decided = pc.equal(rows["reason"], "rejected-by-person")
    had_no_text = pc.and_(pc.is_null(rows["duplicate_key"]), is_decided)
    return pc.invert(pc.or_(is_barred, had_no_text))


def _ids(batch: pa.RecordBatch) -> Iterator[bytes]:
    places = zip(batch["file"].to_pylist(), batch["position"].to_pylist(), strict=True)
    return (file + position.to_bytes(8, "big") for file, position in places)


def _digest(parts: Iterable[str]) -> Digest:
    return digest("".join(f"{part}\n" for part in sorted(parts)).encode())
