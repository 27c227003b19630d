"""What samples prove: the fold over draws and verdicts, the 5 % rule as findings, the checks R-150 to R-153."""

import pytest

from provenance.errors import GovernanceError
from rules import catalog, sample_checks, sample_plans
from rules.evidence import ClauseRow, assess
from rules.facts import Facts, fold
from rules.findings import Verdict
from tests.fakes.history import FakeItem, FakeLedger
from tests.fakes.sampled import Sampled

CATALOG = catalog.load()
BEFORE, AFTER, METADATA = "assessment", "verification", "metadata"


@pytest.fixture
def ledger() -> Sampled:
    """Give a history with one papered source."""
    found = Sampled()
    found.begin()
    found.register("laws")
    found.attach("laws", "licence_text")
    return found


def facts(ledger: FakeLedger) -> Facts:
    """Fold it."""
    return fold(ledger.entries, CATALOG)


def row(ledger: FakeLedger, clause: str) -> ClauseRow:
    """Return the row of a clause."""
    return next(found for found in assess(facts(ledger), CATALOG) if found.clause == clause)


def take_in(ledger: FakeLedger, count: int = 3, **changed: str) -> None:
    """Take items of the source in."""
    ledger.ingest("laws", [FakeItem(**changed)] * count)  # type: ignore[arg-type]  # text fields only


# The 5 % rule.


@pytest.mark.parametrize(("bad", "verdict"), [(0, Verdict.CONFORMS), (5, Verdict.CONFORMS), (6, Verdict.FAILS)])
def test_an_assessment_conforms_up_to_the_limit(ledger: Sampled, bad: int, verdict: Verdict) -> None:
    """R-001: 5 of 100 conform, 6 do not; the bound stands beside the share, the entries are named."""
    sample = ledger.draw(BEFORE, "laws")
    verdicts = ledger.judge(sample, bad)
    found = row(ledger, "R-001")
    assert found.proposed == verdict
    assert f"{bad}/100" in found.measured_zh
    assert "one-sided 95 % bound" in found.measured_en
    assert found.refs == (f"#{sample}", f"#{verdicts}")


def test_an_assessment_that_is_missing_or_open_proves_nothing(ledger: Sampled) -> None:
    """R-001 stays unproven until all verdicts are in, each time with the command that helps."""
    assert row(ledger, "R-001").proposed == Verdict.UNPROVEN
    assert row(ledger, "R-001").next_action.startswith("yuliao source assess laws")
    sample = ledger.draw(BEFORE, "laws")
    ledger.judge(sample, unjudged=1)
    assert row(ledger, "R-001").proposed == Verdict.UNPROVEN
    assert row(ledger, "R-001").next_action == f"yuliao sample record {sample} FILE"


def test_an_assessment_after_the_fact_is_none(ledger: Sampled) -> None:
    """R-001: items taken in before the assessment was closed fail it, whatever the verdicts say."""
    sample = ledger.draw(BEFORE, "laws")
    take_in(ledger)
    ledger.judge(sample)
    assert row(ledger, "R-001").proposed == Verdict.FAILS


@pytest.mark.parametrize(("bad", "verdict"), [(5, Verdict.CONFORMS), (6, Verdict.FAILS)])
def test_a_verification_conforms_up_to_the_limit(ledger: Sampled, bad: int, verdict: Verdict) -> None:
    """R-002: as for the assessment, while items of the source are admitted."""
    take_in(ledger)
    ledger.judge(ledger.draw(AFTER, "laws"), bad)
    assert row(ledger, "R-002").proposed == verdict


def test_a_source_over_the_limit_that_is_not_used_conforms(ledger: Sampled) -> None:
    """R-002 asks that such a source is not used: once nothing of it is admitted, that is met."""
    take_in(ledger, disposition="quarantined", reason="source-suspended")
    ledger.judge(ledger.draw(AFTER, "laws"), 50)
    found = row(ledger, "R-002")
    assert (found.proposed, "not used any more" in found.measured_en) == (Verdict.CONFORMS, True)


def test_more_items_outdate_a_verification(ledger: Sampled) -> None:
    """R-002 is unproven again once more was taken in, with the command that draws anew."""
    take_in(ledger)
    ledger.judge(ledger.draw(AFTER, "laws"))
    assert row(ledger, "R-002").proposed == Verdict.CONFORMS
    take_in(ledger, 1)
    found = row(ledger, "R-002")
    assert (found.proposed, found.next_action) == (
        Verdict.UNPROVEN,
        "yuliao sample draw verification --source laws --out SHEET",
    )


def test_a_failure_by_another_risk_is_not_bad(ledger: Sampled) -> None:
    """Items failed by risks outside the 29 fail, and do not count against the limit (R-003)."""
    ledger.judge(ledger.draw(BEFORE, "laws"), 5, other=40)
    (sample,) = facts(ledger).samples
    assert (sample.failed, sample.bad, sample.outcome(5)) == (45, 5, "passed")


def test_nothing_judged_is_not_estimable(ledger: Sampled) -> None:
    """A sample of which nothing could be judged neither passes nor fails."""
    ledger.judge(ledger.draw(BEFORE, "laws"), unsure=100)
    (sample,) = facts(ledger).samples
    assert (sample.outcome(5), sample.bound(CATALOG)) == ("not estimable", None)
    assert row(ledger, "R-001").proposed == Verdict.UNPROVEN


def test_the_latest_verdicts_count(ledger: Sampled) -> None:
    """A later upload holds all verdicts; the earlier one is history."""
    sample = ledger.draw(BEFORE, "laws")
    ledger.judge(sample, 6)
    ledger.judge(sample, 2)
    (found,) = facts(ledger).samples
    assert (found.bad, found.by_risk) == (2, {"A1f": 2})


def test_an_open_draw_does_not_hide_a_closed_one(ledger: Sampled) -> None:
    """Drawing again takes nothing away from what was proved until the new verdicts are in."""
    ledger.judge(ledger.draw(BEFORE, "laws"), 6)
    again = ledger.draw(BEFORE, "laws")
    assert facts(ledger).sources["laws"].standing.assessment == "failed"  # type: ignore[index]  # a plain id
    ledger.judge(again, 0)
    assert facts(ledger).sources["laws"].standing.assessment == "passed"  # type: ignore[index]  # a plain id


def test_the_printed_bound_is_never_too_low() -> None:
    """Millionths are printed as hundredths of a percent, rounded up."""
    assert [sample_checks.in_percent(n) for n in (0, 1, 50_000, 69_137, 1_000_000)] == [
        "0.00",
        "0.01",
        "5.00",
        "6.92",
        "100.00",
    ]


# The sample checks of records.


@pytest.mark.parametrize(("plan", "clause"), [(METADATA, "R-151"), ("risk-records", "R-152"), ("ip-records", "R-153")])
def test_every_item_of_a_record_sample_must_be_right(ledger: Sampled, plan: str, clause: str) -> None:
    """R-151, R-152, R-153: unproven without a sample, met by one without a fault, broken by a single one."""
    take_in(ledger)
    assert (row(ledger, clause).proposed, row(ledger, clause).next_action) == (
        Verdict.UNPROVEN,
        f"yuliao sample draw {plan}",
    )
    ledger.judge(ledger.draw(plan))
    assert row(ledger, clause).proposed == Verdict.CONFORMS
    ledger.judge(ledger.draw(plan), other=1)
    assert row(ledger, clause).proposed == Verdict.FAILS


def test_a_record_sample_with_files_gone_or_items_taken_in_since_proves_nothing(ledger: Sampled) -> None:
    """R-151 is unproven where an item could not be judged, and where the frame is no longer the corpus."""
    take_in(ledger)
    ledger.judge(ledger.draw(METADATA), unsure=1)
    assert row(ledger, "R-151").proposed == Verdict.UNPROVEN
    ledger.judge(ledger.draw(METADATA))
    assert row(ledger, "R-151").proposed == Verdict.CONFORMS
    take_in(ledger, 1)
    assert row(ledger, "R-151").proposed == Verdict.UNPROVEN


def test_a_census_is_called_one(ledger: Sampled) -> None:
    """Where there are fewer items than required all of them are drawn, and that is said."""
    take_in(ledger)
    ledger.judge(ledger.draw(METADATA, size=3, population=3))
    found = row(ledger, "R-151")
    assert (found.proposed, "all of them" in found.measured_en) == (Verdict.CONFORMS, True)


def test_the_evaluation_of_collection_rests_on_its_parts(ledger: Sampled) -> None:
    """R-150 names the clauses it rests on, and is met once papers, variety and sampled metadata are."""
    take_in(ledger)
    found = row(ledger, "R-150")
    assert (found.proposed, "R-113" in found.measured_en) == (Verdict.FAILS, True)
    ledger.register("verse")
    ledger.attach("verse", "licence_text")
    ledger.ingest("verse", [FakeItem()])
    assert "R-151" in row(ledger, "R-150").measured_en
    ledger.judge(ledger.draw(METADATA))
    assert row(ledger, "R-150").proposed == Verdict.CONFORMS


# Plans.


def test_plans_hold_no_number_and_name_what_exists() -> None:
    """Every plan names a clause, and a threshold or a house rule for its size; limits and rates are thresholds."""
    records = {METADATA, "risk-records", "ip-records", "ip-accuracy", "synthetic-records", "synthetic-accuracy"}
    assert set(sample_plans.load()) == {BEFORE, AFTER, "manual", "technical", "pi-check", *records}
    for plan in sample_plans.load().values():
        assert plan.clause in CATALOG.clauses
        assert plan.required(CATALOG, "national", 1_000) >= 100
        assert {plan.limit, plan.pass_rate, plan.size.threshold, plan.size.share} - {""} <= CATALOG.thresholds.keys()
        assert not plan.house_limit or 0 < CATALOG.house.integer(plan.house_limit) < 100
    assert [name for name, plan in sample_plans.load().items() if plan.is_raw] == ["pi-check"]
    assert {name for name, plan in sample_plans.load().items() if plan.is_machine_judged} == {
        METADATA,
        "risk-records",
        "ip-records",
        "synthetic-records",
        "technical",
    }


def test_an_unknown_plan_is_refused_with_those_there_are() -> None:
    """The answer names the plans."""
    with pytest.raises(GovernanceError) as raised:
        sample_plans.plan("guess")
    assert "verification" in raised.value.remedy
