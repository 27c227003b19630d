"""From a figure back to its rows: the live items that a query means are counted anew, one by one, without any cell."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from corpus.decisions import live
from corpus.measure import Kinds
from corpus.workspace import Workspace
from provenance.errors import GovernanceError
from rules.queries import Query

_COLUMNS = ("type", "language", "intake_bytes", "bytes", "tokens", "duration_ms", "pi", "risk_counts")
_SCALARS = ("type", "language", "disposition", "reason")


def count(workspace: Workspace, query: Query, kinds: Kinds, *, profile: str) -> int:
    """Count the live items that a figure's query means.

    Args:
        workspace: Where.
        query: What the figure counts.
        kinds: Which entities and risks are counted together.
        profile: Which standard says what personal information is sensitive.

    Returns:
        The figure's value, counted over the rows.

    Raises:
        GovernanceError: Items were sealed or moved after the ledger size of the figure.
    """
    ledger = workspace.ledger
    if ledger.subjects(kinds=("ShardSealed", "ItemsAmended"), since=query.ledger_size):
        raise GovernanceError(
            "Items were taken in or moved since this figure was made, so its rows can no longer be counted.",
            code="corpus.figure-outdated",
            remedy="Make the figures anew (`yuliao facts`) and ask again.",
        )
    names = _names(query, kinds, profile)
    return sum(_count(batch, query, names) for batch in _rows(workspace, query))


def _rows(workspace: Workspace, query: Query) -> Iterator[pa.RecordBatch]:
    view = live.now(workspace)
    for shard, batch in view.rows(_COLUMNS):
        if query.sources is None or view.sources[shard.ingest] in query.sources:
            for name in _SCALARS:
                wanted = getattr(query, name)
                batch = batch if wanted is None else batch.filter(pc.equal(batch[name], wanted))  # noqa: PLW2901
            yield batch


def _names(query: Query, kinds: Kinds, profile: str) -> frozenset[str] | None:
    """Return the entities or risks that are meant; None for any."""
    asked = query.entity or query.risk or "*any"
    if asked == "*any":
        return None
    if asked == "*sensitive":
        return kinds.sensitive[profile]
    return kinds.groups.get(asked, frozenset({asked}))


def _count(batch: pa.RecordBatch, query: Query, names: frozenset[str] | None) -> int:
    if query.entity is None and query.risk is None:
        return batch.num_rows if query.measure == "items" else pc.sum(batch[query.measure]).as_py() or 0
    lists, name = (batch["pi"], "entity") if query.entity is not None else (batch["risk_counts"], "risk")
    found, owners = pc.list_flatten(lists), pc.list_parent_indices(lists)
    mask = pa.repeat(True, len(found)) if names is None else _is_in(pc.struct_field(found, name), names)
    if query.treatment is not None:
        mask = pc.and_(mask, pc.equal(pc.struct_field(found, "treatment"), query.treatment))
    if query.measure == "items":
        return len(owners.filter(mask).unique())
    if query.measure == "hits":
        return pc.sum(pc.struct_field(found, "hits").filter(mask)).as_py() or 0
    return pc.sum(mask).as_py() or 0


def _is_in(column: pa.Array, names: frozenset[str]) -> pa.BooleanArray:
    return pc.is_in(column, value_set=pa.array(sorted(names), pa.string()))
