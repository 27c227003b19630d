"""How the platform comes to its annotation server: the token's file, a team's own server, and what is missing."""

import io
import stat
from pathlib import Path

import pytest

from annotation.labelstudio import failures
from annotation.server import environment, launch, tokens
from provenance.errors import GovernanceError, Severity
from tests.fakes.terminal import typed
from tests.fakes.workroom import Workroom
from ui.services import annotating

TOKEN = "abc.def.ghi"  # noqa: S105  # invented


def test_a_token_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    """The file is readable by its owner only, is replaced whole, and none is an empty word."""
    path = tmp_path / "keys" / "annotation.token"
    assert tokens.load(path) == ""
    tokens.keep(path, "first")
    tokens.keep(path, f"{TOKEN}\n")
    assert tokens.load(path) == TOKEN
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["annotation.token"]


def test_a_token_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    """Whoever could read it could speak to the server as the platform; the sentence does not repeat it."""
    path = tmp_path / "annotation.token"
    tokens.keep(path, TOKEN)
    path.chmod(0o644)
    with pytest.raises(GovernanceError) as found:
        tokens.load(path)
    assert found.value.code == "annotation.bad-token"
    assert TOKEN not in found.value.diagnostics()


@pytest.mark.parametrize("given", ["", " \n", "two words", "口令", "a\x00b"])
def test_what_is_no_token_is_not_kept(given: str, tmp_path: Path) -> None:
    """An empty file, a sentence or a control character would only be refused later, by the server."""
    with pytest.raises(GovernanceError):
        tokens.keep(tmp_path / "annotation.token", given)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (None, "down"),
        (200, "down"),
        (302, "down"),
        (500, "down"),
        (503, "down"),
        (401, "refused"),
        (403, "refused"),
        (408, "busy"),
        (429, "busy"),
        (404, "gone"),
        (400, "rejected"),
        (409, "rejected"),
        (413, "rejected"),
    ],
)
def test_a_status_has_one_meaning(status: int | None, code: str) -> None:
    """Each status leads to one code, and only what may pass by itself is worth another try."""
    failure = failures.of_status(status)
    assert failure.code == ("annotation.project-gone" if code == "gone" else f"annotation.server-{code}")
    assert (failure.severity is Severity.RETRY) is (code in ("down", "busy"))
    assert failure.remedy


def test_our_own_server_is_used_where_none_is_named(room: Workroom) -> None:
    """Without a server that runs, the sentence says how to see to it."""
    with pytest.raises(GovernanceError) as found:
        annotating.client_of(room.house)
    assert found.value.code == "annotation.server-not-started"
    assert "yuliao annotate server start" in found.value.remedy


def test_a_server_of_another_release_is_named_with_the_way_out(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate that was started before an update lets nobody in; the sentence says so before anything is recorded."""
    running = launch.Running(1, 9, "an instance", gate="0" * 64)
    monkeypatch.setattr(launch, "find", lambda _folder: running)
    with pytest.raises(GovernanceError) as found:
        annotating.client_of(room.house)
    assert found.value.code == "annotation.server-outdated"
    assert "yuliao annotate server stop" in found.value.remedy
    assert launch.strength_of(running).expected == environment.gate_digest() != running.gate


def test_a_teams_own_server_is_named_by_its_address(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its address stands in the environment and its token in a file that a command writes from standard input."""
    monkeypatch.setenv("YULIAO_LABEL_STUDIO_URL", "http://127.0.0.1:9")
    house = Workroom.open(room.folder).house
    with pytest.raises(GovernanceError) as found:
        annotating.client_of(house)
    assert found.value.code == "annotation.no-token"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{TOKEN}\n"))
    said = typed("-w", house.settings.folder, "annotate", "server", "token")
    assert (said.code, said.out) == (0, "")
    assert TOKEN not in said.err
    assert tokens.load(annotating.token_file(house)) == TOKEN
    assert not annotating.token_file(house).is_relative_to(house.settings.folder)
    assert not annotating.client_of(house).strength().is_up
    house.workspace.database.close()


@pytest.mark.parametrize("address", ["annotate.example.org", "file:///etc/passwd", "http://"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """What is no address of a server is said so before anything is sent there."""
    from annotation.labelstudio.client import LabelStudioServer

    with pytest.raises(GovernanceError) as found:
        LabelStudioServer(address, TOKEN)
    assert found.value.code == "annotation.server-address"
