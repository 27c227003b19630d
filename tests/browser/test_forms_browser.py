"""Our forms in a real Chromium: a person labels by the safety rule book, a second one reviews what the first said."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from annotation.forms import first_answer, for_gate, form, to_entries, to_results
from annotation.port import Entry
from rules.annotation import books
from rules.catalog import load
from tests.browser.test_gate_browser import TEXT, open_stream, select, sign_in, submit
from tests.fakes.site import BOOK, BOOKS, Site
from ui.report import hypertext
from ui.report.handbook import handbook

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.needs("label-studio")]
SAFETY = books.named("safety")
RISKS = load().risks
WHY = "含有夸大的功效"
MARKUP = "<b>不是粗体</b>"


@pytest.fixture
def by_the_book(gated: Site) -> Iterator[Site]:
    """The gated server, with the safety book as its rule book."""
    gated.open(rule_books={**BOOKS, BOOK: for_gate(SAFETY)})
    yield gated
    gated.open(rule_books=BOOKS)


def drawn(site: Site, stage: str, batch: str) -> int:
    """Make a project with the form and the instructions of a stage."""
    page = hypertext.fragment(handbook(SAFETY, load(), stages=(stage,)), "zh")
    return site.project(stage, batch, label_config=form(SAFETY, stage), expert_instruction=page, show_instruction=True)


def open_instructed(tab: Page, site: Site, project: int) -> None:
    """Open the next item and put the instructions away, which are shown first."""
    open_stream(tab, site, project)
    expect(tab.get_by_text(SAFETY.objective[0])).to_be_visible()
    assert tab.locator("script", has_text=SAFETY.effective).count() == 0
    tab.keyboard.press("Escape")
    expect(tab.get_by_text(SAFETY.objective[0])).to_be_hidden()


def choose(tab: Page, risk: str) -> None:
    """Look a risk up in the tree and choose it."""
    tab.locator(".htx-taxonomy").click()
    tab.get_by_placeholder("Search").fill(RISKS[risk].zh)
    leaf = tab.locator(".ant-select-tree-treenode").filter(has_text=f"{RISKS[risk].clause} {RISKS[risk].zh}")
    leaf.locator(".ant-select-tree-checkbox").click()
    tab.keyboard.press("Escape")


def sent(tab: Page) -> int:
    """Press the button and return what the server answered."""
    with tab.expect_response(re.compile(r"/api/tasks/\d+/annotations")) as answer:
        submit(tab)
    return answer.value.status


def stored(site: Site, project: int, stage: str) -> list[tuple[Entry, ...]]:
    """Read the answers of a project as the rule book names them."""
    return [to_entries(SAFETY, stage, json.loads(each["result"])) for each in site.stored(project)]


def test_one_labels_by_the_rule_book_and_another_reviews_it(tab: Page, by_the_book: Site) -> None:
    """What is chosen and written in the form reads back by ids, and the reviewer sees it as plain words."""
    site = by_the_book
    project = drawn(site, "annotate", "forms")
    site.task(project, TEXT)
    sign_in(tab, site, "p-a1")
    open_instructed(tab, site, project)
    select(tab, "二", "四")
    tab.get_by_text("有风险").first.click()
    choose(tab, "A1g")
    submit(tab)
    expect(tab.get_by_text("“理由”必填")).to_be_visible()
    tab.get_by_role("button", name="OK").click()
    tab.locator("form[data-testid=textarea-form] textarea").fill(WHY)
    assert sent(tab) == 201
    (answer,) = stored(site, project, "annotate")
    place = (TEXT.index("二"), TEXT.index("四") + 1)
    assert set(answer) == {
        Entry("span", ("suspect",), *place),
        Entry("verdict", ("risky",)),
        Entry("risk", ("A1g",)),
        Entry("reason", text=WHY),
    }
    review = drawn(site, "review", "forms")
    first = f"{first_answer(SAFETY, 'annotate', answer)}\n{MARKUP}"
    site.task(review, TEXT, data={"text": TEXT, "first": first}, meta={"source_annotators": ["p-a1"]})
    tab.context.clear_cookies()
    sign_in(tab, site, "p-r1")
    open_instructed(tab, site, review)
    for line in first.splitlines():
        expect(tab.get_by_text(line)).to_be_visible()
    tab.get_by_text("不准确").first.click()
    tab.locator("form[data-testid=textarea-form] textarea").fill("应为 A.1 h)")
    assert sent(tab) == 201
    assert stored(site, review, "review") == [(Entry("decision", ("inaccurate",)), Entry("reason", text="应为 A.1 h)"))]


def test_a_hint_fills_the_form_and_goes_back_as_it_came(tab: Page, by_the_book: Site) -> None:
    """Entries given as a prediction are shown in the form, and submitting them unchanged gives the same entries."""
    site = by_the_book
    hints = (
        Entry("span", ("suspect",), 2, 7),
        Entry("verdict", ("risky",)),
        Entry("risk", ("A1a", "A5b")),
        Entry("reason", text=WHY),
    )
    project = site.project("annotate", label_config=form(SAFETY, "annotate"))
    site.task(project, TEXT, predictions=[{"result": to_results(SAFETY, "annotate", TEXT, hints)}])
    sign_in(tab, site, "p-a1")
    open_stream(tab, site, project)
    expect(tab.get_by_text(RISKS["A5b"].zh)).to_be_visible()
    assert sent(tab) == 201
    (answer,) = stored(site, project, "annotate")
    assert set(answer) == set(hints)
