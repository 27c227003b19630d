"""Grounds (依据): the line of a stored document that a rejection rests on, named and read back.

A ground is written ``NAME:DIGEST#LPLACE``: which document, the digest of the stored file, and where in it, such as
``robots:5f0c...#L12`` or, of a body in a snapshot, ``robots:5f0c...#L3.12``.
"""

import re
from pathlib import Path

from corpus.evidence import robots_evidence
from provenance.errors import GovernanceError
from provenance.ids import Digest
from provenance.objects import ObjectStore

ROBOTS = "robots"

_FORM = re.compile(r"([a-z]+):([0-9a-f]{64})#L([0-9.]+)")


def ground(name: str, file: Path, place: str) -> str:
    """Return the name of a line.

    Args:
        name: Which document it is: ``robots``, or a list's name.
        file: The stored file, whose name is its digest.
        place: The line.
    """
    return f"{name}:{file.name}#L{place}"


def read_line(evidence: ObjectStore, written: str) -> str:
    """Return the line that a ground names, as it stands in the stored file.

    Args:
        evidence: The store of evidence.
        written: The ground; nothing, or another form, names no line.

    Returns:
        The line; nothing where there is none.

    Raises:
        GovernanceError: The file is missing from the store.
    """
    match = _FORM.fullmatch(written)
    if match is None:
        return ""
    name, digest, place = match.groups()
    path = evidence.path(Digest(digest))
    try:
        if name == ROBOTS:
            return robots_evidence.read_line(path, place)
        return path.read_text("utf-8").splitlines()[int(place) - 1]
    except (ValueError, IndexError, OSError) as error:
        raise GovernanceError(
            "The stored document that a rejection rests on does not have the line it names.",
            code="corpus.ground-missing",
            remedy="Run `yuliao doctor`; restore the file from a backup.",
            where=str(path),
        ) from error
