"""What is measured in a batch (标注质量度量): every measure of every control, as the ledger records it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from annotation.port import Answer
from annotation.quality import agreement, gold, spans, times
from annotation.quality.gold import Gold
from provenance.events import AgreementMeasured, TimesMeasured

_JOINED = "+"


@dataclass(frozen=True)
class Controls:
    """What of a form is measured.

    Attributes:
        single: Controls of which one value is chosen, with all their values.
        several: Controls of which several may be chosen; people agree on the whole set.
        selected: Controls that select stretches of text.
        positive: For a control the value that matters most, such as risky (有风险).
    """

    single: Mapping[str, Sequence[str]]
    several: Sequence[str] = ()
    selected: Sequence[str] = ()
    positive: Mapping[str, str] = field(default_factory=dict)


def measure(
    answers: Sequence[Answer], controls: Controls, digest: str, gold_answers: Gold | None = None
) -> Iterator[AgreementMeasured]:
    """Yield all measures of a batch, in the same order for the same answers; nothing estimable is still an event.

    Args:
        answers: Those of the first labelling, each item's by different people.
        controls: What of the form is measured.
        digest: Digest of the stored answers.
        gold_answers: Right answers of the gold items, by task key.
    """
    for control, labels in controls.single.items():
        units = _units(answers, control)
        found = {
            "percent": agreement.percent(units),
            "cohen": agreement.cohen(units),
            "fleiss": agreement.fleiss(units),
            "krippendorff": agreement.krippendorff(units),
            "ac1": agreement.ac1(units, labels),
        }
        if control in controls.positive:
            found["positive"] = agreement.positive(units, controls.positive[control])
        yield from _told(found, control, units, digest)
    for control in controls.several:
        units = [each for each in _units(answers, control) if any(each.values())]
        yield from _told(
            {"percent": agreement.percent(units), "krippendorff": agreement.krippendorff(units)}, control, units, digest
        )
    for control in controls.selected:
        stretches = _selections(answers, control)
        told = {"span_exact": spans.exact(stretches), "span_overlap": spans.overlap(stretches)}
        yield from _told(told, control, stretches, digest)
    if gold_answers:
        yield from _accuracy(answers, gold_answers, digest)


def measure_times(answers: Sequence[Answer], function: str, planned_seconds: int, digest: str) -> TimesMeasured:
    """Return how long the answers of a function took.

    Clause:
        R-033, AR-10, H-208
    """
    found = times.distribution(answers)
    seconds = (found.least, *found.percentiles, found.greatest) if found.timed else ()
    return TimesMeasured(function, found.timed, found.untimed, planned_seconds, seconds, found.hasty, digest)


def _units(answers: Sequence[Answer], control: str) -> list[dict[str, str]]:
    """Return what each person chose, by item; an empty choice is a choice, too."""
    units: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for each in answers:
        units[each.task][each.person] = _JOINED.join(sorted(each.values(control)))
    return [units[task] for task in sorted(units)]


def _selections(answers: Sequence[Answer], control: str) -> list[dict[str, tuple[spans.Selected, ...]]]:
    units: defaultdict[str, dict[str, tuple[spans.Selected, ...]]] = defaultdict(dict)
    for each in answers:
        units[each.task][each.person] = each.spans(control)
    return [units[task] for task in sorted(units)]


def _told(
    found: Mapping[str, Fraction | None], control: str, units: Sequence[Mapping[str, object]], digest: str
) -> Iterator[AgreementMeasured]:
    shared = [each for each in units if len(each) > 1]
    raters = len({person for unit in shared for person in unit})
    for name, value in found.items():
        yield AgreementMeasured(name, control, agreement.millionths(value), len(shared), raters, digest)


def _accuracy(answers: Sequence[Answer], gold_answers: Gold, digest: str) -> Iterator[AgreementMeasured]:
    whole = {(person, ""): score for person, score in gold.by_person(answers, gold_answers).items()}
    days = {(name[0], name[1]): score for name, score in gold.by_day(answers, gold_answers).items()}
    for (person, day), score in sorted({**whole, **days}.items()):
        value = agreement.millionths(Fraction(score.right, score.given))
        yield AgreementMeasured("gold", "*", value, score.given, 1, digest, person, day)
