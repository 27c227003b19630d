"""How the console is started: every setting as a flag, so that no file in the user's folder can loosen one."""

import sys
from collections.abc import Mapping
from pathlib import Path

ENTRY = Path(__file__).parent / "entry" / "app.py"
"""The script Streamlit runs. It stands alone, because Streamlit puts its folder first on the import path."""

SETTINGS: Mapping[str, str] = {
    # A file in the user's folder may ask for this, and the start would fail.
    "global.developmentMode": "false",
    # Nothing leaves this machine, nothing is asked.
    "browser.gatherUsageStats": "false",
    "server.showEmailPrompt": "false",
    "server.headless": "true",
    # Only this machine gets in.
    "server.address": "127.0.0.1",
    "browser.serverAddress": "127.0.0.1",
    "server.enableCORS": "true",
    "server.enableXsrfProtection": "true",
    "server.enableStaticServing": "false",
    "server.enableAgentApi": "false",
    "server.maxUploadSize": "50",
    "server.fileWatcherType": "none",
    "server.runOnSave": "false",
    # A failure shows its number, not its insides, and offers no outside help.
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.toolbarMode": "viewer",
    # A table's CSV button would write foreign text that a spreadsheet takes for formulas; the report has an XLSX.
    "client.disableDataExport": "true",
    "runner.magicEnabled": "false",
    # Calm and dense: a page of evidence, not a poster.
    "theme.base": "light",
    "theme.primaryColor": "#1f5f8b",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f4f6f8",
    "theme.textColor": "#1d2733",
    "theme.borderColor": "#d5dce3",
    "theme.dataframeBorderColor": "#dfe5ea",
    "theme.dataframeHeaderBackgroundColor": "#eef2f5",
    "theme.font": '"Source Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif',
    "theme.baseFontSize": "14",
    "theme.baseRadius": "4px",
    "theme.headingFontSizes": '["1.55rem", "1.2rem", "1.05rem"]',
    "theme.headingFontWeights": "[600, 600, 600]",
    "theme.metricValueFontSize": "1.45rem",
    "theme.paddingTop": "1rem",
    "theme.showWidgetBorder": "true",
}
"""Streamlit's settings, reasons beside them; the security ones are tested in a browser."""


HOSTS = ("127.0.0.1", "localhost")
"""The only names under which the console answers: a list setting, one flag each (against DNS rebinding)."""


def command(workspace: Path, port: int) -> tuple[list[str], dict[str, str]]:
    """Return how to start the console on one workspace.

    Args:
        workspace: Folder of the workspace.
        port: TCP port on the loopback address.

    Returns:
        The argument list, and the variables to set beside the present environment. ``-P`` and its variable keep a
        folder named ``rules`` or ``ui`` where the user stands from being imported in place of ours.
    """
    flags = [f"--{name}={value}" for name, value in SETTINGS.items()]
    flags += [f"--server.allowedHosts={host}" for host in HOSTS]
    start = [sys.executable, "-P", "-m", "streamlit", "run", str(ENTRY), *flags, f"--server.port={port}"]
    return [*start, "--", str(workspace.absolute())], {"PYTHONSAFEPATH": "1"}


def address(port: int) -> str:
    """Return the address a browser opens."""
    return f"http://127.0.0.1:{port}/"
