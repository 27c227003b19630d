"""A sealed bundle carries what annotation rests on; who has it alone finds what was forged before sealing.

Each forgery is sealed anew with the real key over a bundle that passed just before: all but the last step accept it.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotation.batches import answers, judging, labels
from annotation.batches.collect import collect
from annotation.batches.labels import Ending, Label
from annotation.port import Entry
from provenance import verify
from provenance.errors import GovernanceError
from provenance.events import BatchClosed, BatchCollected
from provenance.ids import FileId, ItemId
from rules.annotation import books
from tests.fakes.batch_desk import SAFE, USABLE, BatchDesk
from tests.fakes.seals import Sealed, accepted, forged, names, opened, rejected
from ui.services import sealing

pytestmark = pytest.mark.fault
OUTBOX = "annotation/outbox.jsonl"
ANSWERS = "annotation/batches/b-1/answers.json"
CANARY = "欧阳无名"
NAMING = (Entry("verdict", ("risky",)), Entry("risk", ("A1a",)), Entry("reason", text=f"依据规则，{CANARY}写的"))
ENDING = Ending(tuple(Label(ItemId(FileId(bytes(16)), place), (), "p-a1", ("p-r1",)) for place in range(6)))
PARTS = ("answers", "decisions", "labels", "tasks")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sealed]:
    """A bundle over an accepted batch whose server was restored on the way, and one that people still work on."""
    folder = tmp_path_factory.mktemp("annotated")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YULIAO_KEYS", str(folder / "keys"))
        desk = BatchDesk.fresh(folder)
        tasks = desk.tasks(desk.publish().batch)
        for task in tasks[:3]:
            desk.server.answer(*task, "p-a1", NAMING)
        backup = desk.server.backup()
        desk.server.answer(*tasks[3], "p-a1", SAFE)
        desk.collect()
        desk.server.restore(backup)
        desk.collect()
        for task in tasks[3:]:
            desk.server.answer(*task, "p-a2", SAFE)
        desk.server.answer(*tasks[0], "p-a1", SAFE)
        desk.review()
        desk.decide(desk.desk.batch("b-1"))
        desk.review()
        desk.close()
        batch = desk.publish("b-2", "functional").batch
        desk.annotate(batch, USABLE)
        desk.collect("b-2")
        sealing.seal(desk.room.house, folder / "bundle")
        yield opened(folder / "bundle", desk.room.house.seal_key)
        desk.room.house.workspace.database.close()


def test_the_evidence_of_annotation_is_sealed(original: Sealed) -> None:
    """Task lists, answers, decisions, ends, rule books and the outbox with what a restored server lost are there."""
    accepted(original)
    held = [name.removeprefix("data/annotation/") for name in names(original.folder) if "data/annotation/" in name]
    assert held == [
        *(f"batches/b-1/{part}.json" for part in PARTS),
        "batches/b-2/answers.json",
        "batches/b-2/tasks.json",
        "outbox.jsonl",
        "rule-books/functional-1.yaml",
        "rule-books/safety-1.yaml",
    ]
    assert original.files["annotation/rule-books/safety-1.yaml"] == books.content(books.named("safety"))
    seqs = [row["seq"] for row in map(json.loads, content(original, OUTBOX).splitlines())]
    assert seqs[:7] == [1, 2, 3, 4, 4, 5, 6]
    step = verify.verify(original.folder)[10]
    assert (step.number, step.detail) == (11, f"{len(seqs)} rows, {len(held)} files")


def telling(files: Mapping[str, bytes | Path]) -> list[str]:
    """Return the files that hold what the items say, what annotators wrote, or the name in it, in any spelling."""
    words = [form for word in ("湖面很静", "天的记录", CANARY) for form in (word, json.dumps(word)[1:-1])]
    return [
        name for name, held in files.items() if isinstance(held, bytes) and any(word.encode() in held for word in words)
    ]


def test_no_text_and_no_name_is_sealed(original: Sealed) -> None:
    """Neither what the items say, nor what annotators wrote, nor a name in it stands anywhere in the bundle."""
    assert telling({"a": f"x{CANARY}".encode(), "b": json.dumps("湖面很静").encode(), "c": b""}) == ["a", "b"]
    assert b"verdict" in content(original, ANSWERS)
    assert telling(original.files) == []


def content(whole: Sealed, name: str) -> bytes:
    """Return a file of the payload."""
    found = whole.files[name]
    assert isinstance(found, bytes)
    return found


def lines(whole: Sealed) -> list[bytes]:
    """Return the rows of the outbox."""
    return content(whole, OUTBOX).splitlines()


def chained(rows: list[bytes]) -> list[bytes]:
    """Chain rows anew, as a forger does who knows how the outbox is made."""
    made, previous = [], "0" * 64
    for row in rows:
        tree = {**json.loads(row), "previous": previous}
        made.append(json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
        previous = hashlib.sha256(made[-1]).hexdigest()
    return made


@pytest.mark.parametrize(
    ("forge", "told"),
    [
        (lambda rows: rows[:-1], "is missing"),
        (lambda rows: [*rows[:2], *rows[3:]], "row 3"),
        (lambda rows: [rows[1], rows[0], *rows[2:]], "row 1"),
        (lambda rows: [rows[0].replace(b"p-a1", b"p-a3"), *rows[1:]], "row 2"),
        (lambda rows: [*rows[:3], *rows[4:]], "head"),
        (lambda rows: [*rows, rows[-1]], "no more rows"),
        (lambda rows: chained([rows[0].replace(b"p-a1", b"p-a3"), *rows[1:4]]) + rows[4:], "head"),
        (lambda rows: [*rows[:-1], rows[-1].replace(b"p-", b"q-")], "head"),
        (lambda rows: [b"not json", *rows[1:]], "not JSON"),
        (lambda rows: [b"[" * 200_000, *rows[1:]], OUTBOX),
        (lambda rows: [b"5", *rows[1:]], "another form"),
        (lambda _: [], "row 1"),
    ],
)
def test_an_outbox_that_is_no_chain_is_found(
    original: Sealed, tmp_path: Path, forge: Callable[[list[bytes]], list[bytes]], told: str
) -> None:
    """Rows left out, moved, edited, added or chained anew do not lead to the heads that the ledger names."""
    rows = b"".join(row + b"\n" for row in forge(lines(original)))
    rejected(forged(original, tmp_path, {OUTBOX: rows}), f"data/{OUTBOX}", told, step=11, by_hand=False)


@pytest.mark.parametrize("place", range(3))
def test_an_edited_row_is_found_by_hand(original: Sealed, tmp_path: Path, place: int) -> None:
    """The commands of VERIFY.md find a row that is not the one its successor or a collection names."""
    rows = lines(original)
    rows[[0, len(rows) // 2, -1][place]] += b" "
    changed = b"".join(row + b"\n" for row in rows)
    rejected(forged(original, tmp_path, {OUTBOX: changed}), f"data/{OUTBOX}", step=11)


@pytest.mark.parametrize("name", [OUTBOX, ANSWERS, "annotation/rule-books/safety-1.yaml"])
def test_evidence_left_out_before_sealing_is_found(original: Sealed, tmp_path: Path, name: str) -> None:
    """Where the ledger tells of it and the bundle lacks it, an auditor does not get less unnoticed."""
    rejected(forged(original, tmp_path, {name: None}), f"data/{name}", "missing", step=11, by_hand=name == OUTBOX)


@pytest.mark.parametrize("part", PARTS)
def test_evidence_that_the_ledger_does_not_name_is_found(original: Sealed, tmp_path: Path, part: str) -> None:
    """Another task list, other answers, decisions or labels than the ledger names are found, and a file too many."""
    name = f"annotation/batches/b-1/{part}.json"
    other = content(original, name).replace(b"p-a1", b"p-a2") + b" "
    rejected(forged(original, tmp_path / "one", {name: other}), f"data/{name}", step=11)
    more = f"annotation/batches/b-3/{part}.json"
    rejected(forged(original, tmp_path / "two", {more: other}), f"data/{more}", step=11)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BatchDesk:
    """A desk with a batch that was collected and reviewed."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    desk = BatchDesk.fresh(tmp_path)
    batch = desk.publish().batch
    desk.annotate(batch, SAFE)
    desk.review()
    desk.decide(batch)
    desk.review()
    return desk


def seal(desk: BatchDesk, out: Path) -> Sealed:
    """Seal a workspace."""
    sealing.seal(desk.room.house, out)
    return opened(out, desk.room.house.seal_key)


def test_untouched_work_is_accepted(desk: BatchDesk, tmp_path: Path) -> None:
    """The control for what follows: the same batch verifies as it is, and collecting it again changes nothing."""
    assert not desk.collect().is_new
    accepted(seal(desk, tmp_path / "clean"))


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (b'"person":"p-a1"', b'"person":"p-a2"'),
        (b'"values":["safe"]', b'"values":["risky"]'),
        (b'"values":["safe"]', b'"values":["safe","risky"]'),
        (b'"control":"verdict"', b'"control":"other"'),
        (b'"values":["approve"]', b'"values":["inaccurate"]'),
        (b'"entries":[', b'"entries":[{"control":"span","end":4,"start":1,"values":["suspect"]},'),
        (b'"seq":2', b'"seq":3'),
        (b'"annotation":', b'"annotation":9'),
    ],
)
def test_an_answer_that_the_outbox_does_not_tell_of_is_found(
    desk: BatchDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, true: bytes, false: bytes
) -> None:
    """One answer changed before it was stored agrees with the ledger's digest, and not with what the outbox tells."""
    write = answers.write
    monkeypatch.setattr(answers, "write", lambda found: write(found).replace(true, false, 1))
    assert desk.collect().is_new
    found = seal(desk, tmp_path / "lying")
    rejected(found, f"data/{ANSWERS}", f"data/{OUTBOX}", "tells otherwise", step=11, by_hand=False)


def test_an_answer_that_was_left_out_is_found(desk: BatchDesk, tmp_path: Path) -> None:
    """What the outbox tells of a batch counts or is kept out for a reason; dropping an answer unnoticed is neither."""

    def dropping(*given: Any) -> answers.Collection:
        found = judging.judged(*given)
        return replace(found, answers=found.answers[1:])

    assert collect(desk.desk, "b-1", dropping).is_new
    rejected(seal(desk, tmp_path / "less"), f"data/{ANSWERS}", "neither counts", step=11, by_hand=False)


@pytest.mark.parametrize(
    ("kind", "field", "value", "part"),
    [
        ("BatchCollected", "annotations", 7, "answers"),
        ("BatchCollected", "units_done", 5, "answers"),
        ("BatchCollected", "kept_out", (("twice", 1),), "answers"),
        ("BatchReviewed", "approved", 5, "decisions"),
        ("BatchReviewed", "inaccurate", 1, "decisions"),
        ("BatchClosed", "released", 7, "labels"),
        ("BatchClosed", "reworked", 1, "labels"),
    ],
)
def test_a_figure_that_the_files_do_not_hold_is_found(
    desk: BatchDesk, tmp_path: Path, kind: str, field: str, value: object, part: str
) -> None:
    """What the tables are made of is counted again: a number that was recorded wrong is named with its entry."""
    closed = BatchClosed("accepted", "done", 6, 0, desk.desk.stores.safety.put_bytes(labels.write(ENDING)))
    events = {type(each.event).__name__: each.event for each in desk.desk.workspace.ledger.entries(subject="b-1")}
    right = {**events, "BatchClosed": closed}[kind]
    if isinstance(right, BatchCollected):
        right = replace(right, since=right.upto, rows="")
    seq = desk.record("b-1", replace(right, **{field: value}))  # type: ignore[type-var]
    found = seal(desk, tmp_path / "wrong")
    rejected(
        found, f"data/annotation/batches/b-1/{part}.json", f"{field} of ledger entry {seq}", by_hand=False, step=11
    )


def test_a_damaged_store_is_not_sealed(desk: BatchDesk, tmp_path: Path) -> None:
    """A seal over answers that are not what the ledger names would mislead: it is refused, nothing is written."""
    stored = desk.desk.stores.safety.path(desk.collect().batch.answers)  # type: ignore[arg-type]  # a digest
    stored.chmod(0o600)
    stored.write_bytes(b"{}")
    with pytest.raises(GovernanceError) as refused:
        sealing.seal(desk.room.house, tmp_path / "bundle")
    assert refused.value.code == "provenance.object-damaged"
    assert not (tmp_path / "bundle").exists()


def test_a_bundle_without_annotation_holds_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """People and rule books alone are no annotation: nothing is added, and the last step says so."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    desk = BatchDesk.fresh(tmp_path)
    sealing.seal(desk.room.house, tmp_path / "bundle")
    accepted(opened(tmp_path / "bundle", desk.room.house.seal_key))
    assert not (tmp_path / "bundle/data/annotation").exists()
    assert verify.verify(tmp_path / "bundle")[10].detail == "no annotation in this bundle"
