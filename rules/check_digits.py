"""Check digits (校验码) of the numbers by which books, journals and works of music are known."""

import string
from collections.abc import Callable, Iterable, Mapping

_VALUES = f"{string.digits}X"
"""A check digit counts to ten, which is written X."""
_BASE = len(string.digits)
_ISBN, _FORMER_ISBN, _ISSN, _ISWC = len("9780306406157"), len("0306406152"), len("03785955"), len("0345246801")


def is_isbn(number: str) -> bool:
    """Say whether an ISBN of ten or thirteen digits is well formed (GB/T 5795, ISO 2108)."""
    digits = _plain(number)
    if len(digits) == _FORMER_ISBN:
        return _is_modulo_eleven(digits)
    is_number = len(digits) == _ISBN and digits.isdigit() and digits.startswith(("978", "979"))
    return is_number and not _weighted(digits, (3 if place % 2 else 1 for place in range(_ISBN))) % _BASE


def is_issn(number: str) -> bool:
    """Say whether an ISSN is well formed (GB/T 9999, ISO 3297)."""
    digits = _plain(number)
    return len(digits) == _ISSN and _is_modulo_eleven(digits)


def is_iswc(number: str) -> bool:
    """Say whether an ISWC is well formed (ISO 15707)."""
    digits = _plain(number).removeprefix("T")
    if len(digits) != _ISWC or not digits.isdigit():
        return False
    return not (1 + _weighted(digits[:-1], range(1, _ISWC)) + int(digits[-1])) % _BASE


CHECKS: Mapping[str, Callable[[str], bool]] = {"isbn": is_isbn, "issn": is_issn, "iswc": is_iswc}
"""The checks by the name that ``notices.yaml`` gives them."""


def _plain(number: str) -> str:
    """Return the digits alone; the numerals of other scripts, which check digits do not know, as nothing."""
    if not number.isascii():
        return ""
    return "".join(each for each in number.upper() if each not in "-. ")


def _is_modulo_eleven(digits: str) -> bool:
    has_form = digits[:-1].isdigit() and digits[-1] in _VALUES
    return has_form and not _weighted(digits, range(len(digits), 0, -1)) % len(_VALUES)


def _weighted(digits: str, weights: Iterable[int]) -> int:
    return sum(_VALUES.index(digit) * weight for digit, weight in zip(digits, weights, strict=True))
