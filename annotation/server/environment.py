"""The server's own environment: made from a lock file with hashes, one for all workspaces, the gate copied in.

``annotation.gate`` is read as files and never imported here: it runs only inside the server.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from provenance.disk import told
from provenance.errors import ExitCode, GovernanceError

GATE = Path(__file__).parent.parent / "gate"
PACKAGE = "yuliao_gate"
_READY = "yuliao-ready"
_INSTALL_S = 1800


@dataclass(frozen=True)
class Environment:
    """A virtual environment that holds Label Studio and nothing of the platform.

    Args:
        folder: Where it is or shall be.
    """

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def gate(self) -> str:
        """Digest of the gate that :meth:`install` puts into it."""
        return gate_digest()

    @property
    def is_ready(self) -> bool:
        """Whether it was made to the end, from the lock file of this release."""
        try:
            return (self.folder / _READY).read_text("ascii") == lock_digest()
        except OSError:
            return False

    def install(self, tell: Callable[[str], None]) -> str:
        """Make the environment where it is not ready, and put the gate of this release into it.

        Args:
            tell: Says to the person what takes so long.

        Returns:
            The gate's digest.

        Raises:
            GovernanceError: The packages cannot be had, or the disk refuses.
        """
        with _alone(self.folder):
            if not self.is_ready:
                tell("Installing Label Studio into an environment of its own; once per machine, about 800 MB.")
                self._make()
            return self._put_gate()

    def _make(self) -> None:
        with told("clear an unfinished environment", self.folder):
            shutil.rmtree(self.folder, ignore_errors=True)
        lock = lock_file()
        python, uv = str(self.python), shutil.which("uv")
        if uv is not None:
            _run([uv, "venv", "--quiet", "--python", sys.executable, str(self.folder)])
            _run([uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", str(lock)])
        else:
            _run([sys.executable, "-m", "venv", str(self.folder)])
            quiet = ("--quiet", "--disable-pip-version-check")
            _run([python, "-P", "-m", "pip", "install", *quiet, "--require-hashes", "-r", str(lock)])
        with told("mark the environment ready", self.folder):
            (self.folder / _READY).write_text(_digest(lock), "ascii")

    def _put_gate(self) -> str:
        """Copy the gate where a copy differs; a server that runs has loaded its own already."""
        target, digest = self._packages() / PACKAGE, gate_digest()
        if gate_digest(target) != digest:
            with told("copy the gate", target):
                fresh = target.with_name(f".{PACKAGE}-{os.getpid()}")
                shutil.rmtree(fresh, ignore_errors=True)
                shutil.copytree(GATE, fresh, ignore=shutil.ignore_patterns("__pycache__"))
                shutil.rmtree(target, ignore_errors=True)
                fresh.rename(target)
        return digest

    def _packages(self) -> Path:
        found = sorted(self.folder.glob("lib/python*/site-packages"))
        if not found:
            raise _failed("it has no site-packages")
        return found[-1]


def gate_digest(folder: Path = GATE) -> str:
    """Return the SHA-256 over names and contents of a gate's Python files, as the gate itself counts it."""
    total = hashlib.sha256(b"yuliao/gate/1\n")
    for path in sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).as_posix()):
        total.update(f"{_digest(path)} {path.relative_to(folder).as_posix()}\n".encode())
    return total.hexdigest()


def lock_digest() -> str:
    """Return the SHA-256 of the lock file: another list of packages is another environment."""
    return _digest(lock_file())


def lock_file() -> Path:
    """Return the file with the server's packages and their hashes: of the repository, or of the installed package.

    Raises:
        GovernanceError: There is none.
    """
    here = Path(__file__).resolve()
    for path in (here.parents[2] / "requirements" / "label-studio.txt", here.parent / "label-studio.txt"):
        if path.is_file():
            return path
    raise _failed("the list of its packages is missing from this installation")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _run(command: list[str]) -> None:
    try:
        subprocess.run(  # noqa: S603  # our own words
            # our own words
            command,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            timeout=_INSTALL_S,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise _failed("its packages could not be installed") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time make or change an environment."""
    with told("lock the server's environment", folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = folder.with_name(f"{folder.name}.lock").open("w")
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _failed(why: str) -> GovernanceError:
    return GovernanceError(
        f"The environment of the annotation server cannot be made: {why}.",
        code="annotation.no-environment",
        remedy="Its own words stand above; check the disk and the package index, then run"
        " `yuliao annotate server install` again.",
        exit_code=ExitCode.ENVIRONMENT,
    )
