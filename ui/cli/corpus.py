"""Commands that take items in, follow them back, and count them."""

from dataclasses import astuple
from pathlib import Path
from typing import Any

import typer

from corpus.ingest import CancelledError
from provenance.ids import ItemId, source_id
from ui.cli.shared import JSON, PATH, REASON, heeding_ctrl_c, print_json, print_table, state, tell
from ui.services import ingesting, quarantining, reading, tracing

_quarantine = typer.Typer(help="Items kept apart (隔离).", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("ingest")(_ingest)
    app.command("trace")(_trace)
    app.command("facts")(_facts)
    app.add_typer(_quarantine, name="quarantine")


def _ingest(
    context: typer.Context,
    source: str,
    paths: list[Path] = PATH,
    workers: int = typer.Option(0, "--workers", min=0, help="Processes; 0 for one per core."),
    reconsider: bool = typer.Option(
        False, "--reconsider", help="Read files again whose items repeat one that left with its source or user."
    ),
    as_json: bool = JSON,
) -> None:
    """Take the files of an admitted source in (采集); resumes.

    The same command goes on with a run that was stopped.
    """
    here = state(context)
    try:
        with heeding_ctrl_c(here.progress) as progress:
            outcome = ingesting.run_now(
                here.house, source_id(source), paths, workers=workers or None, reconsider=reconsider, progress=progress
            )
    except CancelledError:
        tell("The job was cancelled; what it had sealed stays.")
        raise typer.Exit(1) from None
    if as_json:
        print_json(reading.plain(outcome))
    elif outcome.ingest is None:
        tell(f"Nothing to do: all {outcome.files} file(s) were decided on under these very rules.")
    else:
        counts = ", ".join(f"{n} {name}" for name, n in outcome.items.items())
        tell(f"Taken in {sum(outcome.items.values())} items: {counts}. Blank lines: {outcome.blank_lines}.")
    if outcome.broken_files:
        tell(
            f"{outcome.broken_files} file(s) could not be read to the end; "
            f"see `yuliao quarantine list --source {source}`."
        )
    raise typer.Exit(outcome.exit_code)


def _trace(context: typer.Context, item: str, as_json: bool = JSON) -> None:
    """Follow an item (溯源) from its file and offset to its seal."""
    found = tracing.trace(state(context).house, ItemId.parse(item))
    if as_json:
        print_json(found)
    else:
        plain = [(name, value) for name, value in found.items() if not isinstance(value, list)]
        steps = [("amended", _step(step)) for step in found["amendments"]]
        seals = [("seal", f"{seal['at']} ledger entry {seal['ledger_entry']}") for seal in found["seals"]]
        print_table(("field", "value"), [*plain, *steps, *(seals or [("seal", "none yet")])])


def _step(step: dict[str, Any]) -> str:
    """Say in a line what an amendment made of an item."""
    state = f"{step['disposition']} {step['reason']}".rstrip()
    return f"{step['at']} ledger entry {step['entry']}: {state}, cause {step['cause']}"


def _facts(context: typer.Context, as_json: bool = JSON) -> None:
    """Print the one set of figures that everything else renders."""
    facts = reading.facts_of(state(context).house)
    if as_json:
        print_json(facts.to_json())
        return
    items = facts.items
    print_table(
        ("taken in 收录", "admitted 纳入", "quarantined 隔离", "duplicate 重复", "rejected 剔除"),
        [(items.taken_in, items.admitted, items.quarantined, items.duplicate, items.rejected)],
    )
    print_table(
        ("type", "items", "bytes", "tokens", "duration_ms"),
        [(name, *astuple(amount)) for name, amount in facts.by_type.items()],
    )


@_quarantine.command("list")
def _list(
    context: typer.Context,
    source: str = typer.Option("", "--source", help="Only this source."),
    limit: int = typer.Option(50, "--limit", min=1, help="At most so many."),
    as_json: bool = JSON,
) -> None:
    """List quarantined and rejected items with reason, file and offset."""
    rows = tracing.kept_apart(state(context).house, source=source, limit=limit)
    if as_json:
        print_json(rows)
    else:
        print_table(
            ("item", "reason", "offset", "file"),
            [(r["item"], r["reason"], r["position"], r["path"]) for r in rows],
        )


_ITEMS = typer.Argument(None, metavar="ITEM")
_FILE = typer.Option(None, "--file", readable=False, help="A file with item ids, one per line.")


@_quarantine.command("release")
def _release(
    context: typer.Context,
    items: list[str] = _ITEMS,
    file: Path | None = _FILE,
    reason: str = REASON,
    as_json: bool = JSON,
) -> None:
    """Let quarantined items in after a look (放行).

    Their risk hits stay, counted as cleared.
    """
    house = state(context).house
    _answer(quarantining.release(house, quarantining.named(items or [], file), reason=reason), as_json=as_json)


@_quarantine.command("reject")
def _reject(
    context: typer.Context,
    items: list[str] = _ITEMS,
    file: Path | None = _FILE,
    reason: str = REASON,
    as_json: bool = JSON,
) -> None:
    """Take items out for good (剔除) and erase their text."""
    house = state(context).house
    _answer(quarantining.reject(house, quarantining.named(items or [], file), reason=reason), as_json=as_json)


def _answer(answers: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        print_json(answers)
    else:
        print_table(("item", "done"), [(each["item"], each["words"] or "yes") for each in answers])
    if not all(each["done"] for each in answers):
        raise typer.Exit(1)
