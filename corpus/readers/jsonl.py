"""JSON Lines: one JSON object a line, UTF-8 after RFC 8259, and whatever encoding a file is in in practice."""

from typing import Final

import orjson

from corpus.readers.charset import UTF8
from corpus.readers.records import (
    BROKEN_JSON,
    FINE,
    LABEL,
    LABEL_LIMIT,
    TEXT_MISSING,
    TOO_DEEP,
    WRONG_COLUMNS,
    Beside,
    ReadOptions,
    Record,
)
from corpus.readers.spelling import Spelling
from corpus.readers.split import Raw

_DEPTH_WORDS: Final = ("depth", "recursion")
"""What orjson's message says, in its several releases, of nesting beyond 1,024 levels."""


def interpret(options: ReadOptions, spelling: Spelling, raw: Raw, content: bytes) -> Record:
    """Read a line as a JSON object.

    A missing text member is ``wrong-columns``, one that is null or no string ``text-missing``. Lone surrogates, NaN and
    numbers out of range are ``broken-json``, as orjson holds to RFC 8259.
    """
    try:
        value = orjson.loads(content if spelling.encoding == UTF8 else spelling.decoded(content) or b"")
    except orjson.JSONDecodeError as error:
        reason = _reason(spelling, content, error)
        return Record(raw.position, raw.size, raw.digest, None, None, reason, spelling.beside)
    if not isinstance(value, dict):
        return Record(raw.position, raw.size, raw.digest, None, None, WRONG_COLUMNS, spelling.beside)
    external_id = printed_id(value.get(options.id_field)) if options.id_field else None
    beside = _beside(value, options, spelling.beside)
    text = value.get(options.text_field)
    if isinstance(text, str):
        return Record(raw.position, raw.size, raw.digest, text, external_id, FINE, beside)
    reason = TEXT_MISSING if options.text_field in value else WRONG_COLUMNS
    return Record(raw.position, raw.size, raw.digest, None, external_id, reason, beside)


def _beside(value: dict[str, object], options: ReadOptions, known: Beside) -> Beside:
    if not options.url_field and not options.user_field and LABEL not in value:
        return known
    return Beside(
        printed_id(value.get(options.url_field)) if options.url_field else None,
        printed_id(value.get(options.user_field)) if options.user_field else None,
        printed_label(value.get(LABEL)),
        known.encoding,
    )


def printed_label(value: object) -> str | None:
    """Return a label of generated content as text: a string as it is, a structure as JSON; nothing for none."""
    if value in (None, "", {}):
        return None
    written = value if isinstance(value, str) else orjson.dumps(value, default=str).decode()
    return written[:LABEL_LIMIT]


def printed_id(value: object) -> str | None:
    """Return the user's own id as text: a string as it is, an integer in digits; anything else is none."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return None


def _reason(spelling: Spelling, content: bytes, error: orjson.JSONDecodeError) -> str:
    if spelling.decoded(content) is None:
        return spelling.reason
    return TOO_DEEP if any(word in error.msg.lower() for word in _DEPTH_WORDS) else BROKEN_JSON
