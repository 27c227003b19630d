"""Qualifications (上岗资格) over time: granted, suspended, restored, cancelled, lapsed with a new rule book."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from provenance.events import QualificationChanged
from rules.annotation.books import BookFact
from rules.annotation.personnel import CONTENTS, ExamFact, QualificationFact, TrainingFact


@dataclass
class Grant:
    """A qualification while the ledger is read: what granted it, and what came after."""

    seq: int
    at: str
    event: QualificationChanged
    cancelled_at: str = ""
    suspensions: list[tuple[str, str]] = field(default_factory=list)
    reason: str = ""

    def change(self, at: str, event: QualificationChanged) -> None:
        """Hear that the person's qualification for the same rule book was suspended, restored or cancelled."""
        if event.rule_book != self.event.rule_book or self.cancelled_at or at >= self.event.valid_to:
            return
        is_suspended = bool(self.suspensions) and not self.suspensions[-1][1]
        match event.change:
            case "suspended" if not is_suspended:
                self.suspensions.append((at, ""))
            case "restored" if is_suspended:
                self.suspensions[-1] = self.suspensions[-1][0], at
            case "cancelled":
                self.cancelled_at = at
            case _:
                return
        self.reason = event.reason

    def fact(
        self, as_of: str, released: Sequence[BookFact], attended: Iterable[TrainingFact], exams: Iterable[ExamFact]
    ) -> QualificationFact:
        """Return it as of a moment.

        Args:
            as_of: The moment, UTC.
            released: All versions of all rule books.
            attended: Training sessions of the person.
            exams: Examinations of the person.
        """
        book = self.event.rule_book
        lapsed_at = min((each.at for each in _later(book, released) if each.lapses), default="")
        ended_at = min((each for each in (self.cancelled_at, lapsed_at) if each), default="")
        trained, state = self._trained_before(released, attended, exams), "valid"
        if not trained or self.valid_from >= self.event.valid_to:
            state = "unfounded"
        elif ended_at and ended_at <= as_of:
            state = "cancelled" if ended_at == self.cancelled_at else "lapsed"
        elif as_of >= self.event.valid_to:
            state = "expired"
        elif self.suspensions and not self.suspensions[-1][1]:
            state = "suspended"
        later = [each.id for each in _later(book, released) if serves(book, each.id, released)]
        return QualificationFact(
            self.seq,
            book,
            (book, *later),
            self.valid_from,
            self.event.valid_to,
            ended_at,
            tuple(self.suspensions),
            trained,
            self.event.exam,
            state,
            self.reason,
        )

    @property
    def valid_from(self) -> str:
        """From when it holds: never from before it was recorded, for nothing can be back-dated."""
        return max(self.event.valid_from, self.at)

    def _trained_before(
        self, released: Sequence[BookFact], attended: Iterable[TrainingFact], exams: Iterable[ExamFact]
    ) -> str:
        """Return when training was complete before the examination that it rests on; empty where one is missing."""
        exam = next((each for each in exams if each.seq == self.event.exam and each.seq < self.seq), None)
        if exam is None or not exam.is_passed or not serves(exam.rule_book, self.event.rule_book, released):
            return ""
        before = [each for each in attended if each.seq < exam.seq]
        return trained_at(before, lambda book: serves(book, self.event.rule_book, released))


def serves(earlier: str, wanted: str, released: Iterable[BookFact]) -> bool:
    """Say whether what was learned, examined or granted for one version of a rule book serves for another.

    It does for the same version, and for a later one where neither that one nor any in between makes it lapse.

    Args:
        earlier: The version that it was for, ``safety@1``.
        wanted: The version that is asked for.
        released: All versions of all rule books.
    """
    if earlier == wanted:
        return True
    between = [each for each in _later(earlier, released) if each.version <= _version(wanted)]
    same = _book(earlier) == _book(wanted) and _version(earlier) < _version(wanted)
    return same and any(each.id == wanted for each in between) and not any(each.lapses for each in between)


def trained_at(attended: Iterable[TrainingFact], counts: Callable[[str], bool] | None = None) -> str:
    """Return when training (培训) in all four contents was complete, by the entries that say so; empty where it is not.

    Args:
        attended: The sessions that one person attended.
        counts: Which rule books count: training in the rules is of one of them. Any where None.

    Clause:
        AR-4
    """
    first: dict[str, str] = {}
    for session in attended:
        for content in session.contents:
            if content != "rules" or counts is None or any(map(counts, session.rule_books)):
                first.setdefault(content, session.at)
    return max(first[each] for each in CONTENTS) if set(CONTENTS) <= first.keys() else ""


def _later(rule_book: str, released: Iterable[BookFact]) -> list[BookFact]:
    return [each for each in released if each.book == _book(rule_book) and each.version > _version(rule_book)]


def _book(rule_book: str) -> str:
    return rule_book.rpartition("@")[0]


def _version(rule_book: str) -> int:
    version = rule_book.rpartition("@")[2]
    return int(version) if version.isascii() and version.isdigit() else 0
