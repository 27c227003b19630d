"""Handbook and annex: all that a rule book says stands in them, escaped, and the same books give the same bytes."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from rules.annotation import books
from rules.annotation.book_gaps import release
from rules.annotation.books import BookFact, Books
from rules.catalog import load
from ui.report import document, hypertext
from ui.report.document import Grid, Line
from ui.report.handbook import annex, handbook

CATALOG = load()
SAFETY, FUNCTIONAL = books.named("safety"), books.named("functional")
TAGS = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "br"}
TAGS |= {"table", "caption", "col", "tr", "th", "td"}
NASTY = "<img src=x onerror=alert(1)>&\"'\n第二行"


def approved() -> tuple[BookFact, ...]:
    """Return what the ledger says once the safety book was approved."""
    fold = Books()
    fold.take(7, "2026-11-22T08:00:00Z", "p-approver", "safety", release(SAFETY))
    return fold.facts()


def said(content: bytes) -> str:
    """Return all that a DOCX says, read back from its bytes."""
    found = []
    for part in document.read(content):
        found += [part.text] if isinstance(part, Line) else [cell for row in part.rows for cell in row]
    return "\n".join(found)


class Tags(HTMLParser):
    """Gathers what a page consists of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag with its attributes."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)


@pytest.mark.parametrize("name", books.load())
def test_the_handbook_says_all_that_the_book_says(name: str) -> None:
    """Four parts, steps, hints, words of the form and every rule stand in the DOCX as it is read again."""
    book = books.load()[name]
    content = document.write(handbook(book, CATALOG), "zh")
    assert document.read(content) == document.parts(handbook(book, CATALOG), "zh")
    text = said(content)
    wanted = [book.effective, *book.objective, *book.format, *book.method, books.digest_of(book)]
    wanted += [books.said(each, CATALOG) for each in book.quality]
    wanted += [quality.guidance for quality in book.qualities.values()]
    for stage in book.stages.values():
        wanted += [*stage.steps, str(stage.planned_seconds)]
        for control in stage.controls.values():
            wanted += [control.zh, control.hint, *control.options.values()]
    for rule in book.risks.values():
        wanted += [rule.definition, *rule.positive, *rule.negative, rule.borderline]
    assert [each for each in wanted if each not in text] == []


def test_the_same_book_gives_the_same_bytes() -> None:
    """Nothing of the day, the place or the run enters a document."""
    for blocks in (handbook(SAFETY, CATALOG), annex([FUNCTIONAL, SAFETY], approved(), CATALOG)):
        assert document.write(blocks, "zh") == document.write(blocks, "zh")
        assert hypertext.page(blocks, "zh") == hypertext.page(blocks, "zh")
    changed = replace(SAFETY, effective="即日起施行。")
    assert document.write(handbook(changed, CATALOG), "zh") != document.write(handbook(SAFETY, CATALOG), "zh")


def test_the_instruction_of_a_stage_leaves_the_other_out() -> None:
    """An annotator's page shows his form and steps, not the reviewer's; the rules for risks stand in both."""
    annotate = hypertext.fragment(handbook(SAFETY, CATALOG, stages=("annotate",)), "zh")
    review = hypertext.fragment(handbook(SAFETY, CATALOG, stages=("review",)), "zh")
    assert SAFETY.stages["annotate"].steps[0] in annotate
    assert SAFETY.stages["review"].steps[0] not in annotate
    assert SAFETY.stages["review"].steps[0] in review
    for page in (annotate, review):
        assert SAFETY.risks["A1a"].definition in page


def test_the_page_holds_no_script_no_address_and_no_markup_of_the_book() -> None:
    """What a book says is escaped: it makes no tag, and the page fetches nothing."""
    book = replace(SAFETY, zh=NASTY, effective=NASTY, method=(NASTY,))
    for content in (hypertext.fragment(handbook(book, CATALOG), "zh"), hypertext.page(handbook(book, CATALOG), "zh")):
        page = Tags()
        page.feed(content if isinstance(content, str) else content.decode())
        assert page.tags <= TAGS
        assert page.attributes <= {"lang", "charset", "border", "width"}
        assert "<img src=x onerror=alert(1)>&\"'" in "".join(page.texts)


def test_the_annex_covers_both_books_and_every_risk() -> None:
    """Functional and safety rules stand one after another, and a matrix says which rule each risk has."""
    parts = document.read(document.write(annex([FUNCTIONAL, SAFETY], approved(), CATALOG), "zh"))
    lines = [part.text for part in parts if isinstance(part, Line)]
    grids = {part.id: part.rows for part in parts if isinstance(part, Grid)}
    assert lines[0] == "附件3 语料标注规则"
    assert lines.index("功能性标注规则") < lines.index("安全性标注规则") < lines.index("风险与规则对照表")
    assert "附录 A 的安全风险 31 种，有完整规则的 31 种。" in lines
    assert [row[:3] for row in grids["risk-rules"][1:]] == [
        (risk.clause, risk.zh, f"safety@1 {risk.id}") for risk in CATALOG.risks.values()
    ]
    assert grids["parts"][1:] == (
        ("functional@1", "有", "有", "有", "有", "标注、审核"),
        ("safety@1", "有", "有", "有", "有", "标注、审核"),
    )


def test_the_annex_says_what_is_missing() -> None:
    """A book that nobody approved, a missing part and a risk without a rule are said, not passed over."""
    bare = replace(SAFETY, quality=(), risks={k: v for k, v in SAFETY.risks.items() if k != "A2d"})
    parts = document.read(document.write(annex([FUNCTIONAL, bare], approved(), CATALOG), "zh"))
    grids = {part.id: part.rows for part in parts if isinstance(part, Grid)}
    assert [row[4] for row in grids["versions"][1:]] == ["尚未批准", "p-approver，2026-11-22T08:00:00Z，台账 #7"]
    assert grids["parts"][2][4] == "缺"
    assert [row[0] for row in grids["risk-rules"][1:] if row[2] == "无规则"] == ["A.2 d)"]
    assert "附录 A 的安全风险 31 种，有完整规则的 30 种。" in [p.text for p in parts if isinstance(p, Line)]


def test_english_headings_stand_beside_the_chinese_texts() -> None:
    """In English the headings are English; what the book says stays as it was written."""
    page = hypertext.page(handbook(SAFETY, CATALOG), "en").decode()
    assert '<html lang="en">' in page
    assert "<h2>Quality indicators</h2>" in page
    assert SAFETY.risks["A1a"].definition in page
