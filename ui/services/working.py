"""What a worker does: one job after the other, first the one whose process died, then the one that waited longest."""

from collections.abc import Callable

from corpus.ingest import CancelledError
from corpus.work import jobs
from provenance.errors import GovernanceError
from provenance.ids import JobId
from ui.bootstrap import House
from ui.services import ingesting, sealing

Progress = Callable[[str, int, int], None]


def run_next(house: House, *, progress: Progress, tell: Callable[[str], None]) -> bool:
    """Run the job that is next, if there is one and it is our turn.

    A job that fails is marked so with its reason, and the worker goes on; one that the worker was stopped at waits for
    the next worker.

    Returns:
        Whether there was one.
    """
    row = jobs.next_in_turn(house.workspace)
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
        if error.code == "corpus.turn-taken":
            return False
        tell(f"{job}: {error.diagnostics()}")
    except KeyboardInterrupt:
        jobs.requeue(house.workspace, job)
        raise
    except Exception as error:  # noqa: BLE001  # a fault in one job must not keep the others from being done
        tell(f"{job}: this is a fault of the program ({type(error).__name__}); `yuliao jobs show {job}` says where.")
    else:
        tell(f"{job} has finished.")
    return True
