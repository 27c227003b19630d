"""Commands of the people who annotate (标注人员). Names are read from files and standard input, never from words."""

import sys
from pathlib import Path

import typer

from annotation.people.qualifying import Change
from provenance.errors import GovernanceError
from ui.cli import examine, people_list
from ui.cli.shared import REASON, print_table, state, tell
from ui.services import people

_people = typer.Typer(help="The people who annotate (标注人员).", no_args_is_help=True)
_FILE = typer.Argument(None, help="YAML file; - reads standard input.")
_TRAINING = typer.Argument(None, readable=False, help="YAML file.")
_TEMPLATE = typer.Option(False, "--template", help="Print an example with comments, and stop.")
_PERSON = typer.Argument(..., help="Id of the person.")
_BOOK = typer.Argument(..., help="Rule book with its version, such as safety@1.")
_NAMED = typer.Argument(None, help="Ids; everybody active who has no account where none.")
_OUT = typer.Option(None, "--out", readable=False, help="New file for the passwords, outside the workspace.")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_people, name="people")
    examine.add_to(_people)
    people_list.add_to(_people)


@_people.command("add")
def _add(
    context: typer.Context,
    file: str | None = _FILE,
    change: bool = typer.Option(False, "--change", help="They are registered already, and something changed."),
    template: bool = _TEMPLATE,
) -> None:
    """Register people, internal or outsourced, and print their ids.

    Who is outsourced needs company, contract and confidentiality agreement.
    """
    if template:
        typer.echo(people.template("people"), nl=False)
        return
    entered = people.register(state(context).house, _given(file, "people add"), change=change)
    for person in entered:
        typer.echo(person)
    tell(f"{len(entered)} people {'changed' if change else 'registered'}. Delete the file: it holds names.")


@_people.command("erase")
def _erase(context: typer.Context, person: str = _PERSON, reason: str = REASON) -> None:
    """Erase a person's name; the id and what it did stay."""
    people.erase(state(context).house, person, reason)
    tell(f"The name of {person} is erased, and {person} is out of work.")


@_people.command("train")
def _train(context: typer.Context, file: Path | None = _TRAINING, template: bool = _TEMPLATE) -> None:
    """Record a training session that was held."""
    if template:
        typer.echo(people.template("training"), nl=False)
        return
    name, is_new = people.train(state(context).house, Path(_given(file, "people train")))
    tell(f"The session {name} is recorded." if is_new else f"The session {name} was recorded before.")


@_people.command("qualify")
def _qualify(context: typer.Context, person: str = _PERSON, rule_book: str = _BOOK) -> None:
    """Grant or renew a qualification (上岗资格).

    It takes training and a passed examination.
    """
    last = people.qualify(state(context).house, person, rule_book)
    tell(f"{person} is qualified for {rule_book} until {last}, that day included.")


@_people.command("suspend")
def _suspend(
    context: typer.Context,
    person: str = _PERSON,
    rule_book: str = _BOOK,
    reason: str = REASON,
    lift: bool = typer.Option(False, "--lift", help="Restore it instead."),
    cancel: bool = typer.Option(False, "--cancel", help="Cancel it for good instead."),
) -> None:
    """Suspend, restore or cancel a qualification.

    The annotation server obeys at once.
    """
    if lift and cancel:
        raise typer.BadParameter("--lift and --cancel exclude each other.")
    what: Change = "cancelled" if cancel else "restored" if lift else "suspended"
    books = people.change(state(context).house, person, rule_book, what, reason)
    tell(f"The qualification of {person} for {', '.join(books)} is {what}.")


@_people.command("accounts")
def _accounts(
    context: typer.Context,
    named: list[str] | None = _NAMED,
    out: Path | None = _OUT,
) -> None:
    """Make accounts in the annotation server, or new passwords.

    Passwords are shown once on the terminal, or written into a file, and stored nowhere.
    """
    if out is None and not sys.stdout.isatty():
        raise GovernanceError(
            "Passwords are printed on a terminal only, and this is none.",
            code="ui.no-terminal",
            remedy="Name a new file outside the workspace with --out.",
        )
    made = people.make_accounts(state(context).house, named or (), out)
    if out is None:
        print_table(("account", "password"), [(each.account, each.password) for each in made])
    where = f"; their passwords stand in {out}" if made and out else ""
    tell(f"{len(made)} accounts were made{where}.")
    if not made:
        tell("Nobody active lacks one; name ids for new passwords: `yuliao people accounts ID --out FILE`.")


def _given(file: str | Path | None, command: str) -> str:
    if file is None:
        raise GovernanceError(
            "No file was named.",
            code="ui.no-file",
            remedy=f"Name one; `yuliao {command} --template` prints an example.",
        )
    return str(file)
