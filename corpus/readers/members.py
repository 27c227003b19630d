"""One member of an archive, and what its name and its kind forbid."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from corpus.readers.records import ARCHIVE_PATH_ESCAPE

_DRIVE: Final = re.compile(r"[A-Za-z]:")
_LABEL_CHARACTERS: Final = 255


class Member(NamedTuple):
    """A member (成员) of an archive as it was found.

    ``ordinal`` counts the archive's entries from 0, folders included. ``label`` is its name as far as it can be told;
    ``reason`` says why it must not be read, where it must not. ``content`` begins to read it and raises
    ``StreamBrokeError`` where it breaks off.
    """

    ordinal: int
    label: str
    reason: str
    content: Callable[[], Iterator[bytes]]


def nothing() -> Iterator[bytes]:
    """Return the content of a member that is not read."""
    return iter(())


def label_of(name: bytes) -> str:
    """Return a member's name: UTF-8, else GB18030 as Chinese packers write it, else bytes that stand for themselves.

    Long names keep their end, where the file's own name and its ending are.
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)[-_LABEL_CHARACTERS:]
        except UnicodeDecodeError:
            continue
    return name.decode("utf-8", "surrogateescape")[-_LABEL_CHARACTERS:]


def escape_reason(name: bytes) -> str:
    """Return the reason why a name would lead out of the folder it is unpacked to, or nothing."""
    steps = name.replace(b"\\", b"/").split(b"/")
    leads_out = not steps[0] or b".." in steps or bool(_DRIVE.match(steps[0][:2].decode("latin-1")))
    return ARCHIVE_PATH_ESCAPE if leads_out else ""
