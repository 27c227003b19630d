"""HTML: the main content (正文) of a page, as lines of text. Nothing is fetched, run or expanded.

The page is decoded by what decodes (:mod:`corpus.readers.charset`). Bytes that do not decode spoil the page only where
they stand in its main content.
"""

from corpus.readers import dom, maintext
from corpus.readers.records import FINE, TOO_DEEP, Record
from corpus.readers.spelling import Spelling
from corpus.readers.split import Raw

_REPLACED = "\ufffd"


def interpret(spelling: Spelling, raw: Raw, content: bytes) -> Record:
    """Read a file as a page."""
    text, reason = text_of(spelling, content)
    return Record(raw.position, raw.size, raw.digest, text, None, reason, spelling.beside)


def text_of(spelling: Spelling, content: bytes) -> tuple[str | None, str]:
    """Return the main content of a page, or None and the reason why there is none."""
    page = spelling.decoded(content)
    is_whole = page is not None
    body = dom.body_of(content.decode(spelling.encoding, "replace") if page is None else page)
    if body is None:
        return None, TOO_DEEP
    text = maintext.main_text(body)
    return (text, FINE) if is_whole or _REPLACED not in text else (None, spelling.reason)
