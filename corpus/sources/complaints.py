"""The complaint register (投诉举报登记): a complaint comes in with its last day, and is answered once.

The ledger holds what a complaint is about, by which way and when it came, and how it ended; what was written stays in
the store of evidence. Ids run ``c-0001``, ``c-0002`` in the order in which complaints were entered.
"""

import datetime as dt
import difflib
from collections.abc import Callable
from pathlib import Path

from corpus.reasons import demand_reason
from corpus.sources import require_declared
from corpus.workspace import Workspace
from provenance.errors import ExitCode, GovernanceError
from provenance.events import ComplaintReceived, ComplaintResolved, WithdrawalMade
from provenance.ledger import Entry
from rules import complaints as rules
from rules.complaints import ComplaintFact, Complaints

Scan = Callable[[str], bool]
"""Says whether a text holds personal information."""

_KINDS = frozenset(kind.__name__ for kind in (ComplaintReceived, ComplaintResolved))


def listing(workspace: Workspace) -> tuple[ComplaintFact, ...]:
    """Return every complaint, in the order in which they came.

    Clause:
        R-023
    """
    return _register(workspace)[0].facts()


def add(
    workspace: Workspace,
    *,
    about: str,
    channel: str,
    received: str,
    actor: str,
    scan: Scan,
    source: str = "",
    document: Path | None = None,
) -> ComplaintFact:
    """Enter a complaint (登记投诉) with the day by which it has to be answered.

    Args:
        workspace: Where.
        about: Key of the kinds in ``rules/complaints.yaml``.
        channel: Key of the channels there.
        received: Civil day on which it came, ``YYYY-MM-DD``.
        actor: Id of the person who acts.
        scan: Finds personal information.
        source: Id of the source it concerns, if one.
        document: The complaint itself, without personal information; a copy is stored as evidence.

    Raises:
        GovernanceError: A word is not known, the day cannot be, the source is undeclared, or the file cannot be read or
            holds personal information.

    Clause:
        R-023
    """
    known = rules.load()
    rules.demand_known(about, known.kinds, "kind")
    rules.demand_known(channel, known.channels, "channel")
    day = _possible_day(received, workspace.ledger.today(), known.entered_within)
    if source:
        require_declared(workspace.ledger, source)
    event = ComplaintReceived(
        about=about,
        channel=channel,
        received=day.isoformat(),
        due=(day + dt.timedelta(days=known.kinds[about].days)).isoformat(),
        source=source,
        document=_stored(workspace, document, scan),
    )
    register, seen = _register(workspace)
    return _record(workspace, f"c-{len(register.facts()) + 1:04}", event, seen, actor)


def close(
    workspace: Workspace,
    name: str,
    *,
    outcome: str,
    reason: str,
    actor: str,
    scan: Scan,
    withdrawal: int = 0,
    document: Path | None = None,
) -> ComplaintFact:
    """Record how a complaint was answered (办结).

    Args:
        workspace: Where.
        name: Its id, such as ``c-0001``.
        outcome: Key of the outcomes in ``rules/complaints.yaml``.
        reason: Why, in words without personal information.
        actor: Id of the person who acts.
        scan: Finds personal information.
        withdrawal: Ledger entry of the withdrawal it led to; 0 for none.
        document: The answer; a copy is stored as evidence.

    Raises:
        GovernanceError: There is no such complaint or it is closed, the outcome is not known, the reason is missing or
            personal, or the entry is no withdrawal.

    Clause:
        R-023
    """
    rules.demand_known(outcome, rules.load().outcomes, "outcome")
    demand_reason(reason, scan, of="An answered complaint")
    register, seen = _register(workspace)
    _demand_open(name, register)
    _demand_withdrawal(workspace, withdrawal)
    event = ComplaintResolved(outcome, reason.strip(), withdrawal, _stored(workspace, document, scan))
    return _record(workspace, name, event, seen, actor)


def _register(workspace: Workspace) -> tuple[Complaints, int]:
    """Return the register and the ledger entry that last spoke of it."""
    found, seen = Complaints(), 0
    for entry in workspace.ledger.entries(kinds=_KINDS):
        found.take(entry.subject, entry.event, entry.seq, entry.at)
        seen = entry.seq
    return found, seen


def _record(
    workspace: Workspace, name: str, event: ComplaintReceived | ComplaintResolved, seen: int, actor: str
) -> ComplaintFact:
    """Append the event, unless somebody wrote in the register since it was looked at: an id is given once."""
    with workspace.database.transaction() as session:
        entry = workspace.ledger.append(session, actor=actor, subject=name, event=event)
        # The lock on the head is ours now, so nothing can slip in behind this look.
        if any(_since(workspace, seen, entry)):
            raise GovernanceError(
                "Somebody else has just written in the complaint register.",
                code="corpus.complaints-changed-meanwhile",
                remedy="Run the command again; `yuliao complaint list` shows the register.",
                exit_code=ExitCode.ENVIRONMENT,
            )
    return next(each for each in listing(workspace) if each.id == name)


def _since(workspace: Workspace, seen: int, entry: Entry) -> list[int]:
    return [each.seq for each in workspace.ledger.entries(kinds=_KINDS, since=seen, upto=entry.seq - 1)]


def _possible_day(written: str, today: str, within: int) -> dt.date:
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        day = None
    if day is None or day.isoformat() != written:
        sentence = "The day on which the complaint came is no day, or not written like 2026-11-22."
    elif written > today:
        sentence = f"The day on which the complaint came lies after today, {today}."
    elif day < dt.date.fromisoformat(today) - dt.timedelta(days=within):
        sentence = f"The day on which the complaint came lies more than {within} days back."
    else:
        return day
    raise GovernanceError(
        sentence, code="corpus.complaint-day", remedy="Give the day on which it came with --received YYYY-MM-DD."
    )


def _stored(workspace: Workspace, document: Path | None, scan: Scan) -> str:
    if document is None:
        return ""
    if document.is_file() and scan(document.read_bytes().decode(errors="replace")):
        raise GovernanceError(
            "The document holds personal information, and what is kept as evidence cannot be erased again.",
            code="corpus.personal-in-document",
            remedy="Black the person's identifiers out and attach it again, or keep the document in your own files; "
            "the complaint is registered without it too.",
            where=str(document),
        )
    if document.is_file() and not document.stat().st_size:
        raise GovernanceError(
            "A file of evidence is empty.",
            code="corpus.evidence-empty",
            remedy="Attach the document itself.",
            where=str(document),
        )
    return workspace.evidence.put_copy(document)


def _demand_open(name: str, register: Complaints) -> None:
    known = {each.id: each for each in register.facts()}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise GovernanceError(
            f"There is no complaint of this id.{hint}",
            code="corpus.complaint-unknown",
            remedy="`yuliao complaint list` prints them.",
        )
    if not known[name].is_open:
        raise GovernanceError(
            f"The complaint {name} was closed on {known[name].closed} already.",
            code="corpus.complaint-closed",
            remedy="Enter what came since as a complaint of its own.",
        )


def _demand_withdrawal(workspace: Workspace, seq: int) -> None:
    if not seq:
        return
    found = workspace.ledger.entries(kinds=(WithdrawalMade.__name__,), since=seq - 1, upto=seq)
    if not any(entry.seq == seq for entry in found):
        raise GovernanceError(
            f"Ledger entry {seq} is no withdrawal.",
            code="corpus.no-withdrawal",
            remedy="Give the number that `yuliao withdraw` printed, or leave --withdrawal out.",
        )
