"""Overlaps: one total order."""

import itertools
import os
import subprocess
import sys

from pii.overlaps import resolve
from provenance.spans import Span

_SPANS = [
    Span(0, 18, "CN_ID18", 1000),
    Span(0, 19, "BANK_CARD", 950),
    Span(4, 15, "MOBILE", 900),
    Span(17, 30, "EMAIL", 950),
    Span(30, 41, "MOBILE", 750),
    Span(30, 41, "LANDLINE", 750),
]


def test_proof_beats_score_beats_length_beats_name() -> None:
    """The proved find stays, then the stronger and longer, and of equals the first by name."""
    assert resolve(_SPANS) == (_SPANS[0], _SPANS[5])
    assert resolve([Span(0, 5, "A", 700), Span(0, 9, "B", 700)]) == (Span(0, 9, "B", 700),)
    assert resolve([Span(0, 5, "A", 700), Span(5, 9, "A", 700)]) == (Span(0, 5, "A", 700), Span(5, 9, "A", 700))


def test_order_of_input_does_not_matter() -> None:
    """Every order of the same finds gives the same result."""
    assert len({resolve(order) for order in itertools.permutations(_SPANS)}) == 1


def test_hash_seed_does_not_matter() -> None:
    """Two processes with different hash seeds find the same in the same text."""
    program = (
        "from pii.strip import Stripper; from tests.fakes.identities import *;"
        "t = f'{citizen(1)}@163.com {card(2)} 电话{mobile(3)}@qq.com 0571-88888888 {organisation(4)}';"
        "print(Stripper().detect(t), Stripper().strip(t))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    }
    assert len(outputs) == 1
    assert b"EMAIL" in outputs.pop()
