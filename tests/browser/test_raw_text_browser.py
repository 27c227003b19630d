"""Raw text in a real Chromium: the list of tasks shows none, the opened task does, and each opening is told."""

import pytest
from playwright.sync_api import Page, expect

from annotation import outbox
from tests.browser.test_gate_browser import open_stream, sign_in, submit
from tests.fakes.annotation_worlds import RealWorld
from tests.fakes.site import RAW, Site

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.needs("label-studio")]
TEXT = "一封未经去标识化的信"


def _told(site: Site, project: int) -> list[str]:
    told = map(outbox.read, RealWorld(site).server.outbox(0))
    return [each.person for each in told if (each.kind, each.project) == (outbox.SHOWN, project)]


def test_raw_text_is_seen_in_the_opened_task_alone(tab: Page, gated: Site) -> None:
    """The page with the list works without the text; opening it for work shows the text, and the chain tells of it."""
    project = gated.project("annotate", book=RAW)
    gated.task(project, TEXT)
    gated.task(project, f"{TEXT}之二")
    sign_in(tab, gated, "p-a1")
    with tab.expect_response(lambda answer: "/api/tasks" in answer.url and answer.request.method == "GET") as listed:
        tab.goto(f"{gated.url}/projects/{project}/data")
    assert TEXT not in listed.value.text()
    assert _told(gated, project) == []
    open_stream(tab, gated, project)
    expect(tab.get_by_text(TEXT).first).to_be_visible()
    before = _told(gated, project)
    assert set(before) == {"p-a1"}
    tab.get_by_text("安全").first.click()
    with tab.expect_response(lambda answer: answer.url.endswith("/annotations/") or "/annotations?" in answer.url):
        submit(tab)
    expect(tab.get_by_text(f"{TEXT}之二").first).to_be_visible()
    assert len(_told(gated, project)) > len(before)
