"""Erase (删除): write the erasable files of shards anew without what some items had.

- Sealed item files stay as they are: what they commit to is keyed, so they say nothing, and every seal stays valid.
- Rows stay, their content becomes null; the same rows erased give the same bytes.
- New files first, then the ledger, then the old files go: killed anywhere, no event names a file that is missing, and
  whatever no event names is swept (``corpus.withdrawal.orphans``).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc

from corpus import shards
from corpus.schema import IDENTIFIERS, SIGNATURES, TEXT
from corpus.texts import ROLES, Role, texts
from corpus.workspace import Workspace
from provenance.disk import told
from provenance.events import ShardSealed, TextErased
from provenance.ids import Digest

Mask = Callable[[pa.RecordBatch], pa.BooleanArray]
"""Says which rows of a batch, which has file and position, are meant."""

_SCHEMAS = {"admitted_text": TEXT, "quarantined_text": TEXT, "identifiers": IDENTIFIERS, "signatures": SIGNATURES}


@dataclass(frozen=True)
class Rewritten:
    """A file of a shard that was written anew; it is no fact before the ledger says so."""

    shard: ShardSealed
    role: Role
    before: Digest
    after: Digest
    items: int
    """Items whose content is gone."""

    def event(self, basis: str, cause_event: int) -> TextErased:
        """Return what the ledger says about it."""
        unit = self.shard.ingest, self.shard.unit
        return TextErased(*unit, self.role, self.before, self.after, self.items, basis, cause_event)


def rewrite(
    workspace: Workspace, among: Sequence[ShardSealed], mask: Mask, *, roles: Sequence[Role] = ROLES
) -> list[Rewritten]:
    """Write the erasable files of shards anew, without the content of some items; the old ones stay for now.

    Args:
        workspace: Where.
        among: The shards.
        mask: Which items.
        roles: Which of the shards' files.

    Returns:
        The files that held anything of them, in the order of the shards.

    Raises:
        GovernanceError: A file is missing or damaged, or the disk refuses.
    """
    known = texts(workspace)
    done: dict[tuple[Role, Digest], tuple[Digest, int]] = {}
    rewritten = []
    with told("write texts anew", workspace.scratch):
        workspace.scratch.mkdir(parents=True, exist_ok=True)
        for shard in among:
            for role in roles:
                before = known.digest(shard, role)
                if before and (role, before) not in done:  # shards of the same rows share their file
                    done[role, before] = _rewrite(workspace, role, before, mask)
                after, items = done.get((role, before), (before, 0))
                if items:
                    rewritten.append(Rewritten(shard, role, before, after, items))
    return rewritten


def _rewrite(workspace: Workspace, role: Role, before: Digest, mask: Mask) -> tuple[Digest, int]:
    path = workspace.items.path(before)
    if not any(pc.any(mask(batch)).as_py() for batch in shards.batches(path, ["file", "position"])):
        return before, 0
    emptied = 0
    with TemporaryDirectory(dir=workspace.scratch, prefix="erase-") as folder:
        anew = Path(folder) / role
        with shards.TableFile(anew, _SCHEMAS[role]) as file:
            for batch in shards.batches(path):
                hit = pc.and_(mask(batch), _says_anything(batch))
                emptied += pc.sum(hit).as_py() or 0
                file.add(_emptied(batch, hit))
        return (workspace.items.put(anew), emptied) if emptied else (before, 0)


def _says_anything(batch: pa.RecordBatch) -> pa.BooleanArray:
    """Return which rows have content."""
    held = [
        pc.greater(pc.list_value_length(batch[name]), 0) if pa.types.is_list(field.type) else pc.is_valid(batch[name])
        for name, field in _content(batch)
    ]
    found = held[0]
    for each in held[1:]:
        found = pc.or_(found, each)
    return found


def _emptied(batch: pa.RecordBatch, hit: pa.BooleanArray) -> pa.RecordBatch:
    """Return the batch with nothing left in these rows but whose they are."""
    content = dict(_content(batch))
    columns = [
        pc.if_else(hit, pa.scalar([] if pa.types.is_list(field.type) else None, field.type), batch[field.name])
        if field.name in content
        else batch[field.name]
        for field in batch.schema
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _content(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.Field]]:
    return ((field.name, field) for field in batch.schema if field.name not in ("file", "position"))
