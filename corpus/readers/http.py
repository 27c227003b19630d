"""An HTTP answer as a crawler kept it: status, type and content, the transfer and content codings taken off.

A coding is taken off within the record limit, since what it grows to is held in memory. Where a header says that a body
is chunked or compressed and it is not, as crawlers that decode leave it, the body is taken as it stands.
"""

import zlib
from collections.abc import Mapping
from typing import Final, NamedTuple

from corpus.readers.inflate import StreamBrokeError, inflated
from corpus.readers.records import BROKEN_RECORD, FILE_BROKE_OFF, HTTP_CODING, INFLATES_TOO_FAR, USUAL

_HEAD_BYTES: Final = 65_536
_SIZE_DIGITS: Final = 8
_GZIP: Final = b"\x1f\x8b"
_CODINGS: Final = {"gzip": "gzip", "x-gzip": "gzip", "zstd": "zstd"}


class Answer(NamedTuple):
    """What a server sent; ``reason`` where it cannot be read."""

    is_good: bool = False
    mime: str = ""
    content: bytes = b""
    reason: str = ""


def read(block: bytes, limit: int) -> Answer:
    """Read an answer.

    Args:
        block: Status line, header and body.
        limit: Most bytes that the body may grow to.
    """
    end, width = block.find(b"\r\n\r\n", 0, _HEAD_BYTES), 4
    if end < 0:
        end, width = block.find(b"\n\n", 0, _HEAD_BYTES), 2
    head = block[: max(end, 0)].decode("latin-1").splitlines()
    status = head[0].split(" ", 2) if head else []
    if len(status) < 2 or not status[0].upper().startswith("HTTP/"):
        return Answer(reason=BROKEN_RECORD)
    if len(status[1]) != 3 or status[1][0] != "2":
        return Answer()
    fields = _fields(head[1:])
    try:
        content = _unchunked(block[end + width :]) if "chunked" in fields.get("transfer-encoding", "").lower() else None
        content = _decoded(block[end + width :] if content is None else content, fields, limit)
    except StreamBrokeError as error:
        return Answer(reason=BROKEN_RECORD if error.reason == FILE_BROKE_OFF else error.reason)
    return Answer(True, fields.get("content-type", ""), content)


def kind_of(mime: str) -> tuple[str, str]:
    """Return type and charset of a Content-Type field, both in lower case, either may be empty."""
    family, _, rest = mime.partition(";")
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    return family.strip().lower(), charset


def _fields(lines: list[str]) -> Mapping[str, str]:
    fields: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _unchunked(body: bytes) -> bytes | None:
    """Return a chunked body's content as far as it goes, or None where it is not chunked."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\r\n", at, at + 1024)
        digits = body[at : max(end, at)].partition(b";")[0].strip()
        if not 0 < len(digits) <= _SIZE_DIGITS or digits.strip(b"0123456789abcdefABCDEF"):
            return b"".join(parts) if parts else None
        size = int(digits, 16)
        if not size:
            break
        parts.append(body[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(parts)


def _decoded(body: bytes, fields: Mapping[str, str], limit: int) -> bytes:
    for coding in reversed(fields.get("content-encoding", "").lower().replace(" ", "").split(",")):
        if coding in ("", "identity") or (_CODINGS.get(coding) == "gzip" and not body.startswith(_GZIP)):
            continue
        if coding == "deflate":
            body = _deflated(body, limit)
        elif coding in _CODINGS:
            body = _inflated(body, _CODINGS[coding], limit)
        else:
            raise StreamBrokeError(HTTP_CODING)
    return body


def _inflated(body: bytes, compression: str, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in inflated(lambda: iter([body]), compression, USUAL):
        size += len(part)
        if size > limit:
            raise StreamBrokeError(INFLATES_TOO_FAR)
        parts.append(part)
    return b"".join(parts)


def _deflated(body: bytes, limit: int) -> bytes:
    """Inflate, with the zlib header that the standard wants or without it, as many servers send it."""
    for bits in (15, -15):
        decoder = zlib.decompressobj(bits)
        try:
            content = decoder.decompress(body, limit)
        except zlib.error:
            continue
        if decoder.unconsumed_tail:
            raise StreamBrokeError(INFLATES_TOO_FAR)
        return content
    raise StreamBrokeError(HTTP_CODING)
