"""What becomes of items that repeat others when some leave (退出) because of their source or user, or come back.

Exact repeats are settled by text (``corpus.items.settle``). A near duplicate follows the one item it was compared with:
it loses it (``keeper-gone``) and has it again, and nobody is compared anew but by reading.
"""

from collections.abc import Collection

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus.decisions.amendments import item_keys
from corpus.decisions.changes import Look
from corpus.decisions.readings import first_intakes
from corpus.items import MOVES, settle
from corpus.schema import DUPLICATE, GONE, NEAR, PLACELESS

_KEEPER = pa.binary(24)


def settled(seen: Look, moved: pa.Table, *, shielded: Collection[int] = ()) -> pa.Table:
    """Say what becomes of all items that repeat some which leave or come back.

    Args:
        seen: The items as they are.
        moved: Those that leave or come back with what they are to be, schema ``MOVED``.
        shielded: Ingests of whose items none is changed but those moved.

    Returns:
        Schema ``MOVES``: the moved items and those that change with them.
    """
    workspace = seen.workspace
    moves = settle(seen.keyed(), moved, workspace.scratch, shielded=shielded, intakes=first_intakes(workspace))
    return pa.concat_tables([moves, _followers(seen, moves, frozenset(shielded))])


def _followers(seen: Look, moves: pa.Table, shielded: frozenset[int]) -> pa.Table:
    """Return the near duplicates that lost their keeper, or have it again."""
    leaves = pc.is_in(moves["reason"], pa.array([*PLACELESS, GONE]))
    gone, back = _encoded(moves.filter(leaves)), _encoded(moves.filter(pc.invert(leaves)))
    known = item_keys(moves)
    found = [pa.Table.from_batches([], schema=MOVES)]
    for shard, rows in seen.rows((*MOVES.names, "keeper")):
        if shard.ingest in shielded:
            continue
        for reason, keepers, after in ((NEAR, gone, GONE), (GONE, back, NEAR)):
            follows = pc.and_(pc.equal(rows["reason"], reason), pc.is_in(rows["keeper"], value_set=keepers))
            mine = rows.filter(pc.and_(follows, pc.invert(pc.is_in(item_keys(rows), value_set=known))))
            states = (pa.repeat(DUPLICATE, mine.num_rows), pa.repeat(after, mine.num_rows))
            found.append(pa.Table.from_arrays([mine["file"], mine["position"], *states], schema=MOVES))
    return pa.concat_tables(found)


def _encoded(items: pa.Table) -> pa.Array:
    """Return the encoded ids of items, as ``keeper`` holds them."""
    files = np.frombuffer(b"".join(items["file"].to_pylist()), np.uint8).reshape(-1, 16)
    positions = items["position"].to_numpy().astype(">u8").view(np.uint8).reshape(-1, 8)
    joined = np.concatenate((files, positions), axis=1).tobytes()
    return pa.Array.from_buffers(_KEEPER, items.num_rows, [None, pa.py_buffer(joined)])
