"""The people who annotate (标注人员) as the ledger knows them: ids, never names.

Nothing is believed because it was recorded: an examination counts as passed where its scores say so, and a
qualification where training and examination came before it.
"""

from dataclasses import dataclass, field, replace

from provenance.events import (
    BatchClosed,
    BatchPublished,
    Event,
    ExamScored,
    NameErased,
    PersonRegistered,
    QualificationChanged,
    TrainingHeld,
)
from rules.annotation.books import BookFact, Books
from rules.annotation.personnel import CONTENTS, DutyFact, ExamFact, PersonFact, TrainingFact
from rules.annotation.qualifications import Grant, trained_at

__all__ = ["People", "PersonFact", "TrainingFact"]

_UNREGISTERED = PersonRegistered("", "", is_active=False)


@dataclass
class People:
    """A fold over the ledger that hears of people."""

    _registered: dict[str, tuple[int, PersonRegistered]] = field(default_factory=dict)
    _nameless: set[str] = field(default_factory=set)
    _trainings: list[TrainingFact] = field(default_factory=list)
    _exams: dict[str, list[ExamFact]] = field(default_factory=dict)
    _grants: dict[str, list[Grant]] = field(default_factory=dict)
    _duties: dict[str, dict[str, DutyFact]] = field(default_factory=dict)
    """By batch, then by person."""

    def take(self, seq: int, at: str, subject: str, event: Event) -> None:
        """Hear the next entry."""
        match event:
            case PersonRegistered():
                if self._registered.get(subject, (0, event))[1].commitment != event.commitment:
                    self._nameless.discard(subject)
                self._registered[subject] = seq, event
            case NameErased():
                self._nameless.add(subject)
            case TrainingHeld():
                self._trainings.append(_training(seq, at, subject, event))
            case ExamScored():
                taken = ExamFact(seq, at, event.rule_book, event.scores, event.pass_percent, event.batch)
                self._exams.setdefault(subject, []).append(taken)
            case QualificationChanged(change="granted"):
                self._grants.setdefault(subject, []).append(Grant(seq, at, event))
            case QualificationChanged():
                for grant in self._grants.get(subject, ()):
                    grant.change(at, event)
            case BatchPublished() | BatchClosed():
                self._assign(seq, at, subject, event)
            case _:
                pass

    def _assign(self, seq: int, at: str, batch: str, event: BatchPublished | BatchClosed) -> None:
        """Note who has which duty in a batch, and what became of the batch."""
        if isinstance(event, BatchPublished):
            self._duties[batch] = {
                person: DutyFact(seq, at, batch, event.kind, event.rule_book, function)
                for person, function in event.people
            }
            return
        broken = tuple(rule for rule, said in event.checks if said == "broken")
        self._duties[batch] = {
            person: replace(duty, outcome=event.outcome, broken=broken)
            for person, duty in self._duties.get(batch, {}).items()
        }

    def facts(self, as_of: str, books: Books) -> tuple[PersonFact, ...]:
        """Return the people in the order of their registration; qualifications are judged as of a moment, UTC.

        Who was given work without being registered stands behind them, without an employment.
        """
        released = books.facts()
        strangers = {
            person: None for held in self._duties.values() for person in held if person not in self._registered
        }
        return tuple(self._person(name, as_of, released) for name in (*self._registered, *strangers))

    def trainings(self) -> tuple[TrainingFact, ...]:
        """Return the training sessions in order."""
        return tuple(self._trainings)

    def _person(self, name: str, as_of: str, released: tuple[BookFact, ...]) -> PersonFact:
        seq, said = self._registered.get(name, (0, _UNREGISTERED))
        attended = [each for each in self._trainings if name in each.attendees]
        exams = tuple(self._exams.get(name, ()))
        return PersonFact(
            person=name,
            employment=said.employment,
            company=said.company,
            functions=said.functions,
            has_contract=bool(said.contract),
            has_confidentiality=bool(said.confidentiality),
            is_active=said.is_active,
            has_name=name not in self._nameless,
            seq=seq,
            contents=tuple(each for each in CONTENTS if any(each in held.contents for held in attended)),
            trained_at=trained_at(attended),
            minutes=sum(each.minutes for each in attended),
            sessions=len(attended),
            exams=exams,
            qualifications=tuple(grant.fact(as_of, released, attended, exams) for grant in self._grants.get(name, ())),
            duties=tuple(held[name] for held in self._duties.values() if name in held),
        )


def _training(seq: int, at: str, name: str, event: TrainingHeld) -> TrainingFact:
    return TrainingFact(
        seq,
        name,
        at,
        event.day,
        event.minutes,
        event.contents,
        event.rule_books,
        event.trainer,
        event.attendees,
        event.material,
    )
