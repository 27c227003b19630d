"""The machine judges records: what is stored of a drawn item against its very bytes, its source and its text."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from corpus.readers import Record
from corpus.readers.records import Beside
from corpus.samples.record_checks import FAULTS, Evidence, Means, ip_record, metadata, risk_record
from corpus.sources.states import Source, require_declared
from corpus.tracing import released
from provenance.ids import FileId, ItemId
from provenance.pseudonyms import URL, USER, pseudonym
from rules.findings import Verdict
from rules.notices import Notice
from tests.fakes.collected import HOST, SPRING, attach, consent, declare_users, declare_web, log, log_row, write_items
from tests.fakes.inspector import Inspector
from tests.fakes.workroom import Workroom
from ui.services import reading

KEY = b"k" * 32
PAGE = "https://forum.example.com/t/1"
ITEM = ItemId(FileId(b"f" * 16), 0)


@pytest.fixture
def inspector(room: Workroom) -> Inspector:
    """Give an inspector in a fresh workroom."""
    return Inspector(room)


# One item.


def evidence(declared: Source, kind: str = "open_source", **changed: Any) -> Evidence:
    """Return evidence of an item whose records are all right, with what the caller changes."""
    registered = dataclasses.replace(declared.registered, source_kind=kind, **changed.pop("registered", {}))
    row = {
        "raw_digest": b"d" * 32,
        "described": True,
        "screened": True,
        "commitment": b"c" * 32,
        "url_key": pseudonym(KEY, URL, PAGE),
        "user_key": pseudonym(KEY, USER, "u-1"),
        "notices": [{"notice": "copyright", "start": 0, "end": 3}],
    }
    record = Record(0, 9, b"d" * 32, "text", None, "", Beside(PAGE, "u-1", None))
    means = Means(
        options=lambda _: pytest.fail("not asked for here"),
        logged=changed.pop("logged", lambda _source, _key: True),
        notices=lambda _: [Notice(0, 3, "copyright")],
    )
    usual: dict[str, Any] = {
        "record": record,
        "text": "text",
        "source": dataclasses.replace(declared, registered=registered),
    }
    row |= changed.pop("row", {})
    return Evidence(item=ITEM, row=row, means=means, workspace_key=KEY, **usual | changed)


@pytest.fixture
def source(inspector: Inspector) -> Source:
    """Give a declared source."""
    return require_declared(inspector.room.house.workspace.ledger, inspector.register("own"))


@pytest.mark.parametrize("kind", ["open_source", "self_collected_web", "user_input", "commercial"])
def test_records_that_are_right_pass(source: Source, kind: str) -> None:
    """An item whose bytes, source, address, user, screening and notices agree has no fault, of whatever kind."""
    found = evidence(source, kind)
    assert [*metadata(found), *risk_record(found), *ip_record(found)] == []


OTHER = Record(0, 9, b"e" * 32, "text", None, "", Beside())


@pytest.mark.parametrize(
    ("kind", "changed", "fault"),
    [
        ("open_source", {"record": OTHER}, "raw-digest"),
        ("open_source", {"source": None}, "source"),
        ("open_source", {"registered": {"origin": ""}}, "origin"),
        ("open_source", {"registered": {"name": ""}}, "origin"),
        ("open_source", {"row": {"described": False}}, "undescribed"),
        ("self_collected_web", {"row": {"url_key": None}}, "url"),
        ("self_collected_web", {"row": {"url_key": bytes(16)}}, "url"),
        ("self_collected_web", {"logged": lambda _source, _key: False}, "url-log"),
        ("user_input", {"row": {"user_key": None}}, "user"),
        ("user_input", {"row": {"user_key": bytes(16)}}, "user"),
    ],
)
def test_each_fault_of_the_metadata_is_found(source: Source, kind: str, changed: dict[str, Any], fault: str) -> None:
    """Bytes, source, origin, address, log and user: each one that is wrong is told by its word."""
    assert list(metadata(evidence(source, kind, **changed))) == [fault]
    assert fault in FAULTS


def test_faults_of_the_other_records_are_found(source: Source) -> None:
    """An item nobody screened, one without a released text, one with another notice than recorded."""
    assert list(risk_record(evidence(source, row={"screened": False}))) == ["unscreened"]
    assert list(risk_record(evidence(source, row={"commitment": None}))) == ["no-text"]
    assert list(ip_record(evidence(source, text=None))) == ["no-text"]
    assert list(ip_record(evidence(source, row={"notices": []}))) == ["notices"]


# The three plans.


def fill(inspector: Inspector, count: int) -> Path:
    """Take items in."""
    source, file = inspector.declare("own"), inspector.texts("a.jsonl", count)
    inspector.room.ingest(source, file)
    return file


def verdict(inspector: Inspector, clause: str) -> Verdict:
    """Return what the checks propose for a clause."""
    row = next(row for row in reading.clause_rows_of(inspector.room.house) if row.clause == clause)
    return row.proposed


@pytest.mark.parametrize(
    ("plan", "clause"), [("metadata", "R-151"), ("risk-records", "R-152"), ("ip-records", "R-153")]
)
def test_a_machine_judged_sample_is_closed_at_once(inspector: Inspector, plan: str, clause: str) -> None:
    """Drawn, judged and recorded in one command: 100 of 120 items, all right, and the clause looks met."""
    fill(inspector, 120)
    assert verdict(inspector, clause) == Verdict.UNPROVEN
    said = inspector.says("sample", "draw", plan, "--json")
    assert said.code == 0, said.err
    found = said.json()
    assert (found["size"], found["passed"], found["failed"], found["is_closed"]) == (100, 100, 0, True)
    assert found["inspectors"][0].startswith("machine:")
    assert verdict(inspector, clause) == Verdict.CONFORMS


def test_fewer_items_than_required_are_all_drawn(inspector: Inspector) -> None:
    """Of 7 items all are drawn, which is said, and new items make the sample old."""
    fill(inspector, 7)
    said = inspector.says("sample", "draw", "metadata")
    assert "all there are" in said.err
    (sample,) = inspector.room.facts().samples
    assert [(part.name, part.population, part.size) for part in sample.strata] == [("self_produced", 7, 7)]
    assert verdict(inspector, "R-151") == Verdict.CONFORMS
    inspector.room.ingest("own", inspector.texts("b.jsonl", 9))
    assert verdict(inspector, "R-151") == Verdict.UNPROVEN


def test_a_record_that_changed_fails_and_a_file_that_is_gone_cannot_be_judged(inspector: Inspector) -> None:
    """Other bytes at an item's place fail the metadata check with exit code 1; without the file nothing is proved."""
    file = fill(inspector, 5)
    content = file.read_bytes()
    file.write_bytes(content.replace("第0天".encode(), "第9天".encode()))
    said = inspector.says("sample", "draw", "metadata")
    assert (said.code, "4 right, 1 wrong" in said.err) == (1, True), said.err
    assert verdict(inspector, "R-151") == Verdict.FAILS
    file.unlink()
    said = inspector.says("sample", "draw", "metadata", "--reason", "the file was moved")
    assert (said.code, "5 without their file" in said.err) == (0, True), said.err
    assert verdict(inspector, "R-151") == Verdict.UNPROVEN


def test_pages_and_users_are_compared_with_log_and_key(inspector: Inspector) -> None:
    """Pages carry addresses of the log, items of users their keys; a log that lost a page fails the check."""
    room = inspector.room
    paths = ("/a", "/b")
    web = declare_web(room, "web", log(map(log_row, paths)), robots_log())
    pages = [{"text": f"湖面很静{path}", "url": f"https://{HOST}{path}"} for path in paths]
    room.ingest(web, write_items(room, "web.jsonl", pages))
    users = declare_users(room, "users", consent({"u-1": f"2026-03,training,{SPRING},"}))
    room.ingest(users, write_items(room, "users.jsonl", [{"text": "山里有雾", "user": "u-1"}]))
    assert room.facts().items.admitted == 3
    said = inspector.says("sample", "draw", "metadata", "--json")
    assert (said.code, said.json()["passed"]) == (0, 3), said.err
    assert [part["name"] for part in said.json()["strata"]] == ["self_collected_web", "user_input"]
    attach(room, web, "collection_log", log([log_row("/a")]))
    said = inspector.says("sample", "draw", "metadata", "--reason", "the log was replaced", "--json")
    assert (said.code, said.json()["failed"]) == (1, 1)


def robots_log() -> bytes:
    """Return a snapshot that allows everything, held before the first page was fetched."""
    snapshot = {
        "host": HOST,
        "fetched": "2026-09-01T00:00:00+08:00",
        "status": 200,
        "body": "User-agent: *\nDisallow:\n",
    }
    return f"{json.dumps(snapshot)}\n".encode()


def test_a_machine_judged_sample_takes_no_file(inspector: Inspector) -> None:
    """Nobody can put verdicts of their own over those of the machine."""
    fill(inspector, 3)
    sample = inspector.says("sample", "draw", "metadata", "--json").json()["seq"]
    said = inspector.record(sample, inspector.write(inspector.desk / "x", []))
    assert (said.code, "judged by the machine" in said.err) == (2, True)


def test_rows_show_items_as_they_are_now(inspector: Inspector) -> None:
    """A row has the disposition and reason of the latest decision, not those it was sealed with."""
    room, file = inspector.room, inspector.texts("a.jsonl", 20)
    source = inspector.declare("own")
    room.ingest(source, file)
    sample, sheet = inspector.draw("verification", "--source", source)
    items = [ItemId.parse(row["item"]) for row in inspector.lines(sheet)]
    inspector.record(sample, inspector.judge(sheet, 20))
    rows = released.rows(room.house.workspace, items)
    assert {row["reason"] for row in rows.values()} == {"source-suspended"}
    assert len(released.stored(room.house.workspace, items)) == 20
