"""The object store: files named by their digests, whole or absent, never changed.

The order is always the same: finished temporary file, digest, flush, rename under the digest's name, flush of the
folder. A rename that is repeated is harmless, so a job killed anywhere can simply run again.
"""

import contextlib
import hashlib
import io
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from provenance.disk import flush_folder, told
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import Digest

_DIGEST_FORM = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1 << 20


class ObjectStore:
    """Content-addressed files (内容寻址文件) under one folder.

    Args:
        root: The folder; it is made when the first object comes.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, path: Path) -> Digest:
        """Take a finished file in: it leaves its place and stands here under its digest.

        Across file systems the bytes are copied and the original is removed last.

        Args:
            path: A regular file that nobody writes to any more.

        Returns:
            SHA-256 of its bytes.

        Raises:
            GovernanceError: It is no regular file, or the disk refuses.
        """
        with told("store an object", path):
            _demand_regular(path)
            folder = self._temporary_folder()
            if path.stat().st_dev != folder.stat().st_dev:
                stored = self.put_copy(path)
                path.unlink()
                return stored
            with path.open("rb") as source:
                content = Digest(hashlib.file_digest(source, "sha256").hexdigest())
                os.fsync(source.fileno())
            self._settle(path, content)
            return content

    def put_copy(self, path: Path) -> Digest:
        """Take a copy of a file in and leave the file where it is: a user's own evidence, for example.

        Raises:
            GovernanceError: It is no regular file, or the disk refuses.
        """
        with told("store an object", path):
            _demand_regular(path)
            with path.open("rb") as source:
                return self._write(iter(lambda: source.read(_BLOCK), b""))

    def put_bytes(self, content: bytes) -> Digest:
        """Store bytes.

        Raises:
            GovernanceError: The disk refuses.
        """
        with told("store an object", self.root):
            return self._write(iter((content,)))

    def has(self, digest: Digest) -> bool:
        """Return whether an object is here."""
        return self._place(digest).is_file()

    def path(self, digest: Digest) -> Path:
        """Return where an object stands, for readers that want a path.

        Raises:
            GovernanceError: It is not here.
        """
        place = self._place(digest)
        if not place.is_file():
            raise GovernanceError(
                "A stored object that the ledger names is missing.",
                code="provenance.object-missing",
                remedy="Restore the workspace's folder from a backup, then run `yuliao doctor`.",
                where=str(place),
                exit_code=ExitCode.ENVIRONMENT,
            )
        return place

    def open(self, digest: Digest) -> io.BufferedReader:
        """Open an object for reading; the caller closes it.

        Raises:
            GovernanceError: It is not here or cannot be read.
        """
        place = self.path(digest)
        with told("read an object", place):
            return place.open("rb")

    def check(self, digest: Digest) -> None:
        """Read an object through and compare its bytes with its name.

        Raises:
            GovernanceError: It is not here, or its bytes are others.
        """
        with self.open(digest) as stored, told("read an object", self._place(digest)):
            if hashlib.file_digest(stored, "sha256").hexdigest() != digest:
                raise GovernanceError(
                    "A stored object does not have the bytes that its name promises.",
                    code="provenance.object-damaged",
                    remedy="Restore this file from a backup; the ledger tells which shard or evidence it is.",
                    where=str(self._place(digest)),
                    exit_code=ExitCode.VERIFICATION_FAILED,
                )

    def list(self) -> Iterator[Digest]:
        """Yield the digests of all objects, sorted."""
        for place in sorted(self.root.glob("[0-9a-f][0-9a-f]/*")):
            if _DIGEST_FORM.fullmatch(place.name) and place.parent.name == place.name[:2]:
                yield Digest(place.name)

    def _place(self, digest: Digest) -> Path:
        if not _DIGEST_FORM.fullmatch(digest):
            raise ValueError("an object is named by 64 lower-case hexadecimal digits")
        return self.root / digest[:2] / digest

    def _temporary_folder(self) -> Path:
        folder = self.root / "tmp"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _write(self, blocks: Iterator[bytes]) -> Digest:
        handle, name = tempfile.mkstemp(dir=self._temporary_folder())
        temporary = Path(name)
        try:
            running = hashlib.sha256()
            with os.fdopen(handle, "wb") as target:
                for block in blocks:
                    running.update(block)
                    target.write(block)
                target.flush()
                os.fsync(target.fileno())
            content = Digest(running.hexdigest())
            self._settle(temporary, content)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        return content

    def _settle(self, temporary: Path, content: Digest) -> None:
        place = self._place(content)
        if place.is_file():
            temporary.unlink()
            return
        if not place.parent.is_dir():
            place.parent.mkdir(exist_ok=True)
            flush_folder(self.root)
        temporary.chmod(stat.S_IMODE(temporary.stat().st_mode) & ~0o222)  # written once, read for ever
        temporary.rename(place)
        flush_folder(place.parent)


def _demand_regular(path: Path) -> None:
    if not stat.S_ISREG(path.lstat().st_mode):
        raise GovernanceError(
            "Only a regular file can be stored.",
            code="provenance.not-a-file",
            remedy="Give the file itself, not a folder, a link or a device.",
            where=str(path),
        )
