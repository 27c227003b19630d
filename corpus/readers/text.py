"""Plain text and Markdown: every line an item, or the whole file; front matter is part of the text."""

from corpus.readers.records import FINE, Record
from corpus.readers.spelling import Spelling
from corpus.readers.split import Raw


def interpret_line(spelling: Spelling, raw: Raw, content: bytes) -> Record:
    """Read a line; the carriage return that ends it on some systems is no part of its text."""
    text = spelling.decoded(content)
    return _record(spelling, raw, None if text is None else text.removesuffix("\r"))


def interpret_file(spelling: Spelling, raw: Raw, content: bytes) -> Record:
    """Read a file; its byte order mark is no part of its text."""
    text = spelling.decoded(content)
    return _record(spelling, raw, None if text is None else text.removeprefix("\ufeff"))


def _record(spelling: Spelling, raw: Raw, text: str | None) -> Record:
    reason = spelling.reason if text is None else FINE
    return Record(raw.position, raw.size, raw.digest, text, None, reason, spelling.beside)
