"""The local engine: this process, or a pool of processes on this machine."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from corpus.engines import Result, Task
from provenance.errors import ExitCode, GovernanceError, Severity

_IN_FLIGHT_PER_WORKER = 2


@dataclass(frozen=True)
class LocalEngine:
    """Runs tasks in ``workers`` processes; with one worker in this very process."""

    workers: int = 1

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results as they come; at most two tasks per worker are under way or waiting.

        Raises:
            GovernanceError: A task failed, or a worker process was killed.
        """
        waiting = iter(tasks)
        first = list(islice(waiting, 2))
        if self.workers == 1 or len(first) < 2:
            yield from map(function, first)
            yield from map(function, waiting)
            return
        yield from self._pooled(function, first, waiting)

    def _pooled(
        self, function: Callable[[Task], Result], first: list[Task], waiting: Iterator[Task]
    ) -> Iterator[Result]:
        # A fresh interpreter per worker: forking a process that holds threads of Arrow and DuckDB can hang.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(self.workers, mp_context=context, initializer=_die_with_parent)
        try:
            with _interrupts_held():
                running: set[Future[Result]] = {pool.submit(function, task) for task in first}
            while running:
                for task in islice(waiting, self.workers * _IN_FLIGHT_PER_WORKER - len(running)):
                    running.add(pool.submit(function, task))
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        except KeyboardInterrupt:
            for worker in multiprocessing.active_children():
                worker.terminate()
            raise
        except BrokenProcessPool as error:
            raise GovernanceError(
                "A worker process died, most likely for want of memory.",
                code="corpus.worker-died",
                remedy="Run the same command again to resume; use fewer workers (--workers) if it happens again.",
                severity=Severity.RETRY,
                exit_code=ExitCode.ENVIRONMENT,
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while workers are started; they inherit that for good, and the driver alone answers it.

    A worker that is still importing would answer with a traceback.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _die_with_parent() -> None:
    """Watch the driver from a thread: when it is killed, its workers would else wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(ExitCode.INTERRUPTED)

    threading.Thread(target=watch, daemon=True).start()
