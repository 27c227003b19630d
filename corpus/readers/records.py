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
RECORD_TOO_LONG: Final = "record-too-long"
FILE_BROKE_OFF: Final = "file-broke-off"
FILE_UNREADABLE: Final = "file-unreadable"
FILE_EMPTY: Final = "file-empty"
FORMAT_UNSUPPORTED: Final = "format-unsupported"
ENCODING_UNSUPPORTED: Final = "encoding-unsupported"
NOT_A_REGULAR_FILE: Final = "not-a-regular-file"
DAMAGED_FILE: Final = "damaged-file"

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
    """

    unit: str
    text_field: str = "text"
    id_field: str = ""
    record_limit_bytes: int = 16 * 2**20
    url_field: str = ""
    user_field: str = ""


class Beside(NamedTuple):
    """What stands beside the text of a record, as the file says it; None where it says nothing.

    ``label`` is the ``AIGC`` member, column or file metadata (GB 45438) as JSON or text.
    """

    url: str | None = None
    user: str | None = None
    label: str | None = None


NOTHING: Final = Beside()
LABEL: Final = "AIGC"
"""Name of the member, column or metadata key that labels generated content (生成合成标识)."""
LABEL_LIMIT: Final = 4096
"""Characters of a label that are kept; it bounds memory, not what is read: real ones have a few hundred."""


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
