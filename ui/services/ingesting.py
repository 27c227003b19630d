"""Ingest jobs: submitted by anybody, run by the command line in the foreground or by a worker."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import orjson

from corpus import ingest as driver
from corpus.engines.local import LocalEngine
from corpus.ingest import CancelledError, Outcome, Request
from corpus.lookup import locate_named
from corpus.sources import require_admitted
from corpus.tables import JobRow
from corpus.work import jobs
from pii.paths import without_pi
from provenance.errors import GovernanceError
from provenance.ids import JobId, SourceId
from ui.bootstrap import House
from ui.parameters import setup_for
from ui.stripping import path_without_pi, telling_no_names

Progress = Callable[[str, int, int], None]


def default_workers() -> int:
    """Return how many workers a machine of this size gets."""
    return os.cpu_count() or 1


def submit(
    house: House,
    source: SourceId,
    paths: Sequence[Path],
    *,
    workers: int | None = None,
    actor: str = "",
    reconsider: bool = False,
) -> JobId:
    """Queue an ingest of an admitted source.

    Raises:
        GovernanceError: The source is undeclared or not admitted, there is no keyword library, or a path is the
            workspace itself.
    """
    stripper = setup_for(house, require_admitted(house.workspace.ledger, source)).pipeline.stripper
    with telling_no_names(stripper):
        _demand_outside(house, paths)
    return jobs.submit(
        house.workspace,
        kind="ingest",
        subject=source,
        parameters={
            "paths": [without_pi(str(path.absolute()), stripper) for path in paths],
            "workers": workers or default_workers(),
            "reconsider": reconsider,
        },
        actor=actor or house.actor,
    )


def run(house: House, job: JobId, *, progress: Progress, paths: Sequence[Path] = ()) -> Outcome:
    """Carry an ingest job out, from where an earlier run of the same stopped.

    Args:
        house: The open workspace.
        job: The job.
        progress: Told how far it is.
        paths: The job's paths, where they are known as they were given; the job has them without personal information.

    Raises:
        GovernanceError: It cannot be carried out; the job is marked failed with the reason.
        CancelledError: Somebody cancelled it.
        KeyboardInterrupt: The user stopped it; the same command resumes.
    """
    row = jobs.find(house.workspace, job)
    with jobs.turn(house.workspace, job) as lease:
        try:
            outcome = _ingest(house, row, lease, progress, paths)
        except CancelledError:
            _give_up(house, lease, house.actor)
            raise
        jobs.finish(house.workspace, lease, "finished", "")
        return outcome


def run_now(
    house: House,
    source: SourceId,
    paths: Sequence[Path],
    *,
    workers: int | None = None,
    reconsider: bool = False,
    progress: Progress,
) -> Outcome:
    """Ingest at once; where another job has the turn nothing stays behind in the queue.

    Raises:
        GovernanceError: As for :func:`submit` and :func:`run`.
        CancelledError: Somebody cancelled it.
        KeyboardInterrupt: The user stopped it; the same command resumes.
    """
    job = submit(house, source, paths, workers=workers, reconsider=reconsider)
    try:
        return run(house, job, progress=progress, paths=paths)
    except GovernanceError as error:
        if error.code == "corpus.turn-taken":
            jobs.withdraw(house.workspace, job)
        raise


def cancel(house: House, job: JobId, *, actor: str = "") -> None:
    """Cancel a job with its plan: at once, or at its next step where its holder lives, who then gives the plan up.

    Raises:
        GovernanceError: There is no such job, or it has ended.
    """
    if jobs.withdraw(house.workspace, job):
        return
    jobs.request_cancel(house.workspace, job)
    try:
        with jobs.turn(house.workspace, job) as lease:
            _give_up(house, lease, actor or house.actor)
    except GovernanceError as error:
        is_seen = error.code == "corpus.turn-taken" and jobs.find(house.workspace, job).state == "running"
        if not is_seen:  # else its holder lives and will see the request
            raise


def _ingest(house: House, row: JobRow, lease: jobs.Lease, progress: Progress, paths: Sequence[Path]) -> Outcome:
    parameters = orjson.loads(row.parameters)
    source = require_admitted(house.workspace.ledger, row.subject)
    setup = setup_for(house, source)
    stripper = setup.pipeline.stripper
    named = path_without_pi(stripper)
    with telling_no_names(stripper):
        given = tuple(paths) or tuple(Path(locate_named(path, named)) for path in parameters["paths"])
        return driver.ingest(
            house.workspace,
            Request(source, given, row.actor),
            setup,
            LocalEngine(parameters["workers"]),
            lease,
            without_pi=named,
            progress=progress,
            reconsider=parameters.get("reconsider", False),
        )


def _give_up(house: House, lease: jobs.Lease, actor: str) -> None:
    plan = jobs.find(house.workspace, lease.job).entry
    if plan is not None and plan in {entry.seq for entry in driver.unfinished(house.workspace)}:
        driver.give_up(house.workspace, lease, plan, reason="cancelled", actor=actor)
    jobs.finish(house.workspace, lease, "cancelled", "")


def _demand_outside(house: House, paths: Sequence[Path]) -> None:
    home = house.settings.folder.resolve()
    for path in paths:
        place = path.resolve()
        if place.is_relative_to(home) or home.is_relative_to(place):
            raise GovernanceError(
                "The workspace cannot be taken into itself.",
                code="ui.workspace-as-input",
                remedy="Name files and folders that lie outside the workspace and do not contain it.",
                where=str(path),
            )
