"""Commands about personal information (个人信息)."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import orjson
import typer

from provenance.errors import ExitCode
from ui.cli.shared import JSON, PATH, print_json, print_table, state, tell
from ui.services import evaluating, plotting, residual

if TYPE_CHECKING:
    from pii.names.weights import Setting

_pii = typer.Typer(help="Personal information (个人信息).", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_pii, name="pii")


@_pii.command("types")
def _types(
    everything: bool = typer.Option(False, "--all", help="Those too that no recogniser finds yet (未覆盖)."),
    as_json: bool = JSON,
) -> None:
    """List the types of personal information that a recogniser finds.

    With their sensitivity under GB/T 35273 (strict) and GB/T 45574.
    """
    rows = [row for row in evaluating.types() if everything or row["covered"]]
    if as_json:
        print_json(rows)
    else:
        heads = [head.replace("_", " ") for head in rows[0]]
        print_table(heads, [[*list(row.values())[:-1], "yes" if row["covered"] else "未覆盖"] for row in rows])


@_pii.command("scan")
def _scan(
    context: typer.Context,
    path: Path = PATH,
    types: str = typer.Option("", "--types", metavar="A,B", help="Only these types, with commas between."),
    least: float = typer.Option(0.0, "--min-score", min=0.0, max=1.0, help="Only finds with at least this score."),
    profile: str | None = typer.Option(
        None, "--profile", help="Say of each find whether it is sensitive: strict_35273 or gbt45574."
    ),
    setting: str = typer.Option("balanced", "--setting", help="How names are looked for: balanced or recall."),
) -> None:
    """Scan JSONL or a folder of text files, and print spans.

    JSONL of {"id","text"}; a line per document, and no text.
    """
    asked = evaluating.wanted(types, least, profile)
    detect = evaluating.detector(cast("Setting", setting))  # refuses others
    read = unreadable = found = percent = 0
    for document in evaluating.documents(path):
        line = evaluating.scan(document, detect, asked)
        if line is None:
            unreadable += 1
            tell(f"{document.id}: cannot be read, left out")
        else:
            read += 1
            found += len(line["spans"])
            typer.echo(orjson.dumps(line))
        if 100 * document.done // document.total > percent:
            percent = 100 * document.done // document.total
            state(context).progress("scan", percent, 100, "%")
    tell(f"{read} documents scanned, {found} finds, {unreadable} left out.")
    if unreadable:
        raise typer.Exit(ExitCode.FILES_REJECTED)


@_pii.command("evaluate")
def _evaluate(
    gold: Path = PATH,
    predictions: Path = PATH,
    least: float | None = typer.Option(
        None, "--min-recall", min=0.0, max=1.0, help="Leave with 1 where the covered recall of all is below this."
    ),
    plot: Path | None = typer.Option(  # noqa: B008  # Typer's way of declaring
        None, "--plot", metavar="FILE.svg", help="Draw covered recall with its intervals."
    ),
    as_json: bool = JSON,
) -> None:
    """Hold predictions against a gold annotation.

    Gold is JSONL of {"id","text","spans":[{"start","end","type"}]}, predictions are what `pii scan` prints. The table
    shows the interval of covered recall, --json those of all measures.
    """
    evaluation = evaluating.evaluate(gold, predictions)
    if plot is not None:
        plotting.save(evaluation, plot)
    if as_json:
        print_json(evaluating.plain(evaluation))
    else:
        print_table(*evaluating.table(evaluation))
    recall = evaluating.recall(evaluation)
    if least is not None and (recall is None or recall < least):
        tell(f"Covered recall is below {least}.")
        raise typer.Exit(ExitCode.FINDINGS)


@_pii.command("residual")
def _residual(
    context: typer.Context,
    source: str = typer.Argument("", help="Only this source; else every one that has stored texts."),
    as_json: bool = JSON,
) -> None:
    """Measure what is left after stripping (残余风险评估).

    Searches all stored texts again at the recall setting, plants canaries in memory, and records the counts. Prints no
    text. Leaves with 1 where a limit of the house is exceeded.
    """
    here = state(context)
    found = residual.measure(here.house, source, progress=lambda name, seen: here.progress(name, seen, 0, "texts"))
    over = [each.source for each in found if each.is_over(here.house.catalog)]
    if as_json:
        print_json({str(each.source): each.to_json() | {"over": each.source in over} for each in found})
    else:
        heads = ("source", "type", "items", "with finds", "finds", "planted", "caught")
        print_table(heads, [row for each in found for row in residual.rows(each)])
    if over:
        tell(f"Over a limit of the house: {', '.join(over)}.")
        raise typer.Exit(ExitCode.FINDINGS)
