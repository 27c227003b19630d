"""Which formats there are, told by the ending of a file's name, and what all of them agree on."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

JSONL: Final = "jsonl"
CSV: Final = "csv"
TSV: Final = "tsv"
TEXT: Final = "text"
MARKDOWN: Final = "markdown"
HTML: Final = "html"
WARC: Final = "warc"
PARQUET: Final = "parquet"
ZIP: Final = "zip"
TAR: Final = "tar"
DOCX: Final = "docx"
PDF: Final = "pdf"
MEDIUM: Final = "medium"
UNSUPPORTED: Final = "unsupported"

ARCHIVES: Final = frozenset({ZIP, TAR})
"""Families of files whose members are files of their own."""

MARK: Final = b"\xef\xbb\xbf"
"""The UTF-8 byte order mark."""

OTHER_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
"""Byte order marks of UTF-16 and UTF-32 (the little-endian one of UTF-32 begins like that of UTF-16)."""

_ENDINGS: Final[Mapping[str, str]] = {
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".csv": CSV,
    ".tsv": TSV,
    ".tab": TSV,
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), HTML),
    ".warc": WARC,
    ".wet": WARC,
    ".tar": TAR,
}
_COMPRESSIONS: Final[Mapping[str, str]] = {".gz": "gzip", ".zst": "zstd", ".bz2": "bzip2", ".xz": "xz"}
_WHOLE_ENDINGS: Final[Mapping[str, str]] = {
    ".parquet": PARQUET,
    ".zip": ZIP,
    ".tgz": f"{TAR}+gzip",
    ".tbz2": f"{TAR}+bzip2",
    ".txz": f"{TAR}+xz",
    ".tzst": f"{TAR}+zstd",
    ".docx": DOCX,
    ".docm": DOCX,
    ".pdf": PDF,
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff"), MEDIUM),
    **dict.fromkeys((".wav", ".mp3", ".flac", ".ogg", ".oga", ".opus", ".m4a"), MEDIUM),
    **dict.fromkeys((".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi"), MEDIUM),
}
"""Formats that are told by the last ending alone and are not read compressed."""


def format_of(path: str | os.PathLike[str]) -> str:
    """Name the format of a file by the ending of its name, in either case.

    Returns:
        ``jsonl``, ``csv`` or ``text``, each perhaps with ``+gzip`` or ``+zstd``; ``parquet``; or ``unsupported``.
    """
    endings = [ending.lower() for ending in Path(path).suffixes]
    if endings and endings[-1] in _WHOLE_ENDINGS:
        return _WHOLE_ENDINGS[endings[-1]]
    compression = _COMPRESSIONS.get(endings[-1], "") if endings else ""
    if compression:
        endings.pop()
    family = _ENDINGS.get(endings[-1], UNSUPPORTED) if endings else UNSUPPORTED
    return f"{family}+{compression}" if compression and family != UNSUPPORTED else family


def parts_of(name: str) -> tuple[str, str]:
    """Return a format's family and its compression, which may be empty."""
    family, _, compression = name.partition("+")
    return family, compression


def is_cuttable(name: str, unit: str) -> bool:
    """Say whether a file of this format may be read in slices: newline-delimited and plain, or Parquet."""
    return name in {JSONL, PARQUET} or (name == TEXT and unit == "line")
