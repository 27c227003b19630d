"""Findings on collection and authorisation, R-009, R-010, R-014 and R-015: what proves them and when a proof is old."""

import pytest

from provenance.events import IngestPlanned, ListReleased, PlannedFile
from provenance.ids import Digest, SourceId
from rules import collection_checks
from rules.facts import Dispositions, EvidenceFact, Facts, SourceFacts
from rules.findings import Finding, Verdict
from rules.lists import ListFact, Lists, decided_under
from rules.tally import Ingest
from tests.fakes import facts as fake

LOG, ROBOTS, CONSENT, LIST = (Digest(each * 64) for each in "1234")
PAPERS = {
    "self_collected_web": (EvidenceFact("collection_log", LOG, 9, 3), EvidenceFact("robots", ROBOTS, 9, 4)),
    "user_input": (EvidenceFact("consent_table", CONSENT, 9, 5),),
}


def _source(kind: str, **changed: object) -> SourceFacts:
    usual: dict[str, object] = {
        "id": SourceId("crawl"),
        "source_kind": kind,
        "evidence": PAPERS[kind],
        "items": Dispositions(10, 8, 0, 0, 2),
        "by_reason": {},
        "decided_under": (LOG, ROBOTS, CONSENT, LIST),
    }
    return fake.source(**usual | changed)


def _facts(*sources: SourceFacts, **changed: object) -> Facts:
    lists = {name: ListFact(name, LIST, 7, 8, "2026-11-01T00:00:00Z") for name in ("blocked", "refused")}
    return fake.facts(**{"sources": {each.id: each for each in sources}, "lists": lists} | changed)


def _found(facts: Facts, clause: str, subject: str) -> Finding:
    findings = [each for check in collection_checks.ALL for each in check(facts, fake.CATALOG)]
    (found,) = [each for each in findings if (each.clause, each.subject) == (clause, subject)]
    return found


@pytest.mark.parametrize(
    ("kind", "clause", "paper", "reasons"),
    [
        ("self_collected_web", "R-009", "collection_log", {"not-in-collection-log": 1, "url-missing": 1}),
        ("self_collected_web", "R-010", "robots", {"robots-unknown": 2}),
        ("user_input", "R-014", "consent_table", {"opted-out": 1, "not-authorised": 1}),
    ],
)
def test_a_paper_proves_what_was_read_under_it(kind: str, clause: str, paper: str, reasons: dict[str, int]) -> None:
    """Counts of what was rejected stand beside the paper; a newer or missing paper takes the proof away."""
    fresh = _source(kind, by_reason=reasons)
    found = _found(_facts(fresh), clause, "crawl")
    assert found.verdict == Verdict.CONFORMS
    assert all(f"{reason} {n}" in found.measured.en for reason, n in reasons.items())
    digest = next(each.digest for each in PAPERS[kind] if each.kind == paper)
    assert digest in found.refs
    newer = _source(kind, decided_under=tuple(each for each in fresh.decided_under if each != digest))
    found = _found(_facts(newer), clause, "crawl")
    assert (found.verdict, found.next_action) == (Verdict.UNPROVEN, "yuliao ingest crawl PATH")
    missing = _source(kind, evidence=tuple(each for each in PAPERS[kind] if each.kind != paper))
    found = _found(_facts(missing), clause, "crawl")
    assert (found.verdict, found.next_action) == (Verdict.FAILS, f"yuliao source evidence crawl {paper} FILE")


def test_disallowed_pages_contradict_the_declaration() -> None:
    """Pages that robots.txt disallowed are rejected, but they were collected: a person has to judge (R-010)."""
    found = _found(_facts(_source("self_collected_web", by_reason={"robots-disallowed": 2})), "R-010", "crawl")
    assert found.verdict == Verdict.UNPROVEN
    assert "contradicts" in found.measured.en
    assert found.next_action.startswith("yuliao clause set R-010")


@pytest.mark.parametrize(("clause", "name"), [("R-015", "blocked"), ("R-010", "refused")])
def test_a_list_must_be_there_and_obeyed(clause: str, name: str) -> None:
    """Without a list the command that imports it is named, with a newer one the source that has to be read again."""
    host = f"host-{name}"
    found = _found(_facts(_source("self_collected_web", by_reason={host: 2})), clause, name)
    assert found.verdict == Verdict.CONFORMS
    assert "2 items kept out" in found.measured.en
    found = _found(_facts(_source("self_collected_web"), lists={}), clause, name)
    assert (found.verdict, found.next_action) == (Verdict.UNPROVEN, f"yuliao rules import-list {name} FILE.csv")
    found = _found(_facts(_source("self_collected_web", decided_under=(LOG, ROBOTS))), clause, name)
    assert (found.verdict, found.next_action) == (Verdict.UNPROVEN, "yuliao ingest crawl PATH")


def test_a_corpus_without_addresses_cannot_prove_blocking() -> None:
    """Where no item has an address there is nothing that R-015's list was compared with."""
    found = _found(_facts(_source("user_input")), "R-015", "blocked")
    assert found.verdict == Verdict.UNPROVEN
    assert "blocklist_report" in found.next_action


def test_the_latest_list_of_a_name_counts() -> None:
    """A list that is released again takes the place of the one before."""
    lists = Lists()
    for seq, digest in ((3, LOG), (5, LIST)):
        lists.take(seq, "2026-11-01T00:00:00Z", ListReleased("blocked", digest, seq, ROBOTS))
    assert {name: (held.digest, held.seq) for name, held in lists.facts().items()} == {"blocked": (LIST, 5)}


def _ingest(files: str, papers: str, state: str = "completed") -> Ingest:
    plan = IngestPlanned(
        source="crawl",
        files=tuple(PlannedFile(file, LOG, 1) for file in files),
        units="",
        unit_count=1,
        configuration="",
        rules_edition="",
        lexicon="",
        tokenizer="",
        code="",
        stages=(),
        sees=0,
        uncovered=(),
        papers=tuple(papers),
    )
    return Ingest(plan, state, {0} if state != "planned" else set())


def test_only_papers_that_every_file_was_read_under_count() -> None:
    """The last reading of each file counts, and one that was given up half-way proves nothing new for known files."""
    assert decided_under([]) == ()
    assert decided_under([_ingest("ab", "xy")]) == ("x", "y")
    assert decided_under([_ingest("ab", "xy"), _ingest("b", "xz")]) == ("x",)
    assert decided_under([_ingest("ab", "xy"), _ingest("ab", "xz")]) == ("x", "z")
    assert decided_under([_ingest("a", "xy"), _ingest("ab", "xz", "aborted")]) == ("x",)
    assert decided_under([_ingest("a", "xy"), _ingest("a", "xz", "planned")]) == ("x", "y")
