"""A drawn sample goes to inspectors and comes back as verdicts."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotation.batches.plans import read
from annotation.batches.publish import Published
from annotation.inspections import closing
from annotation.inspections.collecting import Inspected, inspect
from annotation.inspections.publishing import Shown, publish
from annotation.port import Entry
from corpus.samples import drawing
from corpus.samples.drawing import Drawn, Order
from corpus.samples.frames import Items
from corpus.tracing import released
from provenance.errors import GovernanceError
from provenance.events import VerdictsRecorded
from provenance.ids import ItemId
from rules.sample_plans import plan
from tests.fakes.batch_desk import BatchDesk

PEOPLE = ("p-i1", "p-i2", "p-i3")
PASS = (Entry("verdict", ("pass",)),)
FAIL = (Entry("verdict", ("fail",)), Entry("risk", ("A2d",)), Entry("reason", text="依据规则第二条"))
OTHER = (Entry("verdict", ("fail",)), Entry("risk", ("A1g",)), Entry("reason", text="依据规则第三条"))


@dataclass
class InspectionDesk:
    """A desk with a drawn sample of twelve items and three inspectors."""

    room: BatchDesk
    sample: Drawn

    @classmethod
    def at(cls, room: BatchDesk) -> "InspectionDesk":
        """Draw the sample, release the rule book, qualify the inspectors for it."""
        room.release("inspection")
        room.qualify("p-i3", "inspect")
        room.qualify_for("inspection@1", *PEOPLE)
        order = Order(plan("manual"), "", 12, lambda _: False, "", "p-lead")
        frame = Items(room.desk.workspace, {"essays": ""}, ("admitted",))  # type: ignore[dict-item]  # an id is a word
        return cls(room, drawing.draw(room.desk.workspace, order, frame, scan=lambda _: False))

    @property
    def texts(self) -> dict[ItemId, str]:
        """The texts of the items drawn."""
        return released.stored(self.room.desk.workspace, self.sample.items)

    def publish(self, **changes: object) -> Published:
        """Publish the sample."""
        tree: dict[str, object] = {
            "id": "b-manual",
            "kind": "inspection",
            "rule_book": "inspection@1",
            "items": {"sample": self.sample.sample.seq},
            "people": {"inspect": list(PEOPLE[:1])},
            "deadline": "2026-12-31",
        }
        order = read(self.room.write("plan.yaml", json.dumps(tree | changes)))
        sample = drawing.sample(self.room.desk.workspace, self.sample.sample.seq)
        return publish(self.room.desk, order, sample, lambda: {item: Shown(text) for item, text in self.texts.items()})

    def publish_twice(self) -> Published:
        """Publish it for two inspectors an item, and a third where they differ."""
        return self.publish(overlap=2, people={"inspect": list(PEOPLE)})

    def inspect(self) -> Inspected:
        """Collect."""
        lengths = {item: len(text) for item, text in self.texts.items()}
        return inspect(self.room.desk, "b-manual", lengths, lambda items: {item: self.texts[item] for item in items})

    def say(self, published: Published, said: tuple[Entry, ...], *people: str, place: int = 0, skip: int = 0) -> None:
        """Let people answer every task of a project but the first few."""
        number = published.batch.projects[place].number
        for key in sorted(self.room.server.tasks(number))[skip:]:
            for person in people:
                self.room.server.answer(number, key, person, said)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InspectionDesk:
    """A desk with a sample that was drawn."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    return InspectionDesk.at(BatchDesk.fresh(tmp_path))


def test_answers_become_verdicts(desk: InspectionDesk) -> None:
    """Every item drawn is shown, judged once, and has the verdict, the risks and the judge that were given."""
    published = desk.publish()
    desk.say(published, FAIL, "p-i1")
    found = desk.inspect().verdicts
    assert (published.tasks_put, sorted(found)) == (12, sorted(desk.sample.items))
    assert {(each.verdict, each.risks, each.inspector) for each in found.values()} == {("fail", ("A2d",), "p-i1")}


def test_an_item_that_nobody_judged_has_no_verdict(desk: InspectionDesk) -> None:
    """What is missing stays missing, so that the sample stays open."""
    desk.say(desk.publish(), PASS, "p-i1", skip=3)
    assert len(desk.inspect().verdicts) == 9


def test_where_two_differ_a_third_person_decides(desk: InspectionDesk) -> None:
    """Two who differ are no verdict; the third one's word is, and neither of the two may be the third."""
    published = desk.publish_twice()
    desk.say(published, PASS, "p-i1")
    desk.say(published, FAIL, "p-i2")
    first = desk.inspect()
    assert (len(first.verdicts), first.thirds_put) == (0, 12)
    desk.say(published, PASS, "p-i1", place=1)
    assert len(desk.inspect().verdicts) == 0
    assert {each.reason for each in desk.inspect().collected.found.kept_out} == {"own-work"}


def test_the_third_persons_word_counts(desk: InspectionDesk) -> None:
    """Publication is repeated harmlessly, and after the third judgement every item has its verdict."""
    published = desk.publish_twice()
    desk.say(published, PASS, "p-i1")
    desk.say(published, FAIL, "p-i2")
    assert (desk.inspect().thirds_put, desk.inspect().thirds_put) == (12, 0)
    desk.say(published, FAIL, "p-i3", place=1)
    found = desk.inspect().verdicts
    assert {(each.verdict, each.inspector) for each in found.values()} == {("fail", "p-i3")}
    assert len(found) == 12


def test_two_who_fail_an_item_for_different_risks_agree(desk: InspectionDesk) -> None:
    """Such an item has failed, with both risks, by the word of both."""
    published = desk.publish_twice()
    desk.say(published, FAIL, "p-i1")
    desk.say(published, OTHER, "p-i2")
    found = desk.inspect()
    assert found.thirds_put == 0
    assert {(each.risks, each.inspector) for each in found.verdicts.values()} == {(("A1g", "A2d"), "p-i1+p-i2")}


def test_publishing_again_puts_nothing_twice(desk: InspectionDesk) -> None:
    """The same plan goes on where it stood."""
    desk.publish()
    again = desk.publish()
    assert (again.is_new, again.tasks_put) == (False, 0)


def test_two_judges_need_a_third_in_the_plan(desk: InspectionDesk) -> None:
    """A plan of two people who might differ is refused before anything is published."""
    with pytest.raises(GovernanceError, match="3 people are needed to inspect an item, and the plan names 2"):
        desk.publish(overlap=2, people={"inspect": list(PEOPLE[:2])})


def test_a_closed_sample_is_published_to_nobody(desk: InspectionDesk) -> None:
    """Nobody's time is spent on a sample that has all its verdicts."""
    seq = desk.sample.sample.seq
    desk.room.record(f"sample-{seq}", VerdictsRecorded(seq, "e" * 64, ("p-9",), 12, 12, 0, 0, ()))
    with pytest.raises(GovernanceError, match="needs nobody's verdict"):
        desk.publish()


def test_a_sample_is_judged_in_one_batch_at_a_time(desk: InspectionDesk) -> None:
    """A second batch of the same sample is refused while the first is at work; given up, it makes room."""
    desk.publish()
    with pytest.raises(GovernanceError, match="in the batch b-manual") as refused:
        desk.publish(id="b-again")
    assert refused.value.code == "annotation.sample-at-work"
    closing.close(desk.room.desk, "b-manual", "void", "given up", scan=lambda _: False)
    assert desk.publish(id="b-again").is_new


def test_it_ends_when_all_verdicts_are_recorded(desk: InspectionDesk) -> None:
    """Before that it is refused with what is missing; then the texts leave the server."""
    desk.say(desk.publish(), PASS, "p-i1")
    desk.inspect()

    def close() -> int | None:
        return closing.close(desk.room.desk, "b-manual", "accepted", "all judged", scan=lambda _: False).texts_deleted

    with pytest.raises(GovernanceError, match="12 of 12 items"):
        close()
    seq = desk.sample.sample.seq
    desk.room.record(f"sample-{seq}", VerdictsRecorded(seq, "e" * 64, ("p-i1",), 12, 12, 0, 0, ()))
    assert close() == 12
