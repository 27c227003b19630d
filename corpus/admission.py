"""Decisions on a source: admitted (准入) when its papers are complete, refused (拒绝) when not, suspended (暂停)."""

from dataclasses import dataclass

from corpus.evidence_files import Scan
from corpus.papers import Missing, missing
from corpus.source_states import NEXT, Source, State, declaration, record, require_declared
from corpus.workspace import Workspace
from pii.entities import Profile
from provenance.errors import ExitCode, GovernanceError
from provenance.events import SourceStateChanged


@dataclass(frozen=True, slots=True)
class Admission:
    """The decision on a source, with every check that was not met."""

    source: Source
    missing: tuple[Missing, ...]

    @property
    def exit_code(self) -> ExitCode:
        """Fine, or findings where the source was refused."""
        return ExitCode.FINDINGS if self.missing else ExitCode.FINE


def outstanding(workspace: Workspace, source: Source, *, profile: Profile) -> tuple[Missing, ...]:
    """Return the hard checks a source does not meet now, each with the command that would meet it.

    Args:
        workspace: Where.
        source: The source.
        profile: Which standard says what personal information is sensitive.

    Raises:
        GovernanceError: The stored declaration is missing or cannot be read by this release.
    """
    return missing(source, declaration(workspace, source), profile)


def admit(workspace: Workspace, source: str, *, reason: str, actor: str, scan: Scan, profile: Profile) -> Admission:
    """Admit a source (准入) if its papers are complete; otherwise it is refused and what is missing is recorded.

    Args:
        workspace: Where.
        source: Id of the source.
        reason: Why, one sentence without personal information.
        actor: Id of the person who acts.
        scan: Finds personal information.
        profile: Which standard says what personal information is sensitive.

    Raises:
        GovernanceError: The source is undeclared or already admitted, or the reason is empty or personal.
    """
    known = require_declared(workspace.ledger, source)
    _demand_order(known, State.ADMITTED)
    _demand_reason(reason, scan)
    lacking = outstanding(workspace, known, profile=profile)
    target = State.REFUSED if lacking else State.ADMITTED
    checks = tuple(each.check for each in lacking)
    is_news = (known.state, known.missing) != (target, checks)
    event = SourceStateChanged(known.state, target, "papers missing" if lacking else reason, checks)
    record(workspace, known.id, known, [event] if is_news else [], actor)
    return Admission(require_declared(workspace.ledger, source), lacking)


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
    _demand_reason(reason, scan)
    record(workspace, known.id, known, [SourceStateChanged(known.state, target, reason)], actor)
    return require_declared(workspace.ledger, source)


def _demand_order(source: Source, target: State) -> None:
    if target in NEXT[source.state]:
        return
    raise GovernanceError(
        f"The source {source.id} is {source.state} and cannot become {target}.",
        code="corpus.source-state",
        remedy=f"From {source.state} a source can become {', '.join(sorted(NEXT[source.state]))}; "
        f"see `yuliao source show {source.id}`.",
    )


def _demand_reason(reason: str, scan: Scan) -> None:
    if not reason.strip():
        raise GovernanceError(
            "A decision on a source needs its reason.",
            code="corpus.reason-missing",
            remedy="Give it with --reason.",
        )
    if scan(reason):
        raise GovernanceError(
            "The reason holds personal information, which the ledger must never hold.",
            code="corpus.personal-in-reason",
            remedy="Write the reason without names, numbers or addresses of persons.",
        )
