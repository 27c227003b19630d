"""The residual risk (残余风险) in the facts: what the latest second pass over each source found."""

from collections.abc import Mapping
from dataclasses import dataclass

from provenance.canonical import Json
from provenance.events import (
    Event,
    IngestPlanned,
    ItemsAmended,
    ResidualCount,
    ResidualMeasured,
    ShardSealed,
    SourceRegistered,
)
from provenance.ids import SourceId
from rules.catalog import Catalog

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class ResidualFact:
    """What was left in the stored texts of a source; ``seq`` is the ledger entry that says so."""

    source: SourceId
    seq: int
    at: str
    setting: str
    items: int
    items_left: int
    texts: int
    counts: tuple[ResidualCount, ...]
    is_stale: bool
    """Whether items of the source, its declaration or the rules have changed since."""

    @property
    def planted(self) -> int:
        """Canaries planted."""
        return sum(each.planted for each in self.counts)

    @property
    def missed(self) -> int:
        """Canaries that were not caught."""
        return sum(each.planted - each.caught for each in self.counts)

    @property
    def named(self) -> int:
        """Items in which a name was found at high recall, or what looks like one."""
        return sum(each.items for each in self.counts if each.entity == "NAME")

    def is_over(self, catalog: Catalog) -> bool:
        """Tell whether more was left, or more canaries missed, than the house allows."""
        limits = ("residual_items_share_max", "residual_names_share_max", "canaries_missed_share_max")
        left, names, missed = map(catalog.house.integer, limits)
        return (
            self.items_left * _MILLION > left * self.items
            or self.named * _MILLION > names * self.items
            or self.missed * _MILLION > missed * self.planted
        )

    def to_json(self) -> dict[str, Json]:
        """Return it as ``yuliao facts --json`` prints it."""
        return {
            "ledger_entry": self.seq,
            "at": self.at,
            "setting": self.setting,
            "items": self.items,
            "items_left": self.items_left,
            "canary_texts": self.texts,
            "canaries": self.planted,
            "canaries_missed": self.missed,
            "stale": self.is_stale,
            "types": {
                each.entity: {
                    "items": each.items,
                    "occurrences": each.occurrences,
                    "planted": each.planted,
                    "caught": each.caught,
                }
                for each in self.counts
            },
        }


class Residuals:
    """What the entries of a ledger said about second passes so far."""

    def __init__(self) -> None:
        self._sources: dict[int, str] = {}
        self._changed: dict[str, int] = {}
        self._latest: dict[str, tuple[int, str, ResidualMeasured]] = {}

    def take(self, seq: int, at: str, subject: str, event: Event) -> None:
        """Hear the next entry."""
        match event:
            case IngestPlanned():
                self._sources[seq] = event.source
            case ShardSealed():
                self._changed[self._sources.get(event.ingest, "")] = seq
            case ItemsAmended() | SourceRegistered():
                self._changed[subject] = seq
            case ResidualMeasured():
                self._latest[event.source] = (seq, at, event)
            case _:
                pass

    def facts(self, rules_edition: str) -> dict[SourceId, ResidualFact]:
        """Return the latest of every source.

        Args:
            rules_edition: The edition of the rules now.
        """
        return {
            SourceId(name): ResidualFact(
                SourceId(name),
                seq,
                at,
                event.setting,
                event.items,
                event.items_left,
                event.texts,
                event.counts,
                self._changed.get(name, 0) > event.sees or event.rules_edition != rules_edition,
            )
            for name, (seq, at, event) in sorted(self._latest.items())
        }


def residuals_json(residuals: Mapping[SourceId, ResidualFact]) -> dict[str, Json]:
    """Return residual risks as ``yuliao facts --json`` prints them."""
    return {str(name): fact.to_json() for name, fact in residuals.items()}
