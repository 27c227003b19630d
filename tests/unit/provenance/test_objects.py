"""Objects are whole or absent, named by their bytes, and never changed."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from provenance import objects
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import Digest, digest
from provenance.objects import ObjectStore


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    """An empty store."""
    return ObjectStore(tmp_path / "items")


def left_over(store: ObjectStore) -> list[Path]:
    """Return what lies in the temporary folder."""
    return list((store.root / "tmp").glob("*"))


def test_a_finished_file_moves_in(store: ObjectStore, tmp_path: Path) -> None:
    """A file that is put leaves its place and is found under its digest, read-only."""
    path = tmp_path / "shard"
    path.write_bytes(b"rows" * 1000)
    stored = store.put(path)
    assert stored == hashlib.sha256(b"rows" * 1000).hexdigest()
    assert not path.exists()
    with store.open(stored) as file:
        assert file.read() == b"rows" * 1000
    assert store.path(stored).stat().st_mode & 0o222 == 0
    assert store.has(stored)
    store.check(stored)


def test_a_copy_leaves_the_users_file(store: ObjectStore, tmp_path: Path) -> None:
    """Evidence of the user is copied; the original stays as it was."""
    path = tmp_path / "licence.pdf"
    path.write_bytes(b"licence")
    assert store.put_copy(path) == store.put_bytes(b"licence") == digest(b"licence")
    assert path.read_bytes() == b"licence"
    assert left_over(store) == []


def test_the_same_bytes_are_one_object(store: ObjectStore, tmp_path: Path) -> None:
    """Putting the same bytes again, as a resumed job does, changes nothing and leaves no temporary file."""
    first = store.put_bytes(b"same")
    before = store.path(first).stat()
    path = tmp_path / "again"
    path.write_bytes(b"same")
    assert store.put(path) == first
    assert store.path(first).stat().st_mtime_ns == before.st_mtime_ns
    assert not path.exists()
    assert list(store.list()) == [first]


def test_the_list_is_sorted_and_shows_objects_only(store: ObjectStore) -> None:
    """Listing yields digests in order, and neither temporary files nor strangers."""
    stored = [store.put_bytes(b"%d" % n) for n in range(50)]
    (store.root / "tmp" / "rest").write_bytes(b"")
    (store.root / stored[0][:2] / "stranger").write_bytes(b"")
    assert list(store.list()) == sorted(stored)
    assert list(ObjectStore(store.root / "none").list()) == []


def test_a_missing_object_is_told(store: ObjectStore) -> None:
    """Opening what is not there gives an error for people with the remedy."""
    assert not store.has(digest(b"absent"))
    with pytest.raises(GovernanceError) as told:
        store.open(digest(b"absent"))
    assert told.value.code == "provenance.object-missing"


def test_a_name_that_is_no_digest_opens_nothing(store: ObjectStore) -> None:
    """A path cannot be smuggled in as a digest."""
    store.put_bytes(b"x")
    for name in ("../../etc/passwd", "A" * 64, "", "0" * 63):
        with pytest.raises(ValueError, match="64 lower-case"):
            store.has(Digest(name))


def test_changed_bytes_are_found(store: ObjectStore) -> None:
    """An object passes its check until one of its bytes changes."""
    stored = store.put_bytes(b"bytes")
    store.check(stored)
    store.path(stored).chmod(0o600)
    store.path(stored).write_bytes(b"bytez")
    with pytest.raises(GovernanceError) as told:
        store.check(stored)
    assert told.value.exit_code is ExitCode.VERIFICATION_FAILED


def test_only_regular_files_are_stored(store: ObjectStore, tmp_path: Path) -> None:
    """A folder, a link or a pipe is refused by name and not waited for; a missing file too."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "pipe")
    store.put_copy(tmp_path / "file")
    for name in ("folder", "link", "pipe", "missing"):
        for put in (store.put, store.put_copy):
            with pytest.raises(GovernanceError) as told:
                put(tmp_path / name)
            assert name in told.value.where


@pytest.mark.parametrize("broken", ["fsync", "rename"])
def test_a_disk_that_refuses_leaves_nothing_half_written(
    store: ObjectStore, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """When the flush or the rename fails the object is absent, the temporary file gone, and a second try works."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(*((objects.os, "fsync") if broken == "fsync" else (Path, "rename")), refuse)
        with pytest.raises(GovernanceError) as told:
            store.put_bytes(b"content")
    assert told.value.code == "provenance.disk"
    assert not store.has(digest(b"content"))
    assert left_over(store) == []
    assert store.put_bytes(b"content") == digest(b"content")


def test_everything_is_flushed_before_and_after_the_rename(store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are flushed, then the name is given, then the folder with the name is flushed: in this order."""
    done: list[str] = []
    flush, rename, folder = os.fsync, Path.rename, objects.flush_folder
    store.put_bytes(b"the folders exist")
    monkeypatch.setattr(objects.os, "fsync", lambda handle: (done.append("flush"), flush(handle))[1])
    monkeypatch.setattr(Path, "rename", lambda path, target: (done.append("rename"), rename(path, target))[1])
    monkeypatch.setattr(objects, "flush_folder", lambda path: (done.append("folder"), folder(path))[1])
    stored = store.put_bytes(b"content")
    wanted = ["flush", "rename", "folder", "flush"]
    assert [step for step in done if step in wanted][-4:] == wanted
    assert store.has(stored)


def test_across_file_systems_bytes_are_copied(
    store: ObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A finished file on another device is copied in and then removed."""
    path = tmp_path / "shard"
    path.write_bytes(b"far")
    real = Path.stat

    def elsewhere(self: Path, **options: bool) -> os.stat_result:
        found = real(self, **options)
        if self != path:
            return found
        return os.stat_result((*found[:2], found.st_dev + 1, *found[3:10]))

    monkeypatch.setattr(Path, "stat", elsewhere)
    stored = store.put(path)
    monkeypatch.undo()
    assert not path.exists()
    assert store.path(stored).read_bytes() == b"far"
