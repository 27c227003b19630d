"""The beginning of a file: enough of it to tell its encoding, and whether it is what its name's ending says."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from corpus.readers import streams
from corpus.readers.charset import HEAD_BYTES, UNKNOWN, WIDE, WINDOW_BYTES, WINDOWS, Verdict, decide, sample_of
from corpus.readers.formats import HTML, WARC
from corpus.readers.records import ENCODING_UNSUPPORTED, FILE_EMPTY, USUAL, WRONG_ENDING, Bounds

_HELD_BYTES: Final = 2**20
"""How far windows reach in a file that can only be read from its beginning."""
_CLAIM_BYTES: Final = 4096
_MAGIC: Final = (
    b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-", b"\x89PNG\r\n", b"\xff\xd8\xff",
    b"GIF8", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"7z\xbc\xaf", b"Rar!\x1a\x07", b"\xfd7zXZ\0", b"\x7fELF",
    b"PAR1", b"SQLite format 3\0", b"{\\rtf1", b"WARC/1.0\r\n", b"WARC/1.1\r\n",
)  # fmt: skip
"""How files begin that are no text, or text of another format."""
_META: Final = re.compile(
    rb"""<(?:meta\b[^>]{0,500}?|\?xml\b[^>]{0,100}?en)c(?:harset|oding)\s*=\s*["']?\s*([\w.:+-]{2,40})""", re.IGNORECASE
)


class Opening(NamedTuple):
    """A stream whose beginning was looked at.

    Attributes:
        pieces: The whole content, nothing taken off.
        verdict: Its encoding.
        reason: Why the file is refused as a whole, or nothing.
    """

    pieces: Iterator[bytes]
    verdict: Verdict
    reason: str


def opening(path: str, family: str, compression: str, bounds: Bounds) -> Opening:
    """Look at the beginning of a file, and at windows of it where it is a long one.

    Raises:
        StreamBrokeError: Not a byte of it can be read.
    """
    held, pieces = held_back(streams.pieces(path, compression, bounds=bounds), _HELD_BYTES)
    sample, is_cut = _sample(path, held, compression)
    verdict = decide(sample, claim_of(held) if family == HTML else "", is_cut=is_cut)
    if len(held) <= verdict.mark:
        return Opening(pieces, verdict, FILE_EMPTY)
    lies = held.startswith(_MAGIC) and not (family == WARC and held.startswith(b"WARC/"))
    if verdict.encoding == UNKNOWN:
        return Opening(pieces, verdict, ENCODING_UNSUPPORTED)
    return Opening(pieces, verdict, WRONG_ENDING if lies else "")


def is_wide(path: str) -> bool:
    """Say whether a plain file is in UTF-16."""
    try:
        return opening(path, "", "", USUAL).verdict.encoding in WIDE
    except streams.StreamBrokeError:
        return False


def held_back(pieces: Iterator[bytes], wanted: int) -> tuple[bytes, Iterator[bytes]]:
    """Return the first bytes of a stream, at most so many, and the stream as if nobody had looked.

    Raises:
        StreamBrokeError: It breaks before the first byte; a later break is met again where it lies.
    """
    taken: list[bytes] = []
    size = 0
    broke: streams.StreamBrokeError | None = None
    while size < wanted:
        try:
            piece = next(pieces)
        except StopIteration:
            break
        except streams.StreamBrokeError as error:
            if not size:
                raise
            broke = error
            break
        taken.append(piece)
        size += len(piece)
    return b"".join(taken)[:wanted], chain(taken, _breaking(broke) if broke else pieces)


def claim_of(head: bytes) -> str:
    """Return the encoding that a page names in its head, unchecked, or nothing."""
    found = _META.search(head[:_CLAIM_BYTES].replace(b"\0", b""))
    return found[1].decode("ascii", "ignore") if found else ""


def _sample(path: str, held: bytes, compression: str) -> tuple[bytes, bool]:
    size = len(held)
    if size <= HEAD_BYTES:
        return held, False
    windows: Iterator[bytes]
    file = Path(path)
    if size == _HELD_BYTES and not compression and file.is_file():
        windows = _windows(file)
    else:
        starts = (_start(size, number) for number in range(WINDOWS))
        windows = (held[start : start + WINDOW_BYTES] for start in starts)
    return sample_of(held[:HEAD_BYTES], windows), True


def _windows(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        size = file.stat().st_size
        for number in range(WINDOWS):
            stream.seek(_start(size, number))
            yield stream.read(WINDOW_BYTES)


def _start(size: int, number: int) -> int:
    """Return where a window begins: they lie evenly behind the head; at even places, for the wide encodings."""
    room = max(size - HEAD_BYTES - WINDOW_BYTES, 0)
    return (HEAD_BYTES + room * (number + 1) // WINDOWS) & ~1


def _breaking(error: streams.StreamBrokeError) -> Iterator[bytes]:
    yield b""
    raise error
