"""T4 to T7 and the tables on quality say what the ledger knows of annotation, and what it does not."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from rules.annotation.facts import AnnotationFacts
from tests.fakes.annotated import ANNOTATION, FUNCTIONAL, book, person
from tests.fakes.facts import CATALOG, facts, rows
from ui.i18n import LANGUAGES
from ui.report import annotation, annotators, quality
from ui.report.check import check
from ui.report.render import render
from ui.report.section import missing, tables
from ui.report.table import Cell, Table, by_key, text_of

KNOWN = facts(annotation=ANNOTATION)


def found(table: Table, **wanted: str) -> dict[str, Cell]:
    """Return the only row whose cells read so in Chinese."""
    (row,) = [
        dict(each) for each in by_key(table) if all(text_of(each[key], "zh") == text for key, text in wanted.items())
    ]
    return row


def test_volume_counts_what_may_be_used_and_sets_void_batches_apart() -> None:
    """T4: by kind and modality; a void batch gives no unit, an open one none yet, an examination none at all."""
    table = annotation.volume(KNOWN)
    assert len(table.rows) == 4
    safety = found(table, annotation_kind="安全性标注", modality="文本")
    assert (safety["units"], safety["tasks"], safety["batches"], safety["batches_void"]) == (100, 130, 1, 0)
    functional = found(table, annotation_kind="功能性标注", modality="文本")
    assert (functional["units"], functional["batches"], functional["batches_redo"], functional["batches_void"]) == (
        94,
        0,
        1,
        1,
    )
    pictures = found(table, annotation_kind="安全性标注", modality="图片")
    assert (pictures["units"], pictures["tasks"], pictures["batches_open"]) == (0, 0, 1)


def test_annotators_are_counted_by_employment_and_function() -> None:
    """T5: people, those trained in all four contents, hours, sessions, examinations passed; each once in the whole."""
    table = annotators.by_employment(KNOWN)
    whole = found(table, employment="内部", role="合计（每人一次）")
    assert (whole["headcount"], whole["trained_count"], whole["exam_pass_count"]) == (2, 2, 2)
    assert (whole["training_hours"], whole["attended_hours"], whole["training_sessions"]) == (
        Decimal("1.67"),
        Decimal("3.33"),
        1,
    )
    outsourced = found(table, employment="外包", role="审核")
    assert (outsourced["headcount"], outsourced["trained_count"], outsourced["training_sessions"]) == (1, 0, 0)


def test_annotators_are_counted_by_company() -> None:
    """T5b: who may work, batches, and accuracy on gold items; where nobody answered one it cannot be estimated."""
    internal, outsourced = by_key(annotators.by_company(KNOWN))
    assert [text_of(internal[key], "zh") for key in ("company", "gold_accuracy")] == ["内部", "90.00"]
    assert (internal["headcount"], internal["gold_right"], internal["gold_asked"]) == (2, 9, 10)
    assert (internal["batches_open"], internal["batches_ended"]) == (1, 3)
    assert (outsourced["company"], outsourced["headcount"]) == ("co-1", 1)
    assert text_of(outsourced["gold_accuracy"], "zh") == "无法估计"


def test_an_employment_that_is_not_recorded_is_missing() -> None:
    """T5: somebody whose employment nobody recorded is a row that says so (AR-11)."""
    table = annotators.by_employment(facts(annotation=AnnotationFacts(people=(person("p-104", "", "annotate"),))))
    assert text_of(table.rows[0][0], "zh") == "缺失：未登记"


def test_rule_books_show_their_parts_stages_and_risks() -> None:
    """T6: every released version; the risks of a safety book out of 31, of others none are asked."""
    short = book("safety", "safety", version=2, risks=("A1a", "A1b"))
    known = facts(annotation=replace(ANNOTATION, books=(*ANNOTATION.books, short)))
    table = annotation.rule_books(known, CATALOG)
    assert len(table.rows) == 4
    full, partly = found(table, rule_id="safety", version="1"), found(table, rule_id="safety", version="2")
    assert [text_of(each["risks_covered"], "zh") for each in (full, partly)] == ["31/31", "2/31"]
    assert text_of(full["stages"], "zh") == "标注、审核"
    functional = found(table, rule_id="functional")
    assert text_of(functional["risks_covered"], "zh") == "不适用"
    parts = ("has_objective", "has_format", "has_method", "has_quality")
    assert [text_of(found(table, rule_id="inspection")[key], "zh") for key in parts] == ["是", "是", "是", "否"]
    assert "p-002 批准，台账 #50" in text_of(functional["released"], "zh")


def test_the_check_of_accuracy_shows_share_outcome_and_enforcement() -> None:
    """T7: gold items aside; what is checked, inaccurate, redone, void; a server without gate is called the weaker."""
    table = annotation.accuracy(KNOWN)
    safety = found(table, batch_id="safety-01")
    assert (safety["units"], safety["manually_checked"], safety["check_ratio"]) == (100, 100, Decimal("100.00"))
    assert text_of(safety["enforcement"], "zh") == "闸门强制"
    redo = found(table, batch_id="functional-01")
    assert (redo["check_ratio"], redo["inaccurate"], redo["reworked"]) == (Decimal("20.00"), 6, 6)
    assert text_of(redo["enforcement"], "zh") == "事后核查；违反规则不计入 2 份"
    void = found(table, batch_id="functional-02")
    assert (void["voided"], void["illegal"], text_of(void["batch_outcome"], "zh")) == (100, 1, "作废")
    whole = found(table, batch_id="合计")
    assert (whole["units"], whole["manually_checked"], whole["check_ratio"]) == (400, 132, Decimal("33.00"))
    assert not any("exam-01" in text_of(row[0], "zh") for row in table.rows)


def test_quality_has_six_decimals_or_is_not_estimable() -> None:
    """Each measure of each control, negative ones too; accuracy by day stays in the facts."""
    measured, times = quality.tables(KNOWN)
    assert [text_of(row["value"], "zh") for row in by_key(measured)] == [
        "0.876543",
        "无法估计",
        "-0.012345",
        "0.900000",
    ]
    gold = found(measured, measure="标准答案准确率")
    assert (gold["units_compared"], gold["person"]) == (10, "p-101")
    slow, unknown = by_key(times)
    assert (slow["least"], slow["p50"], slow["greatest"], slow["hasty"]) == (5, 33, 900, 6)
    assert text_of(unknown["p50"], "zh") == "无法估计"


def test_house_rules_are_called_so() -> None:
    """What only memory or the house asks for (R-034 to R-039) is printed as house rule, to be checked."""
    for table in (annotation.rule_books(KNOWN, CATALOG), annotation.accuracy(KNOWN), *quality.tables(KNOWN)):
        assert any("自定规则，待核对" in note.zh for note in table.notes)


def test_each_content_is_missing_until_the_ledger_has_it() -> None:
    """Contents (4) to (7) print their table or say 缺失, each for itself."""

    def gaps(known: AnnotationFacts) -> str:
        return "\n".join(gap.zh for gap in missing(facts(annotation=known), rows()))

    nothing = gaps(AnnotationFacts())
    for table in ("T4", "T5", "T6", "T7"):
        assert f"（表 {table}）" in nothing
        assert f"（表 {table}）" not in gaps(ANNOTATION)
    unchecked = replace(ANNOTATION, batches=(replace(FUNCTIONAL, review=type(FUNCTIONAL.review)(), end=None),))
    assert "（表 T7）" in gaps(unchecked)
    assert "（表 T4）" not in gaps(unchecked)
    assert [each.id for each in tables(facts(annotation=unchecked), rows(), CATALOG) if each.id in ("T4", "T7")] == [
        "T4"
    ]


def test_the_tables_stand_in_the_order_of_the_form() -> None:
    """T4 to T7 with quality and times come after the composition and before legality."""
    order = [each.id for each in tables(KNOWN, rows(), CATALOG)]
    assert order[order.index("T3") + 1 : order.index("T8")] == ["T4", "T5", "T5b", "T6", "T7", "quality", "times"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_documents_with_annotation_agree_with_the_facts(tmp_path: Path, lang: str) -> None:
    """DOCX, XLSX and JSON hold every new table, and reading them back finds nothing else."""
    for name, content in render(KNOWN, rows(), CATALOG, lang).items():  # type: ignore[arg-type]  # a language
        (tmp_path / name).write_bytes(content)
    assert check(tmp_path, KNOWN, rows(), CATALOG) == []
    fewer = facts(annotation=replace(ANNOTATION, times=ANNOTATION.times[:1]))
    assert {each.place.partition(" row")[0] for each in check(tmp_path, fewer, rows(), CATALOG)} == {"times", "blocks"}
