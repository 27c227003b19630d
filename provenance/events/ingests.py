"""Events of an ingest (采集入库): planned, sealed shard by shard, completed or given up."""

from dataclasses import dataclass

from provenance.cells import Cells
from provenance.events.base import Event


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
    papers: tuple[str, ...] = ()
    """Digests of the evidence and lists that decide item by item: log, robots, authorisations, refusals."""
    pseudonym_key: str = ""
    """Id of the key that made the pseudonyms in its texts (假名化密钥编号), where there are any; never the key."""


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
    identifiers: str = ""
    """Keyed digests of identifiers, addresses and ids of the items, in a file of their own that can be erased."""
    signatures: str = ""
    """Keyed signatures by which later items that are nearly the same are told; erasable too."""


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
