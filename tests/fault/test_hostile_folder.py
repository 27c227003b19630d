"""A folder of the user's may hold modules named like ours or like Python's own: nothing of it is ever imported."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.fakes.terminal import ENTRY
from tests.fakes.workroom import Workroom

pytestmark = pytest.mark.fault

SCRIPT = (str(Path(sys.executable).with_name("yuliao")),)
"""The console script, as it was installed."""
PACKAGES = ("annotation", "corpus", "pii", "provenance", "rules", "ui", "duckdb", "presidio_analyzer", "streamlit")
MODULES = ("json", "pickle", "tempfile", "socket", "selectors", "logging", "sitecustomize", "typer", "yaml", "pyarrow")
TRAP = """\
import pathlib
pathlib.Path({mark!r}).touch()
raise ImportError("a module of the user's folder was imported")
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder of traps; whoever imports one leaves ``sprung`` behind."""
    folder = tmp_path / "hostile"
    (folder / ".streamlit").mkdir(parents=True)
    (folder / ".streamlit" / "config.toml").write_text(
        '[server]\nport = 1\naddress = "0.0.0.0"\n[global]\ndevelopmentMode = true\n', "utf-8"
    )
    trap = TRAP.format(mark=str(folder / "sprung"))
    for name in PACKAGES:
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(trap, "utf-8")
    for name in MODULES:
        (folder / f"{name}.py").write_text(trap, "utf-8")
    return folder


def ran(entry: Sequence[str], *words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in the hostile folder."""
    command = [*entry, *map(str, words)]
    return subprocess.run(command, cwd=folder, env=careless(), capture_output=True, text=True, check=False, timeout=120)


def careless() -> dict[str, str]:
    """Return an environment that does not help: whoever keeps the traps out does it alone."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}


def sprung(folder: Path) -> bool:
    """Say whether a trap was sprung."""
    return (folder / "sprung").exists()


def test_the_traps_are_armed(hostile: Path) -> None:
    """Python run the careless way does fall into them: without this the other tests mean nothing."""
    assert ran((sys.executable,), "-c", "import rules", folder=hostile).returncode == 1
    assert sprung(hostile)


@pytest.mark.parametrize("entry", [ENTRY, SCRIPT], ids=["safe path", "console script"])
def test_commands_stand_in_a_hostile_folder(room: Workroom, hostile: Path, entry: Sequence[str]) -> None:
    """A 2-worker ingest, the worker and the facts work where the traps lie, started either way."""
    room.set_small_units()
    source = room.declare("own")
    file = room.write_texts("a.jsonl", (f"第{n}天，湖面很静，山路很长。" * 20 for n in range(2100)))
    workspace = room.folder / "workspace"
    done = ran(entry, "-w", workspace, "ingest", source, file, "--workers", "2", folder=hostile)
    assert (done.returncode, sprung(hostile)) == (0, False), done.stderr
    assert ran(entry, "-w", workspace, "worker", "--until-idle", folder=hostile).returncode == 0
    assert "2100" in ran(entry, "-w", workspace, "facts", folder=hostile).stdout
    assert not sprung(hostile)


@pytest.mark.parametrize("entry", [ENTRY, SCRIPT], ids=["safe path", "console script"])
def test_the_console_starts_in_a_hostile_folder(room: Workroom, hostile: Path, entry: Sequence[str]) -> None:
    """Console and its worker come up where the traps lie, and go away with Ctrl-C."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [*entry, "-w", str(room.folder / "workspace"), "console", "--port", str(port)]
    with (hostile / "console.log").open("wb") as log:
        console = subprocess.Popen(words, cwd=hostile, env=careless(), stdout=log, stderr=log, start_new_session=True)
    try:
        healthy = _answers(f"http://127.0.0.1:{port}/_stcore/health", console)
        said = (hostile / "console.log").read_text("utf-8")
        assert (healthy, sprung(hostile)) == (True, False), said
        os.killpg(console.pid, signal.SIGINT)
        assert console.wait(30) == 130
        said = (hostile / "console.log").read_text("utf-8")
        assert "Traceback" not in said, said
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(console.pid, signal.SIGKILL)
        console.wait(30)


def _answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # our own address
                return bool(answer.read() == b"ok")
        except OSError:
            time.sleep(0.1)
    return False
