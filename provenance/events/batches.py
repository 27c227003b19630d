"""Events of annotation in batches (标注批次): published, collected, reviewed, closed, measured.

The subject is the batch's id. What was answered is stored as evidence, without text: task, person, labels, offsets,
times, keyed digests.
"""

from dataclasses import dataclass

from provenance.events.base import Event


@dataclass(frozen=True, slots=True)
class BatchPublished(Event):
    """Items were given to people to annotate, inspect or be examined on."""

    kind: str
    """safety, functional, inspection, exam or pi_check."""
    modality: str
    """text or image."""
    rule_book: str
    """Its id with its version."""
    sample: int
    """Ledger entry of the draw that the items come from, 0 where they come from elsewhere."""
    units: int
    """Items."""
    overlap: int
    """People who annotate an item that is labelled twice or more."""
    double_units: int
    """Items labelled by more than one person."""
    gold_units: int
    """Items among them whose answer is known."""
    planned_seconds: int
    """Time planned for one item (AR-10)."""
    deadline: str
    people: tuple[tuple[str, str], ...]
    """Person and function."""
    projects: tuple[tuple[str, int], ...]
    """Function and the project's number in the server."""
    tasks: str
    """Digest of the stored list of tasks: key, item, digest of the text, what it is for; no text."""
    gate: str
    """Digest of the gate that enforces the rules; empty where they are only checked afterwards (事后核查)."""
    redoes: str = ""
    """The batch whose items are annotated anew."""
    caps: tuple[int, ...] = ()
    """People who may annotate one item, by project; ``overlap`` everywhere where empty."""
    plan: str = ""
    """Digest of the stored plan; another plan under the same id is refused."""
    seed: str = ""
    """Hexadecimal seed by which the items were drawn from ``source``, where they were; see ``seed_event``."""
    seed_event: int = 0
    """Ledger entry that committed to that seed before the frame was looked at."""
    frame: str = ""
    """Digest of what the frame of that draw consists of."""
    population: int = 0
    """Items in it."""


@dataclass(frozen=True, slots=True)
class BatchCollected(Event):
    """What people submitted was fetched from the server and held against the rules again."""

    since: int
    upto: int
    """Range of the outbox that was fetched, half-open on the left; where it begins below what was fetched before, the
    server was restored from a backup, or its outbox written anew, and the rows above ``since`` no longer hold."""
    head: str
    """Digest of its row ``upto``."""
    answers: str
    """Digest of the stored answers, all of the batch so far."""
    annotations: int
    units_done: int
    """Items with as many answers as the plan asks for."""
    kept_out: tuple[tuple[str, int], ...] = ()
    """Annotations that break a rule, by reason; they count in no figure."""
    rows: str = ""
    """Digest of the stored rows, none where nothing new was there; by them anybody can replay what is counted."""


@dataclass(frozen=True, slots=True)
class BatchReviewed(Event):
    """Reviewers (审核人员) approved or refused annotations, each or a spot check; the latest holds all so far."""

    is_spot_check: bool
    units: int
    """Items to be checked: all whose answer is not known, or those that were drawn."""
    checked: int
    """Items decided: approved, inaccurate and illegal together."""
    approved: int
    inaccurate: int
    illegal: int
    """Functional items in which illegal or harmful content was found (AR-9)."""
    reviewers: tuple[str, ...]
    answers: str
    """Digest of the stored decisions, with the answers that they are about."""
    seed: str = ""
    """Hexadecimal seed of the spot check's draw."""
    seed_event: int = 0
    """Ledger entry that committed to it when the batch was published."""


@dataclass(frozen=True, slots=True)
class BatchClosed(Event):
    """A batch ended; what is left to do is to delete its task texts, which is an event of its own."""

    outcome: str
    """accepted (验收), redo (重新标注) or void (作废)."""
    reason: str
    released: int
    """Items whose annotation may be used."""
    reworked: int
    """Items that a later batch annotates anew."""
    labels: str = ""
    """Digest of what is stored of its end: labels released, items to be annotated anew, items in which illegal content
    was found; that of a safety batch lies in a store of its own."""
    checks: tuple[tuple[str, str], ...] = ()
    """Role rules AR-1 to AR-12 and what they said: ok, warn or broken."""


@dataclass(frozen=True, slots=True)
class TaskTextsDeleted(Event):
    """The task texts of a closed batch were deleted in the annotation server, with the answers there."""

    tasks: int
    """Tasks that were there."""
    gone: int = 0
    """Projects that somebody had deleted by hand."""


@dataclass(frozen=True, slots=True)
class AgreementMeasured(Event):
    """How far people agree (一致性) in a batch, or with the gold answers."""

    measure: str
    """percent, cohen, fleiss, krippendorff, ac1, positive, span_exact, span_overlap or gold."""
    control: str
    """What was answered: verdict, risk, span."""
    millionths: int | None
    """None where it cannot be estimated (无法估计)."""
    units: int
    raters: int
    answers: str
    """Digest of the answers it was computed from."""
    person: str = ""
    """Whose accuracy it is, for ``gold``."""
    day: str = ""
    """The day that it is about, for ``gold`` over time; empty for all of the batch."""


@dataclass(frozen=True, slots=True)
class TimesMeasured(Event):
    """How long answers took in a batch (标注用时), by the server's own clock."""

    function: str
    timed: int
    untimed: int
    planned_seconds: int
    seconds: tuple[int, ...]
    """The shortest, the percentiles 5, 25, 50, 75 and 95, the longest; empty where no time is known."""
    hasty: int
    """Answers quicker than the lowest percentile (H-208)."""
    answers: str


@dataclass(frozen=True, slots=True)
class RawTextShown(Event):
    """Raw text was shown to a person for the check of personal information (查看原文); the subject is the batch.

    Every single access is a row of the server's chained outbox, which is copied at each collection.
    """

    person: str
    items: int
    """Items that the person was shown for the first time since the last such event."""
    project: int


@dataclass(frozen=True, slots=True)
class MarkCount:
    """How many stretches of one type of personal information people marked, and what of them stripping leaves."""

    entity: str
    marked: int
    missed: int
    """Those of which not every character is taken out, under whatever type."""


@dataclass(frozen=True, slots=True)
class PersonalInformationChecked(Event):
    """What people marked in raw text was held against what stripping takes out (个人信息核查): counts, no values."""

    sample: int
    """Ledger entry of the draw."""
    items: int
    """Items judged: those with a verdict but the ones that could not be judged."""
    items_missed: int
    """Those of them in which something is missed."""
    people: tuple[str, ...]
    """Ids of those whose marks count."""
    counts: tuple[MarkCount, ...]
    answers: str
    """Digest of the answers it was computed from."""
