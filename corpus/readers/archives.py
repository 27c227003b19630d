"""Archives (归档): their members, one after the other, without unpacking anything to disk.

- A member is planned as a file of its own. Its address in a plan is the archive's path and the member's label, and its
  format is the archive's, its ordinal and its own: ``a.zip!/notes.jsonl`` has the format ``zip:3/jsonl``.
- What must not be read (links, devices, ways out, archives in archives) is a member with a reason.
- The archive itself is planned too. It gives one item where it breaks off or holds nothing, and else none.
- Compressed tars can be read from their beginning only, so the last place is kept: members asked for in order are read
  in one pass.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from corpus.readers import tarred, zipped
from corpus.readers.formats import ARCHIVES, ZIP, parts_of
from corpus.readers.inflate import StreamBrokeError
from corpus.readers.members import Member
from corpus.readers.records import FILE_EMPTY, FILE_UNREADABLE, Bounds

__all__ = ["Member", "address", "content", "fault", "is_member", "member", "members", "planned", "stored_in"]

_BEHIND: Final = "\0"
"""What no path can hold stands between an archive's path and its member."""


def is_member(path: str) -> bool:
    """Say whether a path leads into an archive."""
    return _BEHIND in path


def planned(path: str, label: str) -> str:
    """Return the path of a member as plans hold it."""
    return f"{path}{_BEHIND}{label}"


def stored_in(path: str) -> str:
    """Return the file on disk that a path leads to or into."""
    return path.partition(_BEHIND)[0]


def address(path: str, route: str) -> str:
    """Return the path by which readers find a member; its label leads nowhere, as names may repeat.

    Args:
        path: A member's path in a plan.
        route: Format and ordinal, ``zip:3``.
    """
    return f"{stored_in(path)}{_BEHIND}{route}"


def members(path: str, form: str, bounds: Bounds) -> Iterator[Member]:
    """Yield an archive's members in order; folders are none.

    The content of a member must be read before the next is asked for, as far as it is wanted.

    Args:
        path: The archive.
        form: Its format: ``zip``, or ``tar`` perhaps with a compression.
        bounds: How far it may go.

    Raises:
        StreamBrokeError: It cannot be read further.
    """
    family, compression = parts_of(form)
    assert family in ARCHIVES
    try:
        yield from zipped.members(path, bounds) if family == ZIP else tarred.members(path, compression, bounds)
    except OSError as error:
        raise StreamBrokeError(whole=FILE_UNREADABLE) from error


def member(path: str, bounds: Bounds) -> Member:
    """Return a member by its address.

    Raises:
        StreamBrokeError: There is none any more.
    """
    return _reached(path, bounds)[1]


def content(path: str, bounds: Bounds) -> Iterator[bytes]:
    """Yield the bytes of a member by its address.

    Raises:
        StreamBrokeError: It cannot be read, or not further.
    """
    cursor, found = _reached(path, bounds)  # the archive is open while its cursor lives
    if found.reason:
        raise StreamBrokeError(found.reason, found.reason)
    cursor.is_begun = True
    yield from found.content()


def _reached(path: str, bounds: Bounds) -> tuple["_Cursor", Member]:
    archive, _, route = path.partition(_BEHIND)
    form, _, ordinal = route.partition(":")
    cursor = _cursor(archive, form, bounds, int(ordinal))
    return cursor, cursor.to(int(ordinal))


def fault(path: str, form: str, bounds: Bounds) -> tuple[int, str]:
    """Return how many members an archive has, and why there are not more: no word where it was read to its end."""
    cursor = _cursor(path, form, bounds, None)
    try:
        cursor.to_end()
    except StreamBrokeError as error:
        return cursor.count, error.reason if cursor.count else error.whole
    return cursor.count, "" if cursor.count else FILE_EMPTY


class _Cursor:
    """A place between two members of an archive, from which only the later ones are in reach."""

    def __init__(self, key: tuple[object, ...], found: Iterator[Member]) -> None:
        self.key = key
        self.count = 0
        self.is_begun = False
        self._is_over = False
        self._found = found
        self._here: Member | None = None
        self._broke: StreamBrokeError | None = None

    def can_reach(self, ordinal: int | None) -> bool:
        if ordinal is None or self._here is None:
            return True
        if self._is_over:  # the archive is closed
            return False
        return self._here.ordinal < ordinal or (self._here.ordinal == ordinal and not self.is_begun)

    def to(self, ordinal: int) -> Member:
        while self._here is None or self._here.ordinal < ordinal:
            if not self._advances():
                break
        if self._here is None or self._here.ordinal != ordinal:
            raise StreamBrokeError(whole=FILE_UNREADABLE)
        return self._here

    def to_end(self) -> None:
        while self._advances():
            pass

    def _advances(self) -> bool:
        if self._broke:
            raise self._broke
        try:
            after = next(self._found, None)
        except StreamBrokeError as error:
            self._broke, self._is_over = error, True
            raise
        if after is None:
            self._is_over = True
            return False
        self._here, self.is_begun = after, False
        self.count += 1
        return True


_last: _Cursor | None = None


def _cursor(path: str, form: str, bounds: Bounds, ordinal: int | None) -> _Cursor:
    """Return the cursor of an archive that can still reach a member, or its end: the last one, or a new one."""
    global _last  # noqa: PLW0603  # the one place kept, so that a unit's members are read in one pass
    try:
        status = Path(path).stat()
    except OSError as error:
        raise StreamBrokeError(whole=FILE_UNREADABLE) from error
    key = (path, form, bounds, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    if _last is None or _last.key != key or not _last.can_reach(ordinal):
        _last = _Cursor(key, members(path, form, bounds))
    return _last
