"""A real Chromium before the real console over a real workspace, on this machine only."""

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, Route, expect, sync_playwright

from tests.fakes.world import World, build
from ui.console.launch import address, command

REMEDY = (
    "No Chromium was found. Install it (Debian, Ubuntu: apt-get install chromium; macOS: Google Chrome or"
    " `playwright install chromium`), or leave these tests out with --without chromium."
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
VIEW = {"width": 1366, "height": 768}
_START_S = 40.0
_PATIENCE_MS = 30_000
"""A machine that builds and tests at once is slow to draw."""


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A workspace with admitted sources, nothing ingested yet, and a source that was refused for want of papers."""
    return build(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def console(world: World) -> Iterator[str]:
    """The address of a running console, started by the command that `yuliao console` starts."""
    port = _free_port()
    words, changed = command(world.folder, port)
    log = world.folder.parent / "console.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            words, env={**world.environment, **changed}, cwd=world.folder.parent, stdout=out, stderr=out
        )
    try:
        _wait_for(address(port) + "_stcore/health", server, log)
        yield address(port)
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium, or a failure that names the remedy."""
    with sync_playwright() as playwright:
        browser = _launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh session that reaches this machine alone; any other request is stopped and fails the test."""
    strangers: list[str] = []

    def judge(route: Route) -> None:
        if urlsplit(route.request.url).hostname in ("127.0.0.1", "localhost", None):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    session = chromium.new_context(viewport=VIEW, accept_downloads=True, locale="zh-CN")  # type: ignore[arg-type]
    session.set_default_timeout(_PATIENCE_MS)
    expect.set_options(timeout=_PATIENCE_MS)
    session.route("**/*", judge)
    yield session
    session.close()
    assert strangers == [], "the console asked another machine for something"


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    """An empty tab."""
    return context.new_page()


def _launch(playwright: Playwright) -> Browser:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    places = [
        *(found for name in names if (found := shutil.which(name))),
        "/usr/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        playwright.chromium.executable_path,
    ]
    for place in dict.fromkeys(places):
        if Path(place).is_file():
            try:
                return playwright.chromium.launch(executable_path=place, args=list(FLAGS))
            except Error:
                continue  # a broken installation is none; the next may be whole
    pytest.fail(REMEDY, pytrace=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_S
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  # our own loopback address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"The console did not start:\n{log.read_text(errors='replace')[-3000:]}", pytrace=False)
