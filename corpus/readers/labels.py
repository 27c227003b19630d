"""Labels of generated content (生成合成标识, GB 45438) in the metadata of documents and media, wherever they are kept.

XMP, EXIF, PNG text, ID3, Vorbis comments and MP4 tags all keep the label as JSON behind its name. So the bytes are
searched for the name with JSON behind it: one way for all, which misses only what is compressed.
"""

import html
import re
from typing import BinaryIO, Final

from corpus.readers.records import LABEL_LIMIT

_PIECE: Final = 2**20
_KEPT: Final = 3 * LABEL_LIMIT
"""Bytes of one piece that are looked at again with the next."""
_WIDE: Final = b"A\0I\0G\0C\0"
_LABEL: Final = re.compile(rb"AIGC[^{}]{0,64}(\{[^{}]{2,%d}\})" % (2 * LABEL_LIMIT))


class Search:
    """Looks for a label in a stream that is fed piece by piece; the first one is kept."""

    def __init__(self) -> None:
        self.label: str | None = None
        self._kept = b""

    def update(self, piece: bytes) -> None:
        """Take the next bytes."""
        if self.label is not None:
            return
        window = self._kept + piece
        if b"AIGC" in window:
            self.label = _label(window)
        elif _WIDE in window:
            self.label = _label(window[window.find(_WIDE) :].replace(b"\0", b""))
        self._kept = window[-_KEPT:]


def found_in(file: BinaryIO) -> str | None:
    """Return the label in a file from where it stands, or None."""
    search = Search()
    while search.label is None and (piece := file.read(_PIECE)):
        search.update(piece)
    return search.label


def _label(window: bytes) -> str | None:
    for match in _LABEL.finditer(window):
        written = html.unescape(match[1].decode("utf-8", "replace"))
        if "Label" in written:
            return written[:LABEL_LIMIT]
    return None
