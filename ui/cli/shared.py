"""What all commands share: the open house, words on stderr, tables and JSON on stdout."""

import re
import shutil
import signal
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from types import FrameType

import orjson
import typer

from ui.bootstrap import House, open_house
from ui.settings import workspace_folder

JSON = typer.Option(False, "--json", help="Print one JSON document.")
PATH = typer.Argument(..., readable=False)
"""A path that the house opens itself: what may not be read is its to count or to explain."""
REASON = typer.Option(..., "--reason", help="Why; enters the ledger, so it must hold no personal information.")

_NARROWEST = 8
"""Cells below which no column is squeezed; a terminal that narrow wraps by itself."""
_MARKS = " ；，、/"
"""Behind these a cell may be broken."""
_PARTS = re.compile(f"[^{_MARKS}]*[{_MARKS}]?")


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

    def progress(self, name: str, done: int, total: int, unit: str = "units") -> None:
        """Show how far a job is, on one line of a terminal."""
        if not self.quiet and sys.stderr.isatty():
            end = "\n" if done == total else ""
            sys.stderr.write(f"\r{name:<8} {done}/{total} {unit}{end}")
            sys.stderr.flush()


Progress = Callable[[str, int, int], None]


@contextmanager
def heeding_ctrl_c(progress: Progress) -> Iterator[Progress]:
    """Give a progress that stops the job at the next unit, should the exception of a Ctrl-C have been lost.

    Python drops what is raised while a finaliser runs, and a library's finaliser may run at that very moment.
    """
    is_pressed = False

    def press(_signal: int, _frame: FrameType | None) -> None:
        nonlocal is_pressed
        is_pressed = True
        raise KeyboardInterrupt

    def report(name: str, done: int, total: int) -> None:
        if is_pressed:
            raise KeyboardInterrupt
        progress(name, done, total)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield report
    finally:
        signal.signal(signal.SIGINT, before)


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
    """Print a table whose columns line up, Chinese characters counted as two cells.

    On a terminal too narrow for it the widest columns are broken into lines, first between words and only then within
    one, but never the first column, which names the row and is copied; into a file or pipe each row is one line.
    """
    table = [[str(each) for each in row] for row in (heads, *rows)]
    widths = [max(_cells(row[column]) for row in table) for column in range(len(heads))]
    room = shutil.get_terminal_size().columns - 2 * (len(heads) - 1) if sys.stdout.isatty() else sum(widths)
    words = [max(_cells(part) for row in table for part in _PARTS.findall(row[column])) for column in range(len(heads))]
    for least in (words, [_NARROWEST] * len(heads)):
        while sum(widths) > room and (wide := [at for at in range(1, len(heads)) if widths[at] > least[at]]):
            widths[max(wide, key=lambda at: widths[at])] -= 1
    for row in table:
        broken = [_broken(cell, width) for cell, width in zip(row, widths, strict=True)]
        for line in zip_longest(*broken, fillvalue=""):
            padded = (part + " " * (width - _cells(part)) for part, width in zip(line, widths, strict=True))
            typer.echo("  ".join(padded).rstrip())


def _broken(text: str, width: int) -> list[str]:
    """Break a cell into lines, at a space or a mark of punctuation where one is near."""
    lines = []
    while _cells(text) > width:
        end = max(1, next(at for at in range(len(text), 0, -1) if _cells(text[:at]) <= width or at == 1))
        mark = max(text.rfind(each, 0, end) for each in _MARKS)
        end = mark + 1 if mark >= end // 2 else end
        lines.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*lines, text]


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
