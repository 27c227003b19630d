"""The ledger (台账): one append-only chain of entries per workspace, each naming the digest of the one before.

- An entry's **body** is the canonical JSON of its envelope and payload; its **digest** is the SHA-256 of the body.
- Order comes from ``seq``, 1, 2, 3 without a gap, never from the clock.
- Appending is the last act of a transaction: what it records and the record of it stand or fall together.
- The chain shows a changed, missing or moved entry. It cannot show that its tail was cut off or that it was written
  anew as a whole; for that, size and root are published with every seal.
"""

import json
from collections.abc import Collection, Iterator
from typing import BinaryIO

from sqlalchemy import Row, func, insert, select, text
from sqlmodel import Session

from provenance import events, merkle
from provenance.canonical import encode
from provenance.clock import Clock, day_of, stamp
from provenance.database import LOCK, Database
from provenance.entries import BEGINNING, Checkpoint, Entry, Head
from provenance.errors import ExitCode, GovernanceError
from provenance.events import Event
from provenance.ids import Digest, WorkspaceId, digest
from provenance.tables import LEDGER

__all__ = ["BEGINNING", "Checkpoint", "Entry", "Head", "Ledger"]

_PAGE = 256
"""Entries read at a time."""


class Ledger:
    """The ledger of one workspace.

    Args:
        database: Where it lies; its tables exist.
        workspace: Whose it is; a database holds one workspace.
        clock: Tells the time of new entries.
    """

    def __init__(self, database: Database, workspace: WorkspaceId, clock: Clock) -> None:
        self._database = database
        self._workspace = workspace
        self._clock = clock

    def append(self, session: Session, *, actor: str, subject: str, event: Event) -> Entry:
        """Append an entry as the last act of the caller's transaction; several in a row are one last act.

        On PostgreSQL the lock on the head is taken here and held until the commit; work done after it would make all
        other writers wait.

        Args:
            session: From :meth:`Database.transaction` of the same database.
            actor: Id of the person or program that acts.
            subject: Id of what it is about: a source, a shard, a clause.
            event: What happened.

        Returns:
            The entry as it will stand once the transaction commits.

        Raises:
            GovernanceError: The event cannot be written as canonical JSON or not be read back, or the database holds
                another workspace.
        """
        session.flush()
        connection = session.connection()
        if not self._database.is_sqlite:  # SQLite's BEGIN IMMEDIATE has the lock already
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        last = connection.execute(_LAST).one_or_none()
        if last is not None and json.loads(last.body)["workspace"] != self._workspace:
            raise GovernanceError(
                "This database holds the ledger of another workspace.",
                code="provenance.other-workspace",
                remedy="Give every workspace a database of its own.",
                where=self._database.place,
            )
        body = encode(
            {
                "actor": actor,
                "at": stamp(self._clock.now()),
                "kind": type(event).__name__,
                "payload": events.payload(event),
                "previous": BEGINNING if last is None else last.digest,
                "schema": events.SCHEMA,
                "seq": 1 if last is None else last.seq + 1,
                "subject": subject,
                "workspace": self._workspace,
            }
        )
        entry = Entry.parse(body)  # what could not be read back is not written
        connection.execute(insert(LEDGER), _columns(entry))
        return entry

    def record(self, *, actor: str, subject: str, event: Event) -> Entry:
        """Append an entry in a transaction of its own.

        Raises:
            GovernanceError: As for :meth:`append`, and as for :meth:`Database.transaction`.
        """
        with self._database.transaction() as session:
            return self.append(session, actor=actor, subject=subject, event=event)

    def now(self) -> str:
        """Return the present moment as entries carry it, by the clock that dates them."""
        return stamp(self._clock.now())

    def today(self) -> str:
        """Return the present civil day in China as ``2026-11-22``, by the clock that dates the entries."""
        return day_of(self._clock.now())

    def head(self) -> Head:
        """Return the end of the ledger.

        Raises:
            GovernanceError: The database refuses.
        """
        with self._database.snapshot() as session:
            last = session.connection().execute(_LAST).one_or_none()
        return Head(0, BEGINNING) if last is None else Head(last.seq, Digest(last.digest))

    def entries(
        self, *, kinds: Collection[str] = (), subject: str = "", upto: int | None = None, since: int = 0
    ) -> Iterator[Entry]:
        """Yield entries in order of ``seq``, page by page, so that a long read stops nobody.

        Args:
            kinds: Names of events; all when empty.
            subject: Id of what they are about; anything when empty.
            upto: Last ``seq`` wanted; by default the head at the moment of the call's first step.
            since: Entries after this ``seq``.

        Raises:
            GovernanceError: The database refuses, or holds an event that this release cannot read.
        """
        for row in self._rows(kinds, upto, since, subject):
            yield Entry.parse(row.body)

    def nth(self, kind: str, subject: str, place: int) -> Entry | None:
        """Return the entry that is the n-th of its kind about a subject, found without reading those before it.

        Args:
            kind: Name of an event.
            subject: Id of what it is about.
            place: Counted from 0.

        Returns:
            The entry; None where there are not so many.

        Raises:
            GovernanceError: The database refuses, or holds an event that this release cannot read.
        """
        mine = select(LEDGER.c.seq).where(LEDGER.c.subject == subject, LEDGER.c.kind == kind)
        seq = mine.order_by(LEDGER.c.seq).offset(place).limit(1).scalar_subquery()
        with self._database.snapshot() as session:
            body = session.connection().scalar(select(LEDGER.c.body).where(LEDGER.c.seq == seq))
        return None if body is None else Entry.parse(body)

    def subjects(self, *, kinds: Collection[str], upto: int | None = None, since: int = 0) -> dict[int, str]:
        """Return what entries are about, by ``seq``, without reading the entries themselves.

        Args:
            kinds: Names of events.
            upto: Last ``seq`` wanted; by default the head.
            since: Entries after this ``seq``.

        Raises:
            GovernanceError: The database refuses.
        """
        wanted = select(LEDGER.c.seq, LEDGER.c.subject).order_by(LEDGER.c.seq)
        wanted = wanted.where(LEDGER.c.kind.in_(sorted(kinds)), LEDGER.c.seq > since)
        with self._database.snapshot() as session:
            rows = session.connection().execute(wanted if upto is None else wanted.where(LEDGER.c.seq <= upto))
            return {row.seq: row.subject for row in rows}

    def verify(self, sealed: Head | None = None) -> Head:
        """Hash the whole chain again.

        Args:
            sealed: A head published with an earlier seal, which must still be part of the chain.

        Returns:
            The head that was reached.

        Raises:
            GovernanceError: An entry is changed, missing or moved, or the ledger no longer holds what was sealed; the
                first bad ``seq`` is named.
        """
        reached = Head(0, BEGINNING)
        if sealed is not None and sealed.size == 0 and sealed.digest != BEGINNING:
            raise _broken(0, "is not the beginning that was sealed")
        for row in self._rows((), None, 0):
            seq = reached.size + 1
            if row.seq != seq:
                raise _broken(seq, "is missing")
            fault = self._fault(row, reached.digest)
            if fault:
                raise _broken(seq, fault)
            reached = Head(seq, Digest(row.digest))
            if sealed is not None and seq == sealed.size and sealed.digest != row.digest:
                raise _broken(seq, "is not the one that was sealed")
        if sealed is not None and reached.size < sealed.size:
            raise _broken(reached.size + 1, "was sealed and is missing")
        return reached

    def export(self, out: BinaryIO, *, upto: int | None = None) -> Checkpoint:
        """Write the bodies, one per line, as the bundle's ``ledger.jsonl``.

        Args:
            out: A file open for writing bytes.
            upto: Last ``seq`` wanted; by default the head.

        Returns:
            Size, head and Merkle root of what was written.

        Raises:
            GovernanceError: The database refuses.
        """
        tree, last = merkle.Tree(), BEGINNING
        for row in self._rows((), upto, 0):
            out.write(row.body + b"\n")
            tree.add(row.body)
            last = digest(row.body)
        return Checkpoint(tree.size, last, tree.root())

    def _rows(
        self, kinds: Collection[str], upto: int | None, since: int, subject: str = ""
    ) -> Iterator[Row[tuple[object, ...]]]:
        wanted = select(LEDGER).order_by(LEDGER.c.seq).limit(_PAGE)
        if kinds:
            wanted = wanted.where(LEDGER.c.kind.in_(sorted(kinds)))
        if subject:
            wanted = wanted.where(LEDGER.c.subject == subject)
        while True:
            with self._database.snapshot() as session:
                connection = session.connection()
                if upto is None:
                    upto = connection.scalar(select(func.max(LEDGER.c.seq))) or 0
                page = connection.execute(wanted.where(LEDGER.c.seq > since, LEDGER.c.seq <= upto)).all()
            yield from page
            if len(page) < _PAGE:
                return
            since = page[-1].seq

    def _fault(self, row: Row[tuple[object, ...]], previous: Digest) -> str:
        """Say what is wrong with a row, empty when nothing is."""
        if digest(row.body) != row.digest:
            return "does not have its own digest"
        try:
            envelope = json.loads(row.body)
            agrees = all(envelope[name] == getattr(row, name) for name in ("seq", "previous", "kind", "subject"))
        except (ValueError, LookupError, TypeError):
            return "is no entry"
        if not agrees:
            return "does not agree with its own columns"
        if row.previous != previous:
            return "does not follow the entry before it"
        if envelope.get("workspace") != self._workspace:
            return "belongs to another workspace"
        return ""


_LAST = select(LEDGER.c.seq, LEDGER.c.digest, LEDGER.c.body).order_by(LEDGER.c.seq.desc()).limit(1)


def _columns(entry: Entry) -> dict[str, object]:
    return {column.name: getattr(entry, column.name) for column in LEDGER.columns}


def _broken(seq: int, fault: str) -> GovernanceError:
    return GovernanceError(
        f"The ledger is broken: entry {seq} {fault}.",
        code="provenance.ledger-broken",
        remedy="Keep the catalogue as it is for the investigation, and restore the last backup that verifies.",
        where=f"seq {seq}",
        exit_code=ExitCode.VERIFICATION_FAILED,
    )
