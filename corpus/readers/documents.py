"""Documents that are one item each: DOCX and PDF. Their raw bytes are the file's, their text is what a reader sees."""

from collections.abc import Callable, Mapping
from typing import BinaryIO, Final, TypeAlias

from corpus.readers import docx, pdf, streams
from corpus.readers.formats import DOCX, PDF
from corpus.readers.inflate import StreamBrokeError
from corpus.readers.pages import Written
from corpus.readers.records import FILE_EMPTY, RECORD_TOO_LONG, Found, ReadOptions, Record, Seal, Sealer, Slice, refused

_PIECE: Final = 2**20
_Extract: TypeAlias = Callable[[str, BinaryIO, ReadOptions], Written]
_EXTRACTS: Final[Mapping[str, _Extract]] = {DOCX: docx.extract, PDF: pdf.extract}


def read(part: Slice, options: ReadOptions, sealer: Sealer) -> Found:
    """Yield the one record of a document."""
    try:
        with streams.opened(part.path, options.bounds) as file:
            seal = sealer(0)
            size = _feed(file, seal)
            if not size:
                yield refused(0, FILE_EMPTY, sealer)
                return
            written = _EXTRACTS[part.format](part.path, file, options)
    except StreamBrokeError as error:
        yield refused(0, error.whole, sealer)
        return
    if written.text is not None and len(written.text.encode()) > options.record_limit_bytes:
        written = Written(reason=RECORD_TOO_LONG, beside=written.beside)
    yield Record(0, size, seal.digest(), written.text, None, written.reason, written.beside)


def _feed(file: BinaryIO, seal: Seal) -> int:
    size = 0
    try:
        while piece := file.read(_PIECE):
            seal.update(piece)
            size += len(piece)
        file.seek(0)
    except OSError as error:
        raise StreamBrokeError from error
    return size
