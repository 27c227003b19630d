"""Checks of personal information (个人信息核查) as the ledger knows them: what was missed, and who saw raw text."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from provenance.canonical import Json
from provenance.events import BatchPublished, Event, MarkCount, PersonalInformationChecked, RawTextShown
from rules.annotation.batches import PI_CHECK


@dataclass(frozen=True, slots=True)
class PiCheckFact:
    """A check of a drawn sample.

    Attributes:
        batch: Its batch.
        sample: Ledger entry of the draw.
        seq: Ledger entry of the latest counts, 0 while nothing was judged.
        items: Items judged.
        items_missed: Those of them in which something is missed.
        people: Ids of those whose marks count.
        counts: Stretches marked and missed, by type of personal information.
        accesses: Items that each person was shown in raw text (查看原文), by person and project.
    """

    batch: str
    sample: int
    seq: int = 0
    items: int = 0
    items_missed: int = 0
    people: tuple[str, ...] = ()
    counts: tuple[MarkCount, ...] = ()
    accesses: Mapping[tuple[str, int], int] = field(default_factory=dict)

    @property
    def shown_to(self) -> tuple[str, ...]:
        """Ids of the people who were shown raw text."""
        return tuple(sorted({person for person, _ in self.accesses}))

    @property
    def times_shown(self) -> int:
        """Items shown, counted once for each person and project."""
        return sum(self.accesses.values())

    def to_json(self) -> dict[str, Json]:
        """Return it as ``yuliao facts --json`` prints it."""
        return {
            "batch": self.batch,
            "sample": self.sample,
            "ledger_entry": self.seq,
            "items": self.items,
            "items_missed": self.items_missed,
            "people": list(self.people),
            "counts": [asdict(each) for each in self.counts],
            "accesses": [
                {"person": person, "project": project, "items": items}
                for (person, project), items in self.accesses.items()
            ],
        }


@dataclass
class PiChecks:
    """A fold over the ledger that hears of these checks; later counts hold all of a check, and replace earlier ones."""

    _samples: dict[str, int] = field(default_factory=dict)
    _latest: dict[str, tuple[int, PersonalInformationChecked]] = field(default_factory=dict)
    _accesses: dict[str, dict[tuple[str, int], int]] = field(default_factory=dict)

    def take(self, seq: int, subject: str, event: Event) -> None:
        """Hear the next entry."""
        match event:
            case BatchPublished(kind=kind) if kind == PI_CHECK:
                self._samples.setdefault(subject, event.sample)
            case PersonalInformationChecked():
                self._latest[subject] = (seq, event)
            case RawTextShown():
                mine = self._accesses.setdefault(subject, {})
                place = (event.person, event.project)
                mine[place] = mine.get(place, 0) + event.items
            case _:
                pass

    def facts(self) -> tuple[PiCheckFact, ...]:
        """Return the checks in the order of their publication."""
        return tuple(self._fact(batch, sample) for batch, sample in self._samples.items())

    def _fact(self, batch: str, sample: int) -> PiCheckFact:
        accesses = dict(sorted(self._accesses.get(batch, {}).items()))
        if batch not in self._latest:
            return PiCheckFact(batch, sample, accesses=accesses)
        seq, said = self._latest[batch]
        return PiCheckFact(batch, sample, seq, said.items, said.items_missed, said.people, said.counts, accesses)
