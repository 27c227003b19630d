"""Hostile texts: no crash, no quadratic time."""

import random
import time

import pytest

from pii.engine import Detector
from pii.strip import Stripper

STRIPPER = Stripper()
DETECTOR = Detector(names=None)
PHONE = "13812345678"
_RNG = random.Random(1)
_MAKERS = {
    "one digit": lambda n: "7" * n,
    "digits": lambda n: "".join(_RNG.choices("0123456789", k=n)),
    "spaced digits": lambda n: " ".join("1" * (n // 2)),
    "digits between hidden": lambda n: "1\u200b" * (n // 2),
    "letters": lambda n: "a" * n,
    "at signs": lambda n: "a@" * (n // 2),
    "dots": lambda n: "x@" + "a." * (n // 2),
    "plates": lambda n: "京A12345" * (n // 7),
    "numbers": lambda n: "13812345678，" * (n // 12),
    "brackets": lambda n: ")2345678" * (n // 8),
    "surrogates": lambda n: "\ud800" * n,
    "prose": lambda n: "没有个人信息的普通文字" * (n // 11),
}


@pytest.mark.parametrize("name", _MAKERS)
def test_time_grows_with_the_length_only(name: str) -> None:
    """Eight times the text takes no more than some twenty times the time, where quadratic would take 64."""
    _seconds(PHONE)  # builds the engines
    small, large = (_seconds(_MAKERS[name](size)) for size in (20_000, 160_000))
    assert large < 24 * max(small, 0.005)


def _seconds(text: str) -> float:
    began = time.process_time()
    STRIPPER.strip(text)
    return time.process_time() - began


def test_a_million_digits_and_fifty_megabytes_on_a_line() -> None:
    """A run of a million digits and a line of 50 MB are looked through whole, and the number at the end is found."""
    text = "9" * 1_000_000 + "。" + "没有个人信息的普通文字" * 1_500_000 + "手机13812345678"
    assert len(text.encode()) > 50_000_000
    (found,) = DETECTOR.detect(text)
    assert (found.end, found.label) == (len(text), "MOBILE")


def test_lone_surrogates_do_not_hide_or_crash() -> None:
    """Half characters around a number stay in the text, and the number goes."""
    text = f"\udc00手机{PHONE}\ud800"
    assert STRIPPER.strip(text).text == "\udc00手机<MOBILE>\ud800"
