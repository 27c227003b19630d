"""Ways of writing a value so that a plain pattern misses it; each takes the plain value and keeps its meaning."""

from collections.abc import Callable, Mapping
from random import Random

Trick = Callable[[Random, str], str]

_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_HAN = (str.maketrans("0123456789", "零一二三四五六七八九"), str.maketrans("0123456789", "〇幺二三四五六七八九"))
_CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
_MATHEMATICAL = {ord("0") + i: 0x1D7CE + i for i in range(10)}
_CONFUSED = {"0": "O", "1": "l", "5": "S", "8": "B"}
_GROUPS = {
    11: (3, 4, 4),
    18: (6, 8, 4),
    16: (4, 4, 4, 4),
    19: (4, 4, 4, 4, 3),
    15: (6, 6, 3),
    12: (4, 4, 4),
    10: (3, 3, 4),
}
_AT = ("[at]", "(at)", " at ", "＠", "#", "艾特", "【at】")


def _grouped(value: str, gap: str) -> str:
    sizes = _GROUPS.get(len(value)) or (len(value) // 2, len(value) - len(value) // 2)
    parts, at = [], 0
    for size in sizes:
        parts.append(value[at : at + size])
        at += size
    return gap.join(parts)


def _spaced(rng: Random, value: str) -> str:
    return _grouped(value, rng.choice((" ", " ", "-", ".", "\u3000", "－")))


def _split(rng: Random, value: str) -> str:
    at = rng.randint(3, len(value) - 3)
    return f"{value[:at]}\n{value[at:]}"


def _zero_width(rng: Random, value: str) -> str:
    at = rng.randint(1, len(value) - 1)
    return value[:at] + rng.choice("\u200b\u200c\u200d\u2060\ufeff") + value[at:]


def _confused(rng: Random, value: str) -> str:
    places = [i for i, each in enumerate(value) if each in _CONFUSED]
    if not places:
        return value
    at = rng.choice(places)
    return value[:at] + _CONFUSED[value[at]] + value[at + 1 :]


def _at_word(rng: Random, value: str) -> str:
    local, _, host = value.partition("@")
    dot = rng.choice((".", ".", "[dot]", "(dot)", "点"))
    return f"{local}{rng.choice(_AT)}{host.replace('.', dot)}"


def _country(rng: Random, value: str) -> str:
    return rng.choice(("+86", "+86 ", "0086", "86-", "(+86)", "+86-")) + value


TRICKS: Mapping[str, Trick] = {
    "plain": lambda _, value: value,
    "full_width": lambda _, value: value.translate(_WIDE),
    "spaced": _spaced,
    "zero_width": _zero_width,
    "circled": lambda _, value: value.translate(_CIRCLED),
    "mathematical": lambda _, value: value.translate(_MATHEMATICAL),
    "han_digits": lambda rng, value: value.translate(rng.choice(_HAN)),
    "plus86": _country,
    "at_word": _at_word,
    "split_lines": _split,
    "ocr": _confused,
    "lower": lambda _, value: value.lower(),
    "name_gap": lambda rng, value: rng.choice((" ", "\u3000")).join(value),
}
"""By name."""

_NUMBER = ("full_width", "spaced", "zero_width", "circled", "mathematical", "split_lines", "ocr")
_LETTERED = ("full_width", "zero_width", "lower")
BEARS: Mapping[str, tuple[str, ...]] = {
    "CN_ID18": (*_NUMBER, "lower"),
    "CN_ID15": _NUMBER,
    "CN_PASSPORT": (*_LETTERED, "spaced", "split_lines"),
    "HKMO_PERMIT": (*_LETTERED, "split_lines"),
    "TW_PERMIT": ("full_width", "zero_width"),
    "MAINLAND_HKMO": _LETTERED,
    "MAINLAND_TW": _LETTERED,
    "HKMOTW_RESIDENCE": _NUMBER,
    "HKID": ("full_width", "zero_width", "lower"),
    "TW_ID": ("full_width", "zero_width", "lower"),
    "FOREIGN_PR": ("full_width", "zero_width", "spaced"),
    "DRIVER_LICENCE": ("full_width", "spaced", "zero_width"),
    "SOCIAL_SECURITY": ("full_width", "zero_width"),
    "DISABILITY_CERT": ("full_width", "spaced", "zero_width", "split_lines"),
    "BANK_CARD": (*_NUMBER, "han_digits"),
    "MOBILE": (*_NUMBER, "han_digits", "plus86"),
    "LANDLINE": ("full_width", "zero_width", "mathematical"),
    "EMAIL": ("full_width", "zero_width", "at_word", "split_lines"),
    "WECHAT": ("full_width", "zero_width"),
    "QQ": ("full_width", "zero_width", "circled", "han_digits", "mathematical"),
    "PLATE": ("full_width", "zero_width", "lower"),
    "VIN": ("full_width", "lower", "zero_width", "split_lines"),
    "MAC": ("lower",),
    "IMEI": ("full_width", "spaced", "zero_width", "split_lines"),
    "USCC": ("full_width", "zero_width", "lower"),
    "NAME": ("name_gap",),
    "ADDRESS": ("full_width",),
    "BIRTH_DATE": ("full_width",),
}
"""What a type's value can bear, besides plain. A type that is not named is always plain."""
NEEDS_VARIANT: Mapping[str, tuple[str, frozenset[str]]] = {
    "plus86": ("MOBILE", frozenset({"zh"})),
    "name_gap": ("NAME", frozenset({"zh", "trad"})),
}
"""Tricks that only some variants of a type can bear."""
