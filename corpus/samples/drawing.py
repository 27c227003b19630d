"""Draws that count (抽样): seed committed, frame looked at, what was drawn stored and recorded, in this order.

Several draws by one plan would let somebody choose. So a sample that is open is handed out again; and another draw from
a frame that was drawn from, while a sample is open, or after a result over the limit, needs its reason in the ledger.
A second sample of the whole corpus by a pass rate (合格率) always does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from corpus.samples import seeds
from corpus.samples.frames import Frame, Framing
from corpus.sources.assessment import KINDS as SAMPLES
from corpus.sources.evidence_files import Scan
from corpus.workspace import Workspace
from provenance.errors import ExitCode, GovernanceError
from provenance.events import SampleDrawn
from provenance.ids import Digest, ItemId
from rules import samples
from rules.sample_plans import SamplePlan
from rules.samples import SampleFact


@dataclass(frozen=True)
class Order:
    """What somebody asks to be drawn.

    Attributes:
        plan: The sampling plan.
        source: The source, empty for the whole corpus.
        size: Items wanted, of each stratum where there are any.
        is_over: Whether the result of an earlier sample is over what the plan asks.
        reason: Why it is drawn once more, if it is.
        actor: Id of the person who acts.
    """

    plan: SamplePlan
    source: str
    size: int
    is_over: Callable[[SampleFact], bool]
    reason: str
    actor: str

    @property
    def purpose(self) -> str:
        """What its seed is for."""
        return f"{self.plan.id}:{self.source}" if self.source else self.plan.id


@dataclass(frozen=True)
class Drawn:
    """A sample, and whether it was drawn just now or is an open one that was drawn before."""

    sample: SampleFact
    items: tuple[ItemId, ...]
    is_new: bool


def draw(workspace: Workspace, order: Order, framing: Framing, *, scan: Scan) -> Drawn:
    """Draw a sample (抽样), or return the open one that was drawn from the very same frame.

    Args:
        workspace: Where.
        order: What is wanted.
        framing: The frame.
        scan: Finds personal information in the reason.

    Raises:
        GovernanceError: There is nothing that could be judged, a reason is needed and none is given, or the frame
            changed while it was looked at.

    Clause:
        R-001, R-002, R-070, R-071, R-150, R-151, R-152, R-153, R-154, R-156, R-157
    """
    _demand_impersonal(order.reason, scan)
    earlier = _earlier(workspace, order)
    if not order.reason and earlier:
        latest, now = earlier[-1], framing.identify()
        if latest.frame == now and not latest.is_closed:
            return Drawn(latest, drawn_items(workspace, latest), is_new=False)
        if (
            order.plan.pass_rate
            or now in {each.frame for each in earlier}
            or not latest.is_closed
            or order.is_over(latest)
        ):
            raise _again(latest)
    seed = seeds.commit(workspace, order.purpose, subject=order.source or order.plan.id, actor=order.actor)
    sees = workspace.ledger.head().size
    frame = framing.look(seed.value, order.size)
    items = frame.items()
    if not items:
        raise GovernanceError(
            f"There is no item to draw from: of {frame.population} none can be read.",
            code="corpus.frame-empty",
            remedy="Check the paths, or take items in first; the seed that was committed stays for the next draw.",
            exit_code=ExitCode.ENVIRONMENT,
        )
    stored = workspace.evidence.put_bytes("".join(f"{item}\n" for item in items).encode())
    event = SampleDrawn(
        plan=order.plan.id,
        source=order.source,
        clause=order.plan.clause,
        sees=sees,
        frame=frame.digest,
        population=frame.population,
        unreadable=frame.unreadable,
        size=len(items),
        seed=seed.value.hex(),
        seed_event=seed.event,
        drawn=stored,
        strata=_strata(frame) if order.plan.strata else (),
        reason=order.reason,
    )
    seq = _record(workspace, order, event)
    return Drawn(sample(workspace, seq), items, is_new=True)


def sample(workspace: Workspace, seq: int) -> SampleFact:
    """Return a sample by the ledger entry of its draw.

    Raises:
        GovernanceError: No sample was drawn there.
    """
    found = samples.fold(workspace.ledger.entries(kinds=SAMPLES)).by_seq.get(seq)
    if found is None:
        raise GovernanceError(
            "There is no such sample.",
            code="corpus.sample-unknown",
            remedy="`yuliao sample list` shows all, with their numbers.",
        )
    return found


def is_outdated(workspace: Workspace, drawn: SampleFact) -> bool:
    """Say whether items were taken in since that a sample's frame did not have."""
    return samples.fold(workspace.ledger.entries(kinds=SAMPLES)).is_outdated(drawn)


def drawn_items(workspace: Workspace, drawn: SampleFact) -> tuple[ItemId, ...]:
    """Return the items of a sample, in item order."""
    with workspace.evidence.open(Digest(drawn.drawn)) as stored:
        return tuple(ItemId.parse(line) for line in stored.read().decode().split())


def _earlier(workspace: Workspace, order: Order) -> list[SampleFact]:
    found = samples.fold(workspace.ledger.entries(kinds=SAMPLES)).by_seq.values()
    return [each for each in found if (each.plan, each.source) == (order.plan.id, order.source)]


def _strata(frame: Frame) -> tuple[tuple[str, int, int], ...]:
    return tuple((name, count, len(frame.draws[name].items())) for name, count in sorted(frame.by_stratum.items()))


def _record(workspace: Workspace, order: Order, event: SampleDrawn) -> int:
    """Record the draw, unless its frame moved or its seed was used while it was looked at."""
    moving = ("SampleDrawn",) if order.plan.frame == "files" else ("SampleDrawn", "ShardSealed", "ItemsAmended")
    with workspace.database.transaction() as session:
        entry = workspace.ledger.append(session, actor=order.actor, subject=order.source or order.plan.id, event=event)
        for other in workspace.ledger.entries(kinds=moving, since=event.sees, upto=entry.seq - 1):
            if not isinstance(other.event, SampleDrawn) or other.event.seed_event == event.seed_event:
                raise GovernanceError(
                    "The corpus changed while the sample was drawn.",
                    code="corpus.frame-moved",
                    remedy="Run the same command again when no ingest is running; it goes on with the same seed.",
                    exit_code=ExitCode.ENVIRONMENT,
                )
    return entry.seq


def _again(latest: SampleFact) -> GovernanceError:
    return GovernanceError(
        f"Sample {latest.seq} was drawn by this plan already, and a second draw would let one choose.",
        code="corpus.drawn-before",
        remedy="If it must be drawn again, say why with --reason; it enters the ledger.",
    )


def _demand_impersonal(reason: str, scan: Scan) -> None:
    if reason and scan(reason):
        raise GovernanceError(
            "The reason holds personal information, and the ledger keeps it for good.",
            code="corpus.personal-reason",
            remedy="Say it without names, numbers and addresses.",
        )
