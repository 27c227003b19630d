"""Invented numbers of papers and vehicles that pass their checks, made when a test runs; nobody has them.

The check characters are searched for by the defining congruences, not computed by the code under test.
"""

import random

from tests.fakes.identities import citizen

_PLACES = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        [
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            "16",
            "17",
            "34",
            "18",
            "19",
            "20",
            "21",
            "22",
            "35",
            "23",
            "24",
            "25",
            "26",
            "27",
            "28",
            "29",
            "32",
            "30",
            "31",
            "33",
        ],
        strict=True,
    )
)
_SOUNDS = {
    letter: value
    for value, letters in enumerate(["AJ", "BKS", "CLT", "DMU", "ENV", "FW", "GPX", "HY", "RZ"], 1)
    for letter in letters
}
_VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]


def _digits(seed: int, count: int) -> str:
    return "".join(random.Random(seed).choices("0123456789", k=count))


def old_citizen(seed: int, area: str = "110105") -> str:
    """Return an identity number of 15 digits; it has no check digit."""
    rng = random.Random(seed)
    return f"{area}{rng.randint(20, 79)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(0, 999):03}"


def foreign_resident(seed: int) -> str:
    """Return a permanent residence number of 2023: 9, province, nationality, then as a citizen's."""
    return citizen(seed, "931840")


def disabled(seed: int, kind: str = "4", grade: str = "3") -> str:
    """Return the number of a disability certificate."""
    return citizen(seed) + kind + grade


def hong_kong(seed: int, letters: str = "A", brackets: str = "()") -> str:
    """Return a Hong Kong number: values by weights 9 down to 1, the check character last, are 0 modulo 11."""
    body = letters + _digits(seed, 6)
    values = [36] * (8 - len(body)) + [int(each, 36) for each in body]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    check = next(each for each in "0123456789A" if (total + int(each, 16)) % 11 == 0)
    return f"{body}{brackets[:1]}{check}{brackets[1:]}"


def taiwan(seed: int, head: str = "A1") -> str:
    """Return a Taiwan number: the two digits of the letter and the others, weighted, are 0 modulo 10."""
    body = head + _digits(seed, 7)
    second = body[1] if body[1].isdigit() else _PLACES[body[1]][1]
    values = [int(each) for each in _PLACES[body[0]] + second + body[2:]]
    total = sum(value * weight for value, weight in zip(values, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1], strict=True))
    return f"{body}{-total % 10}"


def vehicle(seed: int, head: str = "LSVAB2") -> str:
    """Return a vehicle identification number: weighted values of 16 characters give the ninth modulo 11."""
    serial = _digits(seed, 6)
    return next(vin for check in "0123456789X" if _is_vehicle(vin := f"{head}{serial[:2]}{check}KN{serial}"))


def _is_vehicle(vin: str) -> bool:
    values = [int(each) if each.isdigit() else _SOUNDS[each] for each in vin]
    total = sum(value * weight for value, weight in zip(values, _VIN_WEIGHTS, strict=True))
    return total % 11 == (10 if vin[8] == "X" else int(vin[8]))


def organisation_code(seed: int, gap: str = "-") -> str:
    """Return an organisation code: values by weights 3, 7, 9, 10, 5, 8, 4, 2, and the check once, are 0 modulo 11."""
    body = _digits(seed, 8)
    total = sum(int(value) * weight for value, weight in zip(body, [3, 7, 9, 10, 5, 8, 4, 2], strict=True))
    check = next(each for each in "0123456789X" if (total + (10 if each == "X" else int(each))) % 11 == 0)
    return f"{body}{gap}{check}"
