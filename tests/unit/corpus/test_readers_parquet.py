"""Parquet: rows by number, cut anywhere, damaged anywhere."""

import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus.readers import ReadOptions, Record, locate, read
from corpus.slices import WHOLE, Slice
from provenance.errors import GovernanceError
from provenance.ids import FileId

OPTIONS = ReadOptions("record", "text", "id", record_limit_bytes=1000)


def found(path: Path, *bounds: tuple[int, int]) -> list[Record]:
    """Read a file slice by slice."""
    file = FileId(bytes(16))
    slices = [Slice(file, str(path), "parquet", start, end) for start, end in bounds or (WHOLE,)]
    return [record for part in slices for record in read(part, OPTIONS, lambda n: hashlib.sha256(bytes([n % 256])))]


def write(path: Path, **columns: pa.Array) -> Path:
    """Write a table in row groups of three."""
    pq.write_table(pa.table(columns), path, row_group_size=3, data_page_size=64, use_dictionary=False)
    return path


def test_rows_are_records_by_number(tmp_path: Path) -> None:
    """A row's position is its number, its raw bytes the text's UTF-8, its id the user's."""
    texts = ["语料", None, "", "x" * 1001, "五", "六", "七"]
    path = write(tmp_path / "a.parquet", id=pa.array(range(7)), text=pa.array(texts))
    records = found(path)
    assert [record.position for record in records] == list(range(7))
    assert [record.reason for record in records] == ["", "text-missing", "", "record-too-long", "", "", ""]
    assert [record.external_id for record in records] == list("0123456")
    assert [record.size for record in records] == [len((text or "").encode()) for text in texts]
    for record in records:
        raw = (texts[record.position] or "").encode()
        assert record.raw_digest == hashlib.sha256(bytes([record.position]) + raw).digest()
    assert locate(str(path), "parquet", OPTIONS, 4) == "五".encode()
    with pytest.raises(GovernanceError):
        locate(str(path), "parquet", OPTIONS, 7)


def test_slices_together_are_the_whole(tmp_path: Path) -> None:
    """Cutting between any two rows changes no record."""
    path = write(tmp_path / "a.parquet", text=pa.array([str(n) for n in range(10)]))
    whole = found(path)
    assert len(whole) == 10
    for cut in range(1, 10):
        assert found(path, (0, cut), (cut, 10)) == whole


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]
)
def test_every_kind_of_string_column_is_text(tmp_path: Path, kind: pa.DataType) -> None:
    """How a writer stores strings does not matter."""
    path = write(tmp_path / "a.parquet", text=pa.array(["语料", None, "b"], pa.string()).cast(kind))
    assert [record.text for record in found(path)] == ["语料", None, "b"]


def test_bytes_that_are_no_utf8_are_one_broken_record(tmp_path: Path) -> None:
    """Parquet does not check its strings, so we do."""
    bad = pa.array([b"a", b"\xff", b"c"], pa.binary()).view(pa.string())
    assert [record.reason for record in found(write(tmp_path / "a.parquet", text=bad))] == ["", "invalid-utf8", ""]


@pytest.mark.parametrize(
    ("column", "values", "reason"),
    [("body", ["a", "b"], "wrong-columns"), ("text", [1, 2], "text-missing"), ("text", [b"a", b"b"], "text-missing")],
)
def test_a_file_without_text_gives_a_record_per_row(
    tmp_path: Path, column: str, values: list[object], reason: str
) -> None:
    """Rows without a usable text column are items all the same."""
    records = found(write(tmp_path / "a.parquet", **{column: pa.array(values)}))
    assert [(record.position, record.reason) for record in records] == [(0, reason), (1, reason)]


def test_a_file_cut_short_is_one_rejected_item(tmp_path: Path) -> None:
    """Without its footer a Parquet file cannot be read at all, wherever it was cut."""
    path = write(tmp_path / "a.parquet", text=pa.array([str(n) for n in range(10)]))
    content = path.read_bytes()
    for length in range(1, len(content), 7):
        path.write_bytes(content[:length])
        (record,) = found(path)
        assert (record.position, record.reason) == (0, "damaged-file")


def test_damage_inside_costs_one_row_group(tmp_path: Path) -> None:
    """A changed page marks the first lost row; the rows before it and the other row groups stay."""
    path = tmp_path / "a.parquet"
    texts = [f"{n:04}" * 20 for n in range(900)]
    pq.write_table(pa.table({"text": texts}), path, row_group_size=300, use_dictionary=False, compression="zstd")
    assert len(found(path)) == 900
    content = bytearray(path.read_bytes())
    start = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    content[start : start + 8] = b"\xff" * 8
    path.write_bytes(content)
    records = found(path)
    assert [record.position for record in records if record.reason] == [300]
    assert [record.reason for record in records if record.reason] == ["file-broke-off"]
    assert {record.text for record in records if record.text} == {*texts[:300], *texts[600:]}


def test_a_changed_byte_never_raises(tmp_path: Path) -> None:
    """Any byte of a small file may be changed: the reader answers with records."""
    path = write(tmp_path / "a.parquet", text=pa.array([str(n) for n in range(10)]))
    content = path.read_bytes()
    for place in range(0, len(content), 3):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
        assert found(path)
