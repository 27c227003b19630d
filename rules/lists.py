"""What the facts know of lists (清单) and of the papers that decide item by item: which one every source obeyed."""

from collections.abc import Iterable
from dataclasses import dataclass

from provenance.events import Event, ListReleased
from provenance.ids import Digest
from rules.tally import Ingest


@dataclass(frozen=True, slots=True)
class ListFact:
    """The edition of a list that counts: ``blocked`` (依法要求阻断) or ``refused`` (拒绝采集)."""

    name: str
    digest: Digest
    entries: int
    seq: int
    at: str


class Lists:
    """The lists that were released so far; the latest of each name counts."""

    def __init__(self) -> None:
        self._latest: dict[str, ListFact] = {}

    def take(self, seq: int, at: str, event: Event) -> None:
        """Hear of the next event, in ledger order."""
        if isinstance(event, ListReleased):
            self._latest[event.name] = ListFact(event.name, Digest(event.digest), event.entries, seq, at)

    def facts(self) -> dict[str, ListFact]:
        """Return the editions that count, by name."""
        return dict(sorted(self._latest.items()))


def decided_under(ingests: Iterable[Ingest]) -> tuple[str, ...]:
    """Return the digests of the papers under which every file of a source was decided on when it was last read.

    Args:
        ingests: The ingests of one source, in ledger order. One that was given up has sealed a part of its files only,
            so that what counts for them is what both readings had.
    """
    known: dict[str, frozenset[str]] = {}
    for ingest in ingests:
        papers = frozenset(ingest.plan.papers)
        for file in ingest.plan.files if ingest.units else ():
            is_whole = ingest.state == "completed" or file.file not in known
            known[file.file] = papers if is_whole else known[file.file] & papers
    return tuple(sorted(frozenset.intersection(*known.values()))) if known else ()
