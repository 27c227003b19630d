"""A ledger in memory in which samples are drawn and judged, too."""

from dataclasses import dataclass, field

from provenance.events import SampleDrawn, VerdictsRecorded
from rules import sample_plans
from rules.samples import ILLEGAL
from tests.fakes.history import FakeLedger


@dataclass
class Sampled(FakeLedger):
    """A history with verbs for draws and verdicts."""

    drawn: dict[int, SampleDrawn] = field(default_factory=dict)

    def draw(
        self, plan: str, source: str = "", *, size: int = 100, population: int = 1_000, unreadable: int = 0
    ) -> int:
        """Record a draw that saw all there is."""
        strata = (("open_source", population, size),) if plan == "metadata" else ()
        event = SampleDrawn(
            plan=plan,
            source=source,
            clause=sample_plans.plan(plan).clause,
            sees=len(self.entries),
            frame="f" * 64,
            population=population,
            unreadable=unreadable,
            size=size,
            seed="5" * 64,
            seed_event=1,
            drawn="d" * 64,
            strata=strata,
        )
        seq = self.append(event, source or plan)
        self.drawn[seq] = event
        return seq

    def judge(
        self, sample: int, bad: int = 0, *, unsure: int = 0, unjudged: int = 0, other: int = 0, by: str = "p-017"
    ) -> int:
        """Record verdicts: so many bad by one of the 29 risks, so many failed by another, the rest passed."""
        judged = self.drawn[sample].size - unsure - unjudged
        counts = {ILLEGAL: bad, "A1f": bad, "A5a": other}
        by_risk = tuple(sorted((risk, count) for risk, count in counts.items() if count))
        failed = bad + other
        event = VerdictsRecorded(sample, "e" * 64, (by,), judged, judged - failed, failed, unsure, by_risk)
        return self.append(event, f"sample-{sample}")
