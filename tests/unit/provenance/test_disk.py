"""Mount tables of Linux and macOS are read rightly, and what a disk refuses becomes a sentence."""

import errno
from pathlib import Path

import pytest

from provenance import disk
from provenance.errors import ExitCode, GovernanceError

MOUNTINFO = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
31 22 0:40 / /mnt/share rw - nfs4 server:/export rw,vers=4.2
32 31 0:41 / /mnt/share/local rw - xfs /dev/vdb rw
33 22 0:42 / /mnt/with\040space rw - cifs //server/share rw
34 22 0:43 / /mnt/over rw - nfs server:/old rw
35 22 0:44 / /mnt/over rw - ext4 /dev/vdc rw
36 22 0:45 / /mnt/home rw,nosuid shared:7 master:2 - fuse.sshfs me@server: rw
"""
MOUNT = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//me@server/share on /Volumes/My Share (smbfs, nodev, nosuid, mounted by me)
server:/export on /Volumes/nfs (nfs)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me/w", "ext4"),
        ("/mnt/share/w", "nfs4"),
        ("/mnt/share", "nfs4"),
        ("/mnt/shareholders", "ext4"),
        ("/mnt/share/local/w", "xfs"),
        ("/mnt/with space/w", "cifs"),
        ("/mnt/over/w", "ext4"),
        ("/mnt/home/w", "fuse.sshfs"),
    ],
)
def test_the_longest_and_latest_mount_counts(path: str, kind: str) -> None:
    """A path belongs to its longest mount point, and of two mounts on one point to the later."""
    assert disk.kind_under(Path(path), disk.linux_mounts(MOUNTINFO)) == kind


def test_the_mount_table_of_macos_is_read() -> None:
    """Names with blanks and kinds with or without options are told apart."""
    table = disk.bsd_mounts(MOUNT)
    kinds = [disk.kind_under(Path(path), table) for path in ("/Users/me", "/Volumes/My Share/w", "/Volumes/nfs")]
    assert kinds == ["apfs", "smbfs", "nfs"]
    assert disk.NETWORK_KINDS.issuperset(kinds[1:])
    assert "apfs" not in disk.NETWORK_KINDS


def test_this_machine_knows_its_file_system(tmp_path: Path) -> None:
    """The file system under a folder of this machine has a name."""
    assert disk.file_system(tmp_path)


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "Free space"),
        (errno.EROFS, "right to read and write"),
        (errno.ENOENT, "exists"),
        (errno.EIO, "Check the disk"),
    ],
)
def test_each_refusal_has_its_remedy(tmp_path: Path, number: int, remedy: str) -> None:
    """A full, a read-only, a missing and a broken disk are told apart."""
    with pytest.raises(GovernanceError) as told, disk.told("write", tmp_path):
        raise OSError(number, "system's words")
    assert remedy in told.value.remedy
    assert told.value.exit_code is ExitCode.ENVIRONMENT
