"""What follows from a decision on a source: for its items, and for what was derived from it."""

from pathlib import Path

import pytest

from provenance.errors import GovernanceError
from tests.fakes import declared
from tests.fakes.workroom import Workroom
from ui.services import ingesting, registering, withdrawing

TEXTS = ("清晨的集市上摆满了新摘的黄瓜。", "湖边的石阶长着青苔，走路要当心。", "夜里下过雨，院子里的桂花落了一地。")


def _derived(room: Workroom, parent: str) -> str:
    """Declare and admit a source derived from another."""
    path = declared.written(
        room.folder / "declared" / "child",
        "derived",
        lambda text: text.replace("id: recipes-open", "id: child").replace("[recipes-open]", f"[{parent}]"),
    )
    done, _ = registering.declare(room.house, path, correct=False)
    decision, _ = registering.admit(room.house, done.source.id, "lineage read")
    assert not decision.missing, [each.check for each in decision.missing]
    return str(done.source.id)


def _with_items(room: Workroom) -> str:
    source = room.declare("own")
    room.ingest(source, room.write_texts("a.jsonl", TEXTS))
    assert room.facts().items.admitted == len(TEXTS)
    return source


def test_a_source_declared_anew_waits_with_its_items(room: Workroom) -> None:
    """What was admitted under an older declaration counts for nothing until the source is admitted again."""
    source = _with_items(room)
    declaration = room.folder / "declared" / source / "declaration.yaml"
    declaration.write_text(declaration.read_text("utf-8").replace("own work", "own work, revised"), "utf-8")
    _, moved = registering.declare(room.house, declaration, correct=False)
    assert (moved, room.facts().items.admitted) == (len(TEXTS), 0)
    assert room.facts().items.quarantined == len(TEXTS)
    registering.admit(room.house, source, "looked at anew")
    assert room.facts().items.admitted == len(TEXTS)


def test_a_changed_paper_holds_the_items_too(room: Workroom) -> None:
    """Another text of a paper is another ground: the items wait until somebody has read it."""
    source = _with_items(room)
    paper = room.folder / "other.txt"
    paper.write_text("the rights were granted to somebody else\n", "utf-8")
    known, moved = registering.attach(room.house, source, "rights_statement", paper)
    assert (known.state, moved, room.facts().items.admitted) == ("registered", len(TEXTS), 0)


@pytest.mark.parametrize("end", ["suspended", "refused", "withdrawn"])
def test_what_was_derived_leaves_with_its_parent(room: Workroom, end: str) -> None:
    """A derived source is suspended, its items held, when the source it comes from may not be used any more."""
    parent = _with_items(room)
    child = _derived(room, parent)
    room.ingest(child, room.write_texts("b.jsonl", ["雨后的山路很滑，采药的人走得很慢。"]))
    if end == "withdrawn":
        withdrawing.take_out(room.house, "source", parent, erases=False, basis="the owner ended the agreement")
    else:
        decide = registering.suspend if end == "suspended" else registering.refuse
        assert decide(room.house, parent, "the owner objects") == len(TEXTS) + 1
    facts = room.facts()
    assert (facts.items.admitted, facts.sources[child].state) == (0, "suspended")


@pytest.mark.parametrize("path", ["workspace", "workspace/evidence", "."])
def test_the_workspace_is_not_taken_into_itself(room: Workroom, path: str) -> None:
    """Neither the workspace nor what lies in it or around it can be ingested; nothing is planned."""
    source = room.declare("own")
    with pytest.raises(GovernanceError) as caught:
        ingesting.run_now(room.house, source, [room.folder / path], progress=lambda *_: None)
    assert caught.value.code == "ui.workspace-as-input"
    assert not room.facts().ingests


def test_an_identifier_in_place_of_a_file_is_not_repeated(room: Workroom) -> None:
    """Who writes the number itself where its file belongs reads what to do, and no number."""
    number = "138" + "0013" + "8000"
    with pytest.raises(GovernanceError) as caught:
        withdrawing.take_out(room.house, "person", number, erases=False, basis="asked for")
    assert number not in f"{caught.value}{caught.value.remedy}{caught.value.where}"
    assert Path(number).name not in str(caught.value.__cause__)
