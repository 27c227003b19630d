"""Batches of annotation (标注批次) as the ledger knows them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from provenance.canonical import Json
from provenance.events import (
    BatchClosed,
    BatchCollected,
    BatchPublished,
    BatchReviewed,
    Event,
    TaskTextsDeleted,
)

SAFETY, FUNCTIONAL = "safety", "functional"
"""The two kinds of annotation (安全性标注、功能性标注); other batches inspect or examine."""
INSPECTION = "inspection"
"""A drawn sample, judged by inspectors (抽检)."""
PI_CHECK = "pi_check"
"""A drawn sample, whose raw text internal people search for personal information (个人信息核查)."""
SAMPLED = frozenset((INSPECTION, PI_CHECK))
"""Kinds of batches that judge a drawn sample, and annotate nothing."""
ANNOTATE, REVIEW, INSPECT = "annotate", "review", "inspect"
ACCEPTED, REDO, VOID = "accepted", "redo", "void"


@dataclass(frozen=True, slots=True)
class ProjectFact:
    """A project of the server: its function, its number, and how many people may annotate one item of it."""

    function: str
    number: int
    cap: int


@dataclass(frozen=True, slots=True)
class ReviewFact:
    """What reviewers (审核人员) or inspectors said so far; counts are items, ``units`` those that are to be checked."""

    seq: int = 0
    is_spot_check: bool = False
    units: int = 0
    checked: int = 0
    approved: int = 0
    inaccurate: int = 0
    illegal: int = 0
    reviewers: tuple[str, ...] = ()
    answers: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether everything is checked that was to be."""
        return self.units > 0 and self.checked == self.units


@dataclass(frozen=True, slots=True)
class EndFact:
    """How a batch ended: accepted (验收), redo (重新标注) or void (作废); counts are items."""

    seq: int
    at: str
    outcome: str
    reason: str
    released: int
    reworked: int
    labels: str
    checks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BatchFact:
    """A batch: what was published, collected, reviewed, and how it ended; counts are items but for ``annotations``.

    ``is_enforced`` says that the server had the gate, so that what breaks a rule was refused before it was stored;
    else the rules were checked after the fact (事后核查). ``texts_deleted`` counts the tasks deleted in the server at
    the end, None while they are there. ``redone_by`` are the batches that annotate anew what this one got wrong.
    """

    seq: int
    id: str
    kind: str
    modality: str
    rule_book: str
    published_at: str
    sample: int
    units: int
    overlap: int
    double_units: int
    gold_units: int
    planned_seconds: int
    deadline: str
    people: Mapping[str, tuple[str, ...]]
    projects: tuple[ProjectFact, ...]
    tasks: str
    gate: str
    plan: str
    redoes: str
    redone_by: tuple[str, ...] = ()
    collected: int = 0
    annotations: int = 0
    units_done: int = 0
    kept_out: Mapping[str, int] = field(default_factory=dict)
    answers: str = ""
    review: ReviewFact = ReviewFact()
    end: EndFact | None = None
    texts_deleted: int | None = None

    @property
    def is_enforced(self) -> bool:
        """Whether the rules were enforced before anything was stored."""
        return bool(self.gate)

    @property
    def outcome(self) -> str:
        """How it ended; ``open`` while it did not."""
        return self.end.outcome if self.end else "open"

    @property
    def released(self) -> int:
        """Items whose annotation may be used."""
        return self.end.released if self.end else 0

    @property
    def reworked(self) -> int:
        """Items that are to be annotated anew."""
        return self.end.reworked if self.end else 0

    @property
    def wanted(self) -> int:
        """Items whose annotation is wanted: all but those whose answer is known (标准答案)."""
        return self.units - self.gold_units

    @property
    def of_two_functions(self) -> tuple[str, ...]:
        """People with more than one function in it, reviewers that turned up later included.

        Clause:
            AR-1, AR-2
        """
        held = [(person, function) for function, people in self.people.items() for person in people]
        checks = INSPECT if self.kind == FUNCTIONAL else REVIEW
        held += [(person, checks) for person in self.review.reviewers]
        functions = {person: {function for who, function in held if who == person} for person, _ in held}
        return tuple(sorted(person for person, its in functions.items() if len(its) > 1))

    def to_json(self) -> dict[str, Json]:
        """Return it as ``yuliao facts --json`` prints it."""
        people: dict[str, Json] = {function: list(its) for function, its in self.people.items()}
        more: dict[str, Json] = {"outcome": self.outcome, "is_enforced": self.is_enforced, "people": people}
        more |= {"released": self.released, "reworked": self.reworked}
        return {**asdict(self), **more, "kept_out": dict(self.kept_out)}


@dataclass
class Batches:
    """A fold over the ledger that hears of batches."""

    _batches: dict[str, BatchFact] = field(default_factory=dict)

    def take(self, seq: int, at: str, subject: str, event: Event) -> None:
        """Hear the next entry."""
        known = self._batches.get(subject)
        if isinstance(event, BatchPublished):
            self._batches.setdefault(subject, _published(seq, at, subject, event))
            before = self._batches.get(event.redoes)
            if before is not None and known is None:
                self._batches[event.redoes] = replace(before, redone_by=(*before.redone_by, subject))
        elif known is not None:
            self._batches[subject] = _later(known, seq, at, event)

    def facts(self) -> tuple[BatchFact, ...]:
        """Return the batches in the order of their publication."""
        return tuple(self._batches.values())


def _published(seq: int, at: str, subject: str, event: BatchPublished) -> BatchFact:
    functions = sorted({function for _, function in event.people})
    caps = event.caps or (event.overlap,) * len(event.projects)
    return BatchFact(
        seq=seq,
        id=subject,
        kind=event.kind,
        modality=event.modality,
        rule_book=event.rule_book,
        published_at=at,
        sample=event.sample,
        units=event.units,
        overlap=event.overlap,
        double_units=event.double_units,
        gold_units=event.gold_units,
        planned_seconds=event.planned_seconds,
        deadline=event.deadline,
        people={each: tuple(sorted({who for who, its in event.people if its == each})) for each in functions},
        projects=tuple(ProjectFact(*each, cap) for each, cap in zip(event.projects, caps, strict=True)),
        tasks=event.tasks,
        gate=event.gate,
        plan=event.plan,
        redoes=event.redoes,
    )


def _later(known: BatchFact, seq: int, at: str, event: Event) -> BatchFact:
    match event:
        case BatchCollected():
            return replace(
                known,
                collected=seq,
                annotations=event.annotations,
                units_done=event.units_done,
                kept_out=dict(sorted(event.kept_out)),
                answers=event.answers,
            )
        case BatchReviewed():
            said = {name: getattr(event, name) for name in ReviewFact.__dataclass_fields__ if name != "seq"}
            return replace(known, review=ReviewFact(seq, **said))
        case BatchClosed() if known.end is None:
            end = EndFact(
                seq, at, event.outcome, event.reason, event.released, event.reworked, event.labels, event.checks
            )
            return replace(known, end=end)
        case TaskTextsDeleted():
            return replace(known, texts_deleted=event.tasks)
        case _:
            return known
