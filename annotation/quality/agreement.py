"""Agreement between people (一致性) on what they chose: percent, Cohen, Fleiss, Krippendorff, Gwet, positive agreement.

- A unit is an item with the labels that different people gave it, by person. One label alone agrees with nobody and
  plays no part.
- Where only one label occurs at all, chance agreement is certain and nothing that corrects for chance can be estimated.
- Corpora are mostly harmless, and kappa falls when one label prevails (Feinstein and Cicchetti 1990), so AC1 and the
  positive agreement stand beside it.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

Unit = Mapping[str, str]
"""The labels of one item, by person."""
Measure = Callable[[Sequence[Unit]], Fraction | None]


def percent(units: Sequence[Unit]) -> Fraction | None:
    """Return the share of pairs of people that agree, over all items; the mean over items."""
    shares = [_agreeing(each) for each in _shared(units)]
    return _mean(shares)


def cohen(units: Sequence[Unit]) -> Fraction | None:
    """Return Cohen's kappa; with more than two people the mean over the pairs for whom it can be estimated.

    Source:
        J. Cohen, A coefficient of agreement for nominal scales, 1960; R. J. Light, 1971, for the mean over pairs.
    """
    people = sorted({person for unit in units for person in unit})
    kappas = [_cohen(units, *pair) for pair in combinations(people, 2)]
    return _mean([each for each in kappas if each is not None])


def fleiss(units: Sequence[Unit]) -> Fraction | None:
    """Return Fleiss' kappa over the items that the usual number of people labelled; others have no place in it.

    Source:
        J. L. Fleiss, Measuring nominal scale agreement among many raters, 1971.
    """
    sizes = Counter(len(each) for each in _shared(units))
    if not sizes:
        return None
    usual = max(sizes, key=lambda size: (sizes[size], size))
    counted = [each for each in units if len(each) == usual]
    shares = _shares(Counter(label for unit in counted for label in unit.values()))
    return _corrected(_mean([_agreeing(each) for each in counted]), sum(share**2 for share in shares.values()))


def krippendorff(units: Sequence[Unit]) -> Fraction | None:
    """Return Krippendorff's alpha for nominal labels; any number of people, any labels missing.

    Source:
        K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, section B.
    """
    shared = _shared(units)
    labels = Counter(label for unit in shared for label in unit.values())
    total = sum(labels.values())
    by_chance = Fraction(total**2 - sum(count**2 for count in labels.values()))
    if not by_chance:
        return None
    differing = sum(len(unit) * (1 - _agreeing(unit)) for unit in shared)
    return 1 - (total - 1) * differing / by_chance


def ac1(units: Sequence[Unit], labels: Sequence[str]) -> Fraction | None:
    """Return Gwet's AC1, which stays sensible where one label prevails.

    Args:
        units: Items with their labels.
        labels: Every label that could have been given; two at least.

    Source:
        K. L. Gwet, Computing inter-rater reliability and its variance in the presence of high agreement, 2008.
    """
    labelled = [unit for unit in units if unit]  # one label alone tells of prevalence, too
    if len(labels) < 2 or len({label for unit in labelled for label in unit.values()}) < 2:
        return None
    by_chance = Fraction(0)
    for label in labels:
        share = Fraction(sum(Fraction(list(each.values()).count(label), len(each)) for each in labelled), len(labelled))
        by_chance += share * (1 - share) / (len(labels) - 1)
    return _corrected(_mean([_agreeing(each) for each in _shared(units)]), by_chance)


def positive(units: Sequence[Unit], label: str) -> Fraction | None:
    """Return the positive agreement on one label: given that one person chose it, how likely another did.

    Source:
        D. V. Cicchetti and A. R. Feinstein, High agreement but low kappa: II, 1990; for many people Fleiss 1981.
    """
    agreed = possible = 0
    for unit in _shared(units):
        chosen = sum(given == label for given in unit.values())
        agreed += chosen * (chosen - 1)
        possible += chosen * (len(unit) - 1)
    return Fraction(agreed, possible) if possible else None


def millionths(value: Fraction | None) -> int | None:
    """Return a measure in millionths, rounded down, as the ledger holds it."""
    return None if value is None else int(value * 1_000_000 // 1)


def _shared(units: Sequence[Unit]) -> list[Unit]:
    return [each for each in units if len(each) > 1]


def _agreeing(unit: Unit) -> Fraction:
    """Return the share of pairs of people that gave an item the same label."""
    agreed = sum(count * (count - 1) for count in Counter(unit.values()).values())
    return Fraction(agreed, len(unit) * (len(unit) - 1))


def _cohen(units: Sequence[Unit], first: str, second: str) -> Fraction | None:
    pairs = [(unit[first], unit[second]) for unit in units if first in unit and second in unit]
    if not pairs:
        return None
    mine, theirs = (_shares(Counter(labels)) for labels in zip(*pairs, strict=True))
    by_chance = sum((share * theirs.get(label, Fraction(0)) for label, share in mine.items()), start=Fraction(0))
    return _corrected(Fraction(sum(one == other for one, other in pairs), len(pairs)), by_chance)


def _shares(counts: Mapping[str, int]) -> dict[str, Fraction]:
    total = sum(counts.values())
    return {label: Fraction(count, total) for label, count in sorted(counts.items())}


def _corrected(agreed: Fraction | None, by_chance: Fraction | int) -> Fraction | None:
    return None if agreed is None or by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, start=Fraction(0)) / len(values) if values else None
