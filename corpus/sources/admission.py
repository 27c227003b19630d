"""Decisions on a source: admitted (准入) when its papers are complete, refused (拒绝) when not, suspended (暂停)."""

from dataclasses import dataclass

from corpus.reasons import demand_reason
from corpus.sources import assessment
from corpus.sources.assessment import Standing, standing
from corpus.sources.evidence_files import Scan
from corpus.sources.papers import House, Missing, missing
from corpus.sources.states import NEXT, Source, State, declaration, record, require_declared, sources
from corpus.workspace import Workspace
from pii.entities import Profile
from provenance.errors import ExitCode, GovernanceError
from provenance.events import SourceStateChanged
from provenance.ids import Digest, SourceId


@dataclass(frozen=True, slots=True)
class Admission:
    """The decision on a source, with every check that was not met."""

    source: Source
    missing: tuple[Missing, ...]

    @property
    def exit_code(self) -> ExitCode:
        """Fine, or findings where the source was refused."""
        return ExitCode.FINDINGS if self.missing else ExitCode.FINE


def outstanding(
    workspace: Workspace, *, profile: Profile, limit_percent: int | None = None
) -> dict[SourceId, tuple[Missing, ...]]:
    """Return for every source the hard checks it does not meet now, each with the command that would meet it.

    Args:
        workspace: Where.
        profile: Which standard says what personal information is sensitive.
        limit_percent: Share of bad items over which a sample fails; percent. The standard's own where None.

    Raises:
        GovernanceError: A stored declaration is missing, or cannot be read by this release.
    """
    house = _house(workspace, profile, limit_percent)
    return {
        name: () if source.state is State.WITHDRAWN else missing(source, declaration(workspace, source), house)
        for name, source in house.sources.items()
    }


def admit(
    workspace: Workspace,
    source: str,
    *,
    reason: str,
    actor: str,
    scan: Scan,
    profile: Profile,
    limit_percent: int | None = None,
) -> Admission:
    """Admit a source (准入) if its papers are complete; otherwise it is refused and what is missing is recorded.

    Args:
        workspace: Where.
        source: Id of the source.
        reason: Why, one sentence without personal information.
        actor: Id of the person who acts.
        scan: Finds personal information.
        profile: Which standard says what personal information is sensitive.
        limit_percent: Share of bad items over which a sample fails; percent. The standard's own where None.

    Raises:
        GovernanceError: The source is undeclared or already admitted, the reason is empty or personal, or a stored
            paper no longer has the bytes that were attached.
    """
    known = require_declared(workspace.ledger, source)
    _demand_order(known, State.ADMITTED)
    demand_reason(reason, scan, of="A decision on a source")
    house = _house(workspace, profile, limit_percent)
    lacking = missing(known, declaration(workspace, known), house)
    _demand_whole(workspace, known)
    target = State.REFUSED if lacking else State.ADMITTED
    checks = tuple(each.check for each in lacking)
    is_news = (known.state, known.missing) != (target, checks)
    decisive = house.standings.get(known.id, Standing()).entries
    event = SourceStateChanged(known.state, target, "papers missing" if lacking else reason, checks, decisive)
    record(workspace, known.id, known, [event] if is_news else [], actor)
    return Admission(require_declared(workspace.ledger, source), lacking)


def _house(workspace: Workspace, profile: Profile, limit_percent: int | None) -> House:
    ledger = workspace.ledger
    standings = standing(ledger.entries(kinds=assessment.KINDS), limit_percent=limit_percent)
    return House(profile, ledger.today(), sources(ledger), standings)


def _demand_whole(workspace: Workspace, source: Source) -> None:
    """Demand that every paper still has the bytes with which it was attached."""
    for paper in source.evidence.values():
        try:
            workspace.evidence.check(Digest(paper.digest))
        except GovernanceError as error:
            raise GovernanceError(
                f"The stored {paper.kind} of the source {source.id} is missing, or is not what was attached.",
                code="corpus.paper-damaged",
                remedy="Restore the workspace's folder `evidence` from a backup, then run `yuliao doctor`.",
                where=error.where,
                exit_code=ExitCode.VERIFICATION_FAILED,
            ) from error


def refuse(workspace: Workspace, source: str, *, reason: str, actor: str, scan: Scan) -> Source:
    """Refuse a source (拒绝): nothing more of it is taken in.

    Raises:
        GovernanceError: The source is undeclared or already refused, or the reason is empty or personal.
    """
    return _decide(workspace, source, State.REFUSED, reason, actor, scan)


def suspend(workspace: Workspace, source: str, *, reason: str, actor: str, scan: Scan) -> Source:
    """Suspend an admitted source (暂停) until it is admitted again.

    Raises:
        GovernanceError: The source is undeclared or not admitted, or the reason is empty or personal.
    """
    return _decide(workspace, source, State.SUSPENDED, reason, actor, scan)


def _decide(workspace: Workspace, source: str, target: State, reason: str, actor: str, scan: Scan) -> Source:
    known = require_declared(workspace.ledger, source)
    _demand_order(known, target)
    demand_reason(reason, scan, of="A decision on a source")
    record(workspace, known.id, known, [SourceStateChanged(known.state, target, reason)], actor)
    return require_declared(workspace.ledger, source)


def _demand_order(source: Source, target: State) -> None:
    if target in NEXT[source.state]:
        return
    raise GovernanceError(
        f"The source {source.id} is {source.state} and cannot become {target}.",
        code="corpus.source-state",
        remedy=f"From {source.state} a source can become {', '.join(sorted(NEXT[source.state])) or 'nothing else'}; "
        f"see `yuliao source show {source.id}`.",
    )
