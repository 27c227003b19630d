"""The tables on rights, legality and synthetic items: what they show in both languages, and what the check sees."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.fakes.facts import CATALOG, facts, rows
from ui.i18n import LANGUAGES, Language
from ui.report import rights
from ui.report.check import check
from ui.report.render import render
from ui.report.table import Table, by_key, text_of


def shown(table: Table, lang: Language, row: int) -> dict[str, str]:
    """Return a row of a table as a reader sees it."""
    return {key: text_of(cell, lang) for key, cell in by_key(table)[row].items()}


def test_the_risk_of_every_source_is_told() -> None:
    """T12 names works and marks with their items, the licence's stance, complaints and the decision."""
    table = rights.risks(facts())
    assert [row["source_id"] for row in by_key(table)] == ["encyclopaedia", "essays", "scraped"]
    told = shown(table, "zh", 0)
    assert told["work_type"] == "软件或数据集：许可标头 MIT 7；文字作品：版权声明 25"
    assert (told["items"], told["licence_risk"]) == ("30", "CC-BY-SA-4.0：可用，须履行义务")
    essays = shown(table, "en", 1)
    assert essays["complaint"] == "1 open, 1 closed"
    assert essays["licence_risk"] == "no licence; basis: 职务作品"
    assert essays["decision"] == "source admitted; 0 items kept out for rights of others"
    assert shown(table, "en", 2)["work_type"] == "none found"


def test_generated_items_are_told() -> None:
    """The table of labels gives source, certainty, version, what became of the items, and their sum."""
    table = rights.generated(facts())
    assert shown(table, "zh", 0) == {
        "source_id": "encyclopaedia",
        "certainty": "标识为生成合成",
        "model_version": "不明",
        "disposition": "纳入",
        "items": "12",
    }
    assert shown(table, "en", 2)["items"] == "14"


def test_legality_takes_its_words_from_the_matrix() -> None:
    """T8 has a row for every clause of an aspect that was judged, with the matrix's own verdict; none without rows."""
    from rules.evidence import assess

    table = rights.legality(assess(facts(), CATALOG), CATALOG)
    aspects = [shown(table, "zh", at)["aspect"] for at in range(len(table.rows))]
    assert list(dict.fromkeys(aspects)) == ["来源", "知识产权", "个人信息"]
    clauses = [shown(table, "en", at)["clause"].split("\n")[0] for at in range(len(table.rows))]
    assert {"R-007", "R-021", "R-023", "R-123", "R-132", "R-028"} <= set(clauses)
    assert len(rights.legality((), CATALOG).rows) == 1


def test_the_sentence_on_disputes_claims_no_more_than_it_knows() -> None:
    """Figures of notices and complaints stand in it, and that finding none proves nothing."""
    said = rights.summary(facts())
    assert "31 条" in said.zh
    assert "投诉 2 件，未办结 1 件" in said.zh
    assert "未发现标识不等于没有权利" in said.zh
    assert "31 items" in said.en


def test_a_corpus_without_sources_has_its_tables() -> None:
    """Nothing is left blank where there is nothing."""
    empty = facts(sources={}, labels=(), notices=(), complaints=())
    assert len(rights.risks(empty).rows) == 1
    assert by_key(rights.generated(empty))[0]["items"] == 0


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("sheet", ["T8", "T12", "labels"])
def test_the_check_reads_them_again(tmp_path: Path, lang: Language, sheet: str) -> None:
    """Rendered as they are no figure differs; one changed figure of a label, or cell of a sheet, is told."""
    for name, content in render(facts(), rows(), CATALOG, lang).items():
        (tmp_path / name).write_bytes(content)
    assert check(tmp_path, facts(), rows(), CATALOG) == []
    other = facts(labels=(replace(facts().labels[0], items=13),))
    assert any("labels" in each.place for each in check(tmp_path, other, rows(), CATALOG))
    path = tmp_path / f"tables.{lang}.xlsx"
    book = openpyxl.load_workbook(path)
    book[sheet].cell(4, 1).value = "forged"
    book.save(path)
    assert any(sheet in each.place for each in check(tmp_path, facts(), rows(), CATALOG))
