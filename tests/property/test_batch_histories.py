"""Whatever people do in whatever order: nothing is released unapproved, sums hold, and the copy replays to the same."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.batches import answers, judging, mirror
from annotation.batches.judging import Tables
from annotation.batches.replay import is_replayed
from provenance.errors import GovernanceError
from rules.annotation.batches import BatchFact
from tests.fakes.batch_desk import APPROVE, FOUND, ILLEGAL, INACCURATE, RISKY, SAFE, USABLE, BatchDesk

PEOPLE = ("p-a1", "p-a2", "p-a3", "p-r1", "p-r2", "p-i1", "p-nobody")
SAID = {"safety": (SAFE, RISKY), "functional": (USABLE, FOUND)}
DECIDED = (APPROVE, INACCURATE, ILLEGAL)
STEP = st.tuples(
    st.sampled_from(
        ("answer", "answer", "answer", "decide", "decide", "decide", "behind", "collect", "review", "fail")
    ),
    st.integers(0, 30),
    st.sampled_from(PEOPLE),
    st.integers(0, 2),
)


@contextlib.contextmanager
def _desk() -> Iterator[BatchDesk]:
    folder = Path(tempfile.mkdtemp(prefix="history-"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YULIAO_KEYS", str(folder / "keys"))
        desk = BatchDesk.fresh(folder)
        try:
            yield desk
        finally:
            desk.desk.workspace.database.close()
            shutil.rmtree(folder, ignore_errors=True)


def _do(desk: BatchDesk, batch: BatchFact, step: tuple[str, int, str, int]) -> None:
    kind, place, person, what = step
    first, checks = desk.tasks(batch), desk.tasks(batch, "review", "inspect")
    if kind in ("answer", "behind"):
        act = desk.server.answer if kind == "answer" else desk.server.answer_behind
        act(*first[place % len(first)], person, SAID[batch.kind][what % 2])
    elif kind == "decide" and checks:
        desk.server.answer(*checks[place % len(checks)], person, DECIDED[what])
    elif kind == "collect":
        desk.collect()
    elif kind == "review":
        desk.review()
    elif kind == "fail":
        desk.server.fail_next("truncated")
        with pytest.raises(GovernanceError):
            desk.server.tasks(batch.projects[0].number)


@settings(max_examples=20)
@given(
    kind=st.sampled_from(("safety", "functional")),
    overlap=st.integers(1, 2),
    steps=st.lists(STEP, max_size=40),
    outcome=st.sampled_from(("accepted", "accepted", "redo", "void")),
    is_finished=st.booleans(),
)
def test_a_history_ends_well(
    *, kind: str, overlap: int, steps: list[tuple[str, int, str, int]], outcome: str, is_finished: bool
) -> None:
    """AR-1, AR-2, AR-6, AR-7, AR-8, AR-9 hold of what is released, and every item is released or annotated anew."""
    with _desk() as desk:
        batch = desk.publish(
            kind=kind, overlap=overlap, double_percent=50, items={"source": "essays", "count": 3}
        ).batch
        for step in steps:
            _do(desk, batch, step)
        if is_finished:
            desk.annotate(batch, SAID[kind][0], people=("p-a1", "p-a2"))
            desk.review()
            desk.decide(batch)
        desk.review()
        _replays(desk)
        with contextlib.suppress(GovernanceError):
            desk.close(outcome=outcome)
        ended = desk.desk.batch("b-1")
        assert ended.end is not None or outcome != "void"
        if ended.end is not None:
            _holds(desk, ended, outcome)


def _replays(desk: BatchDesk) -> None:
    """What is stored comes out of the copy of the outbox again, byte for byte."""
    batch, held = desk.desk.batch("b-1"), mirror.read(desk.desk)
    tables = Tables()
    for project in batch.projects:
        tables.keys |= {number: key for key, number in desk.server.tasks(project.number).items()}
        tables.stored[project.number] = list(desk.server.stored(project.number))
    found = judging.judged(desk.desk, batch, held, tables, held.head.seq)
    assert desk.desk.stores.read(batch.kind, batch.answers) == answers.write(found)
    assert is_replayed(desk.desk, batch)
    assert batch.annotations == len(found.answers)
    assert sum(batch.kept_out.values()) == len(found.kept_out)


def _holds(desk: BatchDesk, batch: BatchFact, outcome: str) -> None:
    assert batch.end is not None
    review, ending = batch.review, desk.close(outcome=outcome).ending
    found = answers.of_batch(desk.desk, batch)
    assert review.checked == review.approved + review.inaccurate + review.illegal <= review.units
    assert not {each.person for each in found.answers} & {each.person for each in found.checks}
    assert {each.person for each in found.answers} <= {"p-a1", "p-a2"}
    released = {each.item for each in ending.released}
    assert (len(released), len(ending.reworked)) == (batch.released, batch.reworked)
    assert released.isdisjoint(ending.reworked)
    if outcome == "void":
        assert (batch.released, batch.reworked) == (0, 0)
        return
    assert len(released) + len(ending.reworked) == batch.wanted
    assert not (batch.kind == "functional" and review.illegal)
    for label in ending.released:
        if batch.kind == "safety":
            assert label.approvers
        assert label.annotator not in label.approvers
    if outcome == "accepted":
        assert (batch.reworked, review.inaccurate, batch.units_done) == (0, 0, batch.units)
        assert review.is_complete
