"""The chain as an auditor reads it: what is whole replays, what was torn, changed or restored is found and named."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation import outbox
from annotation.outbox import Head
from annotation.outside import outside
from annotation.port import Entry, OutboxRow, ProjectDraft, TaskDraft
from provenance.errors import ExitCode, GovernanceError
from tests.fakes.annotation_server import FakeAnnotationServer
from tests.fakes.plain_form import PlainForm
from tests.fakes.site import FORM

WORDS = PlainForm(FORM)
SAFE, RISKY = Entry("verdict", ("安全",)), Entry("verdict", ("有风险",))
KEY = "0" * 32


def worked(answers: int = 4) -> tuple[FakeAnnotationServer, int]:
    """A server with one project and some answers by as many people."""
    server = FakeAnnotationServer()
    project = server.make_project(ProjectDraft("k", "试标", FORM))
    server.publish(project, [TaskDraft(KEY, "山川异域")])
    for number in range(answers):
        server.answer(project, KEY, f"p-a{number}", [SAFE], seconds=number)
    return server, project


def rows_of(server: FakeAnnotationServer, since: int = 0) -> list[OutboxRow]:
    """The rows after a number."""
    return list(server.outbox(since))


def test_a_whole_chain_is_followed_from_anywhere() -> None:
    """From its beginning or from what was read before, each row comes once, and the head is where it ends."""
    server, _ = worked()
    rows = rows_of(server)
    end = Head(4, rows[-1].digest)
    assert outbox.head_of(rows) == end
    for seq in range(5):
        head = Head(seq, rows[seq - 1].digest) if seq else Head()
        assert list(outbox.follow(rows_of(server, head.since), head)) == rows[seq:]
    assert list(outbox.follow(rows_of(server, end.since), end)) == []


def _swap(rows: list[OutboxRow]) -> list[OutboxRow]:
    return [rows[1], rows[0], *rows[2:]]


def _drop(rows: list[OutboxRow]) -> list[OutboxRow]:
    return [rows[0], *rows[2:]]


def _change(rows: list[OutboxRow]) -> list[OutboxRow]:
    return [rows[0], replace(rows[1], body=rows[1].body.replace("p-a1", "p-a2")), *rows[2:]]


def _forge(rows: list[OutboxRow]) -> list[OutboxRow]:
    """Change a row and hash it anew, as somebody does who forgets the rows behind it."""
    body = rows[1].body.replace("p-a1", "p-a2")
    return [rows[0], OutboxRow(2, hashlib.sha256(body.encode()).hexdigest(), body), *rows[2:]]


def _renumber(rows: list[OutboxRow]) -> list[OutboxRow]:
    return [rows[0], replace(rows[1], seq=3), *rows[2:]]


def _empty(rows: list[OutboxRow]) -> list[OutboxRow]:
    return [rows[0], OutboxRow(2, hashlib.sha256(b"x").hexdigest(), "x"), *rows[2:]]


@pytest.mark.parametrize("spoil", [_swap, _drop, _change, _forge, _renumber, _empty])
def test_a_chain_that_was_touched_is_refused(spoil: Callable[[list[OutboxRow]], list[OutboxRow]]) -> None:
    """Rows swapped, left out, changed, hashed anew or renumbered do not pass."""
    rows = rows_of(worked()[0])
    assert outbox.head_of(rows).seq == 4
    with pytest.raises(GovernanceError) as found:
        outbox.head_of(spoil(rows))
    assert found.value.code == "annotation.outbox-broken"
    assert found.value.exit_code is ExitCode.VERIFICATION_FAILED


@given(at=st.integers(min_value=0, max_value=10_000), bit=st.integers(min_value=0, max_value=6))
def test_no_bit_of_a_body_can_be_turned(at: int, bit: int) -> None:
    """Whatever character of whatever row is another, the chain does not hold."""
    rows = rows_of(worked(2)[0])
    row = rows[at % 2]
    place = at % len(row.body)
    body = row.body[:place] + chr(ord(row.body[place]) ^ 1 << bit) + row.body[place + 1 :]
    with pytest.raises(GovernanceError):
        outbox.head_of([replace(each, body=body) if each is row else each for each in rows])


def test_a_server_that_was_restored_is_behind_and_then_rewritten() -> None:
    """Our head is not there any more; once others have written on, another row stands in its place."""
    server, project = worked(2)
    kept = server.backup()
    server.answer(project, KEY, "p-a7", [RISKY])
    head = outbox.head_of(rows_of(server))
    server.restore(kept)
    with pytest.raises(GovernanceError) as behind:
        list(outbox.follow(rows_of(server, head.since), head))
    assert behind.value.code == "annotation.outbox-behind"
    server.answer(project, KEY, "p-a8", [RISKY])
    with pytest.raises(GovernanceError) as rewritten:
        list(outbox.follow(rows_of(server, head.since), head))
    assert rewritten.value.code == "annotation.outbox-rewritten"


def test_the_latest_state_counts() -> None:
    """A change keeps person, first moment and time taken; what was deleted is none; other projects are left out."""
    server, project = worked(2)
    server.answer(project, KEY, "p-a1", [RISKY], seconds=500)
    other = server.make_project(ProjectDraft("other", "另一项", FORM))
    server.publish(other, [TaskDraft(KEY, "风月同天")])
    server.answer(other, KEY, "p-a1", [SAFE], seconds=None)
    first, second = outbox.replay(rows_of(server), project, WORDS.from_outbox)
    assert (first.task, first.person, first.entries, first.seconds) == (KEY, "p-a0", (SAFE,), 0)
    assert (second.person, second.entries, second.seconds, second.seq) == ("p-a1", (RISKY,), 1, 3)
    assert second.submitted_at < second.changed_at
    (elsewhere,) = outbox.replay(rows_of(server), other, WORDS.from_outbox)
    assert elsewhere.seconds is None
    upto = rows_of(server)
    server.delete_tasks(project, list(server.tasks(project).values()))
    assert outbox.replay(rows_of(server), project, WORDS.from_outbox) == ()
    assert outbox.replay(upto, project, WORDS.from_outbox) == (first, second)


def test_a_row_of_another_schema_is_refused() -> None:
    """A row that does not say what every row says is not guessed at."""
    body = json.dumps({"seq": 1, "previous": "0" * 64, "kind": "created"})
    row = OutboxRow(1, hashlib.sha256(body.encode()).hexdigest(), body)
    assert outbox.head_of([row]).seq == 1
    with pytest.raises(GovernanceError) as found:
        outbox.read(row)
    assert found.value.code == "annotation.outbox-broken"


def test_what_was_written_past_the_gate_is_named() -> None:
    """Added, changed, given to another author, taken away: each by its reason; what is still moving is left alone."""
    server, project = worked(4)
    numbers = [each.annotation for each in server.stored(project)]
    stored = list(server.stored(project))
    assert outside(rows_of(server), stored, project, 4) == ()
    added = server.answer_behind(project, KEY, "p-a9", [SAFE])
    server.answer_behind(project, KEY, "p-a0", [RISKY])
    touched = list(server.stored(project))
    touched[1] = replace(touched[1], account="p-zz@annotate.invalid")
    del touched[2]
    assert outside(rows_of(server), touched, project, 4) == (
        (numbers[0], "changed"),
        (numbers[1], "reauthored"),
        (numbers[2], "vanished"),
        (added, "untold"),
    )
    server.answer(project, KEY, "p-a3", [RISKY])
    assert outside(rows_of(server), stored, project, 4) == ()
