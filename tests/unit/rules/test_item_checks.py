"""Findings on items: metadata (R-120, R-121), labels and synthetic items (R-141 to R-146, R-300 to R-307), rights."""

import pytest

from provenance.events import ComplaintReceived, ComplaintResolved
from rules import catalog, readiness
from rules.evidence import ClauseRow, assess
from rules.facts import Facts, fold
from rules.findings import Verdict
from rules.queries import figures
from tests.fakes.history import FakeItem, FakeLedger

CATALOG = catalog.load()
LABEL_CLAUSES = ("R-300", "R-301", "R-302", "R-303", "R-304", "R-305")


def corpus(*items: FakeItem, kind: str = "open_source") -> FakeLedger:
    """Return a history of one source with these items, or one plain item."""
    ledger = FakeLedger()
    ledger.begin()
    ledger.register("texts", source_kind=kind)
    ledger.ingest("texts", items or [FakeItem()])
    return ledger


def facts(ledger: FakeLedger) -> Facts:
    """Return the facts of a history."""
    return fold(ledger.entries, CATALOG)


def row(ledger: FakeLedger, clause: str) -> ClauseRow:
    """Return the row of a clause."""
    return next(found for found in assess(facts(ledger), CATALOG) if found.clause == clause)


def proposed(ledger: FakeLedger, clause: str) -> Verdict:
    """Return what the checks propose for a clause."""
    return row(ledger, clause).proposed


def test_metadata_are_told_source_by_source() -> None:
    """An admitted item without what its kind needs fails R-121 with the source's name; one kept out does not count."""
    assert proposed(corpus(), "R-121") == proposed(corpus(), "R-120") == Verdict.CONFORMS
    left_out = FakeItem(disposition="rejected", reason="file-empty", described=False)
    assert proposed(corpus(FakeItem(), left_out), "R-121") == Verdict.CONFORMS
    lacking = corpus(FakeItem(), FakeItem(described=False))
    assert proposed(lacking, "R-121") == Verdict.FAILS
    assert "texts：1/2" in row(lacking, "R-121").measured_zh
    assert row(lacking, "R-121").next_action == "yuliao source show texts"


def test_a_synthetic_item_without_version_is_flagged() -> None:
    """A label in a source that is not synthetic leaves the version unknown: R-141, R-143 and R-306 fail and name it."""
    assert proposed(corpus(), "R-143") == proposed(corpus(), "R-306") == Verdict.NOT_APPLICABLE
    known = corpus(FakeItem(generated="declared", version_known=True), kind="synthetic")
    assert proposed(known, "R-143") == proposed(known, "R-306") == Verdict.CONFORMS
    labelled = corpus(FakeItem(), FakeItem(generated="generated"))
    assert {proposed(labelled, name) for name in ("R-141", "R-143", "R-306")} == {Verdict.FAILS}
    assert "（texts）" in row(labelled, "R-143").measured_zh
    only_said = corpus(FakeItem(generated="stated"))
    assert {proposed(only_said, name) for name in ("R-141", "R-143", "R-306")} == {Verdict.UNPROVEN}
    kept_out = corpus(FakeItem(generated="generated", disposition="quarantined", reason="risk-keyword"))
    assert proposed(kept_out, "R-143") == Verdict.NOT_APPLICABLE


def test_synthetic_items_are_screened_and_filtered() -> None:
    """An unscreened synthetic item fails R-145, one admitted with a risk R-146; without any neither applies."""
    assert proposed(corpus(), "R-145") == proposed(corpus(), "R-146") == Verdict.NOT_APPLICABLE
    good = corpus(FakeItem(generated="declared", version_known=True))
    assert proposed(good, "R-145") == proposed(good, "R-146") == Verdict.CONFORMS
    assert proposed(corpus(FakeItem(generated="declared", screened=False)), "R-145") == Verdict.FAILS
    assert proposed(corpus(FakeItem(generated="declared", risks=(("A1f", 1),))), "R-146") == Verdict.FAILS


def test_the_scan_for_labels_is_shown() -> None:
    """R-300 to R-305 conform where every admitted item was scanned, with what was found; R-307 waits for media."""
    ledger = corpus(FakeItem(), FakeItem(generated="generated"), FakeItem(generated="stated"))
    assert {proposed(ledger, name) for name in LABEL_CLAUSES} == {Verdict.CONFORMS}
    assert row(ledger, "R-303").measured_zh == "已扫描 3/3 条；标识为生成合成 1 条；文字说明为生成合成 1 条"
    assert proposed(ledger, "R-307") == Verdict.NOT_APPLICABLE
    assert proposed(corpus(FakeItem(type="image")), "R-307") == Verdict.UNPROVEN
    unscanned = corpus(FakeItem(screened=False))
    assert {proposed(unscanned, name) for name in LABEL_CLAUSES} == {Verdict.UNPROVEN}


def test_facts_count_what_was_generated() -> None:
    """The facts give synthetic items in all, labelled ones in other sources, and those of unknown version."""
    ledger = corpus(FakeItem(), FakeItem(generated="possible"))
    ledger.register("chats", source_kind="synthetic", source_class="synthetic")
    said = FakeItem(generated="generated", version_known=True, disposition="quarantined", reason="unscreened")
    ledger.ingest("chats", [FakeItem(generated="declared", version_known=True), said])
    told = facts(ledger).to_json()["labels"]
    assert isinstance(told, dict)
    assert {name: told[name] for name in ("items", "admitted", "labelled", "labelled_in_other_sources")} == {
        "items": 3,
        "admitted": 2,
        "labelled": 2,
        "labelled_in_other_sources": 1,
    }
    assert (told["without_version"], told["admitted_without_version"]) == (1, 1)
    assert told["by_certainty"] == {"declared": 1, "generated": 1, "possible": 1}


def test_facts_count_notices_once_per_item() -> None:
    """An item with two kinds of notice is one item with a notice, and one of each kind."""
    both = FakeItem(notices=("copyright", "licence:MIT"))
    out = FakeItem(notices=("rights-reserved",), disposition="quarantined", reason="rights-reserved")
    told = facts(corpus(FakeItem(), both, out)).to_json()["ip"]
    assert told == {
        "items": 2,
        "by_notice": {"copyright": 1, "licence:MIT": 1, "rights-reserved": 1},
        "by_source": {
            "texts": {
                "any": {"admitted": 1, "quarantined": 1},
                "copyright": {"admitted": 1},
                "licence:MIT": {"admitted": 1},
                "rights-reserved": {"quarantined": 1},
            }
        },
    }


def test_figures_of_marks_lead_to_their_rows() -> None:
    """Every count of labels and notices has its query, and the value that the facts print."""
    ledger = corpus(FakeItem(notices=("copyright",)), FakeItem(generated="stated", notices=("copyright", "book")))
    found = {figure.path: figure for figure in figures(facts(ledger))}
    assert (found["labels.by_certainty.stated"].value, found["labels.by_certainty.stated"].query.certainty) == (
        1,
        "stated",
    )
    assert (found["ip.items"].value, found["ip.items"].query.notice) == (2, "*any")
    assert (found["ip.by_notice.copyright"].value, found["ip.by_notice.book"].value) == (2, 1)


def test_officer_and_policy_are_both_needed() -> None:
    """R-021 is open without papers, fails with one of the two, and conforms with both."""
    ledger = corpus()
    assert proposed(ledger, "R-021") == Verdict.UNPROVEN
    assert row(ledger, "R-021").next_action.endswith("--evidence ip_officer=FILE --evidence ip_policy=FILE")
    ledger.attach("R-021", "ip_officer")
    assert proposed(ledger, "R-021") == Verdict.FAILS
    assert "知识产权管理策略" in row(ledger, "R-021").measured_zh
    ledger.attach("R-021", "ip_policy")
    assert proposed(ledger, "R-021") == Verdict.CONFORMS


def test_screening_for_rights_is_recorded_and_waits_for_a_person() -> None:
    """A scan of every item meets R-123 and leaves R-022 open until a record is there; an unscanned item fails both."""
    ledger = corpus(FakeItem(), FakeItem(notices=("copyright",)))
    assert (proposed(ledger, "R-123"), proposed(ledger, "R-022")) == (Verdict.CONFORMS, Verdict.UNPROVEN)
    assert "1 条" in row(ledger, "R-022").measured_zh
    ledger.attach("R-022", "ip_screening")
    assert proposed(ledger, "R-022") == Verdict.CONFORMS
    assert {proposed(corpus(FakeItem(screened=False)), name) for name in ("R-022", "R-123")} == {Verdict.FAILS}


def complain(
    ledger: FakeLedger, name: str, due: str = "2026-12-01", source: str = "", about: str = "copyright"
) -> None:
    """Enter a complaint."""
    ledger.append(ComplaintReceived(about, "email", "2026-11-16", due, source), name)


def test_the_register_decides_on_the_channel() -> None:
    """R-023 conforms with a channel and no complaint overdue; one day after its last day an open one fails it."""
    ledger = corpus()
    assert proposed(ledger, "R-023") == Verdict.UNPROVEN
    ledger.attach("R-023", "complaint_channel")
    complain(ledger, "c-0001", due="2026-11-22")
    assert proposed(ledger, "R-023") == Verdict.CONFORMS
    complain(ledger, "c-0002", due="2026-11-21")
    assert proposed(ledger, "R-023") == Verdict.FAILS
    assert row(ledger, "R-023").next_action.startswith("yuliao complaint close c-0002 ")
    told = facts(ledger).to_json()["complaints"]
    assert told == {
        "open": 2,
        "overdue": 1,
        "closed": {"upheld": 0, "rejected": 0, "withdrawn": 0},
        "by_source": {},
    }
    steps = readiness.steps(facts(ledger), assess(facts(ledger), CATALOG), CATALOG)
    assert [(step.rank, step.subject) for step in steps if step.subject.startswith("c-")] == [(1, "c-0002")]
    ledger.append(ComplaintResolved("rejected", "no such work"), "c-0002")
    assert proposed(ledger, "R-023") == Verdict.CONFORMS


def test_upkeep_of_the_policy() -> None:
    """R-025 conforms with a policy until a complaint is upheld after it; R-026 with a published summary."""
    ledger = corpus()
    assert proposed(ledger, "R-025") == proposed(ledger, "R-026") == Verdict.UNPROVEN
    ledger.attach("R-021", "ip_policy")
    ledger.attach("R-026", "ip_summary")
    assert proposed(ledger, "R-025") == proposed(ledger, "R-026") == Verdict.CONFORMS
    complain(ledger, "c-0001")
    ledger.append(ComplaintResolved("upheld", "a work of another"), "c-0001")
    assert proposed(ledger, "R-025") == Verdict.UNPROVEN
    ledger.attach("R-025", "ip_policy")
    assert proposed(ledger, "R-025") == Verdict.CONFORMS


def test_nothing_known_to_infringe_is_used() -> None:
    """R-132 fails for a refused licence in use and for an upheld complaint without withdrawal; else it is open."""
    assert proposed(corpus(), "R-132") == Verdict.UNPROVEN
    ledger = corpus()
    ledger.attach("R-132", "exclusion_list")
    assert proposed(ledger, "R-132") == Verdict.CONFORMS
    complain(ledger, "c-0001", source="texts")
    ledger.append(ComplaintResolved("upheld", "a work of another"), "c-0001")
    assert proposed(ledger, "R-132") == Verdict.FAILS
    complain(ledger, "c-0002")
    ledger.append(ComplaintResolved("upheld", "a work of another", withdrawal=3), "c-0002")
    assert "c-0002" not in row(ledger, "R-132").measured_zh
    refused = corpus()
    refused.register("texts", licence="CC-BY-NC-ND-4.0")
    assert proposed(refused, "R-132") == Verdict.FAILS
    assert "texts" in row(refused, "R-132").measured_en


def test_fine_tuning_follows_the_same_rules() -> None:
    """R-142 is as good as the weakest of metadata, screening and notices, and names what is open."""
    assert proposed(corpus(), "R-142") == Verdict.UNPROVEN
    assert row(corpus(), "R-142").measured_en == "not met yet: R-122"
    assert proposed(corpus(FakeItem(described=False)), "R-142") == Verdict.FAILS


@pytest.mark.parametrize("clause", ["R-022", "R-121", "R-142", "R-143", "R-145", "R-300", "R-307"])
def test_nothing_read_proves_nothing(clause: str) -> None:
    """Before anything was taken in these are open, with the command that begins."""
    ledger = FakeLedger()
    ledger.begin()
    assert proposed(ledger, clause) == Verdict.UNPROVEN
    assert row(ledger, clause).next_action == "yuliao ingest SOURCE PATH"
