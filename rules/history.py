"""What the entries of a ledger said: the latest word about each source, the evidence, the confirmations, the sums."""

from collections import defaultdict
from dataclasses import replace
from typing import Protocol

from provenance.events import (
    Event,
    EvidenceAttached,
    ItemsAmended,
    LexiconReleased,
    PiOrder,
    SourceRegistered,
    SourceStateChanged,
    VerdictConfirmed,
)
from provenance.ids import Digest, SourceId, WorkspaceId
from rules.annotation.facts import Annotation
from rules.complaints import Complaints
from rules.figures import Confirmation, EvidenceFact, LexiconFact, SourceFacts
from rules.lists import Lists
from rules.residuals import Residuals
from rules.samples import Samples
from rules.tally import Tally, broken
from rules.withdrawals import Withdrawals

_BEGINNING = Digest("0" * 64)


class Recorded(Protocol):
    """What the fold needs of an entry of the ledger (台账)."""

    @property
    def seq(self) -> int:
        """Number, from 1 without a gap."""
        ...

    @property
    def at(self) -> str:
        """When, UTC."""
        ...

    @property
    def actor(self) -> str:
        """Who."""
        ...

    @property
    def subject(self) -> str:
        """About what: a source, a clause."""
        ...

    @property
    def workspace(self) -> WorkspaceId:
        """Whose ledger."""
        ...

    @property
    def digest(self) -> Digest:
        """SHA-256 of the entry."""
        ...

    @property
    def event(self) -> Event:
        """What happened."""
        ...


class History:
    """What the entries said so far."""

    def __init__(self) -> None:
        self.seq, self.at = 0, ""
        self.head, self.workspace = _BEGINNING, WorkspaceId("")
        self.tally = Tally()
        self.sources: dict[str, SourceFacts] = {}
        self.orders: dict[str, tuple[PiOrder, ...]] = {}
        self.evidence: defaultdict[str, list[EvidenceFact]] = defaultdict(list)
        self.confirmations: dict[str, Confirmation] = {}
        self.lexicon: LexiconFact | None = None
        self.samples = Samples()
        self.complaints = Complaints()
        self.lists = Lists()
        self.withdrawals = Withdrawals()
        self.residuals = Residuals()
        self.annotation = Annotation()

    def take(self, entry: Recorded) -> None:
        """Hear the next entry.

        Raises:
            GovernanceError: It does not follow the one before, or contradicts the others.
        """
        if entry.seq != self.seq + 1:
            raise broken(f"entry {entry.seq} follows entry {self.seq}")
        self.seq, self.at, self.head, self.workspace = entry.seq, entry.at, entry.digest, entry.workspace
        self.samples.take(entry)
        self.complaints.take(entry.subject, entry.event, entry.seq, entry.at)
        self.lists.take(entry.seq, entry.at, entry.event)
        self.withdrawals.take(entry.seq, entry.event)
        self.residuals.take(entry.seq, entry.at, entry.subject, entry.event)
        self.annotation.take(entry.seq, entry.at, entry.actor, entry.subject, entry.event)
        match entry.event:
            case SourceRegistered() as event:
                self._register(entry, event)
            case SourceStateChanged() as event:
                known = self.source(entry.subject)
                self.sources[entry.subject] = replace(
                    known, state=event.to_state, state_reason=event.reason, missing=event.missing
                )
            case EvidenceAttached() as event:
                self.evidence[entry.subject].append(_paper(entry.seq, event))
            case LexiconReleased() as event:
                self.lexicon = LexiconFact(
                    Digest(event.digest), event.keywords, dict(sorted(event.by_risk)), entry.seq, entry.at
                )
            case VerdictConfirmed() as event:
                self.confirmations[entry.subject] = _confirmation(entry, event)
            case ItemsAmended() as event:
                self.tally.amend(entry.seq, entry.subject, event)
            case event:
                self.tally.take(entry.seq, event)

    def source(self, name: str) -> SourceFacts:
        """Return what was declared about a source, or its bare name."""
        return self.sources.get(name, SourceFacts(SourceId(name)))

    def _register(self, entry: Recorded, event: SourceRegistered) -> None:
        fields = {
            name: getattr(event, name)
            for name in SourceRegistered.__dataclass_fields__
            if name in SourceFacts.__dataclass_fields__
        }
        self.sources[entry.subject] = replace(self.source(entry.subject), **fields, registered_at=entry.at)
        self.orders[entry.subject] = event.pi_orders


def _paper(seq: int, event: EvidenceAttached) -> EvidenceFact:
    return EvidenceFact(event.evidence_kind, Digest(event.digest), event.size, seq, event.valid_from, event.valid_to)


def _confirmation(entry: Recorded, event: VerdictConfirmed) -> Confirmation:
    return Confirmation(
        event.verdict,
        event.reason,
        event.evidence,
        event.measure,
        event.owner,
        event.due,
        by=entry.actor,
        at=entry.at,
        seq=entry.seq,
    )
