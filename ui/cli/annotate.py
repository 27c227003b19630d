"""Commands about annotation (标注): the server with its gate."""

import sys

import typer

from annotation.server import launch
from provenance.errors import ExitCode
from ui.cli import batches
from ui.cli.shared import JSON, print_json, state, tell
from ui.services import annotating

_annotate = typer.Typer(help="Annotation (标注).", no_args_is_help=True)
_server = typer.Typer(help="The annotation server: Label Studio with the gate (闸门).", no_args_is_help=True)
_annotate.add_typer(_server, name="server")
batches.add_to(_annotate)


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_annotate, name="annotate")


@_server.command("install")
def _install() -> None:
    """Install the server into an environment of its own; `start` does so too where it is missing."""
    environment = annotating.environment_of()
    gate = launch.install(environment, tell)
    tell(f"The annotation server is installed in {environment.folder}, with gate {gate[:12]}.")


@_server.command("start")
def _start(
    context: typer.Context,
    port: int = typer.Option(8080, "--port", min=1, max=65535, help="Port on the loopback address."),
    workers: int = typer.Option(2, "--workers", min=1, max=64, help="Processes that serve."),
    address: str = typer.Option("", "--address", help="How browsers reach it where a proxy stands before it."),
) -> None:
    """Start the server and leave it running; SQLite, or YULIAO_ANNOTATION_DATABASE_URL for teams."""
    settings = annotating.server_of(state(context).house, port=port, workers=workers, address=address)
    running = launch.start(annotating.environment_of(), settings, tell)
    tell(
        f"The annotation server runs at {settings.address or running.url}; its log is {settings.folder / 'server.log'}."
    )
    tell(launch.strength_of(running).statement)
    if not settings.database_url:
        tell("It keeps its work in SQLite: right for one machine. Teams name a PostgreSQL database instead.")


@_server.command("status")
def _status(
    context: typer.Context,
    url: str = typer.Option("", "--url", help="Ask this server instead: a team's own Label Studio."),
    as_json: bool = JSON,
) -> None:
    """Say whether the server runs, and how strongly it enforces the annotation rules."""
    if url:
        strength = annotating.ask(url, expected=annotating.environment_of().gate)
    else:
        running = launch.find(annotating.server_of(state(context).house).folder)
        url = running.url if running else ""
        strength = launch.strength_of(running) if running else annotating.Strength(is_up=False)
    if as_json:
        print_json(
            {
                "url": url,
                "is_up": strength.is_up,
                "is_enforced": strength.is_enforced,
                "gate": strength.gate,
                "policy": strength.policy,
                "statement_zh": strength.statement_zh,
            }
        )
    else:
        typer.echo(strength.statement if url else "The annotation server does not run.")
    if not strength.is_up:
        if not url:
            tell("Start it with `yuliao annotate server start`.")
        raise typer.Exit(ExitCode.ENVIRONMENT)
    if not strength.is_enforced:
        raise typer.Exit(ExitCode.FINDINGS)


@_server.command("token")
def _token(context: typer.Context) -> None:
    """Give the platform a new token, which ends the old one; that of a team's own server comes from standard input."""
    house = state(context).house
    given = sys.stdin.read() if house.settings.annotation_server_url else ""
    annotating.renew_token(house, given)
    tell(f"The token is kept in {annotating.token_file(house)}, readable by you alone.")


@_server.command("stop")
def _stop(context: typer.Context) -> None:
    """Stop the server; work that was submitted is stored."""
    was_running = launch.stop(annotating.server_of(state(context).house).folder)
    tell("The annotation server is stopped." if was_running else "The annotation server did not run.")
