"""What an ingest makes of files: dispositions, duplicates, re-reading, resuming, and what it refuses."""

import gzip
import json
import os
from pathlib import Path

import pytest

from corpus import shards
from corpus.ingest import CancelledError, unfinished
from corpus.work import jobs
from provenance.errors import ExitCode, GovernanceError
from provenance.events import IngestAborted, IngestCompleted, IngestPlanned, ShardSealed
from provenance.ids import Digest
from tests.fakes.identities import mobile
from tests.fakes.workroom import KEYWORDS, Workroom
from ui.parameters import setup_for
from ui.services import ingesting

RISKY = "有人散发乌有国颠覆传单。"


def _reasons(room: Workroom) -> dict[str, int]:
    return dict(room.facts().by_reason)


def _stored(room: Workroom, field: str) -> list[str]:
    events = room.shards()
    paths = [room.house.workspace.items.path(Digest(getattr(event, field))) for event in events]
    return [text for path in paths for text in shards.read(path)["text"].to_pylist()]


def test_each_kind_of_item_gets_its_disposition(room: Workroom) -> None:
    """Clean text is admitted; risky, unreadable, foreign and broken items are kept apart, each with its reason."""
    source = room.declare("mixed")
    lines = [
        json.dumps({"text": "今天天气很好。"}, ensure_ascii=False),
        json.dumps({"text": RISKY}, ensure_ascii=False),
        json.dumps({"text": "これは日本語の文章です。とてもいい天気ですね。"}, ensure_ascii=False),
        "",
        '{"text": 3}',
        '{"text": null}',
        '{"other": "x"}',
        '{"text": "  "}',
        json.dumps({"text": "今天天气很好。"}, ensure_ascii=False),
        '{"text": "torn',
    ]
    outcome = room.ingest(source, room.write("mixed.jsonl", "\n".join(lines).encode()))
    assert outcome.items == {"admitted": 1, "quarantined": 7, "duplicate": 1, "rejected": 0}
    assert outcome.blank_lines == 1
    assert outcome.exit_code == ExitCode.FINE
    assert _reasons(room) == {
        "broken-json": 1,
        "exact-duplicate": 1,
        "risk-keyword": 1,
        "text-empty": 1,
        "text-missing": 2,
        "unscreened": 1,
        "wrong-columns": 1,
    }


def test_files_that_cannot_be_read_are_items_too(room: Workroom) -> None:
    """An empty, an unsupported, a truncated and a linked file are counted, and the exit code says so."""
    source = room.declare("files")
    folder = room.folder / "input"
    room.write("empty.jsonl", b"")
    room.write("picture.xyz", b"??")
    whole = gzip.compress(b"".join(b'{"text": "item number %d of the file"}\n' % n for n in range(2000)), mtime=0)
    room.write("broken.jsonl.gz", whole[: len(whole) // 2])
    (folder / "gone.jsonl").symlink_to(folder / "nowhere")
    outcome = room.ingest(source, folder)
    reasons = _reasons(room)
    assert {name: reasons[name] for name in reasons if name != "unscreened"} == {
        "file-broke-off": 1,
        "file-empty": 1,
        "file-unreadable": 1,
        "format-unsupported": 1,
    }
    assert outcome.items["rejected"] == 3
    assert outcome.exit_code == ExitCode.FILES_REJECTED
    assert room.facts().items.taken_in == sum(outcome.items.values())


def test_only_stripped_text_is_stored_and_only_of_kept_items(room: Workroom) -> None:
    """Admitted and quarantined text lies in files of its own, without the number; a duplicate leaves none."""
    source, number = room.declare("private"), mobile(7)
    texts = [f"请拨打{number}联系客服。", f"{RISKY}电话{number}", f"请拨打{number}联系客服。"]
    room.ingest(source, room.write_texts("private.jsonl", texts))
    assert _stored(room, "admitted_text") == ["请拨打<MOBILE>联系客服。"]
    assert _stored(room, "quarantined_text") == [f"{RISKY}电话<MOBILE>"]
    for path in sorted((room.folder / "workspace").rglob("*")):
        assert not path.is_file() or number.encode() not in path.read_bytes(), path


def test_duplicates_are_found_across_sources_and_jobs(room: Workroom) -> None:
    """The first to be taken in is kept; a later source's copy is a duplicate and says of which item."""
    first, second = room.declare("first"), room.declare("second")
    room.ingest(first, room.write_texts("a.jsonl", ["相同的一段文字。", "只在第一处。"]))
    outcome = room.ingest(second, room.write_texts("b.jsonl", ["只在第二处。", "相同的一段文字。"]))
    assert outcome.items == {"admitted": 1, "quarantined": 0, "duplicate": 1, "rejected": 0}
    rows = [row for event in room.shards() for row in _rows(room, event)]
    kept = next(row for row in rows if row["disposition"] == "admitted")
    repeated = next(row for row in rows if row["disposition"] == "duplicate")
    assert repeated["keeper"][:16] == kept["file"]


def _rows(room: Workroom, event: ShardSealed) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = shards.read(room.house.workspace.items.path(Digest(event.items))).to_pylist()
    return rows


def test_the_same_bytes_under_another_path_are_the_same_items(room: Workroom) -> None:
    """A copied file is neither a second intake nor a duplicate of itself."""
    source = room.declare("copied")
    room.ingest(source, room.write_texts("one.jsonl", ["一段文字。"]))
    again = room.ingest(source, room.write_texts("two.jsonl", ["一段文字。"]))
    assert again.ingest is None
    assert again.already == 1
    assert room.facts().items.taken_in == 1


def test_new_rules_give_a_new_decision_and_no_second_intake(room: Workroom) -> None:
    """After a new keyword the same command moves the item, and the sum still holds."""
    source = room.declare("again")
    file = room.write_texts("again.jsonl", ["雨后的山路很滑。", "晴天的湖面很平。", "雨后的山路很滑。"])
    room.ingest(source, file)
    before = room.facts()
    assert (before.items.admitted, before.items.duplicate) == (2, 1)
    room.import_keywords(KEYWORDS + "湖面很平,A1g\n")
    room.ingest(source, file)
    after = room.facts()
    assert (after.items.taken_in, after.items.admitted, after.items.quarantined) == (3, 1, 1)
    assert after.items.duplicate == 1
    assert after.intake_bytes == before.intake_bytes
    assert after.total.bytes < before.total.bytes


def test_a_stopped_run_goes_on_and_gives_the_same(room: Workroom) -> None:
    """Cancelled by Ctrl-C between two units, the same command finishes the same plan."""
    room.set_small_units()
    source = room.declare("stopped")
    file = room.write_texts("stopped.jsonl", [f"第{n}条内容，写得长一些。" * 3000 for n in range(30)])

    def stop(name: str, done: int, _total: int) -> None:
        if name == "decide" and done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        room.ingest(source, file, progress=stop)
    assert room.facts().items.taken_in == 0
    assert len(unfinished(room.house.workspace)) == 1
    room.ingest(source, file)
    plans = [e for e in room.house.workspace.ledger.entries() if isinstance(e.event, IngestPlanned)]
    assert len(plans) == 1
    assert room.facts().items.admitted == 30
    assert {row.state for row in jobs.listing(room.house.workspace)} == {"resumed", "finished"}


def test_an_interrupted_ingest_is_not_passed_by(room: Workroom) -> None:
    """Another source waits until the interrupted plan is finished or given up, or duplicates would slip through."""
    first, second = room.declare("first"), room.declare("second")
    file = room.write_texts("first.jsonl", ["一段文字。"])

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        room.ingest(first, file, progress=stop)
    with pytest.raises(GovernanceError) as refused:
        room.ingest(second, room.write_texts("second.jsonl", ["另一段文字。"]))
    assert refused.value.code == "corpus.ingest-unfinished"
    stopped = next(row for row in jobs.listing(room.house.workspace) if row.state == "interrupted")
    ingesting.cancel(room.house, jobs.JobId(stopped.id), actor="p-0007")
    assert not unfinished(room.house.workspace)
    aborted = next(e for e in room.house.workspace.ledger.entries(kinds=("IngestAborted",)))
    assert aborted.actor == "p-0007"
    room.ingest(second, room.folder / "input" / "second.jsonl")
    kinds = {entry.kind for entry in room.house.workspace.ledger.entries()}
    assert {IngestAborted.__name__, IngestCompleted.__name__} <= kinds


def test_a_running_job_that_is_cancelled_stops_and_seals_nothing_more(room: Workroom) -> None:
    """Cancelling takes effect at the next step and the plan is given up."""
    source = room.declare("cancelled")
    file = room.write_texts("cancelled.jsonl", ["一段文字。"])

    def ask(*_: object) -> None:
        for row in jobs.listing(room.house.workspace):
            jobs.request_cancel(room.house.workspace, jobs.JobId(row.id))

    with pytest.raises(CancelledError):
        room.ingest(source, file, progress=ask)
    assert not unfinished(room.house.workspace)
    assert room.facts().items.taken_in == 0


def test_a_file_that_changes_between_plan_and_reading_is_refused(room: Workroom) -> None:
    """What was planned by its digest must be what is read."""
    source = room.declare("changing")
    file = room.write_texts("changing.jsonl", ["一段文字。"])

    def change(*_: object) -> None:
        file.write_bytes(b'{"text": "another"}\n')
        os.utime(file, (1, 1))

    with pytest.raises(GovernanceError) as refused:
        room.ingest(source, file, progress=change)
    assert refused.value.code == "corpus.file-changed"


def test_a_missing_path_is_one_sentence(room: Workroom) -> None:
    """A path that is not there is named, with what to do and exit code 4."""
    with pytest.raises(GovernanceError) as refused:
        room.ingest(room.declare("absent"), Path("nowhere/at/all"))
    assert refused.value.exit_code == ExitCode.ENVIRONMENT
    assert "nowhere" in refused.value.diagnostics()


def test_workers_and_process_give_the_same_shards(room: Workroom) -> None:
    """The configuration does not depend on how many work, so nothing is read twice for having more workers."""
    room.set_small_units()
    source = room.declare("shared")
    file = room.write_texts("shared.jsonl", [f"第{n}条内容，写得长一些。" * 3000 for n in range(30)])
    room.ingest(source, file, workers=2)
    assert room.ingest(source, file, workers=1).ingest is None
    assert room.facts().items.admitted == 30
    assert len(room.shards()) > 1


def test_the_configuration_ignores_sizes_of_work(room: Workroom) -> None:
    """Changing the size of work units does not make decided files be read again."""
    source = room.declare("sized")
    known = next(iter(_source(room, source)))
    before = setup_for(room.house, known).configuration()
    room.set_small_units()
    assert setup_for(room.house, known).configuration() == before


def _source(room: Workroom, name: str) -> list[object]:
    from corpus.sources import require_declared

    return [require_declared(room.house.workspace.ledger, name)]
