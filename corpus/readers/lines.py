"""Read the formats that are text: JSON Lines, CSV and TSV, lines of text, and files of text, Markdown and HTML.

- The byte order mark at the beginning is no part of the first record.
- Bytes that break off leave the good records and one more, ``file-broke-off``, which is what was begun of a record.
- UTF-16 has no byte at which it may be cut, so every slice of it reads from the beginning of the file.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from corpus.readers import comma, html, jsonl, streams, text
from corpus.readers.formats import CSV, HTML, JSONL, TEXT, TSV, parts_of
from corpus.readers.openings import opening
from corpus.readers.records import RECORD_TOO_LONG, Blank, Found, ReadOptions, Record, Sealer, Slice, refused
from corpus.readers.spelling import Spelling
from corpus.readers.split import Growing, Quotes, Raw, split

_Interpreter: TypeAlias = Callable[[Raw, bytes], Record]


def read(part: Slice, options: ReadOptions, sealer: Sealer) -> Found:
    """Yield the records that start in a slice of a text file, and blank lines apart."""
    family, compression = parts_of(part.format)
    is_first = part.start <= 0
    try:
        begun = opening(part.path, family, compression, options.bounds)
        spelling = Spelling(begun.verdict)
        if begun.reason:
            if is_first:
                yield refused(0, begun.reason, sealer)
        elif not (family in (JSONL, CSV, TSV) or (family == TEXT and options.unit == "line")):
            yield _whole_file(begun.pieces, family, spelling, options, sealer)
        elif is_first or spelling.is_wide:
            mark = begun.verdict.mark
            found = _records(_behind(begun.pieces, mark), mark, part.end, family, spelling, options, sealer)
            yield from (each for each in found if each.position >= part.start)
        elif (begin := _first_start(part, begun.verdict.mark)) is not None:
            pieces = streams.pieces(part.path, offset=begin)
            yield from _records(pieces, begin, part.end, family, spelling, options, sealer)
    except streams.StreamBrokeError as error:
        yield refused(max(part.start, 0), error.whole, sealer)


def _behind(pieces: Iterator[bytes], mark: int) -> Iterator[bytes]:
    """Yield a stream without the first bytes of it."""
    for piece in pieces:
        yield piece[mark:]
        mark = max(mark - len(piece), 0)


def _first_start(part: Slice, mark: int) -> int | None:
    """Return where the first record of a slice begins: where the file's does, or behind a newline; None for nowhere."""
    if part.start <= mark:
        return mark
    offset = part.start - 1
    for piece in streams.pieces(part.path, offset=offset):
        at = piece.find(b"\n")
        if at >= 0:
            return offset + at + 1
        offset += len(piece)
        if 0 <= part.end <= offset:
            break
    return None


def _records(
    pieces: Iterator[bytes],
    begin: int,
    end: int,
    family: str,
    spelling: Spelling,
    options: ReadOptions,
    sealer: Sealer,
) -> Found:
    interpret, quotes = _interpreter(family, spelling, options)
    header = interpret.read_header if isinstance(interpret, comma.Rows) else None
    for raw in split(pieces, begin, end, options.record_limit_bytes, sealer, quotes, spelling):
        if isinstance(raw, Blank):
            yield raw
        elif header and not raw.broken:
            header(raw.content or b"")
            header = None
        else:
            yield _record(raw, interpret)


def _interpreter(family: str, spelling: Spelling, options: ReadOptions) -> tuple[_Interpreter, Quotes | None]:
    if family in (CSV, TSV):
        rows = comma.Rows(options, spelling, "\t" if family == TSV else ",\t;")
        return rows, rows.quotes
    return partial(jsonl.interpret, options, spelling) if family == JSONL else partial(
        text.interpret_line, spelling
    ), None


def _record(raw: Raw, interpret: _Interpreter) -> Record:
    if raw.broken:
        return Record(raw.position, raw.size, raw.digest, None, None, raw.broken)
    if raw.content is None:
        return Record(raw.position, raw.size, raw.digest, None, None, RECORD_TOO_LONG)
    return interpret(raw, raw.content)


def _whole_file(
    pieces: Iterator[bytes], family: str, spelling: Spelling, options: ReadOptions, sealer: Sealer
) -> Record:
    interpret = partial(html.interpret if family == HTML else text.interpret_file, spelling)
    growing = Growing(0, options.record_limit_bytes, sealer)
    try:
        for piece in pieces:
            growing.add(piece)
    except streams.StreamBrokeError as error:
        return _record(growing.end(broken=error.reason), interpret)
    return _record(growing.end(), interpret)
