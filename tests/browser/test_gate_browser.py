"""Three people in a real Chromium: one labels, one reviews, one is refused and reads why."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from annotation.server.accounts import account_of
from annotation.server.policy import Person
from tests.fakes.site import PEOPLE, Site

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.needs("label-studio")]
TEXT = "一😀二三\r\n四五六七八九十"
_PATIENCE_MS = 90_000


def sign_in(tab: Page, site: Site, person: str) -> None:
    """Sign in as a person."""
    tab.set_default_timeout(_PATIENCE_MS)
    tab.goto(f"{site.url}/user/login/")
    tab.fill("input[name=email]", account_of(person))
    tab.fill("input[name=password]", site.passwords[person])
    tab.click("button[type=submit]")
    tab.wait_for_url(re.compile("/$|/projects"))


def open_stream(tab: Page, site: Site, project: int) -> None:
    """Open the next item of a project, as the button does."""
    tab.goto(f"{site.url}/projects/{project}/data?labeling=1")
    expect(tab.get_by_role("button", name=re.compile("^submit", re.IGNORECASE)).first).to_be_visible(
        timeout=_PATIENCE_MS
    )


def select(tab: Page, first: str, last: str) -> None:
    """Select the text from one character to another, with the first label."""
    tab.keyboard.press("1")
    tab.evaluate(
        """([first, last]) => {
            const root = document.querySelector('.lsf-richtext__container'), nodes = [];
            const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            for (let node = walk.nextNode(); node; node = walk.nextNode()) nodes.push(node);
            const find = (c) => nodes.map((n) => [n, n.data.indexOf(c)]).find(([, at]) => at >= 0);
            const [from, start] = find(first), [to, end] = find(last), range = document.createRange();
            range.setStart(from, start); range.setEnd(to, end + last.length);
            getSelection().removeAllRanges(); getSelection().addRange(range);
            root.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
        }""",
        [first, last],
    )


def submit(tab: Page) -> None:
    """Press the button."""
    tab.get_by_role("button", name=re.compile("^submit", re.IGNORECASE)).first.click()


def test_one_labels_and_another_reviews(tab: Page, gated: Site) -> None:
    """What is selected in the browser is stored and chained in code points, line breaks and emoji included."""
    project = gated.project("annotate", "browser")
    gated.task(project, TEXT)
    sign_in(tab, gated, "p-a1")
    open_stream(tab, gated, project)
    select(tab, "二", "四")
    tab.get_by_text("安全").first.click()
    with tab.expect_response(re.compile(r"/api/tasks/\d+/annotations")) as sent:
        submit(tab)
    assert sent.value.status == 201
    (stored,) = gated.stored(project)
    places = [each["value"] for each in json.loads(stored["result"]) if each["type"] == "labels"]
    assert [(each["start"], each["end"]) for each in places] == [(TEXT.index("二"), TEXT.index("四") + 1)]
    review = gated.project("review", "browser")
    gated.task(review, TEXT, meta={"source_annotators": ["p-a1"]})
    tab.context.clear_cookies()
    sign_in(tab, gated, "p-r1")
    open_stream(tab, gated, review)
    tab.get_by_text("安全").first.click()
    with tab.expect_response(re.compile(r"/api/tasks/\d+/annotations")) as sent:
        submit(tab)
    assert sent.value.status == 201
    assert len(gated.stored(review)) == 1


def _become(**changes: object) -> Callable[[Site, int], None]:
    def change(site: Site, _project: int) -> None:
        people = dict(site.policy.people)
        was: Person = people[account_of("p-both")]
        held = tuple(replace(each, **changes) for each in was.qualifications)  # type: ignore[arg-type]
        people[account_of("p-both")] = replace(was, qualifications=held)
        site.open(people=people)

    return change


def _lose_the_function(site: Site, _project: int) -> None:
    site.open(people={**site.policy.people, account_of("p-both"): replace(PEOPLE["p-both"], functions=("review",))})


def _review_the_batch_elsewhere(site: Site, project: int) -> None:
    review = site.project("review", site.policy.projects[project].batch)
    assert site.annotate("p-both", site.task(review)).is_accepted


def _void(site: Site, project: int) -> None:
    site.void(project)


def _fill(site: Site, project: int) -> None:
    task = site.rows(f"SELECT id FROM task WHERE project_id = {project}")[0]["id"]
    assert site.annotate("p-a1", task).is_accepted


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        pytest.param(_review_the_batch_elsewhere, "同一批次不能再做“标注”。（AR-1）", id="AR-1"),
        pytest.param(_lose_the_function, "您没有被指派“标注”岗位，不能进入本项目。（AR-2）", id="AR-2"),
        pytest.param(_become(is_suspended=True), "您的上岗资格已被暂停，请联系管理员。（AR-3）", id="AR-3"),
        pytest.param(_become(trained_at=None), "您尚未完成上岗培训，请先参加培训。（AR-4）", id="AR-4"),
        pytest.param(_become(abilities=("rules",)), "您的四项能力考核不完整，请联系管理员补考。（AR-5）", id="AR-5"),
        pytest.param(_void, "本批次含违法不良信息，已整批作废，不能再标注。（AR-9）", id="AR-9"),
        pytest.param(_fill, "这一条已有 1 人标注，名额已满，请继续下一条。", id="overlap"),
    ],
)
def test_who_is_refused_reads_why(
    tab: Page, gated: Site, meanwhile: Callable[[Site, int], None], sentence: str
) -> None:
    """Whoever may no longer work when pressing the button reads one Chinese sentence, and nothing is stored."""
    before = gated.policy.people
    project = gated.project(cap=1)
    gated.task(project)
    try:
        sign_in(tab, gated, "p-both")
        open_stream(tab, gated, project)
        tab.get_by_text("安全").first.click()
        meanwhile(gated, project)
        submit(tab)
        expect(tab.get_by_role("alert").filter(has_text=sentence)).to_be_visible(timeout=_PATIENCE_MS)
        assert gated.user("p-both") not in {each.get("completed_by_id") for each in gated.stored(project)}
    finally:
        gated.open(people=before)


def test_a_closed_page_says_so_in_chinese(tab: Page, gated: Site) -> None:
    """A page that is no part of the work is a sentence, not a blank or an English error."""
    sign_in(tab, gated, "p-a1")
    tab.goto(f"{gated.url}/projects/{gated.project()}/settings/")
    expect(tab.get_by_text("此功能不对您的岗位开放。")).to_be_visible()
