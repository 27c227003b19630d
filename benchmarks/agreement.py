"""Holds our measures of agreement against the libraries that have them, on the same random tables.

    PYTHONPATH=. python -P benchmarks/agreement.py

Run it in an environment that has scikit-learn, statsmodels, krippendorff or irrCAC: the last one needs an older NumPy
than the product and krippendorff has another licence, so neither can be installed beside it. What is missing is said.
"""

import importlib.util
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib import metadata

from annotation.quality import agreement

Table = list[dict[str, str]]
LABELS = ("safe", "risky", "cannot_judge")
PEOPLE = ("p-a", "p-b", "p-c", "p-d")
_TABLES = 200


def table(seed: int, people: Sequence[str], *, is_full: bool) -> Table:
    """Return a table of 60 items with one label prevailing, each person right three times of four."""
    chance = random.Random(seed)
    units: Table = []
    for _ in range(60):
        truth = chance.choices(LABELS, (8, 2, 1))[0]
        here = people if is_full else chance.sample(people, chance.randint(1, len(people)))
        units.append({each: truth if chance.random() < 0.75 else chance.choice(LABELS) for each in sorted(here)})
    return units


def _cohen(units: Table) -> float:
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score([each["p-a"] for each in units], [each["p-b"] for each in units]))


def _fleiss(units: Table) -> float:
    from statsmodels.stats.inter_rater import fleiss_kappa

    counts = [Counter(each.values()) for each in units]
    return float(fleiss_kappa([[each[label] for label in LABELS] for each in counts]))


def _matrix(units: Table) -> list[list[float]]:
    return [[LABELS.index(each[p]) if p in each else float("nan") for each in units] for p in PEOPLE]


def _alpha(units: Table) -> float:
    import krippendorff

    return float(krippendorff.alpha(_matrix(units), level_of_measurement="nominal"))


def _ac1(units: Table) -> float:
    import pandas as pd
    from irrCAC.raw import CAC

    rows = pd.DataFrame([[each.get(person) for person in PEOPLE] for each in units], columns=list(PEOPLE))
    return float(CAC(rows, categories=list(LABELS)).gwet()["est"]["coefficient_value"])


PEERS: Sequence[tuple[str, str, Callable[[Table], float], agreement.Measure, Sequence[str], bool]] = (
    ("scikit-learn", "sklearn", _cohen, agreement.cohen, PEOPLE[:2], True),
    ("statsmodels", "statsmodels", _fleiss, agreement.fleiss, PEOPLE, True),
    ("krippendorff", "krippendorff", _alpha, agreement.krippendorff, PEOPLE, False),
    ("irrCAC", "irrCAC", _ac1, lambda units: agreement.ac1(units, LABELS), PEOPLE, False),
)


def main() -> None:
    """Print the greatest difference to each library."""
    for name, module, theirs, ours, people, is_full in PEERS:
        if importlib.util.find_spec(module) is None:
            sys.stdout.write(f"{name}: not installed here\n")
            continue
        worst = 0.0
        for seed in range(_TABLES):
            units = table(seed, people, is_full=is_full)
            worst = max(worst, abs(theirs(units) - float(ours(units) or Fraction(0))))
        sys.stdout.write(f"{name} {metadata.version(name)}: {_TABLES} tables, greatest difference {worst:.1e}\n")


if __name__ == "__main__":
    main()
