"""What the console and the command line show: plain values, no row of a table and no event."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.sources import State
from rules.facts import SourceFacts


@dataclass(frozen=True)
class MissingPaper:
    """What a source lacks, and the command that supplies it."""

    check: str
    zh: str
    en: str
    command: str


@dataclass(frozen=True)
class SourceView:
    """A source of the register (来源台账)."""

    id: str
    state: str
    missing: tuple[MissingPaper, ...]
    facts: SourceFacts

    @property
    def is_open(self) -> bool:
        """Whether items of it may be taken in."""
        return State(self.state).is_open


@dataclass(frozen=True)
class JobView:
    """A job and how far it is; ``counts`` holds ``taken_in`` and items by disposition once some were sealed."""

    id: str
    kind: str
    source: str
    state: str
    created_at: str
    units_done: int
    units_total: int
    message: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class SealView:
    """A seal; ``verified`` is None where its bundle is not at its place."""

    seq: int
    at: str
    ledger_size: int
    fingerprint: str
    path: Path | None
    verified: bool | None
