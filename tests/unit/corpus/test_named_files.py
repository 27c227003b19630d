"""Files named after somebody: what is kept of their names, and how they are found again."""

import os
import shutil
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.decisions import live
from corpus.lookup import Known, locate, locate_named
from corpus.schema import ADMITTED
from pii.paths import without_pi
from pii.policy import PiiPolicy, Treatment
from pii.strip import Stripper
from provenance.errors import GovernanceError
from provenance.ids import FileId, ItemId, source_id
from tests.fakes import packing
from tests.fakes.byte_search import searched, whole
from tests.fakes.identities import citizen, mobile
from tests.fakes.terminal import typed
from tests.fakes.workroom import Workroom
from ui.services import ingesting, tracing

FIRST, SECOND, THIRD = mobile(1), mobile(2), mobile(3)
STRIPPER = Stripper()


def test_a_path_without_anybody_stays() -> None:
    """A path that holds no personal information is kept as it is."""
    assert without_pi("/data/2026-09-01/菜谱 第3卷.jsonl", STRIPPER) == "/data/2026-09-01/菜谱 第3卷.jsonl"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (f"/data/{FIRST}.jsonl", "/data/<MOBILE>.jsonl"),
        (f"/data/来信_{FIRST}_1/信.txt", "/data/来信_<MOBILE>_1/信.txt"),
        (f"/data/{citizen(1)}/{FIRST}", "/data/<CN_ID18>/<MOBILE>"),
        (f"/data/{chr(0x200B).join(FIRST)}.txt", "/data/<MOBILE>.txt"),
    ],
)
def test_what_is_kept_of_a_path(path: str, shown: str) -> None:
    """A tag stands where a value stood, however it was written, and the parts stay as many."""
    assert without_pi(path, STRIPPER) == shown


def test_what_is_kept_by_order_stays_in_a_name_and_a_tag_is_plain() -> None:
    """A kept type stays in names too; every other one leaves its plain tag, whatever becomes of it in texts."""
    stripper = Stripper(PiiPolicy({"MOBILE": Treatment.KEEP, "CN_ID18": Treatment.MASK}))
    assert without_pi(f"/a/{FIRST}/{citizen(1)}", stripper) == f"/a/{FIRST}/<CN_ID18>"


def test_files_of_one_kept_path_are_told_by_what_they_hold(tmp_path: Path) -> None:
    """Size, time and digest tell which of several files is meant; a copy elsewhere in the folder is as good."""
    folder = tmp_path / "post"
    folder.mkdir()
    for number, text in ((FIRST, "one"), (SECOND, "two"), (THIRD, "three")):
        (folder / f"{number}.txt").write_text(text, "utf-8")
        os.utime(folder / f"{number}.txt", ns=(5, 5))
    kept = f"{folder}/<MOBILE>.txt"
    assert locate(_known(folder / f"{THIRD}.txt", kept)) == f"{folder}/{THIRD}.txt"
    assert locate(_known(folder / f"{SECOND}.txt", kept)) == f"{folder}/{SECOND}.txt"
    os.utime(folder / f"{SECOND}.txt", ns=(6, 6))
    gone = _known(folder / f"{SECOND}.txt", kept)
    (folder / f"{SECOND}.txt").unlink()
    with pytest.raises(GovernanceError, match="no file there can be meant") as refused:
        locate(gone)
    assert refused.value.where == kept


def test_a_given_path_is_found_by_its_name_alone_or_not_at_all(tmp_path: Path) -> None:
    """A job knows no digest yet: one folder that fits is it, of two nobody can say which was meant."""
    (tmp_path / FIRST).mkdir()
    named = partial(without_pi, stripper=STRIPPER)
    assert locate_named(f"{tmp_path}/<MOBILE>", named) == f"{tmp_path}/{FIRST}"
    (tmp_path / citizen(1)).mkdir()
    assert locate_named(f"{tmp_path}/<MOBILE>", named) == f"{tmp_path}/{FIRST}"
    (tmp_path / SECOND).mkdir()
    with pytest.raises(GovernanceError, match="more than one file can be meant"):
        locate_named(f"{tmp_path}/<MOBILE>", named)


def test_named_files_are_taken_in_and_their_names_are_nowhere(room: Workroom) -> None:
    """Files, folders and archive members named after somebody: read, traced, told apart, and named nowhere."""
    source = room.declare("named")
    room.write_texts(f"{FIRST}/{SECOND}.jsonl", ["湖面很静。"])
    room.write_texts(f"{FIRST}/{THIRD}.jsonl", ["山路很长。"])
    room.write(f"{SECOND}.zip", packing.zipped({f"{THIRD}/{FIRST}.jsonl": '{"text": "林间有风。"}\n'.encode()}))
    (room.folder / "input" / f"{THIRD}.txt").symlink_to(room.folder / "nowhere")
    outcome = room.ingest(source, room.folder / "input")
    assert outcome.items[ADMITTED] == 3
    assert outcome.broken_files == 1
    assert searched({FIRST, SECOND, THIRD}, room.folder / "workspace") == {}

    rows = [
        ItemId(FileId(row["file"]), row["position"])
        for batch in live.rows(room.house.workspace, ("file", "position"))
        for row in batch.to_pylist()
    ]
    paths = sorted(tracing.trace(room.house, item)["path"].removeprefix(f"{room.folder}/input/") for item in rows)
    assert paths == ["<MOBILE>.txt", "<MOBILE>.zip!/<MOBILE>/<MOBILE>.jsonl", *["<MOBILE>/<MOBILE>.jsonl"] * 2]
    assert [tracing.trace(room.house, item)["matches_source"] for item in rows].count(True) >= 3
    (listed,) = tracing.kept_apart(room.house, source=source, limit=9)
    assert FIRST not in str(listed)
    assert THIRD not in str(listed)


def test_a_job_of_a_named_path_is_carried_out_by_a_worker(room: Workroom) -> None:
    """A job keeps no name of anybody, and who carries it out finds the file; one that is gone is a sentence."""
    source = room.declare("named")
    file = room.write_texts(f"{FIRST}.jsonl", ["湖面很静。"])
    job = ingesting.submit(room.house, source_id(source), [file], workers=1)
    assert FIRST.encode() not in whole(room.folder / "workspace" / "catalogue.sqlite")
    assert ingesting.run(room.house, job, progress=lambda *_: None).items[ADMITTED] == 1

    job = ingesting.submit(room.house, source_id(source), [file], workers=1)
    shutil.move(file, room.folder / "elsewhere")
    with pytest.raises(GovernanceError) as refused:
        ingesting.run(room.house, job, progress=lambda *_: None)
    assert refused.value.code == "corpus.file-not-found-again"
    assert FIRST not in refused.value.diagnostics()


def test_an_error_names_nobody(room: Workroom) -> None:
    """A path that does not exist is told with a tag, on the screen and in the job's row."""
    source = room.declare("named")
    said = typed("-w", room.folder / "workspace", "ingest", source, room.folder / f"{FIRST}.jsonl")
    assert "corpus.path-missing" in said.err
    assert "<MOBILE>.jsonl" in said.err
    assert FIRST not in said.err + said.out
    assert searched({FIRST}, room.folder / "workspace") == {}


def _known(file: Path, kept: str) -> Known:
    status = file.stat()
    return Known(kept, status.st_size, status.st_mtime_ns, sha256(file.read_bytes()).hexdigest())
