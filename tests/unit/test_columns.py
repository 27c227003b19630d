"""Whole numbers in the catalogue have 64 bits on both databases."""

import importlib
import pkgutil

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, TypeDecorator
from sqlmodel import SQLModel

FLOORS = ("provenance", "rules", "pii", "corpus", "annotation", "ui")


def bare(metadata: MetaData) -> list[str]:
    """Return the columns that would overflow at two thousand million on PostgreSQL."""
    found = []
    for table in metadata.sorted_tables:
        for column in table.columns:
            kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
            if isinstance(kind, Integer) and not isinstance(kind, BigInteger):
                found.append(f"{table.name}.{column.name}")
    return found


def test_no_column_is_a_bare_integer() -> None:
    """Once every floor is imported no table has an integer of 32 bits; a plain one is seen."""
    for floor in FLOORS:
        package = importlib.import_module(floor)
        for module in pkgutil.walk_packages(package.__path__, f"{floor}."):
            # The console's pages run when they are imported; the gate's tables are those of another program.
            if not module.name.startswith(("ui.console", "annotation.gate")):
                importlib.import_module(module.name)
    assert {"ledger", "job", "ingest_file", "ingest_unit", "ingest_slice"} <= set(SQLModel.metadata.tables)
    assert bare(SQLModel.metadata) == []

    careless = MetaData()
    Table("careless", careless, Column("fine", BigInteger), Column("bytes", Integer))
    assert bare(careless) == ["careless.bytes"]
