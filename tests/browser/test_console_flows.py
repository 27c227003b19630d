"""What a compliance lead does in the console, done by a real browser: it reads, submits, exports, seals."""

import io
import re
import zipfile
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.fakes.world import EXAMPLES, HOSTILE_NAME, World
from ui.i18n import Language, translate

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
PERSON = "p-017"


def go(tab: Page, console: str, page: str, lang: Language = "zh", **query: str) -> None:
    """Open a page and wait for its heading."""
    words = "&".join(f"{key}={value}" for key, value in {"lang": lang, **query}.items())
    tab.goto(f"{console}{'' if page == 'readiness' else page}?{words}")
    expect(tab.get_by_role("heading", name=translate(f"{page}.title", lang), level=1)).to_be_visible()


def test_readiness_concludes_and_gives_commands(tab: Page, console: str) -> None:
    """The first page says in one line that it is not ready, and gives a command for what comes first."""
    go(tab, console, "readiness")
    expect(tab.get_by_text(re.compile("尚不能提交"))).to_be_visible()
    expect(tab.get_by_test_id("stCode").first).to_contain_text("yuliao ")
    expect(tab.get_by_text(translate("readiness.matrix", "zh"))).to_be_visible()


def test_the_language_follows_the_reader(tab: Page, console: str) -> None:
    """English once chosen stays through pages and reloads, and stands in the address."""
    go(tab, console, "readiness")
    tab.get_by_role("radio", name="English").or_(tab.get_by_role("button", name="English")).first.click()
    expect(tab.get_by_role("heading", name="Readiness", level=1)).to_be_visible()
    expect(tab).to_have_url(re.compile("lang=en"))
    tab.get_by_role("link", name="Sources").click()
    expect(tab.get_by_role("heading", name="Sources", level=1)).to_be_visible()
    expect(tab).to_have_url(re.compile("lang=en"))
    tab.reload()
    expect(tab.get_by_role("heading", name="Sources", level=1)).to_be_visible()


def test_a_refused_source_shows_the_command_for_each_paper(tab: Page, console: str) -> None:
    """The detail of a source that lacks papers names them and the commands that supply them."""
    go(tab, console, "sources", source="novels-unlicensed")
    expect(tab.get_by_text("yuliao source evidence novels-unlicensed licence_text FILE")).to_be_visible()
    expect(tab).to_have_url(re.compile("source=novels-unlicensed"))


def test_a_hostile_name_is_shown_and_fetches_nothing(tab: Page, console: str) -> None:
    """An image link in a source's name is text; the session's guard fails the test if it was fetched."""
    go(tab, console, "sources", source="hostile-name")
    expect(tab.get_by_text(HOSTILE_NAME, exact=True).first).to_be_visible()
    for page in ("readiness", "jobs", "export"):
        go(tab, console, page)


def test_a_job_is_submitted_here_and_done_by_a_worker(tab: Page, console: str, world: World) -> None:
    """The form queues an ingest; a worker runs it; the page shows the end without being asked again."""
    go(tab, console, "jobs")
    tab.get_by_label(translate("jobs.paths", "zh")).fill(str(EXAMPLES / "recipes-open" / "data"))
    form = tab.get_by_test_id("stForm")
    form.get_by_role("combobox").click()
    tab.get_by_role("option", name="recipes-open").click()
    form.get_by_role("textbox", name=translate("actor.label", "zh")).fill(PERSON)
    form.get_by_role("button", name=translate("jobs.submit", "zh")).click()
    expect(tab.get_by_text(re.compile("1 个排队"))).to_be_visible()
    world.yuliao("worker", "--until-idle")
    expect(tab.get_by_text(re.compile("0 个运行中，0 个排队，0 个失败"))).to_be_visible()
    expect(tab.locator("td", has_text=translate("jobs.sum_holds", "zh")).first).to_be_attached()
    go(tab, console, "sources", source="recipes-open")
    admitted = tab.get_by_test_id("stMetric").filter(has_text=translate("disposition.taken_in", "zh")).first
    expect(admitted).to_contain_text("66")


def test_report_seal_and_fingerprint(tab: Page, console: str, world: World, tmp_path: Path) -> None:
    """The report downloads, the seal is made by a worker, and the fingerprint shown verifies the bundle."""
    go(tab, console, "export")
    tab.get_by_role("button", name=translate("export.render", "zh")).click()
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name=re.compile("report.zh.docx")).click()
    waiting.value.save_as(tmp_path / "report.docx")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "report.docx").read_bytes())) as document:
        assert "语料安全评估" in document.read("word/document.xml").decode()
    who = tab.get_by_role("textbox", name=translate("actor.label", "zh"))
    who.fill(PERSON)
    who.press("Enter")
    tab.get_by_role("button", name=translate("export.seal_now", "zh"), exact=True).click()
    expect(tab.get_by_text(re.compile("1 个封存任务进行中"))).to_be_visible()
    world.yuliao("worker", "--until-idle")
    printed = tab.get_by_text(re.compile(r"^([0-9a-f]{4}\s+){15}[0-9a-f]{4}$"))
    expect(printed).to_be_visible()
    fingerprint = "".join((printed.text_content() or "").split())
    (bundle,) = (world.folder / "bundles").iterdir()
    world.yuliao("verify", str(bundle), "--fingerprint", fingerprint)
    expect(tab.locator("td", has_text=translate("seal.verified", "zh")).first).to_be_attached()


def test_a_foreign_host_name_gets_no_session(console: str) -> None:
    """A page that has its own name point at this machine (DNS rebinding) is not let in; ours is."""
    port = urlsplit(console).port
    answers = []
    for host in (f"127.0.0.1:{port}", "rebound.example"):
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        headers = {
            "Host": host,
            "Origin": f"http://{host}",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }
        connection.request("GET", "/_stcore/stream", headers=headers)
        answers.append(connection.getresponse().status)
        connection.close()
    assert answers == [101, 403]
