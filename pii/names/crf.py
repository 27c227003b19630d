"""Training: a linear-chain CRF over the stretches where a name may be, by stochastic gradients with AdaGrad steps."""

import math
from typing import NamedTuple

import numpy as np

from pii.names.compiled import Numbers, compiled
from pii.names.inference import BITS, LONGEST, TEMPLATES, Seen, fill_rows

FORBIDDEN = -1e9
_STEPS = ((0, 0), (0, 1), (0, 4), (1, 2), (1, 3), (2, 2), (2, 3), (3, 0), (3, 1), (3, 4), (4, 0), (4, 1), (4, 4))
"""Which label may follow which: outside, begin, inside, end, single."""


class Learned(NamedTuple):
    """Weights while they are learned, and the sums of squared gradients that shorten the steps."""

    weights: Numbers
    squares: Numbers
    moves: Numbers
    move_squares: Numbers


class Lattice(NamedTuple):
    """Room for one stretch: rows and scores of labels, sums of all paths before and behind, gradient of the moves."""

    rows: Numbers
    emission: Numbers
    ahead: Numbers
    behind: Numbers
    wrong: Numbers


def untrained() -> Learned:
    """Return weights of zero, with the steps between labels that make no sense forbidden."""
    moves = np.full((5, 5), FORBIDDEN)
    for step in _STEPS:
        moves[step] = 0.0
    return Learned(np.zeros((1 << BITS, 4)), np.zeros((1 << BITS, 4)), moves, np.zeros((5, 5)))


def room() -> Lattice:
    """Return room for any stretch."""
    rows = np.zeros((LONGEST, TEMPLATES), np.int64)
    emission, ahead, behind = (np.zeros((LONGEST, 5)) for _ in range(3))
    return Lattice(rows, emission, ahead, behind, np.zeros((5, 5)))


@compiled
def learn(
    order: Numbers, stretches: Numbers, gold: Numbers, seen: Seen, it: Learned, lattice: Lattice, rate: float
) -> float:
    """Take one step for every stretch, in the order given; returns the sum of negative log-likelihoods before."""
    total = 0.0
    for number in order:
        first, last = stretches[number, 0], stretches[number, 1]
        whole = _sum_paths(first, last, seen, it, lattice)
        total += whole - _score(first, last, gold, it.moves, lattice)
        _step_moves(first, last, gold, it, lattice, whole, rate)
        _step_weights(first, last, gold, it, lattice, whole, rate)
    return total


@compiled
def _sum_paths(first: int, last: int, seen: Seen, it: Learned, lattice: Lattice) -> float:
    n = last - first
    rows, emission, ahead, behind, moves = lattice.rows, lattice.emission, lattice.ahead, lattice.behind, it.moves
    for i in range(n):
        fill_rows(first + i, seen, rows[i])
        emission[i, 0] = 0.0
        for label in range(4):
            total = 0.0
            for row in rows[i]:
                total += it.weights[row, label]
            emission[i, label + 1] = total
    for label in range(5):
        ahead[0, label] = moves[0, label] + emission[0, label]
        behind[n - 1, label] = moves[label, 0]
    for i in range(1, n):
        for label in range(5):
            ahead[i, label] = _log_sum(ahead[i - 1] + moves[:, label]) + emission[i, label]
            back = n - 1 - i
            behind[back, label] = _log_sum(moves[label] + emission[back + 1] + behind[back + 1])
    return _log_sum(ahead[n - 1] + moves[:, 0])


@compiled
def _log_sum(values: Numbers) -> float:
    top = values.max()
    total = 0.0
    for value in values:
        total += math.exp(value - top)
    return float(top + math.log(total))


@compiled
def _score(first: int, last: int, gold: Numbers, moves: Numbers, lattice: Lattice) -> float:
    score = 0.0
    before = 0
    for i in range(last - first):
        label = gold[first + i]
        score += moves[before, label] + lattice.emission[i, label]
        before = label
    return float(score + moves[before, 0])


@compiled
def _step_weights(
    first: int, last: int, gold: Numbers, it: Learned, lattice: Lattice, whole: float, rate: float
) -> None:
    for i in range(last - first):
        for each in range(4):
            gradient = math.exp(lattice.ahead[i, each + 1] + lattice.behind[i, each + 1] - whole)
            if each + 1 == gold[first + i]:
                gradient -= 1.0
            if abs(gradient) < 1e-4:
                continue
            for row in lattice.rows[i]:
                it.squares[row, each] += gradient * gradient
                it.weights[row, each] -= rate * gradient / math.sqrt(it.squares[row, each] + 1.0)


@compiled
def _step_moves(first: int, last: int, gold: Numbers, it: Learned, lattice: Lattice, whole: float, rate: float) -> None:
    n = last - first
    wrong, moves = lattice.wrong, it.moves
    wrong[:] = 0.0
    for i in range(n + 1):
        now = gold[first + i] if i < n else 0
        was = gold[first + i - 1] if i > 0 else 0
        wrong[was, now] -= 1.0
        for a in range(5):
            if i == 0 and a != 0:
                continue
            for b in range(5):
                if moves[a, b] < FORBIDDEN / 2 or (i == n and b != 0):
                    continue
                left = lattice.ahead[i - 1, a] if i > 0 else 0.0
                right = lattice.emission[i, b] + lattice.behind[i, b] if i < n else 0.0
                wrong[a, b] += math.exp(left + moves[a, b] + right - whole)
    for a in range(5):
        for b in range(5):
            if moves[a, b] > FORBIDDEN / 2 and a + b > 0:
                it.move_squares[a, b] += wrong[a, b] * wrong[a, b]
                moves[a, b] -= rate * wrong[a, b] / math.sqrt(it.move_squares[a, b] + 1.0)
