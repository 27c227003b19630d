"""Commands of examinations (考核): published in the annotation server, scored, ended, or recorded from elsewhere."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer

from annotation.people.scoring import Scored
from ui.cli.shared import JSON, PATH, print_json, print_table, state, tell
from ui.services import batches, examining, people

_examine = typer.Typer(help="Examinations (考核).", no_args_is_help=True)
_EXAM = typer.Argument(..., help="Id of the examination, as its file says.")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_examine, name="examine")


@_examine.command("template")
def _template() -> None:
    """Print an example of an examination with comments."""
    typer.echo(people.template("exam"), nl=False)


@_examine.command("publish")
def _publish(context: typer.Context, file: Path = PATH) -> None:
    """Publish an examination in the annotation server; its gold answers stay here.

    The same file given again goes on where it broke off.
    """
    name, put = examining.publish(state(context).house, file)
    typer.echo(name)
    tell(f"{name} is open; {put} questions were put into the server. Keep the file from those who take it.")


@_examine.command("score")
def _score(context: typer.Context, exam: str = _EXAM, as_json: bool = JSON) -> None:
    """Score what was answered so far, by person and ability."""
    house = state(context).house
    scored = examining.score(house, batches.desk_of(house), exam)
    _say(scored, as_json=as_json)
    if not scored:
        tell("Nobody has answered anything yet.")


@_examine.command("end")
def _end(context: typer.Context, exam: str = _EXAM) -> None:
    """End an examination and delete its texts in the annotation server; score it before."""
    house = state(context).house
    deleted = examining.end(house, batches.desk_of(house), exam)
    tell(f"{exam} has ended; {deleted} tasks were deleted in the server.")


@_examine.command("record")
def _record(
    context: typer.Context,
    file: Path = PATH,
    rule_book: str = typer.Option(..., "--rule-book", help="What was examined, with its version, such as safety@1."),
    day: str = typer.Option(..., "--day", help="Day on which it was held, YYYY-MM-DD."),
    as_json: bool = JSON,
) -> None:
    """Record results of an examination held otherwise (JSON Lines).

    Its fields are person, ability, right, asked.
    """
    scored = people.record_results(state(context).house, file, rule_book=rule_book, day=day)
    _say(scored, as_json=as_json)
    if not any(each.is_new for each in scored):
        tell("Nothing was added: these results were recorded before.")


def _say(scored: Sequence[Scored], *, as_json: bool) -> None:
    """Print scores, right of asked, and who reached the pass mark in every ability."""
    if as_json:
        print_json([asdict(each) for each in scored])
        return
    print_table(
        ("person", "scores", "passed"),
        [
            (
                each.person,
                ", ".join(f"{ability} {right}/{asked}" for ability, right, asked in each.scores),
                "yes" if each.is_passed else "no",
            )
            for each in scored
        ],
    )
