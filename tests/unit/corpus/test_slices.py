"""Formats by their ending, and slices that cover a file."""

import itertools
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.slices import WHOLE, cut, format_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jsonl", "jsonl"),
        ("a.b.NDJSON", "jsonl"),
        ("a.jsonl.gz", "jsonl+gzip"),
        ("a.csv.zst", "csv+zstd"),
        ("dir.jsonl/a.txt", "text"),
        ("a.parquet", "parquet"),
        ("a.parquet.gz", "unsupported"),
        ("a.gz", "unsupported"),
        ("a.tsv.gz", "tsv+gzip"),
        ("a.md", "markdown"),
        ("a.HTM", "html"),
        ("CC-MAIN.warc.gz", "warc+gzip"),
        ("a.xyz", "unsupported"),
        ("jsonl", "unsupported"),
        ("", "unsupported"),
    ],
)
def test_the_ending_says_the_format(name: str, expected: str) -> None:
    """Only the end of the name decides, in either case."""
    assert format_of(name) == expected
    assert format_of(Path(name)) == expected


@given(size=st.integers(1, 10**6), unit_bytes=st.integers(100, 10**6))
def test_slices_cover_the_file_without_overlap(size: int, unit_bytes: int) -> None:
    """Every byte belongs to one slice, none of which is larger than a unit."""
    bounds = cut("a.jsonl", "jsonl", "record", size, unit_bytes)
    if bounds == [WHOLE]:
        assert size <= unit_bytes
        return
    assert [bounds[0][0], bounds[-1][1]] == [0, size]
    assert all(before[1] == after[0] for before, after in itertools.pairwise(bounds))
    assert all(0 < end - start <= unit_bytes for start, end in bounds)


@pytest.mark.parametrize(
    ("format_name", "unit"),
    [("jsonl+gzip", "record"), ("csv", "record"), ("text", "file"), ("text+zstd", "line"), ("unsupported", "record")],
)
def test_what_cannot_be_cut_is_read_whole(format_name: str, unit: str) -> None:
    """Compressed files, CSV and whole texts are one slice, however large; so is what could not be read."""
    assert cut("a", format_name, unit, 10**9, 1000) == [WHOLE]
    assert cut("a", "jsonl", unit, -1, 1000) == [WHOLE]


def test_parquet_is_cut_between_row_groups(tmp_path: Path) -> None:
    """Slices of Parquet are rows, whole row groups at a time; a damaged file is one slice."""
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [str(n) for n in range(100)]}), path, row_group_size=10)
    size = path.stat().st_size
    bounds = cut(str(path), "parquet", "record", size, size // 4)
    assert len(bounds) > 1
    assert [bounds[0][0], bounds[-1][1]] == [0, 100]
    assert all(before[1] == after[0] for before, after in itertools.pairwise(bounds))
    assert all(start % 10 == 0 for start, _ in bounds)
    path.write_bytes(path.read_bytes()[:-1])
    assert cut(str(path), "parquet", "record", size, size // 4) == [WHOLE]
