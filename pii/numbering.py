"""Numbering plans: which prefixes exist. The facts are tables in ``pii/plans``, each naming its standard."""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class PrefixRange(NamedTuple):
    """Prefixes from ``first`` to ``last``, both included, and how many digits may stand behind or in all."""

    first: str
    last: str
    shortest: int
    longest: int


@cache
def provinces() -> frozenset[str]:
    """Return the first two digits of every province-level division (GB/T 2260)."""
    return frozenset(row["code"] for row in _rows("provinces"))


@cache
def prefectures() -> frozenset[str]:
    """Return the first four digits of every division of the mainland and Taiwan since 1980 (GB/T 2260)."""
    return frozenset(
        f"{code:04}" for row in _rows("prefectures") for code in range(int(row["first"]), int(row["last"]) + 1)
    )


@cache
def residence_areas() -> frozenset[str]:
    """Return the area codes of residence permits for Hong Kong, Macao and Taiwan residents."""
    return frozenset(row["code"] for row in _rows("residence_areas"))


@cache
def registrars() -> frozenset[str]:
    """Return the first two characters that a unified social credit code may have (GB 32100)."""
    return frozenset(row["code"] for row in _rows("registrars"))


@cache
def mobile_prefixes() -> frozenset[str]:
    """Return the first three digits of mobile numbers given to people (号段)."""
    return frozenset(
        str(prefix) for row in _rows("mobile_prefixes") for prefix in range(int(row["first"]), int(row["last"]) + 1)
    )


@cache
def area_codes() -> dict[str, range]:
    """Return every long-distance area code (区号) with its 0, and the lengths of numbers behind it, in digits."""
    return {
        f"{code:0{len(row['first'])}}": range(int(row["shortest"]), int(row["longest"]) + 1)
        for row in _rows("area_codes")
        for code in range(int(row["first"]), int(row["last"]) + 1)
    }


@cache
def regional_ranges(country: str) -> tuple[tuple[str, PrefixRange], ...]:
    """Return the numbers of Hong Kong (852), Macao (853) or Taiwan (886): MOBILE or LANDLINE, and their ranges."""
    return tuple(
        (row["entity"], PrefixRange(row["first"], row["last"], int(row["shortest"]), int(row["longest"])))
        for row in _rows("regional_numbers")
        if row["country"] == country
    )


@cache
def country_codes() -> frozenset[str]:
    """Return the country codes (国际区号) of people's telephones abroad, without the plus (ITU-T E.164)."""
    return frozenset(
        str(code) for row in _rows("country_codes") for code in range(int(row["first"]), int(row["last"]) + 1)
    )


def is_card_prefix(number: str) -> bool:
    """Tell whether a card number begins with a known issuer prefix and has a length used there."""
    return any(
        each.first <= number[:6] <= each.last and each.shortest <= len(number) <= each.longest
        for each in _card_prefixes()
    )


@cache
def _card_prefixes() -> tuple[PrefixRange, ...]:
    return tuple(
        PrefixRange(row["first"], row["last"], int(row["shortest"]), int(row["longest"]))
        for row in _rows("card_prefixes")
    )


def _rows(table: str) -> list[dict[str, str]]:
    text = (files("pii") / "plans" / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
