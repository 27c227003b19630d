"""A check of personal information in tests: letters with telephone numbers and names, drawn, published and marked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotation.batches import answers
from annotation.batches.keys import task_key
from annotation.batches.plans import Order, read
from annotation.batches.publish import Published
from annotation.inspections.collecting import Inspected
from annotation.port import Entry
from provenance.events import PersonRegistered
from rules.annotation.batches import BatchFact
from rules.annotation.pi_checks import PiCheckFact
from tests.fakes.batch_desk import BatchDesk
from tests.fakes.identities import mobile
from ui.services import inspecting, raw_texts, sampling

CHECKERS = ("p-k1", "p-k2", "p-k3")
NAME = "欧阳甲乙"
"""Stands in every third letter, and is not found: the desk's workspace looks for no names."""
LETTERS = tuple(
    f"第{at}封信，请打{mobile(at)}联系{NAME if at % 3 == 0 else '我们'}。\r\n谢谢😀，回信寄原处。" for at in range(6)
)
CLEAN = (Entry("verdict", ("clean",)),)


@dataclass
class RawCheck:
    """A desk with six letters beside its essays, three internal people who are qualified, and a sample of all."""

    desk: BatchDesk
    sample: int

    @classmethod
    def at(cls, desk: BatchDesk, people: Sequence[str] = CHECKERS) -> "RawCheck":
        """Take letters in, release the rule book, qualify people, draw the sample."""
        room = desk.room
        room.declare("letters")
        room.ingest("letters", room.write_texts("letters.jsonl", LETTERS))
        desk.release("pi_check")
        made = cls(desk, sampling.draw(room.house, "pi-check", source="", size=0, out=None, reason="").drawn.sample.seq)
        for person in people:
            made.qualify(person)
        return made

    def qualify(self, person: str, employment: str = "internal") -> None:
        """Register, train, examine and qualify a person for the check."""
        self.desk.record(person, PersonRegistered(employment, "c0" * 32, functions=("inspect",)))
        self.desk.qualify_for("pi_check@1", person)

    def order(self, **changes: object) -> Order:
        """Write a plan and read it."""
        tree: dict[str, object] = {
            "id": "b-pi",
            "kind": "pi_check",
            "rule_book": "pi_check@1",
            "items": {"sample": self.sample},
            "people": {"inspect": list(CHECKERS)},
            "deadline": "2026-12-31",
            "planned_seconds": 90,
        }
        return read(self.desk.write("plan.yaml", json.dumps(tree | changes)))

    def publish(self, **changes: object) -> Published:
        """Publish the check."""
        return inspecting.publish(self.desk.room.house, self.desk.desk, self.order(**changes))

    def texts(self, batch: BatchFact, place: int = 0) -> Mapping[str, str]:
        """Return the raw text of every task of a project by its key."""
        units = answers.units_of(self.desk.desk, batch).values()
        raw = raw_texts.read(self.desk.room.house, [each.item for each in units])
        about = ("third",) if place else ()
        keys = {unit.item: task_key(self.desk.desk.workspace, batch.id, unit.item, *about) for unit in units}
        return {keys[item]: text for item, text in sorted(raw.items())}

    def mark(self, batch: BatchFact, person: str, *, place: int = 0, skip_names: bool = False) -> None:
        """Let a person open every task of a project and mark what stands in it: numbers, and names too."""
        number, there = batch.projects[place].number, self.desk.server.tasks(batch.projects[place].number)
        for key, text in self.texts(batch, place).items():
            if key in there:
                self.desk.server.show(number, key, person)
                self.desk.server.answer(number, key, person, said(text, skip_names=skip_names))

    def collect(self) -> Inspected:
        """Collect."""
        return inspecting.collect(self.desk.room.house, self.desk.desk, self.desk.desk.batch("b-pi"))[0]

    def close(self, outcome: str = "accepted") -> BatchFact:
        """Close."""
        house, desk = self.desk.room.house, self.desk.desk
        return inspecting.close(house, desk, desk.batch("b-pi"), outcome, "the work is done")

    @property
    def fact(self) -> PiCheckFact:
        """What the ledger says of the check."""
        (found,) = self.desk.desk.facts().pi_checks
        return found


def said(text: str, *, skip_names: bool = False) -> tuple[Entry, ...]:
    """Return the answer that marks every number and name of a letter."""
    marks = [("MOBILE", mobile(at)) for at in range(len(LETTERS))] + ([] if skip_names else [("NAME", NAME)])
    spans = [
        Entry("span", (entity,), text.index(value), text.index(value) + len(value))
        for entity, value in marks
        if value in text
    ]
    return (*spans, Entry("verdict", ("found",))) if spans else CLEAN
