"""Members of archives: planned as files of their own, named by where they stand, read in one pass."""

import gzip
import hashlib
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import ReadOptions, Record, locate, read, tarred, zipped
from corpus.readers.archives import members
from corpus.readers.names import printed, unprinted
from corpus.readers.records import Bounds
from corpus.slices import WHOLE, Slice
from corpus.work.planning import InputFile, divide, survey, unchanged
from provenance.errors import GovernanceError
from provenance.ids import Digest, SourceId, WorkspaceId, file_id
from tests.fakes import packing
from tests.fakes.packing import LINES, entry

OPTIONS = ReadOptions("record")
SPACE, SOURCE = WorkspaceId("w-x"), SourceId("own")


def planned(path: Path, bounds: Bounds = OPTIONS.bounds) -> list[InputFile]:
    """Survey one file."""
    return survey(SPACE, SOURCE, [path], lambda name: name.replace("secret", "<MOBILE>"), bounds)


def records(files: list[InputFile], unit_bytes: int = 10**6) -> list[list[tuple[str, str]]]:
    """Read what was planned, unit by unit: printed path and text or reason."""
    return [
        [
            (printed(part.path).rpartition("/")[2], record.text or record.reason)
            for part in unit.slices
            for record in read(part, OPTIONS, lambda _: hashlib.sha256())
            if isinstance(record, Record)
        ]
        for unit in divide(files, "record", unit_bytes)
    ]


def test_a_member_is_named_by_archive_ordinal_and_bytes(tmp_path: Path) -> None:
    """The file digest of a member is that of the architecture, and the archive is planned beside it."""
    path = tmp_path / "a.zip"
    path.write_bytes(packing.zipped({"x.txt": b"one", "y/z.jsonl": LINES}))
    files = {file.path: file for file in planned(path)}
    archive = bytes.fromhex(files[str(path)].digest)
    expected = Digest(hashlib.sha256(b"\0".join([archive, b"1", hashlib.sha256(LINES).digest()])).hexdigest())
    member = files[f"{path}\0y/z.jsonl"]
    assert member.digest == expected
    assert member.id == file_id(SPACE, SOURCE, expected)
    assert (member.format, member.size) == ("zip:1/jsonl", len(LINES))
    assert printed(member.path) == f"{path}!/y/z.jsonl"
    assert unchanged(member.path, member.size, member.modified_ns)
    assert not unchanged(member.path, member.size, member.modified_ns + 1)


@pytest.mark.parametrize("ending", ["tar", "tar.gz", "tgz", "tar.zst", "tar.bz2", "tar.xz", "zip"])
def test_every_kind_of_archive_is_read(tmp_path: Path, ending: str) -> None:
    """All members are read, each by its own ending, and each record is found again by its place."""
    import bz2
    import lzma

    import zstandard

    pack = {
        "gz": gzip.compress,
        "tgz": gzip.compress,
        "zst": zstandard.compress,
        "bz2": bz2.compress,
        "xz": lzma.compress,
    }
    path = tmp_path / f"a.{ending}"
    inside = {"x.jsonl": LINES, "y.jsonl.gz": gzip.compress(LINES)}
    plain = packing.zipped(inside) if ending == "zip" else packing.tarred(*inside.items())
    path.write_bytes(pack.get(ending.rpartition(".")[2], bytes)(plain))
    files = planned(path)
    assert sorted(*records(files)) == [
        ("x.jsonl", "one"),
        ("x.jsonl", "two"),
        ("y.jsonl.gz", "one"),
        ("y.jsonl.gz", "two"),
    ]
    for file in files:
        if "/" in file.format:
            assert locate(file.path, file.format, OPTIONS, 16) == b'{"text": "two"}'
            with pytest.raises(GovernanceError):
                locate(file.path, file.format, OPTIONS, 17)


def test_a_compressed_tar_is_read_in_one_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However small units are, it stays in one, its members in order, and is decompressed once."""
    path = tmp_path / "a.tar.gz"
    path.write_bytes(gzip.compress(packing.tarred(*((f"{n:02}.jsonl", LINES) for n in range(50)))))
    files = planned(path)
    begun = []
    real = tarred.members
    monkeypatch.setattr(tarred, "members", lambda *given: begun.append(1) or real(*given))
    (unit,) = records(files, unit_bytes=100)
    assert [name for name, _ in unit] == [f"{n:02}.jsonl" for n in range(50) for _ in range(2)]
    assert len(begun) == 1


def test_a_zip_is_cut_between_members(tmp_path: Path) -> None:
    """What can be read anywhere is cut into units, and the archive's order is kept."""
    path = tmp_path / "a.zip"
    path.write_bytes(packing.zipped({f"{n:02}.jsonl": LINES for n in range(20)}))
    units = records(planned(path), unit_bytes=5 * len(LINES))
    assert len(units) >= 4
    assert [name for unit in units for name, _ in unit] == [f"{n:02}.jsonl" for n in range(20) for _ in range(2)]


def test_order_does_not_depend_on_the_path(tmp_path: Path) -> None:
    """The same archives under other names give the same units."""
    first, second = packing.zipped({"a.jsonl": LINES, "b.jsonl": LINES}), packing.zipped({"c.jsonl": LINES})
    seen = []
    for names in (("x.zip", "y.zip"), ("y.zip", "x.zip")):
        folder = tmp_path / names[0]
        folder.mkdir()
        for name, content in zip(names, (first, second), strict=True):
            (folder / name).write_bytes(content)
        seen.append([[part.file for part in unit.slices] for unit in divide(planned(folder), "record", 100)])
    assert seen[0] == seen[1]


def test_a_member_with_a_personal_name_goes_by_its_tag(tmp_path: Path) -> None:
    """No personal information of a member's name enters the catalogue, and the member is read all the same."""
    path = tmp_path / "a.zip"
    path.write_bytes(packing.zipped({"secret.jsonl": LINES}))
    (unit,) = records(planned(path))
    assert unit == [("<MOBILE>.jsonl", "one"), ("<MOBILE>.jsonl", "two")]


def test_more_members_than_allowed_are_one_item(tmp_path: Path) -> None:
    """Those before the cap stay."""
    for name, content in (("a.zip", packing.zipped), ("a.tar", lambda found: packing.tarred(*found.items()))):
        path = tmp_path / name
        path.write_bytes(content({f"{n}.jsonl": LINES for n in range(9)}))
        few = ReadOptions("record", bounds=Bounds(members=4))
        files = planned(path, few.bounds)
        assert len(files) == 5
        (own,) = [file for file in files if "/" not in file.format]
        (record,) = read(Slice(own.id, own.path, own.format, *WHOLE), few, lambda _: hashlib.sha256())
        assert (record.position, record.reason) == (4, "too-many-members")


def test_names_of_members_are_told(tmp_path: Path) -> None:
    """UTF-8 and GB 18030 are read, other bytes stand for themselves; long names keep their ending."""
    path = tmp_path / "a.zip"
    names = ["语料.txt".encode("gb18030"), "语料.txt".encode(), b"\xff\xff\xff.txt", b"a" * 3000 + b".txt"]
    path.write_bytes(packing.raw_zip(*((name, b"x") for name in names)))
    labels = [member.label for member in members(str(path), "zip", OPTIONS.bounds)]
    assert labels == ["语料.txt", "语料.txt", "\udcff\udcff\udcff.txt", "a" * 251 + ".txt"]


def test_long_names_of_tars_are_read(tmp_path: Path) -> None:
    """GNU's and POSIX's way to write what does not fit the header give the same label."""
    path = tmp_path / "a.tar"
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        path.write_bytes(packing.tarred(("深" * 60 + "/页.jsonl", LINES), ("b.jsonl", LINES), form=form))
        labels = [member.label for member in members(str(path), "tar", OPTIONS.bounds)]
        assert labels == ["深" * 60 + "/页.jsonl", "b.jsonl"]


def test_what_a_tar_must_not_hold_is_refused_and_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link is a member with a reason; the seeded bug, links taken for files, is noticed."""
    path = tmp_path / "a.tar"
    path.write_bytes(packing.tarred((entry("a.jsonl", tarfile.SYMTYPE, "/etc/passwd"), b"")))
    assert records(planned(path)) == [[("a.jsonl", "archive-link")]]
    monkeypatch.setattr(tarred, "_LINKS", ())
    assert records(planned(path)) != [[("a.jsonl", "archive-link")]]


def test_overlap_is_seen_and_its_absence_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An honest archive has none; without the check a flat bomb is inflated again and again."""
    path = tmp_path / "a.zip"
    path.write_bytes(packing.overlapping_zip(20))
    assert [member.reason for member in members(str(path), "zip", OPTIONS.bounds)] == ["archive-overlap"] * 19 + [""]
    monkeypatch.setattr(zipped, "_overlapping", lambda _: set())
    assert {member.reason for member in members(str(path), "zip", OPTIONS.bounds)} == {""}


@given(st.text(st.characters(), max_size=40).filter(lambda text: "\0" not in text), st.text(max_size=9))
def test_a_printed_path_leads_back(path: str, label: str) -> None:
    """Whatever a name holds, its print is one line of plain characters, and is the print of no other name."""
    for each in (path, f"{path}\0{label}".replace("\0\0", "\0")):
        shown = printed(each)
        assert shown.isprintable() or " " in shown or not shown.isascii()
        assert not set("\n\r\0\x1b\u2028\u202e") & set(shown)
        shown.encode()
        assert unprinted(shown) == each
