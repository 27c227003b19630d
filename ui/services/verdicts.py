"""Confirming a verdict on a clause: what Yuliao proposes, a named person confirms, with proof."""

import dataclasses
import difflib
import re
from collections.abc import Sequence
from pathlib import Path

from provenance.errors import ExitCode, GovernanceError
from provenance.events import EvidenceAttached, VerdictConfirmed
from provenance.ids import Digest
from rules import evidence as matrix
from rules.catalog import Catalog
from rules.facts import EvidenceFact
from rules.records import Clause
from ui.bootstrap import House, holds_personal_information
from ui.services import reading

_WORDS = {"conforms": "符合", "fails": "不符合", "n/a": "不适用"}
"""What may be typed where Chinese cannot."""
_KIND = re.compile("[a-z_]+")
_WHOLE = "clause_evidence"
"""Kind of a file that was given without one."""


def confirm(
    house: House,
    clause: str,
    *,
    verdict: str,
    reason: str,
    evidence: Sequence[str],
    measure: str,
    owner: str,
    due: str,
) -> None:
    """Record a person's verdict on a clause, with the evidence given, all in one transaction or nothing.

    Args:
        house: The open workspace; its actor is the person who confirms.
        clause: Id of the clause, as ``yuliao clause list`` prints it.
        verdict: 符合, 不符合 or 不适用, or conforms, fails, n/a.
        reason: Compulsory for the latter two.
        evidence: Files of proof, compulsory for the first; ``KIND=FILE`` says which kind of evidence a file is, a file
            alone proves the clause as a whole.
        measure: Equivalent measure or plan, compulsory for the second, with owner and date.
        owner: Person id of who is responsible for the measure.
        due: The date, ``YYYY-MM-DD``.

    Raises:
        GovernanceError: Something compulsory is missing, the facts say otherwise, a file cannot be read, or a text
            holds personal information.

    Clause:
        R-074
    """
    if any(map(holds_personal_information, (reason, measure, owner))):
        raise GovernanceError(
            "Reason, measure or owner holds personal information, which must not enter the ledger.",
            code="ui.personal-verdict",
            remedy="Say it without names, numbers and addresses; name people by their person id.",
        )
    asked = house.catalog.clause(clause)
    papers = [_stored(house, *_kind_and_path(written, asked, house.catalog)) for written in evidence]
    event = VerdictConfirmed(
        verdict=_WORDS.get(verdict, verdict),
        reason=reason,
        evidence=tuple(paper.digest for paper in papers),
        measure=measure,
        owner=owner,
        due=due,
    )
    facts = reading.facts_of(house)
    known = tuple(
        EvidenceFact(paper.evidence_kind, Digest(paper.digest), paper.size, facts.ledger_size + 1) for paper in papers
    )
    assumed = dataclasses.replace(facts, evidence={**facts.evidence, clause: (*facts.evidence.get(clause, ()), *known)})
    matrix.validate(clause, event, assumed, house.catalog)
    with house.workspace.database.transaction() as session:
        for fact in (*papers, event):
            house.workspace.ledger.append(session, actor=house.actor, subject=clause, event=fact)


def _kind_and_path(written: str, clause: Clause, catalog: Catalog) -> tuple[str, Path]:
    """Take ``KIND=FILE`` apart; what is no lower-case word before the equals sign belongs to the file's name."""
    kind, equals, path = written.partition("=")
    if not equals or not _KIND.fullmatch(kind):
        return _WHOLE, Path(written)
    known = {*clause.evidence, *catalog.evidence_kinds}
    if kind not in known:
        near = difflib.get_close_matches(kind, known, n=1)
        raise GovernanceError(
            f"There is no kind of evidence of this name.{f' Did you mean {near[0]}?' if near else ''}",
            code="ui.unknown-evidence-kind",
            remedy=f"The clause asks for {', '.join(clause.evidence)}; a file alone proves the clause as a whole.",
        )
    return kind, Path(path)


def _stored(house: House, kind: str, path: Path) -> EvidenceAttached:
    try:
        size = path.stat().st_size
        digest = house.workspace.evidence.put_copy(path)
    except OSError as error:
        raise GovernanceError(
            "A file of evidence cannot be read.",
            code="ui.evidence-unreadable",
            remedy="Check the path and its permissions.",
            where=str(path),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error
    return EvidenceAttached(kind, digest, size)
