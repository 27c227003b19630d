"""A batch on its way: published, collected, checked, and ended in each of three ways."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotation.batches import answers, conditions, decisions, labels
from annotation.port import Entry
from provenance.errors import GovernanceError
from provenance.ids import digest
from tests.fakes.batch_desk import APPROVE, FOUND, ILLEGAL, INACCURATE, RISKY, SAFE, USABLE, BatchDesk
from ui.services import sampling


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BatchDesk:
    """A desk with twelve texts and seven people."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    return BatchDesk.fresh(tmp_path)


def _code(error: pytest.ExceptionInfo[GovernanceError]) -> str:
    return error.value.code


def test_a_safety_batch_goes_from_plan_to_accepted(desk: BatchDesk) -> None:
    """Six items are annotated, approved one by one, released, and their texts leave the server."""
    batch = desk.work()
    assert (batch.units, batch.units_done, batch.review.approved, batch.is_enforced) == (6, 6, 6, True)
    closed = desk.close()
    assert (closed.batch.outcome, closed.batch.released, closed.batch.reworked) == ("accepted", 6, 0)
    assert closed.batch.texts_deleted == 12  # six first answers, six reviews
    assert desk.tasks(batch, "annotate", "review") == []
    assert {each.annotator for each in closed.ending.released} == {"p-a1"}
    assert {each.approvers for each in closed.ending.released} == {("p-r1",)}
    assert dict(closed.batch.end.checks if closed.batch.end else ())["AR-6"] == "ok"


def test_every_step_may_be_repeated(desk: BatchDesk) -> None:
    """Publishing, collecting, reviewing and closing twice records once, and puts nothing twice."""
    first = desk.publish()
    again = desk.publish()
    assert (first.is_new, first.tasks_put, again.is_new, again.tasks_put) == (True, 6, False, 0)
    desk.annotate(first.batch)
    assert desk.collect().is_new
    assert not desk.collect().is_new
    assert desk.review().tasks_put == 6
    assert desk.review().tasks_put == 0
    desk.decide(first.batch)
    assert desk.review().is_new
    assert not desk.review().is_new
    size = desk.desk.workspace.ledger.head().size
    assert desk.close().is_new
    assert not desk.close().is_new
    kinds = [type(each.event).__name__ for each in desk.desk.workspace.ledger.entries(since=size)]
    assert kinds == ["BatchClosed", "TaskTextsDeleted"]


def test_an_unreviewed_safety_item_blocks_acceptance(desk: BatchDesk) -> None:
    """AR-6: five of six approvals are not enough, and the refusal names the rule."""
    batch = desk.publish().batch
    desk.annotate(batch)
    desk.review()
    (project, key), *rest = desk.tasks(batch, "review")
    for other, name in rest:
        desk.server.answer(other, name, "p-r1", APPROVE)
    with pytest.raises(GovernanceError, match="AR-6") as refused:
        desk.close()
    assert _code(refused) == "annotation.ar-6"
    desk.server.answer(project, key, "p-r1", APPROVE)
    assert desk.close().batch.released == 6


def test_what_is_inaccurate_goes_into_a_batch_that_redoes_it(desk: BatchDesk) -> None:
    """AR-8: such a batch is not accepted; it is redone, and the later batch has just those items."""
    batch = desk.publish().batch
    desk.annotate(batch)
    desk.review()
    (project, key), *_ = desk.tasks(batch, "review")
    desk.server.answer(project, key, "p-r1", INACCURATE)
    desk.decide(batch)
    with pytest.raises(GovernanceError, match="AR-8"):
        desk.close()
    closed = desk.close(outcome="redo")
    assert (closed.batch.released, closed.batch.reworked) == (5, 1)
    assert {each.item for each in closed.ending.released}.isdisjoint(closed.ending.reworked)
    later = desk.publish("b-2", items=None, redoes="b-1").batch
    assert [each.item for each in answers.units_of(desk.desk, later).values()] == list(closed.ending.reworked)
    assert desk.desk.batch("b-1").redone_by == ("b-2",)


def test_a_functional_batch_is_accepted_after_its_spot_check(desk: BatchDesk) -> None:
    """AR-7: without the check it is refused; below the house's minimum all items are drawn."""
    batch = desk.publish(kind="functional").batch
    desk.annotate(batch, USABLE)
    with pytest.raises(GovernanceError, match="AR-7"):
        desk.close()
    desk.decide(batch)
    closed = desk.close()
    assert closed.batch.review.is_spot_check
    assert (closed.batch.review.units, closed.batch.released) == (6, 6)


def test_illegal_content_voids_a_functional_batch(desk: BatchDesk) -> None:
    """AR-9: it can neither be accepted nor redone; void, nothing is released and the gate is told so."""
    batch = desk.publish(kind="functional").batch
    desk.annotate(batch, USABLE)
    desk.review()
    (project, key), *_ = desk.tasks(batch, "inspect")
    desk.server.answer(project, key, "p-i1", ILLEGAL)
    desk.decide(batch)
    for outcome in ("accepted", "redo"):
        with pytest.raises(GovernanceError, match="AR-9"):
            desk.close(outcome=outcome)
    closed = desk.close(outcome="void")
    assert (closed.batch.outcome, closed.batch.released, len(closed.ending.illegal)) == ("void", 0, 1)
    assert json.loads(desk.desk.policy.read_bytes())["void_batches"] == ["b-1"]


def test_what_an_annotator_reports_is_always_looked_at(desk: BatchDesk) -> None:
    """An annotator's report of illegal content that an inspector approves counts as found."""
    batch = desk.publish(kind="functional").batch
    (first, *rest) = desk.tasks(batch)
    desk.server.answer(*first, "p-a1", FOUND)
    for task in rest:
        desk.server.answer(*task, "p-a1", USABLE)
    desk.review()
    desk.decide(batch)
    assert desk.review().batch.review.illegal == 1


def test_void_needs_no_server(desk: BatchDesk) -> None:
    """A batch is void at once though the server is down; its texts are deleted by repeating the command."""
    batch = desk.publish().batch
    desk.server.fail_next("down", times=50)
    with pytest.raises(GovernanceError) as down:
        desk.close(outcome="void")
    assert _code(down) == "annotation.server-down"
    assert (desk.desk.batch("b-1").outcome, desk.desk.batch("b-1").texts_deleted) == ("void", None)
    desk.server._failures.clear()
    assert desk.close(outcome="void").batch.texts_deleted == 6
    assert desk.tasks(batch) == []


def test_nobody_works_while_the_last_look_is_taken(desk: BatchDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate closes a batch before it is looked at for the last time, and opens it again where it does not end."""
    batch = desk.publish().batch
    numbers = [str(each.number) for each in batch.projects]
    seen: list[bool] = []

    def is_open() -> bool:
        projects = json.loads(desk.desk.policy.read_bytes())["projects"]
        return all(projects[number]["is_open"] for number in numbers)

    looked = conditions.checks

    def looking(*given: Any) -> dict[str, str]:
        seen.append(is_open())
        return looked(*given)

    monkeypatch.setattr(conditions, "checks", looking)
    assert is_open()
    with pytest.raises(GovernanceError, match="AR-6"):
        desk.close()
    assert (seen, is_open()) == ([False], True)


def test_an_end_is_never_taken_back(desk: BatchDesk) -> None:
    """Who closes an accepted batch otherwise is refused, and its id cannot be published again."""
    desk.work()
    desk.close()
    for act in (lambda: desk.close(outcome="void"), desk.publish):
        with pytest.raises(GovernanceError) as refused:
            act()
        assert _code(refused) == "annotation.batch-ended"


def test_gold_and_double_items_are_mixed_in(desk: BatchDesk) -> None:
    """Gold answers never reach the server, count as units, are not reviewed and not released."""
    probe = desk.publish("b-0", items={"source": "essays", "count": 12}).batch
    item = next(iter(answers.units_of(desk.desk, probe).values())).item
    line = {"item": str(item), "entries": [{"control": "verdict", "values": ["safe"]}]}
    gold = desk.write("gold.jsonl", json.dumps(line) + "\n")
    batch = desk.publish(gold=str(gold), overlap=2, double_percent=50, items={"source": "essays", "count": 12}).batch
    assert (batch.units, batch.gold_units, batch.double_units, batch.wanted) == (12, 1, 6, 11)
    assert sorted(each.cap for each in batch.projects if each.function == "annotate") == [1, 2]
    listed = answers.units_of(desk.desk, batch)
    for project, key in desk.tasks(batch):
        for person in ("p-a1", "p-a2")[: listed[key].people]:
            desk.server.answer(project, key, person, SAFE)
    reviewed = desk.review()
    assert reviewed.batch.units_done == 12
    assert item not in reviewed.outcomes
    desk.decide(batch)
    closed = desk.close()
    assert (closed.batch.released, closed.batch.annotations) == (11, 18)
    assert item not in {each.item for each in closed.ending.released}
    (right,) = answers.gold_of(desk.desk, batch).values()
    assert right == {"verdict": frozenset({"safe"})}


def test_two_approved_answers_that_differ_are_no_label(desk: BatchDesk) -> None:
    """Where both people of a doubled item are approved and say something else, the item is annotated anew."""
    batch = desk.publish(overlap=2, double_percent=100, items={"source": "essays", "count": 2}).batch
    (first, second) = desk.tasks(batch)
    for task, said in ((first, RISKY), (second, SAFE)):
        desk.server.answer(*task, "p-a1", SAFE)
        desk.server.answer(*task, "p-a2", said)
    desk.review()
    desk.decide(batch)
    review = desk.review().batch.review
    assert (review.approved, review.inaccurate) == (1, 1)


def test_a_changed_answer_needs_another_approval(desk: BatchDesk) -> None:
    """An approval is of one answer: changed afterwards, it is shown again, and the old approval counts nowhere."""
    batch = desk.publish(items={"source": "essays", "count": 1}).batch
    desk.annotate(batch, SAFE)
    desk.review()
    desk.decide(batch)
    assert desk.review().batch.review.approved == 1
    desk.annotate(batch, RISKY)
    reviewed = desk.review()
    assert (reviewed.tasks_put, reviewed.batch.review.approved) == (1, 0)
    assert dict(reviewed.batch.kept_out) == {"outdated": 1}
    with pytest.raises(GovernanceError, match="AR-6"):
        desk.close()
    desk.decide(batch)
    assert [each.values for each in desk.close().ending.released[0].entries][:2] == [("risky",), ("A1a",)]


def test_the_reviewer_sees_the_answer_in_plain_words_and_not_who_gave_it(desk: BatchDesk) -> None:
    """The review task shows text and first answer; its author is in what the gate reads, not in what is shown."""
    batch = desk.publish(items={"source": "essays", "count": 1}).batch
    desk.annotate(batch, RISKY)
    desk.review()
    ((project, key),) = desk.tasks(batch, "review")
    draft = desk.server.data(project, key)
    assert "有风险" in draft.shown["first"]
    assert "p-a1" not in draft.shown["first"]
    assert "内容只在标注服务中" in draft.shown["first"]  # what was written stays there
    assert "依据规则" not in draft.shown["first"]
    assert draft.source_annotators == ("p-a1",)
    assert draft.hints == ()  # who decides decides first


def test_hints_are_the_stored_risk_spans(desk: BatchDesk) -> None:
    """A keyword that the screen found is proposed as a suspect stretch; the annotator decides."""
    desk.room.declare("rules")
    desk.room.ingest("rules", desk.room.write_texts("hinted.jsonl", ["昨天有人贴出乌有国颠覆传单，已经报警处理。"]))
    sample = sampling.draw(desk.room.house, "verification", source="rules", size=0, out=None, reason="").drawn.sample
    batch = desk.publish(items={"sample": sample.seq}).batch
    ((project, key),) = desk.tasks(batch)
    (hint,) = desk.server.data(project, key).hints
    text = desk.server.data(project, key).text
    assert text[hint.start : hint.end] == "乌有国颠覆传单"
    assert (hint.control, hint.values) == ("span", ("suspect",))


def test_nothing_stored_holds_text(desk: BatchDesk) -> None:
    """Neither ledger nor evidence nor the stores of answers hold a line of corpus text or of what people wrote."""
    batch = desk.publish().batch
    desk.annotate(batch, RISKY)
    desk.review()
    desk.decide(batch)
    desk.close()
    folder = desk.room.folder / "workspace"
    stored = [each for name in ("evidence", "annotation") for each in (folder / name).rglob("*") if each.is_file()]
    assert len(stored) > 5
    secrets = ("湖面很静".encode(), "依据规则第一条".encode())
    assert all(secret not in each.read_bytes() for each in stored for secret in secrets)
    bodies = [each.body for each in desk.desk.workspace.ledger.entries()]
    assert all(secret not in body for body in bodies for secret in secrets)


def test_safety_answers_lie_in_a_store_of_their_own(desk: BatchDesk) -> None:
    """R-040: what is stored of a safety batch is not in the functional store, whose folders others may not enter."""
    safety, functional = desk.work(), desk.work("b-2", "functional")
    stores = desk.desk.stores
    assert stores.safety.has(safety.answers)  # type: ignore[arg-type]
    assert not stores.functional.has(safety.answers)  # type: ignore[arg-type]
    assert stores.functional.has(functional.answers)  # type: ignore[arg-type]
    assert not stores.safety.has(functional.answers)  # type: ignore[arg-type]
    assert {oct(each.root.stat().st_mode)[-3:] for each in (stores.safety, stores.functional)} == {"700"}


def test_the_spot_check_can_be_drawn_again_by_anybody(desk: BatchDesk) -> None:
    """The published seed is the one that was committed to, and draws the same items."""
    batch = desk.work("b-2", "functional")
    review = next(each for each in desk.desk.workspace.ledger.entries(kinds=("BatchReviewed",), subject="b-2"))
    event = review.event
    commitment = next(
        each.event
        for each in desk.desk.workspace.ledger.entries(kinds=("SeedCommitted",))
        if each.seq == event.seed_event
    )
    seed = bytes.fromhex(event.seed)
    assert digest(seed) == commitment.commitment
    listed = answers.units_of(desk.desk, batch).values()
    assert len(decisions.drawn_for_check(listed, seed, 3)) == 3
    assert decisions.spot_seed(desk.desk.workspace, "b-2", "p-lead").value == seed


def test_labels_read_back_as_they_were_written() -> None:
    """What is stored of an end comes back the same."""
    ending = labels.Ending()
    assert labels.read(labels.write(ending)) == ending


def test_what_is_written_by_hand_may_hold_no_personal_information(desk: BatchDesk) -> None:
    """A reason with a telephone number keeps its annotation out until it is taken out; then the answer counts."""
    object.__setattr__(desk.desk, "scan", lambda text: "1380013" in text)
    batch = desk.publish(items={"source": "essays", "count": 1}).batch
    desk.annotate(batch, (*RISKY[:2], Entry("reason", text="请联系13800138000核实")))
    found = desk.collect().found
    assert ([each.reason for each in found.kept_out], found.answers) == (["personal-text"], ())
    desk.annotate(batch, RISKY)
    assert [each.reason for each in desk.collect().found.kept_out] == []
    assert "13800138000" not in "".join(path.read_bytes().decode("latin-1") for path in _files(desk))


def _files(desk: BatchDesk) -> list[Path]:
    return [path for path in (desk.room.folder / "workspace" / "annotation").rglob("*") if path.is_file()]
