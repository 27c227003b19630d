"""The gate (入库之门): whether items of a source may be taken in today."""

from corpus.sources import lineage
from corpus.sources.states import Source, State, require_declared, sources
from provenance.errors import GovernanceError
from provenance.ledger import Ledger


def require_admitted(ledger: Ledger, source: str) -> Source:
    """Return a source whose items may be taken in today.

    Raises:
        GovernanceError: It is undeclared, in a state that lets nothing in, or derived from one that is; a paper of it
            is not in force today; or by its declaration its collection has not begun. The next command is named.

    Clause:
        R-007, R-011
    """
    found = require_declared(ledger, source)
    if not found.state.is_open:
        raise _closed(found)
    today = ledger.today()
    lapsed = [paper for paper in found.evidence.values() if not paper.is_in_force(today)]
    if lapsed:
        told = "; ".join(
            f"{each.kind}, valid from {each.valid_from or '-'} to {each.valid_to or '-'}" for each in lapsed
        )
        raise GovernanceError(
            f"A paper of the source {found.id} is not in force today ({told}), so nothing of it may be taken in.",
            code="corpus.paper-expired",
            remedy="Declare the new period with the renewed paper, `yuliao source add DECLARATION.yaml`, and run "
            f"`yuliao source admit {found.id} --reason REASON`.",
        )
    if found.registered.collected_from > today:
        raise GovernanceError(
            f"By its declaration the collection of {found.id} begins on {found.registered.collected_from}, so there "
            "is nothing to take in yet.",
            code="corpus.not-collected-yet",
            remedy="Wait for that day, or declare the real days with `yuliao source add DECLARATION.yaml`.",
        )
    closed = lineage.closed_ancestors(found, sources(ledger)) if found.registered.parents else []
    if closed:
        raise GovernanceError(
            f"The source {found.id} comes from {closed[0].id}, which is {closed[0].state}.",
            code="corpus.parent-not-admitted",
            remedy=f"`yuliao source show {closed[0].id}` says what it takes to admit it.",
        )
    return found


def _closed(source: Source) -> GovernanceError:
    if source.state is State.WITHDRAWN:
        remedy = "Nothing lifts a withdrawal; what its owner agrees to anew is declared under another id."
    elif source.missing:
        remedy = f"`yuliao source show {source.id}` lists what is missing and the command that supplies it."
    else:
        remedy = f"`yuliao source show {source.id}` says what it takes to admit it."
    is_refused = source.state in (State.REFUSED, State.WITHDRAWN)
    return GovernanceError(
        f"The source {source.id} is {source.state}, and nothing of it may be taken in.",
        code="corpus.source-refused" if is_refused else "corpus.source-not-admitted",
        remedy=remedy,
    )
