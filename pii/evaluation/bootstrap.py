"""Bootstrap: how far a measure would move had other templates been written (Efron 1979, percentile intervals).

What is resampled are clusters, not spans: texts rendered from one template succeed or fail together. The numbers are
drawn by SplitMix64 (Steele, Lea, Flood 2014), written out here, so they are the same with every release of NumPy.
"""

import numpy as np
from numpy.typing import NDArray

REPLICATES = 1000
SEED = 20251
_AT_ONCE = 100
_LEVEL = 950
"""Thousandths of the replicates that lie within an interval."""


def resample(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draw as many clusters as there are, with replacement, :data:`REPLICATES` times, and add their counts.

    Args:
        sums: Counts, a row per cluster. Whole numbers, so every sum below 2**53 is exact in any order.

    Returns:
        Counts, a row per replicate.
    """
    clusters = len(sums)
    drawn = np.empty((REPLICATES, sums.shape[1]))
    for first in range(0, REPLICATES, _AT_ONCE):
        picks = _random(first * clusters, _AT_ONCE * clusters) % np.uint64(clusters)
        rows = np.repeat(np.arange(_AT_ONCE), clusters)
        weights = np.bincount(rows * clusters + picks.astype(np.int64), minlength=_AT_ONCE * clusters)
        drawn[first : first + _AT_ONCE] = weights.reshape(_AT_ONCE, clusters).astype(np.float64) @ sums
    return drawn


def interval(values: NDArray[np.float64]) -> tuple[float, float] | None:
    """Return the 95 % interval by nearest rank, of the replicates in which the measure was defined; None if in none."""
    defined = np.sort(values[np.isfinite(values)])
    if not len(defined):
        return None
    cut = len(defined) * (1000 - _LEVEL) // 2000
    return float(defined[cut]), float(defined[len(defined) - 1 - cut])


def _random(first: int, count: int) -> NDArray[np.uint64]:
    """Return numbers ``first`` to ``first + count`` of the sequence."""
    state = np.arange(first + 1, first + count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(SEED)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))
