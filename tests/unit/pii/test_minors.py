"""Minors told from numbers and dates, by the day on which a source was collected."""

import datetime as dt

import pytest

from pii.minors import is_minor
from pii.policy import PiiPolicy, Treatment
from pii.strip import Stripper
from tests.fakes.identities import citizen

DAY = dt.date(1905, 9, 3)
"""Invented numbers are of people born in the 1890s, so the day lies then too."""


def test_no_age_without_a_day() -> None:
    """Without a day to compare with a number is a number."""
    (found,) = Stripper().strip(f"身份证{citizen(1)}").found
    assert not found.is_minor


@pytest.mark.parametrize(
    ("entity", "surface", "is_one"),
    [
        ("BIRTH_DATE", "2012年9月4日", True),
        ("BIRTH_DATE", "2012年9月3日", True),
        ("BIRTH_DATE", "2012年9月2日", False),
        ("BIRTH_DATE", "2012-09-02", False),
        ("BIRTH_DATE", "20150304", True),
        ("BIRTH_DATE", "二〇一五年三月四日", True),
        ("BIRTH_DATE", "２０１５年３月", True),
        ("BIRTH_DATE", "民国一百零四年", True),
        ("BIRTH_DATE", "民國79年5月6日", False),
        ("BIRTH_DATE", "15年3月4日", True),
        ("BIRTH_DATE", "85-03-04", False),
        ("BIRTH_DATE", "4 March 2015", True),
        ("BIRTH_DATE", "2012", True),
        ("BIRTH_DATE", "2011", False),
        ("BIRTH_DATE", "农历2012年正月初三", True),
        ("BIRTH_DATE", "2027年1月", False),
        ("BIRTH_DATE", "3月4日", False),
        ("MOBILE", "13820150304", False),
    ],
)
def test_dates_as_they_are_written(entity: str, surface: str, *, is_one: bool) -> None:
    """A year is full on the day after the birthday; what a date leaves open is read as the youngest it can mean."""
    assert is_minor(entity, surface, dt.date(2026, 9, 3)) is is_one


@pytest.mark.parametrize(("entity", "area"), [("CN_ID18", "110105"), ("HKMOTW_RESIDENCE", "810000")])
def test_numbers_hold_a_date_of_birth(entity: str, area: str) -> None:
    """Who was born in the 1890s was under 14 in 1903 at the latest, and was not in 1914."""
    number = citizen(4, area)
    born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    assert is_minor(entity, number, born)
    assert is_minor(entity, number, born.replace(year=born.year + 14))
    assert not is_minor(entity, number, born.replace(year=born.year + 14) + dt.timedelta(days=1))
    assert not is_minor(entity, number, born - dt.timedelta(days=1))


@pytest.mark.parametrize("treatment", list(Treatment)[:3])
def test_a_minor_is_marked_whatever_becomes_of_the_number(treatment: Treatment) -> None:
    """The find of the number carries the age, and what is found of others does not."""
    young = next(number for seed in range(99) if is_minor("CN_ID18", number := citizen(seed), DAY))
    old = next(number for seed in range(99) if not is_minor("CN_ID18", number := citizen(seed), dt.date(1913, 1, 1)))
    stripper = Stripper(PiiPolicy({"CN_ID18": treatment}), collected_to=dt.date(1905, 1, 1))
    assert [each.is_minor for each in stripper.strip(f"身份证{young}").found] == [True]
    later = Stripper(PiiPolicy({"CN_ID18": treatment}), collected_to=dt.date(1913, 1, 1))
    assert [each.is_minor for each in later.strip(f"身份证{old}").found] == [False]
