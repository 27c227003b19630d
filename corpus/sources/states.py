"""The state of every source (来源), a fold over the ledger: nothing about a source is stored anywhere else.

The order of states is a table, not a habit::

    registered 已登记 -> assessed 已评估 | admitted 已准入 | refused 已拒绝
    assessed          -> admitted | refused | registered (declared anew)
    admitted          -> collecting 采集中 (an ingest is planned) | verified 已核验 | suspended 已暂停 | refused
                         | registered
    collecting        -> verified | suspended | refused | registered
    verified          -> collecting (more is taken in) | suspended | refused | registered
    suspended         -> admitted, through the same checks | refused
    refused           -> admitted, through the same checks
    any of them       -> withdrawn 已撤回, which is final: what was withdrawn comes back under no declaration of this id
"""

import difflib
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from corpus.sources import declarations
from corpus.sources.declarations import Declaration
from corpus.workspace import Workspace
from provenance.clock import day_of
from provenance.errors import ExitCode, GovernanceError
from provenance.events import Event, EvidenceAttached, SourceRegistered, SourceStateChanged
from provenance.ids import Digest, SourceId, digest
from provenance.ledger import Ledger


class State(enum.StrEnum):
    """Where a source stands."""

    REGISTERED = "registered"
    ASSESSED = "assessed"
    ADMITTED = "admitted"
    COLLECTING = "collecting"
    VERIFIED = "verified"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether items of such a source may be taken in."""
        return self in (State.ADMITTED, State.COLLECTING, State.VERIFIED)


_OUT = {State.SUSPENDED, State.REFUSED, State.WITHDRAWN}

NEXT: Mapping[State, frozenset[State]] = {
    State.REGISTERED: frozenset({State.ASSESSED, State.ADMITTED, State.REFUSED, State.WITHDRAWN}),
    State.ASSESSED: frozenset({State.ADMITTED, State.REFUSED, State.WITHDRAWN, State.REGISTERED}),
    State.ADMITTED: frozenset({State.COLLECTING, State.VERIFIED, State.REGISTERED} | _OUT),
    State.COLLECTING: frozenset({State.VERIFIED, State.REGISTERED} | _OUT),
    State.VERIFIED: frozenset({State.COLLECTING, State.REGISTERED} | _OUT),
    State.SUSPENDED: frozenset({State.ADMITTED, State.REFUSED, State.WITHDRAWN}),
    State.REFUSED: frozenset({State.ADMITTED, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}
"""Which states may follow which."""

KINDS = frozenset(kind.__name__ for kind in (SourceRegistered, EvidenceAttached, SourceStateChanged))
"""Events that say something about a source."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A piece of evidence (证据) as it was attached last. It is valid on both its days and between them."""

    kind: str
    digest: str
    size: int
    """Bytes."""
    seq: int
    valid_from: str
    valid_to: str

    def is_in_force(self, day: str) -> bool:
        """Say whether it is valid on a day written like 2026-11-22; a paper without a period always is."""
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Source:
    """A declared source as the ledger knows it.

    Attributes:
        id: Its id.
        registered: What its latest declaration said.
        registered_on: Civil day of its first registration, from which on it may be collected.
        state: Where it stands.
        reason: Why it stands there; empty while nobody has decided.
        missing: Ids of the checks that its latest refusal named.
        evidence: The latest paper of every kind, by kind.
        seq: Ledger entry that last spoke of it.
    """

    id: SourceId
    registered: SourceRegistered
    registered_on: str
    state: State
    reason: str
    missing: tuple[str, ...]
    evidence: Mapping[str, Paper]
    seq: int


def sources(ledger: Ledger) -> dict[SourceId, Source]:
    """Return every declared source, in order of first registration.

    Raises:
        GovernanceError: The ledger cannot be read.
    """
    found: dict[SourceId, Source] = {}
    for entry in ledger.entries(kinds=KINDS):
        subject, event = SourceId(entry.subject), entry.event
        known = found.get(subject)
        if isinstance(event, SourceRegistered):
            fresh = Source(subject, event, day_of(entry.at), State.REGISTERED, "", (), {}, entry.seq)
            found[subject] = replace(known, registered=event, seq=entry.seq) if known else fresh
        elif known and isinstance(event, EvidenceAttached):
            paper = Paper(event.evidence_kind, event.digest, event.size, entry.seq, event.valid_from, event.valid_to)
            found[subject] = replace(known, evidence={**known.evidence, paper.kind: paper}, seq=entry.seq)
        elif known and isinstance(event, SourceStateChanged):
            found[subject] = replace(
                known,
                state=State(event.to_state),
                reason=event.reason,
                missing=event.missing,
                seq=entry.seq,
            )
    return found


def require_declared(ledger: Ledger, source: str) -> Source:
    """Return a source that was declared.

    Raises:
        GovernanceError: It was not; the nearest declared id is named.
    """
    found = sources(ledger)
    if SourceId(source) not in found:
        near = difflib.get_close_matches(source, found, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise GovernanceError(
            f"No source of this id is declared.{hint}",
            code="corpus.source-undeclared",
            remedy="Declare it with `yuliao source add DECLARATION.yaml`; `yuliao source list` shows all.",
        )
    return found[SourceId(source)]


def declaration(workspace: Workspace, source: Source) -> Declaration:
    """Return the declaration that a source was registered by last.

    Raises:
        GovernanceError: It is missing from the store, has other bytes there than were stored, or cannot be read by
            this release.
    """
    named = Digest(source.registered.declaration)
    with workspace.evidence.open(named) as stored:
        raw = stored.read()
    if digest(raw) != named:
        workspace.evidence.check(named)
    return declarations.parse(raw).declaration


def record(workspace: Workspace, source: SourceId, seen: Source | None, events: Sequence[Event], actor: str) -> None:
    """Append the events in one transaction, unless somebody spoke of the source since it was looked at.

    Args:
        workspace: Where.
        source: The source that the events are about.
        seen: The source as it stood when the events were decided on; None where it was not declared.
        events: What to record; nothing happens where there is none.
        actor: Id of the person who acts.

    Raises:
        GovernanceError: Somebody else changed the source meanwhile; nothing is recorded.
    """
    if not events:
        return
    with workspace.database.transaction() as session:
        append(workspace, session, source, seen, events, actor)


def append(
    workspace: Workspace, session: Session, source: SourceId, seen: Source | None, events: Sequence[Event], actor: str
) -> None:
    """Append the events as the last act of the caller's transaction, under the same condition as :func:`record`.

    Raises:
        GovernanceError: Somebody else changed the source meanwhile; the transaction must not be committed.
    """
    entries = [workspace.ledger.append(session, actor=actor, subject=source, event=each) for each in events]
    demand_unchanged(workspace, source, since=seen.seq if seen else 0, upto=entries[0].seq - 1)


def demand_unchanged(workspace: Workspace, source: SourceId, *, since: int, upto: int) -> None:
    """Demand that nobody spoke of a source between two entries; asked under the lock on the head, it stays true.

    Raises:
        GovernanceError: Somebody did.
    """
    if source in workspace.ledger.subjects(kinds=KINDS, since=since, upto=upto).values():
        raise GovernanceError(
            f"Somebody else has just changed the source {source}.",
            code="corpus.source-changed-meanwhile",
            remedy=f"Look at it with `yuliao source show {source}` and run the command again.",
            exit_code=ExitCode.ENVIRONMENT,
        )


def demand_open(workspace: Workspace, plan: int, *, upto: int) -> None:
    """Demand that the source of a planned ingest still lets items in; asked under the lock on the head.

    Args:
        workspace: Where.
        plan: Ledger entry of the plan.
        upto: Last entry that is looked at.

    Raises:
        GovernanceError: It was suspended, refused, withdrawn or declared anew since it was planned.
    """
    source = next(workspace.ledger.entries(kinds={"IngestPlanned"}, since=plan - 1, upto=plan)).subject
    state = State.COLLECTING
    for entry in workspace.ledger.entries(kinds={"SourceStateChanged"}, since=plan, upto=upto):
        if entry.subject == source and isinstance(entry.event, SourceStateChanged):
            state = State(entry.event.to_state)
    if not state.is_open:
        raise GovernanceError(
            f"The source {source} became {state} while it was being taken in, so the rest of it stays outside.",
            code="corpus.source-not-admitted",
            remedy=f"`yuliao source show {source}` says what it takes to admit it; the same command then goes on.",
        )
