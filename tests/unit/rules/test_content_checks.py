"""What the samples of the whole corpus prove: R-070, R-071, R-154 to R-157, and the tools they rest on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.ids import digest
from rules import catalog, content_checks
from rules.evidence import ClauseRow, assess
from rules.facts import Facts, fold
from rules.findings import Verdict
from rules.pass_rates import pass_rate
from tests.fakes.history import FakeItem
from tests.fakes.sampled import Sampled

CATALOG = catalog.load()
MANUAL, TECHNICAL = "manual", "technical"
SIZE, FRAME = 4_000, 50_000
LIBRARY = "e" * 64
JUDGE = f"machine:keyword-library/1+{LIBRARY[:12]}"
AGAIN = "yuliao sample draw manual --out SHEET --reason REASON"


@pytest.fixture
def ledger() -> Sampled:
    """Give a history with one source and three admitted items."""
    found = Sampled()
    found.begin()
    found.register("laws")
    found.release_lexicon({"A1f": 1}, 1)
    found.ingest("laws", [FakeItem()] * 3)
    return found


def facts(ledger: Sampled) -> Facts:
    """Fold it."""
    return fold(ledger.entries, CATALOG)


def row(ledger: Sampled, clause: str) -> ClauseRow:
    """Return the row of a clause."""
    return next(found for found in assess(facts(ledger), CATALOG) if found.clause == clause)


def sampled(ledger: Sampled, plan: str, bad: int = 0, **changed: int) -> int:
    """Draw and judge the usual number, or what the caller says, and return the draw."""
    size, population = changed.pop("size", SIZE), changed.pop("population", FRAME)
    sample = ledger.draw(plan, size=size, population=population, unreadable=changed.pop("unreadable", 0))
    by = JUDGE if plan == TECHNICAL else "p-017"
    ledger.judge(sample, bad, by=by, **changed)
    return sample


# The manual sample.


@pytest.mark.parametrize(("bad", "verdict"), [(0, Verdict.CONFORMS), (160, Verdict.CONFORMS), (161, Verdict.FAILS)])
def test_the_manual_sample_is_compared_as_integers(ledger: Sampled, bad: int, verdict: Verdict) -> None:
    """R-070: of 4,000 items 160 may fail, 161 may not."""
    sample = sampled(ledger, MANUAL, bad)
    found = row(ledger, "R-070")
    assert found.proposed == verdict
    assert f"合格 {SIZE - bad}/{SIZE} 条" in found.measured_zh
    assert found.refs == (f"#{sample}", f"#{sample + 1}")
    assert (found.next_action == AGAIN) == (verdict == Verdict.FAILS)


def test_point_estimate_and_bound_stand_beside_each_other(ledger: Sampled) -> None:
    """R-070: the standard is met at exactly 96 percent, where statistics do not assure it yet; at 98 they do."""
    sampled(ledger, MANUAL, 160)
    found = row(ledger, "R-070").measured_zh
    assert "总体 50000 条；合格 3840/4000 条，不合格 160 条，合格率 96.00%；95% 单侧下界 95.4" in found
    assert "达到标准；统计上尚无把握" in found
    sampled(ledger, MANUAL, 80)
    found = row(ledger, "R-070").measured_en
    assert "98.00 %; one-sided 95 % bound 97.61 %" in found
    assert "meets the standard; statistically assured" in found


@given(st.integers(1, 300), st.data())
def test_what_is_assured_is_met_and_four_percent_may_fail(size: int, draw: st.DataObject) -> None:
    """R-070: met where 25 times the failed are no more than those drawn; the bound is never above the estimate."""
    bad, population = draw.draw(st.integers(0, size)), draw.draw(st.integers(size, 4 * size))
    ledger = Sampled()
    sampled(ledger, MANUAL, bad, size=size, population=population)
    found = pass_rate(facts(ledger).samples[0], CATALOG, "national")
    assert found is not None
    assert found.is_met == (25 * bad <= size)
    assert found.is_met or not found.is_assured
    assert found.bound * size <= (size - bad) * 1_000_000


def test_cannot_judge_counts_as_failed_and_is_named(ledger: Sampled) -> None:
    """R-070: 150 failed and 11 that nobody could judge are 161 that did not pass."""
    sampled(ledger, MANUAL, 150, unsure=11)
    found = row(ledger, "R-070")
    assert found.proposed == Verdict.FAILS
    assert "不合格 161 条（含无法判断 11 条）" in found.measured_zh


def test_a_failure_by_a_risk_outside_the_29_passes(ledger: Sampled) -> None:
    """R-073: an item passes when it holds none of the 29 risks."""
    sampled(ledger, MANUAL, other=400)
    assert row(ledger, "R-070").proposed == Verdict.CONFORMS


def test_a_manual_sample_that_is_missing_or_open_proves_nothing(ledger: Sampled) -> None:
    """R-070 is unproven until every verdict is in, each time with the command that helps."""
    found = row(ledger, "R-070")
    assert (found.proposed, found.next_action) == (Verdict.UNPROVEN, "yuliao sample draw manual --out SHEET")
    sample = sampled(ledger, MANUAL, unjudged=1)
    found = row(ledger, "R-070")
    assert (found.proposed, found.next_action) == (Verdict.UNPROVEN, f"yuliao sample record {sample} FILE")
    assert "已有结论 3999 条，结论未齐" in found.measured_zh


def test_items_taken_in_since_outdate_the_manual_sample(ledger: Sampled) -> None:
    """R-070 is unproven again, and drawing once more needs a reason."""
    sampled(ledger, MANUAL)
    ledger.ingest("laws", [FakeItem()])
    found = row(ledger, "R-070")
    assert (found.proposed, found.next_action) == (Verdict.UNPROVEN, AGAIN)
    assert "outdated" in found.measured_en


def test_items_admitted_since_outdate_the_manual_sample(ledger: Sampled) -> None:
    """R-070: a frame with fewer items than are admitted now was not the whole corpus."""
    sampled(ledger, MANUAL, size=2, population=2)
    assert row(ledger, "R-070").proposed == Verdict.UNPROVEN
    sampled(ledger, MANUAL, size=3, population=3)
    assert row(ledger, "R-070").proposed == Verdict.CONFORMS


@pytest.mark.parametrize(
    ("size", "population", "unreadable", "verdict"),
    [
        (3_999, FRAME, 0, Verdict.UNPROVEN),
        (SIZE, FRAME, 0, Verdict.CONFORMS),
        (900, 900, 0, Verdict.CONFORMS),
        (899, 900, 0, Verdict.UNPROVEN),
        (890, 900, 10, Verdict.CONFORMS),
    ],
)
def test_a_small_sample_proves_nothing_but_a_census_does(
    ledger: Sampled, size: int, population: int, unreadable: int, verdict: Verdict
) -> None:
    """R-070: 4,000 items, or all that can be judged where there are fewer."""
    sampled(ledger, MANUAL, size=size, population=population, unreadable=unreadable)
    assert row(ledger, "R-070").proposed == verdict


def test_a_small_sample_that_fails_still_fails(ledger: Sampled) -> None:
    """R-070: a bad result is no less bad because too few were drawn."""
    sampled(ledger, MANUAL, 50, size=100)
    assert row(ledger, "R-070").proposed == Verdict.FAILS


def test_a_frame_without_a_readable_item_is_not_estimable(ledger: Sampled) -> None:
    """R-070: nothing drawn is neither a pass nor a failure."""
    sampled(ledger, MANUAL, size=0, population=5, unreadable=5)
    found = row(ledger, "R-070")
    assert (found.proposed, "无法估计" in found.measured_zh) == (Verdict.UNPROVEN, True)


def test_the_filters_name_the_state_of_the_manual_sample(ledger: Sampled) -> None:
    """R-122 and R-020 say what came of the manual check, and that there is none where there is none."""
    assert row(ledger, "R-122").measured_en.endswith("manual check: none")
    ledger.judge(ledger.draw(MANUAL, size=SIZE, population=FRAME), unjudged=2)
    assert row(ledger, "R-020").measured_zh.endswith("人工抽检：结论未齐")
    sampled(ledger, MANUAL, 40)
    assert row(ledger, "R-122").measured_zh.endswith("人工抽检：3960/4000 条合格")
    ledger.ingest("laws", [FakeItem()])
    assert row(ledger, "R-122").measured_en.endswith("outdated")


# The technical sample.


def test_a_technical_sample_without_classifier_is_unproven(ledger: Sampled) -> None:
    """R-071: a good result by the keyword library alone is said to be of it alone, and proves nothing yet."""
    assert row(ledger, "R-071").next_action == "yuliao sample draw technical"
    assert "分类模型未配置" in row(ledger, "R-071").measured_zh
    sampled(ledger, TECHNICAL, size=5_000)
    found = row(ledger, "R-071")
    assert (found.proposed, "分类模型未配置" in found.measured_zh) == (Verdict.UNPROVEN, True)
    assert found.next_action.startswith("yuliao clause set R-071")


@pytest.mark.parametrize(("bad", "verdict"), [(100, Verdict.UNPROVEN), (101, Verdict.FAILS)])
def test_a_technical_sample_over_the_limit_fails(ledger: Sampled, bad: int, verdict: Verdict) -> None:
    """R-071: of 5,000 items 100 may fail; with 101 it is broken, classifier or none."""
    sampled(ledger, TECHNICAL, bad, size=5_000)
    assert row(ledger, "R-071").proposed == verdict


def test_a_tenth_of_the_frame_is_drawn_at_least(ledger: Sampled) -> None:
    """R-071: 4,999 of 50,000 are too few, and that is said."""
    sampled(ledger, TECHNICAL, size=4_999)
    assert "应不少于 5000 条" in row(ledger, "R-071").measured_zh


def test_the_same_tools_as_the_screening_are_called_so(ledger: Sampled) -> None:
    """R-071: where the library that judged is the one that screened, 100 % is by construction, and the share stands."""
    ledger.ingest("laws", [FakeItem(disposition="quarantined", reason="risk-keyword", risks=(("A1f", 2),))])
    sampled(ledger, TECHNICAL, size=5_000)
    found = row(ledger, "R-071")
    assert "与筛查同一工具，合格率按构造即为 100%" in found.measured_zh
    assert "1 of 4 items were found risky before screening" in found.measured_en


def test_another_library_than_the_screening_is_not_called_the_same(ledger: Sampled) -> None:
    """R-071: nothing is by construction where the technical sample was judged by a library that screened nothing."""
    sample = ledger.draw(TECHNICAL, size=5_000, population=FRAME)
    ledger.judge(sample, by=f"machine:keyword-library/1+{digest(b'newer')[:12]}")
    assert content_checks.by_construction(facts(ledger).samples[0], facts(ledger)) is None
    assert "按构造" not in row(ledger, "R-071").measured_zh


def test_a_library_that_screened_a_part_is_called_so(ledger: Sampled) -> None:
    """R-071: with two libraries in the ingests the result is by construction for some items only."""
    ledger.ingest("laws", [FakeItem()])
    sampled(ledger, TECHNICAL, size=5_000)
    found = facts(ledger)
    earlier, *others = found.ingests
    mixed = replace(found, ingests=(replace(earlier, lexicon=digest(b"older")), *others))
    words = content_checks.by_construction(mixed.samples[0], mixed)
    assert words is not None
    assert words.zh.startswith("部分条目由同一关键词库筛查")


# What rests on both, and the tools.


def test_the_safety_of_content_rests_on_both_samples(ledger: Sampled) -> None:
    """R-155 is as bad as the worse of R-070 and R-071, and names both."""
    sampled(ledger, MANUAL)
    sampled(ledger, TECHNICAL, size=5_000)
    found = row(ledger, "R-155")
    assert (found.proposed, found.measured_zh) == (Verdict.UNPROVEN, "R-070：符合；R-071：待证明")
    sampled(ledger, MANUAL, 500)
    assert row(ledger, "R-155").proposed == Verdict.FAILS


def test_without_a_classifier_its_clauses_are_unproven(ledger: Sampled) -> None:
    """R-062 and R-161 are unproven, and so is R-072, which rests on them and on the keyword library."""
    for clause in ("R-062", "R-161"):
        assert (row(ledger, clause).proposed, row(ledger, clause).measured_zh) == (Verdict.UNPROVEN, "分类模型未配置")
    found = row(ledger, "R-072")
    assert (found.proposed, "R-050" in found.measured_zh, "R-062" in found.measured_zh) == (Verdict.FAILS, True, True)
    full = dict.fromkeys(CATALOG.keywords_required("national"), 1_000)
    ledger.release_lexicon(full, 20_000)
    assert (row(ledger, "R-072").proposed, "R-050" in row(ledger, "R-072").measured_zh) == (Verdict.UNPROVEN, False)


# Records judged as a whole.


def test_the_accuracy_of_infringement_records_is_judged_by_people(ledger: Sampled) -> None:
    """R-154: 4,000 items or all, every one of them right; a doubt leaves it unproven, one fault breaks it."""
    assert row(ledger, "R-154").next_action == "yuliao sample draw ip-accuracy --out SHEET"
    sample = sampled(ledger, "ip-accuracy", unjudged=1)
    assert row(ledger, "R-154").next_action == f"yuliao sample record {sample} FILE"
    sampled(ledger, "ip-accuracy", unsure=1)
    found = row(ledger, "R-154")
    assert (found.proposed, "1 could not be judged" in found.measured_en) == (Verdict.UNPROVEN, True)
    sampled(ledger, "ip-accuracy")
    assert row(ledger, "R-154").proposed == Verdict.CONFORMS
    sampled(ledger, "ip-accuracy", other=1)
    assert row(ledger, "R-154").proposed == Verdict.FAILS


def test_without_generated_items_their_samples_do_not_apply(ledger: Sampled) -> None:
    """R-157 does not apply where no admitted item is synthetic; R-156 then rests on the other parts."""
    assert row(ledger, "R-157").proposed == Verdict.NOT_APPLICABLE
    assert "合成风险记录抽样检查：不适用" in row(ledger, "R-156").measured_zh
    ledger.ingest("laws", [FakeItem(generated="generated", disposition="quarantined", reason="risk-keyword")])
    assert row(ledger, "R-157").proposed == Verdict.NOT_APPLICABLE


def test_with_nothing_taken_in_generated_samples_are_unproven() -> None:
    """R-156 and R-157 wait for items before anything is said of them."""
    empty = Sampled()
    empty.begin()
    assert {row(empty, clause).proposed for clause in ("R-156", "R-157")} == {Verdict.UNPROVEN}


def test_generated_items_need_their_two_samples(ledger: Sampled) -> None:
    """R-156 needs the records of generated items, R-157 their accuracy, once one is admitted."""
    ledger.ingest("laws", [FakeItem(generated="generated", version_known=True)])
    assert row(ledger, "R-157").next_action == "yuliao sample draw synthetic-accuracy --out SHEET"
    assert "合成风险记录抽样检查：待证明" in row(ledger, "R-156").measured_zh
    sampled(ledger, "synthetic-records", size=1, population=1)
    sampled(ledger, "synthetic-accuracy", size=1, population=1)
    assert row(ledger, "R-157").proposed == Verdict.CONFORMS
    assert "合成风险记录抽样检查：符合" in row(ledger, "R-156").measured_zh
    assert row(ledger, "R-156").proposed == Verdict.UNPROVEN
    sampled(ledger, "metadata", size=100)
    assert "元数据抽样检查：符合" in row(ledger, "R-156").measured_zh
    sampled(ledger, "synthetic-records", other=1, size=1, population=1)
    assert row(ledger, "R-156").proposed == Verdict.FAILS
