"""The command that takes out what somebody asks to have taken out (撤回)."""

import typer

from corpus.withdrawal.requests import By
from provenance.errors import GovernanceError
from ui.cli.shared import JSON, print_json, state, tell
from ui.services import withdrawing


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("withdraw")(_withdraw)


def _withdraw(
    context: typer.Context,
    text: str = typer.Option(
        "", "--text", metavar="FILE", help='By its text: a file that holds it, or JSONL of {"text"}; - reads stdin.'
    ),
    url: str = typer.Option("", "--url", metavar="URL", help="By its address; - reads addresses from stdin."),
    source: str = typer.Option("", "--source", metavar="ID", help="A whole source."),
    person: str = typer.Option(
        "", "--person", metavar="FILE", help="By a person's identifiers, one or several a line; - reads stdin."
    ),
    erase: bool = typer.Option(False, "--erase", help="Delete text and identifiers instead of keeping them apart."),
    basis: str = typer.Option(
        ..., "--basis", help="Who asked and by which right; enters the ledger, so it must name no person."
    ),
    as_json: bool = JSON,
) -> None:
    """Take items out (撤回) by text, address, source or person.

    Whatever repeats them leaves too, later ingests refuse them, and a proof is stored and printed. Items to which a
    user's id alone leads leave without those of others that say the same. Identifiers are never words of the command:
    they come from a file or standard input.
    """
    asked: dict[By, str] = {"text": text, "url": url, "source": source, "person": person}
    given = [(by, told_by) for by, told_by in asked.items() if told_by]
    if len(given) != 1:
        raise GovernanceError(
            "A withdrawal is told by exactly one of text, address, source and person.",
            code="ui.withdraw-by",
            remedy="Give one of --text FILE, --url URL, --source ID and --person FILE.",
        )
    done = withdrawing.take_out(state(context).house, *given[0], erases=erase, basis=basis)
    if done.request.unread:
        tell(withdrawing.unread(done))
    if as_json:
        print_json(done.to_json())
        return
    for line in withdrawing.words(done):
        typer.echo(line)
