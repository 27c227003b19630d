"""How the bytes of a file spell text: where lines end, which are blank, and what characters they hold.

A newline is one byte in UTF-8, GB 18030 and Big5, where no trail byte is ever 0x0A; so their lines are cut as bytes. In
UTF-16 it is two bytes at an even place, and a file is read in one piece.
"""

from collections.abc import Iterator
from typing import Final

from corpus.readers.charset import UNKNOWN, UTF8, WIDE, Verdict
from corpus.readers.inflate import StreamBrokeError
from corpus.readers.records import INVALID_UTF8, UNDECODABLE, Beside

_OTHER_SPACE_LEADS: Final = b"\x1c\x1d\x1e\x1f\xc2\xe1\xe2\xe3"
"""First bytes, in UTF-8, of the white space that ``str.isspace`` knows and ``bytes.isspace`` does not."""


class Spelling:
    """An encoding as the readers use it.

    Args:
        verdict: What was decided of the file.
    """

    def __init__(self, verdict: Verdict) -> None:
        self.encoding = UTF8 if verdict.encoding == UNKNOWN else verdict.encoding
        self.mark = verdict.mark
        self.is_wide = verdict.encoding in WIDE
        self.newline = "\n".encode(self.encoding)
        self.beside = Beside(encoding=str(verdict))
        """What stands beside a record that says nothing of itself."""
        self.reason = INVALID_UTF8 if verdict.encoding == UTF8 else UNDECODABLE
        """Why a record is not read that is not in this encoding."""

    def decoded(self, content: bytes) -> str | None:
        """Return the text of some bytes, or None where they are not in this encoding."""
        try:
            return content.decode(self.encoding)
        except UnicodeDecodeError:
            return None

    def narrow(self, piece: bytes) -> bytes:
        """Return bytes in which every ASCII character is one byte and no other byte looks like one below 0x30."""
        if not self.is_wide:
            return piece
        return piece[: len(piece) & ~1].decode(self.encoding, "surrogatepass").encode(errors="surrogatepass")

    def lines(self, piece: bytes) -> list[bytes]:
        """Cut a piece at its newlines; a wide one begins at an even place of the file."""
        if not self.is_wide:
            return piece.split(self.newline)
        found, begin, at = [], 0, piece.find(self.newline)
        while at >= 0:
            if at % 2:
                at = piece.find(self.newline, at + 1)
                continue
            found.append(piece[begin:at])
            begin = at + 2
            at = piece.find(self.newline, begin)
        return [*found, piece[begin:]]

    def aligned(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the same bytes in pieces that end between two wide units, but for the last."""
        if not self.is_wide:
            yield from pieces
            return
        odd = b""
        try:
            for each in pieces:
                piece = odd + each
                cut = len(piece) & ~1
                odd = piece[cut:]
                if cut:
                    yield piece[:cut]
        except StreamBrokeError:
            if odd:
                yield odd
            raise
        if odd:
            yield odd

    def is_blank(self, line: bytes) -> bool:
        """Say whether a line has white space only, the ideographic space (U+3000) included."""
        if not self.is_wide:
            first = line.lstrip()[:4]
            if not first:
                return True
            if self.encoding == UTF8 and first[0] not in _OTHER_SPACE_LEADS:
                return False
            if not first.decode(self.encoding, "ignore")[:1].isspace():
                return False
        text = self.decoded(line)
        return text is not None and (text.isspace() or not text)


UTF_8: Final = Spelling(Verdict(UTF8))
