"""Batch plans: what they may say, what they are refused for, and who may be given what."""

import contextlib
import datetime as dt
import hashlib
import hmac
import importlib.util
import json
from pathlib import Path

import pytest

import annotation
from annotation.batches import keys, opening, plans, units
from annotation.batches.units import Unit
from annotation.server.policy import Person
from provenance.errors import GovernanceError
from provenance.ids import FileId, ItemId
from rules.annotation import books
from tests.fakes.batch_desk import BatchDesk

PLAN = """\
id: b-1
kind: safety
rule_book: safety@1
items: {source: essays, count: 6}
people: {annotate: [p-a1, p-a2], review: [p-r1]}
deadline: 2026-12-31
planned_seconds: 60
"""


def _read(folder: Path, text: str) -> plans.Order:
    (folder / "plan.yaml").write_text(text, "utf-8")
    return plans.read(folder / "plan.yaml")


def test_a_plan_is_read(tmp_path: Path) -> None:
    """Everything it says is there, and people come with their functions in a fixed order."""
    plan = _read(tmp_path, PLAN).plan
    assert (plan.id, plan.items.count, plan.deadline, plan.overlap) == ("b-1", 6, dt.date(2026, 12, 31), 1)
    assert plan.duties == (("p-a1", "annotate"), ("p-a2", "annotate"), ("p-r1", "review"))


def test_the_same_plan_is_the_same_however_it_is_written(tmp_path: Path) -> None:
    """Comments and order of fields make no other plan; one more item does."""
    turned = "\n".join(reversed(PLAN.strip().split("\n"))) + "\n# a remark\n"
    assert _read(tmp_path, PLAN).digest == _read(tmp_path, turned).digest
    assert _read(tmp_path, PLAN).digest != _read(tmp_path, PLAN.replace("6", "7", 1)).digest


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: safety", "kind: secret", "kind"),
        ("id: b-1", "id: Müller", "id"),
        ("count: 6", "count: many", "items.count: must be a whole number"),
        ("count: 6", "sample: 4", "items"),
        ("review: [p-r1]", "inspect: [p-i1]", "people.inspect"),
        ("planned_seconds: 60", "seconds: 60", "a field that no plan has"),
        ("deadline: 2026-12-31\n", "", "deadline: is required"),
        ("deadline: 2026-12-31", "deadline: 2026-13-31", "deadline: must be a day, YYYY-MM-DD"),
        ("p-a1", "张三", "people.annotate"),
    ],
)
def test_a_wrong_plan_is_refused_with_the_field_and_without_the_value(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    """Every problem is told by its field; a value is never repeated, for it may be a name."""
    assert old in PLAN
    with pytest.raises(GovernanceError) as refused:
        _read(tmp_path, PLAN.replace(old, new))
    assert refused.value.code == "annotation.plan-invalid"
    assert told in refused.value.message
    assert not {"张三", "Müller", "secret", "many"} & set(refused.value.message.split())


def test_gold_answers_are_read_and_a_broken_line_is_named(tmp_path: Path) -> None:
    """A gold file is JSON Lines beside the plan; a line that is none is told by its number."""
    item = ItemId(FileId(b"\x01" * 16), 3)
    good = json.dumps({"item": str(item), "entries": [{"control": "verdict", "values": ["safe"]}]})
    (tmp_path / "gold.jsonl").write_text(good + "\n", "utf-8")
    order = _read(tmp_path, PLAN + "gold: gold.jsonl\n")
    assert order.gold[item][0].values == ("safe",)
    (tmp_path / "gold.jsonl").write_text(good + "\n{}\n", "utf-8")
    with pytest.raises(GovernanceError, match="Line 2"):
        _read(tmp_path, PLAN + "gold: gold.jsonl\n")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BatchDesk:
    """A desk with twelve texts and seven people."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    return BatchDesk.fresh(tmp_path)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("annotation.two-functions", {"people": {"annotate": ["p-a1", "p-r1"], "review": ["p-r1"]}}),
        ("annotation.not-assigned", {"people": {"annotate": ["p-a1", "p-r2"], "review": ["p-r1"]}}),
        ("annotation.not-assigned", {"people": {"annotate": ["p-nobody"], "review": ["p-r1"]}}),
        ("annotation.too-few-people", {"overlap": 3}),
        ("annotation.nobody-checks", {"people": {"annotate": ["p-a1"]}}),
        ("annotation.deadline-passed", {"deadline": "2000-01-01"}),
        ("annotation.book-not-released", {"rule_book": "safety@2"}),
        ("annotation.book-of-another-kind", {"rule_book": "functional@1"}),
        ("annotation.nothing-to-redo", {"items": None, "redoes": "b-0"}),
        ("corpus.sample-unknown", {"items": {"sample": 4}}),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(desk: BatchDesk, code: str, changes: dict[str, object]) -> None:
    """Two functions, no assignment, too few people, no rule book, no items: each is refused with its own sentence."""
    desk.publish("b-0")
    size = desk.desk.workspace.ledger.head().size
    with pytest.raises(GovernanceError) as refused:
        desk.publish(**changes)
    assert refused.value.code == code
    assert "b-1" not in {each.id for each in desk.desk.facts().batches}
    assert desk.desk.workspace.ledger.head().size == size


def test_who_is_not_qualified_now_is_refused(desk: BatchDesk) -> None:
    """A suspended person gets no work; restored, they do."""
    desk.suspend("p-a2")
    with pytest.raises(GovernanceError, match="p-a2") as refused:
        desk.publish()
    assert refused.value.code == "annotation.not-qualified"
    assert desk.publish(people={"annotate": ["p-a1"], "review": ["p-r1"]}).is_new


def test_an_id_is_used_for_one_plan(desk: BatchDesk) -> None:
    """Another plan under a known id is refused, and the batch stays as it was."""
    first = desk.publish().batch
    with pytest.raises(GovernanceError) as refused:
        desk.publish(planned_seconds=61)
    assert refused.value.code == "annotation.batch-of-another-plan"
    assert desk.desk.batch("b-1") == first


def test_a_publication_that_broke_off_goes_on(desk: BatchDesk) -> None:
    """Wherever the server goes away, the same command later makes the same batch, once."""
    for calls in range(9):
        desk.server.fail_next("fine", times=calls)
        desk.server.fail_next("truncated")
        with contextlib.suppress(GovernanceError):
            desk.publish()
        desk.server._failures.clear()
    published = desk.publish()
    assert len(desk.tasks(published.batch)) == 6
    assert len({each.number for each in published.batch.projects}) == len(desk.server._world.projects) == 2
    events = list(desk.desk.workspace.ledger.entries(kinds=("BatchPublished",)))
    assert len(events) == 1


def test_what_a_broken_off_run_left_is_taken_away(desk: BatchDesk) -> None:
    """Items taken in between change the draw: what only the earlier run drew does not stay in the server."""
    desk.server.fail_next("fine", times=4)
    desk.server.fail_next("truncated", times=30)
    with pytest.raises(GovernanceError):
        desk.publish()
    desk.server._failures.clear()
    more = desk.room.write_texts("more.jsonl", (f"山路很长，第{at}段的见闻。" for at in range(40)))
    desk.room.ingest("essays", more)
    batch = desk.publish().batch
    assert {key for _, key in desk.tasks(batch)} == {each.key for each in units.read(_evidence(desk, batch.tasks))}


def _evidence(desk: BatchDesk, name: str) -> bytes:
    with desk.desk.workspace.evidence.open(name) as stored:  # type: ignore[arg-type]
        return stored.read()


def test_the_policy_follows_from_the_ledger(desk: BatchDesk) -> None:
    """Open batches are open, ended ones closed, void ones void; a rule book that is unknown opens nothing."""
    batch = desk.publish().batch
    said = opening.policy_of([batch], desk.desk.books, desk.desk.policy_people)
    assert {each.function for each in said.projects.values()} == {"annotate", "review"}
    assert all(each.is_open and each.batch == "b-1" for each in said.projects.values())
    ended = desk.close(outcome="void").batch
    void = opening.policy_of([ended], desk.desk.books, {})
    assert void.void_batches == ("b-1",)
    assert all(each.is_open for each in void.projects.values())  # being void closes them, and says why
    assert opening.policy_of([batch], {}, {"a": Person("p-1", ())}).projects == {}


def test_people_are_shared_out_by_keys_alone() -> None:
    """The doubled tasks are the first in the order of keys, whatever the order in which they come."""
    named = [f"{at:032x}" for at in range(10)]
    shared = units.people_by_key(reversed(named), overlap=3, doubled=4)
    assert [shared[each] for each in named] == [3] * 4 + [1] * 6


def test_a_task_list_reads_back() -> None:
    """What is stored of a task list comes back, in the order of the keys."""
    listed = [Unit(f"{at:032x}", ItemId(FileId(bytes([at]) * 16), at), "ab" * 32, "work", 1) for at in (2, 1)]
    assert units.read(units.write(listed)) == tuple(reversed(listed))


def test_texts_are_named_as_the_gate_names_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Our keyed digest of a text is the gate's own, character for character, with any text."""
    path = Path(annotation.__file__).parent / "gate" / "keys.py"
    spec = importlib.util.spec_from_file_location("gate_keys", path)
    assert spec is not None
    assert spec.loader is not None
    gate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gate)
    secret = hashlib.sha256(b"secret").digest()
    file = tmp_path / "gate.key"
    file.write_text(secret.hex())
    file.chmod(0o600)
    monkeypatch.setenv(gate.VARIABLE, str(file))
    for text in ("", "山川异域", "a\r\n😀\ud800"):
        assert keys.text_digest(secret, text) == gate.keyed_digest("text", text)
    assert keys.text_digest(secret, "x") != hmac.digest(secret, b"x", "sha256").hex()


def test_every_rule_book_of_this_release_can_be_told_to_the_gate() -> None:
    """The policy takes each of them."""
    said = opening.policy_of([], {each.name: each for each in books.load().values()}, {})
    assert set(said.rule_books) == {each.name for each in books.load().values()}
