"""JSON Lines, CSV and text, plain: what every kind of record becomes."""

import hashlib
from pathlib import Path

import pytest

from corpus.readers import Blank, ReadOptions, Record, locate, read
from corpus.readers.records import Beside
from corpus.slices import WHOLE, Slice, format_of
from provenance.errors import GovernanceError
from provenance.ids import FileId

RECORD = ReadOptions("record", "text", "id")


def sealer(position: int) -> "hashlib._Hash":
    """Salt the digest with the position."""
    return hashlib.sha256(str(position).encode())


def found(path: Path, options: ReadOptions = RECORD) -> list[Record | Blank]:
    """Read a whole file."""
    return list(read(Slice(FileId(bytes(16)), str(path), format_of(path), *WHOLE), options, sealer))


def one(path: Path, content: bytes, options: ReadOptions = RECORD) -> Record:
    """Write a file and read the one record in it."""
    path.write_bytes(content)
    (record,) = found(path, options)
    assert isinstance(record, Record)
    return record


def test_a_good_line_has_text_id_place_and_digest(tmp_path: Path) -> None:
    """A good record carries everything that names it, and nothing against it."""
    line = '{"id": 7, "text": "语料"}'.encode()
    record = one(tmp_path / "a.jsonl", line + b"\r\n")
    digest = hashlib.sha256(b"0" + line + b"\r").digest()
    assert record == Record(0, len(line) + 1, digest, "语料", "7", "", Beside(encoding="utf-8"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "a"', "broken-json"),
        (b'{"text": "\\ud800"}', "broken-json"),
        (b'{"text": NaN}', "broken-json"),
        (b"[" * 5000, "too-deep"),
        (b'{"text": "a", "x": ' + b"[" * 2000 + b"]" * 2000 + b"}", "too-deep"),
        (b'{"body": "a"}', "wrong-columns"),
        (b'["a"]', "wrong-columns"),
        (b'"a"', "wrong-columns"),
        (b'{"text": null}', "text-missing"),
        (b'{"text": 5}', "text-missing"),
        (b'{"text": ["a"]}', "text-missing"),
        (b'{"text": "\xff"}', "invalid-utf8"),
        ('{"text": "语料"}'.encode("gb18030"), "invalid-utf8"),
    ],
)
def test_a_broken_json_line_has_its_reason(tmp_path: Path, line: bytes, reason: str) -> None:
    """Every way to break a line has one reason, and the lines around it stay."""
    path = tmp_path / "a.jsonl"
    good = '{"text": "语料的语料"}'.encode()
    path.write_bytes(good + b"\n" + line + b"\n" + good)
    before, broken, after = found(path)
    assert before.text == after.text == "语料的语料"
    assert (broken.reason, broken.text, broken.position, broken.size) == (reason, None, len(good) + 1, len(line))


def test_a_torn_last_line_is_a_broken_record_where_it_begins(tmp_path: Path) -> None:
    """A file that stops in the middle of a line ends with one located broken record."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "a"}\n{"text": "b')
    assert [(each.position, each.reason) for each in found(path)] == [(0, ""), (14, "broken-json")]


def test_blank_lines_are_counted_apart(tmp_path: Path) -> None:
    """White space of every kind, the ideographic space included, makes no item."""
    path = tmp_path / "a.jsonl"
    path.write_bytes("\n \t\r\n\u3000\n\u00a0 \n".encode())
    assert found(path) == [Blank(0, 0), Blank(1, 3), Blank(5, 3), Blank(9, 3)]


def test_the_mark_at_the_beginning_is_no_part_of_the_first_record(tmp_path: Path) -> None:
    """A UTF-8 byte order mark moves the first position and spoils nothing."""
    record = one(tmp_path / "a.jsonl", b'\xef\xbb\xbf{"text": "a"}')
    assert (record.position, record.text) == (3, "a")


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-be"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt"])
def test_other_unicode_encodings_refuse_the_file(tmp_path: Path, encoding: str, name: str) -> None:
    """A file with the mark of UTF-32 is one rejected item, not thousands of broken ones."""
    record = one(
        tmp_path / name, "\ufeff{}\n{}\n".replace("\ufeff", "" if encoding[-1].isdigit() else "\ufeff").encode(encoding)
    )
    assert (record.position, record.reason) == (0, "encoding-unsupported")


def test_a_line_over_the_limit_is_digested_whole(tmp_path: Path) -> None:
    """An over-long line is one record with its true size and digest, and the next line is read."""
    path = tmp_path / "a.jsonl"
    long = b'{"text": "' + b"a" * 50 + b'"}'
    path.write_bytes(long + b'\n{"text": "b"}\n')
    first, second = found(path, ReadOptions("record", record_limit_bytes=20))
    assert (first.reason, first.size, first.raw_digest) == (
        "record-too-long",
        len(long),
        hashlib.sha256(b"0" + long).digest(),
    )
    assert second.text == "b"
    with pytest.raises(GovernanceError, match="longer than the record limit"):
        locate(str(path), "jsonl", ReadOptions("record", record_limit_bytes=20), 0)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt"])
def test_an_empty_file_is_one_rejected_item(tmp_path: Path, name: str, content: bytes) -> None:
    """A file without a byte, or with a mark alone, does not vanish from the count."""
    assert one(tmp_path / name, content).reason == "file-empty"


def test_what_is_no_readable_file_is_one_rejected_item(tmp_path: Path) -> None:
    """A folder, a missing file, a pipe and an unknown format are each one item at 0."""
    import os

    (tmp_path / "d.jsonl").mkdir()
    os.mkfifo(tmp_path / "p.jsonl")
    (tmp_path / "a.xyz").write_bytes(b"xyz")
    names = {
        "d.jsonl": "not-a-regular-file",
        "p.jsonl": "not-a-regular-file",
        "missing.jsonl": "file-unreadable",
        "nul\0.jsonl": "file-unreadable",
        "a.xyz": "format-unsupported",
    }
    for name, reason in names.items():
        (record,) = found(Path(f"{tmp_path}/{name}"))
        assert (record.position, record.size, record.text, record.reason) == (0, 0, None, reason)


def test_a_file_that_may_not_be_opened_is_one_rejected_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing permission is a reason, not an exception."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{}")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    (record,) = found(path)
    assert record.reason == "file-unreadable"


def test_an_error_while_reading_breaks_the_file_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails in the middle leaves the good records and one at the break."""
    from corpus.readers import streams

    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "a"}\n{"text": "b"}\n')

    def failing(*_: object) -> object:
        yield b'{"text": "a"}\n{"te'
        raise streams.StreamBrokeError

    monkeypatch.setattr(streams, "_plain", failing)
    good, broken = found(path)
    assert good.text == "a"
    assert (broken.position, broken.size, broken.reason) == (14, 4, "file-broke-off")


def test_csv_records_have_byte_offsets_and_the_header_is_no_item(tmp_path: Path) -> None:
    """A newline inside quotes belongs to its record, and positions are bytes."""
    path = tmp_path / "a.csv"
    path.write_bytes('id,text\r\n1,"语\n料, ""x"""\r\n\r\n2,5" disk\r\n'.encode())
    first, blank, second = found(path)
    assert (first.position, first.external_id, first.text) == (9, "1", '语\n料, "x"')
    assert isinstance(blank, Blank)
    assert (second.text, second.external_id) == ('5" disk', "2")
    assert locate(str(path), "csv", RECORD, second.position) == b'2,5" disk\r'


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"1", "wrong-columns"),
        (b"1,2,3", "wrong-columns"),
        (b'1,"a"b', "wrong-columns"),
        (b"1,\xff", "invalid-utf8"),
        (b'1,"never closed', "wrong-columns"),
    ],
)
def test_a_broken_csv_row_has_its_reason(tmp_path: Path, row: bytes, reason: str) -> None:
    """Every way to break a row has one reason."""
    assert one(tmp_path / "a.csv", b"id,text\n" + row + b"\n").reason == reason


@pytest.mark.parametrize("header", [b"id,body", b"text,text", b"\xd6\xd0,\xce\xc4", b'"text'])
def test_a_header_without_one_text_column_spoils_every_row(tmp_path: Path, header: bytes) -> None:
    """Rows under a wrong header are kept as items, each with the reason."""
    path = tmp_path / "a.csv"
    path.write_bytes(header + b'"\n'[header[:1] != b'"' :] + b"1,a\n2,b\n")
    assert [each.reason for each in found(path)] == ["wrong-columns"] * 2


def test_a_stray_quote_costs_no_more_than_the_limit(tmp_path: Path) -> None:
    """A quote that never closes takes the records up to the limit with it, and reading goes on behind them."""
    path = tmp_path / "a.csv"
    path.write_bytes(b'id,text\n1,"open\n' + b"2,aaaaaaaaaa\n" * 10)
    first, *others = found(path, ReadOptions("record", "text", record_limit_bytes=40))
    assert first.reason == "record-too-long"
    assert others
    assert {each.text for each in others} == {"a" * 10}


def test_text_is_read_by_lines_or_whole(tmp_path: Path) -> None:
    """The declared unit says what an item of a text file is."""
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff第一行\r\n\n第二行".encode())
    first, _, second = found(path, ReadOptions("line"))
    assert [first.text, second.text] == ["第一行", "第二行"]
    (whole,) = found(path, ReadOptions("file"))
    assert (whole.position, whole.size, whole.text) == (0, path.stat().st_size, "第一行\r\n\n第二行")
    (long,) = found(path, ReadOptions("file", record_limit_bytes=5))
    assert long.reason == "record-too-long"
    assert one(path, b"\xff\xff\x80", ReadOptions("file")).reason == "invalid-utf8"


def test_locate_says_when_nothing_begins_there(tmp_path: Path) -> None:
    """A locator that no longer fits its file gives an error that names file and place."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "a"}\n')
    for position in (1, 14, 99):
        with pytest.raises(GovernanceError) as caught:
            locate(str(path), "jsonl", RECORD, position)
        assert caught.value.where == f"{path}:{position}"
    path.unlink()
    with pytest.raises(GovernanceError):
        locate(str(path), "jsonl", RECORD, 0)
