"""Whatever people and servers do, what is sealed of annotation verifies: servers restored, rows lost, rules broken."""

import contextlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation import evidence
from provenance import bundle, verify
from provenance.errors import GovernanceError
from provenance.keys import SigningKey
from tests.fakes.batch_desk import APPROVE, FOUND, ILLEGAL, INACCURATE, RISKY, SAFE, USABLE, BatchDesk

PEOPLE = ("p-a1", "p-a2", "p-a3", "p-r1", "p-i1", "p-nobody")
SAID = {"safety": (SAFE, RISKY), "functional": (USABLE, FOUND)}
DECIDED = (APPROVE, INACCURATE, ILLEGAL)
DONE = ("answer", "answer", "answer", "decide", "decide", "behind", "collect", "review", "backup", "restore", "close")
STEP = st.tuples(st.sampled_from(DONE), st.sampled_from(("b-1", "b-2")), st.integers(0, 30), st.sampled_from(PEOPLE))


@contextlib.contextmanager
def working() -> Iterator[BatchDesk]:
    """A desk with a batch of either kind."""
    folder = Path(tempfile.mkdtemp(prefix="sealed-"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YULIAO_KEYS", str(folder / "keys"))
        desk = BatchDesk.fresh(folder)
        for name, kind in (("b-1", "safety"), ("b-2", "functional")):
            desk.publish(name, kind, overlap=2, double_percent=50, items={"source": "essays", "count": 3})
        try:
            yield desk
        finally:
            desk.desk.workspace.database.close()
            shutil.rmtree(folder, ignore_errors=True)


def do(desk: BatchDesk, backups: list[object], step: tuple[str, str, int, str]) -> None:
    """Take one step; what the rules or a restored server make impossible is left out."""
    act, name, place, person = step
    batch = desk.desk.batch(name)
    first, checks = desk.tasks(batch), desk.tasks(batch, "review", "inspect")
    if act in ("answer", "behind") and first:
        answer = desk.server.answer if act == "answer" else desk.server.answer_behind
        answer(*first[place % len(first)], person, SAID[batch.kind][place % 2])
    elif act == "decide" and checks:
        desk.server.answer(*checks[place % len(checks)], person, DECIDED[place % 3])
    elif act == "backup":
        backups.append(desk.server.backup())
    elif act == "restore" and backups:
        desk.server.restore(backups[place % len(backups)])  # type: ignore[arg-type]
    elif act in ("collect", "review"):
        getattr(desk, act)(name)
    elif act == "close":
        desk.close(name, "void")


def sealed(desk: BatchDesk, folder: Path) -> list[verify.Step]:
    """Seal the ledger with the evidence of annotation alone, and verify that."""
    lines, workspace = io.BytesIO(), desk.desk.workspace
    checkpoint = workspace.ledger.export(lines)
    files = evidence.files(
        workspace, desk.desk.stores, desk.desk.facts(), upto=checkpoint.size, scratch=desk.room.folder
    )
    predicate = {"workspace": workspace.id, **checkpoint.predicate()}
    bundle.write(folder, {"ledger.jsonl": lines.getvalue(), **files}, predicate, SigningKey.generate())
    return verify.verify(folder)


@settings(max_examples=20)
@given(steps=st.lists(STEP, max_size=40))
def test_every_history_is_sealed_as_it_was(steps: list[tuple[str, str, int, str]]) -> None:
    """Chain, answers and figures of every history agree with the ledger, and a changed answer never does."""
    with working() as desk:
        backups: list[object] = []
        for step in steps:
            with contextlib.suppress(GovernanceError):
                do(desk, backups, step)
        for name in ("b-1", "b-2"):
            with contextlib.suppress(GovernanceError):
                desk.review(name)
        assert all(step.ok for step in sealed(desk, desk.room.folder / "bundle")), steps
        batch = desk.desk.batch("b-1")
        if batch.annotations:
            stored = desk.desk.stores.read(batch.kind, batch.answers)
            with pytest.MonkeyPatch.context() as patch:
                changed = stored.replace(b'"person":"p-a1"', b'"person":"p-a9"').replace(b'"p-a2"', b'"p-a1"')
                patch.setattr("annotation.batches.answers.write", lambda _: changed)
                with contextlib.suppress(GovernanceError):
                    desk.collect("b-1")
            if desk.desk.batch("b-1").answers != batch.answers:
                last = sealed(desk, desk.room.folder / "changed")[-1]
                assert (last.number, last.ok) == (11, False)
