"""WARC (ISO 28500), plain or compressed: every response, resource and conversion record an item.

- A record's raw bytes are its header and block, without the two line ends behind it; its position is where it begins
  in the decompressed stream, compressed record by record or not. Request, metadata, warcinfo and revisit records hold
  no page and are no items.
- A page's encoding is decided by its bytes, against the one that the HTTP header or the page claims.
- Where no record begins, one ``broken-record`` stands for all that is passed by until one does.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from corpus.readers import html, http, streams
from corpus.readers.charset import decide
from corpus.readers.formats import parts_of
from corpus.readers.openings import claim_of
from corpus.readers.records import (
    BROKEN_RECORD,
    FILE_BROKE_OFF,
    FILE_EMPTY,
    FINE,
    HTTP_STATUS,
    PAYLOAD_UNSUPPORTED,
    RECORD_TOO_LONG,
    WRONG_ENDING,
    Beside,
    Found,
    ReadOptions,
    Record,
    Sealer,
    Slice,
    refused,
)
from corpus.readers.spelling import Spelling
from corpus.readers.split import Growing, Raw

_VERSION: Final = b"WARC/1."
_HEADER_BYTES: Final = 65_536
_LONGEST_DIGITS: Final = 18
_KEPT: Final = frozenset({"response", "resource", "conversion"})
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_URL_LIMIT: Final = 8192


def read(part: Slice, options: ReadOptions, sealer: Sealer) -> Found:
    """Yield the records of a whole file."""
    pieces = streams.pieces(part.path, parts_of(part.format)[1], bounds=options.bounds)
    stream = _Stream(pieces)
    reason = FINE
    try:
        begin = stream.peek(len(_VERSION))
        if not begin.startswith(_VERSION):
            yield refused(0, WRONG_ENDING if begin else FILE_EMPTY, sealer)
            return
        while stream.peek(1):
            for record in _next(stream, options, sealer):
                reason = record.reason
                yield record
    except streams.StreamBrokeError as error:
        if stream.position == 0:
            yield refused(0, error.whole, sealer)
        elif reason != error.reason:
            yield refused(stream.position, error.reason, sealer)


class _Stream:
    """A stream that can be looked at before it is taken.

    Args:
        pieces: The content from its beginning on.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.position = 0
        self._pieces = pieces
        self._held = b""
        self._at = 0
        self._broke: streams.StreamBrokeError | None = None

    def peek(self, size: int) -> bytes:
        """Return the next bytes, fewer at the end, without taking them.

        Raises:
            StreamBrokeError: Nothing is left before the place where the stream broke off.
        """
        while len(self._held) - self._at < size:
            try:
                piece = None if self._broke else next(self._pieces, None)
            except streams.StreamBrokeError as error:
                self._broke, piece = error, None
            if piece is None:
                if self._broke and self._at == len(self._held):
                    raise self._broke
                break
            self._held = self._held[self._at :] + piece
            self._at = 0
        return self._held[self._at : self._at + size]

    def find(self, mark: bytes, within: int) -> int:
        """Return where the mark ends, counted from here, or -1 where it does not within so many bytes."""
        size = 4096
        while True:
            held = self.peek(min(size, within))
            at = held.find(mark)
            if at >= 0:
                return at + len(mark)
            if len(held) < min(size, within) or size >= within:
                return -1
            size *= 4

    def take(self, size: int) -> Iterator[bytes]:
        """Yield the next bytes in the pieces they come in, fewer at the end."""
        while size and (piece := self.peek(1)):
            piece = self._held[self._at : self._at + size]
            self._at += len(piece)
            self.position += len(piece)
            size -= len(piece)
            yield piece


def _next(stream: _Stream, options: ReadOptions, sealer: Sealer) -> Iterator[Record]:
    """Take the next record, whatever it is."""
    length = stream.find(b"\r\n\r\n", _HEADER_BYTES) if stream.peek(len(_VERSION)) == _VERSION else -1
    header = _fields(stream.peek(length)) if length > 0 else {}
    stated = header.get("content-length", "")
    if not (stated.isascii() and stated.isdigit() and len(stated) <= _LONGEST_DIGITS):
        yield _passed_by(stream, sealer)
        return
    kind, position, size = header.get("warc-type", ""), stream.position, length + int(stated)
    if kind not in _KEPT:
        held = sum(map(len, stream.take(size)))
        if held < size:
            yield refused(position, FILE_BROKE_OFF, sealer)
        _end(stream)
        return
    growing = Growing(position, options.record_limit_bytes, sealer)
    broken = ""
    try:
        for piece in stream.take(size):
            growing.add(piece)
    except streams.StreamBrokeError as error:
        broken = error.reason
    raw = growing.end(broken=broken or (FILE_BROKE_OFF if growing.size < size else ""))
    yield _record(raw, length, kind, header, options)
    if not raw.broken:
        _end(stream)


def _end(stream: _Stream) -> None:
    """Take the line ends behind a record; there ought to be two."""
    while stream.peek(1) in (b"\r", b"\n"):
        held = stream.peek(4)
        for _ in stream.take(len(held) - len(held.lstrip(b"\r\n"))):
            pass


def _passed_by(stream: _Stream, sealer: Sealer) -> Record:
    """Pass by all bytes up to the next record; they are digested, not held."""
    growing = Growing(stream.position, 0, sealer)
    wanted, broken, at = 1, BROKEN_RECORD, -1
    try:
        while wanted:
            for piece in stream.take(wanted):
                growing.add(piece)
            if at >= 0:
                break
            held = stream.peek(2**16)
            at = held.find(b"\n" + _VERSION)
            wanted = at + 1 if at >= 0 else max(len(held) - len(_VERSION), min(len(held), 1))
    except streams.StreamBrokeError as error:
        broken = error.reason
    raw = growing.end()
    return Record(raw.position, raw.size, raw.digest, None, None, broken)


def _fields(header: bytes) -> Mapping[str, str]:
    """Return the named fields of a header by name in lower case; of two with a name the first."""
    fields: dict[str, str] = {}
    for line in header.decode("utf-8", "replace").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _record(raw: Raw, length: int, kind: str, header: Mapping[str, str], options: ReadOptions) -> Record:
    url = header.get("warc-target-uri", "").strip("<>")[:_URL_LIMIT] or None
    beside = Beside(url)
    if raw.broken or raw.content is None:
        return _without(raw, raw.broken or RECORD_TOO_LONG, beside)
    mime, content = header.get("content-type", ""), raw.content[length:]
    if kind == "response" and mime.lower().startswith("application/http"):
        answer = http.read(content, options.record_limit_bytes)
        if answer.reason:
            return _without(raw, answer.reason, beside)
        if not answer.is_good:
            return _without(raw, HTTP_STATUS, beside)
        mime, content = answer.mime, answer.content
    family, claim = http.kind_of(mime)
    if family not in _PAGES and family != "text/plain":
        return _without(raw, PAYLOAD_UNSUPPORTED, beside)
    spelling = Spelling(decide(content, claim or (claim_of(content) if family in _PAGES else "")))
    beside = beside._replace(encoding=spelling.beside.encoding)
    if family in _PAGES:
        text, reason = html.text_of(spelling, content[spelling.mark :])
    else:
        text = spelling.decoded(content[spelling.mark :])
        reason = spelling.reason if text is None else FINE
    return Record(raw.position, raw.size, raw.digest, text, None, reason, beside)


def _without(raw: Raw, reason: str, beside: Beside) -> Record:
    return Record(raw.position, raw.size, raw.digest, None, None, reason, beside)
