"""Cut a stream of bytes into raw records at newlines, with memory that no record can blow up.

- A record is what stands between two newlines; for CSV a newline inside quotes belongs to the record (RFC 4180).
- A record over the limit is digested as it passes by and never held.
- Where the stream breaks off, what was begun of a record is given out and marked; it may be empty.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from corpus.readers.inflate import StreamBrokeError
from corpus.readers.records import Blank, Seal, Sealer
from corpus.readers.spelling import UTF_8, Spelling

_QUOTE: Final = ord('"')


class Raw(NamedTuple):
    """The bytes of one record; ``content`` is None where they are over the limit, ``broken`` why it broke off."""

    position: int
    size: int
    digest: bytes
    content: bytes | None
    broken: str


class Growing:
    """A record whose end has not been seen yet.

    Args:
        position: Where it begins.
        limit: Bytes that are held; beyond it the content is only digested.
        sealer: Makes the seal of the record at a position.
    """

    def __init__(self, position: int, limit: int, sealer: Sealer) -> None:
        self.position = position
        self.size = 0
        self.is_too_long = False
        self._limit = limit
        self._seal: Seal = sealer(position)
        self._held: list[bytes] = []

    def add(self, piece: bytes) -> None:
        """Take more of the record's bytes."""
        self.size += len(piece)
        self._seal.update(piece)
        if self.size > self._limit:
            self.is_too_long = True
            self._held.clear()
        else:
            self._held.append(piece)

    def end(self, *, broken: str = "") -> Raw:
        """Return the record as far as it got."""
        content = None if self.is_too_long else b"".join(self._held)
        return Raw(self.position, self.size, self._seal.digest(), content, broken)


class Quotes:
    """Says of CSV pieces, fed in order, whether a newline after them lies inside a quoted field (RFC 4180).

    A quote opens a field only at its beginning; inside, two quotes are one. A quote elsewhere is an ordinary character.
    """

    _BEGIN, _PLAIN, _QUOTED, _CLOSING = range(4)

    def __init__(self, delimiter: str = ",") -> None:
        self._state = self._BEGIN
        self.delimiter = delimiter.encode()

    @property
    def is_open(self) -> bool:
        """Whether a newline that comes now belongs to the field."""
        return self._state == self._QUOTED

    def reset(self) -> None:
        """Begin a new record."""
        self._state = self._BEGIN

    def feed(self, piece: bytes) -> None:
        """Take the next bytes of the record."""
        if b'"' not in piece:
            if piece and self._state != self._QUOTED:
                self._state = self._BEGIN if piece.endswith(self.delimiter) else self._PLAIN
            return
        at, end = 0, len(piece)
        while at < end:
            if self._state == self._QUOTED:
                at = piece.find(b'"', at) + 1
                if not at:
                    return
                self._state = self._CLOSING
            elif self._state == self._PLAIN:
                at = piece.find(self.delimiter, at) + 1
                if not at:
                    return
                self._state = self._BEGIN
            elif piece[at] == _QUOTE:
                self._state = self._QUOTED
                at += 1
            else:
                self._state = self._PLAIN


def split(
    pieces: Iterator[bytes],
    position: int,
    end: int,
    limit: int,
    sealer: Sealer,
    quotes: Quotes | None = None,
    spelling: Spelling = UTF_8,
) -> Iterator[Raw | Blank]:
    """Yield the records that start before ``end``, and blank lines apart.

    Args:
        pieces: The stream from ``position`` on; may raise ``StreamBrokeError``.
        position: Byte offset of the first record.
        end: Byte offset where ownership ends; negative for none.
        limit: Longest record that is held; bytes.
        sealer: Makes the seal of the record at a position.
        quotes: Given for CSV. A quote that is still open when the limit is passed is taken for a stray one: the
            record, too long then, ends at the next newline.
        spelling: How the file spells newlines and white space.
    """
    if 0 <= end <= position:
        return
    cutter = _Cutter(position, limit, sealer, quotes, spelling)
    try:
        for piece in spelling.aligned(pieces):
            for found in cutter.feed(piece):
                yield found
                if 0 <= end <= cutter.position:
                    return
    except StreamBrokeError as error:
        yield cutter.begun().end(broken=error.reason)
        return
    if cutter.growing:
        yield cutter.ended()


class _Cutter:
    """Where in the stream we are: the position of the present record, and its beginning if that has been seen."""

    def __init__(self, position: int, limit: int, sealer: Sealer, quotes: Quotes | None, spelling: Spelling) -> None:
        self.position = position
        self.growing: Growing | None = None
        self._limit = limit
        self._sealer = sealer
        self._quotes = quotes
        self._spelling = spelling

    def begun(self) -> Growing:
        """Return the present record as one that grows."""
        if self.growing is None:
            self.growing = Growing(self.position, self._limit, self._sealer)
        return self.growing

    def feed(self, piece: bytes) -> Iterator[Raw | Blank]:
        """Yield what ends in this piece and keep the rest."""
        newline = self._spelling.newline
        *lines, rest = self._spelling.lines(piece)
        for line in lines:
            if self._quotes and self._goes_on(self._quotes, line):
                self.begun().add(line + newline)
                continue
            if self.growing is None and len(line) <= self._limit:
                found = self._whole(line)
            else:
                self.begun().add(line)
                found = self.ended()
            self.position += found.size + len(newline)
            yield found
        if rest:
            if self._quotes:
                self._quotes.feed(self._spelling.narrow(rest))
            self.begun().add(rest)

    def ended(self) -> Raw | Blank:
        """Return the record that has grown so far, and begin none."""
        raw = self.begun().end()
        self.growing = None
        if raw.content is not None and self._spelling.is_blank(raw.content):
            return Blank(raw.position, raw.size)
        return raw

    def _goes_on(self, quotes: Quotes, line: bytes) -> bool:
        """Say whether a CSV record goes on behind the newline after this line; if not, make ready for the next."""
        quotes.feed(self._spelling.narrow(line))
        held = self.growing.size if self.growing else 0
        # Counted up to the newline, so that it does not matter where our pieces end.
        if quotes.is_open and held + len(line) <= self._limit:
            return True
        quotes.reset()
        return False

    def _whole(self, line: bytes) -> Raw | Blank:
        if self._spelling.is_blank(line):
            return Blank(self.position, len(line))
        seal = self._sealer(self.position)
        seal.update(line)
        return Raw(self.position, len(line), seal.digest(), line, broken="")
