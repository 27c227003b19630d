"""What the ledger says of samples (抽样): what was drawn, what was judged, and where that leaves every source.

- The latest verdicts on a sample hold all of it: an upload says again what earlier ones said and it did not change.
- A sample is closed when every item drawn has a verdict; an open one proves nothing.
- A verification is outdated (过期) once items of its source were taken in that its frame did not have. Reading the same
  items again under new rules leaves it as it is, since its frame is what was taken in, before any screening.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Literal, Protocol

from provenance.canonical import Json
from provenance.events import Event, IngestPlanned, SampleDrawn, ShardSealed, VerdictsRecorded
from rules import bounds
from rules.catalog import Catalog
from rules.sample_plans import ASSESSMENT, VERIFICATION

ILLEGAL = "*29"
"""Pseudo-risk under which an upload counts its distinct items with at least one of the 29 risks (违法不良信息)."""

Outcome = Literal["none", "open", "passed", "failed", "not estimable", "outdated"]


class Dated(Protocol):
    """What is needed of an entry of the ledger."""

    @property
    def seq(self) -> int:
        """Number, from 1 without a gap."""
        ...

    @property
    def at(self) -> str:
        """When, UTC."""
        ...

    @property
    def event(self) -> Event:
        """What happened."""
        ...


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of a frame that was drawn from apart: its name, its items and the items drawn."""

    name: str
    population: int
    size: int


@dataclass(frozen=True, slots=True)
class SampleFact:
    """A sample (样本) and the verdicts on it; counts are items.

    ``bad`` are items failed by at least one of the 29 risks; ``judged`` those passed or failed; ``verdicts`` is the
    ledger entry of the latest verdicts, 0 where there are none; ``is_outdated`` says that items were taken in since
    which its frame did not have.
    """

    seq: int
    plan: str
    source: str
    clause: str
    drawn_at: str
    sees: int
    frame: str
    population: int
    unreadable: int
    size: int
    seed_event: int
    drawn: str
    strata: tuple[Stratum, ...] = ()
    reason: str = ""
    verdicts: int = 0
    judged_at: str = ""
    judged: int = 0
    passed: int = 0
    failed: int = 0
    unsure: int = 0
    bad: int = 0
    by_risk: Mapping[str, int] = field(default_factory=dict)
    inspectors: tuple[str, ...] = ()
    is_outdated: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether every item drawn has a verdict."""
        return self.judged + self.unsure == self.size

    def outcome(self, limit_percent: int) -> Outcome:
        """Return the result under the rule that no more than a limit may be bad (5 % 规则).

        Args:
            limit_percent: The limit; percent. Exactly the limit passes.

        Clause:
            R-001, R-002, R-003
        """
        if not self.is_closed:
            return "open"
        if not self.judged:
            return "not estimable"
        return "failed" if bounds.exceeds(self.bad, self.judged, limit_percent) else "passed"

    def bound(self, catalog: Catalog) -> int | None:
        """Return the exact one-sided upper bound on the share of bad items; millionths, None where not estimable."""
        return bounds.upper_bound(
            self.bad,
            self.judged,
            self.population - self.unreadable,
            confidence_percent=catalog.house.integer("bound_confidence"),
            finite_percent=catalog.house.integer("bound_finite_share"),
        )

    def to_json(self) -> dict[str, Json]:
        """Return the sample as ``yuliao facts --json`` prints it."""
        return {**asdict(self), "by_risk": dict(self.by_risk), "is_closed": self.is_closed}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a source stands before and after collection, with the ledger entries that say so."""

    assessment: Outcome = "none"
    verification: Outcome = "none"
    assessment_sample: int = 0
    verification_sample: int = 0
    entries: tuple[int, ...] = ()
    is_late: bool = False
    """Whether items were taken in before the assessment was closed."""


NOT_SAMPLED = Standing()
"""The standing of a source of which nothing was drawn."""


@dataclass
class Samples:
    """A fold over the ledger that hears of draws, of verdicts and of what was taken in."""

    by_seq: dict[int, SampleFact] = field(default_factory=dict)
    first_intake: dict[str, int] = field(default_factory=dict)
    """By source, the entry that first sealed items of it."""
    latest_intake: dict[str, int] = field(default_factory=dict)
    """By source, the entry that last sealed items of it which were not there before."""
    _plans: dict[int, str] = field(default_factory=dict)

    def take(self, entry: Dated) -> None:
        """Hear the next entry, in ledger order."""
        match entry.event:
            case SampleDrawn() as event:
                self.by_seq[entry.seq] = _drawn(entry, event)
            case VerdictsRecorded() as event if event.sample in self.by_seq:
                self.by_seq[event.sample] = judged(self.by_seq[event.sample], event, seq=entry.seq, at=entry.at)
            case IngestPlanned() as event:
                self._plans[entry.seq] = event.source
            case ShardSealed() as event if event.ingest in self._plans:
                if event.rows > sum(event.replaced.items_by_disposition().values()):
                    source = self._plans[event.ingest]
                    self.first_intake.setdefault(source, entry.seq)
                    self.latest_intake[source] = entry.seq
            case _:
                pass

    def latest(self, plan: str, source: str = "") -> SampleFact | None:
        """Return the sample of a plan that counts: the latest one that is closed, else the latest one."""
        found = [each for each in self.by_seq.values() if (each.plan, each.source) == (plan, source)]
        closed = [each for each in found if each.is_closed]
        return next(reversed(closed or found), None)

    def facts(self) -> tuple[SampleFact, ...]:
        """Return all samples in the order of their drawing."""
        return tuple(replace(each, is_outdated=self.is_outdated(each)) for each in self.by_seq.values())

    def is_outdated(self, sample: SampleFact) -> bool:
        """Say whether items were taken in since that the sample's frame did not have."""
        intakes = self.latest_intake
        latest = intakes.get(sample.source, 0) if sample.source else max(intakes.values(), default=0)
        return latest > sample.sees

    def standing(self, source: str, limit_percent: int) -> Standing:
        """Return where a source stands under the 5 % rule (5 % 规则).

        Args:
            source: Id of the source.
            limit_percent: The limit; percent.

        Clause:
            R-001, R-002
        """
        before, after = self.latest(ASSESSMENT, source), self.latest(VERIFICATION, source)
        verified: Outcome = after.outcome(limit_percent) if after else "none"
        if after and verified == "passed" and self.is_outdated(after):
            verified = "outdated"
        return Standing(
            assessment=before.outcome(limit_percent) if before else "none",
            verification=verified,
            assessment_sample=before.seq if before else 0,
            verification_sample=after.seq if after else 0,
            entries=tuple(seq for each in (before, after) if each for seq in (each.seq, each.verdicts) if seq),
            is_late=before is not None and 0 < self.first_intake.get(source, 0) < before.verdicts,
        )


def fold(entries: Iterable[Dated]) -> Samples:
    """Hear a whole ledger, or those of its entries that are :data:`KINDS`."""
    found = Samples()
    for entry in entries:
        found.take(entry)
    return found


KINDS = frozenset(kind.__name__ for kind in (SampleDrawn, VerdictsRecorded, IngestPlanned, ShardSealed))
"""Events that this fold listens to."""


def _drawn(entry: Dated, event: SampleDrawn) -> SampleFact:
    return SampleFact(
        seq=entry.seq,
        plan=event.plan,
        source=event.source,
        clause=event.clause,
        drawn_at=entry.at,
        sees=event.sees,
        frame=event.frame,
        population=event.population,
        unreadable=event.unreadable,
        size=event.size,
        seed_event=event.seed_event,
        drawn=event.drawn,
        strata=tuple(Stratum(*each) for each in event.strata),
        reason=event.reason,
    )


def judged(sample: SampleFact, event: VerdictsRecorded, *, seq: int = 0, at: str = "") -> SampleFact:
    """Return a sample with verdicts, which hold all that is known of it.

    Args:
        sample: The sample.
        event: The verdicts.
        seq: Their ledger entry, 0 while they are not recorded.
        at: When they were recorded.
    """
    counts = dict(sorted(event.by_risk))
    return replace(
        sample,
        verdicts=seq,
        judged_at=at,
        judged=event.judged,
        passed=event.passed,
        failed=event.failed,
        unsure=event.unsure,
        bad=counts.pop(ILLEGAL, 0),
        by_risk=counts,
        inspectors=event.inspectors,
    )
