"""Minors under 14 (不满十四周岁) told from a number or a date of birth: PIPL articles 28 and 31.

An age needs a day to compare with, and no clock is asked: it is the last day on which the source was collected. A year
of age is full on the day after the birthday (周岁从生日的第二天起算, 法释〔2006〕1号 article 2). Where a date leaves
out day or month, or its order cannot be told, the youngest reading counts.
"""

import datetime as dt
import re
from typing import NamedTuple

from pii.identify import canonical
from pii.normalise import fold

FULL_AGE = 14
"""Years; PIPL article 28, not a setting."""

_IN_FRONT_OF_DATE = {"CN_ID18": "", "HKMOTW_RESIDENCE": "", "CN_ID15": "19"}
"""What is left out of the date of birth that begins behind the six digits of the region (GB 11643)."""
_HAN = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_NO_ZERO = dict.fromkeys(map(ord, "〇零"))
_ERA = re.compile("民[国國][ ]*([0-9]{1,3}|[零〇一二三四五六七八九百十]+)")
_YEAR = re.compile("(?<![0-9])(?:18|19|20)[0-9]{2}")
_SHORT_YEAR = re.compile(r"(?<![0-9])([0-9]{2})(?=[ ]*年|[\-/.][0-9]{1,2}[\-/.])")
_MONTH_DAY = re.compile(r"[ ]*(?:年[ ]*|[\-/.][ ]?)?(0[1-9]|1[0-2]|[1-9])(?:[ ]*月[ ]*|[ ]?[\-/.][ ]?)?([0-9]{1,2})?")
_LUNAR = re.compile("[农農阴陰旧舊夏][历曆]")


class _Born(NamedTuple):
    """The first and the last day on which it may have been, each as year, month, day."""

    first: tuple[int, int, int]
    last: tuple[int, int, int]


def is_minor(entity: str, surface: str, day: dt.date) -> bool:
    """Tell whether a value says that its person was born, and under 14, on a day.

    Args:
        entity: Type of the value; only numbers that hold a date of birth and such dates say anything.
        surface: The value as it was found.
        day: The day that counts.
    """
    born = _born(entity, surface, day.year)
    if born is None:
        return False
    return born.first <= (day.year, day.month, day.day) and (day.year - FULL_AGE, day.month, day.day) <= born.last


def _born(entity: str, surface: str, this_year: int) -> _Born | None:
    if entity == "BIRTH_DATE":
        return _read_date(fold(surface).text, this_year)
    if entity not in _IN_FRONT_OF_DATE:
        return None
    date = _IN_FRONT_OF_DATE[entity] + canonical(entity, surface)[6:]
    if not date[:8].isdecimal():
        return None
    day = int(date[:4]), int(date[4:6]), int(date[6:8])
    return _Born(day, day)


def _read_date(text: str, this_year: int) -> _Born | None:
    """Read a date as far as its writing says one; a year with two digits is the latest that has begun."""
    era = _ERA.search(text)
    plain = text.translate(_HAN)
    if era:
        year, rest = 1911 + _number(era[1]), plain[era.end() :]
    elif match := _YEAR.search(plain):
        year, rest = int(match[0]), plain[match.end() :]
    elif match := _SHORT_YEAR.search(plain):
        short = int(match[1])
        year, rest = this_year - (this_year - short) % 100, plain[match.end() :]
    else:
        return None
    parts = None if _LUNAR.search(text) else _MONTH_DAY.match(rest)
    month, day = (int(parts[1]), int(parts[2] or 0)) if parts else (0, 0)
    return _Born((year, month or 1, day or 1), (year, month or 12, day or 31))


def _number(text: str) -> int:
    """Read a Chinese or an Arabic numeral up to 199."""
    if text.isdecimal():
        return int(text)
    hundreds, _, rest = text.translate(_NO_ZERO).rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    digits = {each: value for value, each in enumerate("一二三四五六七八九", 1)}
    total = 100 * (digits.get(hundreds, 1) if "百" in text else 0)
    total += 10 * (digits.get(tens, 1) if ten else 0)
    return total + digits.get(ones, 0)
