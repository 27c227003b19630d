"""Events after which items are no longer what they were sealed as: amendments, erasure, withdrawal, complaints."""

from dataclasses import dataclass

from provenance.cells import Cells
from provenance.events.base import Event


@dataclass(frozen=True, slots=True)
class ItemsAmended(Event):
    """Items of one source (the subject) got another disposition; sealed shards stay as they are."""

    cause: str
    """Reason code, a key of ``rules/reasons.yaml``, or ``restored`` where items come back with their source."""
    amendment: str
    """Digest of the file that lists the items with what they were and what they are now."""
    items: int
    cells: Cells
    """Signed; its items sum to 0."""
    reason: str = ""
    cause_event: int = 0
    """Ledger entry that made it necessary, 0 where a person decided on the items themselves."""


@dataclass(frozen=True, slots=True)
class TextErased(Event):
    """A file that holds text or identifiers was written anew with nulls, and the old one deleted."""

    ingest: int
    unit: int
    role: str
    """admitted_text, quarantined_text, identifiers or signatures."""
    before: str
    after: str
    items: int
    """Items whose content is gone."""
    basis: str
    cause_event: int = 0


@dataclass(frozen=True, slots=True)
class WithdrawalMade(Event):
    """What a person, an author, an address or a source concerns was taken out (撤回)."""

    by: str
    """text, url, source or person."""
    request: str
    """Keyed digest of what was asked for; never the thing itself."""
    items: int
    """Items found, duplicates included."""
    by_source: tuple[tuple[str, int], ...]
    erases: bool
    refusals: str
    """Digest of the list by which later ingests obey; empty where a source was withdrawn."""
    bundles: tuple[str, ...]
    """Digests of the sealed bundles that already hold figures of these items."""
    proof: str
    """Digest of the stored proof: the items found, by id."""
    basis: str


@dataclass(frozen=True, slots=True)
class ComplaintReceived(Event):
    """A complaint (投诉举报) came in; the subject is its id."""

    about: str
    """Key of ``rules/complaints.yaml``, such as copyright or personal_information."""
    channel: str
    received: str
    due: str
    """Day by which it has to be answered, ``YYYY-MM-DD``."""
    source: str = ""
    document: str = ""
    """Digest of the complaint itself, kept as evidence."""


@dataclass(frozen=True, slots=True)
class ComplaintResolved(Event):
    """A complaint was answered."""

    outcome: str
    """upheld, rejected or withdrawn."""
    reason: str
    withdrawal: int = 0
    """Ledger entry of the withdrawal it led to, 0 for none."""
    document: str = ""
