"""Files that no event names: what a killed job, a plan that was given up or an erasure left behind."""

import shutil
from pathlib import Path

from corpus import shards
from corpus.work.turns import LOCK_FILE
from corpus.workspace import Workspace
from provenance.disk import flush_folder, told
from provenance.errors import GovernanceError
from provenance.holdings import holdings

_ERASABLE = frozenset({"text", "identifiers", "bands"})
"""A file with such a column holds what somebody may want erased."""


def unnamed(workspace: Workspace) -> list[Path]:
    """Return the files in the two stores that no event names."""
    named = holdings(entry.event for entry in workspace.ledger.entries())
    pairs = ((workspace.items, named.items), (workspace.evidence, named.evidence))
    return [store.path(digest) for store, names in pairs for digest in store.list() if digest not in names]


def forget(workspace: Workspace) -> int:
    """Delete every file that may hold text or identifiers and that no event names, unfinished work included.

    No job may run meanwhile (``corpus.work.turns.idle``) and none may be unfinished, since its files are not named yet.

    Returns:
        The number of stored files deleted.
    """
    orphans = [path for path in unnamed(workspace) if path.is_relative_to(workspace.items.root) and _is_erasable(path)]
    with told("delete what was erased", workspace.items.root):
        for path in orphans:
            path.unlink()
        for folder in {path.parent for path in orphans}:
            flush_folder(folder)
        shutil.rmtree(workspace.items.root / "tmp", ignore_errors=True)
        for path in workspace.scratch.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != LOCK_FILE:
                path.unlink()
    return len(orphans)


def _is_erasable(path: Path) -> bool:
    try:
        return not _ERASABLE.isdisjoint(shards.column_names(path))
    except GovernanceError:
        return True  # what cannot be read may hold anything
