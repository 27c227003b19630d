"""Work sheets (检查工作单): the drawn items as they are handed to the person who judges them.

A sheet is the one place besides the stores where stripped text goes, handed out because a person asked for it: JSON
Lines, one item a line, readable by its owner alone, outside the workspace, never written over what is there. The
inspector fills the empty fields in and gives the file to ``yuliao sample record``, which keeps no text. Whoever asked
for a sheet deletes it when the verdicts are in.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import orjson

from provenance.disk import told
from provenance.errors import GovernanceError
from provenance.ids import ItemId

_OWNER_ALONE = 0o600


def demand_place(path: Path, workspace: Path) -> None:
    """Refuse a place where no sheet may be written, before anything is drawn.

    Args:
        path: Where the sheet shall go.
        workspace: Folder of the workspace.

    Raises:
        GovernanceError: The place is inside the workspace, taken, or in no folder.
    """
    with told("look for the place of the work sheet", path):
        inside = path.parent.resolve().is_relative_to(workspace.resolve())
        is_taken = os.path.lexists(path)
        has_folder = path.parent.is_dir()
    if inside:
        raise _refused("A work sheet holds text and may not lie inside the workspace", "inside-workspace", path)
    if is_taken:
        raise _refused("There is a file already where the work sheet shall go", "exists", path)
    if not has_folder:
        raise _refused("There is no such folder for the work sheet", "no-folder", path)


def write(path: Path, workspace: Path, lines: Iterable[tuple[ItemId, str | None]]) -> int:
    """Write a work sheet; where that fails nothing of it stays.

    Args:
        path: Where it goes.
        workspace: Folder of the workspace, in which it may not lie.
        lines: Items with their stripped text, None where the item cannot be read.

    Returns:
        The number of items without text.

    Raises:
        GovernanceError: It may not lie there, or the disk refuses.
    """
    demand_place(path, workspace)
    blind = 0
    with told("write the work sheet", path):
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, _OWNER_ALONE)
        try:
            with os.fdopen(handle, "wb") as file:
                for item, text in lines:
                    blind += text is None
                    file.write(_line(item, text))
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return blind


def _line(item: ItemId, text: str | None) -> bytes:
    empty = {"inspector": "", "verdict": "", "risks": [], "at": ""}
    return orjson.dumps({"item": str(item), "text": text, **empty}, option=orjson.OPT_APPEND_NEWLINE)


def _refused(message: str, code: str, path: Path) -> GovernanceError:
    return GovernanceError(
        f"{message}.",
        code=f"corpus.sheet-{code}",
        remedy="Choose a new file in a folder of your own outside the workspace, with --out.",
        where=str(path),
    )
