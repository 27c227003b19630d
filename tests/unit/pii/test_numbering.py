"""Numbering plans: the tables say what the standards say."""

from pii.numbering import (
    area_codes,
    is_card_prefix,
    mobile_prefixes,
    prefectures,
    provinces,
    registrars,
    residence_areas,
)


def test_tables_hold_what_is_given_out() -> None:
    """Known prefixes are there and gaps of the plans are not."""
    assert {"138", "199", "165", "178"} <= mobile_prefixes()
    assert not {"154", "160", "179", "194", "140", "120"} & mobile_prefixes()
    assert area_codes()["010"] == range(8, 9)
    assert 7 in area_codes()["0335"]
    assert not {"026", "0320", "0571"[:3]} & set(area_codes())
    assert len(provinces()) == 34
    assert residence_areas() == {"810000", "820000", "830000"}
    assert {"91", "51", "N1"} <= registrars()


def test_card_prefix_goes_with_its_length() -> None:
    """A UnionPay number has 16 to 19 digits, a Visa number 16, an American Express number 15."""
    assert is_card_prefix("6222020000000000")
    assert not is_card_prefix("622202000000000")
    assert is_card_prefix("4000000000000000")
    assert not is_card_prefix("40000000000000000")
    assert is_card_prefix("340000000000000")
    assert not is_card_prefix("9999999999999999")


def test_prefectures_are_those_of_the_standard() -> None:
    """Divisions that exist or existed are there (Chongqing under Sichuan too), numbers never given out are not."""
    assert {"1101", "4403", "4600", "5102", "5001", "6590"} <= prefectures()
    assert not {"1100", "1103", "1199", "9901", "8100"} & prefectures()
    assert {code[:2] for code in prefectures()} == provinces() - {"81", "82"}
