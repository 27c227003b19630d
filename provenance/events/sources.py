"""Events about sources (语料来源): declarations, papers, where a source stands, lists of what is refused."""

from dataclasses import dataclass

from provenance.events.base import Event


@dataclass(frozen=True, slots=True)
class PiOrder:
    """What a declaration orders for one type of personal information: the treatment and its legal basis."""

    entity: str
    treatment: str
    """keep, strip (the type's tag), or how it is stripped: replace, mask, redact, pseudonym."""
    basis: str


@dataclass(frozen=True, slots=True)
class GeneratingModel:
    """The model or service that generated a synthetic source (合成语料), as declared."""

    name: str
    version: str
    filing: str
    """Filing number (备案号), or ``not filed``."""
    side: str
    """domestic or overseas."""


@dataclass(frozen=True, slots=True)
class SourceRegistered(Event):
    """A source (语料来源) was declared, or declared anew; the latest one counts."""

    name: str
    source_kind: str
    source_class: str
    """open_source, self_collected, commercial, user_input or synthetic: the classes of table T3."""
    region: str
    """domestic or overseas, by where the publisher is established; declared, never inferred."""
    region_reason: str
    item_unit: str
    """record, line or file: what one item (条) of this source is."""
    types: tuple[str, ...]
    languages: tuple[str, ...]
    origin: str
    """Address or organisation."""
    licence: str
    legal_basis: str
    collected_from: str
    collected_to: str
    collected_before_registration: bool
    pi_orders: tuple[PiOrder, ...]
    declaration: str
    """Digest of the declaration file, kept as evidence."""
    intended_uses: tuple[str, ...] = ()
    """What the licence was judged for, keys of ``rules/licences.yaml``."""
    duties: tuple[str, ...] = ()
    """Duties that come with the licence, such as attribution."""
    attribution: str = ""
    parents: tuple[str, ...] = ()
    """Sources that a derived one comes from."""
    model: GeneratingModel | None = None
    publisher: str = ""
    """Organisation that published, supplied or made it."""
    licence_chosen: str = ""
    """What is used of the licence: of every ``OR`` the alternative that the policy judged best."""


@dataclass(frozen=True, slots=True)
class EvidenceAttached(Event):
    """A file of evidence was stored by its content and attached to a source or a clause (the subject)."""

    evidence_kind: str
    digest: str
    size: int
    valid_from: str = ""
    valid_to: str = ""
    original: str = ""
    """Digest of the file as it was given, where what is stored is its pseudonymised form."""


@dataclass(frozen=True, slots=True)
class SourceStateChanged(Event):
    """A source moved from one state to the next."""

    from_state: str
    to_state: str
    reason: str
    missing: tuple[str, ...] = ()
    """Identifiers of the checks that were not met, where the change is a refusal."""
    decisive: tuple[int, ...] = ()
    """Ledger entries that the decision rests on, such as recorded verdicts."""


@dataclass(frozen=True, slots=True)
class ListReleased(Event):
    """A list of what must not be taken in became the one that counts: ``refused`` (R-010) or ``blocked`` (R-015)."""

    name: str
    digest: str
    """Digest of the stored list, which holds hosts and keyed digests, never a person's identifier."""
    entries: int
    original: str
    """Digest of the file as it was given."""
