"""Slices: the parts of files that work units read, cut without looking at what the files hold.

Newline-delimited plain text may be cut at any byte, since a slice owns the records that *start* in it; Parquet is cut
between row groups; UTF-16 and all else is read in one piece. The members of an archive stay together, in its order.
"""

from collections.abc import Iterable

from corpus.readers.archives import is_member, planned, stored_in
from corpus.readers.formats import ARCHIVES, PARQUET, UNSUPPORTED, format_of, is_cuttable, parts_of
from corpus.readers.names import printed, unprinted
from corpus.readers.openings import is_wide
from corpus.readers.parquet import row_groups
from corpus.readers.records import WHOLE, Slice

__all__ = [
    "UNSUPPORTED",
    "WHOLE",
    "Slice",
    "cut",
    "format_of",
    "in_order",
    "is_archive",
    "is_member",
    "is_one_stream",
    "planned",
    "printed",
    "stored_in",
    "unprinted",
]


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
    if is_wide(path):
        return [WHOLE]
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


def is_archive(format_name: str) -> bool:
    """Say whether the members of a file of this format are files of their own."""
    return parts_of(format_name)[0] in ARCHIVES and "/" not in format_name


def is_one_stream(part: Slice) -> bool:
    """Say whether a slice is of an archive that can be read from its beginning only, and should be in one go."""
    archive = part.format.partition("/")[0].partition(":")[0]
    return is_archive(archive) and bool(parts_of(archive)[1])


def in_order(parts: Iterable[Slice]) -> list[Slice]:
    """Return slices in the order of reading: by file and place, the members of an archive in its order, itself last.

    An archive stands where the smallest id of its files here stands, so that its path has no part in the order.
    """
    parts = list(parts)
    first: dict[str, bytes] = {}
    for part in parts:
        place = stored_in(part.path)
        first[place] = min(first.get(place, part.file), part.file)

    def key(part: Slice) -> tuple[bytes, int, bool, int, bytes, int]:
        route, slash, _ = part.format.partition("/")
        ordinal = int(route.partition(":")[2]) if slash else -1
        return first[stored_in(part.path)], part.start, not slash, ordinal, part.file, part.end

    return sorted(parts, key=key)
