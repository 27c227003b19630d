"""Decompress a stream of bytes as far as it can be had, within bounds of memory and of growth.

- Multi-member files are read to their end.
- What was compressed before a break is given out to the last byte: where a decoder fails in the middle of a piece, that
  piece is decoded again byte by byte, so that the break lies where the file has it and not where our buffers do.
- Memory is bounded by how little is fed at a time: DEFLATE grows at most 1,032-fold, a Zstandard block of four bytes to
  128 KiB; bzip2 and xz, which grow further, are asked for a megabyte at a time. Windows are capped.
- A file that grows beyond the house's ratio or its absolute cap is a bomb (压缩炸弹): reading stops there.
"""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, Protocol, TypeAlias

import zstandard

from corpus.readers.records import DAMAGED_FILE, FILE_BROKE_OFF, INFLATES_TOO_FAR, Bounds

_WINDOW_BYTES: Final = 2**27
_OUT_BYTES: Final = 2**20

Source: TypeAlias = Callable[[], Iterator[bytes]]
"""Begins to read the stored bytes from their start, as often as it is asked."""


class StreamBrokeError(Exception):
    """The stream ended or failed in the middle. Never leaves :mod:`corpus.readers`.

    Args:
        reason: Why, said of the place where it broke off.
        whole: Why, said of the file where nothing at all could be had of it.
    """

    def __init__(self, reason: str = FILE_BROKE_OFF, whole: str = DAMAGED_FILE) -> None:
        super().__init__(reason)
        self.reason = reason
        self.whole = whole


class _Decoder(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


class _Codec(NamedTuple):
    new: Callable[[], _Decoder]
    feed: int
    """Bytes given to the decoder at a time."""
    padding: bytes = b""
    """Bytes that may follow a member and mean nothing."""


def _new_gzip() -> _Decoder:
    return zlib.decompressobj(wbits=31)


def _new_deflate() -> _Decoder:
    return zlib.decompressobj(wbits=-15)


def _new_zstd() -> _Decoder:
    return zstandard.ZstdDecompressor(max_window_size=_WINDOW_BYTES).decompressobj()


def _new_xz() -> _Decoder:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_WINDOW_BYTES)


_CODECS: Final = {
    "gzip": _Codec(_new_gzip, feed=4096, padding=b"\0"),
    "zstd": _Codec(_new_zstd, feed=512),
    "bzip2": _Codec(bz2.BZ2Decompressor, feed=4096),
    "xz": _Codec(_new_xz, feed=4096, padding=b"\0"),
    "deflate": _Codec(_new_deflate, feed=4096),
}
_ERRORS: Final = (zlib.error, zstandard.ZstdError, lzma.LZMAError, OSError, ValueError, EOFError)


def inflated(source: Source, compression: str, bounds: Bounds) -> Iterator[bytes]:
    """Yield the decompressed content of a stream, member after member, in pieces as the decoder gives them.

    Args:
        source: The compressed bytes.
        compression: gzip, zstd, bzip2, xz or deflate (raw, one member).
        bounds: How far it may grow.

    Raises:
        StreamBrokeError: It cannot be decompressed further. All that could be had was yielded before.
    """
    codec = _CODECS[compression]
    member = 0  # where the present member begins in the source
    fed = 0  # bytes of it that its decoder has taken
    grown = 0  # bytes given out
    decoder = codec.new()
    for piece in source():
        at = 0
        while at < len(piece):
            part = piece[at : at + codec.feed]
            if member and not fed and codec.padding:
                kept = part.lstrip(codec.padding)
                skipped = len(part) - len(kept)
                at, member, part = at + skipped, member + skipped, kept
                if not part:
                    continue
            try:
                for out in _given(decoder, part):
                    yield out
                    grown += len(out)
                    if bounds.are_passed(grown, member + fed + len(part)):
                        raise StreamBrokeError(INFLATES_TOO_FAR, INFLATES_TOO_FAR)
            except _ERRORS as error:
                yield from _last_bytes(source, codec, member, fed)
                raise StreamBrokeError from error
            taken = len(part) - len(decoder.unused_data)
            at, fed = at + taken, fed + taken
            if decoder.eof:
                member, fed, decoder = member + fed, 0, codec.new()
    if fed:
        raise StreamBrokeError


def _given(decoder: _Decoder, part: bytes) -> Iterator[bytes]:
    """Yield what a decoder makes of some bytes; bzip2 and xz would else make hundreds of megabytes of a few."""
    if isinstance(decoder, bz2.BZ2Decompressor | lzma.LZMADecompressor):
        yield decoder.decompress(part, _OUT_BYTES)
        while not decoder.eof and not decoder.needs_input:
            yield decoder.decompress(b"", _OUT_BYTES)
    elif out := decoder.decompress(part):
        yield out


def _last_bytes(source: Source, codec: _Codec, member: int, fed: int) -> Iterator[bytes]:
    """Decode a member again up to what was fed without an error, then byte by byte until it fails."""
    decoder = codec.new()
    at = 0
    try:
        for piece in source():
            rest = piece[max(member - at, 0) :]
            at += len(piece)
            while rest and fed:
                part = rest[: min(fed, codec.feed)]
                for _ in _given(decoder, part):
                    pass
                rest, fed = rest[len(part) :], fed - len(part)
            for byte in rest:
                if decoder.eof:
                    return
                yield from _given(decoder, bytes([byte]))
    except _ERRORS:
        return
