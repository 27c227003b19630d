"""Slices: the parts of files that work units read, cut without looking at what the files hold.

Newline-delimited plain UTF-8 may be cut at any byte, since a slice owns the records that *start* in it; Parquet is cut
between row groups; everything else is read in one piece.
"""

from corpus.readers.formats import PARQUET, UNSUPPORTED, format_of, is_cuttable
from corpus.readers.parquet import row_groups
from corpus.readers.records import WHOLE, Slice

__all__ = ["UNSUPPORTED", "WHOLE", "Slice", "cut", "format_of"]


def cut(path: str, format_name: str, unit: str, size: int, unit_bytes: int) -> list[tuple[int, int]]:
    """Cut a file into slices of about one work unit each.

    Args:
        path: The file.
        format_name: Its format, as :func:`format_of` names it.
        unit: What one item is: record, line or file.
        size: The file's size; bytes, negative where it could not be read.
        unit_bytes: Size of a slice; bytes, at least 1.

    Returns:
        Half-open bounds that cover the file without overlap, in order; at least one.
    """
    if size <= unit_bytes or not is_cuttable(format_name, unit):
        return [WHOLE]
    if format_name == PARQUET:
        return _cut_rows(path, unit_bytes)
    return [(start, min(start + unit_bytes, size)) for start in range(0, size, unit_bytes)]


def _cut_rows(path: str, unit_bytes: int) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    start = end = held = 0
    for rows, size in row_groups(path):
        end, held = end + rows, held + size
        if held >= unit_bytes and end > start:
            bounds.append((start, end))
            start, held = end, 0
    if end > start:
        bounds.append((start, end))
    return bounds or [WHOLE]
