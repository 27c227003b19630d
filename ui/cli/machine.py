"""Commands about the workspace itself: make one, run jobs, open the console, look after its health, the demo."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import typer

from corpus.work import jobs
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import JobId
from ui.bootstrap import create, open_house
from ui.cli.shared import JSON, print_json, print_table, state, tell
from ui.console.launch import command as console_command
from ui.services import demo, doctor, ingesting, reading
from ui.services.working import run_next
from ui.settings import keys_folder

_IDLE_S = 1.0
_SELF = (sys.executable, "-P", "-c", "from ui.cli.app import main; main()")
"""This program once more; ``-P`` keeps a folder of the user's that is named like one of ours out of the way."""

_jobs = typer.Typer(help="Jobs of this workspace; they take turns.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("init")(_init)
    app.add_typer(_jobs, name="jobs")
    app.command("worker")(_worker)
    app.command("console")(_console)
    app.command("doctor")(_doctor)
    app.command("demo")(_demo)


def _init(folder: Path = typer.Argument(..., readable=False, help="A new or empty folder.")) -> None:  # noqa: B008
    """Make a workspace (工作区), and its keys outside it."""
    house = create(folder.absolute())
    tell(f"Workspace {house.workspace.id} is ready in {folder}. Its keys are in {house.settings.keys}: keep a copy.")
    tell("Next: `yuliao source template KIND > source.yaml`, fill it in, `yuliao source add source.yaml`.")


@_jobs.command("list")
def _list_jobs(context: typer.Context, as_json: bool = JSON) -> None:
    """List jobs, the latest first."""
    views = reading.jobs_of(state(context).house)
    if as_json:
        print_json([reading.plain(view) for view in views])
        return
    print_table(
        ("job", "kind", "subject", "state", "units", "created"),
        [(v.id, v.kind, v.source, v.state, f"{v.units_done}/{v.units_total}", v.created_at) for v in views],
    )


@_jobs.command("show")
def _show_job(context: typer.Context, job: str) -> None:
    """Show one job as JSON."""
    house = state(context).house
    jobs.find(house.workspace, JobId(job))
    print_json(next(reading.plain(view) for view in reading.jobs_of(house) if view.id == job))


@_jobs.command("cancel")
def _cancel_job(context: typer.Context, job: str) -> None:
    """Cancel a job that has not ended; what it sealed stays."""
    ingesting.cancel(state(context).house, JobId(job))
    tell("Cancelled; a running job stops at its next step.")


def _worker(
    context: typer.Context,
    until_idle: bool = typer.Option(False, "--until-idle", help="Stop when no job waits."),
) -> None:
    """Run the jobs that the console submits, until stopped."""
    here = state(context)
    tell("Worker ready; stop it with Ctrl-C.")
    while True:
        if run_next(here.house, progress=here.progress, tell=tell):
            continue
        if until_idle:
            return
        time.sleep(_IDLE_S)


def _console(
    context: typer.Context,
    port: int = typer.Option(8501, "--port", min=1, max=65535, help="Port on the loopback address."),
    worker: bool = typer.Option(True, "--worker/--no-worker", help="Run a worker beside it."),
) -> None:
    """Open the console (控制台), on this machine only."""
    folder = state(context).folder
    open_house(folder)
    _demand_port(port)
    words, environment = console_command(folder, port)
    tell(f"Console: http://127.0.0.1:{port}  (stop with Ctrl-C)")
    beside = _start_worker(folder) if worker else None
    # Told to end, we take the page's server and the worker with us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ExitCode.INTERRUPTED))
    try:
        if subprocess.call(words, cwd=folder, env={**os.environ, **environment}):  # noqa: S603
            raise GovernanceError(
                "The console could not be started or broke off.",
                code="ui.console-failed",
                remedy="Its own words stand above; install it with pip install 'yuliao[console]' if it is missing.",
                exit_code=ExitCode.ENVIRONMENT,
            )
    finally:
        if beside is not None:
            beside.terminate()
            beside.wait()


def _start_worker(folder: Path) -> "subprocess.Popen[bytes]":
    """Start a worker that the terminal's Ctrl-C does not reach: it is ended by us, and its job goes on another time."""
    return subprocess.Popen([*_SELF, "-q", "-w", str(folder), "worker"], start_new_session=True)  # noqa: S603


def _demand_port(port: int) -> None:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise GovernanceError(
            f"Port {port} is taken or may not be used.",
            code="ui.port-taken",
            remedy="Name another one with --port.",
            exit_code=ExitCode.ENVIRONMENT,
        ) from error


def _doctor(
    context: typer.Context,
    sweep: bool = typer.Option(False, "--sweep", help="Delete files that no event names."),
    as_json: bool = JSON,
) -> None:
    """Check the workspace: ledger, stores, disk, clock, OpenSSL."""
    checks = doctor.examine(state(context).house, sweep=sweep)
    if as_json:
        print_json([reading.plain(check) for check in checks])
    else:
        print_table(("", "check", "found"), [("ok" if c.is_well else "!!", c.name, c.found) for c in checks])
        for check in checks:
            if not check.is_well:
                tell(check.remedy)
    if not all(check.is_well for check in checks):
        raise typer.Exit(ExitCode.FINDINGS)


def _demo(
    out: Path = typer.Option(Path("yuliao-demo"), "--out", readable=False, help="Folder for the demo."),  # noqa: B008
    annotation: bool = typer.Option(
        False, "--annotation", help="Show annotation instead, on a real server: its batches, refusals and tables."
    ),
) -> None:
    """Take the bundled example the whole way to a sealed bundle."""
    if annotation:
        from ui.services import demo_annotation  # noqa: PLC0415  # needs the extra `annotation`

        bundle = demo_annotation.play(out.absolute(), tell=typer.echo)
        typer.echo(f"\nThe bundle verifies: {bundle}\nThe report: {out.absolute() / 'report'}")
        return
    bundle = demo.play(out.absolute(), tell=typer.echo)
    typer.echo(f"\nThe bundle verifies: {bundle}")
    typer.echo("Open the console:  make console, or elsewhere")
    typer.echo(f"  YULIAO_KEYS={keys_folder()} yuliao -w {out / 'workspace'} console")
