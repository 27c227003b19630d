"""Tables over keyed digests, for millions of rows: sorted, memory-mapped, shared by all workers of a machine.

A table is a folder of arrays beside each other, one per column, made once per ingest in its scratch folder. Rows that
share a key lie together, in the order of the second column.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import numpy as np
import numpy.typing as npt

from provenance.disk import told
from provenance.pseudonyms import LENGTH

Array = npt.NDArray[Any]

_KEYS = "key"
_OPEN = 8


def keys_of(digests: Sequence[bytes]) -> Array:
    """Return keyed digests as an array."""
    return np.frombuffer(b"".join(digests), dtype=f"S{len(digests[0]) if digests else LENGTH}")


def write(folder: Path, keys: Array, columns: Mapping[str, Array]) -> None:
    """Write a table under its name, whole or not at all; the columns after the keys are sorted with them.

    Args:
        folder: The table's place; what is there already is the same and stays.
        keys: A keyed digest per row, in any order.
        columns: By name; rows of one key are sorted by the first of them.
    """
    order: npt.NDArray[np.intp] = np.arange(len(keys))
    for column in (*list(columns.values())[:1], keys):
        order = order[np.argsort(column[order], kind="stable")]
    with told("prepare a table of evidence", folder):
        unfinished = Path(mkdtemp(dir=folder.parent, prefix="table-"))
        try:
            for name, column in ({_KEYS: keys} | dict(columns)).items():
                np.save(unfinished / f"{name}.npy", column[order])
            if not folder.exists():
                unfinished.rename(folder)
        finally:
            rmtree(unfinished, ignore_errors=True)


@lru_cache(maxsize=_OPEN)
def column(folder: Path, name: str = _KEYS) -> Array:
    """Open a column, mapped into memory, once in a process; the keys where no other is named."""
    with told("open a table of evidence", folder):
        opened: Array = np.load(folder / f"{name}.npy", mmap_mode="r")
    return opened


def ranges(folder: Path, wanted: Array) -> tuple[list[int], list[int]]:
    """Return for each wanted key its first row, and the one behind its last; both are equal where there is none."""
    keys = column(folder)
    first, behind = (np.searchsorted(keys, wanted, side).tolist() for side in ("left", "right"))
    return first, behind
