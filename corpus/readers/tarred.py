"""Members of tar archives, read forward only: header by header as POSIX and GNU write them.

- The end is told by zeros. Without them something is missing, which is a break even between two members.
- Extended headers are held in memory and therefore bounded; sparse members are not put together.
"""

import tarfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from corpus.readers.inflate import StreamBrokeError, inflated
from corpus.readers.members import Member, escape_reason, label_of, nothing
from corpus.readers.records import (
    ARCHIVE_DEVICE,
    ARCHIVE_LINK,
    FORMAT_UNSUPPORTED,
    TOO_MANY_MEMBERS,
    Bounds,
)

_BLOCK: Final = 512
_PIECE: Final = 2**20
_HEADER_LIMIT: Final = 2**20
_SIZE_DIGITS: Final = 8
_LINKS: Final = (tarfile.LNKTYPE, tarfile.SYMTYPE)
_DEVICES: Final = (tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
_LONG: Final = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
_PAX: Final = (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.XGLTYPE)


def members(path: str, compression: str, bounds: Bounds) -> Iterator[Member]:
    """Yield the members of a tar archive; see :func:`corpus.readers.archives.members`."""
    with Path(path).open("rb") as file:
        yield from _walk(_Forward(file, compression, bounds), bounds)


class _Forward:
    """A stream that is read and passed over, never gone back in."""

    def __init__(self, file: BinaryIO, compression: str, bounds: Bounds) -> None:
        self._file = None if compression else file
        self._pieces = inflated(partial(_from_start, file), compression, bounds) if compression else iter(())
        self._held = b""
        self._broke: StreamBrokeError | None = None

    def read(self, size: int) -> bytes:
        """Return so many bytes, fewer only at the end."""
        if self._file:
            return self._file.read(size)
        parts = []
        while size and (part := self._some(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def skip(self, size: int) -> None:
        """Pass over so many bytes, or to the end."""
        if self._file:
            self._file.seek(size, 1)
            return
        while size > 0 and (part := self._some(size)):
            size -= len(part)

    def _some(self, size: int) -> bytes:
        if self._broke:
            raise self._broke
        try:
            self._held = self._held or next(self._pieces, b"")
        except StreamBrokeError as error:
            self._broke = error
            raise
        part, self._held = self._held[:size], self._held[size:]
        return part


def _from_start(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


class _Extent:
    """The bytes of one member that were not read yet."""

    def __init__(self, stream: _Forward, size: int) -> None:
        self._stream = stream
        self._left = size
        self._padding = -size % _BLOCK

    def content(self) -> Iterator[bytes]:
        """Yield them."""
        while self._left:
            piece = self._stream.read(min(self._left, _PIECE))
            self._left -= len(piece)
            if not piece:
                raise StreamBrokeError
            yield piece

    def pass_by(self) -> None:
        """Go to the next header."""
        self._stream.skip(self._left + self._padding)


def _walk(stream: _Forward, bounds: Bounds) -> Iterator[Member]:
    ordinal = 0
    name, extended = b"", dict[bytes, bytes]()
    while (header := _header(stream)) is not None:
        if header.type in _LONG:
            long = _held(stream, header.size).rstrip(b"\0")
            name = long if header.type == tarfile.GNUTYPE_LONGNAME else name
            continue
        if header.type in _PAX:
            own = _pairs(_held(stream, header.size))
            extended = extended if header.type == tarfile.XGLTYPE else own
            continue
        if ordinal >= bounds.members:
            raise StreamBrokeError(TOO_MANY_MEMBERS, TOO_MANY_MEMBERS)
        raw = extended.get(b"path") or name or header.name.encode("utf-8", "surrogateescape")
        size = _number(extended.get(b"size")) if b"size" in extended else header.size
        is_stored = header.isreg() or header.type not in tarfile.SUPPORTED_TYPES
        extent = _Extent(stream, size if is_stored else 0)
        if not header.isdir():
            reason = _reason(header, extended) or escape_reason(raw)
            yield Member(ordinal, label_of(raw), reason, nothing if reason else extent.content)
        extent.pass_by()
        ordinal += 1
        name, extended = b"", {}


def _header(stream: _Forward) -> tarfile.TarInfo | None:
    """Return the next header, None at the end of the archive."""
    block = stream.read(_BLOCK)
    if len(block) == _BLOCK and not block.strip(b"\0"):
        return None
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError) as error:
        raise StreamBrokeError from error
    if header.size < 0:
        raise StreamBrokeError
    return header


def _held(stream: _Forward, size: int) -> bytes:
    """Return an extended header's content."""
    if size > _HEADER_LIMIT:
        raise StreamBrokeError
    content = stream.read(size)
    stream.skip(-size % _BLOCK)
    if len(content) < size:
        raise StreamBrokeError
    return content


def _pairs(content: bytes) -> dict[bytes, bytes]:
    """Read the records ``length key=value`` of POSIX's extended header."""
    found: dict[bytes, bytes] = {}
    while content.rstrip(b"\0"):
        digits = content.partition(b" ")[0]
        end = _number(digits)
        if not len(digits) + 2 < end <= len(content):
            raise StreamBrokeError
        key, _, value = content[len(digits) + 1 : end - 1].partition(b"=")
        found[key] = value
        content = content[end:]
    return found


def _number(digits: bytes | None) -> int:
    if not digits or not digits.isdigit() or len(digits) > 2 * _SIZE_DIGITS:
        raise StreamBrokeError
    return int(digits)


def _reason(header: tarfile.TarInfo, extended: dict[bytes, bytes]) -> str:
    if header.type in _LINKS:
        return ARCHIVE_LINK
    if header.type in _DEVICES:
        return ARCHIVE_DEVICE
    is_sparse = header.type == tarfile.GNUTYPE_SPARSE or any(key.startswith(b"GNU.sparse.") for key in extended)
    return FORMAT_UNSUPPORTED if is_sparse or header.type not in tarfile.REGULAR_TYPES else ""
