"""Canaries: invented values of every type that is found."""

from random import Random

import pytest

from pii.canaries import canary, kinds
from pii.entities import ENTITIES, covered
from pii.strip import Stripper

COVERED = sorted(covered() - {"USCC"})


def test_there_are_canaries_of_every_type_that_is_found() -> None:
    """A type that a recogniser finds can be planted; nothing is planted that is no type."""
    assert set(COVERED) <= kinds() <= set(ENTITIES)


@pytest.mark.parametrize("entity", COVERED)
def test_a_canary_among_plain_sentences_is_stripped(entity: str) -> None:
    """Between two harmless sentences each goes, told as its type; what is missed elsewhere is missed for its place."""
    assert not Stripper().detect("湖面很静。山路很长。")
    for seed in range(20):
        made = canary(entity, Random(seed))
        stripped = Stripper(names="balanced").strip(f"湖面很静。{made.text}。山路很长。")
        assert made.text[made.start : made.end] not in stripped.text, f"{entity}, seed {seed}"
        assert entity in {each.entity for each in stripped.found}, f"{entity}, seed {seed}"


def test_a_canary_is_the_same_for_the_same_seed() -> None:
    """Who has the seed can plant the same again."""
    assert canary("CN_ID18", Random(7)) == canary("CN_ID18", Random(7))
