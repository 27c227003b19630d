"""Starts the server and leaves it running, says how it is, and stops it."""

import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from annotation.server import policy
from annotation.server.environment import PACKAGE, Environment, gate_digest
from annotation.server.strength import Strength, ask
from annotation.server.variables import HOST, Settings, variables
from provenance import keys
from provenance.disk import told
from provenance.errors import ExitCode, GovernanceError

_STATE = "server.json"
_LOG = "server.log"
_READY_S = 300.0
"""A busy machine takes minutes to make the tables of a new database."""
_TABLES = "label_studio.sqlite3"
_STOP_S = 30.0
_PAUSE_S = 0.1


@dataclass(frozen=True)
class Running:
    """A server that was started here: its process, its port, the name of this start, the gate it has."""

    pid: int
    port: int
    instance: str
    gate: str

    @property
    def url(self) -> str:
        """Its address on this machine."""
        return f"http://{HOST}:{self.port}"


def install(environment: Environment, tell: Callable[[str], None]) -> str:
    """Install what is missing of the environment, with empty tables for new servers, and return the gate's digest.

    Making the tables takes half a minute, so they are made once for each gate, and copied for each new SQLite server.

    Raises:
        GovernanceError: The packages cannot be had, or the disk refuses.
    """
    gate = environment.install(tell)
    blank = _blank(environment, gate)
    if not blank.exists():
        tell("Preparing the server's empty tables; once per release.")
        with told("prepare the server's tables", blank), TemporaryDirectory(dir=environment.folder) as place:
            folder = Path(place)
            fresh = Settings(folder / "server", folder / "keys" / "gate.key", folder / "policy.json")
            keys.load_or_create_item_key(fresh.key)
            fresh.folder.mkdir()
            _run(environment, fresh, "accounts", b"[]", gate)
            (fresh.folder / "data" / _TABLES).replace(blank)
    return gate


def start(environment: Environment, settings: Settings, tell: Callable[[str], None]) -> Running:
    """Start the server and wait until it answers; what is missing of its environment is installed first.

    Raises:
        GovernanceError: One runs already, the port is taken, or it does not come up.
    """
    if (running := find(settings.folder)) is not None:
        raise GovernanceError(
            f"The annotation server runs already, at {running.url}.",
            code="annotation.server-running",
            remedy="Use it, or stop it with `yuliao annotate server stop`.",
        )
    port, instance = _free(settings.port), secrets.token_hex(8)
    gate = install(environment, tell)
    _make_ready(environment, settings, gate)
    policy.renew(settings.policy, gate=gate)
    told_to_it = variables(settings, gate=gate, instance=instance, port=port)
    log = settings.folder / _LOG
    with told("write the server's log", log), log.open("ab") as out:
        running = Running(spawn(environment, told_to_it, out.fileno()), port, instance, gate)
    _keep(settings.folder, running)
    end = time.monotonic() + _READY_S
    while not _has_ended(running.pid) and time.monotonic() < end:
        if ask(running.url).instance == instance:
            return running
        time.sleep(_PAUSE_S)
    end_process(running.pid)
    (settings.folder / _STATE).unlink(missing_ok=True)
    raise GovernanceError(
        "The annotation server did not come up.",
        code="annotation.server-failed",
        remedy="Its log says why; put that right and start it again.",
        where=str(log),
        exit_code=ExitCode.ENVIRONMENT,
    )


def find(folder: Path) -> Running | None:
    """Return the server that was started in a folder, None where none runs."""
    try:
        running = Running(**json.loads((folder / _STATE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    return running if _is_ours(running) else None


def strength_of(running: Running) -> Strength:
    """Ask a running server how it enforces the rules; the gate of another release enforces none of this one's."""
    return ask(running.url, expected=gate_digest())


def stop(folder: Path) -> bool:
    """Stop the server of a folder, letting it finish what it is at; tell whether one ran.

    Raises:
        GovernanceError: It did not end.
    """
    running = find(folder)
    if running is None:
        return False
    end_process(running.pid)
    (folder / _STATE).unlink(missing_ok=True)
    return True


def run_program(environment: Environment, settings: Settings, module: str, given: bytes) -> bytes:
    """Run one of the gate's programs over the server's database, speaking to it on its standard input alone.

    Raises:
        GovernanceError: It failed; its words may name accounts and are kept back.
    """
    gate = install(environment, lambda _words: None)
    _make_ready(environment, settings, gate)
    return _run(environment, settings, module, given, gate)


def _run(environment: Environment, settings: Settings, module: str, given: bytes, gate: str) -> bytes:
    told_to_it = variables(settings, gate=gate, instance="", port=settings.port)
    command = [str(environment.python), "-P", "-m", f"{PACKAGE}.{module}"]
    done = subprocess.run(  # noqa: S603  # our own words
        # our own words
        command,
        input=given,
        env=told_to_it,
        cwd=settings.folder,
        capture_output=True,
        check=False,
        timeout=_READY_S,
    )
    if done.returncode:
        raise GovernanceError(
            "A program of the annotation server failed.",
            code="annotation.program-failed",
            remedy="Check that its database can be reached and that `yuliao annotate server start` works.",
            where=module,
            exit_code=ExitCode.ENVIRONMENT,
        )
    return done.stdout


def spawn(environment: Environment, told_to_it: Mapping[str, str], out: int) -> int:
    """Start the server's program in a session of its own, which no Ctrl-C of ours reaches, and return its process id.

    Args:
        environment: Where the program is.
        told_to_it: Its whole environment.
        out: File descriptor of its log.
    """
    python = str(environment.python)
    streams = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, out, 1),
        (os.POSIX_SPAWN_DUP2, out, 2),
    ]
    words = [python, "-P", "-m", f"{PACKAGE}.serve"]
    return os.posix_spawn(python, words, told_to_it, file_actions=streams, setsid=True)


def _blank(environment: Environment, gate: str) -> Path:
    return environment.folder / f"blank-{gate[:16]}.sqlite3"


def _make_ready(environment: Environment, settings: Settings, gate: str) -> None:
    """Make the server's folder, its secret, and for SQLite its tables, where they are not there yet."""
    tables = settings.folder / "data" / _TABLES
    with told("make the server's folder", settings.folder):
        settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not settings.database_url and not tables.exists():
            tables.parent.mkdir(mode=0o700, exist_ok=True)
            fresh = tables.with_suffix(".new")
            shutil.copyfile(_blank(environment, gate), fresh)
            fresh.replace(tables)
    keys.load_or_create_item_key(settings.key, workspace=settings.folder)


def _free(port: int) -> int:
    """Return a port that is free now; Label Studio by itself would silently take the next one."""
    try:
        with socket.create_server((HOST, port)) as probe:
            return int(probe.getsockname()[1])
    except OSError as error:
        raise GovernanceError(
            f"Port {port} is taken or may not be used.",
            code="annotation.port-taken",
            remedy="Name another one with --port.",
            exit_code=ExitCode.ENVIRONMENT,
        ) from error


def _keep(folder: Path, running: Running) -> None:
    with told("write down the server's state", folder):
        (folder / _STATE).write_text(json.dumps(asdict(running)), "ascii")


def _is_ours(running: Running) -> bool:
    """Tell whether the process is still the one we started: a number is given anew after a restart of the machine."""
    try:
        listed = subprocess.run(  # noqa: S603
            ["ps", "-o", "command=", "-p", str(running.pid)],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return ask(running.url).instance == running.instance
    return f"{PACKAGE}.serve" in listed.stdout


def end_process(pid: int) -> None:
    """Ask a server to end, and insist where it does not."""
    end = time.monotonic() + _STOP_S
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        while not _has_ended(pid):
            if time.monotonic() > end:
                os.killpg(pid, signal.SIGKILL)
            time.sleep(_PAUSE_S)


def _has_ended(pid: int) -> bool:
    """Tell whether a process is gone, whether it is our child or was started by an earlier command."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False
