"""Decisions on a source with what follows for its items: held while it is out, brought back when it is admitted again.

The decision is recorded first and its items move after it; a command that was interrupted in between is completed by
giving it again.
"""

from collections.abc import Sequence
from pathlib import Path

from corpus import sources as register
from corpus.decisions import amend
from corpus.measure import Kinds
from corpus.sources import Admission, Registration, Source, State, lineage
from corpus.sources.assessment import LIMIT
from provenance.events import ItemsAmended
from provenance.ids import SourceId
from provenance.ledger import Entry
from ui.bootstrap import House, holds_personal_information
from ui.stripping import stripper_for

_CAUSES = {
    State.REGISTERED: "source-suspended",
    State.SUSPENDED: "source-suspended",
    State.REFUSED: "source-refused",
}
"""Why the items of a source that is not open are held; one that was declared anew waits like a suspended one."""


def declare(house: House, declaration: Path, *, correct: bool) -> tuple[Registration, int]:
    """Register a source, or declare it anew: then it has to be admitted again, and its items are held so long.

    Returns:
        What was registered, and how many items were moved by it.

    Raises:
        GovernanceError: As for :func:`corpus.sources.register`.
    """
    scan = holds_personal_information
    done = register.register(house.workspace, declaration, actor=house.actor, scan=scan, correct=correct)
    return done, 0 if done.source.state.is_open else _follow(house, done.source)


def attach(house: House, source: str, kind: str, file: Path) -> tuple[Source, int]:
    """Attach a paper; where it replaces another one, the source has to be admitted again and its items are held.

    Raises:
        GovernanceError: As for :func:`corpus.sources.attach`.
    """
    scan = holds_personal_information
    known = register.attach(house.workspace, source, kind, file, actor=house.actor, scan=scan)
    return known, 0 if known.state.is_open else _follow(house, known)


def admit(house: House, source: str, reason: str) -> tuple[Admission, int]:
    """Admit a source if its papers are complete, else refuse it.

    Returns:
        The decision, and how many items were moved by it.

    Raises:
        GovernanceError: The source is undeclared or admitted already, the reason is empty or personal, or a stored
            paper is not what was attached; or pseudonyms are ordered and their key cannot be had.
    """
    known = register.require_declared(house.workspace.ledger, source)
    if known.state.is_open and (moved := _follow(house, known)):
        return Admission(known, ()), moved
    stripper_for(house, known)  # refuses what no ingest could do
    decision = register.admit(
        house.workspace,
        source,
        reason=reason,
        actor=house.actor,
        scan=holds_personal_information,
        profile=house.profile.pi_profile,
        limit_percent=house.catalog.required(LIMIT, house.settings.file.rules.profile),
    )
    return decision, _follow(house, decision.source)


def refuse(house: House, source: str, reason: str) -> int:
    """Refuse a source; return how many items were moved by it.

    Raises:
        GovernanceError: The source is undeclared or withdrawn, or the reason is empty or personal.
    """
    known = register.require_declared(house.workspace.ledger, source)
    if known.state is not State.REFUSED:
        scan = holds_personal_information
        known = register.refuse(house.workspace, source, reason=reason, actor=house.actor, scan=scan)
    return _follow(house, known)


def suspend(house: House, source: str, reason: str) -> int:
    """Suspend an admitted source; return how many items were moved by it.

    Raises:
        GovernanceError: The source is undeclared or not admitted, or the reason is empty or personal.
    """
    known = register.require_declared(house.workspace.ledger, source)
    if known.state is not State.SUSPENDED:
        scan = holds_personal_information
        known = register.suspend(house.workspace, source, reason=reason, actor=house.actor, scan=scan)
    return _follow(house, known)


def _follow(house: House, source: Source) -> int:
    """Move a source's items to where its state wants them."""
    kinds = Kinds(house.catalog.sensitive(), house.catalog.risk_unions())
    actor, event = house.actor, source.seq
    if source.state.is_open:
        return _moved(amend.restore_source(house.workspace, source.id, actor=actor, kinds=kinds, cause_event=event))
    cause = _CAUSES[source.state]
    held = amend.hold_source(house.workspace, source.id, cause=cause, actor=actor, kinds=kinds, cause_event=event)
    return _moved(held) + close_descendants(house, source.id)


def close_descendants(house: House, source: SourceId) -> int:
    """Suspend what was derived from a source that is not open any more; return how many items were moved by it.

    A derived source is admitted again by a person, when its parents are.
    """
    known = register.sources(house.workspace.ledger)
    reason = f"it comes from {source}, which is {known[source].state}"
    return sum(suspend(house, each.id, reason) for each in lineage.open_descendants(source, known))


def _moved(entries: Sequence[Entry]) -> int:
    return sum(entry.event.items for entry in entries if isinstance(entry.event, ItemsAmended))
