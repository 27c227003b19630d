"""A desk at which batches are done in tests: a workspace with texts, people who may work, and a server in memory."""

import atexit
import datetime as dt
import functools
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from annotation.batches import answers
from annotation.batches.close import Closed, close
from annotation.batches.collect import Collected, collect
from annotation.batches.desk import Desk
from annotation.batches.plans import Order, read
from annotation.batches.publish import Published, publish
from annotation.batches.review import Reviewed, review
from annotation.batches.stores import Stores
from annotation.people.access import policy_people
from annotation.port import Entry
from provenance.events import Event, ExamScored, PersonRegistered, QualificationChanged, RuleBookReleased, TrainingHeld
from provenance.ids import ItemId
from rules.annotation import books
from rules.annotation.batches import BatchFact
from rules.annotation.personnel import ABILITIES, CONTENTS
from rules.catalog import load
from tests.fakes import annotation_server, workroom
from tests.fakes.annotation_server import GATE, FakeAnnotationServer
from tests.fakes.workroom import Workroom

ANNOTATORS, REVIEWERS, INSPECTORS = ("p-a1", "p-a2", "p-a3"), ("p-r1", "p-r2"), ("p-i1", "p-i2")
STAFF = {
    **dict.fromkeys(ANNOTATORS, "annotate"),
    **dict.fromkeys(REVIEWERS, "review"),
    **dict.fromkeys(INSPECTORS, "inspect"),
}
EVER = ("2000-01-01T00:00:00Z", "2999-01-01T00:00:00Z")
SAFE = (Entry("verdict", ("safe",)),)
RISKY = (Entry("verdict", ("risky",)), Entry("risk", ("A1a",)), Entry("reason", text="依据规则第一条"))
USABLE = (Entry("illegal", ("no",)), Entry("usable", ("usable",)))
FOUND = (Entry("illegal", ("yes",)), Entry("usable", ("unusable",)), Entry("quality", ("accuracy",)), RISKY[2])
APPROVE = (Entry("decision", ("approve",)),)
INACCURATE = (Entry("decision", ("inaccurate",)), Entry("reason", text="应为有风险的"))
ILLEGAL = (Entry("decision", ("illegal",)), Entry("reason", text="含违法不良信息"))


@dataclass
class BatchDesk:
    """A desk, its server, and everybody who sits there."""

    room: Workroom
    server: FakeAnnotationServer
    desk: Desk
    _plans: int = field(default=0)

    @classmethod
    def fresh(cls, folder: Path, *, is_gated: bool = True) -> "BatchDesk":
        """Open a copy of a workspace in which texts were taken in, everybody is qualified, both books are released.

        Args:
            folder: Where the copy goes; the environment names its ``keys`` as the place of the keys.
            is_gated: Whether the server has the gate.
        """
        shutil.copytree(_prepared(), folder, dirs_exist_ok=True)
        return cls._at(Workroom.open(folder), is_gated=is_gated)

    @classmethod
    def _at(cls, room: Workroom, *, is_gated: bool) -> "BatchDesk":
        server = FakeAnnotationServer(is_gated=is_gated)
        server._now = dt.datetime.now(dt.UTC)  # people submit after they were qualified
        desk = Desk(
            workspace=room.house.workspace,
            server=server,
            stores=Stores.under(room.folder / "workspace" / "annotation"),
            catalog=load(),
            profile="national",
            books={each.name: each for each in books.load().values()},
            policy=room.folder / "workspace" / "annotation" / "policy.json",
            policy_people={},
            gate=GATE,
            text_digest=lambda text: annotation_server._digest("text", text),
            actor="p-lead",
        )
        return cls(room, server, replace(desk, policy_people=policy_people(desk.facts().people)))

    def record(self, subject: str, event: Event) -> int:
        """Record an event; return its entry."""
        return self.desk.workspace.ledger.record(actor="p-lead", subject=subject, event=event).seq

    def release(self, name: str) -> None:
        """Release a rule book of this release."""
        book = books.named(name)
        stages, risks = tuple(book.stages), tuple(sorted(book.risks))
        self.desk.workspace.evidence.put_bytes(books.content(book))
        self.record(
            name,
            RuleBookReleased(
                books.digest_of(book), book.version, book.kind, stages, risks, book.parts, book.lapses, book.author
            ),
        )

    def qualify(self, person: str, function: str, *, employment: str = "internal") -> None:
        """Register, train, examine and qualify a person for both rule books."""
        self.record(person, PersonRegistered(employment, "c0" * 32, functions=(function,)))
        names = tuple(books.named(each).name for each in ("safety", "functional"))
        self.record(f"t-{person}", TrainingHeld("2000-01-01", 60, CONTENTS, names, "p-lead", (person,)))
        for name in names:
            scores = tuple((ability, 5, 5) for ability in ABILITIES)
            exam = self.record(person, ExamScored(name, scores, 80, is_passed=True, answers="aa" * 32, gold="bb" * 32))
            self.record(person, QualificationChanged(name, "granted", *EVER, exam=exam, trained_at=EVER[0]))

    def qualify_for(self, name: str, *people: str) -> None:
        """Train, examine and qualify people who are registered for one more rule book; the policy hears of it."""
        scores = tuple((ability, 5, 5) for ability in ABILITIES)
        self.record(f"t-{people[0]}-more", TrainingHeld("2000-01-01", 60, CONTENTS, (name,), "p-lead", people))
        for person in people:
            exam = self.record(person, ExamScored(name, scores, 80, is_passed=True, answers="aa" * 32, gold="bb" * 32))
            self.record(person, QualificationChanged(name, "granted", *EVER, exam=exam, trained_at=EVER[0]))
        self.desk = self.desk.with_people(policy_people(self.desk.facts().people))

    def suspend(self, person: str, rule_book: str = "safety@1") -> None:
        """Suspend a person's qualification."""
        self.record(person, QualificationChanged(rule_book, "suspended", reason="a review found faults"))

    def plan(self, name: str = "b-1", kind: str = "safety", **changes: object) -> Order:
        """Write a plan and read it."""
        checks = {"review": list(REVIEWERS[:1])} if kind == "safety" else {"inspect": list(INSPECTORS[:1])}
        tree: dict[str, object] = {
            "id": name,
            "kind": kind,
            "rule_book": f"{kind}@1",
            "items": {"source": "essays", "count": 6},
            "people": {"annotate": list(ANNOTATORS[:2]), **checks},
            "deadline": "2026-12-31",
            "planned_seconds": 60,
        }
        tree |= changes
        tree = {key: value for key, value in tree.items() if value is not None}
        return read(self.write("plan.yaml", json.dumps(tree, ensure_ascii=False)))

    def write(self, name: str, content: str) -> Path:
        """Write a file."""
        self._plans += 1
        path = self.room.folder / f"plans-{self._plans}" / name
        path.parent.mkdir()
        path.write_text(content, "utf-8")
        return path

    def publish(self, name: str = "b-1", kind: str = "safety", **changes: object) -> Published:
        """Publish a batch by a plan."""
        return publish(self.desk, self.plan(name, kind, **changes))

    def tasks(self, batch: BatchFact, *functions: str) -> list[tuple[int, str]]:
        """Return project and key of the tasks in a batch's projects, in a fixed order."""
        wanted = functions or ("annotate",)
        numbers = [each.number for each in batch.projects if each.function in wanted]
        return [(number, key) for number in numbers for key in sorted(self.server.tasks(number))]

    def annotate(self, batch: BatchFact, said: Sequence[Entry] = SAFE, *, people: Sequence[str] = ("p-a1",)) -> None:
        """Let people answer every task."""
        for project, key in self.tasks(batch):
            for person in people:
                self.server.answer(project, key, person, said)

    def decide(self, batch: BatchFact, said: Sequence[Entry] = APPROVE, *, person: str = "") -> None:
        """Let a reviewer or inspector decide on everything that is shown and not yet decided."""
        who = person or (REVIEWERS[0] if batch.kind == "safety" else INSPECTORS[0])
        for project, key in self.tasks(batch, "review", "inspect"):
            if not self.is_answered(project, key):
                self.server.answer(project, key, who, said)

    def is_answered(self, project: int, key: str) -> bool:
        """Say whether a task has an answer."""
        number = self.server.tasks(project)[key]
        return any(each.task == number for each in self.server.stored(project))

    def collect(self, name: str = "b-1") -> Collected:
        """Collect."""
        return collect(self.desk, name)

    def review(self, name: str = "b-1") -> Reviewed:
        """Review."""
        return review(self.desk, name)

    def close(self, name: str = "b-1", outcome: str = "accepted") -> Closed:
        """Close."""
        return close(self.desk, name, outcome, "the work is done", scan=lambda _: False)

    def work(self, name: str = "b-1", kind: str = "safety", **changes: object) -> BatchFact:
        """Take a batch from its plan to a complete check in which everything is approved."""
        batch = self.publish(name, kind, **changes).batch
        self.annotate(batch, SAFE if kind == "safety" else USABLE)
        self.review(name)
        self.decide(batch)
        return self.review(name).batch

    def item(self, batch: BatchFact, key: str) -> ItemId:
        """Return the item behind a task."""
        return answers.units_of(self.desk, batch)[key].item


@functools.cache
def _prepared() -> Path:
    """Make the workspace that the others are copies of, once per process."""
    folder = Path(tempfile.mkdtemp(prefix="desk-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YULIAO_KEYS", str(folder / "keys"))
        patch.setattr(workroom, "holds_personal_information", lambda _: False)
        Workroom.create(folder).house.workspace.database.close()
        settings = folder / "workspace" / "yuliao.toml"  # the texts name nobody, and looking for names takes long
        settings.write_text(settings.read_text("utf-8").replace('names = "balanced"', 'names = "off"'), "utf-8")
        room = Workroom.open(folder)
        room.declare("essays")
        lines = (f"湖面很静，第{at}天的记录。" for at in range(12))
        room.ingest("essays", room.write_texts("essays.jsonl", lines))
        made = BatchDesk._at(room, is_gated=True)
        for name in ("safety", "functional"):
            made.release(name)
        for person, function in STAFF.items():
            made.qualify(person, function)
        room.house.workspace.database.close()
    return folder
