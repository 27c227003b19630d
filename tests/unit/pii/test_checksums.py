"""Check digits against the defining congruences."""

import pytest

from pii.checksums import hkid_check, id_check, org_check, passes_luhn, passes_taiwan, uscc_check, vin_check
from tests.fakes.identities import card, citizen, near_miss, organisation
from tests.fakes.papers import hong_kong, organisation_code, taiwan, vehicle


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


def test_papers_know_the_textbook_numbers() -> None:
    """The examples that every description of these checks gives pass."""
    assert vin_check("1M8GDM9AXKP042788") == "X"
    assert hkid_check("A123456") == "3"
    assert passes_taiwan("A123456789")
    assert org_check("D2143569") == "X"


@pytest.mark.parametrize("seed", range(40))
def test_papers_satisfy_their_congruences(seed: int) -> None:
    """Numbers of papers built from the congruences are accepted, and with another check digit refused."""
    assert vin_check(vehicle(seed)) == vehicle(seed)[8]
    assert hkid_check(hong_kong(seed, "WX", "")[:-1]) == hong_kong(seed, "WX", "")[-1]
    assert org_check(organisation_code(seed, "")[:8]) == organisation_code(seed, "")[8]
    assert all(passes_taiwan(taiwan(seed, head)) for head in ("A1", "F2", "C8", "AD"))
    assert not passes_taiwan(near_miss(taiwan(seed)))
