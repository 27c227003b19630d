"""Images (图像): type and dimensions out of their headers."""

import struct
from typing import Final

from corpus.readers.records import Medium
from corpus.readers.walking import STEPS, EndedError, Walk

_NO_FRAMES: Final = frozenset({0xC4, 0xC8, 0xCC})
"""Markers of JPEG among those of frames that are none: tables and reserved ones."""
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length."""
_WIDTH_TAG, _HEIGHT_TAG = 256, 257


def png(walk: Walk) -> Medium:
    """Read PNG: IHDR stands first."""
    _, _, kind, width, height = struct.unpack(">8sL4sLL", walk.read(24))
    if kind != b"IHDR":
        raise EndedError
    return Medium("image", "image/png", width, height)


def gif(walk: Walk) -> Medium:
    """Read GIF: the logical screen."""
    return Medium("image", "image/gif", *struct.unpack("<6xHH", walk.read(10)))


def bmp(walk: Walk) -> Medium:
    """Read BMP: the old header has 16 bits for each side; a negative height means that the top comes first."""
    (size,) = struct.unpack("<14xL", walk.read(18))
    width, height = struct.unpack(*("<HH", walk.read(4)) if size == 12 else ("<ll", walk.read(8)))
    return Medium("image", "image/bmp", width, abs(height))


def webp(walk: Walk) -> Medium:
    """Read WebP in its three forms: lossy, lossless and extended."""
    kind, head = struct.unpack("<12x4s4x10s", walk.read(30))
    if kind == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack("<6xHH", head))
    elif kind == b"VP8L":
        (bits,) = struct.unpack("<xL5x", head)
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8X":
        width, height = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (4, 7))
    else:
        raise EndedError
    return Medium("image", "image/webp", width, height)


def jpeg(walk: Walk) -> Medium:
    """Read JPEG: marker after marker to the first frame."""
    walk.read(2)
    for _ in range(STEPS):
        if walk.read(1) != b"\xff":
            raise EndedError
        marker = walk.look(1)[0]
        if marker == 0xFF:  # a fill byte
            continue
        walk.read(1)
        if marker in _ALONE:
            continue
        (length,) = struct.unpack(">H", walk.read(2))
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAMES:
            height, width = struct.unpack(">xHH", walk.read(5))
            return Medium("image", "image/jpeg", width, height)
        walk.skip(length - 2)
    raise EndedError


def tiff(walk: Walk) -> Medium:
    """Read TIFF in either byte order: the first directory."""
    order = "<" if walk.read(4)[:1] == b"I" else ">"
    (at,) = struct.unpack(f"{order}L", walk.read(4))
    walk.skip(at - walk.at)
    sides: dict[int, int] = {}
    for _ in range(*struct.unpack(f"{order}H", walk.read(2))):
        tag, kind, _, value = struct.unpack(f"{order}HHL4s", walk.read(12))
        if tag in (_WIDTH_TAG, _HEIGHT_TAG):
            (sides[tag],) = struct.unpack_from(f"{order}{'H' if kind == 3 else 'L'}", value)
    return Medium("image", "image/tiff", sides.get(_WIDTH_TAG), sides.get(_HEIGHT_TAG))
