"""The pages of the console over a workspace in memory (Streamlit's AppTest)."""

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
import structlog
from streamlit.testing.v1 import AppTest

import ui.console
from provenance.ids import SourceId
from tests.fakes.console import COMMAND, REFUSAL, FakeWorkspace, job
from tests.fakes.facts import facts, source
from ui import services
from ui.console.launch import ENTRY
from ui.i18n import translate
from ui.services import SealView

PAGES = ("readiness", "sources", "jobs", "export")
CONSOLE = Path(ui.console.__file__).parent
MARKER = "![seen](http://tracker.example/x.png)"
AS_MARKDOWN = ("markdown", "title", "header", "subheader", "caption", "error", "warning", "info", "success", "metric")
Visit = Callable[..., AppTest]


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Visit]:
    """Open a page over a fake workspace."""

    def run(page: str, workspace: FakeWorkspace, lang: str = "zh") -> AppTest:
        monkeypatch.setattr(services, "open_workspace", lambda _: workspace)
        monkeypatch.setattr(sys, "argv", ["app.py", str(tmp_path)])
        at = AppTest.from_file(str(ENTRY), default_timeout=20)
        at.query_params["lang"] = lang
        at.run()
        if page != "readiness":
            at.switch_page(str(CONSOLE / f"page_{page}.py"))
            at.run()
        assert not at.exception
        return at

    yield run
    st.cache_resource.clear()


def said(at: AppTest, *kinds: str) -> str:
    """Return all text of some kinds of element."""
    found = [element for kind in kinds for element in at.get(kind)]
    return "\n".join(str(getattr(element, "value", "") or getattr(element, "label", "")) for element in found)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_opens_in_both_languages(visit: Visit, page: str, lang: str) -> None:
    """A page has its title in the language of the address and shows no error."""
    at = visit(page, FakeWorkspace(), lang)
    assert at.title[0].value == translate(f"{page}.title", "zh" if lang == "zh" else "en")
    assert "broken" not in said(at, "error")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_an_empty_workspace(visit: Visit, page: str) -> None:
    """Nothing registered, nothing run, nothing sealed: each page says which command to run."""
    bare = facts(sources={}, composition=(), by_type={}, by_reason={}, uncovered=(), lexicon=None)
    at = visit(page, FakeWorkspace(given_facts=bare, given_rows=(), given_jobs=[]))
    assert "yuliao " in said(at, "code")


def test_readiness_concludes_and_puts_what_blocks_first(visit: Visit) -> None:
    """One line says whether it can be filed; the violated clause and its command come first."""
    workspace = FakeWorkspace()
    at = visit("readiness", workspace)
    assert at.error[0].value == translate("readiness.fails", "zh", fails=1, lacks=2, waits=1)
    assert workspace.given_rows[0].clause in at.text[1].value
    assert at.code[0].value == workspace.given_rows[0].next_action


def test_readiness_without_violations_is_not_ready_while_unproved(visit: Visit) -> None:
    """A proposal is no verdict: the line turns green only when a person settled every clause."""
    _, lacking, looks_met, met, planned, unneeded, _ = FakeWorkspace().given_rows
    for given in ((lacking, met), (looks_met, met), (planned, met)):
        at = visit("readiness", FakeWorkspace(given_rows=given))
        assert len(at.warning) == 1
        st.cache_resource.clear()
    assert len(visit("readiness", FakeWorkspace(given_rows=(met, unneeded))).success) == 1


def test_the_language_switch_changes_page_and_address(visit: Visit) -> None:
    """One click turns the page into English and keeps it in the address."""
    at = visit("readiness", FakeWorkspace())
    at.button_group(key="language_switch").set_value("en").run()
    assert at.title[0].value == "Readiness"
    assert at.query_params["lang"] in ("en", ["en"])


def test_sources_name_the_missing_paper_and_its_command(visit: Visit) -> None:
    """A source that lacks a paper shows which, and the command that supplies it."""
    at = visit("sources", FakeWorkspace())
    at.selectbox(key="source").select("scraped").run()
    assert "开源许可文本" in said(at, "text")
    assert COMMAND in said(at, "code")


def test_the_figures_of_a_source_stand_by_disposition(visit: Visit) -> None:
    """The detail of a source shows where its items went."""
    at = visit("sources", FakeWorkspace())
    assert [metric.value for metric in at.metric] == ["1,234", "1,000", "120", "100", "14"]


def test_a_job_whose_sum_breaks_is_shown_as_broken(visit: Visit) -> None:
    """The queue checks taken in = admitted + quarantined + duplicate + rejected for every job."""
    lost = job(id="j-9", counts={"taken_in": 10, "admitted": 9, "quarantined": 0, "duplicate": 0, "rejected": 0})
    at = visit("jobs", FakeWorkspace(given_jobs=[job(), lost]))
    assert sorted(at.dataframe[0].value["sum"]) == sorted(
        [translate("jobs.sum_holds", "zh"), translate("jobs.sum_broken", "zh")]
    )


def test_an_ingest_is_submitted_and_not_run(visit: Visit) -> None:
    """The form hands paths and person to the queue; the job waits for a worker."""
    workspace = FakeWorkspace()
    at = visit("jobs", workspace)
    at.text_area(key="ingest_paths").input("/data/a.jsonl\n\n /data/b ")
    at.text_input(key="actor_ingest").input("p-017")
    at.button[0].click().run()
    assert workspace.asked == [("ingest", "encyclopaedia", ["/data/a.jsonl", "/data/b"], "p-017")]
    assert "yuliao worker" in said(at, "code")


def test_an_incomplete_form_is_not_sent(visit: Visit) -> None:
    """Without a path nothing is submitted."""
    workspace = FakeWorkspace()
    at = visit("jobs", workspace)
    at.button[0].click().run()
    assert workspace.asked == []
    assert at.error[0].value == translate("jobs.incomplete", "zh")


def test_a_refused_request_says_what_to_do(visit: Visit) -> None:
    """The service's refusal is shown with its remedy and its code."""
    workspace = FakeWorkspace(refusal=REFUSAL)
    at = visit("jobs", workspace)
    at.text_area(key="ingest_paths").input("/data/a.jsonl")
    at.text_input(key="actor_ingest").input("p-017")
    at.button[0].click().run()
    assert REFUSAL.diagnostics() in said(at, "code")


def test_a_waiting_job_can_be_cancelled(visit: Visit) -> None:
    """The person who cancels is named to the service."""
    workspace = FakeWorkspace(given_jobs=[job(id="j-7", state="running")])
    at = visit("jobs", workspace)
    at.text_input(key="actor_cancel").input("p-017").run()
    at.button(key="cancel").click().run()
    assert workspace.asked == [("cancel", "j-7", "p-017")]


def test_export_offers_the_documents_and_asks_for_a_seal(visit: Visit) -> None:
    """The report is rendered on request, and a seal is a job, not an act of the page."""
    workspace = FakeWorkspace()
    at = visit("export", workspace)
    assert at.warning[0].value == translate("export.missing", "zh", count=5)
    at.button(key="render").click().run()
    assert len(at.get("download_button")) == 2
    at.text_input(key="actor_seal").input("p-017").run()
    at.button(key="seal").click().run()
    assert workspace.asked == [("seal", "p-017")]


def test_export_shows_the_fingerprint_to_print(visit: Visit) -> None:
    """The latest seal's key fingerprint stands in groups of four, with the command that verifies."""
    seal = SealView(42, "2026-11-22T09:00:00Z", 41, "5d" * 32, Path("/srv/bundle"), verified=True)
    gone = SealView(40, "2026-11-21T09:00:00Z", 39, "5d" * 32, None, verified=None)
    at = visit("export", FakeWorkspace(given_seals=[gone, seal]))
    assert " ".join(["5d5d"] * 8) in said(at, "code")
    assert "yuliao verify /srv/bundle" in said(at, "code")
    assert list(at.dataframe[-1].value["state"]) == [translate("seal.verified", "zh"), translate("seal.absent", "zh")]


@pytest.mark.parametrize("page", PAGES)
def test_foreign_text_is_never_read_as_markdown(visit: Visit, page: str) -> None:
    """A name, an address, a reason, a message may hold an image link: it is shown literally or in a table cell."""
    named = source(name=MARKER, origin=MARKER, licence=MARKER, legal_basis=MARKER, region_reason=MARKER, region=MARKER)
    workspace = FakeWorkspace(
        given_facts=facts(sources={SourceId("encyclopaedia"): named}),
        given_jobs=[job(state="failed", message=MARKER), job(kind="seal", state="failed", message=MARKER)],
    )
    at = visit(page, workspace)
    if page == "sources":
        assert MARKER in said(at, "text")
    assert MARKER not in said(at, *AS_MARKDOWN)
    assert not [box for box in at.selectbox if MARKER in str(box.label)]


def test_an_unexpected_failure_shows_a_number_and_logs_no_message(visit: Visit) -> None:
    """The reader gets an error number; the log gets the number and the place, never the message."""
    with structlog.testing.capture_logs() as logged:
        at = visit("readiness", FakeWorkspace(refusal=RuntimeError("13800138000 in the message")))
    (entry,) = [line for line in logged if line["event"] == "console.page_failed"]
    assert entry["error_id"] in at.error[-1].value
    assert entry["error"] == "RuntimeError"
    assert "13800138000" not in str(logged) + said(at, "error", "code", "text", "markdown")


def test_no_page_uses_a_call_that_renders_data_as_markup() -> None:
    """Markdown, HTML and the guessing ``st.write`` are not called at all, nor is a table that reads Markdown."""
    banned = {"markdown", "html", "write", "write_stream", "latex", "table", "iframe", "exception", "json"}
    found = []
    for path in CONSOLE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in banned:
                found.append((path.name, node.lineno))
            if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html":
                found.append((path.name, node.value.lineno))
    assert found == []


def test_pages_reach_the_house_through_services_alone() -> None:
    """A page imports Streamlit, its frame, the messages and ``ui.services``, and no floor below."""
    allowed = ("ui.services", "ui.i18n", "ui.console")
    ours = ("ui", "annotation", "corpus", "pii", "rules", "provenance")
    found = []
    for path in CONSOLE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""] if node.module != "ui" else [f"ui.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            found += [
                (path.name, name) for name in names if name.split(".")[0] in ours and not name.startswith(allowed)
            ]
    assert found == []
