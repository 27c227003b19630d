"""The one way into the catalogue's database: SQLite for one machine, PostgreSQL for teams, the same code over both.

- SQLite: every transaction that writes begins with an emitted ``BEGIN IMMEDIATE`` (the driver's own habit lets a
  second writer in), commits are flushed (``synchronous=FULL``), readers go on beside a writer (WAL).
- PostgreSQL: READ COMMITTED; what must be alone takes an advisory lock, late (see ``provenance.ledger``).
- A foreign exception never leaves :meth:`Database.transaction`; what leaves says what to do, and holds neither a
  password nor a value of a row.
"""

import contextlib
import weakref
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, SQLModel

from provenance import disk, tables
from provenance.errors import ExitCode, GovernanceError
from provenance.refusals import explain

BUSY_TIMEOUT_S = 60.0
"""How long a writer waits for another one before it gives up."""
CONNECT_TIMEOUT_S = 10
LOCK = 0x79756C69616F
"""Key of PostgreSQL's advisory lock around the ledger's head: the letters of ``yuliao``."""


def sqlite_url(path: Path) -> str:
    """Return the URL of a SQLite file at any path, one with spaces or question marks included."""
    return URL.create("sqlite", database=str(path.resolve())).render_as_string()


class Database:
    """A catalogue database.

    Args:
        url: ``sqlite:////absolute/file`` or ``postgresql+psycopg://user:password@host/name``.
        busy_timeout_s: Seconds a writer waits for another one.

    Raises:
        GovernanceError: The URL cannot be read, its driver is not installed, or it is a SQLite file on a network
            share.
    """

    def __init__(self, url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        self._url = _parse(url)
        self._engine = (
            _open_sqlite(self._url, busy_timeout_s) if self.is_sqlite else _open_postgresql(self._url, busy_timeout_s)
        )
        reading = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._readers = self._engine.execution_options(is_reading=True, **reading)
        weakref.finalize(self, self._engine.dispose)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite, not PostgreSQL."""
        return self._url.get_backend_name() == "sqlite"

    @property
    def place(self) -> str:
        """Where the database is, without user and password."""
        if self.is_sqlite:
            return self._url.database or ""
        return f"{self._url.host or 'local'}:{self._url.port or 5432}/{self._url.database or ''}"

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open a session that commits at the end of the block, or rolls everything back if an exception leaves it.

        Raises:
            GovernanceError: The database refuses, is full, locked, damaged or out of reach.
        """
        with self._session(self._engine) as session:
            yield session

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Open a session that sees one state, changes nothing and stops no writer.

        Raises:
            GovernanceError: As for :meth:`transaction`; also when something is written.
        """
        with self._session(self._readers) as session:
            yield session

    def create_tables(self) -> None:
        """Create every table that was imported and is not there yet, with the ledger's guards.

        Raises:
            GovernanceError: As for :meth:`transaction`.
        """
        assert tables.LEDGER.metadata is SQLModel.metadata
        with self.transaction() as session:
            if not self.is_sqlite:
                session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            SQLModel.metadata.create_all(session.connection())

    def close(self) -> None:
        """Close all connections; the next transaction opens new ones."""
        self._engine.dispose()

    @contextlib.contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine, expire_on_commit=False) as session, session.begin():
                session.connection()  # BEGIN now, not at the first statement
                yield session
        except DBAPIError as error:
            # Messages of the server can quote a row ("Key (name)=(...) exists"), so its own words stay behind.
            raise explain(error, self.place) from None
        except SQLAlchemyError as error:
            raise GovernanceError(
                f"The catalogue was used in a way it cannot answer ({type(error).__name__}).",
                code="provenance.database-misused",
                remedy="This is a fault of the program; please report it with the command that you gave.",
                where=self.place,
                exit_code=ExitCode.ENVIRONMENT,
            ) from error


def _parse(text_of_url: str) -> URL:
    try:
        url = make_url(text_of_url)
    except (ArgumentError, ValueError):
        raise GovernanceError(
            "The catalogue's address cannot be read.",
            code="provenance.database-url",
            remedy="Write sqlite:////absolute/file or postgresql+psycopg://user:password@host/name; "
            "percent-encode special characters of the password.",
        ) from None  # the cause may quote a piece of the password
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg") or not url.database:
        raise GovernanceError(
            "The catalogue is kept in a SQLite file or in PostgreSQL, and its name must be given.",
            code="provenance.database-unsupported",
            remedy="Write sqlite:////absolute/file or postgresql+psycopg://user:password@host/name.",
        )
    return url


def _open_sqlite(url: URL, busy_timeout_s: float) -> Engine:
    path = Path(url.database or "")
    if disk.file_system(path) in disk.NETWORK_KINDS:
        raise _on_a_share(path)
    # isolation_level None: the driver emits no BEGIN of its own, so ours is the only one.
    engine = create_engine(url, hide_parameters=True, connect_args={"isolation_level": None, "timeout": busy_timeout_s})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA journal_mode")
    if cursor.fetchone() != ("wal",):
        cursor.execute("PRAGMA journal_mode=WAL")
        if cursor.fetchone() != ("wal",):
            cursor.execute("PRAGMA database_list")
            raise _on_a_share(Path((cursor.fetchone() or ("", "", ""))[2]))
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    is_reading = connection.get_execution_options().get("is_reading", False)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if is_reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _on_a_share(path: Path) -> GovernanceError:
    return GovernanceError(
        "SQLite cannot be trusted on this file system: it is a network share or has no shared memory.",
        code="provenance.sqlite-on-share",
        remedy="Keep the workspace on a local disk, or give the address of a PostgreSQL server.",
        where=str(path),
        exit_code=ExitCode.ENVIRONMENT,
    )


def _open_postgresql(url: URL, busy_timeout_s: float) -> Engine:
    try:
        engine = create_engine(
            url,
            hide_parameters=True,
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S, "application_name": "yuliao"},
        )
    except ImportError as error:
        raise GovernanceError(
            "The driver for PostgreSQL is not installed.",
            code="provenance.driver-missing",
            remedy="Install it: pip install 'yuliao[postgres]'.",
            exit_code=ExitCode.ENVIRONMENT,
        ) from error

    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = {int(busy_timeout_s * 1000)}")
        cursor.close()
        connection.commit()

    event.listen(engine, "connect", prepare)
    return engine
