"""The training command: ``python -m pii.names.train --texts FOLDER --out FOLDER``.

It draws sentences with names, adds real sentences without (and some with names put in), learns, rounds to integers and
writes the weights and their card. The same seed on the same machine gives the same weights. ``--annotations`` adds your
own texts, lines ``{"text": "...", "names": [[start, end], ...]}``; weights from those are yours to judge and to keep.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pii.names import background, crf, tables
from pii.names.card import Training, card
from pii.names.generate import Marked, Sentences
from pii.names.inference import BEGIN, END, INSIDE, LONGEST, REACH, SINGLE, Seen, Tables, look
from pii.names.weights import FILE, save

SOURCES = ("prc-laws", "paddle-docs-cn")
"""Collections to train on: statutes (no copyright, PRC Copyright Law art. 5) and documentation under Apache-2.0."""
SCALE = 16
"""Weights of the file per unit of log-odds."""
BIASES = {"balanced": 12, "recall": 32}
"""In the unit of the file; chosen looking at CLUENER and at how many finds documentation has."""
EPOCHS, RATE, HIDDEN = 3, 0.15, 250
"""Passes, length of steps, words in a thousand that are hidden so that the unknown is not taken for a name."""
_PERSONS = re.compile(
    "当事人|申请人|被告人|公民|证人|法定代表人|患者|学生|教师|残疾人|法官|检察官|律师|纳税人|经营者|消费者|劳动者"
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    asked = argparse.ArgumentParser(prog="python -m pii.names.train", description=__doc__)
    asked.add_argument("--texts", type=Path, help=f"folder with {', '.join(SOURCES)}, each a text.jsonl")
    asked.add_argument("--annotations", type=Path, action="append", default=[], help="texts with names, JSON lines")
    asked.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder for weights and card")
    asked.add_argument("--lines", type=int, default=200_000, help="generated lines")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args(arguments)
    real = {name: list(background.sentences(given.texts / name / "text.jsonl")) for name in SOURCES if given.texts}
    statistical = background.words(sentence for name in real for sentence in real[name])
    examples = [*generated(given.seed, given.lines, real), *(each for path in given.annotations for each in read(path))]
    learned, loss = train(examples, untrained(statistical), given.seed)
    given.out.mkdir(parents=True, exist_ok=True)
    digest = save(given.out / FILE, learned, BIASES)
    counts = {name: len(sentences) for name, sentences in real.items()}
    training = Training(given.seed, given.lines, counts, len(given.annotations), len(examples), loss, digest)
    (given.out / "MODEL_CARD.md").write_text(card(training), encoding="utf-8")


def generated(seed: int, lines: int, real: dict[str, list[str]]) -> list[Marked]:
    """Return drawn lines, all real sentences as they are, and those about persons once more with names put in."""
    rng = random.Random(seed)  # noqa: S311 - training data, no secret
    clauses = [each for name in real for each in background.clauses(rng.sample(real[name], len(real[name]) // 4))]
    drawn = Sentences(seed, clauses)
    examples = [drawn.draw() for _ in range(lines)]
    examples += [Marked(sentence, ()) for name in real for sentence in real[name]]
    laws = real.get("prc-laws", [])
    examples += [drawn.named(each, _PERSONS) for each in rng.sample(laws, len(laws) // 3) if _PERSONS.search(each)]
    return examples


def read(path: Path) -> list[Marked]:
    """Return the examples of a file of annotations."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [Marked(row["text"], tuple((start, end) for start, end in row["names"])) for row in rows]


def untrained(statistical: Sequence[str]) -> Tables:
    """Return the tables that are compiled from lists, not learned."""
    keys, kinds = tables.dictionary(tables.word_kinds(statistical))
    nothing = np.zeros(0)
    return Tables(tables.canonical(), tables.classes(), keys, kinds, nothing, nothing)


def train(examples: Sequence[Marked], empty: Tables, seed: int) -> tuple[Tables, float]:
    """Learn from examples; returns the tables with integer weights, and the last pass's loss per stretch."""
    codes, labels = _joined(examples)
    seen = Seen(np.zeros(len(codes), np.int32), *(np.zeros(len(codes), np.int8) for _ in range(5)))
    state, lattice = crf.untrained(), crf.room()
    rng = np.random.default_rng(seed)
    loss = 0.0
    for number in range(1, EPOCHS + 1):
        look(codes, empty, seen, int(rng.integers(1, 1 << 40)), HIDDEN)
        seen.allowed[:REACH] = seen.allowed[-REACH:] = 0
        gold = _reachable(labels, seen.allowed)
        parts = _stretches(seen.allowed)
        loss = crf.learn(rng.permutation(len(parts)), parts, gold, seen, state, lattice, RATE) / len(parts)
        sys.stderr.write(f"pass {number}: {len(parts)} stretches, loss {loss:.4f} each\n")
    weights = np.clip(np.rint(state.weights * SCALE), -127, 127).astype(np.int8)
    moves = np.where(state.moves < crf.FORBIDDEN / 2, -(10**7), np.rint(state.moves * SCALE)).astype(np.int32)
    return empty._replace(weights=weights, moves=moves), loss


def _joined(examples: Sequence[Marked]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int8]]:
    """Return all examples as lines of one padded text, and a label for every character."""
    pad = "\0" * REACH
    text = pad + "\n".join(example.text.replace("\n", " ") for example in examples) + pad
    labels = np.zeros(len(text), np.int8)
    at = REACH
    for example in examples:
        for start, end in example.names:
            labels[at + start : at + end] = INSIDE
            labels[at + start], labels[at + end - 1] = (BEGIN, END) if end - start > 1 else (SINGLE, SINGLE)
        at += len(example.text) + 1
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<i4").astype(np.int32), labels


def _reachable(labels: npt.NDArray[np.int8], allowed: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """Return the labels without the names that do not lie within a stretch: the model cannot say them."""
    found = labels.copy()
    first = np.flatnonzero((labels == BEGIN) | (labels == SINGLE))
    last = np.flatnonzero((labels == END) | (labels == SINGLE)) + 1
    sums = np.concatenate(([0], np.cumsum(allowed, dtype=np.int64)))
    for start, end in zip(first, last, strict=True):
        if sums[end] - sums[start] < end - start:
            found[start:end] = 0
    return found


def _stretches(allowed: npt.NDArray[np.int8]) -> npt.NDArray[np.int64]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], allowed, [0])))).reshape(-1, 2)
    return np.array([(at, min(at + LONGEST, end)) for start, end in edges for at in range(start, end, LONGEST)])


if __name__ == "__main__":
    main()
