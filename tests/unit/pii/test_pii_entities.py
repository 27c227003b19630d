"""The table of types and what is claimed to be found."""

from typing import get_args

import pytest

from pii.entities import ENTITIES, Profile, covered, entity, is_sensitive
from pii.recognizers import recognizers
from provenance.errors import GovernanceError
from rules import catalog


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
    """The types claimed as covered are those of the recognisers, and names."""
    found = {name for each in recognizers() for name in each.get_supported_entities()}
    assert covered() == found | {"NAME"}
    assert covered() <= set(ENTITIES)


def test_only_organisation_codes_are_not_personal() -> None:
    """USCC is the one type that is told apart without being personal."""
    assert [row.name for row in ENTITIES.values() if not row.is_personal] == ["USCC"]


def test_unknown_type_is_refused() -> None:
    """A name that is not in the table is refused with the way to the list."""
    with pytest.raises(GovernanceError, match="no such type") as caught:
        entity("SHOE_SIZE")
    assert "pii types" in caught.value.remedy


def test_the_rules_know_every_type_and_judge_it_alike() -> None:
    """The rules' own table, from which figures and reports are made, has every personal type, as sensitive as here."""
    known = catalog.load().entities
    personal = [row for row in ENTITIES.values() if row.is_personal]
    assert [row.name for row in personal if row.name not in known] == []
    for profile in get_args(Profile):
        differing = [
            row.name for row in personal if known[row.name].is_sensitive(profile) != is_sensitive(row.name, profile)
        ]
        assert differing == [], profile


def test_what_leads_to_one_person_is_a_number_or_an_account() -> None:
    """Beliefs, degrees, ages, dates, places and secrets identify nobody by themselves; numbers and accounts do."""
    identifying = {row.name for row in ENTITIES.values() if row.is_identifying}
    assert identifying >= {"CN_ID18", "MOBILE", "EMAIL", "WECHAT", "PLATE", "EDU_WORK", "MEDICAL"}
    assert not identifying & {"CN_MINOR", "BIRTH_DATE", "RELIGION", "TRACK", "ACCOUNT_SECRET", "NAME", "ADDRESS"}
    assert all(row.is_personal for row in ENTITIES.values() if row.is_identifying)
