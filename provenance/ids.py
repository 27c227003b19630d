"""Who is who: workspaces, sources, files and items, named by what they are and never by where or when they were read.

- A file is named by its workspace, its source and its bytes: the same bytes under another path are the same file.
- An item (条) is a file and a position. Path, work unit, job and time are no part of the name, so any cutting of the
  work, by one worker or many, gives the same names.
"""

import base64
import hashlib
import hmac
import re
import secrets
from typing import NamedTuple, NewType, Self

from provenance.errors import GovernanceError

WorkspaceId = NewType("WorkspaceId", str)
SourceId = NewType("SourceId", str)
ClauseId = NewType("ClauseId", str)
JobId = NewType("JobId", str)
Digest = NewType("Digest", str)
"""SHA-256 as 64 lower-case hexadecimal digits."""
FileId = NewType("FileId", bytes)
"""16 bytes."""

_ITEM_FORM = re.compile(r"i1-([a-z2-7]{26})-(0|[1-9][0-9]{0,19})")
_SOURCE_FORM = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_POSITION_LIMIT = 2**64


def new_workspace_id() -> WorkspaceId:
    """Return a fresh random workspace id, ``w-`` and 26 base32 characters."""
    return WorkspaceId(f"w-{_base32(secrets.token_bytes(16))}")


def source_id(text: str) -> SourceId:
    """Read a source id: lower-case letters, digits and hyphens, at most 63, so that it is safe in any path.

    Raises:
        GovernanceError: The text has another form.
    """
    if not _SOURCE_FORM.fullmatch(text):
        raise GovernanceError(
            "A source id has 1 to 63 lower-case letters, digits and hyphens and begins with a letter or digit.",
            code="provenance.bad-source-id",
            remedy="Choose such an id in the declaration's field `id`.",
        )
    return SourceId(text)


def digest(content: bytes) -> Digest:
    """Return the SHA-256 of the bytes as hexadecimal digits."""
    return Digest(hashlib.sha256(content).hexdigest())


def file_id(workspace: WorkspaceId, source: SourceId, content: Digest) -> FileId:
    """Name a file (语料文件) of a source by its bytes.

    Args:
        workspace: The workspace that takes it in.
        source: The source that declares it.
        content: SHA-256 of the file's bytes.

    Returns:
        The first 16 bytes of a SHA-256 over a version tag and the three, separated by zero bytes.
    """
    parts = (b"yuliao/file/1", workspace.encode(), source.encode(), bytes.fromhex(content))
    return FileId(hashlib.sha256(b"\0".join(parts)).digest()[:16])


def print_file(file: FileId) -> str:
    """Print a file's id as the first part of its items' ids, ``i1-<26 base32 characters>``."""
    return f"i1-{_base32(file)}"


def parse_file(text: str) -> FileId:
    """Read a printed file id.

    Raises:
        GovernanceError: The text is not the printed form.
    """
    return ItemId.parse(f"{text}-0").file


class ItemId(NamedTuple):
    """One item (语料条目): a file and where in it.

    ``position`` is an unsigned 64-bit integer: the byte offset of the record in the decompressed stream for JSONL, CSV
    and text lines, the row number for Parquet, 0 where the file is the item.
    """

    file: FileId
    position: int

    def __str__(self) -> str:
        """Print as ``i1-<26 base32 characters>-<position>``."""
        return f"{print_file(self.file)}-{self.position}"

    def encode(self) -> bytes:
        """Return 24 bytes: the file id and the position, big-endian, so that bytes sort as items do."""
        return self.file + self.position.to_bytes(8, "big")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the printed form.

        Raises:
            GovernanceError: The text is not the printed form of an item id.
        """
        match = _ITEM_FORM.fullmatch(text)
        if match is None or int(match[2]) >= _POSITION_LIMIT:
            raise GovernanceError(
                "This is no item id.",
                code="provenance.bad-item-id",
                remedy="An item id looks like i1-<26 letters and digits>-<position>; "
                "`yuliao quarantine list` and the console print them.",
            )
        return cls(FileId(base64.b32decode(match[1].upper() + "======")), int(match[2]))


def item_key(workspace_key: bytes, item: ItemId) -> bytes:
    """Derive the key ``k_item`` that salts every digest over the item's content.

    Without it an erased line could be guessed from its digest, since a telephone number has little entropy.

    Args:
        workspace_key: 32 secret bytes that live outside the workspace.
        item: The item.

    Returns:
        32 bytes, HMAC-SHA-256.
    """
    return hmac.digest(workspace_key, b"yuliao/item/1\0" + item.encode(), "sha256")


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()
