"""Whatever an archive holds, wherever it stands and however it is damaged: every place leads back to its bytes."""

import bz2
import gzip
import hashlib
import lzma
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import ReadOptions, Record, find, locate, read
from corpus.slices import WHOLE, Slice, printed, unprinted
from corpus.work.planning import survey
from provenance.ids import SourceId, WorkspaceId
from tests.fakes import packing

OPTIONS = ReadOptions("record", record_limit_bytes=10**6)


def _packed(content: bytes) -> bytes:
    """Compress without the time of day, which would make two draws of the same bytes differ."""
    return gzip.compress(content, mtime=0)


PACK: Mapping[str, Callable[[bytes], bytes]] = {
    "tar": bytes,
    "tar.gz": _packed,
    "tar.zst": zstandard.compress,
    "tar.bz2": bz2.compress,
    "tar.xz": lzma.compress,
}
lines = st.lists(st.sampled_from(["语料", "a", "b" * 300]), max_size=4).map(
    lambda texts: "".join(f'{{"text": "{text}"}}\n' for text in texts).encode()
)
members = st.lists(
    st.one_of(
        st.tuples(st.just("a.jsonl"), st.one_of(lines, st.binary(max_size=90))),
        st.tuples(st.just("b.jsonl.gz"), lines.map(_packed)),
        st.tuples(
            st.just("c.docx"), st.text("语料字", max_size=5).map(lambda text: packing.docx(packing.paragraph(text)))
        ),
        st.tuples(st.just("d.png"), st.just(packing.png(3, 4))),
        st.tuples(st.just("e.pdf"), st.just(packing.pdf("一页"))),
        st.tuples(st.just("../f.txt"), st.binary(max_size=9)),
    ),
    max_size=6,
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """One folder whose only file every example overwrites."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def everything(path: Path) -> Iterator[tuple[str, str, Record]]:
    """Plan a file and yield all records of all it holds."""
    for file in survey(WorkspaceId("w"), SourceId("s"), [path], str):
        for record in read(Slice(file.id, file.path, file.format, *WHOLE), OPTIONS, lambda _: hashlib.sha256()):
            if isinstance(record, Record):
                yield file.path, file.format, record


def write(folder: Path, ending: str, content: bytes) -> Path:
    """Replace the folder's only file."""
    for old in folder.iterdir():
        old.unlink()
    path = folder / f"a.{ending}"
    path.write_bytes(content)
    return path


def packed(ending: str, held: list[tuple[str, bytes]]) -> bytes:
    """Return an archive of these members."""
    return packing.zipped(held) if ending == "zip" else PACK[ending](packing.tarred(*held))


@pytest.mark.parametrize("ending", [*PACK, "zip"])
@given(held=members, data=st.data())
def test_every_place_in_an_archive_leads_back(
    folder: Path, ending: str, held: list[tuple[str, bytes]], data: st.DataObject
) -> None:
    """In any order, through the printed path, each record's bytes have its digest; what is whole is in the archive."""
    path = write(folder, ending, packed(ending, held))
    got = list(everything(path))
    if not held:
        assert [record.reason for *_, record in got] == ["file-empty"]
    for place, form, record in data.draw(st.permutations(got)):
        again = find(unprinted(printed(place)), form, OPTIONS, record.position, lambda _: hashlib.sha256())
        assert again == record
        raw = locate(place, form, OPTIONS, record.position)
        assert (len(raw), hashlib.sha256(raw).digest()) == (record.size, record.raw_digest)


@pytest.mark.parametrize("ending", [*PACK, "zip"])
@given(held=members.filter(len), data=st.data())
def test_any_damage_to_an_archive_is_a_record(
    folder: Path, ending: str, held: list[tuple[str, bytes]], data: st.DataObject
) -> None:
    """A changed byte, or an end anywhere, never raises; and the archive is never silently shorter."""
    content = bytearray(packed(ending, held))
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[place] ^= data.draw(st.integers(1, 255))
    else:
        del content[place:]
    whole = {form for _, form, _ in everything(write(folder, ending, packed(ending, held)))}
    got = list(everything(write(folder, ending, bytes(content))))
    named = {form for _, form, _ in got}
    assert whole <= named or any("/" not in form for form in named) or any(record.reason for *_, record in got)
