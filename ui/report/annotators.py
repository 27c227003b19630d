"""Tables on the people who annotate (标注人员): by employment and function (T5), by company (T5b)."""

from decimal import ROUND_HALF_UP, Decimal

from rules.annotation.companies import Company, companies
from rules.annotation.workforce import ALL, Workforce, counted, workforce
from rules.facts import Facts
from ui.i18n import words
from ui.report.table import Cell, Table, column, percent

_MINUTES = 60
_HUNDREDTH = Decimal("0.01")


def by_employment(facts: Facts) -> Table:
    """T5: annotators (标注人员) by employment and function, trained and examined."""
    return Table(
        "T5",
        words("report.table.T5"),
        (
            column("employment", 10),
            column("role", 10),
            column("headcount", 8),
            column("trained_count", 10),
            column("training_hours"),
            column("attended_hours"),
            column("training_sessions"),
            column("exam_pass_count"),
            column("qualified"),
        ),
        tuple(_group(each) for each in workforce(facts.annotation.people, facts.annotation.trainings)),
        (words("report.note.annotators"),),
    )


def by_company(facts: Facts) -> Table:
    """T5b: annotators by company (按单位), the internal ones first: who may work, and how often they are right."""
    return Table(
        "T5b",
        words("report.table.T5b"),
        (
            column("company", 12),
            column("headcount", 8),
            column("qualified"),
            column("suspended"),
            column("expired"),
            column("batches_open"),
            column("batches_ended"),
            column("gold_asked"),
            column("gold_right"),
            column("gold_accuracy"),
        ),
        tuple(_company(each) for each in companies(counted(facts.annotation.people), facts.annotation)),
        (words("report.note.companies"),),
    )


def _group(row: Workforce) -> tuple[Cell, ...]:
    return (
        words(f"report.employment.{row.employment}" if row.employment else "report.employment.unrecorded"),
        words("report.role.all" if row.function == ALL else f"report.role.{row.function}"),
        row.headcount,
        row.trained,
        _hours(row.minutes),
        _hours(row.attended_minutes),
        row.sessions,
        row.passed,
        row.qualified,
    )


def _company(row: Company) -> tuple[Cell, ...]:
    accuracy = percent(row.gold_right, row.gold_asked) if row.gold_asked else words("report.not_estimable")
    return (
        row.company or words("report.employment.internal"),
        row.people,
        row.qualified,
        row.suspended,
        row.expired,
        row.batches_open,
        row.batches_ended,
        row.gold_asked,
        row.gold_right,
        accuracy,
    )


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / _MINUTES).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
