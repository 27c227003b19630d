"""Reading records back (回读) from the files they came from: many of one file at a time, each file once at most."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from corpus.catalogue import path_on_disk, place_of
from corpus.intake import keyed
from corpus.readers import ReadOptions, Record, read
from corpus.readers.formats import is_cuttable
from corpus.readers.records import FILE_UNREADABLE, NOT_A_REGULAR_FILE
from corpus.slices import WHOLE, Slice
from corpus.work.planning import InputFile
from corpus.workspace import Workspace
from provenance.errors import GovernanceError
from provenance.ids import FileId, ItemId, SourceId

_GONE = (FILE_UNREADABLE, NOT_A_REGULAR_FILE)


@dataclass(frozen=True)
class Origin:
    """Where a file of items can be read."""

    file: FileId
    path: str
    format: str


def origins(files: Collection[InputFile]) -> dict[FileId, Origin]:
    """Return where files that are not taken in lie, by id."""
    return {file.id: Origin(file.id, file.path, file.format) for file in files}


def taken_in(workspace: Workspace, items: Collection[ItemId]) -> dict[FileId, Origin]:
    """Return where the files of items that were taken in lay, by id."""
    found = {}
    for item in sorted(items):
        place = None if item.file in found else place_of(workspace, item)
        if place is not None:
            with suppress(GovernanceError):  # a file that cannot be told from others is as good as gone
                found[item.file] = Origin(item.file, path_on_disk(workspace, place.known), place.format)
    return found


def by_source(workspace: Workspace, items: Iterable[ItemId]) -> dict[SourceId, list[ItemId]]:
    """Return items that were taken in by the source that each came from."""
    plans = workspace.ledger.subjects(kinds=("IngestPlanned",))
    found: dict[SourceId, list[ItemId]] = {}
    for item in items:
        place = place_of(workspace, item)
        assert place is not None, "the item was taken in"
        found.setdefault(SourceId(plans[place.ingest]), []).append(item)
    return found


def records(
    known: dict[FileId, Origin], items: Collection[ItemId], options: ReadOptions, workspace_key: bytes
) -> Iterator[tuple[ItemId, Record]]:
    """Yield the records of items as their files hold them now, in item order.

    An item whose file is gone or no longer holds a record at its place is left out; whether a record is the one that
    was taken in is told by its raw digest.

    Args:
        known: Where files lie.
        items: The items wanted, all of one source.
        options: How the source's files are read.
        workspace_key: 32 secret bytes that key every digest.
    """
    wanted: dict[FileId, list[int]] = {}
    for item in sorted(items):
        wanted.setdefault(item.file, []).append(item.position)
    for file, positions in wanted.items():
        if file in known:
            yield from _of_file(known[file], positions, options, workspace_key)


def _of_file(
    origin: Origin, positions: list[int], options: ReadOptions, workspace_key: bytes
) -> Iterator[tuple[ItemId, Record]]:
    sealer, places = keyed(workspace_key)(origin.file), set(positions)
    is_cut = is_cuttable(origin.format, options.unit)
    for bounds in [(at, at + 1) for at in positions] if is_cut else [WHOLE]:
        for record in read(Slice(origin.file, origin.path, origin.format, *bounds), options, sealer):
            if isinstance(record, Record) and record.position in places and record.reason not in _GONE:
                yield ItemId(origin.file, record.position), record
