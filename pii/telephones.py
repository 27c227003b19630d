"""Telephone numbers outside the mainland's plan: whose they are, and the one form of each (ITU-T E.164).

The one form is ``+``, country code, national number without trunk zero. No Presidio is needed, so identifiers are told
without loading it.
"""

import re
from typing import NamedTuple

from pii.numbering import country_codes, regional_ranges

_SERVICES = re.compile("(?:0?400|800)[0-9]{7}|9[56][0-9]{3,6}|1[0-2][0-9]|12[0-9]{3}|1(?:00|01|06)[0-9]{2,}")
_TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888", "900"})
_NANP = re.compile("(?!555)[2-9][0-8][0-9][2-9][0-9]{6}")
_TAIWAN = re.compile("09[0-9]{8}|0[2-8][0-9]{7,8}")
_BRITISH = re.compile("0[1-9][0-9]{9}")
_NOT_A_DIGIT = re.compile("[^0-9]")
_SHORTEST, _LONGEST = 8, 15


class Telephone(NamedTuple):
    """A telephone number in its one form, and whether it is mobile or fixed; abroad that is not told: MOBILE."""

    number: str
    entity: str


def is_service(digits: str) -> bool:
    """Tell whether a number is a service's and nobody's (MIIT): 400, 800, 95xxx, 96xxx, 12345, 110 and their like."""
    return _SERVICES.fullmatch(digits) is not None


def regional(country: str, national: str) -> Telephone | None:
    """Return a number of Hong Kong, Macao or Taiwan, or None where their plans have no such number.

    Args:
        country: ``852``, ``853`` or ``886``.
        national: Digits, with or without a trunk 0.
    """
    digits = national.removeprefix("0")
    for entity, each in regional_ranges(country):
        if each.first <= digits[: len(each.first)] <= each.last and each.shortest <= len(digits) <= each.longest:
            return Telephone(f"+{country}{digits}", entity)
    return None


def foreign(digits: str) -> Telephone | None:
    """Return a number by its digits with the country code, or None where E.164 has no such code or length.

    Numbers of North America must fit their own plan; toll-free ones are services.
    """
    if not _SHORTEST <= len(digits) <= _LONGEST or not any(digits[:size] in country_codes() for size in (1, 2, 3)):
        return None
    if digits[0] == "1" and (not _NANP.fullmatch(digits[1:]) or digits[1:4] in _TOLL_FREE):
        return None
    return Telephone(f"+{digits}", "MOBILE")


def north_american(digits: str) -> Telephone | None:
    """Return a number of North America by its ten digits, or None where their plan has none."""
    return foreign("1" + digits)


def one_form(folded: str, *, is_mobile: bool) -> str | None:
    """Return the one form of a folded number that is not the mainland's, or None where it is.

    A local number of eight digits does not tell its place, so it stays as it is.

    Args:
        folded: The number without extension.
        is_mobile: Whether it was found as MOBILE; only such are read as numbers further abroad.
    """
    digits = _NOT_A_DIGIT.sub("", folded)
    has_plus = folded.lstrip(" \t(（").startswith("+")
    is_international = has_plus or digits.startswith("00")
    digits = digits if has_plus else digits.removeprefix("00")
    found = regional(digits[:3], digits[3:]) if digits.startswith(("852", "853", "886")) else None
    if found is None and _TAIWAN.fullmatch(digits):
        found = regional("886", digits)
    if found is None and is_mobile and not digits.startswith("86"):
        if is_international:
            found = foreign(digits)
        elif len(digits) == 10:
            found = north_american(digits)
        elif _BRITISH.fullmatch(digits):
            found = foreign("44" + digits[1:])
    return found.number if found else None
