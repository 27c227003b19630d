"""Check digits against the defining congruences."""

import pytest

from pii.checksums import id_check, passes_luhn, uscc_check
from tests.fakes.identities import card, citizen, near_miss, organisation


@pytest.mark.parametrize("seed", range(40))
def test_check_characters_satisfy_the_standards(seed: int) -> None:
    """Numbers built from the congruences of the standards are accepted, and with another check digit refused."""
    assert id_check(citizen(seed)[:17]) == citizen(seed)[17]
    assert uscc_check(organisation(seed)[:17]) == organisation(seed)[17]
    assert passes_luhn(card(seed))
    assert not passes_luhn(near_miss(card(seed)))


def test_code_with_a_letter_that_does_not_exist_has_no_check() -> None:
    """I, O, S, V and Z are not in the alphabet of GB 32100."""
    assert all(uscc_check("9111010" + letter + "MA1234567"[:9]) is None for letter in "IOSVZ")


def test_luhn_knows_the_textbook_number() -> None:
    """The example of ISO/IEC 7812-1 annex B passes."""
    assert passes_luhn("79927398713")
    assert not passes_luhn("79927398710")
