"""Plain text, UTF-8: every line an item, or the whole file."""

from corpus.readers.formats import MARK
from corpus.readers.records import FINE, INVALID_UTF8, Record
from corpus.readers.split import Raw


def interpret_line(raw: Raw, content: bytes) -> Record:
    """Read a line; the carriage return that ends it on some systems is no part of its text."""
    return _decoded(raw, content.removesuffix(b"\r"))


def interpret_file(raw: Raw, content: bytes) -> Record:
    """Read a file; its byte order mark is no part of its text."""
    return _decoded(raw, content.removeprefix(MARK))


def _decoded(raw: Raw, content: bytes) -> Record:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return Record(raw.position, raw.size, raw.digest, None, None, INVALID_UTF8)
    return Record(raw.position, raw.size, raw.digest, text, None, FINE)
