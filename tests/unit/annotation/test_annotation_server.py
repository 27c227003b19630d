"""Starting the server: what it is told, what it is not, and how strongly it is said to enforce the rules."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from annotation.server import launch, strength
from annotation.server.environment import Environment
from annotation.server.variables import Settings, variables
from provenance.errors import ExitCode, GovernanceError
from tests.fakes.terminal import typed
from tests.fakes.workroom import Workroom

PASSWORD = "geheim:@/"  # noqa: S105  # the point is that it never comes out


def settings(folder: Path, **changes: Any) -> Settings:
    """A server that was never started."""
    return Settings(folder / "server", folder / "gate.key", folder / "policy.json", **changes)


def told(folder: Path, **changes: Any) -> dict[str, str]:
    """What a server would be told."""
    return variables(settings(folder, **changes), gate="g", instance="i", port=8080)


def test_nothing_leaves_the_machine(tmp_path: Path) -> None:
    """Both reporting addresses are empty, not left out, and telemetry, look-ups, sign-up and old tokens are off."""
    said = told(tmp_path)
    assert said["SENTRY_DSN"] == said["FRONTEND_SENTRY_DSN"] == ""
    off = ("COLLECT_ANALYTICS", "LATEST_VERSION_CHECK", "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN", "DEBUG")
    assert [said[name] for name in off] == ["false"] * len(off)
    assert said["YULIAO_GATE_BIND"] == "127.0.0.1:8080"


def test_the_server_is_told_nothing_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform's own secrets and settings do not reach it, whatever stands in the environment."""
    monkeypatch.setenv("YULIAO_DATABASE_URL", "postgresql://u:secret@h/catalogue")
    monkeypatch.setenv("YULIAO_KEYS", "/keys")
    monkeypatch.setenv("PYTHONPATH", "/work")
    said = told(tmp_path)
    assert not {"YULIAO_DATABASE_URL", "YULIAO_KEYS", "PYTHONPATH"} & set(said)
    assert "secret" not in json.dumps(said)


def test_a_database_of_a_team_is_named_by_its_address(tmp_path: Path) -> None:
    """User, password, host, port and name arrive as the server wants them, a socket's folder too."""
    said = told(tmp_path, database_url="postgresql://us%40er:geheim%3A%40%2F@db.example:5433/label%20studio")
    assert (said["POSTGRE_USER"], said["POSTGRE_PASSWORD"]) == ("us@er", PASSWORD)
    assert (said["POSTGRE_HOST"], said["POSTGRE_PORT"], said["POSTGRE_NAME"]) == ("db.example", "5433", "label studio")
    assert told(tmp_path, database_url="postgresql+psycopg://u@/n?host=/tmp/x")["POSTGRE_HOST"] == "/tmp/x"  # noqa: S108


@pytest.mark.parametrize("url", ["mysql://u:geheim@h/n", "postgresql://u:geheim@h", "postgresql://u:geheim@h:x/n", "x"])
def test_an_address_that_cannot_be_read_is_a_sentence(tmp_path: Path, url: str) -> None:
    """It names the variable and gives the password away nowhere."""
    with pytest.raises(GovernanceError) as caught:
        told(tmp_path, database_url=url)
    assert "YULIAO_ANNOTATION_DATABASE_URL" in caught.value.diagnostics()
    assert "geheim" not in caught.value.diagnostics()


def test_a_taken_port_is_refused(tmp_path: Path) -> None:
    """The server would silently take the next port; we say so before anything is installed or written."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(GovernanceError) as caught:
        launch.start(Environment(tmp_path / "env"), settings(tmp_path, port=taken.getsockname()[1]), print)
    assert caught.value.code == "annotation.port-taken"
    assert not list(tmp_path.iterdir())


def test_a_server_of_another_time_is_not_taken_for_ours(tmp_path: Path) -> None:
    """After a restart of the machine its number belongs to another process, which is neither reported nor stopped."""
    folder = tmp_path / "server"
    folder.mkdir()
    for content in ('{"pid": 1, "port": 1, "instance": "x", "gate": "x"}', "{torn", '{"pid": 1}'):
        (folder / "server.json").write_text(content)
        assert launch.find(folder) is None
        assert launch.stop(folder) is False


def test_an_unfinished_environment_is_not_ready(tmp_path: Path) -> None:
    """An installation that broke off, or one of another list of packages, is made anew."""
    environment = Environment(tmp_path)
    assert not environment.is_ready
    (tmp_path / "yuliao-ready").write_text("0" * 64)
    assert not environment.is_ready


@contextmanager
def _answering(answers: dict[str, object]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path)
            self.send_response(200 if answer is not None else 404)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_given: object) -> None:
            """Keep quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("answers", "is_enforced", "words"),
    [
        ({"/yuliao/gate/": {"gate": "g", "policy": "p"}}, True, "写入之前强制执行"),
        ({"/yuliao/gate/": {"gate": "old"}}, False, "不一致"),
        ({"/health/": {"status": "UP"}}, False, "未安装闸门"),
        ({}, False, "没有应答"),
    ],
)
def test_a_server_is_said_to_be_as_strong_as_it_is(answers: dict[str, object], is_enforced: bool, words: str) -> None:
    """Only the gate of this release counts as enforcement; any other server is checked afterwards, and said to be."""
    with _answering(answers) as url:
        found = strength.ask(url, expected="g")
    assert found.is_enforced is is_enforced
    assert words in found.statement_zh


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "", "http://127.0.0.1:1"])
def test_what_is_no_server_is_not_up(url: str) -> None:
    """No file is opened and nothing raised, whatever is given as an address."""
    assert strength.ask(url).is_up is False


def test_the_command_says_that_none_runs(room: Workroom) -> None:
    """Without a server ``status`` says so with the command that starts one, and ``stop`` has nothing to do."""
    said = typed("-w", room.house.settings.folder, "annotate", "server", "status")
    assert said.code == ExitCode.ENVIRONMENT
    assert "yuliao annotate server start" in said.err
    assert typed("-w", room.house.settings.folder, "annotate", "server", "stop").code == ExitCode.FINE
