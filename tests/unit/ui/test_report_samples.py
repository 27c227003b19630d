"""T10 and T16 say what was drawn and judged, and what was not."""

from dataclasses import replace
from decimal import Decimal

from provenance.ids import SourceId
from rules.facts import Facts
from rules.samples import SampleFact, Standing, Stratum
from tests.fakes.facts import CATALOG, facts, sampled
from ui.report import samples
from ui.report.table import Table, by_key, text_of


def with_sample(sample: SampleFact) -> Facts:
    """Return facts with one sample of the encyclopaedia's assessment."""
    usual = facts(samples=(sample,))
    known = dict(usual.sources)
    name = SourceId("encyclopaedia")
    known[name] = replace(known[name], standing=Standing(assessment="passed", assessment_sample=sample.seq))
    return replace(usual, sources=known)


def told(table: Table, row: int, key: str, lang: str = "en") -> str:
    """Return a cell as a reader sees it."""
    return text_of(by_key(table)[row][key], lang)  # type: ignore[arg-type]  # a language


def test_the_five_percent_test_shows_share_limit_bound_and_verdict() -> None:
    """5 of 100 are 5.00 percent, within the limit, with the one-sided bound beside it."""
    table = samples.source_tests(
        with_sample(sampled("assessment", "encyclopaedia", passed=95, failed=5, bad=5)), CATALOG
    )
    row = by_key(table)[0]
    assert (row["source_id"], row["n"], row["bad"], row["unreadable"]) == ("encyclopaedia", 100, 5, 10)
    assert (row["bad_percent"], row["limit"]) == (Decimal("5.00"), 5)
    assert isinstance(row["bound"], Decimal)
    assert Decimal("9.5") < row["bound"] < Decimal("10.5")
    assert told(table, 0, "verdict", "zh") == "未超过限值"
    assert told(table, 0, "date") == "2026-11-22T08:00:00Z"


def test_over_the_limit_open_outdated_and_not_estimable_are_told_apart() -> None:
    """Each result has its own words."""
    cases = {
        "over the limit": sampled("assessment", "encyclopaedia", bad=6),
        "verdicts not all in": sampled("assessment", "encyclopaedia", judged=99),
        "not estimable": sampled("assessment", "encyclopaedia", judged=0, unsure=100),
        "within the limit, outdated by a later ingest": sampled("verification", "encyclopaedia", is_outdated=True),
    }
    for words, sample in cases.items():
        assert told(samples.source_tests(with_sample(sample), CATALOG), 0, "verdict") == words


def test_sources_that_nobody_tested_are_listed_so() -> None:
    """Every source and phase without a sample is a row that says: not drawn."""
    table = samples.source_tests(facts(), CATALOG)
    assert {(row["source_id"], told(table, at, "verdict")) for at, row in enumerate(by_key(table))} == {
        (name, "not drawn") for name in ("encyclopaedia", "essays", "scraped")
    }
    assert len(table.rows) == 6


def test_without_sources_the_table_says_so() -> None:
    """A table is never empty without a word."""
    assert "no source" in told(samples.source_tests(facts(sources={}), CATALOG), 0, "source_id")


def test_the_sample_checks_list_all_seven() -> None:
    """R-151 to R-157 each have a row; what nothing was drawn for is not drawn."""
    strata = (Stratum("open_source", 2_000, 100),)
    table = samples.record_checks(facts(samples=(sampled("metadata", strata=strata),)), CATALOG)
    assert [row["check_id"] for row in by_key(table)] == [f"R-{number}" for number in range(151, 158)]
    first, second, *_, last = by_key(table)
    assert (first["n"], first["ok"]) == (100, 100)
    assert told(table, 0, "n_required") == "100 from each kind of source"
    assert "conforms" in told(table, 0, "verdict")
    assert second["n_required"] == 100
    assert [told(table, at, "n") for at in (1, 6)] == ["not drawn", "not drawn"]
    assert (last["check_id"], last["n_required"]) == ("R-157", 4_000)
    assert told(table, 6, "verdict", "zh") == "待证明（拟：不适用）"


def test_a_check_of_several_samples_names_each() -> None:
    """R-155 shows manual and technical sample in one row, R-156 metadata and generated items."""
    manual = sampled("manual", size=1_900, population=1_900, unreadable=0, judged=1_890, passed=1_890, unsure=10)
    metadata = sampled("metadata", strata=(Stratum("open_source", 2_000, 100),))
    table = samples.record_checks(facts(samples=(manual, metadata)), CATALOG)
    assert told(table, 4, "check_name", "zh") == "内容安全抽样"
    assert told(table, 4, "n", "zh") == "人工抽检 1,900；技术抽检 未抽样"
    assert told(table, 4, "n_required", "zh") == "人工抽检 4,000；技术抽检 总体的 10%"
    assert told(table, 4, "ok", "zh") == "人工抽检 1,890；技术抽检 未抽样"
    assert told(table, 5, "n", "zh") == "元数据抽样检查 100；合成风险记录抽样检查 未抽样"
    assert told(table, 5, "verdict", "zh") == "待证明（拟：待证明）"


def test_a_sample_judged_by_people_shows_what_is_right() -> None:
    """R-154 has the items drawn, the 4,000 asked, and those found right."""
    accuracy = sampled("ip-accuracy", size=4_000, population=9_000, judged=4_000, passed=3_999, failed=1)
    row = by_key(samples.record_checks(facts(samples=(accuracy,)), CATALOG))[3]
    assert (row["n"], row["n_required"], row["ok"]) == (4_000, 4_000, 3_999)
    assert text_of(row["verdict"], "zh") == "待证明（拟：不符合）"
