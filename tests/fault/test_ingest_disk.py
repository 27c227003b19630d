"""A disk that is full or tears files during an ingest: one sentence, exit code 4, and the same command goes on."""

import contextlib
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus import shards
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import Digest
from tests.fakes.workroom import Workroom

pytestmark = pytest.mark.fault

Shards = list[tuple[int, str, str, str]]


@pytest.fixture
def file(room: Workroom) -> Path:
    """Give an input of three work units that hardly compresses, its source admitted."""
    room.set_small_units()
    room.declare("disk")
    chance = random.Random(1)
    characters = [chr(code) for code in range(0x4E00, 0x9000)]
    return room.write_texts("disk.jsonl", ["".join(chance.choices(characters, k=900)) for _ in range(900)])


def _sealed(room: Workroom) -> Shards:
    return [(each.unit, each.items, each.admitted_text, each.quarantined_text) for each in room.shards()]


@pytest.fixture
def undisturbed(room: Workroom, file: Path) -> Shards:
    """Give the shards of a run that nothing disturbs, in a copy of the workspace."""
    workspace, kept = room.folder / "workspace", room.folder / "kept"
    shutil.copytree(workspace, kept)
    Workroom.open(room.folder).ingest("disk", file)
    found = _sealed(Workroom.open(room.folder))
    shutil.rmtree(workspace)
    kept.rename(workspace)
    assert len(found) >= 3
    return found


def _ingest(room: Workroom, file: Path, *, largest_file: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line, perhaps in a process that may write no file larger than so many bytes."""

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))

    words = ["-q", "-w", str(room.folder / "workspace"), "ingest", "disk", str(file), "--workers", "1"]
    return subprocess.run(
        [sys.executable, "-P", "-c", "from ui.cli.app import main; main()", *words],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,  # this process has no other thread now
    )


def _is_one_sentence(done: subprocess.CompletedProcess[str]) -> bool:
    """Say whether a failed command told its user what to do, and nothing that only a programmer reads."""
    words = done.stderr.strip()
    is_told = words.count("\n") == 0 and words.endswith("]") and "fault of the program" not in words
    return done.returncode == ExitCode.ENVIRONMENT and not done.stdout and is_told


@pytest.mark.parametrize("largest_file", [1_000, 100_000, 700_000])
def test_a_disk_that_refuses(room: Workroom, file: Path, undisturbed: Shards, largest_file: int) -> None:
    """Wherever the disk refuses to write on, catalogue, keys or shards, the same command resumes to the same shards."""
    failed = _ingest(room, file, largest_file=largest_file)
    assert _is_one_sentence(failed), failed.stderr
    again = _ingest(room, file)
    assert again.returncode == ExitCode.FINE, again.stderr
    assert _sealed(Workroom.open(room.folder)) == undisturbed


@contextlib.contextmanager
def _small_disk(room: Workroom, size: int) -> Iterator[Path]:
    """Put the workspace on a disk of so many bytes."""
    workspace, moved = room.folder / "workspace", room.folder / "moved"
    workspace.rename(moved)
    workspace.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(workspace)]
    if subprocess.run(["mount", *options], capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk; the test above fills one by another way")
    try:
        shutil.copytree(moved, workspace, dirs_exist_ok=True)
        yield workspace
    finally:
        subprocess.run(["umount", "-l", str(workspace)], check=True)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root may mount a small disk")
@pytest.mark.parametrize("free", [0, 200_000, 1_500_000])
def test_a_full_disk(room: Workroom, file: Path, undisturbed: Shards, free: int) -> None:
    """On a disk that is really full the job stops with one sentence, and goes on once there is room."""
    with _small_disk(room, 24 * 2**20) as disk:
        ballast = disk / "ballast"
        status = os.statvfs(disk)
        ballast.write_bytes(bytes(status.f_bavail * status.f_frsize - free))
        failed = _ingest(room, file)
        assert _is_one_sentence(failed), failed.stderr
        ballast.unlink()
        room = Workroom.open(room.folder)
        room.ingest("disk", file)
        assert _sealed(room) == undisturbed
        assert not list((disk / "work").glob("ingest-*")), "unfinished work was left behind"
        room.house.workspace.database.close()


def _stop_at(step: str, at: int, act: Callable[[], None]) -> Callable[[str, int, int], None]:
    def watch(name: str, done: int, _total: int) -> None:
        if (name, done) == (step, at):
            act()

    return watch


def _interrupt() -> None:
    raise KeyboardInterrupt


def _cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _lose_a_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(64)
        file.write(bytes(4096))


def _scratch(room: Workroom, name: str) -> Path:
    (found,) = (room.folder / "workspace" / "work").glob(f"ingest-*/{name}")
    return found


@pytest.mark.parametrize("tear", [_cut_short, _lose_a_page])
def test_keys_torn_by_the_disk(room: Workroom, file: Path, undisturbed: Shards, tear: Callable[[Path], None]) -> None:
    """A key file that the disk spoilt between two runs is named an error once, and made anew by the same command."""
    room = Workroom.open(room.folder)
    with pytest.raises(KeyboardInterrupt):
        room.ingest("disk", file, progress=_stop_at("sign", 2, _interrupt))
    tear(_scratch(room, "keys-00000001.parquet"))
    with pytest.raises(GovernanceError) as failed:
        room.ingest("disk", file)
    assert (failed.value.code, failed.value.exit_code) == ("corpus.item-search-failed", ExitCode.ENVIRONMENT)
    room.ingest("disk", file)
    assert _sealed(room) == undisturbed


def test_torn_keys_that_are_kept_are_noticed(room: Workroom, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded bug, torn keys stay where they are, makes the same command fail for ever."""
    with pytest.raises(KeyboardInterrupt):
        room.ingest("disk", file, progress=_stop_at("sign", 2, _interrupt))
    _cut_short(_scratch(room, "keys-00000001.parquet"))
    monkeypatch.setattr(shards, "is_whole", lambda _: True)
    for _ in range(2):
        with pytest.raises(GovernanceError, match="search over the items"):
            room.ingest("disk", file)


@pytest.mark.parametrize("tear", [_cut_short, _lose_a_page])
def test_a_list_of_duplicates_torn_between_two_runs(
    room: Workroom, file: Path, undisturbed: Shards, tear: Callable[[Path], None]
) -> None:
    """The second pass is simply done again."""
    room = Workroom.open(room.folder)
    with pytest.raises(KeyboardInterrupt):
        room.ingest("disk", file, progress=_stop_at("decide", 1, _interrupt))
    tear(_scratch(room, "repeats.parquet"))
    room.ingest("disk", file)
    assert _sealed(room) == undisturbed


def test_a_list_of_duplicates_torn_under_way(room: Workroom, file: Path, undisturbed: Shards) -> None:
    """The job stops with a sentence and exit code 4, and the same command finishes it."""
    room = Workroom.open(room.folder)
    tear = _stop_at("decide", 1, lambda: _cut_short(_scratch(room, "repeats.parquet")))
    with pytest.raises(GovernanceError) as failed:
        room.ingest("disk", file, progress=tear)
    assert (failed.value.code, failed.value.exit_code) == ("corpus.shard-damaged", ExitCode.ENVIRONMENT)
    room.ingest("disk", file)
    assert _sealed(room) == undisturbed


def test_a_torn_shard_of_an_earlier_ingest(room: Workroom, file: Path) -> None:
    """What is sealed and then spoilt is not passed by: the next ingest stops until the file is restored."""
    room.ingest("disk", file)
    stored = room.house.workspace.items.path(Digest(room.shards()[0].items))
    whole = stored.read_bytes()
    stored.chmod(0o644)
    _cut_short(stored)
    copy = room.write("copy.jsonl", file.read_bytes()[:-1])
    with pytest.raises(GovernanceError) as failed:
        room.ingest("disk", copy)
    assert (failed.value.code, failed.value.exit_code) == ("corpus.item-search-failed", ExitCode.ENVIRONMENT)
    stored.write_bytes(whole)
    assert room.ingest("disk", copy).items["duplicate"] == 900
