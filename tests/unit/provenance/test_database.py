"""The door to the database lets no foreign exception, no password and no value of a row through."""

import importlib
import sqlite3
import sys
import traceback
from pathlib import Path

import pytest
from sqlalchemy import Integer, text
from sqlalchemy.dialects import postgresql
from sqlmodel import SQLModel

from provenance import disk
from provenance.database import Database, sqlite_url
from provenance.errors import ExitCode, GovernanceError, Severity

SECRET = "s3cr3t-value"  # noqa: S105 -- looked for in errors, where it must not be


def refusal(database: Database, *statements: str) -> GovernanceError:
    """Return what comes out when statements are refused."""

    def run() -> None:
        with database.transaction() as session:
            for statement in statements:
                session.connection().execute(text(statement))

    with pytest.raises(GovernanceError) as caught:
        run()
    shown = "".join(traceback.format_exception(caught.value))
    assert SECRET not in shown
    assert SECRET not in caught.value.diagnostics()
    assert caught.value.exit_code is ExitCode.ENVIRONMENT
    return caught.value


def test_sqlite_is_opened_the_safe_way(sqlite_address: str) -> None:
    """Commits are flushed, readers go beside a writer, foreign keys hold, and a reader cannot write."""
    database = Database(sqlite_address)
    database.create_tables()
    with database.transaction() as session:
        pragmas = [
            session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "query_only")
        ]
    assert pragmas == ["wal", 2, 1, 0]
    with pytest.raises(GovernanceError) as refused, database.snapshot() as session:
        session.connection().execute(text("CREATE TABLE other (n INTEGER)"))
    assert refused.value.code == "provenance.database-denied"
    with database.transaction() as session:
        session.connection().execute(text("CREATE TABLE other (n INTEGER)"))


def test_a_transaction_on_sqlite_begins_with_the_lock(sqlite_address: str) -> None:
    """A second writer waits before its first statement, not at its commit; without the emitted BEGIN it would not."""
    first, second = Database(sqlite_address), Database(sqlite_address, busy_timeout_s=0.05)
    first.create_tables()
    with first.transaction():
        error = refusal(second, "SELECT 1")
        with second.snapshot() as session:
            assert session.connection().scalar(text("SELECT 1")) == 1
    assert (error.code, error.severity) == ("provenance.database-busy", Severity.RETRY)
    with second.transaction() as session:
        assert session.connection().scalar(text("SELECT 1")) == 1


def test_tables_may_be_created_twice(database: Database) -> None:
    """Creating the tables again changes nothing and fails on nothing."""
    database.create_tables()


def test_a_full_disk_is_told(sqlite_address: str) -> None:
    """When the file cannot grow the error says so, nothing is half-written, and the next write after it works."""
    database = Database(sqlite_address)
    database.create_tables()
    grow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99) INSERT INTO t SELECT"
    with database.transaction() as session:
        session.connection().execute(text("CREATE TABLE t (b BLOB)"))
    error = refusal(database, "PRAGMA max_page_count = 20", f"{grow} zeroblob(9999) FROM n")
    assert error.code == "provenance.disk-full"
    with database.transaction() as session:
        session.connection().execute(text("PRAGMA max_page_count = 100000"))
        assert session.connection().scalar(text("SELECT count(*) FROM t")) == 0
        session.connection().execute(text(f"{grow} zeroblob(9999) FROM n"))


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """A file with other content is called damaged; a folder that does not exist is named with the remedy."""
    (tmp_path / "catalogue.db").write_bytes(b"this is text" * 1000)
    assert refusal(Database(sqlite_url(tmp_path / "catalogue.db")), "SELECT 1").code.endswith("database-damaged")
    assert refusal(Database(sqlite_url(tmp_path / "no/catalogue.db")), "SELECT 1").code.endswith("no-catalogue")


def test_odd_paths_are_paths(tmp_path: Path) -> None:
    """Spaces, question marks and Chinese characters in a path are no part of a URL."""
    path = tmp_path / "a b?c=d%20#语料.db"
    database = Database(sqlite_url(path))
    database.create_tables()
    database.close()
    assert path.is_file()


def test_a_missing_table_is_told(address: str) -> None:
    """Before the tables exist both databases point to `yuliao init`."""
    error = refusal(Database(address), "SELECT * FROM ledger")
    assert error.code == "provenance.no-catalogue"
    assert "yuliao init" in error.remedy


def test_no_value_of_a_row_leaves(database: Database) -> None:
    """Neither a refused row's values nor the server's sentence about them are in what comes out."""
    with database.transaction() as session:
        session.connection().execute(text("CREATE TABLE people (name VARCHAR(99) PRIMARY KEY, n INTEGER NOT NULL)"))
        session.connection().execute(text("INSERT INTO people VALUES ('s3cr3t-value', 1)"))
    twice = refusal(database, "INSERT INTO people VALUES ('s3cr3t-value', 2)")
    null = refusal(database, "INSERT INTO people VALUES ('s3cr3t-value-2', NULL)")
    assert twice.code == null.code == "provenance.database-conflict"
    refusal(database, "SELECT 's3cr3t-value' FROM")
    with pytest.raises(GovernanceError) as caught, database.transaction() as session:
        session.connection().execute(text("INSERT INTO people VALUES (:name, NULL)"), {"name": SECRET})
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+psycopg://me:{SECRET}@127.0.0.1:1/none",
        f"postgresql://me:{SECRET}@127.0.0.1:1/none",
        f"postgresql+psycopg://me@127.0.0.1:1/none?password={SECRET}",
    ],
)
def test_a_server_out_of_reach_is_told_without_the_password(url: str) -> None:
    """A refused connection is an error for people that names the place and never the password."""
    error = refusal(Database(url), "SELECT 1")
    assert (error.code, error.severity) == ("provenance.database-unreachable", Severity.RETRY)
    assert "127.0.0.1:1/none" in error.where


@pytest.mark.needs("postgres")
def test_a_database_that_does_not_exist_is_told(postgres_address: str) -> None:
    """A reachable server without this database gives an error for people."""
    name = postgres_address.partition("@/")[2].partition("?")[0]
    error = refusal(Database(postgres_address.replace(name, "nosuch")), "SELECT 1")
    assert error.code in ("provenance.no-catalogue", "provenance.database-unreachable")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        f"postgresql://me:{SECRET}@host:{SECRET}/x",
        f"mysql://me:{SECRET}@host/x",
        f"sqlite+aiosqlite:///{SECRET}",
        "sqlite://",
        "postgresql://host",
    ],
)
def test_an_address_that_cannot_be_used_is_told(url: str) -> None:
    """A URL of another form, another database or without a name is refused with the form that is wanted."""
    with pytest.raises(GovernanceError) as refused:
        Database(url)
    shown = "".join(traceback.format_exception(refused.value))
    assert "sqlite:////absolute/file" in refused.value.remedy
    assert SECRET not in shown


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without psycopg the error names the extra to install."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "psycopg"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(GovernanceError) as refused:
        Database("postgresql://host/name")
    assert refused.value.code == "provenance.driver-missing"
    assert "yuliao[postgres]" in refused.value.remedy


def test_sqlite_on_a_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a network file system SQLite is refused in one sentence; on a local one it is not."""
    url = sqlite_url(tmp_path / "catalogue.db")
    Database(url)
    for kind in ("nfs4", "cifs", "fuse.sshfs"):
        monkeypatch.setattr(disk, "file_system", lambda _, kind=kind: kind)
        with pytest.raises(GovernanceError) as refused:
            Database(url)
        assert refused.value.code == "provenance.sqlite-on-share"
        assert "PostgreSQL" in refused.value.remedy


def test_every_whole_number_has_64_bits_on_postgresql() -> None:
    """No table of any floor has a bare integer column, which PostgreSQL would make 32 bits wide."""
    for name in ("corpus.tables", "annotation.tables", "ui.tables", "provenance.tables"):
        if importlib.util.find_spec(name):
            importlib.import_module(name)
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it without annotations
    assert str(Integer().compile(dialect=dialect)) == "INTEGER"
    for table in SQLModel.metadata.tables.values():
        for column in table.columns:
            assert column.type.compile(dialect=dialect) not in ("INTEGER", "SMALLINT"), column


def test_a_big_number_survives_both_databases(database: Database) -> None:
    """The highest 64-bit number comes back from the ledger's own column type."""
    with database.transaction() as session:
        cast = session.connection().scalar(text("SELECT CAST(9223372036854775807 AS BIGINT)"))
    assert cast == 2**63 - 1


def test_the_control_of_the_lock_test() -> None:
    """SQLite's own deferred BEGIN lets a second transaction in, which is why ours is emitted."""
    one = sqlite3.connect("file:control?mode=memory&cache=shared", uri=True, isolation_level=None)
    two = sqlite3.connect("file:control?mode=memory&cache=shared", uri=True, isolation_level=None)
    one.execute("BEGIN")
    two.execute("BEGIN")
    one.close()
    two.close()
