"""The clause matrix: what the checks propose, what a person may confirm, and what comes first on the way to ready."""

import pytest

from provenance.errors import GovernanceError
from provenance.events import PiOrder, VerdictConfirmed
from rules import catalog, checks, readiness
from rules.evidence import ClauseRow, assess, validate
from rules.facts import fold
from rules.findings import Verdict, together
from tests.fakes.history import FakeItem, FakeLedger

CATALOG = catalog.load()


def ready() -> FakeLedger:
    """Return a history that meets what this release can judge: two papered sources, a full library."""
    ledger = FakeLedger()
    ledger.begin()
    ledger.release_lexicon(dict(CATALOG.keywords_required()), CATALOG.required("keywords_total_min"))
    for source in ("laws", "verse"):
        ledger.register(source)
        ledger.attach(source, "licence_text")
        ledger.ingest(
            source, [FakeItem(), FakeItem(disposition="quarantined", reason="risk-keyword", risks=(("A1f", 1),))]
        )
    return ledger


def row(ledger: FakeLedger, clause: str) -> ClauseRow:
    """Return the row of a clause."""
    return next(found for found in assess(fold(ledger.entries, CATALOG), CATALOG) if found.clause == clause)


def proposed(ledger: FakeLedger, clause: str) -> Verdict:
    """Return what the checks propose for a clause."""
    return row(ledger, clause).proposed


@pytest.mark.parametrize(
    ("clause", "verdict"),
    [
        ("R-001", Verdict.UNPROVEN),
        ("R-002", Verdict.UNPROVEN),
        ("R-004", Verdict.CONFORMS),
        ("R-005", Verdict.NOT_APPLICABLE),
        ("R-007", Verdict.CONFORMS),
        ("R-008", Verdict.CONFORMS),
        ("R-009", Verdict.NOT_APPLICABLE),
        ("R-010", Verdict.NOT_APPLICABLE),
        ("R-011", Verdict.NOT_APPLICABLE),
        ("R-012", Verdict.NOT_APPLICABLE),
        ("R-013", Verdict.NOT_APPLICABLE),
        ("R-014", Verdict.NOT_APPLICABLE),
        ("R-020", Verdict.UNPROVEN),
        ("R-021", Verdict.UNPROVEN),
        ("R-027", Verdict.CONFORMS),
        ("R-028", Verdict.CONFORMS),
        ("R-050", Verdict.CONFORMS),
        ("R-051", Verdict.CONFORMS),
        ("R-052", Verdict.CONFORMS),
        ("R-053", Verdict.CONFORMS),
        ("R-070", Verdict.UNPROVEN),
        ("R-104", Verdict.CONFORMS),
        ("R-110", Verdict.NOT_APPLICABLE),
        ("R-111", Verdict.CONFORMS),
        ("R-112", Verdict.NOT_APPLICABLE),
        ("R-113", Verdict.CONFORMS),
        ("R-114", Verdict.NOT_APPLICABLE),
        ("R-115", Verdict.NOT_APPLICABLE),
        ("R-120", Verdict.CONFORMS),
        ("R-121", Verdict.CONFORMS),
        ("R-122", Verdict.UNPROVEN),
        ("R-130", Verdict.CONFORMS),
        ("R-131", Verdict.CONFORMS),
        ("R-133", Verdict.CONFORMS),
        ("R-141", Verdict.NOT_APPLICABLE),
        ("R-160", Verdict.CONFORMS),
    ],
)
def test_a_good_corpus(clause: str, verdict: Verdict) -> None:
    """A papered corpus is proposed as conforming where the facts can say so, and stays unproven elsewhere."""
    assert proposed(ready(), clause) == verdict


def test_a_proposal_is_never_printed_as_confirmed() -> None:
    """Without a person's word every row reads 待证明, with a command that helps."""
    for found in assess(fold(ready().entries, CATALOG), CATALOG):
        assert found.verdict == Verdict.UNPROVEN
        assert found.confirmed_by == ""
        assert found.next_action.startswith("yuliao ")


def test_collected_before_registration_fails() -> None:
    """R-001 cannot be met after the fact, and nothing can be back-dated."""
    ledger = ready()
    ledger.register("old", collected_before_registration=True)
    assert proposed(ledger, "R-001") == Verdict.FAILS
    assert "old" in row(ledger, "R-001").measured_zh


def test_one_source_is_not_several() -> None:
    """A language and type with one source fails R-004 and R-113, named; undetermined language is no cell."""
    ledger = ready()
    ledger.ingest("laws", [FakeItem(type="en_text", language="en"), FakeItem(type="other", language="und")])
    assert proposed(ledger, "R-004") == proposed(ledger, "R-113") == Verdict.FAILS
    assert "en_text/en：1 个来源" in row(ledger, "R-004").measured_zh
    assert "und" not in row(ledger, "R-004").measured_zh


def test_overseas_share_is_left_to_a_person() -> None:
    """Where overseas sources are used R-005 gives the share and waits for a judgement."""
    ledger = ready()
    ledger.register("verse", region="overseas")
    assert proposed(ledger, "R-005") == Verdict.UNPROVEN
    assert "overseas 1 of 2 items" in row(ledger, "R-005").measured_en


def test_a_missing_paper_fails_once_items_came() -> None:
    """Items without licence fail R-007 and R-111, and the command names the paper; a refused source is left aside."""
    ledger = ready()
    ledger.register("naked")
    assert proposed(ledger, "R-007") == Verdict.UNPROVEN
    ledger.ingest("naked", [FakeItem()])
    assert proposed(ledger, "R-007") == proposed(ledger, "R-111") == Verdict.FAILS
    assert row(ledger, "R-007").next_action == "yuliao source evidence naked licence_text FILE"
    refused = ready()
    refused.register("naked", state="refused")
    assert proposed(refused, "R-007") == Verdict.CONFORMS


def test_commercial_papers_are_asked_for() -> None:
    """A commercial source needs contract, three commitments and a review: R-011, R-012, R-013 and R-115."""
    ledger = ready()
    ledger.register("bought", source_kind="commercial", source_class="commercial")
    ledger.ingest("bought", [FakeItem()])
    assert {proposed(ledger, clause) for clause in ("R-011", "R-012", "R-013", "R-115")} == {Verdict.FAILS}
    for paper in ("contract", "commitment_source", "commitment_quality", "commitment_safety", "supplier_review"):
        ledger.attach("bought", paper)
    assert {proposed(ledger, clause) for clause in ("R-011", "R-012", "R-013", "R-115")} == {Verdict.CONFORMS}


def test_unscreened_or_risky_items_left_in_fail() -> None:
    """An admitted item that no screen saw fails R-020 and R-122; one identified as risky fails R-133."""
    ledger = ready()
    ledger.ingest("laws", [FakeItem(screened=False)])
    assert proposed(ledger, "R-020") == proposed(ledger, "R-122") == Verdict.FAILS
    assert proposed(ledger, "R-133") == Verdict.CONFORMS
    ledger.ingest("laws", [FakeItem(risks=(("A1f", 1),))])
    assert proposed(ledger, "R-133") == Verdict.FAILS


def test_uncovered_personal_information_is_unproven_and_named() -> None:
    """Types that no recogniser finds are shown as 未覆盖 and never as stripped: R-027 and R-130."""
    ledger = ready()
    ledger.ingest("laws", [FakeItem(pi=(("MOBILE", "replace", 1),))], uncovered=("NAME", "CREDIT_INFO"))
    assert proposed(ledger, "R-027") == proposed(ledger, "R-130") == Verdict.UNPROVEN
    assert "未覆盖：CREDIT_INFO、NAME" in row(ledger, "R-027").measured_zh
    assert "NAME" not in row(ledger, "R-028").measured_zh


def test_kept_information_needs_basis_and_consent() -> None:
    """Kept without a basis fails R-027; a sensitive type kept fails R-028 until separate consent is attached."""
    ledger = ready()
    ledger.register("laws", pi_orders=(PiOrder("CN_ID18", "keep", "公开裁判文书"),))
    ledger.ingest("laws", [FakeItem(pi=(("CN_ID18", "keep", 1),))])
    assert (proposed(ledger, "R-027"), proposed(ledger, "R-028")) == (Verdict.CONFORMS, Verdict.FAILS)
    ledger.attach("laws", "separate_consent")
    assert proposed(ledger, "R-028") == proposed(ledger, "R-131") == Verdict.CONFORMS
    ledger.ingest("laws", [FakeItem(pi=(("NAME", "keep", 1),))])
    assert proposed(ledger, "R-027") == Verdict.FAILS


def test_open_metadata_and_unfinished_work_are_unproven() -> None:
    """An unfinished ingest leaves R-104 open; a source without origin fails R-121."""
    ledger = ready()
    ledger.register("web", source_kind="self_collected_web")
    ledger.ingest("web", [FakeItem()])
    plan = ledger.plan("web")
    assert (proposed(ledger, "R-121"), proposed(ledger, "R-104")) == (Verdict.CONFORMS, Verdict.UNPROVEN)
    first = readiness.steps(fold(ledger.entries, CATALOG), assess(fold(ledger.entries, CATALOG), CATALOG), CATALOG)[0]
    assert (first.rank, first.subject, first.command) == (0, f"#{plan}", "yuliao ingest web PATH")
    ledger.register("web", source_kind="self_collected_web", origin="")
    assert proposed(ledger, "R-121") == Verdict.FAILS


def test_a_small_or_old_library_fails() -> None:
    """Too few keywords fail R-050, R-052 and R-160; a library of last month fails R-053."""
    ledger = ready()
    ledger.release_lexicon({"A1a": 3}, 3, at="2026-10-01T08:00:00Z")
    ledger.append(ledger.entries[0].event)
    assert {proposed(ledger, clause) for clause in ("R-050", "R-051", "R-052", "R-053", "R-160")} == {Verdict.FAILS}


def test_an_empty_workspace_proves_nothing() -> None:
    """Before anything happened nothing conforms, and readiness begins with the library and the sources."""
    facts = fold([], CATALOG)
    rows = assess(facts, CATALOG)
    assert {found.proposed for found in rows} == {Verdict.UNPROVEN}
    steps = readiness.steps(facts, rows, CATALOG)
    assert [step.subject for step in steps[:2]] == ["lexicon", "sources"]
    assert [step.rank for step in steps] == sorted(step.rank for step in steps)


def test_the_matrix_leaves_out_what_is_no_requirement() -> None:
    """Clauses of certainty X have no row; all others have exactly one, in the catalogue's order."""
    rows = [found.clause for found in assess(fold([], CATALOG), CATALOG)]
    assert rows == [clause.id for clause in CATALOG.clauses.values() if clause.is_law]
    assert "R-006" not in rows


def _confirm(**changed: object) -> VerdictConfirmed:
    usual: dict[str, object] = {"verdict": "符合", "reason": "", "evidence": ()}
    return VerdictConfirmed(**{**usual, **changed})  # type: ignore[arg-type]  # fields by name


def test_a_confirmed_verdict_is_printed() -> None:
    """With evidence the ledger names, a person's 符合 stands, with who, when and the entry."""
    ledger = ready()
    paper = ledger.attach("R-024", "user_terms")
    event = _confirm(evidence=(paper,))
    validate("R-024", event, fold(ledger.entries, CATALOG), CATALOG)
    seq = ledger.append(event, "R-024", actor="p-007")
    found = row(ledger, "R-024")
    assert (found.verdict, found.proposed) == (Verdict.CONFORMS, Verdict.UNPROVEN)
    assert (found.confirmed_by, found.next_action) == ("p-007", "")
    assert {f"#{seq}", paper} <= set(found.refs)


def test_a_confirmed_failure_carries_its_measure() -> None:
    """不符合 with reason, measure, owner and date stands, and 不适用 with a reason."""
    ledger = ready()
    plan = {"measure": "采集后核验", "owner": "p-003", "due": "2026-12-31"}
    ledger.append(_confirm(verdict="不符合", reason="采集先于登记", **plan), "R-001")
    ledger.append(_confirm(verdict="不适用", reason="无使用者输入"), "R-014")
    assert (row(ledger, "R-001").verdict, row(ledger, "R-001").due) == (Verdict.FAILS, "2026-12-31")
    assert row(ledger, "R-014").verdict == Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("clause", "event", "code"),
    [
        ("R-021", _confirm(), "rules.evidence-missing"),
        ("R-021", _confirm(evidence=("f" * 64,)), "rules.unknown-evidence"),
        ("R-021", _confirm(verdict="待证明"), "rules.unknown-verdict"),
        ("R-021", _confirm(verdict="不适用", reason=" "), "rules.reason-missing"),
        ("R-021", _confirm(verdict="不符合"), "rules.reason-missing"),
        ("R-021", _confirm(verdict="不符合", reason="r", measure="m"), "rules.measure-missing"),
        (
            "R-021",
            _confirm(verdict="不符合", reason="r", measure="m", owner="p-1", due="soon"),
            "rules.measure-missing",
        ),
        ("R-006", _confirm(verdict="不适用", reason="r"), "rules.no-requirement"),
        ("R-999", _confirm(), "rules.unknown-clause"),
    ],
)
def test_an_incomplete_confirmation_is_refused_and_not_believed(
    clause: str, event: VerdictConfirmed, code: str
) -> None:
    """Each verdict needs what it needs; what lacks it is refused at the door and, if in the ledger, not printed."""
    ledger = ready()
    with pytest.raises(GovernanceError) as caught:
        validate(clause, event, fold(ledger.entries, CATALOG), CATALOG)
    assert caught.value.code == code
    ledger.append(event, clause)
    if clause == "R-021":
        assert row(ledger, clause).verdict == Verdict.UNPROVEN


def test_facts_overrule_a_confirmed_word() -> None:
    """A confirmed 符合 falls back to 待证明 once the facts contradict it, and says so."""
    ledger = ready()
    paper = ledger.attach("R-133", "filter_log")
    ledger.append(_confirm(evidence=(paper,)), "R-133")
    assert row(ledger, "R-133").verdict == Verdict.CONFORMS
    ledger.ingest("laws", [FakeItem(risks=(("A1f", 1),))])
    found = row(ledger, "R-133")
    assert (found.verdict, found.proposed, found.confirmed_by) == (Verdict.UNPROVEN, Verdict.FAILS, "")
    assert "rules.contradicted" in found.measured_en


def test_the_worst_finding_decides() -> None:
    """One failing subject fails the clause; not applicable only where all are; nothing found is unproven."""
    found = {finding.verdict: finding for finding in checks.findings(fold(ready().entries, CATALOG), CATALOG)}
    met, off = found[Verdict.CONFORMS], found[Verdict.NOT_APPLICABLE]
    assert together([met, off]) == Verdict.CONFORMS
    assert together([off]) == Verdict.NOT_APPLICABLE
    assert together([met, found[Verdict.UNPROVEN]]) == Verdict.UNPROVEN
    assert together([]) == Verdict.UNPROVEN
