"""What the ledger says of annotation (标注): rule books, people, batches and agreement, joined."""

from dataclasses import dataclass, field

from provenance.canonical import Json
from provenance.events import (
    AgreementMeasured,
    BatchClosed,
    BatchCollected,
    BatchPublished,
    BatchReviewed,
    Event,
    ExamScored,
    NameErased,
    PersonalInformationChecked,
    PersonRegistered,
    QualificationChanged,
    RawTextShown,
    RuleBookReleased,
    TaskTextsDeleted,
    TimesMeasured,
    TrainingHeld,
)
from rules.annotation.batches import Batches, BatchFact
from rules.annotation.books import BookFact, Books
from rules.annotation.measures import Agreement, Measures, TimesFact
from rules.annotation.people import People, PersonFact, TrainingFact
from rules.annotation.pi_checks import PiCheckFact, PiChecks


@dataclass(frozen=True)
class AnnotationFacts:
    """All that the ledger says of annotation, as of its last entry."""

    books: tuple[BookFact, ...] = ()
    """The released versions of the rule books (标注规则)."""
    people: tuple[PersonFact, ...] = ()
    trainings: tuple[TrainingFact, ...] = ()
    batches: tuple[BatchFact, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    times: tuple[TimesFact, ...] = ()
    pi_checks: tuple[PiCheckFact, ...] = ()
    """Checks of personal information (个人信息核查), batch by batch."""

    def to_json(self) -> dict[str, Json]:
        """Return them as ``yuliao facts --json`` prints them."""
        return {
            "rule_books": [each.to_json() for each in self.books],
            "people": [each.to_json() for each in self.people],
            "trainings": [each.to_json() for each in self.trainings],
            "batches": [each.to_json() for each in self.batches],
            "agreements": [each.to_json() for each in self.agreements],
            "times": [each.to_json() for each in self.times],
            "pi_checks": [each.to_json() for each in self.pi_checks],
        }


KINDS = frozenset(
    kind.__name__
    for kind in (
        AgreementMeasured,
        BatchClosed,
        BatchCollected,
        BatchPublished,
        BatchReviewed,
        ExamScored,
        NameErased,
        PersonRegistered,
        PersonalInformationChecked,
        QualificationChanged,
        RawTextShown,
        RuleBookReleased,
        TaskTextsDeleted,
        TimesMeasured,
        TrainingHeld,
    )
)
"""Events that this fold listens to."""


@dataclass
class Annotation:
    """A fold over the ledger that hears of annotation alone."""

    books: Books = field(default_factory=Books)
    people: People = field(default_factory=People)
    batches: Batches = field(default_factory=Batches)
    measures: Measures = field(default_factory=Measures)
    pi_checks: PiChecks = field(default_factory=PiChecks)

    def take(self, seq: int, at: str, actor: str, subject: str, event: Event) -> None:
        """Hear the next entry."""
        self.books.take(seq, at, actor, subject, event)
        self.people.take(seq, at, subject, event)
        self.batches.take(seq, at, subject, event)
        self.measures.take(seq, subject, event)
        self.pi_checks.take(seq, subject, event)

    def facts(self, as_of: str) -> AnnotationFacts:
        """Return what is known; qualifications are judged as of a moment, UTC."""
        return AnnotationFacts(
            self.books.facts(),
            self.people.facts(as_of, self.books),
            self.people.trainings(),
            self.batches.facts(),
            self.measures.agreements(),
            self.measures.times(),
            self.pi_checks.facts(),
        )
