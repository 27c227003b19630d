"""What was measured in batches of annotation (标注质量): agreement, accuracy on gold answers, times."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field

from provenance.canonical import Json
from provenance.events import AgreementMeasured, Event, TimesMeasured

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Agreement:
    """A measure of a batch; ``millionths`` is None where it cannot be estimated (无法估计)."""

    seq: int
    batch: str
    measure: str
    control: str
    millionths: int | None
    units: int
    raters: int
    person: str = ""
    day: str = ""

    def to_json(self) -> dict[str, Json]:
        """Return it as ``yuliao facts --json`` prints it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class TimesFact:
    """How long answers of a function took in a batch; seconds."""

    seq: int
    batch: str
    function: str
    timed: int
    untimed: int
    planned_seconds: int
    seconds: tuple[int, ...]
    """The shortest, the percentiles 5, 25, 50, 75 and 95, the longest; empty where no time is known."""
    hasty: int

    def to_json(self) -> dict[str, Json]:
        """Return it as ``yuliao facts --json`` prints it."""
        return asdict(self)


@dataclass
class Measures:
    """A fold over the ledger that hears of measures; those of later answers take the place of earlier ones."""

    _agreements: dict[str, dict[tuple[str, str, str, str], Agreement]] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)
    _times: dict[tuple[str, str], TimesFact] = field(default_factory=dict)

    def take(self, seq: int, subject: str, event: Event) -> None:
        """Hear the next entry."""
        match event:
            case AgreementMeasured():
                if self._digests.get(subject) != event.answers:
                    self._agreements[subject] = {}
                    self._digests[subject] = event.answers
                self._agreements[subject][event.measure, event.control, event.person, event.day] = Agreement(
                    seq,
                    subject,
                    event.measure,
                    event.control,
                    event.millionths,
                    event.units,
                    event.raters,
                    event.person,
                    event.day,
                )
            case TimesMeasured():
                self._times[subject, event.function] = TimesFact(
                    seq,
                    subject,
                    event.function,
                    event.timed,
                    event.untimed,
                    event.planned_seconds,
                    event.seconds,
                    event.hasty,
                )
            case _:
                pass

    def agreements(self) -> tuple[Agreement, ...]:
        """Return the latest measures of every batch, batch by batch."""
        return tuple(each for batch in self._agreements.values() for each in batch.values())

    def times(self) -> tuple[TimesFact, ...]:
        """Return the latest times of every batch and function."""
        return tuple(self._times.values())


def gold_score(agreements: Iterable[Agreement], people: Collection[str]) -> tuple[int, int]:
    """Return how many answers of people to gold items (标准答案) were right, and how many they gave, in all batches."""
    measured = [
        (round(each.millionths * each.units / _MILLION), each.units)
        for each in agreements
        if each.measure == "gold" and each.person in people and not each.day and each.millionths is not None
    ]
    return sum(right for right, _ in measured), sum(given for _, given in measured)
