"""What a declaration and the settings order about personal information, from admission to what is stored."""

import re
from pathlib import Path

import pytest

from corpus import shards
from corpus.decisions import live
from corpus.sources import require_declared
from provenance.errors import ExitCode, GovernanceError
from provenance.events import IngestPlanned
from provenance.ids import Digest
from tests.fakes.byte_search import searched
from tests.fakes.identities import citizen, mobile
from tests.fakes.terminal import typed
from tests.fakes.workroom import Workroom
from ui import settings
from ui.bootstrap import holds_personal_information
from ui.stripping import stripper_for

PHONE = mobile(1)
TEXTS = [f"电话{PHONE}，请回电。", f"还是{PHONE}，邮箱lin@example.com。"]


def _key(room: Workroom, name: str, digits: str) -> str:
    """Write a key file beside the workspace and return its path."""
    path = room.folder / name
    path.write_text(digits, "ascii")
    path.chmod(0o600)
    return str(path)


def _plans(room: Workroom) -> list[IngestPlanned]:
    events = (entry.event for entry in room.house.workspace.ledger.entries(kinds=("IngestPlanned",)))
    return [event for event in events if isinstance(event, IngestPlanned)]


def test_pseudonyms_need_a_key_before_anything_is_admitted(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key a source that orders pseudonyms is neither admitted nor taken in; the words say what to do."""
    source = room.declare("named", orders=", treat: {MOBILE: pseudonym}")
    file = room.write_texts("a.jsonl", TEXTS)
    with pytest.raises(GovernanceError) as refused:
        room.ingest(source, file)
    assert refused.value.code == "ui.no-pseudonym-key"
    space = room.folder / "workspace"
    assert typed("-w", space, "source", "suspend", source, "--reason", "looked at again").code == ExitCode.FINE
    said = typed("-w", space, "source", "admit", source, "--reason", "papers complete")
    assert (said.code, "ui.no-pseudonym-key" in said.err, "openssl rand" in said.err) == (ExitCode.USAGE, True, True)
    monkeypatch.setenv("YULIAO_PSEUDONYM_KEY", _key(room, "key", "0f" * 31))
    said = typed("-w", space, "source", "admit", source, "--reason", "papers complete")
    assert (said.code, "provenance.bad-key" in said.err) == (ExitCode.ENVIRONMENT, True)


def test_equal_numbers_are_told_to_be_equal_and_the_key_is_nowhere(
    room: Workroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number has one mark in all texts of the corpus; key and number are in no byte of the workspace."""
    secret = "5ec7e7" * 11
    monkeypatch.setenv("YULIAO_PSEUDONYM_KEY", _key(room, "key", secret))
    room = Workroom.open(room.folder)
    source = room.declare("named", orders=", treat: {MOBILE: pseudonym, EMAIL: mask}")
    room.ingest(source, room.write_texts("a.jsonl", TEXTS))
    (shard,) = room.shards()
    stored = _texts(room, shard.admitted_text)
    first, second = re.findall("<MOBILE:[a-p]{16}>", "".join(stored))
    assert first == second
    assert "***************" in stored[1]
    assert searched({PHONE, secret, secret[:32]}, room.folder / "workspace") == {}
    (plan,) = _plans(room)
    assert (
        plan.pseudonym_key
        == stripper_for(room.house, require_declared(room.house.workspace.ledger, source)).decisive()["key"]
    )
    treatments = {fact.entity: fact.treatment for fact in room.facts().personal_information}
    assert treatments == {"MOBILE": "pseudonym", "EMAIL": "mask"}


def test_another_key_reads_again_and_the_same_one_does_not(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key is a part of the configuration by its id."""
    monkeypatch.setenv("YULIAO_PSEUDONYM_KEY", _key(room, "one", "0f" * 32))
    room = Workroom.open(room.folder)
    source = room.declare("named", orders=", treat: {MOBILE: pseudonym}")
    file = room.write_texts("a.jsonl", TEXTS)
    assert room.ingest(source, file).ingest is not None
    assert room.ingest(source, file).ingest is None
    monkeypatch.setenv("YULIAO_PSEUDONYM_KEY", _key(room, "two", "f0" * 32))
    room = Workroom.open(room.folder)
    assert room.ingest(source, file).ingest is not None
    assert len({plan.pseudonym_key for plan in _plans(room)}) == 2


def test_a_minor_is_counted_beside_the_number(room: Workroom) -> None:
    """A number of somebody under 14 on the last day of collection is one of its own type and one of CN_MINOR."""
    source = room.declare("school")
    declared = room.folder / "declared" / "school" / "declaration.yaml"
    early = declared.read_text("utf-8").replace("from: 2026-09-01, to: 2026-09-02", "from: 1903-01-01, to: 1903-02-01")
    declared.write_text(early, "utf-8")
    space = room.folder / "workspace"
    assert typed("-w", space, "source", "add", declared).code == ExitCode.FINE
    assert typed("-w", space, "source", "admit", source, "--reason", "papers complete").code == ExitCode.FINE
    room.ingest(source, room.write_texts("a.jsonl", [f"学生身份证{citizen(1)}，{citizen(2)}。", "湖面很静。"]))
    totals = room.facts().pi_totals
    assert (totals["CN_ID18"].items, totals["CN_ID18"].occurrences) == (1, 2)
    assert (totals["CN_MINOR"].items, totals["CN_MINOR"].occurrences) == (1, 2)
    assert (totals["*any"].items, totals["*any"].occurrences) == (1, 4)
    (row,) = [row for batch in live.rows(room.house.workspace, ("pi",)) for row in batch["pi"].to_pylist() if row]
    assert [each["entity"] for each in row] == ["CN_ID18", "CN_MINOR"] * 2
    assert (row[0]["start"], row[0]["end"]) == (row[1]["start"], row[1]["end"])


def test_settings_say_how_names_are_looked_for(tmp_path: Path) -> None:
    """The setting, the model and the key's file are read; an unknown setting is refused."""
    written = settings.template("w-" + "a" * 26)
    (tmp_path / settings.FILE).write_text(written, "utf-8")
    assert settings.read(tmp_path, {}).file.personal_information.names == "balanced"
    assert settings.read(tmp_path, {}).pseudonym_key is None
    (tmp_path / settings.FILE).write_text(
        written.replace('names = "balanced"', 'names = "recall"').replace('pseudonym_key = ""', 'pseudonym_key = "/k"')
    )
    read = settings.read(tmp_path, {})
    assert (read.file.personal_information.names, read.pseudonym_key) == ("recall", Path("/k"))
    (tmp_path / settings.FILE).write_text(written.replace('names = "balanced"', 'names = "all"'))
    with pytest.raises(GovernanceError, match=r"personal_information\.names"):
        settings.read(tmp_path, {})


def test_names_are_stripped_unless_the_settings_say_off(room: Workroom) -> None:
    """By default a name goes and none of the types is uncovered; where names are off the plan says that NAME is."""
    source = room.declare("news")
    room.ingest(source, room.write_texts("a.jsonl", ["记者王晓明报道，会议由李国强主持。", "文" * 60]))
    (shard,) = room.shards()
    assert _texts(room, shard.admitted_text) == ["记者<NAME>报道，会议由<NAME>主持。", "文" * 60]
    assert room.facts().pi_totals["NAME"].occurrences == 2
    path = room.folder / "workspace" / settings.FILE
    path.write_text(path.read_text("utf-8").replace('names = "balanced"', 'names = "off"'), "utf-8")
    room = Workroom.open(room.folder)
    room.ingest(source, room.write_texts("b.jsonl", ["记者王晓明又报道了会议。"]))
    assert [plan.uncovered for plan in _plans(room)] == [(), ("NAME",)]
    assert _texts(room, room.shards()[-1].admitted_text) == ["记者王晓明又报道了会议。"]


@pytest.mark.parametrize(
    ("text", "is_personal"),
    [
        ("经张伟同意", True),
        ("论文作者王小波", True),
        ("papers complete", False),
        ("高德地图", False),
        ("万方数据", False),
    ],
)
def test_a_certain_name_stays_out_of_the_ledger(text: str, is_personal: bool) -> None:
    """What is written into the ledger names no person; a firm that is named like one may be named."""
    assert holds_personal_information(text) is is_personal


def _texts(room: Workroom, digest: str) -> list[str]:

    return [str(text) for text in shards.read(room.house.workspace.items.path(Digest(digest)))["text"].to_pylist()]
