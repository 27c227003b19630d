"""The ledger's one table, and the column type that every table with a whole number uses.

Tables of the other floors live beside their owners, on the same ``SQLModel.metadata``. What guards the ledger stands
in the database itself, so that no program can pass by it: numbers without gaps, one follower per entry, and triggers
that refuse every change and every deletion.
"""

from typing import ClassVar

from sqlalchemy import DDL, BigInteger, Dialect, Index, Integer, LargeBinary, String, Table, TypeDecorator, event
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel


class BigInt(TypeDecorator[int]):
    """A whole number of 64 bits on both databases, to be named in ``Field(sa_type=BigInt)``.

    A plain ``int`` has 32 bits on PostgreSQL and overflows at two thousand million; SQLite never tells.
    """

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        """Say INTEGER to SQLite, whose integers are 64 bits anyway and which numbers rows under that word alone."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())


class LedgerRow(SQLModel, table=True):
    """One entry of the ledger (台账) as it lies in the database; the columns beside ``body`` only help to find it."""

    __tablename__: ClassVar[str] = "ledger"
    __table_args__ = (Index("ix_ledger_subject", "subject", "kind", "seq"),)

    seq: int = Field(primary_key=True, sa_type=BigInt, sa_column_kwargs={"autoincrement": False})
    previous: str = Field(sa_type=String(64), unique=True)
    digest: str = Field(sa_type=String(64))
    kind: str = Field(index=True)
    subject: str
    body: bytes = Field(sa_type=LargeBinary)
    """The very bytes that were hashed; never a JSON column, which would store them otherwise."""


LEDGER: Table = SQLModel.metadata.tables["ledger"]

_SQLITE_GUARDS = (
    """CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above, so it is refused before it gets there.
    """CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger
    WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger)
        OR EXISTS (SELECT 1 FROM ledger WHERE previous = NEW.previous)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
)
_POSTGRESQL_GUARDS = (
    """CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON ledger
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger
    EXECUTE FUNCTION ledger_refuse()""",
)


def _guard(dialect: str, statements: tuple[str, ...]) -> None:
    for statement in statements:
        ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its DDL without annotations
        event.listen(LEDGER, "after_create", ddl.execute_if(dialect=dialect))


_guard("sqlite", _SQLITE_GUARDS)
_guard("postgresql", _POSTGRESQL_GUARDS)
