"""A file walked through from its beginning to its end: every byte is digested on the way, a few are looked at."""

from collections.abc import Iterator
from typing import Final

from corpus.readers.labels import Search
from corpus.readers.records import Seal

STEPS: Final = 65_536
"""Parts of a header that are looked at; more than any has."""
TAIL_BYTES: Final = 65_536
_LOOK_LIMIT: Final = 2**20


class EndedError(Exception):
    """The file ended where a header said it would go on, or the header asks for more than any has."""


class Walk:
    """Where we are in a file.

    Args:
        pieces: The file.
        seal: Is fed every byte, looked at or passed over.
    """

    def __init__(self, pieces: Iterator[bytes], seal: Seal) -> None:
        self.at = 0
        """Bytes gone so far."""
        self.tail = b""
        """The last bytes, once the end was reached."""
        self.search = Search()
        self._pieces = pieces
        self._seal = seal
        self._held = b""
        self._from = 0

    def look(self, size: int) -> bytes:
        """Return the next bytes without going on; fewer only at the end."""
        while len(self._held) - self._from < size and (piece := self._next()):
            self._held, self._from = self._held[self._from :] + piece, 0
        return self._held[self._from : self._from + size]

    def read(self, size: int) -> bytes:
        """Return the next bytes.

        Raises:
            EndedError: There are not so many.
        """
        found = self.look(size) if size <= _LOOK_LIMIT else b""
        if len(found) < size:
            raise EndedError
        self._from, self.at = self._from + size, self.at + size
        return found

    def skip(self, size: int) -> None:
        """Pass over so many bytes.

        Raises:
            EndedError: There are not so many, or the way leads back.
        """
        if size < 0:
            raise EndedError
        while size > (there := len(self._held) - self._from):
            size, self.at = size - there, self.at + there
            self._held, self._from = self._next(), 0
            if not self._held:
                raise EndedError
        self._from, self.at = self._from + size, self.at + size

    def to_end(self) -> int:
        """Go to the end and return the file's size in bytes."""
        self.at += len(self._held) - self._from
        self._held, self._from = b"", 0
        while piece := self._next():
            self.at += len(piece)
        return self.at

    def _next(self) -> bytes:
        piece = next(self._pieces, b"")
        if not piece:
            return b""
        self._seal.update(piece)
        self.search.update(piece)
        self.tail = (self.tail + piece)[-TAIL_BYTES:]
        return piece
