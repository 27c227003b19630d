"""Files found again (按名寻回): the catalogue keeps paths with tags where a name held personal information.

A path without a tag is the file's own. For one with tags the folders are looked through for names that fit around the
tags; size, time and digest, which the catalogue keeps too, say which of them it is.
"""

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pii import tags
from provenance.errors import ExitCode, GovernanceError


class Known(NamedTuple):
    """What the catalogue knows of a file on disk."""

    path: str
    size: int
    """Bytes, negative where it could not be read."""
    modified_ns: int
    digest: str
    """SHA-256 of its content."""


def locate(file: Known) -> str:
    """Return the path under which a file lies on disk.

    Raises:
        GovernanceError: Its path in the catalogue has tags, and no file or more than one can be meant.
    """
    if not has_tags(file.path):
        return file.path
    found = _narrowed(file, _fitting(file.path))
    if not found:
        _names.cache_clear()  # who runs for long may have looked before the file came
        found = _narrowed(file, _fitting(file.path))
    return _one(file.path, found)


def locate_named(path: str, without_pi: Callable[[str], str]) -> str:
    """Return the path that somebody gave, of which only the name with tags was kept.

    Args:
        path: With tags.
        without_pi: Put them there.

    Raises:
        GovernanceError: No file or more than one can be meant.
    """
    if not has_tags(path):
        return path
    _names.cache_clear()
    return _one(path, [each for each in _fitting(path) if without_pi(each) == path])


def has_tags(path: str) -> bool:
    """Say whether anything was taken from a path."""
    return "<" in path and len(tags.pieces(path)) > 1


def _narrowed(file: Known, fitting: list[str]) -> list[str]:
    """Return which of the paths that fit are the file's; one alone is it, though it may have changed since."""
    if file.size < 0:
        return [each for each in fitting if not Path(each).is_file()][:1] or fitting
    if len(fitting) <= 1:
        return fitting
    status = {each: Path(each).stat() for each in fitting if Path(each).is_file()}
    found = [each for each, seen in status.items() if seen.st_size == file.size]
    unmoved = [each for each in found if status[each].st_mtime_ns == file.modified_ns]
    if len(unmoved) == 1:
        return unmoved
    return [each for each in found if _digest(each) == file.digest][:1]


def _one(path: str, found: Sequence[str]) -> str:
    if len(found) == 1:
        return found[0]
    what = "more than one file can be meant" if found else "no file there can be meant any more"
    raise GovernanceError(
        f"The name of a file holds personal information, so only the rest of it was kept, and {what}.",
        code="corpus.file-not-found-again",
        remedy="Put the file back where it was; for an ingest give the folder that holds it, on the command line.",
        where=path,
        exit_code=ExitCode.ENVIRONMENT,
    )


def _fitting(path: str) -> list[str]:
    """Return every path on disk that fits around the tags, in order."""
    first, *parts = path.split("/")
    found = [first]
    for at, part in enumerate(parts, 1):
        if not has_tags(part):
            found = [f"{each}/{part}" for each in found]
            continue
        fits = re.compile(".+".join(map(re.escape, tags.pieces(part))), re.DOTALL).fullmatch
        found = [f"{each}/{name}" for each in found for name in _names(each or "/") if fits(name)]
        if at < len(parts):
            found = [each for each in found if Path(each).is_dir()]
    return [each for each in found if os.path.lexists(each)]


@lru_cache(maxsize=64)
def _names(folder: str) -> tuple[str, ...]:
    try:
        return tuple(sorted(each.name for each in Path(folder).iterdir()))
    except OSError:
        return ()


def _digest(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
