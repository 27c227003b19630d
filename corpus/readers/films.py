"""Films (视频), and sounds in the same boxes: type, dimensions and duration out of their headers."""

import math
import struct
from typing import Final

from corpus.readers.records import Medium
from corpus.readers.walking import STEPS, EndedError, Walk

_ENTERED: Final = frozenset({b"moov", b"trak", b"mdia"})
_ID: Final = {
    "segment": 0x18538067, "info": 0x1549A966, "tracks": 0x1654AE6B, "entry": 0xAE, "video": 0xE0, "header": 0x1A45DFA3,
    "cluster": 0x1F43B675, "doctype": 0x4282, "scale": 0x2AD7B1, "duration": 0x4489, "kind": 0x83, "width": 0xB0,
    "height": 0xBA,
}  # fmt: skip
"""Elements of Matroska by their number."""
_NAMES: Final = {number: name for name, number in _ID.items()}
_CONTAINERS: Final = frozenset({"segment", "info", "tracks", "entry", "video", "header"})
_VIDEO_TRACK: Final = 1


def avi(walk: Walk) -> Medium:
    """Read AVI: its main header stands first."""
    each, frames, width, height = struct.unpack("<32xL12xL12xLL", walk.read(72))
    return Medium("video", "video/x-msvideo", width, height, each * frames // 1000 or None)


def mp4(walk: Walk) -> Medium:
    """Read ISO base media (MP4, M4A, MOV): box after box to the end of ``moov``, wherever it stands."""
    brand = walk.look(12)[8:]
    width: int | None = None
    height: int | None = None
    duration: int | None = None
    kinds: set[bytes] = set()
    has_head = False
    try:
        for _ in range(STEPS):
            size, kind = struct.unpack(">L4s", walk.read(8))
            left = (struct.unpack(">Q", walk.read(8))[0] - 16) if size == 1 else size - 8
            if kind in _ENTERED:
                continue
            if kind in (b"mvhd", b"tkhd", b"hdlr"):
                body = walk.read(min(left, 128))
                left -= len(body)
                if kind == b"hdlr":
                    kinds.add(body[8:12])
                elif kind == b"mvhd":
                    has_head, duration = True, _movie_ms(body)
                else:
                    across, down = struct.unpack_from(">LL", body, 88 if body[0] else 76)
                    width, height = across >> 16 or width, down >> 16 or height
            elif has_head and kind == b"mdat":
                break
            walk.skip(left)
    except EndedError:
        pass
    if not has_head:
        raise EndedError
    if b"vide" not in kinds:
        return Medium("audio", "audio/mp4", duration_ms=duration)
    return Medium("video", "video/quicktime" if brand == b"qt  " else "video/mp4", width, height, duration)


def _movie_ms(body: bytes) -> int | None:
    scale, length = struct.unpack_from(">LQ", body, 20) if body[0] else struct.unpack_from(">LL", body, 12)
    return int(length * 1000 // scale) if scale else None


def matroska(walk: Walk) -> Medium:
    """Read Matroska and WebM: element after element to the first cluster of frames."""
    found: dict[str, bytes] = {}
    kinds: set[bytes] = set()
    try:
        for _ in range(STEPS):
            name = _NAMES.get(_number(walk, keep_marker=True), "")
            size = _number(walk, keep_marker=False)
            if name == "cluster":
                break
            if name in _CONTAINERS:
                continue
            if not name:
                walk.skip(size)
                continue
            body = walk.read(size)
            found.setdefault(name, body)
            kinds |= {body} if name == "kind" else set()
    except EndedError:
        pass
    if "doctype" not in found:
        raise EndedError
    is_video = any(int.from_bytes(kind, "big") == _VIDEO_TRACK for kind in kinds)
    width, height = (int.from_bytes(found.get(side, b""), "big") or None for side in ("width", "height"))
    mime = "webm" if found["doctype"].rstrip(b"\0") == b"webm" else "x-matroska"
    kind = "video" if is_video else "audio"
    return Medium(kind, f"{kind}/{mime}", width, height, _segment_ms(found))


def _segment_ms(found: dict[str, bytes]) -> int | None:
    length = found.get("duration", b"")
    if len(length) not in (4, 8):
        return None
    (ticks,) = struct.unpack(">f" if len(length) == 4 else ">d", length)
    nanoseconds = int.from_bytes(found.get("scale", b"\x0f\x42\x40"), "big")
    milliseconds = ticks * nanoseconds / 1_000_000
    return int(milliseconds) if math.isfinite(milliseconds) else None


def _number(walk: Walk, *, keep_marker: bool) -> int:
    """Read a number of variable length: the first set bit says how long it is."""
    first = walk.read(1)
    length = 9 - first[0].bit_length()
    if length > 8:
        raise EndedError
    number = int.from_bytes(first + walk.read(length - 1), "big")
    return number if keep_marker else number & (1 << 7 * length) - 1
