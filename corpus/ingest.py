"""The driver of an ingest: plan, three passes, and one transaction per lot that turns finished work into facts.

Files first, ledger last. What a killed run had finished is found again by the next, which is the same command; what it
had not is done anew, with the same result. Only the driver writes to the catalogue.
"""

import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import orjson
from sqlmodel import col, select

from corpus import items, jobs, pipeline, planning
from corpus.catalogue import earlier_shards, live_ingests, slices_of, units_of, wholly_sealed
from corpus.engines import Engine
from corpus.jobs import Lease
from corpus.lots import seal_lot
from corpus.pipeline import DecidedUnit, PipelineParams, UnitTask
from corpus.planning import InputFile, Unit
from corpus.schema import BROKEN_FILE_REASONS, DISPOSITIONS
from corpus.scripts import UNICODE_VERSION
from corpus.sources import Source
from corpus.tables import FileRow, SliceRow, UnitRow
from corpus.workspace import Workspace
from provenance.canonical import Json, encode
from provenance.cells import Cells
from provenance.errors import ExitCode, GovernanceError
from provenance.events import IngestAborted, IngestCompleted, IngestPlanned, PlannedFile, ShardSealed
from provenance.ids import digest, print_file
from provenance.ledger import Entry


@dataclass(frozen=True)
class Setup:
    """All that an ingest needs to know beside its files.

    Attributes:
        pipeline: What decides, see :class:`corpus.pipeline.PipelineParams`.
        unit_bytes: Size of a work unit in bytes of the stored file.
        lot_units: Work units that become fact together.
        rules_edition: Digest of the rules' data.
        lexicon: Digest of the released keyword library.
        tokenizer: Name and digest of the tokenizer.
        code: Digest of the code that decides.
        uncovered: Types of personal information ordered to be stripped that no recogniser finds.
    """

    pipeline: PipelineParams
    unit_bytes: int
    lot_units: int
    rules_edition: str
    lexicon: str
    tokenizer: str
    code: str
    uncovered: tuple[str, ...]

    @property
    def stages(self) -> tuple[str, ...]:
        """Name and version of every stage, in order."""
        return tuple(f"{stage.name}/{stage.version}" for stage in pipeline.STAGES)

    def configuration(self) -> str:
        """Return the digest of everything that can change what becomes of an item, and of nothing else."""
        params = self.pipeline
        decisive: dict[str, Json] = {
            "stages": list(self.stages),
            "unicode": UNICODE_VERSION,
            "reading": asdict(params.reading),
            "language": asdict(params.language),
            "screen": [list(params.screen.languages), list(params.screen.limits)],
            "policy": {"profile": params.policy.profile, **params.policy.treatments},
            "lexicon": self.lexicon,
            "tokenizer": self.tokenizer,
        }
        return digest(encode(decisive))


@dataclass(frozen=True)
class Request:
    """What somebody asked for: the files and folders of an admitted source."""

    source: Source
    paths: tuple[Path, ...]
    actor: str


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
    holds_pi: Callable[[str], bool],
    progress: Progress,
) -> Outcome:
    """Take the files of an admitted source in, or go on with the run that was doing so.

    Args:
        workspace: Where.
        request: The source, its files, and who asks.
        setup: Rules, policy and sizes.
        engine: Runs the work units.
        lease: The right to work on this job.
        holds_pi: Says whether a file's name holds personal information.
        progress: Told how far it is.

    Raises:
        GovernanceError: A path is missing, a file changed while it was read, another source's ingest is unfinished, or
            the machine failed. Bad data never raises.
        CancelledError: Somebody asked for the job to stop.
    """
    files = planning.survey(workspace.id, request.source.id, request.paths, holds_pi)
    wanted, already = _to_read(workspace, files, setup)
    entry = _resumable(workspace, request, wanted, setup)
    if entry is None:
        if not wanted:
            return Outcome(None, len(files), already, 0, dict.fromkeys(DISPOSITIONS, 0), 0)
        entry = _plan(workspace, request, wanted, setup, lease)
    jobs.adopt(workspace, lease, entry.seq)
    plan = _planned(entry)
    setup = replace(setup, pipeline=replace(setup.pipeline, scratch=workspace.scratch / f"ingest-{entry.seq}"))
    setup.pipeline.scratch.mkdir(parents=True, exist_ok=True)
    run = _Run(workspace, setup, engine, lease, entry.seq, plan, progress)
    run.sign()
    run.find_repeats()
    run.decide(request.actor)
    shutil.rmtree(setup.pipeline.scratch, ignore_errors=True)
    return replace(run.outcome(), files=len(files), already=already)


def give_up(workspace: Workspace, plan: int, *, reason: str, actor: str) -> None:
    """Record that a plan will not be finished; what it sealed stays."""
    workspace.ledger.record(actor=actor, subject=f"ingest-{plan}", event=IngestAborted(plan, reason))
    shutil.rmtree(workspace.scratch / f"ingest-{plan}", ignore_errors=True)


def unfinished(workspace: Workspace) -> list[Entry]:
    """Return the plans that were neither completed nor given up."""
    plans: dict[int, Entry] = {}
    kinds = ("IngestPlanned", "IngestCompleted", "IngestAborted")
    for entry in workspace.ledger.entries(kinds=kinds):
        if isinstance(entry.event, IngestPlanned):
            plans[entry.seq] = entry
        elif isinstance(entry.event, IngestCompleted | IngestAborted):
            plans.pop(entry.event.ingest, None)
    return list(plans.values())


def _planned(entry: Entry) -> IngestPlanned:
    assert isinstance(entry.event, IngestPlanned)
    return entry.event


def _to_read(workspace: Workspace, files: list[InputFile], setup: Setup) -> tuple[list[InputFile], int]:
    same = {
        entry.seq
        for entry in workspace.ledger.entries(kinds=("IngestPlanned",))
        if _planned(entry).configuration == setup.configuration()
    }
    live = live_ingests(workspace, [file.name for file in files])
    decided = {
        name
        for seq in same.intersection(live.values())
        for name in wholly_sealed(workspace, seq, [name for name, ingest in live.items() if ingest == seq])
    }
    wanted = [file for file in files if file.name not in decided]
    return wanted, len(decided)


def _resumable(workspace: Workspace, request: Request, files: list[InputFile], setup: Setup) -> Entry | None:
    for entry in unfinished(workspace):
        plan = _planned(entry)
        if plan.source != request.source.id:
            raise GovernanceError(
                f"An ingest of the source {plan.source} was interrupted and has to be finished or given up first.",
                code="corpus.ingest-unfinished",
                remedy=f"Run `yuliao ingest {plan.source} ...` with the same paths, or `yuliao jobs cancel JOB`.",
            )
        planned = {each.file for each in plan.files}
        open_files = planned - wholly_sealed(workspace, entry.seq, planned)
        same = open_files <= {file.name for file in files} <= planned
        if same and plan.configuration == setup.configuration() and plan.code == setup.code:
            return entry
        give_up(workspace, entry.seq, reason="superseded by another plan of the same source", actor=request.actor)
    return None


def _plan(workspace: Workspace, request: Request, files: list[InputFile], setup: Setup, lease: Lease) -> Entry:
    units = planning.divide(files, setup.pipeline.reading.unit, setup.unit_bytes)
    known = live_ingests(workspace, [file.name for file in files])
    listing: Json = [[[print_file(part.file), part.start, part.end] for part in unit.slices] for unit in units]
    sees = workspace.ledger.head().size
    with workspace.database.transaction() as session:
        row = jobs.hold(session, lease)
        entry = workspace.ledger.append(
            session,
            actor=request.actor,
            subject=request.source.id,
            event=IngestPlanned(
                source=request.source.id,
                files=tuple(PlannedFile(file.name, file.digest, max(file.size, 0)) for file in files),
                units=digest(encode(listing)),
                unit_count=len(units),
                configuration=setup.configuration(),
                rules_edition=setup.rules_edition,
                lexicon=setup.lexicon,
                tokenizer=setup.tokenizer,
                code=setup.code,
                stages=setup.stages,
                sees=sees,
                uncovered=setup.uncovered,
                replaces=tuple(sorted(known)),
            ),
        )
        row.entry = entry.seq
        session.add_all(_file_row(entry.seq, file) for file in files)
        session.add_all(
            UnitRow(ingest=entry.seq, ordinal=u.ordinal, lot=u.ordinal // setup.lot_units, state="planned")
            for u in units
        )
        session.add_all(_slice_row(entry.seq, unit, index) for unit in units for index in range(len(unit.slices)))
    return entry


def _file_row(ingest: int, file: InputFile) -> FileRow:
    return FileRow(
        ingest=ingest,
        file=file.name,
        path=file.path,
        format=file.format,
        digest=file.digest,
        size=file.size,
        modified_ns=file.modified_ns,
    )


def _slice_row(ingest: int, unit: Unit, index: int) -> SliceRow:
    part = unit.slices[index]
    return SliceRow(ingest=ingest, ordinal=unit.ordinal, file=print_file(part.file), start=part.start, stop=part.end)


class _Run:
    """One plan being carried out."""

    def __init__(
        self,
        workspace: Workspace,
        setup: Setup,
        engine: Engine,
        lease: Lease,
        seq: int,
        plan: IngestPlanned,
        progress: Progress,
    ) -> None:
        self._workspace = workspace
        self._params = setup.pipeline
        self._engine = engine
        self._lease = lease
        self._seq = seq
        self._plan = plan
        self._progress = progress
        self._tasks = [
            UnitTask(ordinal, slices, setup.pipeline) for ordinal, slices in sorted(slices_of(workspace, seq).items())
        ]

    def sign(self) -> None:
        """Do the first pass on every unit whose keys are not there."""
        missing = [task for task in self._tasks if not pipeline.keys_file(self._params, task.ordinal).exists()]
        done = len(self._tasks) - len(missing)
        if pipeline.repeats_file(self._params).exists():
            return
        self._expect_unchanged()
        for _ in self._engine.map(pipeline.sign, missing):
            done += 1
            self._step("sign", done)

    def find_repeats(self) -> None:
        """Do the second pass, unless its table is there."""
        table = pipeline.repeats_file(self._params)
        if table.exists():
            return
        keys = [pipeline.keys_file(self._params, task.ordinal) for task in self._tasks]
        earlier = earlier_shards(self._workspace, self._seq, {each.file for each in self._plan.files})
        unfinished_table = table.with_suffix(".unfinished")
        items.find_repeats(keys, earlier, unfinished_table, self._params.scratch)
        unfinished_table.replace(table)

    def decide(self, actor: str) -> None:
        """Do the last pass on every unit that has no result, and seal lot by lot."""
        states = {row.ordinal: row.state for row in units_of(self._workspace, self._seq)}
        waiting = [task for task in self._tasks if states[task.ordinal] == "planned"]
        done = len(self._tasks) - len(waiting)
        self._step("decide", done)
        self._seal_ready_lots(actor)
        self._expect_unchanged()
        for unit in self._engine.map(pipeline.decide, waiting):
            self._keep(unit)
            done += 1
            self._step("decide", done)
            self._seal_ready_lots(actor)

    def outcome(self) -> Outcome:
        """Return what the whole plan did, earlier runs of it included."""
        total, blank, broken = Cells(), 0, 0
        for entry in self._workspace.ledger.entries(kinds=("ShardSealed",), since=self._seq):
            event = entry.event
            if isinstance(event, ShardSealed) and event.ingest == self._seq:
                total += event.cells
                blank += event.blank_lines
        for part, n in total.family("item"):
            if part["measure"] == "items" and part["reason"] in BROKEN_FILE_REASONS:
                broken += n
        counts = {disposition: total.items_by_disposition().get(disposition, 0) for disposition in DISPOSITIONS}
        return Outcome(self._seq, 0, 0, blank, counts, broken)

    def _keep(self, unit: DecidedUnit) -> None:
        """Keep a unit's result in a transaction of its own: not yet fact, but not to be done again."""
        with self._workspace.database.transaction() as session:
            jobs.hold(session, self._lease)
            row = session.get(UnitRow, (self._seq, unit.ordinal))
            assert row is not None
            row.state, row.result = "done", orjson.dumps(asdict(unit)).decode()

    def _seal_ready_lots(self, actor: str) -> None:
        lots: dict[int, list[UnitRow]] = {}
        for row in units_of(self._workspace, self._seq):
            lots.setdefault(row.lot, []).append(row)
        last = max(lots)
        for lot, rows in sorted(lots.items()):
            # Facts follow the order of the plan, so a lot waits for the one before it.
            if any(row.state == "planned" for row in rows):
                return
            if any(row.state == "done" for row in rows):
                seal_lot(
                    self._workspace,
                    self._lease,
                    self._seq,
                    lot,
                    is_last=lot == last,
                    actor=actor,
                    kinds=self._params.kinds,
                )

    def _step(self, name: str, done: int) -> None:
        with self._workspace.database.transaction() as session:
            row = jobs.hold(session, self._lease)
            row.units_done, row.units_total, row.message = done, len(self._tasks), name
            cancelled = row.cancel_requested
        if cancelled:
            raise CancelledError
        self._progress(name, done, len(self._tasks))

    def _expect_unchanged(self) -> None:
        with self._workspace.database.snapshot() as session:
            rows = session.exec(select(FileRow).where(col(FileRow.ingest) == self._seq)).all()
            changed = [row.path for row in rows if not planning.unchanged(row.path, row.size, row.modified_ns)]
        if changed:
            raise GovernanceError(
                f"{len(changed)} file(s) of the plan changed or vanished since they were planned.",
                code="corpus.file-changed",
                remedy="Put the files back as they were, or run `yuliao jobs cancel JOB` and ingest again.",
                where=changed[0],
                exit_code=ExitCode.ENVIRONMENT,
            )
