"""A plot of an evaluation as SVG: bars with 95 % intervals, drawn by hand, since it is all that is ever plotted.

An SVG opens in every browser and goes into a report as it is; a plot library would weigh more than this floor.
"""

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import ExitCode, GovernanceError

if TYPE_CHECKING:
    from pii.evaluation.score import Estimate, Evaluation

_LEFT, _WIDTH, _RIGHT, _ROW, _TOP, _FOOT = 180, 480, 170, 24, 56, 40
_INK, _FAINT, _BAR = "#222222", "#cccccc", "#4c78a8"


def save(evaluation: "Evaluation", file: Path) -> None:
    """Write the plot of covered recall.

    Raises:
        GovernanceError: The file is to be something else than SVG, or cannot be written.
    """
    if file.suffix.lower() != ".svg":
        raise GovernanceError(
            "The plot is drawn as SVG only.",
            code="ui.plot-format",
            remedy="Give a file name that ends in .svg; every browser opens it.",
            where=str(file),
        )
    try:
        file.write_text(svg(evaluation), encoding="utf-8")
    except OSError as error:
        raise GovernanceError(
            "The plot cannot be written.",
            code="ui.plot-unwritable",
            remedy="Choose a place that can be written.",
            where=str(file),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error


def svg(evaluation: "Evaluation", measure: str = "covered_recall") -> str:
    """Draw one measure between 0 and 1 for all, each type, trick and genre that has gold.

    Args:
        evaluation: What came out.
        measure: A name in :data:`pii.evaluation.counts.MEASURES`.

    Returns:
        A whole SVG document, every name in it escaped.
    """
    bars = [
        (row.name or "all", estimates[measure], evaluation.counts[row].gold)
        for row, estimates in evaluation.estimates.items()
        if measure in estimates and estimates[measure].value is not None
    ]
    height = _TOP + _ROW * len(bars) + _FOOT
    title = f"{measure.replace('_', ' ')}, 95 % intervals over {'templates' if evaluation.by_template else 'documents'}"
    size = f'width="{_LEFT + _WIDTH + _RIGHT}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif">',
        f'<rect width="100%" height="100%" fill="white"/>{_text(16, 26, title, size=15)}',
        *(_grid(tenths, height) for tenths in range(0, 11, 2)),
        *(_bar(_TOP + _ROW * at, *bar) for at, bar in enumerate(bars)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _grid(tenths: int, height: int) -> str:
    x = _x(tenths / 10)
    line = f'<line x1="{x}" y1="{_TOP - 6}" x2="{x}" y2="{height - _FOOT}" stroke="{_FAINT}"/>'
    return line + _text(x, height - _FOOT + 16, f"{tenths / 10:.1f}", anchor="middle")


def _bar(y: int, name: str, estimate: "Estimate", gold: int) -> str:
    value = estimate.value or 0.0
    middle = y + _ROW // 2
    bar = f'<rect x="{_LEFT}" y="{y + 4}" width="{_x(value) - _LEFT:.1f}" height="{_ROW - 8}" fill="{_BAR}"/>'
    if estimate.low is not None and estimate.high is not None:
        ends = _x(estimate.low), _x(estimate.high)
        ticks = "".join(f"M{x},{middle - 4}V{middle + 4}" for x in ends)
        bar += f'<path d="M{ends[0]},{middle}H{ends[1]}{ticks}" stroke="{_INK}" stroke-width="1.5" fill="none"/>'
    label = _text(_LEFT - 8, middle + 4, name, anchor="end")
    return bar + label + _text(_LEFT + _WIDTH + 12, middle + 4, f"{value:.3f}  of {gold:,}")


def _x(value: float) -> float:
    return round(_LEFT + _WIDTH * value, 1)


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 12) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" fill="{_INK}">{escape(words)}</text>'
