"""The ``yuliao`` command, and the one place where a failure becomes words and an exit code."""

import os
import sys
import traceback
import uuid
from pathlib import Path

import typer
from typer.exceptions import Abort, TyperException

from provenance.errors import ExitCode, GovernanceError
from ui.bootstrap import VERSION
from ui.cli import annotate, complaints, corpus, evidence, machine, people, personal, rules, samples, sources, withdraw
from ui.cli.shared import State, tell

app = typer.Typer(
    name="yuliao",
    help="Corpus governance for generative-AI filings (备案): declared sources in, sealed evidence out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"yuliao {VERSION}")
        raise typer.Exit


@app.callback()
def _common(
    context: typer.Context,
    workspace: Path | None = typer.Option(  # noqa: B008  # Typer's way of declaring
        None,
        "-w",
        "--workspace",
        readable=False,
        help="Workspace folder; default YULIAO_WORKSPACE, else the current folder.",
    ),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="No progress on stderr."),
    _version: bool = typer.Option(
        False, "--version", is_eager=True, callback=_say_version, help="Print the version and stop."
    ),
) -> None:
    context.obj = State(workspace, quiet=quiet)


sources.add_to(app)
corpus.add_to(app)
samples.add_to(app)
rules.add_to(app)
personal.add_to(app)
withdraw.add_to(app)
people.add_to(app)
annotate.add_to(app)
complaints.add_to(app)
evidence.add_to(app)
machine.add_to(app)


def main() -> None:
    """Run the command line and leave with its exit code; no traceback ever reaches a person."""
    os.environ["PYTHONSAFEPATH"] = "1"  # a worker process imports nothing from the folder where the user stands
    code = _exit_code()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    sys.exit(code)


def _exit_code() -> int:
    try:
        code = app(standalone_mode=False)
    except GovernanceError as error:
        tell(error.diagnostics())
        return error.exit_code
    except TyperException as error:
        tell(_usage(error.format_message()))
        return ExitCode.USAGE
    except (KeyboardInterrupt, Abort):
        code = ExitCode.INTERRUPTED
    except SystemExit as end:
        if not isinstance(end.__context__, BrokenPipeError):
            raise
        _drop_output()  # whoever read it has seen enough, which is no failure
        return ExitCode.FINE
    except Exception as error:  # noqa: BLE001  # the last catch: a traceback may hold personal data
        _report(error)
        return ExitCode.ENVIRONMENT
    if code == ExitCode.INTERRUPTED:  # Typer makes a code of Ctrl-C
        tell("Interrupted; nothing is lost, the same command goes on where it stopped.")
    return code if isinstance(code, int) else ExitCode.FINE


def _drop_output() -> None:
    """Lead what is still to be printed nowhere, so that the interpreter's last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)


def _usage(message: str) -> str:
    """Return what was wrong with the words typed and where they are explained; a whole help text stands for itself."""
    if "\n" in message:
        return message
    return f"{message.rstrip('.')}. See `yuliao --help` and `yuliao COMMAND --help`."


def _report(error: Exception) -> None:
    number = uuid.uuid4().hex[:8]
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    tell(
        f"This is a fault of the program ({type(error).__name__}, error {number}). "
        f"Please report it with the command that you gave and these places: {places}"
    )
