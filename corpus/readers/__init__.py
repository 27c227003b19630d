"""Read files into records, whatever they hold: :func:`read` gives a slice's records, :func:`locate` one record's bytes.

Bad data never raises. A broken record is a record with a reason, a file that cannot be read is one record at 0, a file
that breaks off keeps what came before the break.
"""

import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from corpus.readers import archives, documents, lines, media, parquet, warc
from corpus.readers.formats import (
    ARCHIVES,
    DOCX,
    MEDIUM,
    PARQUET,
    PDF,
    TAR,
    UNSUPPORTED,
    WARC,
    ZIP,
    is_cuttable,
    parts_of,
)
from corpus.readers.inflate import StreamBrokeError
from corpus.readers.names import printed
from corpus.readers.records import (
    ARCHIVE_NESTED,
    FILE_EMPTY,
    FILE_UNREADABLE,
    FORMAT_UNSUPPORTED,
    NOT_A_REGULAR_FILE,
    WHOLE,
    Blank,
    Bounds,
    Found,
    Medium,
    ReadOptions,
    Record,
    Seal,
    Sealer,
    Slice,
    refused,
)
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import FileId

__all__ = ["Blank", "Bounds", "Medium", "ReadOptions", "Record", "Seal", "Sealer", "find", "locate", "read"]

_Reader: TypeAlias = Callable[[Slice, ReadOptions, Sealer], Found]


def _read_archive(part: Slice, options: ReadOptions, sealer: Sealer) -> Found:
    """Yield the one item that stands for what could not be had of an archive; none where all of it could."""
    count, reason = archives.fault(part.path, part.format, options.bounds)
    if reason:
        yield refused(count, reason, sealer)


_READERS: Final[Mapping[str, _Reader]] = {
    PARQUET: parquet.read,
    WARC: warc.read,
    ZIP: _read_archive,
    TAR: _read_archive,
    DOCX: documents.read,
    PDF: documents.read,
    MEDIUM: media.read,
}
"""By family; all others are lines."""


def read(part: Slice, options: ReadOptions, sealer: Sealer) -> Found:
    """Yield the records (语料条目) that start in a slice, in order, and blank lines apart.

    Args:
        part: The slice; its union with all others of the file gives what the whole file does.
        options: How the source's files are read.
        sealer: Gives, for a position, a fresh SHA-256 that was fed the item's key; it is fed the record's raw bytes.

    Yields:
        A record for every item, readable or not, and a blank for every blank line.
    """
    part = _found(part)
    reason = _refusal(part, options)
    if reason:
        yield refused(part.start, reason, sealer)
    else:
        yield from _READERS.get(parts_of(part.format)[0], lines.read)(part, options, sealer)


def find(path: str, format_name: str, options: ReadOptions, position: int, sealer: Sealer) -> Record:
    """Read one record again through its locator; it may be of any size, as it is digested and not fetched.

    Args:
        path: The file, or the member of an archive as plans name it.
        format_name: Its format, as the plan has it.
        options: How it was read.
        position: The record's position.
        sealer: See :func:`read`.

    Raises:
        GovernanceError: No record begins there, or the file cannot be read.
    """
    bounds = (position, position + 1) if is_cuttable(format_name, options.unit) else WHOLE
    part = Slice(FileId(b""), path, format_name, *bounds)
    for record in read(part, options, sealer):
        if record.position == position and isinstance(record, Record) and record.reason != FILE_UNREADABLE:
            return record
    raise GovernanceError(
        "No record can be read at this place of the file.",
        code="corpus.no-record-there",
        remedy="Check that the file is still there and that its SHA-256 is the one in the plan.",
        where=f"{printed(path)}:{position}",
        exit_code=ExitCode.ENVIRONMENT,
    )


def locate(path: str, format_name: str, options: ReadOptions, position: int) -> bytes:
    """Fetch the raw bytes of one record back through its locator.

    Args:
        path: The file.
        format_name: Its format, as :func:`corpus.slices.format_of` names it.
        options: How it was read.
        position: The record's position.

    Returns:
        The bytes over which the record's raw digest was taken.

    Raises:
        GovernanceError: No record begins there, it is longer than the record limit, or the file cannot be read.
    """
    copy = _Copy(options.record_limit_bytes)
    record = find(path, format_name, options, position, copy.at(position))
    return copy.content(record, path)


def _found(part: Slice) -> Slice:
    """Return a slice as readers take it: a member of an archive under its address and its own format."""
    if not archives.is_member(part.path):
        return part
    route, _, form = part.format.partition("/")
    return part._replace(path=archives.address(part.path, route), format=form)


def _refusal(part: Slice, options: ReadOptions) -> str:
    """Return the reason why a file cannot be read at all, or nothing."""
    try:
        path = Path(archives.stored_in(part.path))
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return NOT_A_REGULAR_FILE
        with path.open("rb"):
            pass
    except (OSError, ValueError):
        return FILE_UNREADABLE
    if not status.st_size:
        return FILE_EMPTY
    reason = _member_refusal(part, options) if archives.is_member(part.path) else ""
    return reason or (FORMAT_UNSUPPORTED if part.format == UNSUPPORTED else "")


def _member_refusal(part: Slice, options: ReadOptions) -> str:
    try:
        reason = archives.member(part.path, options.bounds).reason
    except StreamBrokeError as error:
        return error.whole
    return reason or (ARCHIVE_NESTED if parts_of(part.format)[0] in ARCHIVES else "")


class _Copy:
    """A seal that keeps the bytes of one record, up to the limit, instead of digesting them."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: list[bytes] = []
        self._size = 0

    def update(self, piece: bytes, /) -> None:
        self._size += len(piece)
        if self._size <= self._limit:
            self._held.append(piece)

    def digest(self) -> bytes:
        return b""

    def at(self, position: int) -> Callable[[int], Seal]:
        idle = _Copy(0)
        return lambda other: self if other == position else idle

    def content(self, record: Record, path: str) -> bytes:
        if self._size > self._limit:
            raise GovernanceError(
                "The record is longer than the record limit and is not fetched.",
                code="corpus.record-too-long",
                remedy="Look at the file itself; the place and the record's size are exact.",
                where=f"{printed(path)}:{record.position}+{record.size}",
            )
        return b"".join(self._held)
