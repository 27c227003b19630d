"""The plan of an ingest: which bytes are read, cut into which work units, under which configuration.

- Files are named by their bytes and sorted by that name, never by argument or directory order.
- A file that was decided on under the same configuration is not read again; one decided on under another is.
- A member of an archive is a file of its own, named by the archive, its ordinal there and its bytes; the archive is one
  too, for what could not be had of it.
- A plan is a fact (``IngestPlanned``) before the first byte is read, so that a run that was killed can go on with it.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path

from corpus.readers.archives import Member, members
from corpus.readers.inflate import StreamBrokeError
from corpus.readers.records import USUAL, Bounds
from corpus.slices import (
    Slice,
    cut,
    format_of,
    in_order,
    is_archive,
    is_member,
    is_one_stream,
    planned,
    stored_in,
)
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import Digest, FileId, SourceId, WorkspaceId, digest, file_id, print_file

_UNIT_SLICES = 16_384
"""Most slices of a work unit, however small or empty its files are."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that an ingest was pointed at."""

    id: FileId
    path: str
    format: str
    digest: Digest
    size: int
    modified_ns: int
    shown: str
    """Its path as the catalogue keeps it: tags stand where a name held personal information."""

    @property
    def name(self) -> str:
        """The file's id in print, without a position."""
        return print_file(self.id)


@dataclass(frozen=True)
class Unit:
    """A work unit to be: its ordinal in the plan and the slices it reads."""

    ordinal: int
    slices: tuple[Slice, ...]


def survey(
    workspace: WorkspaceId,
    source: SourceId,
    paths: Iterable[Path],
    without_pi: Callable[[str], str],
    bounds: Bounds = USUAL,
) -> list[InputFile]:
    """List and name the files below the given paths, each content once, sorted by id.

    A file that cannot be read is listed too, under a name made from its path: it becomes one rejected item.

    Args:
        workspace: The workspace that takes them in.
        source: The source that declares them.
        paths: Files and folders.
        without_pi: Returns a path with tags where it holds personal information: paths are kept in the catalogue,
            where none may stand; ``corpus.lookup`` finds the file again.
        bounds: How far archives may go.

    Raises:
        GovernanceError: A path does not exist, a folder cannot be listed, or there is no file at all.
    """
    found: dict[FileId, InputFile] = {}
    unreadable: Counter[str] = Counter()
    named = partial(file_id, workspace, source)
    for path in _walk(paths, without_pi):
        shown = without_pi(str(path))
        file = _identify(named, path, shown) or _unreadable(named, path, shown, unreadable)
        for each in (file, *_unpacked(file, named, without_pi, bounds)):
            # Of two paths with the same bytes the smaller is kept, so that the order of arguments has no part in it.
            if each.id not in found or each.path < found[each.id].path:
                found[each.id] = each
    if not found:
        raise GovernanceError(
            "There is no file below the paths given to ingest.",
            code="corpus.no-file",
            remedy="Name the files, or the folder that holds them.",
            exit_code=ExitCode.ENVIRONMENT,
        )
    return sorted(found.values(), key=lambda file: file.id)


def divide(files: Sequence[InputFile], unit: str, unit_bytes: int) -> list[Unit]:
    """Cut files into work units of about ``unit_bytes``; small files share one.

    Args:
        files: Sorted by id.
        unit: The source's item unit: record, line or file.
        unit_bytes: Size of a work unit in bytes of the stored file.
    """
    sizes = {file.id: 0 if is_archive(file.format) else file.size for file in files}
    parts = in_order(
        Slice(file.id, file.path, file.format, start, end)
        for file in files
        for start, end in cut(file.path, file.format, unit, file.size, unit_bytes)
    )
    units: list[Unit] = []
    gathered: list[Slice] = []
    size = 0
    for part, after in zip_longest(parts, parts[1:]):
        gathered.append(part)
        size += max(min(sizes[part.file], unit_bytes), unit_bytes // _UNIT_SLICES)
        goes_on = after and is_one_stream(part) and stored_in(part.path) == stored_in(after.path)
        if not after or (size >= unit_bytes and not goes_on):
            units.append(Unit(len(units), tuple(gathered)))
            gathered, size = [], 0
    return units


def unchanged(path: str, size: int, modified_ns: int) -> bool:
    """Say whether a planned file still looks as it did; one that was unreadable then has size -1 and always does.

    A member looks as it did while its archive does; the size is that of the archive's own row.
    """
    if size < 0:
        return True
    try:
        status = Path(stored_in(path)).stat()
    except OSError:
        return False
    return (is_member(path) or status.st_size == size) and status.st_mtime_ns == modified_ns


def _walk(paths: Iterable[Path], without_pi: Callable[[str], str]) -> Iterator[Path]:
    for given in paths:
        path = given.absolute()
        if path.is_dir() and not path.is_symlink():
            yield from _below(path, without_pi)
        elif os.path.lexists(path):
            yield path
        else:
            raise GovernanceError(
                "A path given to ingest does not exist.",
                code="corpus.path-missing",
                remedy="Check the path; relative paths start at the current folder.",
                where=without_pi(str(given)),
                exit_code=ExitCode.ENVIRONMENT,
            )


def _below(folder: Path, without_pi: Callable[[str], str]) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise GovernanceError(
            "A folder cannot be read.",
            code="corpus.folder-unreadable",
            remedy="Give the user who runs Yuliao the right to read it (chmod, chown), then run the command again.",
            where=without_pi(str(error.filename)),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error

    for place, folders, names in os.walk(folder, onerror=refuse):
        # A linked folder is not entered, so it is an item that cannot be read, not a silence.
        links = [name for name in folders if Path(place, name).is_symlink()]
        for name in (*names, *links):
            yield Path(place, name)


def _identify(named: Callable[[Digest], FileId], path: Path, shown: str) -> InputFile | None:
    """Name a file by its bytes; None where it cannot be read."""
    try:
        if not path.is_file():
            return None
        status = path.stat()
        content = _hash(path)
    except OSError:
        return None
    size, modified = status.st_size, status.st_mtime_ns
    return InputFile(named(content), str(path), format_of(path), content, size, modified, shown)


def _unreadable(named: Callable[[Digest], FileId], path: Path, shown: str, seen: Counter[str]) -> InputFile:
    """Name a file by its path as it is kept, and by its place among those of the same; a digest tells no name."""
    content = digest(b"unreadable\0" + os.fsencode(shown) + b"\0" * seen[shown])
    seen[shown] += 1
    return InputFile(named(content), str(path), format_of(path), content, -1, 0, shown)


def _unpacked(
    archive: InputFile, named: Callable[[Digest], FileId], without_pi: Callable[[str], str], bounds: Bounds
) -> Iterator[InputFile]:
    """Yield the members of an archive that is one, as far as it can be read; where it breaks off its own item says."""
    if archive.size < 0 or not is_archive(archive.format):
        return
    with suppress(StreamBrokeError):
        for member in members(archive.path, archive.format, bounds):
            content, size = _hash_member(member)
            ordinal = str(member.ordinal).encode()
            name = digest(b"\0".join([bytes.fromhex(archive.digest), ordinal, content]))
            form = f"{archive.format}:{member.ordinal}/{format_of(member.label)}"
            label = without_pi(member.label)
            path, shown = planned(archive.path, label), planned(archive.shown, label)
            yield InputFile(named(name), path, form, name, size, archive.modified_ns, shown)


def _hash_member(member: Member) -> tuple[bytes, int]:
    """Return SHA-256 and size of what can be read of a member."""
    total, size = hashlib.sha256(), 0
    with suppress(StreamBrokeError):
        for piece in member.content():
            total.update(piece)
            size += len(piece)
    return total.digest(), size


def _hash(path: Path) -> Digest:
    with path.open("rb") as file:
        return Digest(hashlib.file_digest(file, "sha256").hexdigest())
