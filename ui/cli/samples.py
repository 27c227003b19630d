"""Commands of sampling (抽样): assess a source from its files, draw by a plan, list samples, record verdicts."""

from pathlib import Path

import typer

from rules import sample_plans
from ui.cli.shared import JSON, PATH, print_json, print_table, state, tell
from ui.services import sampling
from ui.services.sampling import Handed

_sample = typer.Typer(help="Samples (抽样): draw, list, record verdicts.", no_args_is_help=True)

_SIZE = typer.Option(0, "--sample", min=0, help="Items to draw, all where there are fewer; 0 for the plan's number.")
_OUT = typer.Option(
    None,
    "--out",
    readable=False,
    help="Work sheet for the inspector, a new file outside the workspace; it holds stripped text.",
)
_AGAIN = typer.Option("", "--reason", help="Why it is drawn once more; enters the ledger.")
_MOST_NAMED = 5


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_sample, name="sample")


def add_assess_to(source: typer.Typer) -> None:
    """Add `source assess` to the commands of the source register."""
    source.command("assess")(_assess)


def _assess(
    context: typer.Context,
    source: str,
    paths: list[Path] = PATH,
    size: int = _SIZE,
    out: Path | None = _OUT,
    reason: str = _AGAIN,
    as_json: bool = JSON,
) -> None:
    """Draw from a source's files for its assessment (采集前安全评估).

    Nothing is taken in. The inspector fills the sheet in.
    """
    house = state(context).house
    _say(sampling.assess(house, source, paths, size=size, out=out, reason=reason), out, as_json=as_json)


@_sample.command("draw")
def _draw(
    context: typer.Context,
    plan: str = typer.Argument(..., help="Sampling plan, for example verification or metadata."),
    source: str = typer.Option("", "--source", help="The source, for a plan that draws from one."),
    size: int = _SIZE,
    out: Path | None = _OUT,
    reason: str = _AGAIN,
    as_json: bool = JSON,
) -> None:
    """Draw a sample by a plan, with a seed committed before.

    What the machine judges is judged at once.
    """
    house = state(context).house
    handed = sampling.draw(house, plan, source=source, size=size, out=out, reason=reason)
    _say(handed, out, as_json=as_json)
    if handed.recorded is not None:
        raise typer.Exit(handed.recorded.exit_code)


@_sample.command("list")
def _list(context: typer.Context, as_json: bool = JSON) -> None:
    """List all samples with their frames and verdicts."""
    samples = sampling.listing(state(context).house)
    if as_json:
        print_json([each.to_json() for each in samples])
        return
    print_table(
        ("sample", "plan", "source", "drawn at", "frame", "unreadable", "drawn", "judged", "failed", "state"),
        [
            (
                each.seq,
                each.plan,
                each.source or "-",
                each.drawn_at,
                each.population,
                each.unreadable,
                each.size,
                each.judged,
                each.failed,
                "closed" if each.is_closed else "open",
            )
            for each in samples
        ],
    )


@_sample.command("record")
def _record(
    context: typer.Context,
    sample: int = typer.Argument(..., min=1, help="Number of the sample, as `sample list` prints it."),
    file: Path = PATH,
    as_json: bool = JSON,
) -> None:
    """Record verdicts of people on a sample (JSON Lines).

    Over the limit the source is refused or suspended.
    """
    house = state(context).house
    done = sampling.record(house, sample, file)
    found = done.sample
    if as_json:
        missing = [str(item) for item in done.missing]
        print_json({**found.to_json(), "outcome": done.outcome, "state": done.state, "missing": missing})
    elif not done.is_new:
        tell("Nothing was added: the file holds no verdict (pass, fail, cannot_judge) that is not recorded already.")
    if done.missing:
        named = ", ".join(str(item) for item in done.missing[:_MOST_NAMED])
        more = f" and {len(done.missing) - _MOST_NAMED} more" if len(done.missing) > _MOST_NAMED else ""
        tell(f"Sample {sample} is open: {len(done.missing)} of {found.size} items have no verdict: {named}{more}.")
    else:
        tell(
            f"Sample {sample} is closed: {found.bad} bad of {found.judged} judged, {found.unsure} not judged; "
            f"{sampling.asked(house, found)}: {done.outcome}."
        )
    if done.state:
        tell(f"{found.source} is now {done.state}.")
    raise typer.Exit(done.exit_code)


def _say(handed: Handed, out: Path | None, *, as_json: bool) -> None:
    found = handed.recorded.sample if handed.recorded else handed.drawn.sample
    if as_json:
        print_json({**found.to_json(), "is_new": handed.drawn.is_new, "without_text": handed.blind})
    how = "drew" if handed.drawn.is_new else "was drawn before, is open and is handed out again:"
    tell(
        f"Sample {found.seq} {how} {found.size} of {found.population} items "
        f"({found.unreadable} cannot be read and are not judged)."
    )
    for part in found.strata:
        whole = ", all there are" if part.size == part.population else ""
        tell(f"- {part.name}: {part.size} of {part.population}{whole}")
    if handed.blind:
        tell(f"{handed.blind} item(s) are without text: their file is gone or changed, or they were withdrawn.")
    if handed.recorded is not None:
        tell(f"Judged at once: {found.passed} right, {found.failed} wrong, {found.unsure} without their file.")
    elif out is not None:
        tell(f"Fill in {out}, then: yuliao sample record {found.seq} {out}")
    elif sample_plans.plan(found.plan).is_raw:
        tell(
            f"Next: a batch plan of kind pi_check with `items: {{sample: {found.seq}}}`, for `yuliao annotate publish`."
        )
    else:
        tell("No sheet was asked for; the same command with --out FILE writes it.")
