"""Events of sampling (抽样): a seed committed, a sample drawn, verdicts recorded."""

from dataclasses import dataclass

from provenance.events.base import Event


@dataclass(frozen=True, slots=True)
class SeedCommitted(Event):
    """The seed of a draw was fixed before its frame was looked at."""

    purpose: str
    commitment: str
    """SHA-256 of the seed's bytes."""


@dataclass(frozen=True, slots=True)
class SampleDrawn(Event):
    """Items were drawn at random (抽样) from a frame."""

    plan: str
    """Key of ``rules/plans``."""
    source: str
    """The source the frame is limited to; empty for the whole corpus."""
    clause: str
    sees: int
    """Ledger size at which the frame was taken."""
    frame: str
    """Digest of what the frame consists of: files for a draw from files, shards and amendments for one from items."""
    population: int
    """Items in the frame."""
    unreadable: int
    """Of these, items that nobody could judge; they are shown, not judged."""
    size: int
    """Items drawn."""
    seed: str
    """Hexadecimal; its digest is the commitment of ``seed_event``."""
    seed_event: int
    drawn: str
    """Digest of the stored list of drawn items."""
    strata: tuple[tuple[str, int, int], ...] = ()
    """Name, population and size of each stratum, where there are any."""
    reason: str = ""
    """Why it is drawn, compulsory for a second draw of the same plan and frame."""


@dataclass(frozen=True, slots=True)
class VerdictsRecorded(Event):
    """Verdicts on a drawn sample were recorded (the subject is ``sample-N``), one event per upload."""

    sample: int
    """Ledger entry of the draw."""
    verdicts: str
    """Digest of the stored verdicts: item, inspector, verdict, risks, time; no text."""
    inspectors: tuple[str, ...]
    """Person ids, or ``machine:NAME/VERSION``."""
    judged: int
    passed: int
    failed: int
    unsure: int
    by_risk: tuple[tuple[str, int], ...]
    """Failed items by risk; an item with two risks counts under both."""
    supersedes: int = 0
    """Ledger entry of the verdicts that these replace, 0 for none."""
