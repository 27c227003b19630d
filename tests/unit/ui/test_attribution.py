"""The attribution list: everyone who gave admitted items is credited, nobody else, and the text cannot drift."""

from dataclasses import replace
from pathlib import Path

import pytest

from provenance.events import GeneratingModel
from provenance.ids import SourceId
from rules.facts import Facts
from tests.fakes.facts import CATALOG, HOSTILE, facts, rows, source
from ui.i18n import LANGUAGES, Language
from ui.report import attribution, registers
from ui.report.check import check
from ui.report.render import render
from ui.report.table import by_key, text_of


def licensed() -> Facts:
    """Return facts with one source whose licence leaves a choice."""
    chosen = source(
        licence="GPL-3.0-only OR CC-BY-4.0",
        licence_chosen="CC-BY-4.0",
        duties=("attribution",),
        attribution="百科编者（示例）",
        publisher="示例百科",
    )
    known = facts()
    return replace(known, sources={**known.sources, chosen.id: chosen})


def test_only_sources_with_admitted_items_are_credited() -> None:
    """A source that gave nothing is not on the list; each that did is, with licence, duties and items."""
    found = by_key(attribution.table(licensed()))
    assert [row["source_id"] for row in found] == ["encyclopaedia", "essays"]
    first = found[0]
    assert first["licence_or_contract"] == "GPL-3.0-only OR CC-BY-4.0"
    assert first["licence_chosen"] == "CC-BY-4.0"
    assert first["attribution"] == "百科编者（示例）"
    assert text_of(first["duties"], "zh") == "署名"
    assert first["items"] == 1_000
    assert found[1]["attribution"] == "自有作者文章 / 编辑部", "where no text was declared, name and publisher are"


def test_an_empty_corpus_owes_nothing_and_says_so() -> None:
    """The list of a corpus without admitted items is a sentence, not a hole."""
    assert "没有纳入的来源" in attribution.text(facts(sources={}), "zh").decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_holds_what_the_table_holds(lang: Language) -> None:
    """Every cell of the table stands in the text that is published."""
    found = attribution.text(licensed(), lang).decode()
    for row in attribution.table(licensed()).rows:
        assert all(text_of(cell, lang) in found for cell in row)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_changed_or_missing_list_is_noticed(lang: Language, tmp_path: Path) -> None:
    """Reading the report again finds a credit that was changed, and a list that is gone."""
    for name, content in render(licensed(), rows(), CATALOG, lang).items():
        (tmp_path / name).write_bytes(content)
    assert check(tmp_path, licensed(), rows(), CATALOG) == []
    written = tmp_path / f"attribution.{lang}.txt"
    written.write_bytes(written.read_bytes().replace("百科编者".encode(), "无名氏".encode()))
    assert [each.file for each in check(tmp_path, licensed(), rows(), CATALOG)] == [written.name]
    written.write_bytes(b"\xff")
    assert [each.file for each in check(tmp_path, licensed(), rows(), CATALOG)] == [written.name]
    written.unlink()
    assert [each.file for each in check(tmp_path, licensed(), rows(), CATALOG)] == [written.name]


def test_hostile_names_cannot_break_the_text() -> None:
    """Whatever a source is called, the list keeps its shape: one paragraph per source."""
    for name in HOSTILE:
        known = source(name=name, publisher=name, attribution=name)
        found = attribution.text(facts(sources={known.id: known}), "zh").decode()
        assert found.count("来源编号: ") == 1
        assert "\x1b" not in found
        assert "\u202e" not in found


def test_the_register_names_the_generating_model() -> None:
    """T3b says of a synthetic source by which model, of which version, filed or not, and from where."""
    model = GeneratingModel("示例对话模型", "1.4", "not filed", "domestic")
    known = source(id=SourceId("dialogues"), source_kind="synthetic", model=model)
    cell = by_key(registers.sources(facts(sources={known.id: known})))[0]["generated_by"]
    assert text_of(cell, "zh") == "示例对话模型 1.4，未备案，境内"
    assert text_of(cell, "en") == "示例对话模型 1.4, not filed, Domestic"
