"""How sure a sample makes us: exact one-sided bounds, in integers, so that every machine prints the same figure.

- With a sample that is a small part of its frame the bound is that of Clopper and Pearson.
- Where the sample is a larger part of the frame it is the hypergeometric one, which knows that the frame is finite; a
  frame judged as a whole has no doubt left, and the bound is the share itself.
- Nothing judged gives no bound: *not estimable* (无法估计) is a result.
"""

import functools
import math
from fractions import Fraction

MILLION = 1_000_000
"""Bounds are in millionths (ppm)."""
_PERCENT = Fraction("0.01")
WHOLE = int(1 / _PERCENT)
"""A whole in percent."""


def exceeds(bad: int, judged: int, limit_percent: int) -> bool:
    """Say whether more than the limit is bad, compared exactly: 5 of 100 does not exceed 5 percent.

    Args:
        bad: Items found bad; items.
        judged: Items judged; items, at least 1.
        limit_percent: The limit; percent.
    """
    is_over: bool = Fraction(bad, judged) > limit_percent * _PERCENT
    return is_over


@functools.lru_cache(maxsize=4096)
def upper_bound(bad: int, judged: int, population: int, *, confidence_percent: int, finite_percent: int) -> int | None:
    """Return the exact one-sided upper bound on the share of bad items in the frame.

    Args:
        bad: Items found bad; items, at most ``judged``.
        judged: Items judged, a simple random sample of the frame; items.
        population: Items of the frame that can be judged; items, at least ``judged``.
        confidence_percent: One-sided coverage; percent, below 100.
        finite_percent: From more than this part of the frame on the sample counts as a large part of it; percent.

    Returns:
        Millionths, rounded up; None where nothing was judged.
    """
    if not judged:
        return None
    doubt = 1 - confidence_percent * _PERCENT
    if judged > finite_percent * _PERCENT * population:
        most = _most_bad(bad, judged, population, doubt)
        return math.ceil(Fraction(most, population) * MILLION)
    return _clopper_pearson(bad, judged, doubt)


def _clopper_pearson(bad: int, judged: int, doubt: Fraction) -> int:
    """Return the smallest share, in millionths, at which so few bad items would be as unlikely as the doubt allows."""
    low, high = 0, MILLION
    while low < high:
        middle = (low + high) // 2
        if _binomial_tail(bad, judged, middle) * doubt.denominator <= doubt.numerator * MILLION**judged:
            high = middle
        else:
            low = middle + 1
    return high if bad < judged else MILLION


def _binomial_tail(bad: int, judged: int, share: int) -> int:
    """Return P(at most so many bad) times ``MILLION ** judged``; the share is below one."""
    others = MILLION - share
    term: int = others**judged
    total = term
    for found in range(bad):
        term = term * (judged - found) * share // ((found + 1) * others)
        total += term
    return total


def _most_bad(bad: int, judged: int, population: int, doubt: Fraction) -> int:
    """Return the greatest number of bad items in the frame under which so few in the sample are not too unlikely.

    It is looked for upwards from what was found: near that the numbers are small, however large the frame is.
    """
    low, most = bad, population - (judged - bad)
    step = 1
    while low + step <= most and _is_likely(bad, judged, population, low + step, doubt):
        low, step = low + step, 2 * step
    high = min(low + step - 1, most)
    while low < high:
        middle = (low + high + 1) // 2
        if _is_likely(bad, judged, population, middle, doubt):
            low = middle
        else:
            high = middle - 1
    return low


def _is_likely(bad: int, judged: int, population: int, all_bad: int, doubt: Fraction) -> bool:
    """Say whether at most so many bad items in the sample are more likely than the doubt, with ``all_bad`` in all.

    Drawing the sample from the items, or the bad ones from them, is the same chance; the smaller draw is counted.
    """
    fewer, more = sorted((judged, all_bad))
    tail = _hypergeometric_tail(bad, fewer, population, more)
    return tail * doubt.denominator > doubt.numerator * math.comb(population, fewer)


def _hypergeometric_tail(bad: int, judged: int, population: int, all_bad: int) -> int:
    """Return the number of samples with at most so many bad items, of a frame with ``all_bad`` of them."""
    good = population - all_bad
    first = max(0, judged - good)
    if first > bad:
        return 0
    term = total = math.comb(all_bad, first) * math.comb(good, judged - first)
    for found in range(first, bad):
        term = term * (all_bad - found) * (judged - found) // ((found + 1) * (good - judged + found + 1))
        total += term
    return total
