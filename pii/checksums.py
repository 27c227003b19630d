"""Check digits: what makes a number more than a row of digits. Arguments are ASCII, already folded and joined."""

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_USCC_VALUES = {character: value for value, character in enumerate(_USCC_ALPHABET)}
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = dict(zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "012345678912345678123457923456789"), strict=True))
_TAIWAN_PLACES = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""Letters by the number they stand for, from 10 on."""
_TAIWAN_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
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


def org_check(body: str) -> str:
    """Return the check character of the first 8 characters of an organisation code (GB 11714, weighted mod 11)."""
    total = sum(weight * int(character, 36) for weight, character in zip(_ORG_WEIGHTS, body, strict=True))
    return "0X987654321"[total % 11]


def vin_check(vin: str) -> str:
    """Return what the ninth of the 17 characters of a vehicle identification number must be (GB 16735, mod 11)."""
    total = sum(weight * _VIN_VALUES[character] for weight, character in zip(_VIN_WEIGHTS, vin, strict=True))
    return "0123456789X"[total % 11]


def hkid_check(body: str) -> str:
    """Return the check character of the letters and six digits of a Hong Kong identity number (mod 11).

    A letter counts 10 and up, a missing first letter 36; weights are 9 down to 2.
    """
    values = [36] * (8 - len(body)) + [int(character, 36) for character in body]
    total = sum(weight * value for weight, value in zip(range(9, 1, -1), values, strict=True))
    return "0123456789A"[-total % 11]


def passes_taiwan(number: str) -> bool:
    """Tell whether a letter and nine digits, or two letters and eight, pass the Taiwan check (weighted mod 10)."""
    first = _TAIWAN_PLACES.index(number[0]) + 10
    second = number[1] if number[1].isdigit() else str(_TAIWAN_PLACES.index(number[1]) % 10)
    digits = [first // 10, first % 10, int(second), *map(int, number[2:])]
    return sum(weight * digit for weight, digit in zip(_TAIWAN_WEIGHTS, digits, strict=True)) % 10 == 0
