"""A line that is larger than memory should be."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import hashlib, sys
from corpus.readers import ReadOptions, read
from corpus.slices import Slice, format_of
path, size = sys.argv[1], int(sys.argv[2])
bounds = [(0, -1)] if path.endswith(".gz") else [(0, size // 3), (size // 3, size // 2), (size // 2, size)]
for start, end in bounds:
    part = Slice(bytes(16), path, format_of(path), start, end)
    for record in read(part, ReadOptions("record"), lambda _: hashlib.sha256()):
        print(record.position, record.size, record.reason or record.text)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
LINE_BYTES = 300 * 2**20


@pytest.mark.fault
@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz"])
def test_one_huge_line_leaves_memory_flat(tmp_path: Path, ending: str) -> None:
    """A line of 300 MB between two good ones is one located record, and the process stays under 200 MB."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the high-water mark of memory is read from /proc")
    path = tmp_path / f"a.{ending}"
    first, last = b'{"text": "a"}\n', b'\n{"text": "z"}\n'
    if ending == "jsonl":
        with path.open("wb") as file:
            file.write(first)
            file.seek(LINE_BYTES, 1)
            file.write(last)
    else:
        import gzip

        dense = random.Random(0).randbytes(2**19).hex().encode()  # zeros would be taken for a bomb
        with gzip.open(path, "wb", compresslevel=1) as file:
            file.write(first)
            for _ in range(LINE_BYTES // 2**20):
                file.write(dense)
            file.write(last)
    size = len(first) + LINE_BYTES + len(last)
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, str(path), str(size)],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    *records, memory_kib = done.stdout.split("\n")[:-1]
    assert records == ["0 13 a", f"14 {LINE_BYTES} record-too-long", f"{15 + LINE_BYTES} 13 z"]
    assert int(memory_kib) < 200 * 1024
