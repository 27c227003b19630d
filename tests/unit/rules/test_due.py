"""What falls due: papers that ran out or will soon, the most urgent first, and nothing else."""

from dataclasses import replace

import pytest

from provenance.ids import ClauseId, Digest, SourceId
from rules.due import falls_due
from rules.facts import EvidenceFact, Facts
from rules.findings import Verdict
from rules.readiness import steps
from rules.source_checks import papers
from tests.fakes.facts import CATALOG, facts, source


def contract(seq: int, valid_to: str) -> EvidenceFact:
    """Return a contract with its last day."""
    return EvidenceFact("contract", Digest("cd" * 32), 10, seq, "2026-01-01", valid_to)


def supplied(name: str, *given: EvidenceFact, **changed: object) -> Facts:
    """Return facts of one commercial source with these papers."""
    known = source(id=SourceId(name), source_kind="commercial", evidence=given, **changed)
    return facts(sources={known.id: known})


@pytest.mark.parametrize(
    ("last", "days_left"),
    [("2026-11-21", -1), ("2026-11-22", 0), ("2026-12-22", 30), ("2026-12-23", None), ("", None)],
)
def test_a_paper_is_due_from_its_notice_on(last: str, days_left: int | None) -> None:
    """A paper is listed from so many days before its last day on, and stays listed once that has passed."""
    found = falls_due(supplied("laws", contract(3, last)), within_days=30, day="2026-11-22")
    assert [each.days_left for each in found] == ([] if days_left is None else [days_left])


def test_only_the_latest_paper_counts() -> None:
    """A renewed contract is no longer due, although the old one lies there still."""
    renewed = supplied("laws", contract(3, "2026-11-01"), contract(9, "2028-01-01"))
    assert falls_due(renewed, within_days=30, day="2026-11-22") == ()


def test_a_refused_source_that_gave_nothing_is_left_aside() -> None:
    """Nobody renews the contract of a source that was refused or withdrawn before it gave anything."""
    for state in ("refused", "withdrawn"):
        given = source().items
        gone = supplied("laws", contract(3, "2026-11-01"), state=state, items=replace(given, admitted=0))
        assert falls_due(gone, within_days=30, day="2026-11-22") == ()
        assert falls_due(supplied("laws", contract(3, "2026-11-01"), state=state), within_days=30, day="2026-11-22")


def test_readiness_lists_what_falls_due() -> None:
    """What ran out stands above what will run out, each with its day and the command."""
    near = {step.subject: step for step in steps(supplied("laws", contract(3, "2026-12-01")), (), CATALOG)}["laws"]
    past = {step.subject: step for step in steps(supplied("laws", contract(3, "2026-11-01")), (), CATALOG)}["laws"]
    assert past.rank < near.rank
    assert "2026-12-01" in near.what.zh
    assert "2026-11-01" in past.what.en
    assert near.command == "yuliao source add DECLARATION.yaml"


def test_an_expired_contract_breaks_its_clause() -> None:
    """The clause on contracts fails on the day after the last, and not on the last itself."""
    for last, is_broken in (("2026-11-22", False), ("2026-11-21", True)):
        found = [
            each for each in papers(supplied("laws", contract(3, last)), CATALOG) if each.clause == ClauseId("R-011")
        ]
        assert [each.verdict is Verdict.FAILS for each in found] == [is_broken]
        assert (last in found[0].measured.zh) is is_broken
