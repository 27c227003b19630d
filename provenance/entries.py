"""What a ledger (台账) is made of: entries, its head, and what is published of it with every seal."""

import json
from dataclasses import dataclass
from typing import Self

from provenance import events
from provenance.canonical import Json
from provenance.errors import ExitCode, GovernanceError
from provenance.events import Event
from provenance.ids import Digest, WorkspaceId, digest

BEGINNING = Digest("0" * 64)
"""What the first entry names as its predecessor."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the ledger: how many entries, and the digest of the last one."""

    size: int
    digest: Digest


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is published of a ledger with every seal; ``root`` is the Merkle root over the bodies (RFC 9162)."""

    size: int
    head: Digest
    root: Digest

    def predicate(self) -> dict[str, Json]:
        """Return the three as the fields of a bundle's predicate that the verifier looks for."""
        return {"ledger_size": self.size, "ledger_head": self.head, "ledger_root": self.root}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: who did what to which subject, and when."""

    seq: int
    at: str
    actor: str
    kind: str
    subject: str
    workspace: WorkspaceId
    schema: int
    previous: Digest
    body: bytes
    digest: Digest
    event: Event

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read an entry from its body.

        Raises:
            GovernanceError: It is no entry, or holds an event that this release cannot read.
        """
        try:
            envelope = json.loads(body)
            kind, schema, payload = envelope["kind"], envelope["schema"], envelope.pop("payload")
            event = events.read(kind, schema, payload)
            return cls(body=body, digest=digest(body), event=event, **envelope)
        except (ValueError, LookupError, TypeError, RecursionError):
            raise GovernanceError(
                "What stands in the ledger is no entry.",
                code="provenance.damaged-entry",
                remedy="Run `yuliao doctor`, which names the place; restore the catalogue from a backup.",
                exit_code=ExitCode.VERIFICATION_FAILED,
            ) from None  # the cause may quote the entry
