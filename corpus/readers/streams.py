"""Bytes out of files and members of archives, plain or compressed, in bounded pieces, as far as they can be had."""

from collections.abc import Iterator
from io import BytesIO, FileIO
from pathlib import Path
from typing import BinaryIO, Final

from corpus.readers import archives
from corpus.readers.inflate import StreamBrokeError, inflated
from corpus.readers.records import FILE_UNREADABLE, RECORD_TOO_LONG, USUAL, Bounds

__all__ = ["READ_BYTES", "StreamBrokeError", "opened", "pieces"]

READ_BYTES: Final = 2**20


def pieces(path: str, compression: str = "", offset: int = 0, bounds: Bounds = USUAL) -> Iterator[bytes]:
    """Yield the decompressed content of a file; every piece but the last is at least 1 MiB.

    Args:
        path: The file, or a member of an archive as :func:`corpus.readers.archives.address` names it.
        compression: ``""``, ``"gzip"``, ``"zstd"``, ``"bzip2"`` or ``"xz"``.
        offset: Where to begin in a plain file; bytes.
        bounds: How far it may grow.

    Raises:
        StreamBrokeError: The file cannot be read further. All that could be had was yielded before.
    """

    def stored() -> Iterator[bytes]:
        return archives.content(path, bounds) if archives.is_member(path) else _plain(path, offset)

    return _gathered(inflated(stored, compression, bounds) if compression else stored())


def opened(path: str, bounds: Bounds = USUAL) -> BinaryIO:
    """Open a document for reading anywhere in it; a member of an archive is held in memory.

    Raises:
        StreamBrokeError: It cannot be read, or as a member is larger than what may be held.
    """
    if not archives.is_member(path):
        try:
            return Path(path).open("rb")
        except OSError as error:
            raise StreamBrokeError(whole=FILE_UNREADABLE) from error
    held = BytesIO()
    for piece in archives.content(path, bounds):
        if held.tell() + len(piece) > bounds.held_bytes:
            raise StreamBrokeError(RECORD_TOO_LONG, RECORD_TOO_LONG)
        held.write(piece)
    held.seek(0)
    return held


def _plain(path: str, offset: int) -> Iterator[bytes]:
    try:
        with FileIO(path) as file:
            file.seek(offset)
            while piece := file.read(READ_BYTES):
                yield piece
    except OSError as error:
        raise StreamBrokeError(whole=FILE_UNREADABLE) from error


def _gathered(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Join small parts; on a break give out what was gathered first."""
    held: list[bytes] = []
    size = 0
    try:
        for part in parts:
            held.append(part)
            size += len(part)
            if size >= READ_BYTES:
                yield b"".join(held)
                held, size = [], 0
    except StreamBrokeError:
        if held:
            yield b"".join(held)
        raise
    if held:
        yield b"".join(held)
