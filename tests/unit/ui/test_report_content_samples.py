"""T9 and T9b say what came of the samples of the whole corpus, and what was not drawn."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from rules.evidence import assess
from rules.facts import Facts, IngestFact, RiskFact
from rules.findings import Verdict
from rules.samples import SampleFact
from tests.fakes.facts import CATALOG, facts, rows, sampled
from tests.fakes.inspector import Inspector
from tests.fakes.workroom import Workroom
from ui.report import content_samples
from ui.report.section import missing
from ui.report.table import Table, by_key, text_of

LIBRARY = "1e" * 32
JUDGE = f"machine:keyword-library/1+{LIBRARY[:12]}"


def manual(**changed: object) -> SampleFact:
    """Return a closed manual sample of 4,000 of 50,000 items with 100 failures and 20 doubts."""
    usual = sampled(
        "manual",
        seq=30,
        drawn_at="2026-11-20T08:00:00Z",
        sees=29,
        population=50_000,
        unreadable=0,
        size=4_000,
        seed_event=28,
        verdicts=31,
        judged=3_980,
        passed=3_880,
        failed=100,
        unsure=20,
        bad=100,
        by_risk={"A1f": 90, "A2c": 15},
        inspectors=("p-017", "p-018"),
    )
    return replace(usual, **changed)  # type: ignore[arg-type]  # the caller names fields of the class


def technical(**changed: object) -> SampleFact:
    """Return a technical sample of a tenth, all passed, judged by the library that screens."""
    usual = manual(
        seq=32,
        plan="technical",
        clause="R-071",
        size=5_000,
        verdicts=33,
        judged=5_000,
        passed=5_000,
        failed=0,
        unsure=0,
        bad=0,
        by_risk={},
        inspectors=(JUDGE,),
    )
    return replace(usual, **changed)  # type: ignore[arg-type]  # as above


def with_samples(*samples: SampleFact) -> Facts:
    """Return facts with samples and one ingest that the library screened."""
    ingest = IngestFact(5, next(iter(facts().sources)), 1, 1, (), "", LIBRARY, "", "completed")  # type: ignore[arg-type]
    return facts(samples=samples, ingests=(ingest,), risks={**facts().risks, "*29": RiskFact(100, 120)})


def told(table: Table, row: int, key: str, lang: str = "zh") -> str:
    """Return a cell as a reader sees it."""
    return text_of(by_key(table)[row][key], lang)  # type: ignore[arg-type]  # a language


def test_a_manual_sample_shows_frame_size_rate_bound_and_both_readings() -> None:
    """T9: 3,880 of 4,000 passed are 97.00 percent; doubts are among the failed and named."""
    table = content_samples.results(with_samples(manual(), technical()), CATALOG)
    row = by_key(table)[0]
    assert (row["population"], row["n_drawn"], row["n_required"]) == (50_000, 4_000, 4_000)
    assert (row["passed"], row["failed"], row["unsure"]) == (3_880, 120, 20)
    assert (row["rate"], row["threshold"]) == (Decimal("97.00"), 96)
    assert isinstance(row["lower_bound"], Decimal)
    assert Decimal(96) < row["lower_bound"] < Decimal(97)
    assert told(table, 0, "verdict") == "达到标准；统计上有把握"
    assert told(table, 0, "seed") == f"台账 #28，总体 {'f' * 12}"
    assert told(table, 0, "date") == "2026-11-22T08:00:00Z"
    assert told(table, 0, "tool_versions", "en") == "p-017, p-018"


def test_the_clause_stands_beside_the_method_with_its_certainty() -> None:
    """T9: a figure comes with the clause that it answers, cited as law only as far as it was seen."""
    table = content_samples.results(facts(), CATALOG)
    assert told(table, 0, "method").startswith("人工抽检\nR-070")
    assert CATALOG.clauses["R-070"].citation("zh") in told(table, 0, "method")


def test_a_technical_sample_says_that_no_classifier_is_configured() -> None:
    """T9: figure, digest of the library and 分类模型未配置; the same tools as the screening are called so."""
    table = content_samples.results(with_samples(manual(), technical()), CATALOG)
    assert by_key(table)[1]["rate"] == Decimal("100.00")
    assert told(table, 1, "verdict") == "达到标准；统计上有把握；待证明：分类模型未配置"
    assert told(table, 1, "tool_versions") == f"{JUDGE}；分类模型未配置"
    notes = "\n".join(note.zh for note in table.notes)
    assert "与筛查同一工具，合格率按构造即为 100%；筛查前识别出风险 100/1734 条" in notes


def test_what_was_not_drawn_is_a_row_that_says_so() -> None:
    """T9: one row for each method, 待证明, with what is required."""
    table = content_samples.results(facts(), CATALOG)
    assert [told(table, at, "n_drawn") for at in (0, 1)] == ["未抽样", "未抽样"]
    assert [told(table, at, "n_required") for at in (0, 1)] == ["4,000，不足则全检", "总体的 10%"]
    assert [told(table, at, "verdict") for at in (0, 1)] == ["待证明", "待证明：分类模型未配置"]
    assert [by_key(table)[at]["threshold"] for at in (0, 1)] == [96, 98]


def test_every_draw_is_shown_and_an_open_or_outdated_one_is_called_so() -> None:
    """T9: a second draw does not take the first one away."""
    first = manual(is_outdated=True, passed=3_700, failed=280, bad=280)
    table = content_samples.results(with_samples(first, manual(seq=40, judged=10, passed=10)), CATALOG)
    assert len(table.rows) == 3
    assert told(table, 0, "verdict") == "未达到标准；统计上尚无把握；此后又有条目采集或者纳入，已过期"
    assert told(table, 1, "verdict") == "结论未齐"
    assert told(table, 1, "rate") == "结论未齐"


def test_a_sample_of_nothing_is_not_estimable() -> None:
    """T9: where no item of the frame can be judged nothing is estimated."""
    empty = manual(size=0, population=5, unreadable=5, judged=0, passed=0, failed=0, unsure=0, bad=0, inspectors=())
    assert told(content_samples.results(with_samples(empty), CATALOG), 0, "verdict") == "无法估计"


def test_failures_are_listed_for_all_31_risks() -> None:
    """T9b: both methods, zero where nothing failed, not drawn where nothing was drawn; the frames stand below."""
    table = content_samples.by_risk(with_samples(manual()), CATALOG)
    found = {str(row["risk"]): row for row in by_key(table)}
    assert len(found) == 31
    assert [found[name]["manual_failures"] for name in ("A1f", "A2c", "A1a")] == [90, 15, 0]
    assert {text_of(row["technical_failures"], "zh") for row in found.values()} == {"未抽样"}
    assert table.notes[0].zh == "人工抽检：台账 #30，总体 50,000 条，抽取 4,000 条，已有结论 4,000 条。"


def test_what_is_missing_follows_the_samples() -> None:
    """The report lists a method without result until its sample is closed, and the classifier while there is none."""

    def gaps(*samples: SampleFact) -> str:
        return "\n".join(gap.zh for gap in missing(with_samples(*samples), rows()))

    assert "人工抽检没有结果" in gaps()
    assert "技术抽检没有结果" in gaps()
    assert "人工抽检没有结果" in gaps(manual(judged=10), technical())
    assert "没有结果" not in gaps(manual(), technical())
    assert "分类模型未配置" in gaps(manual(), technical())


def test_both_samples_go_from_the_draw_into_the_report(room: Workroom, tmp_path: Path) -> None:
    """Drawn, judged by a person and by the keyword library, printed in T9, and found again by ``report --check``."""
    inspector = Inspector(room)
    source = inspector.declare("essays")
    room.ingest(source, room.write_texts("a.jsonl", [f"湖面很静，第{at}天的记录。" for at in range(30)]))
    room.ingest(source, room.write_texts("b.jsonl", ["乌有国颠覆传单在此。"]))
    sample, sheet = inspector.draw("manual")
    assert inspector.record(sample, inspector.judge(sheet, 1, risk="A1a")).code == 0
    assert inspector.says("sample", "draw", "technical").code == 0
    known = room.facts()
    table = content_samples.results(known, CATALOG)
    by_hand, by_machine = by_key(table)
    assert (by_hand["population"], by_hand["n_drawn"], by_hand["failed"]) == (30, 30, 1)
    assert (by_hand["rate"], by_hand["lower_bound"]) == (Decimal("96.67"), Decimal("96.66"))
    assert (by_machine["n_drawn"], by_machine["n_required"], by_machine["passed"]) == (3, 3, 3)
    assert "按构造即为 100%；筛查前识别出风险 1/31 条" in "\n".join(note.zh for note in table.notes)
    proposed = {row.clause: row.proposed for row in assess(known, CATALOG)}
    assert (proposed["R-070"], proposed["R-071"]) == (Verdict.CONFORMS, Verdict.UNPROVEN)
    out = tmp_path / "report"
    assert inspector.says("report", "--out", out).code == 0
    assert inspector.says("report", "--check", out).code == 0
