"""The ``yuliao`` command, and the one place where a failure becomes words and an exit code."""

import sys
import traceback
import uuid
from pathlib import Path

import click
import structlog
import typer

from provenance.errors import ExitCode, GovernanceError
from ui.bootstrap import VERSION
from ui.cli import corpus, evidence, machine, personal, rules, sources
from ui.cli.shared import State, tell

app = typer.Typer(
    name="yuliao",
    help="Corpus governance for generative-AI filings (备案): declared sources in, sealed evidence out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _common(
    context: typer.Context,
    workspace: Path | None = typer.Option(  # noqa: B008  # Typer's way of declaring
        None, "-w", "--workspace", help="Workspace folder; default YULIAO_WORKSPACE, else the current folder."
    ),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="No progress on stderr."),
    version: bool = typer.Option(False, "--version", is_eager=True, help="Print the version and stop."),
) -> None:
    if version:
        typer.echo(f"yuliao {VERSION}")
        raise typer.Exit
    context.obj = State(workspace, quiet=quiet)


sources.add_to(app)
corpus.add_to(app)
rules.add_to(app)
personal.add_to(app)
evidence.add_to(app)
machine.add_to(app)


def main() -> None:
    """Run the command line and leave with its exit code; no traceback ever reaches a person."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    try:
        code = app(standalone_mode=False)
    except GovernanceError as error:
        tell(error.diagnostics())
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        tell("Interrupted; nothing is lost, the same command goes on where it stopped.")
        code = ExitCode.INTERRUPTED
    except BrokenPipeError:
        code = ExitCode.FINE
        sys.stderr.close()
    except Exception as error:  # noqa: BLE001  # the last catch: a traceback may hold personal data
        _report(error)
        code = ExitCode.ENVIRONMENT
    sys.exit(code if isinstance(code, int) else ExitCode.FINE)


def _report(error: Exception) -> None:
    number = uuid.uuid4().hex[:8]
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    tell(
        f"This is a fault of the program ({type(error).__name__}, error {number}). "
        f"Please report it with the command that you gave and these places: {places}"
    )
