"""What people found missing in raw text counts for the clauses on personal information."""

from provenance.ids import ClauseId
from rules.findings import Finding, Verdict
from rules.personal_checks import personal_information
from rules.samples import SampleFact
from tests.fakes.facts import CATALOG, facts, sampled

LIMIT = CATALOG.house.integer("pi_missed_items_max_percent")


def finding(*samples: SampleFact) -> Finding:
    """Return the finding on lawful basis, of facts in which nothing else is wrong."""
    known = facts(samples=samples, personal_information=(), uncovered=(), residuals={})
    (found,) = [each for each in personal_information(known, CATALOG) if each.clause == ClauseId("R-027")]
    return found


def checked(missed: int, **changed: object) -> SampleFact:
    """Return a check of 100 items in some of which something was missed."""
    return sampled("pi-check", failed=missed, bad=missed, passed=100 - missed, **changed)


def test_without_a_check_nothing_is_said_of_one() -> None:
    """Nobody is asked for it by law, so its absence changes nothing."""
    assert finding().verdict == Verdict.CONFORMS
    assert "人工核查" not in finding().measured.zh


def test_a_check_within_the_limit_is_evidence() -> None:
    """Its figures and its ledger entries stand in the finding; at the limit exactly it still conforms."""
    found = finding(checked(LIMIT))
    assert found.verdict == Verdict.CONFORMS
    assert f"人工核查：100 条中 {LIMIT} 条有漏检" in found.measured.zh
    assert {"#12", "#13"} <= set(found.refs)


def test_a_check_over_the_limit_leaves_it_unproven() -> None:
    """One item more, and the clause is not proved; the next step draws once more, without a sheet."""
    found = finding(checked(LIMIT + 1))
    assert (found.verdict, found.next_action) == (Verdict.UNPROVEN, "yuliao sample draw pi-check --reason REASON")


def test_an_open_check_is_not_told_as_done() -> None:
    """While verdicts are missing no figure of it is printed."""
    found = finding(checked(50, judged=99))
    assert (found.verdict, "人工核查" in found.measured.zh) == (Verdict.CONFORMS, False)
