"""What a lot takes away from the facts: the earlier decisions on what its units read again."""

from collections import defaultdict
from collections.abc import Iterator

from corpus import shards
from corpus.decisions.amendments import Overlay, overlay
from corpus.decisions.ranges import Owners
from corpus.decisions.readings import Reread, rereads
from corpus.measure import COLUMNS, Kinds, cells
from corpus.pipeline import DecidedUnit
from corpus.workspace import Workspace
from provenance.cells import Cells
from provenance.ids import parse_file


def superseded_cells(workspace: Workspace, ingest: int, lot: int, kinds: Kinds) -> dict[int, Cells]:
    """Count what sealing the units of a lot takes away.

    Returns:
        Cells by the ordinal of the unit; units that take nothing away are left out.
    """
    taken: defaultdict[int, Cells] = defaultdict(Cells)
    amended: Overlay | None = None
    for reread in rereads(workspace, ingest, lot):
        amended = amended or overlay(workspace)
        for ordinal, found in _taken(reread, amended, kinds):
            taken[ordinal] += found
    return dict(taken)


def _taken(reread: Reread, amended: Overlay, kinds: Kinds) -> Iterator[tuple[int, Cells]]:
    before = DecidedUnit.from_json(reread.result)
    readers = {ordinal for _, ordinal in reread.taken}
    is_as_sealed = reread.is_whole and not amended.touches(reread.shard.place)
    if is_as_sealed and len(readers) == 1:  # the usual case, told without opening the shard
        yield readers.pop(), before.cells
        return
    owners = Owners(reread.taken)
    for sealed in shards.batches(reread.shard.path, ("position", *COLUMNS)):
        batch = amended.apply(sealed, reread.shard.place)
        places = zip(batch["file"].to_pylist(), batch["position"].to_pylist(), strict=True)
        found = [None if reread.shard.is_gone(*place) else owners.of(*place) for place in places]
        for ordinal in sorted(readers.intersection(found)):
            yield ordinal, cells(batch.take([row for row, owner in enumerate(found) if owner == ordinal]), kinds)
    # Blank lines are in no shard; those of a slice go with the place at which it begins.
    for name, start, lines in before.blanks:
        file = parse_file(name)
        owner = owners.of(file, start)
        if owner is not None and not reread.shard.is_gone(file, start):
            yield owner, Cells.of({("intake", "blank_lines"): lines})
