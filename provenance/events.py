"""The published language of the ledger (台账): every kind of thing that can be recorded, and nothing else.

An auditor who reads this file knows all that a ledger can say. Events hold identifiers, digests, counts and reasons;
never corpus text, never a value found by the detector, never the name of a person. Integers stay below 2^53; seeds and
64-bit hashes are hexadecimal strings. A released event is never changed: a new version gets a new ``SCHEMA`` and one
upcasting function.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from provenance.canonical import Json
from provenance.cells import Cells
from provenance.errors import ExitCode, GovernanceError

SCHEMA = 1
"""Version of the envelope and of the payloads below."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened. The class name is the event's kind; the envelope (who, when, about what) is the ledger's."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", hide_input_in_errors=True)


@dataclass(frozen=True, slots=True)
class WorkspaceCreated(Event):
    """A workspace began: one corpus, one key, one catalogue."""

    workspace: str
    key_fingerprint: str
    """SHA-256 of the public seal key, which must reach the auditor by another route too."""
    item_key_id: str
    """Identifier of the item key: the first 16 hex digits of an HMAC by it over a fixed word."""


@dataclass(frozen=True, slots=True)
class PiOrder:
    """What a declaration orders for one type of personal information: the treatment and its legal basis."""

    entity: str
    treatment: str
    basis: str


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


@dataclass(frozen=True, slots=True)
class EvidenceAttached(Event):
    """A file of evidence was stored by its content and attached to a source or a clause (the subject)."""

    evidence_kind: str
    digest: str
    size: int
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class SourceStateChanged(Event):
    """A source moved from one state to the next."""

    from_state: str
    to_state: str
    reason: str
    missing: tuple[str, ...] = ()
    """Identifiers of the checks that were not met, where the change is a refusal."""


@dataclass(frozen=True, slots=True)
class LexiconReleased(Event):
    """A keyword library (关键词库) became the one that screens."""

    digest: str
    keywords: int
    by_risk: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of a plan: its bytes, never its name (names live in the catalogue)."""

    file: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class IngestPlanned(Event):
    """An ingest of one source was planned: what is read, with which rules and which code."""

    source: str
    files: tuple[PlannedFile, ...]
    units: str
    """Digest of the list of work units."""
    unit_count: int
    configuration: str
    """Digest of everything that can change an item's decision."""
    rules_edition: str
    lexicon: str
    tokenizer: str
    code: str
    stages: tuple[str, ...]
    """Name and version of every stage, in order."""
    sees: int
    """Ledger size whose items this ingest compares with."""
    uncovered: tuple[str, ...]
    """Types of personal information ordered to be stripped that no recogniser finds yet (未覆盖)."""
    replaces: tuple[str, ...] = ()
    """Files read before whose earlier decisions this ingest supersedes."""


@dataclass(frozen=True, slots=True)
class ShardSealed(Event):
    """The items of one work unit were sealed. Files are named by their digests, empty where there is none."""

    ingest: int
    """Sequence number of the plan."""
    unit: int
    items: str
    content_root: str
    """Merkle root over the items' canonical row bytes."""
    admitted_text: str
    quarantined_text: str
    rows: int
    cells: Cells
    """What this shard adds to the facts."""
    replaced: Cells
    """What it takes away: cells of earlier decisions on what this unit read again."""


@dataclass(frozen=True, slots=True)
class IngestCompleted(Event):
    """Every unit of a plan was sealed."""

    ingest: int
    shards: int
    shard_set: str
    """Digest over the sorted digests of the item files."""
    cells: Cells
    """Sum over the shards, checked when this was written."""


@dataclass(frozen=True, slots=True)
class IngestAborted(Event):
    """A plan was given up; what it had sealed stays, what it had not is not read."""

    ingest: int
    reason: str


@dataclass(frozen=True, slots=True)
class VerdictConfirmed(Event):
    """A named person confirmed a verdict on a clause (the subject)."""

    verdict: str
    """符合, 不符合 or 不适用."""
    reason: str
    evidence: tuple[str, ...]
    measure: str = ""
    """Equivalent measure or plan, compulsory for 不符合."""
    owner: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class ExportMade(Event):
    """A report was rendered."""

    facts: str
    files: tuple[tuple[str, str], ...]
    """Name and digest of every file."""


@dataclass(frozen=True, slots=True)
class SealMade(Event):
    """An evidence bundle (证据包) was sealed over the ledger up to a size."""

    bundle: str
    """Digest of the bundle's signed statement."""
    ledger_size: int
    ledger_root: str
    key_fingerprint: str


KINDS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}
_READERS: dict[str, TypeAdapter[Event]] = {name: TypeAdapter(kind) for name, kind in KINDS.items()}


def payload(event: Event) -> dict[str, Json]:
    """Return the event's fields as JSON values."""
    return asdict(event)


def read(kind: str, schema: int, fields: Mapping[str, Json]) -> Event:
    """Rebuild an event from its kind, schema version and fields.

    Raises:
        GovernanceError: The kind or version is unknown to this release, or the fields do not fit it.
    """
    if schema != SCHEMA or kind not in _READERS:
        raise GovernanceError(
            f"The ledger holds an event {kind} of schema {schema}, which this release cannot read.",
            code="provenance.unknown-event",
            remedy="Use the release of Yuliao that wrote it, or a later one.",
            exit_code=ExitCode.ENVIRONMENT,
        )
    try:
        return _READERS[kind].validate_python(fields)
    except ValidationError as error:
        raise GovernanceError(
            f"An event {kind} in the ledger does not have the fields of its kind.",
            code="provenance.damaged-event",
            remedy="Run `yuliao doctor`; restore the catalogue from a backup if the chain is broken.",
            exit_code=ExitCode.VERIFICATION_FAILED,
        ) from error
