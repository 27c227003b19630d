"""Cut a stream of bytes into raw records at newlines, with memory that no record can blow up.

- A record is what stands between two newlines; for CSV a newline inside quotes belongs to the record (RFC 4180).
- A record over the limit is digested as it passes by and never held.
- Where the stream breaks off, what was begun of a record is given out and marked; it may be empty.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from corpus.readers.records import Blank, Seal, Sealer
from corpus.readers.streams import StreamBrokeError

_NEWLINE: Final = b"\n"
_QUOTE: Final = ord('"')
_OTHER_SPACE_LEADS: Final = b"\x1c\x1d\x1e\x1f\xc2\xe1\xe2\xe3"
"""First bytes of the white space that ``str.isspace`` knows and ``bytes.isspace`` does not."""


class Raw(NamedTuple):
    """The bytes of one record; ``content`` is None where they are over the limit."""

    position: int
    size: int
    digest: bytes
    content: bytes | None
    is_broken_off: bool


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

    def end(self, *, is_broken_off: bool = False) -> Raw:
        """Return the record as far as it got."""
        content = None if self.is_too_long else b"".join(self._held)
        return Raw(self.position, self.size, self._seal.digest(), content, is_broken_off)


class Quotes:
    """Says of CSV pieces, fed in order, whether a newline after them lies inside a quoted field (RFC 4180).

    A quote opens a field only at its beginning; inside, two quotes are one. A quote elsewhere is an ordinary character.
    """

    _BEGIN, _PLAIN, _QUOTED, _CLOSING = range(4)

    def __init__(self) -> None:
        self._state = self._BEGIN

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
                self._state = self._BEGIN if piece.endswith(b",") else self._PLAIN
            return
        at, end = 0, len(piece)
        while at < end:
            if self._state == self._QUOTED:
                at = piece.find(b'"', at) + 1
                if not at:
                    return
                self._state = self._CLOSING
            elif self._state == self._PLAIN:
                at = piece.find(b",", at) + 1
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
    """
    if 0 <= end <= position:
        return
    cutter = _Cutter(position, limit, sealer, quotes)
    try:
        for piece in pieces:
            for found in cutter.feed(piece):
                yield found
                if 0 <= end <= cutter.position:
                    return
    except StreamBrokeError:
        yield cutter.begun().end(is_broken_off=True)
        return
    if cutter.growing:
        yield _ended(cutter.growing)


class _Cutter:
    """Where in the stream we are: the position of the present record, and its beginning if that has been seen."""

    def __init__(self, position: int, limit: int, sealer: Sealer, quotes: Quotes | None) -> None:
        self.position = position
        self.growing: Growing | None = None
        self._limit = limit
        self._sealer = sealer
        self._quotes = quotes

    def begun(self) -> Growing:
        """Return the present record as one that grows."""
        if self.growing is None:
            self.growing = Growing(self.position, self._limit, self._sealer)
        return self.growing

    def feed(self, piece: bytes) -> Iterator[Raw | Blank]:
        """Yield what ends in this piece and keep the rest."""
        *lines, rest = piece.split(_NEWLINE)
        for line in lines:
            if self._quotes and self._goes_on(self._quotes, line):
                self.begun().add(line + _NEWLINE)
                continue
            if self.growing is None and len(line) <= self._limit:
                found = self._whole(line)
            else:
                self.begun().add(line)
                found = _ended(self.begun())
                self.growing = None
            self.position += found.size + 1
            yield found
        if rest:
            if self._quotes:
                self._quotes.feed(rest)
            self.begun().add(rest)

    def _goes_on(self, quotes: Quotes, line: bytes) -> bool:
        """Say whether a CSV record goes on behind the newline after this line; if not, make ready for the next."""
        quotes.feed(line)
        held = self.growing.size if self.growing else 0
        # Counted up to the newline, so that it does not matter where our pieces end.
        if quotes.is_open and held + len(line) <= self._limit:
            return True
        quotes.reset()
        return False

    def _whole(self, line: bytes) -> Raw | Blank:
        if _is_blank(line):
            return Blank(self.position, len(line))
        seal = self._sealer(self.position)
        seal.update(line)
        return Raw(self.position, len(line), seal.digest(), line, is_broken_off=False)


def _ended(growing: Growing) -> Raw | Blank:
    raw = growing.end()
    if raw.content is not None and _is_blank(raw.content):
        return Blank(raw.position, raw.size)
    return raw


def _is_blank(line: bytes) -> bool:
    """Say whether a line has white space only, the ideographic space (U+3000) included."""
    first = line.lstrip()[:1]
    if not first:
        return True
    if first not in _OTHER_SPACE_LEADS:
        return False
    try:
        return line.decode().isspace()
    except UnicodeDecodeError:
        return False
