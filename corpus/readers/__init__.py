"""Read files into records, whatever they hold: :func:`read` gives a slice's records, :func:`locate` one record's bytes.

Bad data never raises. A broken record is a record with a reason, a file that cannot be read is one record at 0, a file
that breaks off keeps what came before the break.
"""

import stat
from collections.abc import Callable
from pathlib import Path

from corpus.readers import lines, parquet
from corpus.readers.formats import PARQUET, UNSUPPORTED, is_cuttable
from corpus.readers.records import (
    FILE_EMPTY,
    FILE_UNREADABLE,
    FORMAT_UNSUPPORTED,
    NOT_A_REGULAR_FILE,
    WHOLE,
    Blank,
    Found,
    ReadOptions,
    Record,
    Seal,
    Sealer,
    Slice,
    refused,
)
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import FileId

__all__ = ["Blank", "ReadOptions", "Record", "Seal", "Sealer", "locate", "read"]


def read(part: Slice, options: ReadOptions, sealer: Sealer) -> Found:
    """Yield the records (语料条目) that start in a slice, in order, and blank lines apart.

    Args:
        part: The slice; its union with all others of the file gives what the whole file does.
        options: How the source's files are read.
        sealer: Gives, for a position, a fresh SHA-256 that was fed the item's key; it is fed the record's raw bytes.

    Yields:
        A record for every item, readable or not, and a blank for every blank line.
    """
    reason = _refusal(part)
    if reason:
        yield refused(part.start, reason, sealer)
    elif part.format == PARQUET:
        yield from parquet.read(part, options, sealer)
    else:
        yield from lines.read(part, options, sealer)


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
    bounds = (position, position + 1) if is_cuttable(format_name, options.unit) else WHOLE
    part = Slice(FileId(b""), path, format_name, *bounds)
    copy = _Copy(options.record_limit_bytes)
    for record in read(part, options, copy.at(position)):
        if record.position == position and isinstance(record, Record):
            if record.reason == FILE_UNREADABLE:
                break
            return copy.content(record, path)
    raise GovernanceError(
        "No record can be read at this place of the file.",
        code="corpus.no-record-there",
        remedy="Check that the file is still there and that its SHA-256 is the one in the plan.",
        where=f"{path}:{position}",
        exit_code=ExitCode.ENVIRONMENT,
    )


def _refusal(part: Slice) -> str:
    """Return the reason why a file cannot be read at all, or nothing."""
    try:
        path = Path(part.path)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return NOT_A_REGULAR_FILE
        with path.open("rb"):
            pass
    except (OSError, ValueError):
        return FILE_UNREADABLE
    if not status.st_size:
        return FILE_EMPTY
    return FORMAT_UNSUPPORTED if part.format == UNSUPPORTED else ""


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
                where=f"{path}:{record.position}+{record.size}",
            )
        return b"".join(self._held)
