"""Seeds of draws (抽样种子): fixed in the ledger before a frame is looked at, and found again after an interruption.

A seed is an HMAC, by the key that lies outside the workspace, over the workspace, the purpose, and the place in the
ledger where it is committed: the number of the entry and the digest of the one before. So

- nothing but the commitment, its SHA-256, is stored, and the holder of the key has the same seed again at any time;
- nobody chooses a seed: whoever wants another one must lengthen the ledger, and every entry stays for all to see;
- once the draw is recorded the seed is published, and anybody can draw again and compare.

A commitment whose draw was never recorded is used up by the next draw for the same purpose.
"""

import contextlib
import hmac
from dataclasses import dataclass, field

from corpus.workspace import Workspace
from provenance.errors import ExitCode, GovernanceError, Severity
from provenance.events import SampleDrawn, SeedCommitted
from provenance.ids import Digest, digest
from provenance.ledger import Entry

_ATTEMPTS = 8
"""Times a commitment is tried while others write to the ledger."""


@dataclass(frozen=True)
class Seed:
    """A committed seed: its 32 bytes and the ledger entry of its commitment."""

    value: bytes = field(repr=False)
    event: int


def commit(workspace: Workspace, purpose: str, *, subject: str, actor: str) -> Seed:
    """Commit to a seed in a transaction of its own, or find the one that was committed and never used.

    Args:
        workspace: Where.
        purpose: What it is for: the plan, and the source where there is one.
        subject: Id of what the draw is about.
        actor: Id of the person who acts.

    Raises:
        GovernanceError: The ledger is too busy, or a commitment was made with another key.
    """
    pending = _pending(workspace, purpose)
    if pending is not None:
        return pending
    for _ in range(_ATTEMPTS):
        seed = _try_commit(workspace, purpose, subject, actor)
        if seed is not None:
            return seed
    raise GovernanceError(
        "The ledger grew faster than a seed could be committed.",
        code="corpus.seed-overtaken",
        remedy="Run the same command again.",
        severity=Severity.RETRY,
        exit_code=ExitCode.ENVIRONMENT,
    )


class _OvertakenError(Exception):
    """Somebody else wrote the entry for which a seed was derived."""


def _try_commit(workspace: Workspace, purpose: str, subject: str, actor: str) -> Seed | None:
    """Commit to the seed of the ledger's next place; None where somebody else took that place first."""
    head = workspace.ledger.head()
    value = _derive(workspace, purpose, head.size + 1, head.digest)
    event = SeedCommitted(purpose, digest(value))
    with contextlib.suppress(_OvertakenError), workspace.database.transaction() as session:
        entry = workspace.ledger.append(session, actor=actor, subject=subject, event=event)
        if entry.previous != head.digest:
            raise _OvertakenError
        return Seed(value, entry.seq)
    return None


def _pending(workspace: Workspace, purpose: str) -> Seed | None:
    kinds = (SeedCommitted.__name__, SampleDrawn.__name__)
    found: Entry | None = None
    for entry in workspace.ledger.entries(kinds=kinds):
        if isinstance(entry.event, SeedCommitted) and entry.event.purpose == purpose:
            found = entry
        elif isinstance(entry.event, SampleDrawn) and found and entry.event.seed_event == found.seq:
            found = None
    if found is None:
        return None
    value = _derive(workspace, purpose, found.seq, found.previous)
    assert isinstance(found.event, SeedCommitted)
    if digest(value) != found.event.commitment:
        raise GovernanceError(
            "A seed that the ledger committed to cannot be derived with this key.",
            code="corpus.seed-of-another-key",
            remedy="Open the workspace with the keys it was made with.",
            where=f"ledger entry {found.seq}",
            exit_code=ExitCode.ENVIRONMENT,
        )
    return Seed(value, found.seq)


def _derive(workspace: Workspace, purpose: str, seq: int, previous: Digest) -> bytes:
    parts = (b"yuliao/seed/1", workspace.id.encode(), str(seq).encode(), previous.encode(), purpose.encode())
    return hmac.digest(workspace.item_key, b"\0".join(parts), "sha256")
