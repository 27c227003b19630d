"""The outbox (发件箱): an append-only chain in the server's database, written in the transaction of what it tells of.

- A row's body is canonical JSON (RFC 8785: keys are ASCII and sorted, there is no fraction), its digest the SHA-256 of
  that; each names the digest of the row before, numbers have no gap.
- A body holds offsets, labels, people's ids, times and keyed digests. It holds no text: what was selected is told by
  its offsets, and free text by its keyed digest alone, since only the platform can search it for personal data.
- Appending is the last act of a transaction. On PostgreSQL the lock on the chain's end is taken here, not before.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from .models import Outbox

BEGINNING = "0" * 64
_LOCK = 0x79756C6F7574
"""Key of PostgreSQL's advisory lock around the chain's end: the letters of ``yulout``."""


def append(rows: Iterable[Mapping[str, Any]]) -> None:
    """Append rows to the chain, inside the caller's transaction.

    Raises:
        RuntimeError: There is no transaction: a row could then stand without what it tells of.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the outbox is written in a transaction only")
    waiting = list(rows)
    if not waiting:
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Outbox.objects.order_by("-seq").values_list("seq", "digest").first()
    seq, previous = last or (0, BEGINNING)
    for row in waiting:
        seq += 1
        body = encode({**row, "seq": seq, "previous": previous})
        digest = hashlib.sha256(body).hexdigest()
        Outbox(seq=seq, previous=previous, digest=digest, project=row.get("project"), body=body).save(force_insert=True)
        previous = digest


def encode(row: Mapping[str, Any]) -> bytes:
    """Return the canonical bytes of a row."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
