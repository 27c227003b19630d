"""Sum cells over the ledger: per source, what its sealed shards add, and what re-reading and amendments move.

A shard counts once, under the source of its plan. An entry that does not fit (a shard without plan, the same work unit
twice, a completion whose sum differs) is no finding but a broken ledger, and raises.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from provenance.cells import Cells, Key
from provenance.errors import ExitCode, GovernanceError
from provenance.events import Event, IngestAborted, IngestCompleted, IngestPlanned, ItemsAmended, ShardSealed

_Counts = dict[Key, int]


@dataclass
class Ingest:
    """A plan and what has been sealed of it."""

    plan: IngestPlanned
    state: str = "planned"
    units: set[int] = field(default_factory=set)
    cells: Counter[Key] = field(default_factory=Counter)


@dataclass
class Tally:
    """Running sums of a fold: ingests by the sequence number of their plan, cells by source."""

    ingests: dict[int, Ingest] = field(default_factory=dict)
    by_source: defaultdict[str, Counter[Key]] = field(default_factory=lambda: defaultdict(Counter))

    def take(self, seq: int, event: Event) -> None:
        """Let an event change the sums, if it is one of the four that do.

        Raises:
            GovernanceError: The ledger contradicts itself.
        """
        match event:
            case ShardSealed():
                self.seal(seq, event)
            case IngestPlanned():
                self.ingests[seq] = Ingest(event)
            case IngestCompleted():
                self.complete(seq, event)
            case IngestAborted():
                self._ingest(seq, event.ingest).state = "aborted"
            case _:
                pass  # Beginnings, exports and seals change no figure.

    def seal(self, seq: int, event: ShardSealed) -> None:
        """Add a sealed shard.

        Raises:
            GovernanceError: No plan has this number, or the work unit was sealed before.
        """
        ingest = self._ingest(seq, event.ingest)
        if event.unit in ingest.units:
            raise broken(f"entry {seq} seals work unit {event.unit} of ingest {event.ingest} a second time")
        ingest.units.add(event.unit)
        total = self.by_source[ingest.plan.source]
        _add(ingest.cells, event.cells.rows)
        _add(total, event.cells.rows)
        for key, count in event.replaced.rows:
            total[key] -= count

    def complete(self, seq: int, event: IngestCompleted) -> None:
        """Close an ingest.

        Raises:
            GovernanceError: Shards or their sum differ from what the completion says.
        """
        ingest = self._ingest(seq, event.ingest)
        if event.shards != len(ingest.units) or event.cells != Cells.of(ingest.cells):
            raise broken(f"entry {seq} completes ingest {event.ingest} with another sum than its shards have")
        ingest.state = "completed"

    def amend(self, seq: int, source: str, event: ItemsAmended) -> None:
        """Move items of a source from one disposition to another.

        Raises:
            GovernanceError: It adds items or loses some.
        """
        if sum(event.cells.items_by_disposition().values()):
            raise broken(f"entry {seq} amends items and changes how many there are")
        total = self.by_source[source]
        for key, count in event.cells.rows:
            total[key] += count

    def unfinished(self) -> tuple[int, ...]:
        """Return the plans that were neither completed nor given up."""
        return tuple(seq for seq, ingest in sorted(self.ingests.items()) if ingest.state == "planned")

    def _ingest(self, seq: int, number: int) -> Ingest:
        if number not in self.ingests:
            raise broken(f"entry {seq} belongs to ingest {number}, which was never planned")
        return self.ingests[number]


def broken(what: str) -> GovernanceError:
    """Return the error for a ledger (台账) that contradicts itself."""
    return GovernanceError(
        f"The ledger contradicts itself: {what}.",
        code="rules.broken-ledger",
        remedy="Run `yuliao doctor`; restore the catalogue from a backup.",
        exit_code=ExitCode.VERIFICATION_FAILED,
    )


def _add(total: _Counts, rows: Iterable[tuple[Key, int]]) -> None:
    for key, count in rows:
        total[key] = total.get(key, 0) + count
