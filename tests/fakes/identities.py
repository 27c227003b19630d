"""Invented, checksum-valid identities, made when a test runs; birth years 1890 to 1899 only, so that nobody lives.

The check characters are searched for by the defining congruences of the standards, not computed by the code under test.
"""

import random

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _rng(seed: int) -> random.Random:
    return random.Random(seed)


def citizen(seed: int, area: str = "110105") -> str:
    """Return a valid citizen identity number: the sum of value times 2^(17-i) is 1 modulo 11 (GB 11643)."""
    rng = _rng(seed)
    body = f"{area}{rng.randint(1890, 1899)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(0, 999):03}"
    return next(body + check for check in "0123456789X" if _is_citizen(body + check))


def _is_citizen(number: str) -> bool:
    values = [10 if each == "X" else int(each) for each in number]
    return sum(value * 2 ** (17 - i) for i, value in enumerate(values)) % 11 == 1


def organisation(seed: int, head: str = "91110105") -> str:
    """Return a valid unified social credit code with a letter in it: sum of value times 3^i, and check, 0 modulo 31."""
    rng = _rng(seed)
    body = head + "MA" + "".join(rng.choices(USCC_ALPHABET, k=7))
    return next(body + check for check in USCC_ALPHABET if _is_organisation(body + check))


def _is_organisation(code: str) -> bool:
    total = sum(USCC_ALPHABET.index(each) * 3**i for i, each in enumerate(code[:17]))
    return (total + USCC_ALPHABET.index(code[17])) % 31 == 0


def card(seed: int, prefix: str = "622202", length: int = 19) -> str:
    """Return a number that passes the Luhn check."""
    rng = _rng(seed)
    body = prefix + "".join(rng.choices("0123456789", k=length - len(prefix) - 1))
    return next(body + check for check in "0123456789" if _luhn_holds(body + check))


def _luhn_holds(number: str) -> bool:
    total = 0
    for i, each in enumerate(reversed(number)):
        total += int(each) if i % 2 == 0 else sum(map(int, str(2 * int(each))))
    return total % 10 == 0


def near_miss(number: str) -> str:
    """Return the number with another check digit, so that it is valid no more."""
    last = "0123456789"[(int(number[-1]) + 1) % 10] if number[-1].isdigit() else "0"
    return number[:-1] + last


def mobile(seed: int) -> str:
    """Return a number of the mobile numbering plan."""
    rng = _rng(seed)
    return rng.choice(["138", "159", "186", "199", "133"]) + "".join(rng.choices("0123456789", k=8))
