"""People in a ledger in memory: registered, trained, examined, qualified, given work, each by one word."""

from dataclasses import dataclass, field, replace

from provenance.events import (
    BatchClosed,
    BatchPublished,
    ExamScored,
    PersonRegistered,
    QualificationChanged,
    RuleBookReleased,
    TrainingHeld,
)
from rules import catalog
from rules.annotation.personnel import ABILITIES, CONTENTS, PersonFact
from rules.facts import Facts, fold
from tests.fakes.history import FakeLedger

CATALOG = catalog.load()
BOOK = "safety@1"
PASSED = tuple((ability, 9, 10) for ability in ABILITIES)
FAILED = tuple((ability, 9 if ability != "tool" else 7, 10) for ability in ABILITIES)


def release(version: int = 1, *, lapses: bool = False) -> RuleBookReleased:
    """Return the event of a released version of a rule book."""
    return RuleBookReleased("d" * 64, version, "safety", ("annotate", "review"), (), (), lapses, "p-author")


def batch(*people: tuple[str, str], kind: str = "safety", book: str = BOOK) -> BatchPublished:
    """Return the event of a batch given to people, each with a function."""
    return BatchPublished(kind, "text", book, 0, 10, 1, 0, 0, 60, "2026-12-31", people, (), "", "")


@dataclass
class Staff:
    """A ledger that is appended to by words about people; each minute one entry."""

    ledger: FakeLedger = field(default_factory=FakeLedger)
    start: str = "2026-11-22T08"

    def say(self, event: object, subject: str, at: str = "") -> int:
        """Append an event, a minute after the one before unless a time is given."""
        minute = len(self.ledger.entries) % 60
        return self.ledger.append(event, subject, at or f"{self.start}:{minute:02}:00Z")  # type: ignore[arg-type]  # all are events

    def register(self, person: str = "p-1", **changed: object) -> int:
        """Register somebody internal, unless said otherwise."""
        usual = PersonRegistered("internal", "c" * 64, functions=("annotate",))
        return self.say(replace(usual, **changed), person)  # type: ignore[arg-type]  # the caller names fields

    def train(
        self, *people: str, contents: tuple[str, ...] = CONTENTS, books: tuple[str, ...] = (BOOK,), minutes: int = 60
    ) -> int:
        """Hold a session."""
        event = TrainingHeld("2026-11-20", minutes, contents, books, "p-trainer", people or ("p-1",))
        return self.say(event, f"t-{len(self.ledger.entries)}")

    def examine(self, person: str = "p-1", scores: tuple[tuple[str, int, int], ...] = PASSED, book: str = BOOK) -> int:
        """Examine somebody."""
        return self.say(ExamScored(book, scores, 80, True, "a" * 64, "b" * 64), person)

    def grant(self, person: str = "p-1", *, exam: int, book: str = BOOK, until: str = "2027-11-21T16:00:00Z") -> int:
        """Grant a qualification from the time of the entry on."""
        event = QualificationChanged(book, "granted", "2026-11-22T00:00:00Z", until, exam, "2026-11-22T00:00:00Z")
        return self.say(event, person)

    def qualify(self, person: str = "p-1", **employment: object) -> int:
        """Register, train, examine and qualify somebody."""
        self.register(person, **employment)
        self.train(person)
        return self.grant(person, exam=self.examine(person))

    def change(self, what: str, person: str = "p-1", book: str = BOOK) -> int:
        """Suspend, restore or cancel."""
        return self.say(QualificationChanged(book, what, reason="a reason"), person)

    def close(self, name: str, outcome: str = "accepted", *checks: tuple[str, str]) -> int:
        """Close a batch."""
        return self.say(BatchClosed(outcome, "done", 0, 0, checks=checks), name)

    def facts(self, at: str = "") -> Facts:
        """Return the facts; at a later moment where one is given."""
        if at:
            self.say(release(1), "other", at)
        return fold(self.ledger.entries, CATALOG)

    def person(self, name: str = "p-1", at: str = "") -> PersonFact:
        """Return one person of them."""
        return next(each for each in self.facts(at).annotation.people if each.person == name)
