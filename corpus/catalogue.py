"""What the catalogue knows of files, units and shards, and which decision on a file is the live one.

A file may be read more than once: anew under new rules. Its live ingest is the latest whose unit with the file's
beginning is sealed; rows of the file in shards of earlier ingests are superseded from that moment, and the shard that
holds the beginning takes their cells away.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from corpus import shards
from corpus.items import SealedShard
from corpus.measure import Kinds, cells
from corpus.slices import Slice
from corpus.tables import FileRow, SliceRow, UnitRow
from corpus.workspace import Workspace
from provenance.cells import Cells
from provenance.events import ShardSealed
from provenance.ids import Digest, ItemId, parse_file, print_file


@dataclass(frozen=True)
class Place:
    """Where an item was read and where it is kept: its file by name, and the shard that holds it."""

    path: str
    format: str
    digest: Digest
    ingest: int
    unit: int


def units_of(workspace: Workspace, ingest: int) -> list[UnitRow]:
    """Return a plan's units in order."""
    with workspace.database.snapshot() as session:
        rows = session.exec(select(UnitRow).where(UnitRow.ingest == ingest).order_by(col(UnitRow.ordinal))).all()
        session.expunge_all()
        return list(rows)


def slices_of(workspace: Workspace, ingest: int) -> dict[int, tuple[Slice, ...]]:
    """Return the slices of every unit of a plan, in item order."""
    found: dict[int, list[Slice]] = {}
    with workspace.database.snapshot() as session:
        query = (
            select(SliceRow, FileRow)
            .join(FileRow, (col(FileRow.ingest) == SliceRow.ingest) & (col(FileRow.file) == SliceRow.file))
            .where(SliceRow.ingest == ingest)
        )
        for part, file in session.exec(query):
            one = Slice(parse_file(part.file), file.path, file.format, part.start, part.stop)
            found.setdefault(part.ordinal, []).append(one)
    return {ordinal: tuple(sorted(parts, key=lambda s: (s.file, s.start))) for ordinal, parts in found.items()}


def live_ingests(workspace: Workspace, files: Collection[str] | None = None) -> dict[str, int]:
    """Return the live ingest of every file that has one.

    Args:
        workspace: Where.
        files: Only these; all where None.
    """
    with workspace.database.snapshot() as session:
        found = _live(session)
    return found if files is None else {name: found[name] for name in files if name in found}


def wholly_sealed(workspace: Workspace, ingest: int, files: Collection[str]) -> set[str]:
    """Return those of the files whose every unit in this ingest is sealed."""
    with workspace.database.snapshot() as session:
        query = (
            select(SliceRow.file)
            .join(UnitRow, (col(UnitRow.ingest) == SliceRow.ingest) & (col(UnitRow.ordinal) == SliceRow.ordinal))
            .where(SliceRow.ingest == ingest, UnitRow.state != "sealed")
        )
        unsealed: set[str] = set(session.exec(query))
    return set(files) - unsealed


def earlier_shards(workspace: Workspace, ingest: int, rereads: Collection[str]) -> list[SealedShard]:
    """Return the shards of the ingests before this one, each with the files whose rows in it no longer count.

    Args:
        workspace: Where.
        ingest: The plan whose items are to be compared.
        rereads: Files that this plan reads; an item is never a duplicate of itself.
    """
    with workspace.database.snapshot() as session:
        live = _live(session, before=ingest)
        gone: dict[tuple[int, int], set[bytes]] = {}
        query = select(SliceRow.ingest, SliceRow.ordinal, SliceRow.file).where(SliceRow.ingest < ingest)
        for seq, ordinal, name in session.exec(query):
            if name in rereads or live.get(name, seq) != seq:
                gone.setdefault((seq, ordinal), set()).add(parse_file(name))
    return [
        SealedShard(
            workspace.items.path(Digest(event.items)),
            event.ingest,
            frozenset(gone.get((event.ingest, event.unit), ())),
        )
        for event in sealed(workspace)
        if event.ingest < ingest
    ]


def superseded_cells(workspace: Workspace, ingest: int, units: Collection[int], kinds: Kinds) -> dict[int, Cells]:
    """Count what sealing these units takes away: earlier decisions on the files that begin in them.

    Returns:
        Cells by unit; units that take nothing away are left out.
    """
    with workspace.database.snapshot() as session:
        live = _live(session, before=ingest)
        query = select(SliceRow.ordinal, SliceRow.file).where(
            SliceRow.ingest == ingest, SliceRow.start == 0, col(SliceRow.file).in_(live)
        )
        begins = [(ordinal, name) for ordinal, name in session.exec(query) if ordinal in units]
        homes = {name: _units_with(session, live[name], name) for _, name in begins}
    files = {(event.ingest, event.unit): event.items for event in sealed(workspace)} if begins else {}
    taken: dict[int, Cells] = {}
    for ordinal, name in begins:
        for unit in homes[name]:
            path = workspace.items.path(Digest(files[live[name], unit]))
            rows = shards.read(path, where=("file", "==", parse_file(name)))
            taken[ordinal] = taken.get(ordinal, Cells()) + cells(rows, kinds)
    return taken


def place_of(workspace: Workspace, item: ItemId) -> Place | None:
    """Return where an item was read and where its live decision is kept; None where it was never taken in."""
    name = print_file(item.file)
    with workspace.database.snapshot() as session:
        live = _live(session, only=name)
        if name not in live:
            return None
        query = select(SliceRow).where(SliceRow.ingest == live[name], SliceRow.file == name)
        for part in session.exec(query):
            if part.start <= item.position and (part.stop < 0 or item.position < part.stop):
                file = session.get(FileRow, (live[name], name))
                assert file is not None
                return Place(file.path, file.format, Digest(file.digest), live[name], part.ordinal)
    return None


def unsealed(workspace: Workspace) -> list[int]:
    """Return the ingests that have a finished unit which is not fact yet."""
    with workspace.database.snapshot() as session:
        return sorted(set(session.exec(select(UnitRow.ingest).where(UnitRow.state == "done"))))


def names_of(workspace: Workspace, ingest: int) -> dict[str, str]:
    """Return the path of every file of a plan, by file id."""
    with workspace.database.snapshot() as session:
        return dict(session.exec(select(FileRow.file, FileRow.path).where(FileRow.ingest == ingest)).all())


def sealed(workspace: Workspace) -> Iterable[ShardSealed]:
    """Yield every sealed shard in ledger order."""
    for entry in workspace.ledger.entries(kinds=("ShardSealed",)):
        assert isinstance(entry.event, ShardSealed)
        yield entry.event


def _live(session: Session, *, before: int | None = None, only: str | None = None) -> dict[str, int]:
    query = (
        select(SliceRow.file, func.max(SliceRow.ingest))
        .join(UnitRow, (col(UnitRow.ingest) == SliceRow.ingest) & (col(UnitRow.ordinal) == SliceRow.ordinal))
        .where(UnitRow.state == "sealed", SliceRow.start == 0)
        .group_by(SliceRow.file)
    )
    if before is not None:
        query = query.where(SliceRow.ingest < before)
    if only is not None:
        query = query.where(SliceRow.file == only)
    return dict(session.exec(query).all())


def _units_with(session: Session, ingest: int, name: str) -> list[int]:
    query = select(SliceRow.ordinal).where(SliceRow.ingest == ingest, SliceRow.file == name)
    return sorted(set(session.exec(query)))
