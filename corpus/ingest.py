"""The driver of an ingest: plan, three passes, and one transaction per lot that turns finished work into facts.

Files first, ledger last. What a killed run had finished is found again by the next, which is the same command; what it
had not is done anew, with the same result. Only the driver writes to the catalogue.
"""

import shutil
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from corpus import pipeline, shards
from corpus.catalogue import slices_of, unit_states
from corpus.clearance import collection
from corpus.decisions import live
from corpus.decisions.amend import follow_sources
from corpus.engines import Engine, Result
from corpus.near.fetch import fetch
from corpus.near.params import repeats_file
from corpus.near.search import Search
from corpus.pipeline import UnitTask
from corpus.schema import BROKEN_FILE_REASONS, DISPOSITIONS, GONE
from corpus.setup import Request, Setup
from corpus.work import jobs, planning, plans
from corpus.work.jobs import Lease
from corpus.work.lots import keep_unit, seal_lot
from corpus.work.plans import give_up, unfinished
from corpus.workspace import Workspace
from provenance.cells import Cells
from provenance.disk import told
from provenance.errors import ExitCode, GovernanceError
from provenance.events import IngestCompleted

__all__ = ["CancelledError", "Outcome", "Progress", "Request", "Setup", "give_up", "ingest", "unfinished"]


@dataclass(frozen=True)
class Outcome:
    """What an ingest did.

    ``already`` counts the files that had been decided on under this configuration and were not read again.
    """

    ingest: int | None
    files: int
    already: int
    blank_lines: int
    items: dict[str, int]
    broken_files: int

    @property
    def exit_code(self) -> ExitCode:
        """Fine, or that at least one file was rejected or broke off."""
        return ExitCode.FILES_REJECTED if self.broken_files else ExitCode.FINE


Progress = Callable[[str, int, int], None]
"""Told the pass, the units done and the units in all."""


class CancelledError(Exception):
    """Somebody asked for the job to stop."""


def ingest(
    workspace: Workspace,
    request: Request,
    setup: Setup,
    engine: Engine,
    lease: Lease,
    *,
    without_pi: Callable[[str], str],
    progress: Progress,
    reconsider: bool = False,
) -> Outcome:
    """Take the files of an admitted source in, or go on with the run that was doing so.

    Args:
        workspace: Where.
        request: The source, its files, and who asks.
        setup: Rules, policy and sizes.
        engine: Runs the work units.
        lease: The right to work on this job.
        without_pi: Returns a file's path with tags where it holds personal information.
        progress: Told how far it is.
        reconsider: Read files again that hold items whose keeper left with its source: the next in order is then kept.

    Raises:
        GovernanceError: A path is missing, a file changed while it was read, another source's ingest is unfinished, or
            the machine failed. Bad data never raises.
        CancelledError: Somebody asked for the job to stop.
    """
    bounds = setup.pipeline.reading.bounds
    files = planning.survey(workspace.id, request.source.id, request.paths, without_pi, bounds)
    again = live.files_with(workspace, request.source.id, GONE) if reconsider else ()
    wanted = plans.to_read(workspace, files, setup, again=again)
    already = len(files) - len(wanted)
    entry = plans.resumable(workspace, request, wanted, setup, lease)
    if entry is None and not wanted:
        latest = plans.latest(workspace, request.source.id)
        if latest is not None:
            follow_sources(workspace, latest, actor=request.actor, kinds=setup.pipeline.kinds)
        return Outcome(None, len(files), already, 0, dict.fromkeys(DISPOSITIONS, 0), 0)
    papers = collection.prepare(setup.pipeline.papers, workspace.item_key, workspace.scratch)
    if entry is None:
        entry = plans.make(workspace, request, wanted, setup, lease)
    jobs.adopt(workspace, lease, entry.seq)
    scratch = workspace.scratch / f"ingest-{entry.seq}"
    with told("make room for unfinished work", scratch):
        scratch.mkdir(parents=True, exist_ok=True)
    setup = replace(setup, pipeline=replace(setup.pipeline, scratch=scratch, papers=papers))
    run = _Run(workspace, setup, engine, lease, entry.seq, progress)
    run.sign()
    run.find_repeats()
    run.decide(request.actor)
    follow_sources(workspace, entry.seq, actor=request.actor, kinds=setup.pipeline.kinds)
    for folder in (scratch, papers.tables):
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
    return replace(_outcome(workspace, entry.seq), files=len(files), already=already)


class _Run:
    """One plan being carried out."""

    def __init__(
        self, workspace: Workspace, setup: Setup, engine: Engine, lease: Lease, seq: int, progress: Progress
    ) -> None:
        self._workspace = workspace
        self._params = setup.pipeline
        self._engine = engine
        self._lease = lease
        self._seq = seq
        self._progress = progress
        self._tasks = [
            UnitTask(ordinal, slices, setup.pipeline) for ordinal, slices in sorted(slices_of(workspace, seq).items())
        ]
        self._keys = [pipeline.keys_file(setup.pipeline, task.ordinal) for task in self._tasks]
        self._repeats = repeats_file(setup.pipeline.scratch)
        if self._repeats.exists() and not shards.is_whole(self._repeats):
            self._repeats.unlink()

    def sign(self) -> None:
        """Do the first pass on every unit whose keys are not there."""
        if self._repeats.exists():
            return
        plans.demand_unchanged(self._workspace, self._seq)
        missing = [task for task, keys in zip(self._tasks, self._keys, strict=True) if not keys.exists()]
        for done, _ in enumerate(self._map(pipeline.sign, missing), len(self._tasks) - len(missing) + 1):
            self._report("sign", done)

    def find_repeats(self) -> None:
        """Do the second pass, unless its table is there."""
        if self._repeats.exists():
            return
        reading = frozenset(part.file for task in self._tasks for part in task.slices)
        params = self._params
        search = Search(self._workspace, self._seq, params.scratch, self._keys, reading, params.near)
        with told("keep the list of duplicates", self._repeats):
            try:
                asked = search.propose()
                if asked:
                    plans.demand_unchanged(self._workspace, self._seq)
                for done, _ in enumerate(self._map(fetch, [self._tasks[unit] for unit in asked]), 1):
                    self._report("compare", len(self._tasks) - len(asked) + done)
                search.settle()
            except GovernanceError:
                search.drop_damaged()
                raise

    def decide(self, actor: str) -> None:
        """Do the last pass on every unit that has no result, and seal lot by lot."""
        units = unit_states(self._workspace, self._seq)
        lots = {ordinal: lot for ordinal, lot, _ in units}
        waiting = [self._tasks[ordinal] for ordinal, _, state in units if state == "planned"]
        undone = Counter(lots[task.ordinal] for task in waiting)
        unsealed = deque(sorted({lot for _, lot, state in units if state != "sealed"}))
        done = len(units) - len(waiting)
        self._report("decide", done)
        self._seal(unsealed, undone, actor)
        if waiting:
            plans.demand_unchanged(self._workspace, self._seq)
        for unit in self._map(pipeline.decide, waiting):
            keep_unit(self._workspace, self._lease, self._seq, unit)
            undone[lots[unit.ordinal]] -= 1
            done += 1
            self._report("decide", done)
            self._seal(unsealed, undone, actor)

    def _seal(self, unsealed: deque[int], undone: Mapping[int, int], actor: str) -> None:
        """Seal the lots that are ready; facts follow the order of the plan, so a lot waits for the one before it."""
        while unsealed and not undone[unsealed[0]]:
            seal_lot(
                self._workspace,
                self._lease,
                self._seq,
                unsealed.popleft(),
                is_last=not unsealed,
                actor=actor,
                kinds=self._params.kinds,
            )

    def _map(self, function: Callable[[UnitTask], Result], tasks: Iterable[UnitTask]) -> Iterator[Result]:
        with told("write the files of a work unit", self._params.scratch):
            yield from self._engine.map(function, tasks)

    def _report(self, step: str, done: int) -> None:
        if jobs.report(self._workspace, self._lease, step, done, len(self._tasks)):
            raise CancelledError
        self._progress(step, done, len(self._tasks))


def _outcome(workspace: Workspace, seq: int) -> Outcome:
    """Return what a whole plan did, earlier runs of it included."""
    total = Cells()
    for entry in workspace.ledger.entries(kinds=("IngestCompleted",), since=seq):
        if isinstance(entry.event, IngestCompleted) and entry.event.ingest == seq:
            total = entry.event.cells
    counts = total.items_by_disposition()
    broken = sum(
        n for part, n in total.family("item") if part["measure"] == "items" and part["reason"] in BROKEN_FILE_REASONS
    )
    return Outcome(
        ingest=seq,
        files=0,
        already=0,
        blank_lines=sum(n for _, n in total.family("intake")),
        items={disposition: counts.get(disposition, 0) for disposition in DISPOSITIONS},
        broken_files=broken,
    )
