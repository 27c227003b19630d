"""The plan of an ingest as a fact and as rows: made, found again, and given up."""

import shutil
from collections.abc import Collection, Sequence
from itertools import starmap

from sqlalchemy import exists, insert
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from corpus.catalogue import KNOWN, path_on_disk
from corpus.lookup import Known
from corpus.setup import Request, Setup
from corpus.slices import printed
from corpus.sources import states
from corpus.sources.states import NEXT, State
from corpus.tables import END, FileRow, SliceRow, UnitRow
from corpus.work import jobs, planning
from corpus.work.jobs import Lease
from corpus.work.planning import InputFile, Unit
from corpus.workspace import Workspace
from provenance.canonical import Json, encode
from provenance.errors import ExitCode, GovernanceError
from provenance.events import IngestAborted, IngestCompleted, IngestPlanned, PlannedFile, SourceStateChanged
from provenance.ids import SourceId, digest, print_file
from provenance.ledger import Entry


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


def latest(workspace: Workspace, source: SourceId) -> int | None:
    """Return the number of the latest plan of a source, None where it has none."""
    plans = workspace.ledger.subjects(kinds=("IngestPlanned",))
    return max((seq for seq, its in plans.items() if its == source), default=None)


def give_up(workspace: Workspace, lease: Lease, plan: int, *, reason: str, actor: str) -> None:
    """Record that a plan will not be finished; what it sealed stays.

    Raises:
        GovernanceError: Somebody took the job over.
    """
    with workspace.database.transaction() as session:
        jobs.hold(session, lease)
        for row in session.exec(select(UnitRow).where(UnitRow.ingest == plan, UnitRow.state != "sealed")):
            row.state, row.items, row.result = "dropped", "", ""
        workspace.ledger.append(session, actor=actor, subject=f"ingest-{plan}", event=IngestAborted(plan, reason))
    shutil.rmtree(workspace.scratch / f"ingest-{plan}", ignore_errors=True)


def to_read(
    workspace: Workspace, files: Sequence[InputFile], setup: Setup, *, again: Collection[str] = ()
) -> list[InputFile]:
    """Return the files that were not wholly decided on under this configuration when they were last read.

    Args:
        workspace: Where.
        files: The files that somebody points at.
        setup: Rules, policy and sizes.
        again: Names of files that are read again however they were decided on.
    """
    configuration = setup.configuration()
    same = {
        entry.seq
        for entry in workspace.ledger.entries(kinds=("IngestPlanned",))
        if planned(entry).configuration == configuration
    }
    with workspace.database.snapshot() as session:
        later = aliased(FileRow)
        is_latest = ~exists().where(
            col(later.file) == FileRow.file, col(later.ingest) > FileRow.ingest, col(later.sealed_to) > 0
        )
        query = select(FileRow.file, FileRow.ingest).where(FileRow.sealed_to == END, is_latest)
        decided = {name for name, ingest in session.exec(query) if ingest in same}
    return [file for file in files if file.name in again or file.name not in decided]


def resumable(
    workspace: Workspace, request: Request, files: Sequence[InputFile], setup: Setup, lease: Lease
) -> Entry | None:
    """Return the unfinished plan that reads these very files in the same way; one that does not is given up.

    Raises:
        GovernanceError: An ingest of another source is unfinished.
    """
    for entry in unfinished(workspace):
        plan = planned(entry)
        if plan.source != request.source.id:
            raise GovernanceError(
                f"An ingest of the source {plan.source} was interrupted and has to be finished or given up first.",
                code="corpus.ingest-unfinished",
                remedy=f"Run `yuliao ingest {plan.source} ...` with the same paths, or `yuliao jobs cancel JOB`.",
            )
        same = _open_files(workspace, entry.seq) <= {file.name for file in files} <= {each.file for each in plan.files}
        if same and plan.configuration == setup.configuration() and plan.code == setup.code:
            return entry
        reason = "superseded by another plan of the same source"
        give_up(workspace, lease, entry.seq, reason=reason, actor=request.actor)
    return None


def make(workspace: Workspace, request: Request, files: Sequence[InputFile], setup: Setup, lease: Lease) -> Entry:
    """Plan an ingest: one transaction for the fact, the source's new state and the rows by which it is carried out.

    Raises:
        GovernanceError: Somebody took the job over, or changed the source meanwhile.
    """
    units = planning.divide(files, setup.pipeline.reading.unit, setup.unit_bytes)
    listing: Json = [[[print_file(part.file), part.start, part.end] for part in unit.slices] for unit in units]
    sees = workspace.ledger.head().size
    with workspace.database.transaction() as session:
        job = jobs.hold(session, lease)
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
                replaces=_read_before(session, {file.name for file in files}),
                papers=setup.pipeline.papers.digests,
                pseudonym_key=setup.pipeline.stripper.pseudonyms.key_id if setup.pipeline.stripper.pseudonyms else "",
            ),
        )
        _begin_collecting(workspace, session, request, entry)
        job.entry = entry.seq
        _enter(session, entry.seq, files, units, setup.lot_units)
    return entry


def _begin_collecting(workspace: Workspace, session: Session, request: Request, plan: Entry) -> None:
    """Say in the plan's own transaction that its source is being collected (采集中); it must be as it was admitted."""
    source = request.source
    states.demand_unchanged(workspace, source.id, since=source.seq, upto=plan.seq)
    if State.COLLECTING in NEXT[source.state]:
        change = SourceStateChanged(source.state, State.COLLECTING, "ingest planned", decisive=(plan.seq,))
        workspace.ledger.append(session, actor=request.actor, subject=source.id, event=change)


def planned(entry: Entry) -> IngestPlanned:
    """Return the plan that an entry holds."""
    assert isinstance(entry.event, IngestPlanned)
    return entry.event


def demand_unchanged(workspace: Workspace, plan: int) -> None:
    """Demand that the files of a plan still look as they did when they were hashed.

    Raises:
        GovernanceError: One does not.
    """
    with workspace.database.snapshot() as session:
        rows = session.exec(KNOWN.where(FileRow.ingest == plan)).all()
    changed = [known.path for known in starmap(Known, rows) if not _is_unchanged(workspace, known)]
    if changed:
        raise GovernanceError(
            f"{len(changed)} file(s) of the plan changed or vanished since they were planned.",
            code="corpus.file-changed",
            remedy="Put the files back as they were, or run `yuliao jobs cancel JOB` and ingest again.",
            where=min(changed),
            exit_code=ExitCode.ENVIRONMENT,
        )


def _is_unchanged(workspace: Workspace, file: Known) -> bool:
    try:
        path = path_on_disk(workspace, file)
    except GovernanceError:
        return False
    return planning.unchanged(path, file.size, file.modified_ns)


def _open_files(workspace: Workspace, plan: int) -> set[str]:
    """Return the files of a plan of which something is not sealed yet."""
    with workspace.database.snapshot() as session:
        return set(session.exec(select(FileRow.file).where(FileRow.ingest == plan, FileRow.sealed_to < END)))


def _read_before(session: Session, names: set[str]) -> tuple[str, ...]:
    query = select(FileRow.file).where(FileRow.sealed_to > 0).distinct()
    return tuple(sorted(name for name in session.exec(query) if name in names))


def _enter(session: Session, plan: int, files: Sequence[InputFile], units: Sequence[Unit], lot_units: int) -> None:
    rows = session.connection()
    rows.execute(
        insert(FileRow),
        [
            {
                "ingest": plan,
                "file": file.name,
                "path": printed(file.shown),
                "format": file.format,
                "digest": file.digest,
                "size": file.size,
                "modified_ns": file.modified_ns,
            }
            for file in files
        ],
    )
    rows.execute(
        insert(UnitRow),
        [{"ingest": plan, "ordinal": u.ordinal, "lot": u.ordinal // lot_units, "state": "planned"} for u in units],
    )
    rows.execute(
        insert(SliceRow),
        [
            {
                "ingest": plan,
                "ordinal": unit.ordinal,
                "file": print_file(part.file),
                "start": part.start,
                "stop": END if part.end < 0 else part.end,
            }
            for unit in units
            for part in unit.slices
        ],
    )
