"""Commands of the complaint register (投诉举报登记)."""

from dataclasses import asdict
from pathlib import Path

import typer

from corpus.sources import complaints
from rules.complaints import ComplaintFact
from ui.bootstrap import holds_personal_information
from ui.cli.shared import JSON, REASON, print_json, print_table, state, tell

_complaint = typer.Typer(help="The complaint register (投诉举报).", no_args_is_help=True)
_FILE = typer.Option(None, "--file", readable=False, help="The document; kept as evidence.")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_complaint, name="complaint")


@_complaint.command("add")
def _add(
    context: typer.Context,
    about: str = typer.Option(..., "--about", help="Kind, such as copyright or personal_information."),
    channel: str = typer.Option(..., "--channel", help="By which way it came, such as email or web_form."),
    received: str = typer.Option(..., "--received", help="Day on which it came, YYYY-MM-DD."),
    source: str = typer.Option("", "--source", help="Source that it concerns."),
    file: Path | None = _FILE,
) -> None:
    """Enter a complaint and print its id."""
    house = state(context).house
    entered = complaints.add(
        house.workspace,
        about=about,
        channel=channel,
        received=received,
        source=source,
        document=file,
        actor=house.actor,
        scan=holds_personal_information,
    )
    typer.echo(entered.id)
    tell(f"{entered.id} has to be answered by {entered.due}.")


@_complaint.command("list")
def _list(context: typer.Context, as_json: bool = JSON) -> None:
    """List all complaints: open, overdue and closed."""
    house = state(context).house
    now = house.workspace.ledger.now()
    found = complaints.listing(house.workspace)
    if as_json:
        print_json([{**asdict(each), "state": _standing(each, now)} for each in found])
        return
    print_table(
        ("complaint", "state", "about", "channel", "received", "due", "closed", "outcome", "source"),
        [
            (
                each.id,
                _standing(each, now),
                each.about,
                each.channel,
                each.received,
                each.due,
                each.closed or "-",
                each.outcome or "-",
                each.source or "-",
            )
            for each in found
        ],
    )


@_complaint.command("close")
def _close(
    context: typer.Context,
    complaint: str,
    outcome: str = typer.Option(..., "--outcome", help="upheld, rejected or withdrawn."),
    reason: str = REASON,
    withdrawal: int = typer.Option(0, "--withdrawal", min=0, help="Ledger entry of the withdrawal it led to."),
    file: Path | None = _FILE,
) -> None:
    """Record how a complaint was answered."""
    house = state(context).house
    closed = complaints.close(
        house.workspace,
        complaint,
        outcome=outcome,
        reason=reason,
        withdrawal=withdrawal,
        document=file,
        actor=house.actor,
        scan=holds_personal_information,
    )
    tell(f"{closed.id} is closed: {closed.outcome}.")


def _standing(complaint: ComplaintFact, now: str) -> str:
    if not complaint.is_open:
        return "closed"
    return "overdue" if complaint.is_overdue(now) else "open"
