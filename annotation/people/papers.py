"""Papers of the register on their way into the store of evidence: contracts, confidentiality agreements, attendance."""

from collections.abc import Callable, Collection
from pathlib import Path

from corpus.workspace import Workspace
from provenance.disk import told
from provenance.errors import GovernanceError

Scan = Callable[[str], bool]
"""Says whether a text holds personal information."""


def store(workspace: Workspace, folder: Path, written: str, *, scan: Scan, names: Collection[str] = ()) -> str:
    """Store a paper as evidence and return its digest; nothing for none.

    What is stored as evidence cannot be erased again, so a text that names a person is refused. Into a scan or another
    file that is no text nobody looks.

    Args:
        workspace: Where.
        folder: What relative paths are relative to.
        written: The path as it stands in the file; empty for none.
        scan: Finds personal information.
        names: Names that it may not hold.

    Raises:
        GovernanceError: The file is missing, empty, no regular file, or names a person.
    """
    if not written:
        return ""
    path = folder / written
    with told("read a paper", path):
        if not path.is_file() or not path.stat().st_size:
            raise GovernanceError(
                "A paper that the file names is missing or empty.",
                code="annotation.paper-missing",
                remedy="Name the document itself, by a path beside the file.",
                where=str(path),
            )
        text = _text(path.read_bytes())
    if any(name and name in text for name in names) or scan(text):
        raise GovernanceError(
            "A paper names a person or holds personal information, and what is evidence cannot be erased again.",
            code="annotation.personal-in-paper",
            remedy="Write the person's id in place of the name, or black it out; keep the original in your own files.",
            where=str(path),
        )
    return workspace.evidence.put_copy(path)


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return ""
