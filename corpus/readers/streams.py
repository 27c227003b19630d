"""Bytes out of plain, gzip and Zstandard files, in bounded pieces, as far as they can be had.

- Multi-member gzip and multi-frame Zstandard files are read to their end.
- What was compressed before a break is given out to the last byte: where a decoder fails in the middle of a piece, that
  piece is decoded again byte by byte, so that the break lies where the file has it and not where our buffers do.
- Memory is bounded by how little is fed at a time: DEFLATE grows at most 1,032-fold, a Zstandard block of four bytes to
  128 KiB, and the window is capped.
"""

import zlib
from collections.abc import Callable, Iterator
from io import FileIO
from typing import Final, NamedTuple, Protocol

import zstandard

READ_BYTES: Final = 2**20
_ZSTD_WINDOW_BYTES: Final = 2**27


class StreamBrokeError(Exception):
    """The stream ended or failed in the middle. Never leaves :mod:`corpus.readers`."""


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
    padding: bytes
    """Bytes that may follow a member and mean nothing."""


def _new_gzip() -> _Decoder:
    return zlib.decompressobj(wbits=31)


def _new_zstd() -> _Decoder:
    return zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES).decompressobj()


_CODECS: Final = {
    "gzip": _Codec(_new_gzip, feed=4096, padding=b"\0"),
    "zstd": _Codec(_new_zstd, feed=512, padding=b""),
}
_DECODER_ERRORS: Final = (zlib.error, zstandard.ZstdError)


def pieces(path: str, compression: str = "", offset: int = 0) -> Iterator[bytes]:
    """Yield the decompressed content of a file; every piece but the last is at least 1 MiB.

    Args:
        path: The file.
        compression: ``""``, ``"gzip"`` or ``"zstd"``.
        offset: Where to begin in a plain file; bytes.

    Raises:
        StreamBrokeError: The file cannot be read further. All that could be had was yielded before.
    """
    try:
        with FileIO(path) as file:
            file.seek(offset)
            yield from _gathered(_decoded(file, _CODECS[compression]) if compression else _plain(file))
    except OSError as error:
        raise StreamBrokeError from error


def _plain(file: FileIO) -> Iterator[bytes]:
    while piece := file.read(READ_BYTES):
        yield piece


def _gathered(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Join small parts; on a break give out what was gathered first."""
    held: list[bytes] = []
    size = 0
    try:
        for part in parts:
            held.append(part)
            size += len(part)
            if size >= READ_BYTES:
                yield b"".join(held)
                held, size = [], 0
    except (OSError, StreamBrokeError):
        if held:
            yield b"".join(held)
        raise
    if held:
        yield b"".join(held)


def _decoded(file: FileIO, codec: _Codec) -> Iterator[bytes]:
    """Decode member after member."""
    member = 0  # where the present member begins in the file
    fed = 0  # bytes of it that its decoder has taken
    decoder = codec.new()
    for piece in _plain(file):
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
                out = decoder.decompress(part)
            except _DECODER_ERRORS as error:
                yield from _last_bytes(file, codec, member, fed)
                raise StreamBrokeError from error
            if out:
                yield out
            taken = len(part) - len(decoder.unused_data)
            at, fed = at + taken, fed + taken
            if decoder.eof:
                member, fed, decoder = member + fed, 0, codec.new()
    if fed:
        raise StreamBrokeError


def _last_bytes(file: FileIO, codec: _Codec, member: int, fed: int) -> Iterator[bytes]:
    """Decode a member again up to what was fed without an error, then byte by byte until it fails."""
    decoder = codec.new()
    file.seek(member)
    try:
        while fed and (part := file.read(min(fed, codec.feed))):
            decoder.decompress(part)
            fed -= len(part)
        while not decoder.eof and (byte := file.read(1)):
            if out := decoder.decompress(byte):
                yield out
    except _DECODER_ERRORS:
        return
