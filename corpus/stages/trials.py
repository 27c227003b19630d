"""The random trials by which langdetect weighs languages, for many texts at once.

langdetect multiplies the probabilities of n-grams drawn at random from a text until one language is nearly sure, seven
times, and averages. In Python that takes milliseconds a text; here all trials of all texts go side by side in arrays.
The draws come from one seeded sequence of our own, the same for every text, so an answer depends on the text alone:
not on its neighbours, the process or the machine's directory order.
"""

import random
from collections.abc import Sequence
from functools import cache
from statistics import NormalDist
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Shares: TypeAlias = npt.NDArray[np.float64]
Rows: TypeAlias = npt.NDArray[np.int64]

# The constants of langdetect's detector.
_TRIALS: Final = 7
_LIMIT: Final = 1000
_STRIDE: Final = 5
_SURE: Final = 0.99999
_ALPHA: Final = NormalDist(0.5, 0.05)
_BASE: Final = 10_000

_SEED: Final = 0
_TEXTS: Final = 64
"""Texts that are worked on together; it bounds memory and keeps the arrays in the processor's cache."""


class _Draws(NamedTuple):
    weights: Shares
    """Smoothing of every trial."""
    places: Shares
    """For every trial and step a place among the text's n-grams, as a ratio in [0, 1)."""


@cache
def _draws() -> _Draws:
    source = random.Random(_SEED)  # noqa: S311  # no secret: the same everywhere is what is wanted
    weights = [_ALPHA.inv_cdf(source.random()) / _BASE for _ in range(_TRIALS)]
    places = [[source.random() for _ in range(_LIMIT + 1)] for _ in range(_TRIALS)]
    return _Draws(np.array(weights), np.array(places))


def weigh(table: Shares, texts: Sequence[Rows]) -> Shares:
    """Return the probability of every language for every text.

    Args:
        table: For every n-gram (row) its probability in every language (column), ratios.
        texts: The rows of each text's n-grams, in the order in which they stand there; none may be empty.

    Returns:
        One row per text, one column per language, ratios.
    """
    groups = (texts[first : first + _TEXTS] for first in range(0, len(texts), _TEXTS))
    found = [_weigh(table, group) for group in groups]
    return np.concatenate(found) if found else np.empty((0, table.shape[1]))


def _weigh(table: Shares, texts: Sequence[Rows]) -> Shares:
    draws = _draws()
    lengths = np.repeat([len(rows) for rows in texts], _TRIALS)
    begins = np.repeat(np.cumsum([0, *(len(rows) for rows in texts[:-1])]), _TRIALS)
    rows = np.concatenate(texts)
    trial = np.tile(np.arange(_TRIALS), len(texts))
    settled = np.empty((len(trial), table.shape[1]))
    open_ = np.arange(len(trial))
    shares = np.full_like(settled, 1 / table.shape[1])
    for step in range(0, _LIMIT + 1, _STRIDE):
        # langdetect looks whether it is sure after the first draw and then after every fifth.
        for each in range(max(0, step - _STRIDE + 1), step + 1):
            drawn = (draws.places[trial[open_], each] * lengths[open_]).astype(np.int64)
            factors = table[rows[begins[open_] + drawn]]
            factors += draws.weights[trial[open_], None]
            shares *= factors
        shares /= shares.sum(axis=1, keepdims=True)
        is_done = (shares.max(axis=1) > _SURE) | (step + _STRIDE > _LIMIT)
        if is_done.any():
            settled[open_[is_done]] = shares[is_done]
            open_, shares = open_[~is_done], shares[~is_done]
        if not len(open_):
            break
    mean: Shares = settled.reshape(len(texts), _TRIALS, -1).mean(axis=1)
    return mean
