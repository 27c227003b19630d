"""T11c says what people marked in raw text and stripping leaves, of how many items, and who saw raw text."""

from dataclasses import replace
from decimal import Decimal

from provenance.events import MarkCount
from rules.annotation.facts import AnnotationFacts
from rules.annotation.pi_checks import PiCheckFact
from rules.facts import Facts
from rules.samples import SampleFact
from tests.fakes.facts import CATALOG, facts, sampled
from ui.report.pi_checks import checks
from ui.report.table import by_key, text_of

SAMPLE = sampled(
    "pi-check",
    seq=30,
    drawn_at="2026-11-20T08:00:00Z",
    sees=29,
    population=50_000,
    unreadable=0,
    size=300,
    seed_event=28,
    verdicts=41,
    judged=298,
    passed=294,
    failed=4,
    unsure=2,
    bad=4,
    by_risk={"A4f": 4},
    inspectors=("p-k1",),
)
COUNTS = (MarkCount("ADDRESS", 12, 5), MarkCount("MOBILE", 90, 0))
CHECK = PiCheckFact(
    "b-pi", 30, 40, 298, 4, ("p-k1", "p-k2"), COUNTS, {("p-k1", 7): 300, ("p-k2", 7): 300, ("p-k1", 8): 3}
)


def _facts(sample: SampleFact = SAMPLE, *known: PiCheckFact) -> Facts:
    return facts(samples=(sample,), annotation=AnnotationFacts(pi_checks=known or (CHECK,)))


def test_a_check_that_was_not_drawn_says_so() -> None:
    """Without a sample the table has one row, which says that none was drawn."""
    (row,) = checks(facts(), CATALOG).rows
    assert text_of(row[0], "zh") == "未抽样"


def test_the_whole_stands_before_its_types() -> None:
    """Frame, drawn, judged, missed with share and bound, marks, people and items shown; then marks by type."""
    whole, *types = by_key(checks(_facts(), CATALOG))
    assert (whole["sample_entry"], whole["population"], whole["n_drawn"], whole["n"]) == ("#30", 50_000, 300, 298)
    assert (whole["not_judged"], whole["items_missed"], whole["missed_percent"]) == (2, 4, Decimal("1.34"))
    assert Decimal("1.34") < whole["bound"] < Decimal(4)  # type: ignore[operator]  # a number here
    assert (whole["marked"], whole["missed"], whole["shown_to"], whole["items_shown"]) == (102, 5, 2, 603)
    assert text_of(whole["status"], "zh") == "未超过限值（台账 #41）"
    assert [(text_of(each["entity_type"], "en"), each["marked"], each["missed"]) for each in types] == [
        ("ADDRESS", 12, 5),
        ("MOBILE", 90, 0),
    ]
    assert {text_of(each["items_missed"], "zh") for each in types} == {"见合计"}


def test_over_the_house_limit_and_open_are_said() -> None:
    """More than five percent of those judged is over the limit; while verdicts are missing nothing is said of it."""
    over = replace(SAMPLE, passed=283, failed=15, bad=15)
    assert text_of(by_key(checks(_facts(over), CATALOG))[0]["status"], "zh").startswith("超过限值")
    still = replace(SAMPLE, judged=200, passed=196)
    assert text_of(by_key(checks(_facts(still), CATALOG))[0]["status"], "zh").startswith("结论未齐")
    nobody = replace(SAMPLE, judged=0, passed=0, failed=0, bad=0, unsure=300)
    assert text_of(by_key(checks(_facts(nobody), CATALOG))[0]["missed_percent"], "zh") == "无法估计"


def test_a_sample_that_was_published_twice_counts_accesses_of_both() -> None:
    """The marks are those of the latest counts; whoever saw raw text in either batch is counted."""
    first = PiCheckFact("b-0", 30, 35, 10, 0, ("p-k9",), (MarkCount("NAME", 3, 3),), {("p-k9", 5): 10})
    whole, *_ = by_key(checks(_facts(SAMPLE, first, CHECK), CATALOG))
    assert (whole["marked"], whole["shown_to"], whole["items_shown"]) == (102, 3, 613)


def test_the_facts_print_them() -> None:
    """What the table shows stands in facts.json too."""
    (told,) = _facts().annotation.to_json()["pi_checks"]  # type: ignore[misc]  # a list
    assert told["counts"] == [  # type: ignore[index, call-overload]  # a mapping
        {"entity": "ADDRESS", "marked": 12, "missed": 5},
        {"entity": "MOBILE", "marked": 90, "missed": 0},
    ]
    assert {"person": "p-k1", "project": 8, "items": 3} in told["accesses"]  # type: ignore[index, call-overload]
