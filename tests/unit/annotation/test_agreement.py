"""Agreement is what the papers that defined it computed from the same tables."""

from fractions import Fraction

import pytest

from annotation.quality import agreement, spans

_FOUR = {
    "a": "1 2 3 3 2 1 4 1 2 . . .",
    "b": "1 2 3 3 2 2 4 1 2 5 . 3",
    "c": ". 3 3 3 2 3 4 2 2 5 1 .",
    "d": "1 2 3 3 2 4 4 1 2 5 1 .",
}
KRIPPENDORFF = [
    {person: label for person, label in zip(_FOUR, row, strict=True) if label != "."}
    for row in zip(*(labels.split() for labels in _FOUR.values()), strict=True)
]
"""Four observers, twelve units, labels missing (Krippendorff 2011, section B)."""

FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]
"""Ten subjects, fourteen raters, five labels: the worked table of Fleiss' kappa, 0.210."""
COHEN = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
SAME = [{"a": "safe", "b": "safe"}] * 8


def _raters(counts: list[int]) -> dict[str, str]:
    given = [str(label) for label, count in enumerate(counts) for _ in range(count)]
    return {f"r{number:02}": label for number, label in enumerate(given)}


def test_alpha_is_that_of_its_paper() -> None:
    """Krippendorff's own table, with labels missing, gives his figure."""
    assert round(float(agreement.krippendorff(KRIPPENDORFF) or 0), 3) == 0.743


def test_ac1_is_that_of_its_reference_implementation() -> None:
    """The same table gives the figure that Gwet's own program prints for it."""
    assert round(float(agreement.ac1(KRIPPENDORFF, "12345") or 0), 5) == 0.77544


def test_fleiss_is_that_of_the_worked_table() -> None:
    """Fourteen raters and ten subjects give 0.210."""
    assert round(float(agreement.fleiss([_raters(each) for each in FLEISS]) or 0), 3) == 0.210


def test_cohen_is_that_of_the_fourfold_table() -> None:
    """Twenty and fifteen agreements of fifty give exactly two fifths."""
    assert agreement.cohen([{"a": one, "b": other} for one, other in COHEN]) == Fraction(2, 5)


def test_cohen_of_three_people_is_the_mean_over_pairs() -> None:
    """A third person who copies the first adds a perfect pair and repeats the other one."""
    units = [{"a": one, "b": other, "c": one} for one, other in COHEN]
    assert agreement.cohen(units) == Fraction(3, 5)


@pytest.mark.parametrize("measure", [agreement.cohen, agreement.fleiss, agreement.krippendorff])
def test_one_label_alone_cannot_be_estimated(measure: agreement.Measure) -> None:
    """Where everybody says the same of everything, chance explains it all: no figure, and never 1."""
    assert agreement.percent(SAME) == 1
    assert measure(SAME) is None
    assert measure([*SAME, {"a": "safe", "b": "risky"}, {"a": "risky", "b": "risky"}]) is not None


def test_ac1_of_one_label_alone_cannot_be_estimated() -> None:
    """Nor can AC1, although its formula would give 1."""
    assert agreement.ac1(SAME, ("safe", "risky")) is None


@pytest.mark.parametrize("measure", [agreement.percent, agreement.cohen, agreement.fleiss, agreement.krippendorff])
def test_nothing_labelled_twice_cannot_be_estimated(measure: agreement.Measure) -> None:
    """One label each agrees with nobody."""
    assert measure([{"a": "safe"}, {"b": "risky"}]) is None


def test_positive_agreement_stands_where_kappa_falls() -> None:
    """Of nine choices of the rare label eight were shared, whatever the rest said; of none there is no figure."""
    units = [{"a": "risky", "b": "risky"}] * 4 + [{"a": "risky", "b": "safe"}] + [{"a": "safe", "b": "safe"}] * 95
    assert agreement.positive(units, "risky") == Fraction(8, 9)
    assert agreement.positive(SAME, "risky") is None


def test_spans_agree_by_their_ends_or_by_a_shared_character() -> None:
    """The same stretch agrees both ways, a shifted one by overlap only, one with another label not at all."""
    mine = [(0, 4, "suspect"), (10, 12, "suspect"), (20, 22, "suspect")]
    theirs = [(0, 4, "suspect"), (11, 14, "suspect"), (20, 22, "other")]
    units = [{"a": mine, "b": theirs}, {"a": [], "b": []}]
    assert spans.exact(units) == Fraction(2, 6)
    assert spans.overlap(units) == Fraction(4, 6)
    assert spans.exact([{"a": [], "b": []}]) is None


def test_stretches_that_only_touch_do_not_overlap() -> None:
    """Ends are half-open: the character behind the first stretch is the first of the second."""
    assert spans.overlap([{"a": [(0, 4, "suspect")], "b": [(4, 6, "suspect")]}]) == 0


def test_millionths_are_rounded_down() -> None:
    """No agreement is ever printed higher than it is, and none is made up."""
    assert agreement.millionths(Fraction(2, 3)) == 666_666
    assert agreement.millionths(None) is None
