"""A ledger in memory: entries as the fold sees them, and a corpus whose every item is known."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace

from provenance.cells import Cells, Key
from provenance.events import (
    Event,
    EvidenceAttached,
    IngestCompleted,
    IngestPlanned,
    LexiconReleased,
    PiOrder,
    PlannedFile,
    ShardSealed,
    SourceRegistered,
    SourceStateChanged,
    WorkspaceCreated,
)
from provenance.ids import Digest, WorkspaceId, digest

WORKSPACE = WorkspaceId("w-test")


@dataclass(frozen=True)
class FakeEntry:
    """An entry of the ledger without its bytes."""

    seq: int
    at: str
    actor: str
    subject: str
    workspace: WorkspaceId
    digest: Digest
    event: Event


@dataclass(frozen=True)
class FakeItem:
    """An item as its latest decision left it."""

    type: str = "zh_text"
    language: str = "zh"
    disposition: str = "admitted"
    reason: str = ""
    intake_bytes: int = 100
    bytes: int = 90
    tokens: int = 30
    duration_ms: int = 0
    pi: tuple[tuple[str, str, int], ...] = ()
    """Entity, treatment, occurrences."""
    risks: tuple[tuple[str, int], ...] = ()
    screened: bool = True
    described: bool = True
    generated: str = ""
    version_known: bool = False
    notices: tuple[str, ...] = ()


def cells(items: Iterable[FakeItem], *, blank_lines: int = 0) -> Cells:
    """Count what these items, and blank lines beside them, add to the facts, as the runner does."""
    counts: Counter[Key] = Counter({("intake", "blank_lines"): blank_lines})
    for item in items:
        key = ("item", item.type, item.language, item.disposition, item.reason)
        counts[*key, "items"] += 1
        counts[*key, "intake_bytes"] += item.intake_bytes
        counts[*key, "duration_ms"] += item.duration_ms
        if item.disposition == "admitted":
            counts[*key, "bytes"] += item.bytes
            counts[*key, "tokens"] += item.tokens
        counts["meta", "R-120", "1", item.disposition, "items"] += 1
        counts.update(_marks(item))
        for entity, treatment, occurrences in item.pi:
            counts["pi", entity, treatment, item.disposition, "items"] += 1
            counts["pi", entity, treatment, item.disposition, "occurrences"] += occurrences
        if item.pi:
            counts["pi", "*any", "*any", item.disposition, "items"] += 1
            counts["pi", "*any", "*any", item.disposition, "occurrences"] += sum(n for _, _, n in item.pi)
        for risk, hits in item.risks:
            for grade in ("A", "*any"):
                counts["risk", risk, "keyword", grade, item.disposition, "items"] += 1
                counts["risk", risk, "keyword", grade, item.disposition, "hits"] += hits
        if item.risks:
            for union in ("*any", "*29"):
                counts["risk", union, "*any", "*any", item.disposition, "items"] += 1
    return Cells.of(counts)


def _marks(item: FakeItem) -> Counter[Key]:
    counts: Counter[Key] = Counter()
    for check, is_met in _checks(item).items():
        counts["meta", check, "1" if is_met else "0", item.disposition, "items"] += 1
    if item.generated:
        version = "known" if item.version_known else "unknown"
        counts["label", item.generated, version, item.disposition, "items"] += 1
    for notice in {*item.notices, *(["*any"] if item.notices else ())}:
        counts["ip", notice, item.disposition, "items"] += 1
    return counts


def _checks(item: FakeItem) -> dict[str, bool]:
    was_scanned = item.screened or bool(item.notices)
    found = {"R-121": item.described, "R-122": item.screened, "R-123": was_scanned, "R-300": was_scanned}
    if item.generated:
        is_left = item.disposition == "admitted" and bool(item.risks)
        found |= {"R-143": item.version_known, "R-145": item.screened, "R-146": not is_left}
    return found


@dataclass
class FakeLedger:
    """A history, appended to by verbs; ``entries`` is what a fold reads."""

    entries: list[FakeEntry] = field(default_factory=list)

    def append(self, event: Event, subject: str = "", at: str = "2026-11-22T08:00:00Z", actor: str = "p-001") -> int:
        """Append an event and return its number."""
        seq = len(self.entries) + 1
        self.entries.append(FakeEntry(seq, at, actor, subject, WORKSPACE, digest(str(seq).encode()), event))
        return seq

    def begin(self) -> int:
        """Record the workspace's beginning."""
        return self.append(WorkspaceCreated(WORKSPACE, "", ""))

    def register(self, source: str, state: str = "admitted", **changed: object) -> None:
        """Declare a source and decide on it."""
        usual = SourceRegistered(
            name=source,
            source_kind="open_source",
            source_class="open_source",
            region="domestic",
            region_reason="",
            item_unit="record",
            types=("zh_text",),
            languages=("zh",),
            origin="https://data.example.com",
            licence="MIT",
            legal_basis="",
            collected_from="2026-09-01",
            collected_to="2026-09-02",
            collected_before_registration=False,
            pi_orders=(PiOrder("MOBILE", "replace", ""),),
            declaration="d" * 64,
        )
        known = {each.name for each in fields(usual)}
        assert changed.keys() <= known
        self.append(replace(usual, **changed), source)  # type: ignore[arg-type]  # names are checked above
        if state != "registered":
            self.append(SourceStateChanged("registered", state, ""), source)

    def attach(self, subject: str, kind: str) -> str:
        """Attach a piece of evidence and return its digest."""
        name = digest(f"{subject}/{kind}".encode())
        self.append(EvidenceAttached(kind, name, 10), subject)
        return name

    def release_lexicon(self, counted: dict[str, int], keywords: int, at: str = "2026-11-22T08:00:00Z") -> None:
        """Release a keyword library."""
        self.append(LexiconReleased("e" * 64, keywords, tuple(sorted(counted.items()))), "lexicon", at)

    def plan(
        self, source: str, file: str = "f1", replaces: tuple[str, ...] = (), uncovered: tuple[str, ...] = ()
    ) -> int:
        """Plan an ingest of one file and return its number."""
        event = IngestPlanned(
            source=source,
            files=(PlannedFile(file, "a" * 64, 10),),
            units="b" * 64,
            unit_count=1,
            configuration="c" * 64,
            rules_edition="d" * 64,
            lexicon="e" * 64,
            tokenizer="yuliao-count/1",
            code="f" * 64,
            stages=("scan-risk/1",),
            sees=len(self.entries),
            uncovered=uncovered,
            replaces=replaces,
        )
        return self.append(event, source)

    def seal(self, ingest: int, unit: int, items: Cells, replaced: Cells | None = None) -> int:
        """Seal a work unit."""
        rows = sum(items.items_by_disposition().values())
        event = ShardSealed(ingest, unit, "", "", "", "", rows, items, replaced or Cells())
        return self.append(event)

    def complete(self, ingest: int, parts: list[Cells]) -> int:
        """Complete an ingest whose shards added these cells."""
        total: Counter[Key] = Counter()
        for part in parts:
            total.update(dict(part.rows))
        return self.append(IngestCompleted(ingest, len(parts), "0" * 64, Cells.of(total)))

    def ingest(self, source: str, items: Iterable[FakeItem], uncovered: tuple[str, ...] = ()) -> int:
        """Plan, seal in one shard and complete; return the plan's number."""
        plan, added = self.plan(source, uncovered=uncovered), cells(items)
        self.seal(plan, 0, added)
        self.complete(plan, [added])
        return plan
