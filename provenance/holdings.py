"""Which stored files a ledger names: what must be there, and by omission what no event knows of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from provenance.events import (
    BatchPublished,
    ComplaintReceived,
    ComplaintResolved,
    Event,
    EvidenceAttached,
    ExamScored,
    ItemsAmended,
    LexiconReleased,
    ListReleased,
    PersonRegistered,
    RuleBookReleased,
    SampleDrawn,
    ShardSealed,
    SourceRegistered,
    TextErased,
    TrainingHeld,
    VerdictsRecorded,
    WithdrawalMade,
)

_EVIDENCE: Mapping[type[Event], tuple[str, ...]] = {
    SourceRegistered: ("declaration",),
    EvidenceAttached: ("digest",),
    LexiconReleased: ("digest",),
    ListReleased: ("digest",),
    RuleBookReleased: ("digest",),
    SampleDrawn: ("drawn",),
    VerdictsRecorded: ("verdicts",),
    ComplaintReceived: ("document",),
    ComplaintResolved: ("document",),
    PersonRegistered: ("contract", "confidentiality"),
    TrainingHeld: ("material",),
    ExamScored: ("answers",),
    BatchPublished: ("tasks", "plan"),
    WithdrawalMade: ("refusals", "proof"),
}
"""The fields by which events name evidence; gold answers, annotations and labels lie in stores of their own."""


@dataclass
class Holdings:
    """Digests of the files that must lie in the two stores; a file that was erased is no longer among them."""

    items: set[str] = field(default_factory=set)
    evidence: set[str] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """Hear of the next event, in ledger order."""
        match event:
            case ShardSealed():
                self.items.update((event.items, event.admitted_text, event.quarantined_text))
                self.items.update((event.identifiers, event.signatures))
            case ItemsAmended():
                self.items.add(event.amendment)
            case TextErased():
                self.items.discard(event.before)
                self.items.add(event.after)
            case _:
                self.evidence.update(getattr(event, name) for name in _EVIDENCE.get(type(event), ()))


def holdings(events: Iterable[Event]) -> Holdings:
    """Gather what the events of a whole ledger name; names that are empty stand for no file."""
    found = Holdings()
    for event in events:
        found.take(event)
    found.items.discard("")
    found.evidence.discard("")
    return found
