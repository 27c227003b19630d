"""Draws that count: seed first, one draw per plan and frame, an interrupted one goes on with the same seed."""

import hashlib

import pytest

from corpus.samples import drawing, seeds
from corpus.samples.sampling import Draw
from corpus.workspace import Workspace
from provenance.events import SampleDrawn, SeedCommitted
from provenance.ids import ItemId
from tests.fakes.inspector import Inspector
from tests.fakes.workroom import Workroom


@pytest.fixture
def inspector(room: Workroom) -> Inspector:
    """Give an inspector in a fresh workroom."""
    return Inspector(room)


def events(workspace: Workspace, kind: str) -> list[object]:
    """Return the events of a kind."""
    return [entry.event for entry in workspace.ledger.entries(kinds=(kind,))]


def test_the_seed_is_committed_before_and_published_after(inspector: Inspector) -> None:
    """The commitment stands before the draw, is the digest of the seed published with it, and anybody can redraw."""
    workspace = inspector.room.house.workspace
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 30)
    inspector.assess(source, file, "--sample", "7")
    (commitment,), (drawn,) = events(workspace, "SeedCommitted"), events(workspace, "SampleDrawn")
    assert isinstance(commitment, SeedCommitted)
    assert isinstance(drawn, SampleDrawn)
    seed = bytes.fromhex(drawn.seed)
    assert hashlib.sha256(seed).hexdigest() == commitment.commitment
    assert drawn.seed_event < drawn.sees + 1
    (fact,) = inspector.room.facts().samples
    items = drawing.drawn_items(workspace, fact)
    offsets, at = [], 0
    for line in file.read_bytes().splitlines(keepends=True):
        offsets.append(ItemId(items[0].file, at).encode())
        at += len(line)
    again = Draw(seed, 7)
    again.add(offsets)
    assert again.items() == items
    assert (fact.population, fact.size) == (30, 7)


def test_a_draw_that_was_interrupted_goes_on_with_its_seed(inspector: Inspector) -> None:
    """A commitment whose draw was never recorded serves the next draw for the same purpose, and no other."""
    workspace = inspector.room.house.workspace
    first = seeds.commit(workspace, "assessment:own", subject="own", actor="p-1")
    assert seeds.commit(workspace, "assessment:own", subject="own", actor="p-1") == first
    assert seeds.commit(workspace, "assessment:other", subject="other", actor="p-1") != first
    inspector.register("own")
    inspector.assess("own", inspector.texts("a.jsonl", 3))
    (drawn,) = events(workspace, "SampleDrawn")
    assert isinstance(drawn, SampleDrawn)
    assert (drawn.seed_event, drawn.seed) == (first.event, first.value.hex())
    assert seeds.commit(workspace, "assessment:own", subject="own", actor="p-1") != first


def test_an_open_sample_is_handed_out_again(inspector: Inspector) -> None:
    """The same command on the same files while verdicts are missing gives the same items and records nothing."""
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 30)
    sample, sheet = inspector.assess(source, file, "--sample", "5")
    size = inspector.room.house.workspace.ledger.head().size
    assert inspector.assess(source, file, "--sample", "5")[0] == sample
    sheets = sorted(inspector.desk.iterdir())
    assert [path.read_bytes() for path in sheets] == [sheet.read_bytes()] * 2
    assert inspector.room.house.workspace.ledger.head().size == size


def test_no_second_draw_without_a_reason(inspector: Inspector) -> None:
    """A closed sample of the same files is not drawn again unless somebody says why, which the ledger keeps."""
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 30)
    sample, sheet = inspector.assess(source, file, "--sample", "5")
    inspector.record(sample, inspector.judge(sheet, 0))
    again = ("source", "assess", source, file, "--sample", "5")
    assert inspector.says(*again).code == 2
    assert inspector.says(*again, "--reason", "请拨打13800001111").code == 2
    assert inspector.says(*again, "--reason", "the inspector was not qualified").code == 0
    first, second = events(inspector.room.house.workspace, "SampleDrawn")
    assert isinstance(first, SampleDrawn)
    assert isinstance(second, SampleDrawn)
    assert (second.reason, second.seed != first.seed) == ("the inspector was not qualified", True)


def test_an_open_sample_is_not_left_without_a_reason(inspector: Inspector) -> None:
    """Who has seen a sheet cannot draw from other files instead, unless the ledger says why."""
    source = inspector.register("own")
    inspector.assess(source, inspector.texts("a.jsonl", 10))
    other = inspector.texts("b.jsonl", 11)
    assert inspector.says("source", "assess", source, other).code == 2
    assert inspector.says("source", "assess", source, other, "--reason", "the delivery was completed").code == 0


def test_a_result_over_the_limit_is_not_shopped_away(inspector: Inspector) -> None:
    """After a failed assessment other files are no way round the reason either."""
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 10)
    sample, sheet = inspector.assess(source, file)
    inspector.record(sample, inspector.judge(sheet, 1))
    other = inspector.texts("b.jsonl", 11)
    assert inspector.says("source", "assess", source, other).code == 2
    assert inspector.says("source", "assess", source, other, "--reason", "another delivery").code == 0


def test_an_empty_frame_is_no_sample(inspector: Inspector) -> None:
    """Files of which nothing can be read, and a source without items, are refused with a sentence."""
    source = inspector.register("own")
    assert inspector.says("source", "assess", source, inspector.room.write("a.jsonl", b"{broken\n")).code == 4
    declared = inspector.declare("other")
    assert inspector.says("sample", "draw", "verification", "--source", declared).code == 4
    assert events(inspector.room.house.workspace, "SampleDrawn") == []


@pytest.mark.parametrize(
    "words",
    [
        ("sample", "draw", "assessment"),
        ("sample", "draw", "verification"),
        ("sample", "draw", "metadata", "--source", "own"),
        ("sample", "draw", "metadata", "--sample", "5"),
        ("sample", "draw", "nonsense"),
        ("source", "assess", "nobody", "x.jsonl"),
    ],
    ids=" ".join,
)
def test_what_does_not_fit_a_plan_is_refused(inspector: Inspector, words: tuple[str, ...]) -> None:
    """A plan of files, one that needs a source or has none, a number too small, an unknown plan: one sentence."""
    inspector.declare("own")
    said = inspector.says(*words)
    assert (said.code, len(said.err.splitlines())) == (2, 1), said.err


def test_samples_are_listed(inspector: Inspector) -> None:
    """The list shows every sample with its frame and state, as a table and as JSON."""
    source, file = inspector.register("own"), inspector.texts("a.jsonl", 4)
    inspector.assess(source, file)
    assert "open" in inspector.says("sample", "list").out
    (row,) = inspector.says("sample", "list", "--json").json()
    assert (row["plan"], row["source"], row["population"], row["is_closed"]) == ("assessment", "own", 4, False)
    assert inspector.says("facts", "--json").json()["samples"] == [row]
