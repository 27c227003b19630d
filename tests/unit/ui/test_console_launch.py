"""How the console is started: flags that no file and no variable of the user can loosen."""

import sys
from pathlib import Path

import pytest

from ui.console.launch import ENTRY, HOSTS, SETTINGS, command

SAFE = {
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.toolbarMode": "viewer",
    "server.address": "127.0.0.1",
    "server.enableCORS": "true",
    "server.enableStaticServing": "false",
    "server.enableXsrfProtection": "true",
    "server.fileWatcherType": "none",
    "server.headless": "true",
}


def test_the_safe_settings_are_flags() -> None:
    """Each security setting stands on the command line, where it wins over files and variables."""
    words, _ = command(Path("/w"), 8501)
    for name, value in SAFE.items():
        assert f"--{name}={value}" in words
    assert [word for word in words if word.startswith("--server.allowedHosts")] == [
        f"--server.allowedHosts={host}" for host in HOSTS
    ]


def test_the_workspace_follows_the_flags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry gets the workspace as its one argument, absolute; a folder that looks like a flag stays a folder."""
    monkeypatch.chdir(tmp_path)
    words, environment = command(Path("--server.address=0.0.0.0"), 8501)
    assert words[-2:] == ["--", str(tmp_path / "--server.address=0.0.0.0")]
    assert words[:5] == [sys.executable, "-P", "-m", "streamlit", "run"]
    assert environment == {"PYTHONSAFEPATH": "1"}


def test_the_entry_stands_alone() -> None:
    """Streamlit puts the entry's folder first on the path: nothing importable may lie there."""
    assert [path.name for path in ENTRY.parent.glob("*.py")] == ["app.py"]


def test_every_setting_is_known_to_streamlit() -> None:
    """A setting that Streamlit renamed would be refused at the start: it is noticed here."""
    from streamlit import config

    known = set(config.get_config_options())
    assert set(SETTINGS) | {"server.allowedHosts"} <= known
