"""The shapes of the facts: what is counted, and of whom. Frozen values, no behaviour but their printing.

Units: ``items`` are items (条), ``bytes`` UTF-8 bytes of released text or those of a medium, ``tokens`` of text,
``duration_ms`` milliseconds of audio and video as far as their headers say how long they are. All integers.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Self

from provenance.canonical import Json
from provenance.events import GeneratingModel
from provenance.ids import Digest, SourceId
from rules.samples import NOT_SAMPLED, Standing

ADMITTED, QUARANTINED, DUPLICATE, REJECTED = DISPOSITIONS = ("admitted", "quarantined", "duplicate", "rejected")
UNSCREENED = "unscreened"
"""The reason of what no configured screen can read."""
MEDIA = ("image", "audio", "video")
"""Types that hold no text (图片、音频、视频)."""


@dataclass(frozen=True, slots=True)
class Dispositions:
    """Items by disposition: admitted 纳入, quarantined 隔离, duplicate 重复, rejected 剔除. They sum to the first."""

    taken_in: int = 0
    admitted: int = 0
    quarantined: int = 0
    duplicate: int = 0
    rejected: int = 0

    @property
    def is_conserved(self) -> bool:
        """Whether nothing is lost (守恒): taken in = admitted + quarantined + duplicate + rejected, none negative."""
        parts = (self.admitted, self.quarantined, self.duplicate, self.rejected)
        return self.taken_in == sum(parts) and min(parts) >= 0


@dataclass(frozen=True, slots=True)
class Amount:
    """Admitted items and what they weigh after stripping; ``duration_ms`` is printed where there is any."""

    items: int = 0
    bytes: int = 0
    tokens: int = 0
    duration_ms: int = 0

    def __add__(self, other: Self) -> "Amount":
        """Add measure by measure."""
        return Amount(
            self.items + other.items,
            self.bytes + other.bytes,
            self.tokens + other.tokens,
            self.duration_ms + other.duration_ms,
        )

    def to_json(self) -> dict[str, Json]:
        """Return the measures by name; a duration only where something has one."""
        return {name: n for name, n in asdict(self).items() if n or name != "duration_ms"}


@dataclass(frozen=True, slots=True)
class MediaFact:
    """Media of one type that wait because nothing can screen them, with their bytes as taken in."""

    items: int = 0
    intake_bytes: int = 0
    duration_ms: int = 0


@dataclass(frozen=True, slots=True)
class Composition:
    """A row of the source composition (来源构成, table T3): admitted items of one class, region and type."""

    source_class: str
    region: str
    type: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class PiFact:
    """Personal information (个人信息) of one type found in one source, its treatment and the basis declared for it."""

    source: SourceId
    entity: str
    treatment: str
    basis: str
    sensitive: bool
    items: int
    occurrences: int


@dataclass(frozen=True, slots=True)
class PiTotal:
    """Items and occurrences of one type of personal information over all sources."""

    items: int
    occurrences: int
    sensitive: bool


@dataclass(frozen=True, slots=True)
class RiskFact:
    """Items in which a risk was found, and how often.

    ``admitted_items`` are those still in (which must be none), ``cleared_items`` those that a named person let in.
    """

    items: int = 0
    hits: int = 0
    admitted_items: int = 0
    cleared_items: int = 0


@dataclass(frozen=True, slots=True)
class CheckFact:
    """A check on every item (family ``meta``): items that meet it and items that do not; ``admitted`` ones apart."""

    ok: int = 0
    failed: int = 0
    admitted_ok: int = 0
    admitted_failed: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceFact:
    """A file of evidence (证据) that the ledger names; ``seq`` is the entry."""

    kind: str
    digest: Digest
    size: int
    seq: int
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class LexiconFact:
    """The keyword library (关键词库) that screens now, released at ``at`` by entry ``seq``."""

    digest: Digest
    keywords: int
    by_risk: Mapping[str, int]
    seq: int
    at: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a named person confirmed about a clause; the latest one counts."""

    verdict: str
    reason: str
    evidence: tuple[str, ...]
    measure: str
    owner: str
    due: str
    by: str
    at: str
    seq: int


@dataclass(frozen=True, slots=True)
class IngestFact:
    """One ingest: which source, with which rules, and whether it was completed or given up."""

    seq: int
    source: SourceId
    shards: int
    unit_count: int
    stages: tuple[str, ...]
    tokenizer: str
    lexicon: Digest
    rules_edition: str
    state: str
    """planned, completed or aborted."""


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source (语料来源): what was declared, which evidence is there, and what came of its items."""

    id: SourceId
    name: str = ""
    source_kind: str = ""
    source_class: str = ""
    region: str = ""
    region_reason: str = ""
    item_unit: str = ""
    types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    origin: str = ""
    licence: str = ""
    legal_basis: str = ""
    collected_from: str = ""
    collected_to: str = ""
    collected_before_registration: bool = False
    declaration: str = ""
    intended_uses: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    """What the licence asks of who uses it, keys of ``rules/licences.yaml``."""
    attribution: str = ""
    parents: tuple[str, ...] = ()
    model: GeneratingModel | None = None
    """What generated a synthetic source."""
    publisher: str = ""
    licence_chosen: str = ""
    registered_at: str = ""
    state: str = "registered"
    state_reason: str = ""
    missing: tuple[str, ...] = ()
    evidence: tuple[EvidenceFact, ...] = ()
    items: Dispositions = Dispositions()
    by_reason: Mapping[str, int] | None = None
    by_type: Mapping[str, Amount] | None = None
    by_language: Mapping[str, Amount] | None = None
    by_type_and_language: Mapping[tuple[str, str], Amount] | None = None
    intake_bytes: int = 0
    amount: Amount = Amount()
    ingests: tuple[int, ...] = ()
    decided_under: tuple[str, ...] = ()
    """Digests of the papers and lists that every file of it was last read under."""
    checks: Mapping[str, CheckFact] | None = None
    standing: Standing = NOT_SAMPLED
    """What its samples say of it, before collection and after (5 % rule)."""

    @property
    def is_out(self) -> bool:
        """Whether it was refused or withdrawn (拒绝、撤回)."""
        return self.state in ("refused", "withdrawn")

    @property
    def papers(self) -> tuple[EvidenceFact, ...]:
        """The latest paper of every kind, which alone counts."""
        return tuple({paper.kind: paper for paper in self.evidence}.values())

    def to_json(self) -> dict[str, Json]:
        """Return the source as the command ``yuliao facts --json`` prints it."""
        return {
            "name": self.name,
            "kind": self.source_kind,
            "class": self.source_class,
            "region": self.region,
            "item_unit": self.item_unit,
            "origin": self.origin,
            "licence": self.licence,
            "licence_chosen": self.licence_chosen,
            "duties": list(self.duties),
            "intended_uses": list(self.intended_uses),
            "attribution": self.attribution,
            "publisher": self.publisher,
            "legal_basis": self.legal_basis,
            "parents": list(self.parents),
            "model": asdict(self.model) if self.model else None,
            "languages": list(self.languages),
            "types": list(self.types),
            "collected": {"from": self.collected_from, "to": self.collected_to},
            "collected_before_registration": self.collected_before_registration,
            "state": self.state,
            "missing": list(self.missing),
            "evidence": [asdict(paper) for paper in self.evidence],
            "items": {**asdict(self.items), "by_reason": dict(self.by_reason or {})},
            "intake": {"bytes": self.intake_bytes},
            "bytes": self.amount.bytes,
            "tokens": {"count": self.amount.tokens},
            "by_type": amounts(self.by_type),
            "by_language": amounts(self.by_language),
            "ingests": list(self.ingests),
            "assessment": self.standing.assessment,
            "verification": self.standing.verification,
        }


def amounts(table: Mapping[str, Amount] | None) -> dict[str, Json]:
    """Return amounts by name as JSON values."""
    return {name: amount.to_json() for name, amount in (table or {}).items()}
