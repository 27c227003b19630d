"""Files made to break, fool or escape the reader: each gives its reasons, and nothing but that."""

import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.readers import ReadOptions, Record, read
from corpus.slices import WHOLE, Slice
from corpus.work.planning import survey
from provenance.ids import SourceId, WorkspaceId
from tests.fakes.bad_documents import bad_documents
from tests.fakes.bad_file import Bad
from tests.fakes.bad_packages import bad_packages
from tests.fakes.bad_texts import text_files

pytestmark = pytest.mark.fault

MEMORY_KIB = 300 * 1024
PROGRAM = """
import hashlib, sys
from pathlib import Path
from corpus.work.planning import survey
from corpus.readers import ReadOptions, read
from corpus.slices import WHOLE, Slice
items = 0
options = ReadOptions("record")
for file in survey("w", "s", [Path(sys.argv[1])], str):
    for record in read(Slice(file.id, file.path, file.format, *WHOLE), options, lambda _: hashlib.sha256()):
        items += 1
print(items)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def everything() -> list[Bad]:
    """Return all of them."""
    return [*bad_packages(), *bad_documents(), *text_files()]


ALL = everything()


def put(folder: Path, bad: Bad) -> Path:
    """Write a bad file into a folder, under a name that need be no text."""
    folder.mkdir()
    path = os.path.join(os.fsencode(folder), os.fsencode(bad.name))  # noqa: PTH118  # a Path is text
    with open(path, "wb") as file:  # noqa: PTH123  # likewise
        file.write(bad.content)
    return folder


def items(folder: Path) -> list[Record]:
    """Plan a folder and read all that was planned."""
    files = survey(WorkspaceId("w"), SourceId("s"), [folder], str)
    parts = (Slice(file.id, file.path, file.format, *WHOLE) for file in files)
    found = (each for part in parts for each in read(part, ReadOptions("record"), lambda _: hashlib.sha256()))
    return [each for each in found if isinstance(each, Record)]


def listing(folder: Path) -> list[tuple[str, int]]:
    """Return all that lies below a folder."""
    return sorted((str(path), path.lstat().st_mtime_ns) for path in folder.rglob("*"))


def test_there_are_enough_of_them() -> None:
    """The issue asks for 120, each under a name of its own."""
    assert len({bad.name for bad in ALL}) == len(ALL) >= 120


@pytest.mark.parametrize("bad", ALL, ids=lambda bad: ascii(bad.name))
def test_a_bad_file_gives_its_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: Bad) -> None:
    """Nothing is raised, fetched or written; every item has a text or an expected reason, and good members stay."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "none"))
    folder = put(tmp_path / "in", bad)
    before = listing(tmp_path)
    found = items(folder)
    assert listing(tmp_path) == before
    reasons = {record.reason for record in found} - {""}
    assert found
    assert reasons <= bad.reasons
    if bad.good is None:
        return
    assert bool(reasons) == bool(bad.reasons)
    assert sum(record.text is not None for record in found) == bad.good


def test_all_of_them_together_stay_small(tmp_path: Path) -> None:
    """One process that plans and reads every bad file never takes 300 MB, nor does it write anywhere."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the high-water mark of memory is read from /proc")
    for number, bad in enumerate(ALL):
        put(tmp_path / str(number), bad)
    before = listing(tmp_path)
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, str(tmp_path)],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    count, memory = map(int, done.stdout.split())
    assert count > len(ALL)
    assert memory < MEMORY_KIB, memory
    assert listing(tmp_path) == before
