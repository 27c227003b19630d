"""The chain holds over any history, and any single change in it is found where it was made."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from provenance.clock import SystemClock
from provenance.database import Database, sqlite_url
from provenance.errors import GovernanceError
from provenance.events import IngestAborted
from provenance.ids import new_workspace_id
from provenance.ledger import BEGINNING, Ledger

histories = st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=6)


class GivenUpError(Exception):
    """What a caller raises after it appended."""


@contextmanager
def fresh() -> Iterator[tuple[Ledger, Database]]:
    """An empty ledger in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder, "catalogue.db")))
        database.create_tables()
        yield Ledger(database, new_workspace_id(), SystemClock()), database
        database.close()


def play(ledger: Ledger, database: Database, lot: int, is_kept: bool) -> None:
    """Append a lot of entries in one transaction, and give it up if so told."""
    with database.transaction() as session:
        for n in range(lot):
            ledger.append(session, actor="p", subject="s", event=IngestAborted(ingest=n, reason=""))
        if not is_kept:
            raise GivenUpError


@given(histories)
@settings(max_examples=15, deadline=None)
def test_any_history_leaves_a_chain_of_what_was_kept(history: list[tuple[int, bool]]) -> None:
    """Lots kept and given up in any order leave numbers without gaps, each entry naming the one before."""
    with fresh() as (ledger, database):
        for lot, is_kept in history:
            if is_kept:
                play(ledger, database, lot, is_kept=True)
            else:
                with pytest.raises(GivenUpError):
                    play(ledger, database, lot, is_kept=False)
        entries = list(ledger.entries())
        assert [entry.seq for entry in entries] == list(range(1, 1 + sum(n for n, is_kept in history if is_kept)))
        previous = BEGINNING
        for entry in entries:
            assert entry.previous == previous
            assert entry.digest == hashlib.sha256(entry.body).hexdigest()
            previous = entry.digest
        assert ledger.verify() == ledger.head()


@given(st.integers(1, 8), st.data())
@settings(max_examples=25, deadline=None)
def test_any_changed_byte_is_found_where_it_is(size: int, data: st.DataObject) -> None:
    """One byte of one body changed: the chain verified before, and names exactly this entry afterwards."""
    with fresh() as (ledger, database):
        play(ledger, database, size, is_kept=True)
        assert ledger.verify().size == size
        seq = data.draw(st.integers(1, size))
        body = bytearray(next(ledger.entries(since=seq - 1)).body)
        at = data.draw(st.integers(0, len(body) - 1))
        body[at] ^= data.draw(st.integers(1, 255))
        with database.transaction() as session:
            session.connection().execute(text("DROP TRIGGER ledger_no_update"))
            change = text("UPDATE ledger SET body = :body WHERE seq = :seq")
            session.connection().execute(change, {"body": bytes(body), "seq": seq})
        with pytest.raises(GovernanceError) as found:
            ledger.verify()
        assert found.value.where == f"seq {seq}"
