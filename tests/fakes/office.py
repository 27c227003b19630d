"""An office that keeps people: a workspace of its own with a clock set by hand, files of people, training and exams."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import annotation.people.tables  # noqa: F401  # known before the tables are made
from annotation.people import exam_sheet, people_sheet, qualifying, registering, results, training
from annotation.people.hall import Hall, gold_store
from annotation.people.known import register
from corpus.workspace import Workspace
from provenance.database import Database, sqlite_url
from provenance.events import QualificationChanged
from provenance.ids import WorkspaceId
from provenance.ledger import Ledger
from provenance.objects import ObjectStore
from rules.annotation.personnel import ABILITIES, PersonFact
from tests.fakes.annotation_server import FakeAnnotationServer
from tests.fakes.staff import release

CHIEF = "p-chief"
NAME, OTHER = "欧阳无名", "诸葛无名"
SECRET = "13800001234"  # noqa: S105  # stands for personal information
ALL = ("rules", "tool", "quality", "data_security")


@dataclass
class Calendar:
    """A clock that is set by hand."""

    moment: dt.datetime = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        """Return what it was set to."""
        return self.moment

    def pass_days(self, days: int) -> None:
        """Let days pass."""
        self.moment += dt.timedelta(days=days)


def scan(text: str) -> bool:
    """Say that a text holds personal information where it holds the invented telephone number."""
    return SECRET in text


def question(name: str, ability: str, **said: Any) -> dict[str, Any]:
    """Return a question, with lettered answers of which B is right unless it says otherwise."""
    return {"id": name, "ability": ability, "text": f"题目 {name}：A 甲 B 乙", "right": {"answer": ["B"]}} | said


@dataclass
class Office:
    """The office: every verb does what a command does, as the chief."""

    folder: Path
    workspace: Workspace
    clock: Calendar

    @classmethod
    def open(cls, folder: Path) -> "Office":
        """Open one, with a released rule book."""
        name, clock = WorkspaceId("w-office"), Calendar()
        database = Database(sqlite_url(folder / "catalogue.sqlite"))
        database.create_tables()
        stores = ObjectStore(folder / "items"), ObjectStore(folder / "evidence")
        ledger = Ledger(database, name, clock)
        office = cls(folder, Workspace(name, database, ledger, *stores, folder / "work", b"k" * 32), clock)
        office.release(1)
        return office

    def release(self, version: int, *, lapses: bool = False) -> None:
        """Release a version of the rule book."""
        self.workspace.ledger.record(actor=CHIEF, subject="safety", event=release(version, lapses=lapses))

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file beside the workspace."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def register(self, *people: Mapping[str, Any], companies: tuple[Any, ...] = (), change: bool = False) -> Any:
        """Register people, as a file names them."""
        said: dict[str, Any] = {"people": list(people)} | ({"companies": list(companies)} if companies else {})
        sheet = people_sheet.read(self.write("people.yaml", json.dumps(said, ensure_ascii=False)))
        done = registering.register(self.workspace, sheet, self.folder, actor=CHIEF, scan=scan, change=change)
        return done.people

    def hire(self, *people: str) -> None:
        """Register people of the house by ids."""
        self.register(
            *(
                {"id": each, "name": f"无名{mark}", "employment": "internal"}
                for mark, each in zip("甲乙丙", people, strict=False)
            )
        )

    def train(self, name: str = "t-1", **said: Any) -> bool:
        """Record a session with p-1 and p-2, held by p-1."""
        usual = {
            "id": name,
            "day": "2026-11-20",
            "minutes": "90",
            "contents": list(ALL),
            "rule_books": ["safety@1"],
            "trainer": "p-1",
            "attendees": ["p-1", "p-2"],
        }
        sheet = training.read(self.write("training.yaml", json.dumps(usual | said, ensure_ascii=False)))
        return training.hold(self.workspace, sheet, self.folder, actor=CHIEF, scan=scan)

    def exam(self, name: str = "e-1", **said: Any) -> exam_sheet.ExamSheet:
        """Return an examination of four questions, one of each ability."""
        usual = {
            "id": name,
            "title": "考核",
            "rule_book": "safety@1",
            "deadline": "2026-12-31",
            "people": ["p-1", "p-2"],
            "questions": [question(f"q{place}", ability) for place, ability in enumerate(ABILITIES, 1)],
        }
        return exam_sheet.read(self.write("exam.yaml", json.dumps(usual | said, ensure_ascii=False)))

    def hall(self, server: FakeAnnotationServer) -> Hall:
        """Return the hall of examinations."""
        return Hall(self.workspace, server, gold_store(self.folder / "gold"), CHIEF)

    def record(self, *rows: Any, day: str = "2026-11-22", book: str = "safety@1") -> Any:
        """Record results of an examination held otherwise."""
        path = self.write("results.jsonl", "".join(f"{json.dumps(row)}\n" for row in rows))
        return results.record(self.workspace, path, rule_book=book, day=day, pass_percent=80, actor=CHIEF)

    def pass_exam(self, person: str = "p-1", *, right: int = 9, **said: str) -> Any:
        """Record ten questions of each ability, of which so many were right."""
        rows = ({"person": person, "ability": each, "right": right, "asked": 10} for each in ABILITIES)
        return self.record(*rows, **said)

    def qualify(self, person: str = "p-1", book: str = "safety@1") -> QualificationChanged:
        """Grant a qualification for twelve months."""
        return qualifying.qualify(self.workspace, person, book, months=12, actor=CHIEF)

    def change(self, what: Any, person: str = "p-1", book: str = "safety@1", reason: str = "a reason") -> Any:
        """Suspend, restore or cancel."""
        return qualifying.change(self.workspace, person, book, what, reason=reason, actor=CHIEF, scan=scan)

    def person(self, name: str = "p-1") -> PersonFact:
        """Return somebody as of now."""
        return next(each for each in register(self.workspace).people if each.person == name)

    def said(self) -> str:
        """Return everything the ledger holds, as text."""
        return "\n".join(entry.body.decode() for entry in self.workspace.ledger.entries())
