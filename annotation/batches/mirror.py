"""Our copy of the server's outbox (发件箱副本): every row ever fetched, so that anybody can replay what was counted.

- The copy grows by what each collection fetched; the ledger names every piece, and the digest of its last row.
- Where the server no longer holds what we have, it was restored from a backup or its outbox was written anew. The copy
  is then cut where both still agree, and goes on with what the server tells now. What was told by rows that were cut is
  lost in the server. A new row that claims to be no younger than something that was cut took the place of what we had
  read: it counts as written anew (被改写), while later rows are honest work after a restore.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from annotation import outbox
from annotation.batches.desk import Desk
from annotation.outbox import Head
from annotation.port import AnnotationServer, OutboxRow
from provenance.errors import GovernanceError
from provenance.events import BatchCollected
from rules.annotation.batches import SAFETY

_FORKED = ("annotation.outbox-behind", "annotation.outbox-rewritten")


@dataclass
class Mirror:
    """The copy as it stands.

    Attributes:
        rows: The chain, row ``n`` in place ``n - 1``.
        lost: Rows that the server once told and no longer holds.
        rewritten: Numbers of rows that took the place of others.
        event: Ledger entry that last added to it, 0 where none did.
    """

    rows: list[OutboxRow] = field(default_factory=list)
    lost: list[OutboxRow] = field(default_factory=list)
    rewritten: set[int] = field(default_factory=set)
    event: int = 0

    @property
    def head(self) -> Head:
        """Its last row."""
        return Head(self.rows[-1].seq, self.rows[-1].digest) if self.rows else Head()

    def take(self, since: int, new: Sequence[OutboxRow]) -> None:
        """Go on after row ``since`` with new rows; those above it are cut."""
        self.lost += self.rows[since:]
        self.rows[since:] = new
        self.rewritten = {seq for seq in self.rewritten if seq <= since}
        if self.lost:
            horizon = max(map(_at, self.lost))
            self.rewritten |= {row.seq for row in new if _at(row) <= horizon}


def read(desk: Desk, upto: int | None = None) -> Mirror:
    """Read the copy from the ledger and the store.

    Args:
        desk: Where.
        upto: As it stood at this entry of the ledger; by default as it stands now.

    Raises:
        GovernanceError: A stored piece is missing or damaged.
    """
    found = Mirror()
    for entry in desk.workspace.ledger.entries(kinds=("BatchCollected",), upto=upto):
        event = entry.event
        assert isinstance(event, BatchCollected)
        found.event = entry.seq
        if event.rows or event.since < found.head.seq:
            found.take(event.since, unpack(desk.stores.read(SAFETY, event.rows)) if event.rows else [])
    return found


def fetch(server: AnnotationServer, held: Mirror) -> tuple[int, list[OutboxRow]]:
    """Fetch what the server tells beyond our copy.

    Returns:
        The row after which it goes on, and the rows.

    Raises:
        GovernanceError: The server does not answer, or its chain is broken.
    """
    try:
        return held.head.seq, list(outbox.follow(server.outbox(held.head.since), held.head))
    except GovernanceError as error:
        if error.code not in _FORKED:
            raise
    whole = list(outbox.follow(server.outbox(0), Head()))
    same = 0
    while same < min(len(whole), len(held.rows)) and whole[same].digest == held.rows[same].digest:
        same += 1
    return same, whole[same:]


def pack(rows: Iterable[OutboxRow]) -> bytes:
    """Return the very texts that were hashed, one a line."""
    return "".join(f"{row.body}\n" for row in rows).encode("utf-8", "surrogatepass")


def unpack(content: bytes) -> list[OutboxRow]:
    """Read them, hashing each anew."""
    found = []
    for body in content.decode("utf-8", "surrogatepass").split("\n")[:-1]:
        digest = sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
        found.append(OutboxRow(_seq(body), digest, body))
    return found


def _seq(body: str) -> int:
    return int(json.loads(body)["seq"])


def _at(row: OutboxRow) -> str:
    return outbox.read(row).at  # the gate writes all moments alike, to the millisecond
