"""What all commands share: the open house, words on stderr, tables and JSON on stdout."""

import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import orjson
import typer

from ui.bootstrap import House, open_house
from ui.settings import workspace_folder

JSON = typer.Option(False, "--json", help="Print one JSON document.")
REASON = typer.Option(..., "--reason", help="Why; enters the ledger, so it must hold no personal information.")


@dataclass
class State:
    """What was said before the command's name."""

    workspace: Path | None
    quiet: bool

    @cached_property
    def folder(self) -> Path:
        """The workspace's folder."""
        return workspace_folder(self.workspace)

    @cached_property
    def house(self) -> House:
        """The open workspace; opened when first asked for."""
        return open_house(self.folder)

    def progress(self, name: str, done: int, total: int) -> None:
        """Show how far a job is, on one line of a terminal."""
        if not self.quiet and sys.stderr.isatty():
            end = "\n" if done == total else ""
            sys.stderr.write(f"\r{name:<8} {done}/{total} units{end}")
            sys.stderr.flush()


def state(context: typer.Context) -> State:
    """Return the state of this call."""
    found: State = context.obj
    return found


def tell(words: str) -> None:
    """Say something to the person, on stderr."""
    typer.echo(words, err=True)


def print_json(value: object) -> None:
    """Print one JSON document, indented, keys in the order given."""
    typer.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def print_table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table whose columns line up, Chinese characters counted as two cells."""
    cells = [[str(each) for each in row] for row in (heads, *rows)]
    widths = [max(_cells(row[column]) for row in cells) for column in range(len(heads))]
    for row in cells:
        line = "  ".join(cell + " " * (width - _cells(cell)) for cell, width in zip(row, widths, strict=True))
        typer.echo(line.rstrip())


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
