"""Invented numbers with true check characters; each is searched for by the congruence that its standard states.

None of this is shared with the code under test. Birth years inside identity numbers are 1890 to 1899: nobody lives.
"""

import string
from collections.abc import Callable, Iterable
from datetime import date
from random import Random

DIGITS = string.digits
USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VIN = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", [*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)], strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_TW_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""In the order of their values, from 10 on."""
AREAS = ("110105", "310104", "440305", "330106", "510107", "420111", "320508", "610113", "370202", "350203")


def digits(rng: Random, count: int, first: str = DIGITS) -> str:
    """Return digits, the first out of a set of its own."""
    return rng.choice(first) + "".join(rng.choices(DIGITS, k=count - 1))


def day(rng: Random, first: int, last: int) -> date:
    """Return a day of the years from first to last."""
    return date(rng.randint(first, last), rng.randint(1, 12), rng.randint(1, 28))


def _first_that(holds: Callable[[str], bool], numbers: Iterable[str]) -> str:
    return next(number for number in numbers if holds(number))


def is_citizen(number: str) -> bool:
    """Tell whether the sum of value times 2^(17-i) is 1 modulo 11 (GB 11643)."""
    values = [10 if each == "X" else int(each) for each in number]
    return sum(value << (17 - i) for i, value in enumerate(values)) % 11 == 1


def is_organisation(code: str) -> bool:
    """Tell whether the sum of value times 3^i, with the check character, is 0 modulo 31 (GB 32100)."""
    total = sum(USCC.index(each) * pow(3, i, 31) for i, each in enumerate(code[:17]))
    return (total + USCC.index(code[17])) % 31 == 0


def is_luhn(number: str) -> bool:
    """Tell whether the number passes Luhn (ISO/IEC 7812-1)."""
    doubled = (int(each) * (1 + i % 2) for i, each in enumerate(reversed(number)))
    return sum(each // 10 + each % 10 for each in doubled) % 10 == 0


def is_vehicle(number: str) -> bool:
    """Tell whether the ninth character checks the others (GB 16735)."""
    values = (_VIN_VALUES[each] if each in _VIN_VALUES else int(each) for each in number)
    return "0123456789X"[sum(map(int.__mul__, values, _VIN_WEIGHTS)) % 11] == number[8]


def is_hongkong(number: str) -> bool:
    """Tell whether letter, six digits and check have a weighted sum of 0 modulo 11, 9 to 1, a blank being 36."""
    values = [36, ord(number[0]) - 55, *map(int, number[1:7]), 10 if number[7] == "A" else int(number[7])]
    return sum(value * (9 - i) for i, value in enumerate(values)) % 11 == 0


def is_taiwan(number: str) -> bool:
    """Tell whether the letter's two digits and the others have a weighted sum of 0 modulo 10."""
    tens, ones = divmod(10 + _TW_LETTERS.index(number[0]), 10)
    weights = (8, 7, 6, 5, 4, 3, 2, 1, 1)
    return (tens + 9 * ones + sum(map(int.__mul__, map(int, number[1:]), weights))) % 10 == 0


def is_book(number: str) -> bool:
    """Tell whether 13 digits of ISBN or EAN check (ISO 2108)."""
    return sum(int(each) * (1 + 2 * (i % 2)) for i, each in enumerate(number)) % 10 == 0


def citizen(rng: Random, area: str = "") -> str:
    """Return an identity number of 18 characters."""
    body = f"{area or rng.choice(AREAS)}{day(rng, 1890, 1899):%Y%m%d}{digits(rng, 3)}"
    return _first_that(is_citizen, (body + check for check in DIGITS + "X"))


def organisation(rng: Random) -> str:
    """Return a unified social credit code with letters in it."""
    body = rng.choice(("91", "92", "12", "52")) + rng.choice(AREAS) + "MA" + "".join(rng.choices(USCC, k=7))
    return _first_that(is_organisation, (body + check for check in USCC))


def luhn(rng: Random, prefix: str, length: int) -> str:
    """Return a number of that length that passes Luhn."""
    body = prefix + digits(rng, length - len(prefix) - 1)
    return _first_that(is_luhn, (body + check for check in DIGITS))


def vehicle(rng: Random) -> str:
    """Return a vehicle identification number of a maker in China."""
    head = rng.choice(("LSV", "LFV", "LGB", "LVS")) + "".join(rng.choices(VIN, k=5))
    tail = "".join(rng.choices(VIN, k=3)) + digits(rng, 5)
    return _first_that(is_vehicle, (f"{head}{check}{tail}" for check in DIGITS + "X"))


def hongkong(rng: Random) -> str:
    """Return a Hong Kong identity number without its brackets."""
    body = rng.choice("ABCDEGHKPRVYZ") + digits(rng, 6)
    return _first_that(is_hongkong, (body + check for check in DIGITS + "A"))


def taiwan(rng: Random) -> str:
    """Return a Taiwan identity number."""
    body = rng.choice(_TW_LETTERS) + rng.choice("12") + digits(rng, 7)
    return _first_that(is_taiwan, (body + check for check in DIGITS))


def book(rng: Random, prefix: str = "9787") -> str:
    """Return an ISBN, or another article number, of 13 digits."""
    body = prefix + digits(rng, 12 - len(prefix))
    return _first_that(is_book, (body + check for check in DIGITS))


def spoilt(rng: Random, number: str, holds: Callable[[str], bool], place: int = -1) -> str:
    """Return the number with another digit in the place of its check character, so that it is valid no more."""
    at = place % len(number)
    others = [number[:at] + each + number[at + 1 :] for each in DIGITS if each != number[at]]
    return rng.choice([each for each in others if not holds(each)])
