"""What must hold of every measure of agreement, whatever people chose."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from annotation.quality import agreement

LABELS = ("safe", "risky", "cannot_judge")
PEOPLE = ("p-a", "p-b", "p-c", "p-d")
_UNITS = st.lists(st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(LABELS)), max_size=12)
MEASURES = (
    agreement.percent,
    agreement.cohen,
    agreement.fleiss,
    agreement.krippendorff,
    lambda units: agreement.ac1(units, LABELS),
    lambda units: agreement.positive(units, "risky"),
)


@given(_UNITS, st.randoms(use_true_random=False))
def test_order_of_items_and_people_plays_no_part(units: list[dict[str, str]], random: Random) -> None:
    """Any order of items and of people gives the same figure."""
    mixed = [dict(random.sample(sorted(unit.items()), len(unit))) for unit in random.sample(units, len(units))]
    assert [measure(units) for measure in MEASURES] == [measure(mixed) for measure in MEASURES]


@given(_UNITS)
def test_no_figure_is_above_one(units: list[dict[str, str]]) -> None:
    """Whatever was chosen, a measure is at most one or cannot be estimated; nothing crashes."""
    for measure in MEASURES:
        found = measure(units)
        assert found is None or found <= 1


@given(st.lists(st.sampled_from(LABELS), min_size=2, max_size=12).filter(lambda labels: len(set(labels)) > 1))
def test_full_agreement_on_different_labels_is_one(labels: list[str]) -> None:
    """People who always agree, on more than one label, have every measure at one."""
    units = [dict.fromkeys(PEOPLE[:3], label) for label in labels]
    assert {measure(units) for measure in MEASURES} <= {1, None}
    assert all(measure(units) == 1 for measure in MEASURES[:5])


@given(_UNITS.filter(bool))
def test_a_seeded_disagreement_lowers_every_measure(units: list[dict[str, str]]) -> None:
    """One more item on which two people differ never raises the share of agreement."""
    before, after = agreement.percent(units), agreement.percent([*units, {"p-a": "safe", "p-b": "risky"}])
    assert after is not None
    assert before is None or after <= before
