"""Sounds (音频): type and duration out of their headers."""

import struct
from typing import Final

from corpus.readers.records import Medium
from corpus.readers.walking import EndedError, Walk

_SECOND: Final = 1000
_UNKNOWN_SIZE: Final = 0xFFFFFFFF
_MPEG_RATES: Final = (44100, 48000, 32000)
_MPEG_KBITS: Final = {
    (1, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (1, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Kilobits a second by version (1, or 2 and 2.5) and layer, ISO/IEC 11172-3 and 13818-3."""


def wav(walk: Walk) -> Medium:
    """Read WAV: bytes a second from ``fmt``, bytes from ``data``."""
    walk.read(12)
    rate = 0
    while True:
        kind, size = struct.unpack("<4sL", walk.read(8))
        if kind == b"data":
            is_known = rate and size != _UNKNOWN_SIZE
            return Medium("audio", "audio/wav", duration_ms=size * _SECOND // rate if is_known else None)
        if kind == b"fmt ":
            (rate,) = struct.unpack("<8xL", walk.read(12))
            size -= 12
        walk.skip(size + size % 2)


def flac(walk: Walk) -> Medium:
    """Read FLAC: samples in all and a second, from the first block."""
    bits = int.from_bytes(walk.read(26)[18:26], "big")
    rate, samples = bits >> 44, bits & 0xFFFFFFFFF
    return Medium("audio", "audio/flac", duration_ms=samples * _SECOND // rate if rate and samples else None)


def ogg(walk: Walk) -> Medium:
    """Read Ogg: the last page says how many samples there were, the first how many a second."""
    head = walk.look(128)
    at = 27 + head[26] if len(head) > 26 else len(head)
    if head[at : at + 7] == b"\x01vorbis":
        (rate,), early, mime = struct.unpack_from("<L", head, at + 12), 0, "audio/ogg"
    elif head[at : at + 8] == b"OpusHead":
        rate, (early,), mime = 48000, struct.unpack_from("<H", head, at + 10), "audio/opus"
    elif head[at : at + 7] == b"\x80theora":
        width, height = struct.unpack_from(">HH", head, at + 10)
        return Medium("video", "video/ogg", width * 16, height * 16)
    else:
        return Medium("audio", "audio/ogg")
    walk.to_end()
    last = walk.tail.rfind(b"OggS")
    samples = int.from_bytes(walk.tail[last + 6 : last + 14], "little") - early if last >= 0 else 0
    return Medium("audio", mime, duration_ms=samples * _SECOND // rate if rate else None)


def mp3(walk: Walk) -> Medium:
    """Read MPEG audio: by its count of frames (Xing) where it has one, else by its constant rate."""
    while walk.look(3) == b"ID3":
        size = 0
        for byte in walk.read(10)[6:]:
            size = size << 7 | byte & 0x7F
        walk.skip(size)
    begin, frame = walk.at, walk.look(48)
    (head,) = struct.unpack_from(">L", frame)
    if head >> 21 != 0x7FF:
        raise EndedError
    version, layer, kbits, rate = head >> 19 & 3, 4 - (head >> 17 & 3), head >> 12 & 15, head >> 10 & 3
    if version == 1 or layer == 4 or kbits == 15 or rate == 3:
        raise EndedError
    is_first, is_mono = version == 3, head >> 6 & 3 == 3
    hertz = _MPEG_RATES[rate] >> {3: 0, 2: 1, 0: 2}[version]
    samples = 384 if layer == 1 else 576 if layer == 3 and not is_first else 1152
    side = {(True, False): 32, (True, True): 17, (False, False): 17, (False, True): 9}[is_first, is_mono]
    mark, flags, frames = struct.unpack_from(">4sLL", frame.ljust(4 + side + 12, b"\0"), 4 + side)
    if mark in (b"Xing", b"Info") and flags & 1:
        return Medium("audio", "audio/mpeg", duration_ms=frames * samples * _SECOND // hertz)
    bits = _MPEG_KBITS[1 if is_first else 2, layer][kbits]
    size = walk.to_end() - begin
    return Medium("audio", "audio/mpeg", duration_ms=size * 8 // bits if bits else None)
