"""The one set of facts (事实) from which every figure in every document comes: a fold over the ledger.

- Purely additive: the facts are the sum of cells over a prefix of the ledger, and the latest word about each source.
- Conserved at every prefix: taken in = admitted + quarantined + duplicate + rejected, per source and in all.
- The same entries, rules and profile give the same facts, key by key in the same order; nothing reads a clock.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from provenance.canonical import Json
from provenance.cells import Key
from provenance.ids import Digest, SourceId, WorkspaceId
from rules import facts_json, sums
from rules.annotation.facts import AnnotationFacts
from rules.catalog import Catalog
from rules.complaints import ComplaintFact
from rules.figures import (
    Amount,
    CheckFact,
    Composition,
    Confirmation,
    Dispositions,
    EvidenceFact,
    IngestFact,
    LexiconFact,
    MediaFact,
    PiFact,
    PiTotal,
    RiskFact,
    SourceFacts,
)
from rules.history import History, Recorded
from rules.lists import ListFact, decided_under
from rules.marks import LabelFact, NoticeFact, labels, notices
from rules.residuals import ResidualFact
from rules.samples import SampleFact
from rules.tally import broken
from rules.withdrawals import WithdrawalFact

__all__ = [
    "Amount",
    "CheckFact",
    "Composition",
    "Confirmation",
    "Dispositions",
    "EvidenceFact",
    "Facts",
    "IngestFact",
    "LexiconFact",
    "MediaFact",
    "PiFact",
    "PiTotal",
    "Recorded",
    "RiskFact",
    "SourceFacts",
    "fold",
]


@dataclass(frozen=True)
class Facts:
    """All figures at one ledger size. ``as_of`` is the time of the last entry, the only present there is."""

    workspace: WorkspaceId
    ledger_size: int
    ledger_head: Digest
    as_of: str
    rules_edition: Digest
    profile: str
    items: Dispositions
    by_reason: Mapping[str, int]
    intake_bytes: int
    blank_lines: int
    total: Amount
    tokenizers: tuple[str, ...]
    by_type: Mapping[str, Amount]
    by_source_class: Mapping[str, Amount]
    by_region: Mapping[str, Amount]
    composition: tuple[Composition, ...]
    personal_information: tuple[PiFact, ...]
    pi_totals: Mapping[str, PiTotal]
    """By type, and ``*any`` and ``*sensitive`` for distinct items over types, which do not add up."""
    uncovered: tuple[tuple[SourceId, str], ...]
    """Types ordered to be stripped that no recogniser found when the source was last read (未覆盖)."""
    risks: Mapping[str, RiskFact]
    """All 31 by id, and ``*any``, ``*29`` and ``*17`` for distinct items over risks."""
    checks: Mapping[str, CheckFact]
    sources: Mapping[SourceId, SourceFacts]
    lexicon: LexiconFact | None
    ingests: tuple[IngestFact, ...]
    unfinished: tuple[int, ...]
    evidence: Mapping[str, tuple[EvidenceFact, ...]]
    """Evidence attached to a clause, by clause id."""
    confirmations: Mapping[str, Confirmation]
    unscreened_media: Mapping[str, MediaFact] = field(default_factory=dict)
    """By type; quarantined, and in no other amount."""
    samples: tuple[SampleFact, ...] = ()
    labels: tuple[LabelFact, ...] = ()
    """Synthetic items per source, by their label or their source's declaration."""
    notices: tuple[NoticeFact, ...] = ()
    """Items with notices of rights, per source and kind."""
    complaints: tuple[ComplaintFact, ...] = ()
    lists: Mapping[str, ListFact] = field(default_factory=dict)
    """Editions that count, by name: blocked and refused."""
    withdrawals: Mapping[str, WithdrawalFact] = field(default_factory=dict)
    """By what they were told by."""
    residuals: Mapping[SourceId, ResidualFact] = field(default_factory=dict)
    """The latest second pass over the stored texts of each source."""
    annotation: AnnotationFacts = field(default_factory=AnnotationFacts)

    @cached_property
    def evidence_digests(self) -> frozenset[str]:
        """Digests of every file of evidence the ledger names."""
        of_sources = (paper for source in self.sources.values() for paper in source.evidence)
        of_clauses = (paper for papers in self.evidence.values() for paper in papers)
        return frozenset(paper.digest for papers in (of_sources, of_clauses) for paper in papers)

    @cached_property
    def synthetic_sources(self) -> frozenset[str]:
        """Sources declared as synthetic (合成语料), or derived from such, whose every item was generated."""
        return frozenset(name for name, source in self.sources.items() if source.source_class == "synthetic")

    def to_json(self) -> dict[str, Json]:
        """Return the facts as ``yuliao facts --json`` prints them: integers and text only."""
        return facts_json.tree(self)


def fold(entries: Iterable[Recorded], catalog: Catalog, profile: str = "national") -> Facts:
    """Fold a prefix of the ledger (台账) into the facts (事实).

    Args:
        entries: Entries 1, 2, 3 ... in order, without a gap.
        catalog: The rules; their edition is named in the facts.
        profile: Name of the profile, which says what is sensitive personal information.

    Raises:
        GovernanceError: The ledger contradicts itself, or the profile is unknown.

    Clause:
        R-104
    """
    state = History()
    for entry in entries:
        state.take(entry)
    return _Summary(state, catalog, profile).facts()


class _Summary:
    """Turns what the entries said into facts."""

    def __init__(self, state: History, catalog: Catalog, profile: str) -> None:
        self.state, self.catalog, self.profile = state, catalog, catalog.profile(profile)
        self.law_book = self.profile.pi_profile
        self.sensitive = catalog.sensitive()[self.law_book]
        self.limit = catalog.required("source_bad_info_max_pct", self.profile.id)
        self.rows: Counter[Key] = Counter()
        for counts in state.tally.by_source.values():
            self.rows.update(counts)

    def facts(self) -> Facts:
        state = self.state
        names = sorted({*state.sources, *state.tally.by_source})
        sources = {SourceId(name): self._source(name) for name in names}
        whole = sums.weigh(self.rows)
        if not all(found.is_conserved for found in (whole.items, *(each.items for each in sources.values()))):
            raise broken("the items taken in are not the sum of the four dispositions")
        composition = sums.composition(sources.values())
        return Facts(
            workspace=state.workspace,
            ledger_size=state.seq,
            ledger_head=state.head,
            as_of=state.at,
            rules_edition=self.catalog.edition,
            profile=self.profile.id,
            items=whole.items,
            by_reason=whole.by_reason,
            intake_bytes=whole.intake_bytes,
            blank_lines=whole.blank_lines,
            total=sums.total(whole.by_type_and_language.values()),
            tokenizers=tuple(sorted({each.plan.tokenizer for each in state.tally.ingests.values() if each.units})),
            by_type=sums.grouped((kind, amount) for (kind, _), amount in whole.by_type_and_language.items()),
            by_source_class=sums.grouped((row.source_class, row.amount) for row in composition),
            by_region=sums.grouped((row.region, row.amount) for row in composition),
            composition=composition,
            personal_information=tuple(sums.personal_information(state.tally.by_source, state.orders, self.sensitive)),
            pi_totals=sums.pi_totals(self.rows, self.law_book, self.sensitive),
            uncovered=self._uncovered(),
            risks=sums.risks(self.rows, self.catalog.risks),
            checks=sums.checks(self.rows),
            sources=sources,
            lexicon=state.lexicon,
            ingests=tuple(self._ingests()),
            unfinished=state.tally.unfinished(),
            evidence={
                name: tuple(papers) for name, papers in sorted(state.evidence.items()) if name in self.catalog.clauses
            },
            confirmations=dict(sorted(state.confirmations.items())),
            unscreened_media=sums.unscreened(self.rows),
            samples=state.samples.facts(),
            labels=tuple(labels(state.tally.by_source)),
            notices=tuple(notices(state.tally.by_source)),
            complaints=state.complaints.facts(),
            lists=state.lists.facts(),
            withdrawals=state.withdrawals.facts(),
            residuals=state.residuals.facts(self.catalog.edition),
            annotation=state.annotation.facts(state.at),
        )

    def _source(self, name: str) -> SourceFacts:
        found = sums.weigh(self.state.tally.by_source.get(name, Counter()))
        ingests = sorted(self.state.tally.ingests.items())
        return replace(
            self.state.source(name),
            evidence=tuple(self.state.evidence.get(name, ())),
            items=found.items,
            by_reason=found.by_reason,
            by_type=sums.grouped((kind, amount) for (kind, _), amount in found.by_type_and_language.items()),
            by_language=sums.grouped((spoken, amount) for (_, spoken), amount in found.by_type_and_language.items()),
            by_type_and_language=found.by_type_and_language,
            intake_bytes=found.intake_bytes,
            amount=sums.total(found.by_type_and_language.values()),
            ingests=tuple(seq for seq, ingest in ingests if ingest.plan.source == name),
            decided_under=decided_under(each for _, each in ingests if each.plan.source == name),
            checks=sums.checks(self.state.tally.by_source.get(name, Counter())),
            standing=self.state.samples.standing(name, self.limit),
        )

    def _uncovered(self) -> tuple[tuple[SourceId, str], ...]:
        latest = {ingest.plan.source: ingest.plan for _, ingest in sorted(self.state.tally.ingests.items())}
        return tuple(
            sorted({(SourceId(source), entity) for source, plan in latest.items() for entity in plan.uncovered})
        )

    def _ingests(self) -> Iterator[IngestFact]:
        for seq, ingest in sorted(self.state.tally.ingests.items()):
            plan = ingest.plan
            yield IngestFact(
                seq,
                SourceId(plan.source),
                len(ingest.units),
                plan.unit_count,
                plan.stages,
                plan.tokenizer,
                Digest(plan.lexicon),
                plan.rules_edition,
                ingest.state,
            )
