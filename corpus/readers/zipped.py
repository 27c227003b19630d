"""Members of zip archives, stored or deflated, by the directory at the archive's end.

- The directory is read entry by entry, so that how many there are is bounded before they are held.
- An entry that reaches into the next one is refused: no packer writes such, bombs do.
- Size and CRC-32 are checked while a member is read; where they are wrong it broke off there.
"""

import stat
import struct
import zlib
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from corpus.readers.inflate import StreamBrokeError, inflated
from corpus.readers.members import Member, escape_reason, label_of, nothing
from corpus.readers.records import (
    ARCHIVE_DEVICE,
    ARCHIVE_LINK,
    ARCHIVE_OVERLAP,
    FILE_ENCRYPTED,
    FORMAT_UNSUPPORTED,
    TOO_MANY_MEMBERS,
    Bounds,
)

_END: Final = struct.Struct("<4s4H2LH")
_LOCATOR: Final = struct.Struct("<4sLQL")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_COMMENT_LIMIT: Final = 2**16
_FULL: Final = 0xFFFFFFFF
_ZIP64: Final = 1
_STORED: Final = 0
_DEFLATED: Final = 8
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_UNIX: Final = 3
_PIECE: Final = 2**20
_FAR: Final = 2**62


class Entry(NamedTuple):
    """A line of the directory; ``at`` is where its local header begins, ``stored`` and ``size`` are bytes."""

    name: bytes
    flags: int
    method: int
    crc: int
    stored: int
    size: int
    at: int
    mode: int

    @property
    def stop(self) -> int:
        """The first byte that can be another entry's."""
        return self.at + _LOCAL.size + len(self.name) + self.stored


def members(path: str, bounds: Bounds) -> Iterator[Member]:
    """Yield the members of a zip archive; see :func:`corpus.readers.archives.members`."""
    with Path(path).open("rb") as file:
        entries: list[Entry] = []
        broke: StreamBrokeError | None = None
        try:
            entries.extend(directory(file, bounds))
        except StreamBrokeError as error:
            broke = error
        overlapping = _overlapping(entries)
        for ordinal, entry in enumerate(entries):
            if entry.name.endswith(b"/"):
                continue
            reason = _reason(entry) or (ARCHIVE_OVERLAP if ordinal in overlapping else "") or escape_reason(entry.name)
            read = nothing if reason else partial(content, file, entry, bounds)
            yield Member(ordinal, label_of(entry.name), reason, read)
        if broke:
            raise broke


def directory(file: BinaryIO, bounds: Bounds) -> Iterator[Entry]:
    """Yield the entries of a zip archive's directory.

    Raises:
        StreamBrokeError: There is no directory, it ends too soon or has too many entries.
    """
    begin, size, count = _find_directory(file)
    _go(file, begin)
    for ordinal in range(count):
        if ordinal >= bounds.members:
            raise StreamBrokeError(TOO_MANY_MEMBERS, TOO_MANY_MEMBERS)
        fixed = _unpack(_ENTRY, file.read(_ENTRY.size), b"PK\x01\x02")
        _, made, _, flags, method, _, _, crc, stored, grown, name, extra, comment, _, _, outer, at = fixed
        rest = file.read(name + extra + comment)
        if len(rest) < name + extra + comment:
            raise StreamBrokeError
        grown, stored, at = _widened(rest[name : name + extra], grown, stored, at)
        mode = outer >> 16 if made >> 8 == _UNIX else 0
        yield Entry(rest[:name], flags, method, crc, stored, grown, at, mode)
    if file.tell() != begin + size:
        raise StreamBrokeError


def content(file: BinaryIO, entry: Entry, bounds: Bounds) -> Iterator[bytes]:
    """Yield the bytes of an entry.

    Raises:
        StreamBrokeError: They break off, are more or fewer than the directory says, or have another CRC-32.
    """
    source = partial(_stored, file, entry)
    size = crc = 0
    for piece in inflated(source, "deflate", bounds) if entry.method == _DEFLATED else source():
        size += len(piece)
        if size > entry.size:
            raise StreamBrokeError
        crc = zlib.crc32(piece, crc)
        yield piece
    if size != entry.size or crc != entry.crc:
        raise StreamBrokeError


def _stored(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    _go(file, entry.at)
    fixed = _unpack(_LOCAL, file.read(_LOCAL.size), b"PK\x03\x04")
    name, extra = fixed[-2:]
    if file.read(name) != entry.name:
        raise StreamBrokeError
    at, left = entry.at + _LOCAL.size + name + extra, entry.stored
    while left:
        file.seek(at)  # another member may have been read in between
        piece = file.read(min(left, _PIECE))
        if not piece:
            raise StreamBrokeError
        at, left = at + len(piece), left - len(piece)
        yield piece


def _find_directory(file: BinaryIO) -> tuple[int, int, int]:
    """Return where the directory begins, its size in bytes, and its entries."""
    size = file.seek(0, 2)
    tail_at = max(size - _END.size - _COMMENT_LIMIT, 0)
    file.seek(tail_at)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise StreamBrokeError
    _, disk, first_disk, _, count, length, begin, _ = _unpack(_END, tail[at : at + _END.size], b"PK\x05\x06")
    end = tail_at + at
    if _FULL in (length, begin) or count == 0xFFFF:
        file.seek(max(end - _LOCATOR.size, 0))
        found = file.read(_LOCATOR.size)
        if found.startswith(b"PK\x06\x07"):
            _go(file, _unpack(_LOCATOR, found, b"PK\x06\x07")[2])
            end = file.tell()
            wide = _unpack(_END_64, file.read(_END_64.size), b"PK\x06\x06")
            disk, first_disk, _, count, length, begin = wide[4:]
    if disk or first_disk or begin + length != end:
        raise StreamBrokeError
    return begin, length, count


def _widened(extra: bytes, *numbers: int) -> list[int]:
    """Return size, stored size and place, taken from the zip64 field where they are too large for their own."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        if kind == _ZIP64:
            wide = [struct.unpack_from("<Q", extra, 4 + at)[0] for at in range(0, min(length, len(extra) - 4) - 7, 8)]
            try:
                return [wide.pop(0) if number == _FULL else number for number in numbers]
            except IndexError as error:
                raise StreamBrokeError from error
        extra = extra[4 + length :]
    return list(numbers)


def _overlapping(entries: list[Entry]) -> set[int]:
    """Return the ordinals of the entries that reach into another one that begins later."""
    order = sorted(range(len(entries)), key=lambda ordinal: (entries[ordinal].at, ordinal))
    return {before for before, after in pairwise(order) if entries[before].stop > entries[after].at}


def _reason(entry: Entry) -> str:
    kind = stat.S_IFMT(entry.mode)
    if kind == stat.S_IFLNK:
        return ARCHIVE_LINK
    if kind and kind != stat.S_IFREG:
        return ARCHIVE_DEVICE
    if entry.flags & _ENCRYPTED:
        return FILE_ENCRYPTED
    return "" if entry.method in (_STORED, _DEFLATED) else FORMAT_UNSUPPORTED


def _go(file: BinaryIO, at: int) -> None:
    if at >= _FAR:
        raise StreamBrokeError
    file.seek(at)


def _unpack(form: struct.Struct, content: bytes, magic: bytes) -> tuple[int, ...]:
    if len(content) < form.size or not content.startswith(magic):
        raise StreamBrokeError
    return form.unpack(content)
