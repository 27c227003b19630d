"""Which stored files a ledger names: what must be there, and by omission what no event knows of."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from provenance.events import (
    ComplaintReceived,
    ComplaintResolved,
    Event,
    EvidenceAttached,
    ItemsAmended,
    LexiconReleased,
    ListReleased,
    SampleDrawn,
    ShardSealed,
    SourceRegistered,
    TextErased,
    VerdictsRecorded,
    WithdrawalMade,
)


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
            case SourceRegistered():
                self.evidence.add(event.declaration)
            case EvidenceAttached() | LexiconReleased() | ListReleased():
                self.evidence.add(event.digest)
            case SampleDrawn():
                self.evidence.add(event.drawn)
            case VerdictsRecorded():
                self.evidence.add(event.verdicts)
            case ComplaintReceived() | ComplaintResolved():
                self.evidence.add(event.document)
            case WithdrawalMade():
                self.evidence.update((event.refusals, event.proof))
            case _:
                pass


def holdings(events: Iterable[Event]) -> Holdings:
    """Gather what the events of a whole ledger name; names that are empty stand for no file."""
    found = Holdings()
    for event in events:
        found.take(event)
    found.items.discard("")
    found.evidence.discard("")
    return found
