"""What a disk must be asked for: bytes that survive a power cut, and on which kind of file system a path stands.

A visible file is a whole file: bytes go to a temporary name, are flushed, and only then take their own name; the
folder is flushed last, because the name lives in the folder.
"""

import contextlib
import errno
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from provenance.errors import ExitCode, GovernanceError

NETWORK_KINDS = frozenset(
    [
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.ceph",
        "fuse.cephfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.gcsfuse",
        "fuse.juicefs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.smbnetfs",
        "fuse.sshfs",
        "gfs2",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "smb3",
        "smbfs",
        "webdav",
    ]
)
"""File systems whose locks SQLite cannot rely on, as mount tables name them."""


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_file(path: Path) -> None:
    """Make the bytes of a file durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def told(doing: str, where: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a sentence.

    Args:
        doing: What was being done, to follow "could not", for example "store an object".
        where: The path concerned.

    Raises:
        GovernanceError: An ``OSError`` left the block.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            remedy = "Free space on that disk, then repeat the command; nothing half-written is visible."
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            remedy = "Give this user the right to read and write there, then repeat the command."
        elif error.errno == errno.ENOENT:
            remedy = "Check that the path exists, then repeat the command."
        else:
            remedy = "Check the disk and the path, then repeat the command."
        raise GovernanceError(
            f"Could not {doing}: {os.strerror(error.errno or errno.EIO)}.",
            code="provenance.disk",
            remedy=remedy,
            where=str(where),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error


def file_system(path: Path) -> str:
    """Return the kind of file system under a path as the mount table names it, empty where it cannot be known."""
    try:
        if sys.platform == "linux":
            table = linux_mounts(Path("/proc/self/mountinfo").read_text(errors="surrogateescape"))
        else:
            listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=True, timeout=10)
            table = bsd_mounts(listed.stdout)
    except (OSError, subprocess.SubprocessError):
        return ""
    return kind_under(path.resolve(), table)


def kind_under(path: Path, table: list[tuple[str, str]]) -> str:
    """Return the kind of the mount that a path belongs to: the longest mount point, the last one mounted there."""
    best, kind = -1, ""
    for point, candidate in table:
        depth = len(Path(point).parts)
        if depth >= best and path.is_relative_to(point):
            best, kind = depth, candidate
    return kind


def linux_mounts(text: str) -> list[tuple[str, str]]:
    """Read mount points and kinds from the text of ``/proc/self/mountinfo`` (proc(5))."""
    table = []
    for line in text.splitlines():
        left, _, right = line.partition(" - ")
        point = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), left.split(" ")[4])
        table.append((point, right.split(" ")[0]))
    return table


def bsd_mounts(text: str) -> list[tuple[str, str]]:
    """Read mount points and kinds from what ``mount`` prints on macOS: ``device on /point (kind, options)``."""
    return re.findall(r"^.+? on (/.*) \((\w+)[,)]", text, flags=re.MULTILINE)
