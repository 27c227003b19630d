"""The state of every source (来源), a fold over the ledger: nothing about a source is stored anywhere else.

The order of states is a table, not a habit::

    registered 已登记 -> admitted 已准入 | refused 已拒绝
    admitted          -> suspended 已暂停 | refused | registered (declared anew)
    refused           -> admitted, through the same checks
    suspended         -> admitted, through the same checks | refused
"""

import difflib
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus import declarations
from corpus.declarations import Declaration
from corpus.workspace import Workspace
from provenance.errors import ExitCode, GovernanceError
from provenance.events import Event, EvidenceAttached, SourceRegistered, SourceStateChanged
from provenance.ids import Digest, SourceId
from provenance.ledger import Ledger


class State(enum.StrEnum):
    """Where a source stands."""

    REGISTERED = "registered"
    ADMITTED = "admitted"
    REFUSED = "refused"
    SUSPENDED = "suspended"


NEXT: Mapping[State, frozenset[State]] = {
    State.REGISTERED: frozenset({State.ADMITTED, State.REFUSED}),
    State.ADMITTED: frozenset({State.SUSPENDED, State.REFUSED, State.REGISTERED}),
    State.REFUSED: frozenset({State.ADMITTED}),
    State.SUSPENDED: frozenset({State.ADMITTED, State.REFUSED}),
}
"""Which states may follow which."""

KINDS = frozenset(kind.__name__ for kind in (SourceRegistered, EvidenceAttached, SourceStateChanged))
"""Events that say something about a source."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A piece of evidence (证据) as it was attached last."""

    kind: str
    digest: str
    size: int
    """Bytes."""
    seq: int
    valid_from: str
    valid_to: str


@dataclass(frozen=True, slots=True)
class Source:
    """A declared source as the ledger knows it.

    Attributes:
        id: Its id.
        registered: What its latest declaration said.
        state: Where it stands.
        reason: Why it stands there; empty while nobody has decided.
        missing: Ids of the checks that its latest refusal named.
        evidence: The latest paper of every kind, by kind.
        seq: Ledger entry that last spoke of it.
        assessment: What is known of the assessment before collection; not built yet, so always missing.
    """

    id: SourceId
    registered: SourceRegistered
    state: State
    reason: str
    missing: tuple[str, ...]
    evidence: Mapping[str, Paper]
    seq: int
    assessment: str = "missing"


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
            fresh = Source(subject, event, State.REGISTERED, "", (), {}, entry.seq)
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


def require_admitted(ledger: Ledger, source: str) -> Source:
    """Return a source that is admitted, so that its items may be taken in.

    Raises:
        GovernanceError: It is undeclared, not yet admitted, suspended or refused; the next command is named.
    """
    found = require_declared(ledger, source)
    if found.state is State.ADMITTED:
        return found
    is_refused = found.state is State.REFUSED
    raise GovernanceError(
        f"The source {found.id} is {found.state}, and nothing of it may be taken in.",
        code="corpus.source-refused" if is_refused else "corpus.source-not-admitted",
        remedy=(
            f"`yuliao source show {found.id}` lists what is missing and the command that supplies it."
            if found.missing
            else f"Run `yuliao source admit {found.id} --reason REASON` once its papers are complete."
        ),
    )


def declaration(workspace: Workspace, source: Source) -> Declaration:
    """Return the declaration that a source was registered by last.

    Raises:
        GovernanceError: It is missing from the store, or cannot be read by this release.
    """
    with workspace.evidence.open(Digest(source.registered.declaration)) as stored:
        return declarations.parse(stored.read()).declaration


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
        entries = [workspace.ledger.append(session, actor=actor, subject=source, event=each) for each in events]
        since = seen.seq if seen else 0
        # The lock on the head is ours now, so nothing can slip in behind this look.
        for entry in workspace.ledger.entries(kinds=KINDS, since=since, upto=entries[0].seq - 1):
            if entry.subject == source:
                raise GovernanceError(
                    f"Somebody else has just changed the source {source}.",
                    code="corpus.source-changed-meanwhile",
                    remedy=f"Look at it with `yuliao source show {source}` and run the command again.",
                    exit_code=ExitCode.ENVIRONMENT,
                )
