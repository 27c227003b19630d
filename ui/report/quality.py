"""Tables on the quality of annotation (标注质量): what was measured of every batch, and how long answers took."""

from decimal import Decimal

from rules.annotation.measures import Agreement, TimesFact
from rules.facts import Facts
from ui.i18n import words
from ui.report.figures import label
from ui.report.table import Cell, Table, column

_ALL_CONTROLS = "*"
_POINTS = ("least", "p5", "p25", "p50", "p75", "p95", "greatest")


def tables(facts: Facts) -> tuple[Table, ...]:
    """Return the two tables, each where something was measured."""
    measured = [each for each in facts.annotation.agreements if not each.day]
    return (
        *((_agreements(measured),) if measured else ()),
        *((_times(facts.annotation.times),) if facts.annotation.times else ()),
    )


def _agreements(measured: list[Agreement]) -> Table:
    """Return what was measured of batches, six decimals each; accuracy by day stands in the facts alone."""
    return Table(
        "quality",
        words("report.table.quality"),
        (
            column("batch_id", 14),
            column("measure", 16),
            column("control"),
            column("value", 12),
            column("units_compared"),
            column("raters", 8),
            column("person"),
        ),
        tuple(_measure(each) for each in measured),
        (words("report.note.quality"),),
    )


def _times(times: tuple[TimesFact, ...]) -> Table:
    """Return how long answers took by batch and function, in seconds, beside the planned time."""
    return Table(
        "times",
        words("report.table.times"),
        (
            column("batch_id", 14),
            column("role"),
            column("timed", 8),
            column("untimed", 8),
            column("planned_seconds", 8),
            *(column(point, 7) for point in _POINTS),
            column("hasty", 8),
        ),
        tuple(_time(each) for each in times),
        (words("report.note.times"),),
    )


def _measure(each: Agreement) -> tuple[Cell, ...]:
    return (
        each.batch,
        label("report.quality_measure.", each.measure),
        words("report.all_reasons") if each.control == _ALL_CONTROLS else label("report.control.", each.control),
        words("report.not_estimable") if each.millionths is None else _decimals(each.millionths),
        each.units,
        each.raters,
        each.person or words("none"),
    )


def _time(each: TimesFact) -> tuple[Cell, ...]:
    points: tuple[Cell, ...] = each.seconds or (words("report.not_estimable"),) * len(_POINTS)
    return (
        each.batch,
        label("report.role.", each.function),
        each.timed,
        each.untimed,
        each.planned_seconds,
        *points,
        each.hasty,
    )


def _decimals(millionths: int) -> str:
    """Return a measure with six decimals, as it was computed."""
    return f"{Decimal(millionths).scaleb(-6):.6f}"
