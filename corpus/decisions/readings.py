"""Which decision on an item is the live one, where a file was read more than once.

A file is read anew under new rules. Lots become fact in the order of the plan, so what is sealed of a file is always
its beginning, up to a place that its row in the catalogue names. The live decision on an item is that of the latest
ingest that has sealed the item's place; rows of earlier ingests are superseded from that moment on. So the facts hold
at every position of the ledger, however a file was cut into units and wherever a reading was given up.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, exists, func, select, tuple_
from sqlmodel import SQLModel

from corpus.decisions.ranges import Owners, Range
from corpus.decisions.sealed import SealedShard
from corpus.items import FirstIntake
from corpus.tables import END
from corpus.workspace import Workspace
from provenance.ids import Digest, FileId, parse_file, print_file

_FILES = SQLModel.metadata.tables["ingest_file"]
_SLICES = SQLModel.metadata.tables["ingest_slice"]
_UNITS = SQLModel.metadata.tables["ingest_unit"]
_NAMES = 10_000
"""Most values of one statement; SQLite takes 32,766, PostgreSQL 65,535."""


@dataclass(frozen=True)
class Reread:
    """An earlier shard of which the units of a lot read something again.

    Attributes:
        shard: It, and what was superseded in it already.
        result: What its unit had become, as JSON.
        taken: What is read again, with the ordinal of the unit that does.
        is_whole: Whether that is all it holds.
    """

    shard: SealedShard
    result: str
    taken: tuple[tuple[Range, int], ...]
    is_whole: bool


def live_shards(workspace: Workspace, *, before: int = END) -> list[SealedShard]:
    """Return the sealed shards that hold live rows, in ledger order, each with the ranges superseded in it.

    Args:
        workspace: Where.
        before: Only ingests with a smaller number count.
    """
    view = _View(before)
    with workspace.database.snapshot() as session:
        connection = session.connection()
        units = view.units().add_columns(_UNITS.c["items"]).order_by(_UNITS.c.ingest, _UNITS.c.ordinal)
        kept = connection.execute(units).all()
        gone = view.superseded(connection)
    return [
        SealedShard(workspace.items.path(Digest(items)), ingest, gone.get((ingest, unit), ()), unit)
        for ingest, unit, items in kept
    ]


def shards_of(workspace: Workspace, files: Sequence[bytes]) -> list[tuple[SealedShard, tuple[Range, ...]]]:
    """Return the sealed shards that hold live rows of some files, in ledger order, and what each read of them.

    What is told as superseded in a shard concerns these files alone.
    """
    view = _View(END)
    read: defaultdict[tuple[int, int], list[Range]] = defaultdict(list)
    gone: dict[tuple[int, int], tuple[Range, ...]] = {}
    names: dict[tuple[int, int], str] = {}
    part = _SLICES.alias("part")
    kept = select(part.c.ingest, part.c.ordinal, part.c.file, part.c.start, part.c.stop, _UNITS.c["items"])
    kept = kept.join(_UNITS, _reads(_UNITS, part)).where(_UNITS.c.state == "sealed", view.is_live(part))
    with workspace.database.snapshot() as session:
        connection = session.connection()
        for some in _chunks([print_file(FileId(file)) for file in files]):
            for ingest, unit, file, start, stop, items in connection.execute(kept.where(part.c.file.in_(some))):
                read[ingest, unit].append(Range(parse_file(file), start, stop))
                names[ingest, unit] = items
            for shard, ranges in view.superseded(connection, files=some).items():
                gone[shard] = gone.get(shard, ()) + ranges
    return [
        (
            SealedShard(workspace.items.path(Digest(names[shard])), shard[0], gone.get(shard, ()), shard[1]),
            tuple(sorted(read[shard])),
        )
        for shard in sorted(read)
    ]


def first_intakes(workspace: Workspace, *, before: int = END) -> list[FirstIntake]:
    """Return when the files that were read more than once, or are read again by a plan, were taken in before.

    Args:
        workspace: Where.
        before: Only readings of ingests with a smaller number are told.
    """
    again = _FILES.alias("again")
    query = (
        select(_FILES.c.file, _FILES.c.sealed_to, _FILES.c.ingest)
        .where(_FILES.c.sealed_to > 0, _FILES.c.ingest < before)
        .where(exists().where(again.c.file == _FILES.c.file, again.c.ingest > _FILES.c.ingest))
    )
    with workspace.database.snapshot() as session:
        return [FirstIntake(parse_file(file), stop, seq) for file, stop, seq in session.connection().execute(query)]


def rereads(workspace: Workspace, ingest: int, lot: int) -> Iterator[Reread]:
    """Yield the earlier shards of which the units of a lot read something again that is still live."""
    view, part, its = _View(ingest), _SLICES.alias("part"), _UNITS.alias("its")
    in_lot = (_SLICES.c.ingest == ingest, _reads(its, _SLICES), its.c.lot == lot)
    mine = select(_SLICES.c.file, _SLICES.c.start, _SLICES.c.stop, _SLICES.c.ordinal).where(*in_lot)
    start, stop = func.min(_SLICES.c.start).label("start"), func.max(_SLICES.c.stop).label("stop")
    reach = select(_SLICES.c.file, start, stop).where(*in_lot).group_by(_SLICES.c.file).subquery("reach")
    earlier = (
        select(part.c.file, part.c.start, part.c.stop, part.c.ingest, part.c.ordinal)
        .where(part.c.file == reach.c.file, part.c.start < reach.c.stop, part.c.stop > reach.c.start)
        .where(exists().where(_reads(_UNITS, part), _UNITS.c.state == "sealed"), view.is_live(part))
    )
    found: defaultdict[tuple[int, int], list[tuple[Range, Range, int]]] = defaultdict(list)
    with workspace.database.snapshot() as session:
        connection = session.connection()
        owners = Owners((Range(parse_file(row[0]), row[1], row[2]), row[3]) for row in connection.execute(mine))
        for file, begin, end, seq, unit in connection.execute(earlier):
            whole = Range(parse_file(file), begin, end)
            found[seq, unit] += [(whole, common, ordinal) for common, ordinal in owners.among(whole)]
        gone = view.superseded(connection) if found else {}
    for (seq, unit), parts in sorted(found.items()):
        yield _reread(workspace, seq, unit, parts, gone.get((seq, unit), ()))


def _reread(
    workspace: Workspace, seq: int, unit: int, parts: list[tuple[Range, Range, int]], gone: tuple[Range, ...]
) -> Reread:
    size = select(func.count()).where(_reads(_UNITS, _SLICES)).scalar_subquery()
    this = select(_UNITS.c["items"], _UNITS.c.result, size).where(_UNITS.c.ingest == seq, _UNITS.c.ordinal == unit)
    with workspace.database.snapshot() as session:
        items, result, slices = session.connection().execute(this).one()
    return Reread(
        SealedShard(workspace.items.path(Digest(items)), seq, gone, unit),
        result,
        tuple((common, ordinal) for _, common, ordinal in parts),
        is_whole=not gone and slices == sum(common == whole for whole, common, _ in parts),
    )


@dataclass(frozen=True)
class _View:
    """The catalogue as it was before an ingest."""

    before: int

    def units(self) -> Select[tuple[int, int]]:
        """Select the sealed units that hold anything live."""
        part = _SLICES.alias()
        return select(_UNITS.c.ingest, _UNITS.c.ordinal).where(
            _UNITS.c.state == "sealed",
            _UNITS.c.ingest < self.before,
            exists().where(_reads(_UNITS, part), self.is_live(part)),
        )

    def is_live(self, part: FromClause) -> ColumnElement[bool]:
        """Say of a slice of an earlier ingest that no later one has sealed all of it."""
        later = _FILES.alias()
        read = self._is_later(later, part), later.c.sealed_to >= part.c.stop
        return and_(part.c.ingest < self.before, ~exists().where(*read))

    def superseded(
        self, connection: Connection, *, files: Sequence[str] = ()
    ) -> dict[tuple[int, int], tuple[Range, ...]]:
        """Return, by ingest and unit, what later ingests have sealed of the shards that hold anything live.

        Args:
            connection: To the catalogue.
            files: Only of these files; of all where none is named.
        """
        part, later = _SLICES.alias("part"), _FILES.alias("later")
        query = (
            select(part.c.ingest, part.c.ordinal, part.c.file, func.max(later.c.sealed_to))
            .where(self._is_later(later, part), later.c.sealed_to > part.c.start)
            .where(part.c.file.in_(files) if files else tuple_(part.c.ingest, part.c.ordinal).in_(self.units()))
            .group_by(part.c.ingest, part.c.ordinal, part.c.file)
        )
        found: defaultdict[tuple[int, int], list[Range]] = defaultdict(list)
        for ingest, unit, file, stop in connection.execute(query):
            found[ingest, unit].append(Range(parse_file(file), 0, stop))
        return {shard: tuple(ranges) for shard, ranges in found.items()}

    def _is_later(self, file: FromClause, part: FromClause) -> ColumnElement[bool]:
        return and_(file.c.file == part.c.file, file.c.ingest > part.c.ingest, file.c.ingest < self.before)


def _chunks(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield names in numbers that one statement takes."""
    return (names[start : start + _NAMES] for start in range(0, len(names), _NAMES))


def _reads(unit: FromClause, part: FromClause) -> ColumnElement[bool]:
    return and_(unit.c.ingest == part.c.ingest, unit.c.ordinal == part.c.ordinal)
