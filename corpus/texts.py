"""Where the erasable files of a shard lie now: texts, identifiers, signatures, which an erasure (删除) writes anew.

A sealed event names them as they were; ``TextErased`` says what took their place. Who opens one asks here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from corpus.workspace import Workspace
from provenance.events import ShardSealed, TextErased
from provenance.ids import Digest

Role = Literal["admitted_text", "quarantined_text", "identifiers", "signatures"]
ROLES: tuple[Role, ...] = get_args(Role)
"""The files of a shard that can be erased, as the fields of ``ShardSealed`` name them."""


@dataclass(frozen=True)
class Texts:
    """The erasable files of all shards, as they are at one moment."""

    workspace: Workspace
    latest: Mapping[tuple[int, int, str], str]

    def digest(self, shard: ShardSealed, role: Role) -> Digest:
        """Return the digest of the file that holds this content of a shard now."""
        return Digest(self.latest.get((shard.ingest, shard.unit, role), getattr(shard, role)))

    def path(self, shard: ShardSealed, role: Role) -> Path:
        """Return where that file stands.

        Raises:
            GovernanceError: It is missing.
        """
        return self.workspace.items.path(self.digest(shard, role))


def texts(workspace: Workspace, *, ingest: int | None = None) -> Texts:
    """Return where the erasable files of all shards lie now.

    Args:
        workspace: Where.
        ingest: Only of the shards of this ingest, which is sooner told.
    """
    erased = _erasures(workspace, "" if ingest is None else f"ingest-{ingest}")
    return Texts(workspace, {(each.ingest, each.unit, each.role): each.after for each in erased})


def _erasures(workspace: Workspace, subject: str) -> Iterator[TextErased]:
    for entry in workspace.ledger.entries(kinds=("TextErased",), subject=subject):
        assert isinstance(entry.event, TextErased)
        yield entry.event
