"""Images, sounds and films: registered items (登记条目) that nothing we have can screen.

Type, dimensions and duration come from headers, whatever the file's name says, and the label of generated content from
embedded metadata. Nothing is decoded. A file is walked through once, so that a medium in an archive is not unpacked.
"""

import struct
from collections.abc import Callable
from typing import Final

from corpus.readers import films, images, sounds, streams
from corpus.readers.inflate import StreamBrokeError
from corpus.readers.records import (
    DAMAGED_FILE,
    FILE_EMPTY,
    UNSCREENED,
    Beside,
    Found,
    Medium,
    ReadOptions,
    Record,
    Sealer,
    Slice,
    refused,
)
from corpus.readers.walking import EndedError, Walk

_HEAD_BYTES: Final = 16
_LARGEST: Final = 2**53
"""No number in a header is believed beyond it."""
_KINDS: Final[tuple[tuple[int, bytes, Callable[[Walk], Medium]], ...]] = (
    (0, b"\x89PNG\r\n\x1a\n", images.png),
    (0, b"\xff\xd8\xff", images.jpeg),
    (0, b"GIF8", images.gif),
    (8, b"WEBP", images.webp),
    (0, b"II*\0", images.tiff),
    (0, b"MM\0*", images.tiff),
    (0, b"BM", images.bmp),
    (8, b"WAVE", sounds.wav),
    (8, b"AVI ", films.avi),
    (0, b"fLaC", sounds.flac),
    (0, b"OggS", sounds.ogg),
    (4, b"ftyp", films.mp4),
    (4, b"moov", films.mp4),
    (0, b"\x1a\x45\xdf\xa3", films.matroska),
    (0, b"ID3", sounds.mp3),
    (0, b"\xff", sounds.mp3),
)
"""Where which bytes stand in files of which kind; the vaguest last."""


def read(part: Slice, options: ReadOptions, sealer: Sealer) -> Found:
    """Yield the one record of a medium; it has no text."""
    seal = sealer(0)
    walk = Walk(streams.pieces(part.path, bounds=options.bounds), seal)
    try:
        if not walk.look(1):
            yield refused(0, FILE_EMPTY, sealer)
            return
        medium = _medium(walk)
        size = walk.to_end()
    except StreamBrokeError as error:
        yield refused(0, error.whole, sealer)
        return
    beside = Beside(label=walk.search.label)
    reason = UNSCREENED if medium else DAMAGED_FILE
    yield Record(0, size, seal.digest(), None, None, reason, beside, medium)


def _medium(walk: Walk) -> Medium | None:
    head = walk.look(_HEAD_BYTES)
    for at, magic, reader in _KINDS:
        if head[at : at + len(magic)] == magic:
            try:
                return _believable(reader(walk))
            except (EndedError, struct.error, IndexError):
                return None
    return None


def _believable(medium: Medium) -> Medium:
    numbers = (medium.width, medium.height, medium.duration_ms)
    width, height, duration = (number if number and 0 < number < _LARGEST else None for number in numbers)
    return medium._replace(width=width, height=height, duration_ms=duration)
