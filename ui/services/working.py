"""What a worker does: the job that waited longest, one after the other."""

from collections.abc import Callable

from corpus import jobs
from corpus.ingest import CancelledError
from provenance.errors import GovernanceError
from provenance.ids import JobId
from ui.bootstrap import House
from ui.services import ingesting, sealing

Progress = Callable[[str, int, int], None]


def run_next(house: House, *, progress: Progress, tell: Callable[[str], None]) -> bool:
    """Run the job that waited longest, if there is one and it is our turn.

    A job that fails is marked so with its reason, and the worker goes on.

    Returns:
        Whether there was one.
    """
    row = jobs.next_queued(house.workspace)
    if row is None:
        return False
    job = JobId(row.id)
    try:
        if row.kind == "seal":
            sealing.run(house, job)
        else:
            ingesting.run(house, job, progress=progress)
    except CancelledError:
        tell(f"{job} was cancelled.")
    except GovernanceError as error:
        tell(f"{job}: {error.diagnostics()}")
        return error.code != "corpus.turn-taken"
    else:
        tell(f"{job} has finished.")
    return True
