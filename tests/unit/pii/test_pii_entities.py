"""The table of types and what is claimed to be found."""

import pytest

from pii.entities import ENTITIES, covered, entity, is_sensitive
from pii.recognizers import recognizers
from provenance.errors import GovernanceError


def test_every_name_is_there_once_with_both_languages() -> None:
    """Every type has its name, a Chinese and an English label, and a category unless it has none by nature."""
    assert all(row.name == name and row.zh and row.en for name, row in ENTITIES.items())
    assert {row.name for row in ENTITIES.values() if not row.category} == {"CN_MINOR", "USCC"}
    assert {"IP", "MAC", "IMEI", "IMSI", "OAID", "IDFA", "NAME", "HKID", "TW_ID", "BIRTH_DATE"} <= set(ENTITIES)


def test_identity_number_is_sensitive_by_profile() -> None:
    """The identity number is sensitive under GB/T 35273 and ordinary under GB/T 45574; a bank card is so in both."""
    assert is_sensitive("CN_ID18", "strict_35273")
    assert not is_sensitive("CN_ID18", "gbt45574")
    assert is_sensitive("BANK_CARD", "strict_35273")
    assert is_sensitive("BANK_CARD", "gbt45574")
    assert not is_sensitive("MOBILE", "strict_35273")


def test_what_the_standard_leaves_open_counts_as_sensitive() -> None:
    """Where sensitivity depends on the case, the cautious reading is taken."""
    assert is_sensitive("MILITARY_ID", "gbt45574")


def test_covered_is_what_recognisers_find() -> None:
    """The types claimed as covered are those of the recognisers; names and addresses are not among them."""
    found = {name for each in recognizers() for name in each.get_supported_entities()}
    assert covered() == found
    assert covered() <= set(ENTITIES)
    assert not covered() & {"NAME", "ADDRESS"}


def test_only_organisation_codes_are_not_personal() -> None:
    """USCC is the one type that is told apart without being personal."""
    assert [row.name for row in ENTITIES.values() if not row.is_personal] == ["USCC"]


def test_unknown_type_is_refused() -> None:
    """A name that is not in the table is refused with the way to the list."""
    with pytest.raises(GovernanceError, match="no such type") as caught:
        entity("SHOE_SIZE")
    assert "pii types" in caught.value.remedy
