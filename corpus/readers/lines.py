"""Read the formats that are text: JSON Lines, CSV, lines of text, files of text; plain or compressed.

- The UTF-8 byte order mark at the beginning is no part of the first record. That of UTF-16 or UTF-32 refuses the file.
- Bytes that break off leave the good records and one more, ``file-broke-off``, which is what was begun of a record.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from corpus.readers import comma, jsonl, streams, text
from corpus.readers.formats import CSV, JSONL, MARK, OTHER_MARKS, parts_of
from corpus.readers.records import (
    DAMAGED_FILE,
    ENCODING_UNSUPPORTED,
    FILE_BROKE_OFF,
    FILE_EMPTY,
    FILE_UNREADABLE,
    RECORD_TOO_LONG,
    Blank,
    Found,
    ReadOptions,
    Record,
    Sealer,
    Slice,
    refused,
)
from corpus.readers.split import Growing, Quotes, Raw, split

_Interpreter: TypeAlias = Callable[[Raw, bytes], Record]


def read(part: Slice, options: ReadOptions, sealer: Sealer) -> Found:
    """Yield the records that start in a slice of a text file, and blank lines apart."""
    family, compression = parts_of(part.format)
    if part.start > 0:
        yield from _read_from_within(part, family, options, sealer)
        return
    pieces = streams.pieces(part.path, compression)
    try:
        first = next(pieces, b"")
        if first == MARK:
            first += next(pieces, b"")
    except streams.StreamBrokeError:
        yield refused(0, DAMAGED_FILE if compression else FILE_UNREADABLE, sealer)
        return
    if first in (b"", MARK):
        yield refused(0, FILE_EMPTY, sealer)
    elif first.startswith(OTHER_MARKS):
        yield refused(0, ENCODING_UNSUPPORTED, sealer)
    elif family in (JSONL, CSV) or options.unit == "line":
        begin = len(MARK) if first.startswith(MARK) else 0
        yield from _records(chain([first[begin:]], pieces), begin, part.end, family, options, sealer)
    else:
        yield _whole_file(chain([first], pieces), options, sealer)


def _read_from_within(part: Slice, family: str, options: ReadOptions, sealer: Sealer) -> Found:
    """Read a slice that does not begin with the file: its first record begins after the first newline before it."""
    try:
        with Path(part.path).open("rb") as file:
            head = file.read(4)
        begin = _first_start(part, head)
    except (OSError, streams.StreamBrokeError):
        yield refused(part.start, FILE_UNREADABLE, sealer)
        return
    if begin is not None and not head.startswith(OTHER_MARKS):
        yield from _records(streams.pieces(part.path, offset=begin), begin, part.end, family, options, sealer)


def _first_start(part: Slice, head: bytes) -> int | None:
    """Return where the first record of a slice begins: where the file's does, or behind a newline; None for nowhere."""
    if head.startswith(MARK) and part.start <= len(MARK):
        return len(MARK)
    offset = part.start - 1
    for piece in streams.pieces(part.path, offset=offset):
        at = piece.find(b"\n")
        if at >= 0:
            return offset + at + 1
        offset += len(piece)
        if 0 <= part.end <= offset:
            break
    return None


def _records(pieces: Iterator[bytes], begin: int, end: int, family: str, options: ReadOptions, sealer: Sealer) -> Found:
    interpret, quotes = _interpreter(family, options)
    header = interpret.read_header if isinstance(interpret, comma.Rows) else None
    for raw in split(pieces, begin, end, options.record_limit_bytes, sealer, quotes):
        if isinstance(raw, Blank):
            yield raw
        elif header and not raw.is_broken_off:
            header(raw.content or b"")
            header = None
        else:
            yield _record(raw, interpret)


def _interpreter(family: str, options: ReadOptions) -> tuple[_Interpreter, Quotes | None]:
    if family == CSV:
        return comma.Rows(options), Quotes()
    return (partial(jsonl.interpret, options) if family == JSONL else text.interpret_line), None


def _record(raw: Raw, interpret: _Interpreter) -> Record:
    if raw.is_broken_off:
        return Record(raw.position, raw.size, raw.digest, None, None, FILE_BROKE_OFF)
    if raw.content is None:
        return Record(raw.position, raw.size, raw.digest, None, None, RECORD_TOO_LONG)
    return interpret(raw, raw.content)


def _whole_file(pieces: Iterator[bytes], options: ReadOptions, sealer: Sealer) -> Record:
    growing = Growing(0, options.record_limit_bytes, sealer)
    try:
        for piece in pieces:
            growing.add(piece)
    except streams.StreamBrokeError:
        return _record(growing.end(is_broken_off=True), text.interpret_file)
    return _record(growing.end(), text.interpret_file)
