"""Where every source stands before collection and after it (采集前安全评估、采集后核验), as the ledger says."""

from collections.abc import Iterable

from provenance.ids import SourceId
from rules import catalog, samples
from rules.samples import Dated, Standing

__all__ = ["KINDS", "LIMIT", "Standing", "standing"]

LIMIT = "source_bad_info_max_pct"
"""The threshold of the 5 % rule, by name."""
KINDS = samples.KINDS
"""Events that say something about it."""


def standing(entries: Iterable[Dated], *, limit_percent: int | None = None) -> dict[SourceId, Standing]:
    """Return the standing of every source of which a sample was drawn.

    Args:
        entries: The ledger's entries in order, all of them or those of :data:`KINDS`.
        limit_percent: The limit of the profile that applies; percent. The standard's own where None.

    Returns:
        By source; a source that is not there was neither assessed nor verified.

    Clause:
        R-001, R-002
    """
    limit = catalog.load().required(LIMIT) if limit_percent is None else limit_percent
    found = samples.fold(entries)
    drawn = dict.fromkeys(each.source for each in found.by_seq.values() if each.source)
    return {SourceId(source): found.standing(source, limit) for source in drawn}
