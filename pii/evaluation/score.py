"""The evaluation of a set: counts gathered by template, measures with 95 % intervals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pii.evaluation.bootstrap import interval, resample
from pii.evaluation.counts import ALL, MEASURES, OF_GOLD, Counts, Measure, Row, count
from pii.evaluation.records import Gold, Predicted
from provenance.errors import GovernanceError

_CLUSTERS = 2000
"""Documents without a template are dealt out in turn to at most so many clusters, so that memory stays flat."""


class Estimate(NamedTuple):
    """A measure and its interval; all None where it is not defined (nothing stands below the line)."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Evaluation:
    """What came out.

    Attributes:
        documents: How many there were.
        clusters: How many templates, or groups of documents, the intervals rest on.
        by_template: Whether it was templates that were resampled.
        counts: The sums of each row: all, then types, tricks and genres by name.
        estimates: The measures of each row.
    """

    documents: int
    clusters: int
    by_template: bool
    counts: Mapping[Row, Counts]
    estimates: Mapping[Row, Mapping[str, Estimate]]


def evaluate(documents: Iterable[tuple[Gold, Predicted]]) -> Evaluation:
    """Count, add and resample.

    Args:
        documents: See :func:`pii.evaluation.records.pairs`. Their order does not matter.

    Raises:
        GovernanceError: There is none.
    """
    tally: dict[tuple[str, int], dict[Row, Counts]] = defaultdict(dict)
    number = 0
    for gold, predicted in documents:
        number += 1
        cluster = tally[gold.template, 0 if gold.template else gold.line % _CLUSTERS]
        for row, counts in count(gold.spans, predicted.spans, gold.length, gold.genre):
            cluster[row] = counts.plus(cluster.get(row, Counts()))
    if not number:
        raise GovernanceError(
            "There is no document to evaluate.",
            code="pii.evaluation-empty",
            remedy="Give a gold file with at least one annotated document.",
        )
    clusters = [tally[key] for key in sorted(tally)]
    rows = [ALL, *sorted({row for cluster in clusters for row in cluster} - {ALL}, key=_place)]
    sums = np.array([[_counts(cluster, row) for row in rows] for cluster in clusters], dtype=np.float64)
    drawn = resample(sums.reshape(len(clusters), -1)).reshape(-1, len(rows), len(Counts._fields))
    total = sums.sum(axis=0)
    return Evaluation(
        documents=number,
        clusters=len(clusters),
        by_template=any(template for template, _ in tally),
        counts={row: Counts(*map(int, total[at])) for at, row in enumerate(rows)},
        estimates={row: _estimates(row, total[at], drawn[:, at]) for at, row in enumerate(rows)},
    )


def _place(row: Row) -> tuple[int, str]:
    return ("all", "type", "trick", "genre").index(row.kind), row.name


def _counts(cluster: Mapping[Row, Counts], row: Row) -> Counts:
    """Return a row's counts; what is predicted of a type is held against all texts, not those that hold the type."""
    counts = cluster.get(row, Counts())
    if row.kind != "type":
        return counts
    return counts._replace(characters=cluster[ALL].characters)


def _estimates(row: Row, total: NDArray[np.float64], drawn: NDArray[np.float64]) -> dict[str, Estimate]:
    return {
        measure.name: Estimate(_value(measure, total), *(interval(_ratio(measure, drawn)) or (None, None)))
        for measure in MEASURES
        if row.kind != "trick" or measure.name in OF_GOLD
    }


def _value(measure: Measure, total: NDArray[np.float64]) -> float | None:
    ratio = float(_ratio(measure, total))
    return ratio if np.isfinite(ratio) else None


def _ratio(measure: Measure, counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the ratio over the last axis, NaN where nothing stands below the line."""
    below = counts[..., [Counts._fields.index(name) for name in measure.denominator]].sum(axis=-1)
    above = measure.scale * counts[..., Counts._fields.index(measure.numerator)]
    ratio: NDArray[np.float64] = np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0)
    return ratio
