"""What the catalogue knows of files by name, of work units and of sealed shards."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlmodel import col, select

from corpus.lookup import Known, has_tags, locate
from corpus.slices import WHOLE, Slice, in_order, is_member, printed, stored_in, unprinted
from corpus.tables import END, FileRow, SliceRow, UnitRow
from corpus.workspace import Workspace
from provenance.events import ShardSealed
from provenance.ids import Digest, FileId, ItemId, parse_file, print_file

KNOWN = select(FileRow.path, FileRow.size, FileRow.modified_ns, FileRow.digest)
"""Columns by which a file is found on disk: a :class:`corpus.lookup.Known`."""


@dataclass(frozen=True)
class Place:
    """Where an item was read and where it is kept: its file by name, and the shard that holds it."""

    file: FileRow
    unit: int

    @property
    def path(self) -> str:
        """The file's path in print, tags where a name held personal information."""
        return self.file.path

    @property
    def known(self) -> Known:
        """What is known of the file."""
        return Known(self.file.path, self.file.size, self.file.modified_ns, self.file.digest)

    @property
    def format(self) -> str:
        """Its format."""
        return self.file.format

    @property
    def digest(self) -> Digest:
        """SHA-256 of its bytes."""
        return Digest(self.file.digest)

    @property
    def ingest(self) -> int:
        """The plan that read it."""
        return self.file.ingest


def units_of(workspace: Workspace, ingest: int) -> list[UnitRow]:
    """Return a plan's units in order."""
    with workspace.database.snapshot() as session:
        rows = session.exec(select(UnitRow).where(UnitRow.ingest == ingest).order_by(col(UnitRow.ordinal))).all()
        session.expunge_all()
        return list(rows)


def unit_states(workspace: Workspace, ingest: int) -> list[tuple[int, int, str]]:
    """Return ordinal, lot and state of a plan's units, in order."""
    with workspace.database.snapshot() as session:
        query = select(UnitRow.ordinal, UnitRow.lot, UnitRow.state).where(UnitRow.ingest == ingest)
        return list(session.exec(query.order_by(col(UnitRow.ordinal))).all())


def slices_of(workspace: Workspace, ingest: int) -> dict[int, tuple[Slice, ...]]:
    """Return the slices of every unit of a plan, in the order of reading."""
    found: dict[int, list[Slice]] = defaultdict(list)
    with workspace.database.snapshot() as session:
        mine = (FileRow.ingest == ingest,)
        names = session.exec(select(FileRow.file, FileRow.format).where(*mine).order_by(col(FileRow.file))).all()
        known = session.exec(KNOWN.where(*mine).order_by(col(FileRow.file))).all()
        parts = select(SliceRow.ordinal, SliceRow.file, SliceRow.start, SliceRow.stop).where(SliceRow.ingest == ingest)
        cut = session.exec(parts).all()
    paths = [path_on_disk(workspace, Known(*file)) for file in known]
    files = {file: (parse_file(file), path, form) for (file, form), path in zip(names, paths, strict=True)}
    for ordinal, file, start, stop in cut:
        found[ordinal].append(Slice(*files[file], start, WHOLE[1] if stop == END else stop))
    return {ordinal: tuple(in_order(parts)) for ordinal, parts in found.items()}


def place_of(workspace: Workspace, item: ItemId) -> Place | None:
    """Return where an item was read and where its live decision is kept; None where it was never taken in."""
    name = print_file(item.file)
    with workspace.database.snapshot() as session:
        sealed = select(FileRow).where(FileRow.file == name, FileRow.sealed_to > item.position)
        file = session.exec(sealed.order_by(col(FileRow.ingest).desc()).limit(1)).one_or_none()
        if file is None:
            return None
        parts = select(SliceRow.ordinal).where(SliceRow.ingest == file.ingest, SliceRow.file == name)
        here = parts.where(SliceRow.start <= item.position, SliceRow.stop > item.position)
        unit = session.exec(here).one_or_none()
        session.expunge(file)
        return None if unit is None else Place(file, unit)


def path_on_disk(workspace: Workspace, file: Known) -> str:
    """Return the path by which a file, or a member of an archive, can be opened.

    Args:
        workspace: Where.
        file: What its row says, the path in print.

    Raises:
        GovernanceError: Its name held personal information, and which file is meant cannot be told any more.
    """
    path = unprinted(file.path)
    archive = stored_in(path)
    if not has_tags(archive):
        return path
    if not is_member(path):
        return locate(file._replace(path=path))
    columns = select(FileRow.size, FileRow.modified_ns, FileRow.digest)
    alike = columns.where(FileRow.path == printed(archive), FileRow.modified_ns == file.modified_ns)
    with workspace.database.snapshot() as session:
        row = session.exec(alike.order_by(col(FileRow.ingest).desc()).limit(1)).one_or_none()
    return path.replace(archive, locate(Known(archive, *(row or (0, 0, "")))), 1)


def path_of(workspace: Workspace, ingest: int, file: str) -> str:
    """Return the path under which a plan read a file."""
    with workspace.database.snapshot() as session:
        row = session.get(FileRow, (ingest, file))
        assert row is not None
        return row.path


def paths_of(workspace: Workspace, files: Collection[FileId]) -> list[str]:
    """Return the paths under which any plan read these files, sorted."""
    wanted = {print_file(file) for file in files}
    with workspace.database.snapshot() as session:
        found = session.exec(select(FileRow.file, FileRow.path).where(FileRow.sealed_to > 0))
        return sorted({path for file, path in found if file in wanted})


def sealed(workspace: Workspace) -> Iterable[ShardSealed]:
    """Yield every sealed shard in ledger order."""
    for entry in workspace.ledger.entries(kinds=("ShardSealed",)):
        assert isinstance(entry.event, ShardSealed)
        yield entry.event
