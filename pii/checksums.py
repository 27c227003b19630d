"""Check digits: what makes a number more than a row of digits. Arguments are ASCII, already folded and joined."""

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_USCC_VALUES = {character: value for value, character in enumerate(_USCC_ALPHABET)}
_DOUBLED = str.maketrans("0123456789", "0246813579")


def id_check(body: str) -> str:
    """Return the check character of the first 17 digits of a citizen identity number (GB 11643, mod 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, body, strict=True))
    return _ID_CHECKS[total % 11]


def uscc_check(body: str) -> str | None:
    """Return the check character of the first 17 characters of a unified social credit code (GB 32100, mod 31).

    None where a character is not one of the 31 allowed (I, O, S, V and Z are not).
    """
    try:
        values = [_USCC_VALUES[character] for character in body]
    except KeyError:
        return None
    total = sum(weight * value for weight, value in zip(_USCC_WEIGHTS, values, strict=True))
    return _USCC_ALPHABET[-total % 31]


def passes_luhn(number: str) -> bool:
    """Tell whether the last digit is the Luhn check digit of the others (ISO/IEC 7812-1 annex B)."""
    return (sum(map(int, number[-1::-2])) + sum(map(int, number[-2::-2].translate(_DOUBLED)))) % 10 == 0
