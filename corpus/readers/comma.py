"""CSV after RFC 4180: commas, double quotes, a header in the first record; and the same with tabs (TSV).

- Records are cut by :class:`corpus.readers.split.Quotes`, which keeps byte offsets; their fields are read by the
  standard library's ``csv`` in its strict mode.
- ``.tsv`` means tabs. ``.csv`` means commas, unless the header has the text column only when cut at tabs or semicolons.
- The header is no item. Where it lacks the text column, or has it twice, every record is ``wrong-columns``.
- A quote that never closes takes what follows into its record, up to the record limit (``record-too-long``, reading
  goes on at the next newline) or the end of the file (``wrong-columns``).
"""

import csv
from typing import Final

from corpus.readers.jsonl import printed_label
from corpus.readers.records import FINE, LABEL, WRONG_COLUMNS, Beside, ReadOptions, Record
from corpus.readers.spelling import UTF_8, Spelling
from corpus.readers.split import Quotes, Raw

_C_LONG_MAX: Final = 2**31 - 1


class Rows:
    """Reads the records of one file; the first one it is given is the header.

    Args:
        options: How the source's files are read.
        spelling: The file's encoding.
        delimiters: What may stand between its fields, the usual one first.
    """

    def __init__(self, options: ReadOptions, spelling: Spelling = UTF_8, delimiters: str = ",\t;") -> None:
        self._options = options
        self._spelling = spelling
        self._delimiters = delimiters
        self._delimiter = delimiters[0]
        self.quotes = Quotes(delimiters[0])
        """What cuts the file's records; it learns the delimiter from the header."""
        self._columns = 0
        self._text = -1
        self._id = -1
        self._beside = (-1, -1, -1)

    def read_header(self, content: bytes) -> None:
        """Find the columns and the delimiter; undecodable bytes spoil only the names they stand in."""
        line = content.decode(self._spelling.encoding, "replace")
        fits = (each for each in self._delimiters if (_fields(line, each) or []).count(self._options.text_field) == 1)
        self._delimiter = next(fits, self._delimiters[0])
        self.quotes.delimiter = self._delimiter.encode()
        names = _fields(line, self._delimiter) or []
        self._columns = len(names)
        self._text = _only(names, self._options.text_field)
        self._id = _named(names, self._options.id_field)
        wanted = (self._options.url_field, self._options.user_field, LABEL)
        url, user, label = (_named(names, name) for name in wanted)
        self._beside = (url, user, label)

    def __call__(self, raw: Raw, content: bytes) -> Record:
        """Read a record's fields."""
        known = self._spelling.beside
        line = self._spelling.decoded(content)
        if line is None:
            return Record(raw.position, raw.size, raw.digest, None, None, self._spelling.reason, known)
        fields = _fields(line, self._delimiter)
        if self._text < 0 or fields is None or len(fields) != self._columns:
            return Record(raw.position, raw.size, raw.digest, None, None, WRONG_COLUMNS, known)
        external_id = fields[self._id] if self._id >= 0 else None
        url, user, label = (fields[at] if at >= 0 else None for at in self._beside)
        beside = Beside(url, user, printed_label(label), known.encoding)
        return Record(raw.position, raw.size, raw.digest, fields[self._text], external_id, FINE, beside)


def _named(names: list[str], name: str) -> int:
    return _only(names, name) if name else -1


def _only(names: list[str], name: str) -> int:
    return names.index(name) if names.count(name) == 1 else -1


def _fields(line: str, delimiter: str) -> list[str] | None:
    """Return the fields of one record, or None where it breaks RFC 4180."""
    # The limit is the process's; ours is the record limit, which was applied before.
    csv.field_size_limit(_C_LONG_MAX)
    try:
        rows = list(csv.reader([line.removesuffix("\r")], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
