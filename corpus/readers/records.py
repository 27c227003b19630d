"""What readers are given and what they give back.

- A :class:`Slice` says which bytes or rows of which file; a :class:`Record` is one item as it was found, fine or not; a
  :class:`Blank` is a blank line, which is no item and is counted apart.
- A record that cannot be used carries the reason why and no text. Nothing here raises for bad data.
- The codes below are keys of ``rules/reasons.yaml``, which holds their words, dispositions and clauses.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol, TypeAlias

from provenance.ids import FileId

FINE: Final = ""
BROKEN_JSON: Final = "broken-json"
TOO_DEEP: Final = "too-deep"
WRONG_COLUMNS: Final = "wrong-columns"
TEXT_MISSING: Final = "text-missing"
INVALID_UTF8: Final = "invalid-utf8"
UNDECODABLE: Final = "undecodable"
WRONG_ENDING: Final = "wrong-ending"
BROKEN_RECORD: Final = "broken-record"
HTTP_STATUS: Final = "http-status"
HTTP_CODING: Final = "http-coding"
PAYLOAD_UNSUPPORTED: Final = "payload-unsupported"
RECORD_TOO_LONG: Final = "record-too-long"
FILE_BROKE_OFF: Final = "file-broke-off"
FILE_UNREADABLE: Final = "file-unreadable"
FILE_EMPTY: Final = "file-empty"
FORMAT_UNSUPPORTED: Final = "format-unsupported"
ENCODING_UNSUPPORTED: Final = "encoding-unsupported"
NOT_A_REGULAR_FILE: Final = "not-a-regular-file"
DAMAGED_FILE: Final = "damaged-file"
INFLATES_TOO_FAR: Final = "inflates-too-far"
FILE_ENCRYPTED: Final = "file-encrypted"
ARCHIVE_LINK: Final = "archive-link"
ARCHIVE_DEVICE: Final = "archive-device"
ARCHIVE_PATH_ESCAPE: Final = "archive-path-escape"
ARCHIVE_NESTED: Final = "archive-nested"
ARCHIVE_OVERLAP: Final = "archive-overlap"
TOO_MANY_MEMBERS: Final = "too-many-members"
XML_ENTITIES: Final = "xml-entities"
NO_TEXT_LAYER: Final = "no-text-layer"
TEXT_GARBLED: Final = "text-garbled"
TOO_MANY_PAGES: Final = "too-many-pages"
READER_CRASHED: Final = "reader-crashed"
UNSCREENED: Final = "unscreened"

WHOLE: Final = (0, -1)
"""The slice bounds of a file that is read in one piece."""


class Slice(NamedTuple):
    """A part of one file, half-open ``[start, end)``, or :data:`WHOLE`.

    ``start`` and ``end`` are bytes for newline-delimited plain files and row numbers for Parquet. A slice owns the
    records that *start* in it.
    """

    file: FileId
    path: str
    format: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a file may go before reading it stops; the numbers stand in ``rules/house.yaml``.

    Args:
        free_bytes: What any compressed stream may grow to; bytes. The ratio is looked at beyond it.
        ratio: Most bytes given out for one byte stored.
        inflated_bytes: What no compressed stream may grow beyond; bytes.
        members: Most members of an archive.
        held_bytes: Largest document (DOCX part, member that has to be held in memory); bytes.
        pages: Most pages of a document.
        garbled_share: Characters without a meaning among the visible ones that spoil a document; thousandths.
    """

    free_bytes: int = 16 * 2**20
    ratio: int = 200
    inflated_bytes: int = 64 * 2**30
    members: int = 200_000
    held_bytes: int = 64 * 2**20
    pages: int = 10_000
    garbled_share: int = 300

    def are_passed(self, grown: int, stored: int) -> bool:
        """Say whether so many bytes given out for so many stored are too many."""
        return grown > self.inflated_bytes or (grown > self.free_bytes and grown > self.ratio * stored)


USUAL: Final = Bounds()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How the declaration of a source says its files are to be read.

    Args:
        unit: What one item (条) is: ``line`` makes every line of a text file an item, anything else the whole file;
            the other formats always have records.
        text_field: Name of the JSON member or column that holds the text.
        id_field: Name of the member or column that holds the user's own id; empty for none.
        url_field: The same for the address an item was fetched from.
        user_field: The same for the service's user who wrote it.
        record_limit_bytes: Longest record that is held in memory; bytes. It bounds memory, not quality.
        bounds: How far compressed files, archives and documents may go.
    """

    unit: str
    text_field: str = "text"
    id_field: str = ""
    record_limit_bytes: int = 16 * 2**20
    url_field: str = ""
    user_field: str = ""
    bounds: Bounds = USUAL


class Beside(NamedTuple):
    """What stands beside the text of a record, as the file says it; None where it says nothing.

    ``label`` is the ``AIGC`` member, column or file metadata (GB 45438) as JSON or text.
    ``encoding`` is the one that was decided on, perhaps with a claim that proved wrong; empty where none was needed.
    """

    url: str | None = None
    user: str | None = None
    label: str | None = None
    encoding: str = ""


NOTHING: Final = Beside()
LABEL: Final = "AIGC"
"""Name of the member, column or metadata key that labels generated content (生成合成标识)."""
LABEL_LIMIT: Final = 4096
"""Characters of a label that are kept; it bounds memory, not what is read: real ones have a few hundred."""


class Medium(NamedTuple):
    """What the header of an image, a sound or a film says of it; None where it says nothing.

    ``type`` is image, audio or video; ``width`` and ``height`` are pixels.
    """

    type: str
    mime: str | None
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None


class Record(NamedTuple):
    """One item as it was found.

    ``position`` is the byte offset in the decompressed stream, the row number (Parquet) or 0 (one-item files). ``size``
    and ``raw_digest`` are those of the record's raw bytes: without the newline that ends it, with a carriage return
    before it; for Parquet the UTF-8 bytes of the text value. A file refused as a whole has no record bytes: size 0.
    """

    position: int
    size: int
    raw_digest: bytes
    text: str | None
    external_id: str | None
    reason: str
    beside: Beside = NOTHING
    medium: Medium | None = None


class Blank(NamedTuple):
    """A line of white space only, ``size`` bytes without its newline: no item."""

    position: int
    size: int


class Seal(Protocol):
    """A running SHA-256, as :mod:`hashlib` makes them."""

    def update(self, content: bytes, /) -> None:
        """Feed more bytes."""
        ...

    def digest(self) -> bytes:
        """Return the 32 bytes."""
        ...


Sealer: TypeAlias = Callable[[int], Seal]
"""Gives, for a position, a fresh seal that was already fed the key of the item there."""

Found: TypeAlias = Iterator[Record | Blank]


def refused(position: int, reason: str, sealer: Sealer) -> Record:
    """Return the one item that stands for a file which cannot be read as its format."""
    return Record(position, 0, sealer(position).digest(), None, None, reason)
