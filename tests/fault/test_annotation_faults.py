"""What goes wrong between us and the annotation server: nothing lost, nothing counted twice, what is wrong is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annotation.batches import answers, mirror
from annotation.batches.desk import Desk
from annotation.port import Entry
from corpus import quarantine
from corpus.measure import Kinds
from corpus.quarantine import Decision
from provenance.errors import ExitCode, GovernanceError
from tests.fakes.batch_desk import APPROVE, RISKY, SAFE, BatchDesk

pytestmark = pytest.mark.fault
CODES = {
    "down": "annotation.server-down",
    "slow": "annotation.server-down",
    "401": "annotation.server-refused",
    "403": "annotation.server-refused",
    "429": "annotation.server-busy",
    "500": "annotation.server-down",
    "truncated": "annotation.server-down",
    "revoked": "annotation.server-refused",
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BatchDesk:
    """A desk with twelve texts and seven people."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    return BatchDesk.fresh(tmp_path)


def _stubborn(desk: BatchDesk, kind: str, act: Callable[[], object]) -> None:
    """Repeat a step while its first, second, third... request fails, and then once more without any failure."""
    for before in range(12):
        desk.server.fail_next("fine", times=before)
        desk.server.fail_next(kind)
        failed = _error_of(act)
        assert failed is None or (failed.code, failed.exit_code) == (CODES[kind], ExitCode.ENVIRONMENT)
        desk.server._failures.clear()
        desk.server.renew_token()
    act()


def _error_of(act: Callable[[], object]) -> GovernanceError | None:
    try:
        act()
    except GovernanceError as error:
        return error
    return None


@pytest.mark.parametrize("kind", CODES)
def test_a_server_that_fails_anywhere_loses_and_doubles_nothing(desk: BatchDesk, kind: str) -> None:
    """Each step is repeated with a failure at every request in turn: the batch ends like one without any failure."""
    _stubborn(desk, kind, desk.publish)
    batch = desk.desk.batch("b-1")
    desk.annotate(batch, SAFE)
    _stubborn(desk, kind, desk.review)
    desk.decide(batch)
    _stubborn(desk, kind, desk.review)
    _stubborn(desk, kind, desk.close)
    ended = desk.desk.batch("b-1")
    assert (ended.annotations, ended.review.approved, ended.released, dict(ended.kept_out)) == (6, 6, 6, {})
    assert desk.tasks(batch, "annotate", "review") == []
    kinds = [type(each.event).__name__ for each in desk.desk.workspace.ledger.entries(subject="b-1")]
    assert {name: kinds.count(name) for name in ("BatchPublished", "BatchClosed", "TaskTextsDeleted")} == {
        "BatchPublished": 1,
        "BatchClosed": 1,
        "TaskTextsDeleted": 1,
    }


def _kept(desk: BatchDesk) -> dict[str, int]:
    return dict(desk.collect().batch.kept_out)


def test_clean_work_is_not_suspected(desk: BatchDesk) -> None:
    """Answers given and changed in order are all counted."""
    batch = desk.publish().batch
    desk.annotate(batch, SAFE)
    desk.annotate(batch, RISKY)
    assert _kept(desk) == {}


def test_an_annotation_of_a_database_administrator_is_named_and_kept_out(desk: BatchDesk) -> None:
    """What no row of the outbox tells of counts nowhere, and the item is not done by it."""
    batch = desk.publish().batch
    (first, *rest) = desk.tasks(batch)
    desk.server.answer_behind(*first, "p-a1", SAFE)
    for task in rest:
        desk.server.answer(*task, "p-a1", SAFE)
    found = desk.collect()
    assert dict(found.batch.kept_out) == {"untold": 1}
    assert (found.batch.annotations, found.batch.units_done) == (5, 5)
    assert [(each.person, each.task) for each in found.found.kept_out] == [("p-a1", first[1])]
    with pytest.raises(GovernanceError, match="fewer answers"):
        desk.close()


def test_an_answer_changed_behind_the_gate_is_named(desk: BatchDesk) -> None:
    """Where the table holds another answer than the outbox tells, neither counts."""
    batch = desk.publish().batch
    desk.annotate(batch, SAFE)
    desk.server.answer_behind(*desk.tasks(batch)[0], "p-a1", RISKY)
    assert _kept(desk) == {"changed": 1}


def test_a_person_without_the_function_or_without_a_qualification_is_named(desk: BatchDesk) -> None:
    """Who is not in the batch, and whose qualification was suspended before, is found at collection."""
    batch = desk.publish().batch
    tasks = desk.tasks(batch)
    desk.suspend("p-a2")
    desk.server.answer(*tasks[0], "p-a3", SAFE)
    desk.server.answer(*tasks[1], "p-r1", SAFE)
    desk.server.answer(*tasks[2], "p-a2", SAFE)
    desk.server.answer(*tasks[3], "p-a1", SAFE)
    assert _kept(desk) == {"not-qualified": 1, "wrong-function": 2}
    assert desk.desk.batch("b-1").annotations == 1


def test_more_people_than_planned_are_named(desk: BatchDesk) -> None:
    """The second person on an item for one is over the cap."""
    batch = desk.publish().batch
    desk.annotate(batch, SAFE, people=("p-a1", "p-a2"))
    assert _kept(desk) == {"over-cap": 6}


def test_a_project_deleted_by_hand_is_named_and_its_answers_kept_out(desk: BatchDesk) -> None:
    """Collection goes on, says what happened, and the batch cannot be accepted any more; void it can."""
    batch = desk.publish().batch
    desk.annotate(batch, SAFE)
    assert _kept(desk) == {}
    number = next(each.number for each in batch.projects if each.function == "annotate")
    desk.server.delete_project(number)
    assert _kept(desk) == {"project-gone": 6}
    assert desk.desk.batch("b-1").annotations == 0
    with pytest.raises(GovernanceError):
        desk.close()
    closed = desk.close(outcome="void")
    assert closed.batch.texts_deleted == 0
    events = [each.event for each in desk.desk.workspace.ledger.entries(kinds=("TaskTextsDeleted",))]
    assert [each.gone for each in events] == [1]  # type: ignore[attr-defined]


def test_a_restored_server_is_understood(desk: BatchDesk) -> None:
    """What the backup did not have is lost, named and kept out; what people do afterwards counts."""
    batch = desk.publish().batch
    tasks = desk.tasks(batch)
    for task in tasks[:3]:
        desk.server.answer(*task, "p-a1", SAFE)
    backup = desk.server.backup()
    for task in tasks[3:]:
        desk.server.answer(*task, "p-a1", SAFE)
    assert desk.collect().batch.annotations == 6
    desk.server.restore(backup)
    assert _kept(desk) == {"restored": 3}
    assert desk.desk.batch("b-1").annotations == 3
    for task in tasks[3:]:
        desk.server.answer(*task, "p-a2", SAFE)
    found = desk.collect()
    assert (found.batch.annotations, found.batch.units_done, dict(found.batch.kept_out)) == (6, 6, {"restored": 3})


def test_a_server_restored_to_before_anything_is_understood(desk: BatchDesk) -> None:
    """A backup without a single row cuts our copy to nothing, and nothing counts."""
    batch = desk.publish().batch
    backup = desk.server.backup()
    desk.annotate(batch, SAFE)
    desk.collect()
    desk.server.restore(backup)
    assert _kept(desk) == {"restored": 6}
    assert mirror.read(desk.desk).rows == []


def test_an_outbox_written_anew_is_named(desk: BatchDesk) -> None:
    """Rows that took the place of rows we had read, with times before those, count as written anew."""
    batch = desk.publish().batch
    tasks = desk.tasks(batch)
    backup, before = desk.server.backup(), desk.server._now
    for task in tasks[:3]:
        desk.server.answer(*task, "p-a1", SAFE)
    desk.collect()
    desk.server.restore(backup)
    desk.server._now = before
    for task in tasks[:2]:
        desk.server.answer(*task, "p-a1", RISKY)
    found = _kept(desk)
    assert found["rewritten"] == 2
    assert desk.desk.batch("b-1").annotations == 0


def test_a_broken_chain_stops_the_collection(desk: BatchDesk) -> None:
    """A changed body is no row: nothing is recorded, and the exit says that a verification failed."""
    batch = desk.publish().batch
    desk.annotate(batch, SAFE)
    desk.server.tamper(3, "安全", "有风险")
    size = desk.desk.workspace.ledger.head().size
    with pytest.raises(GovernanceError) as broken:
        desk.collect()
    assert (broken.value.code, broken.value.exit_code) == (
        "annotation.outbox-broken",
        ExitCode.VERIFICATION_FAILED,
    )
    assert desk.desk.workspace.ledger.head().size == size


def test_a_gate_that_vanished_stops_the_collection(desk: BatchDesk) -> None:
    """A batch of a gated server is not collected from the same server without its gate."""
    desk.annotate(desk.publish().batch, SAFE)
    desk.server.is_gated = False
    with pytest.raises(GovernanceError) as gone:
        desk.collect()
    assert gone.value.code == "annotation.gate-gone"


def test_two_collections_at_once_record_one(desk: BatchDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes second while another records is told so, and the copy of the outbox stays one chain."""
    batch = desk.publish().batch
    desk.annotate(batch, SAFE)
    read = mirror.read
    inner: list[object] = []

    def overtaken(at: Desk) -> mirror.Mirror:
        held = read(at)
        if not inner:
            inner.append(held)
            desk.collect()
        return held

    monkeypatch.setattr(mirror, "read", overtaken)
    with pytest.raises(GovernanceError) as meanwhile:
        desk.collect()
    assert meanwhile.value.code == "annotation.collected-meanwhile"
    monkeypatch.undo()
    assert not desk.collect().is_new
    assert len(mirror.read(desk.desk).rows) == 6


def test_a_withdrawn_text_takes_its_answer_along(desk: BatchDesk) -> None:
    """An item whose text is erased while people work has no answer that counts, and is not released."""
    batch = desk.publish().batch
    desk.annotate(batch, SAFE)
    item = desk.item(batch, desk.tasks(batch)[0][1])
    kinds = Kinds(desk.desk.catalog.sensitive(), desk.desk.catalog.risk_unions())
    quarantine.reject(desk.desk.workspace, [item], Decision("its author asked for it", "p-lead", kinds))
    desk.review()
    for task in desk.tasks(batch, "review"):
        desk.server.answer(*task, "p-r1", APPROVE)
    reviewed = desk.review()
    assert (reviewed.batch.review.approved, dict(reviewed.batch.kept_out)) == (5, {"text-gone": 1})
    assert item not in reviewed.outcomes
    with pytest.raises(GovernanceError, match="AR-6"):
        desk.close()


def test_a_server_without_a_gate_is_checked_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers come from its table; whoever broke a rule there is kept out, and the batch says how weak the proof is."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    desk = BatchDesk.fresh(tmp_path, is_gated=False)
    batch = desk.publish().batch
    assert not batch.is_enforced
    (first, second, third, *rest) = desk.tasks(batch)
    desk.server.answer(*first, "p-r1", SAFE)
    desk.server.answer(*second, "p-a1", [Entry("verdict", ("risky",))])
    for task in (third, *rest):
        desk.server.answer(*task, "p-a1", SAFE)
    found = desk.collect()
    assert dict(found.batch.kept_out) == {"bad-answer": 1, "wrong-function": 1}
    assert (found.batch.annotations, found.batch.units_done) == (4, 4)
    assert answers.of_batch(desk.desk, found.batch) == found.found
