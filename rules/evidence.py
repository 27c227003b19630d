"""The clause matrix (逐条评估表): Yuliao proposes, a named person confirms.

- A proposal is never printed as confirmed: without a confirmation the verdict is 待证明, with ``proposed`` beside it.
- 符合 needs evidence the ledger names; 不符合 a reason and a measure with owner and date; 不适用 a reason.
- A confirmed 符合 that the facts contradict falls back to 待证明. What is refused at the door is not believed here.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from provenance.errors import GovernanceError
from provenance.events import VerdictConfirmed
from rules import checks
from rules.catalog import Catalog
from rules.coverage import number
from rules.facts import Facts
from rules.figures import Confirmation
from rules.findings import CONFIRMABLE, Finding, Verdict, together
from rules.records import Clause, Words


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One row of the clause matrix (table T15).

    ``verdict`` is what may be printed; ``proposed`` what the checks say. ``confirmed_by`` is a person id, empty where
    nobody confirmed. ``next_action`` is a command.
    """

    clause: str
    verdict: Verdict
    confirmed_by: str
    measured_zh: str
    measured_en: str
    required_zh: str
    required_en: str
    reason: str
    refs: tuple[str, ...]
    next_action: str
    proposed: Verdict = Verdict.UNPROVEN
    confirmed_at: str = ""
    measure: str = ""
    owner: str = ""
    due: str = ""
    findings: tuple[Finding, ...] = ()


def assess(facts: Facts, catalog: Catalog) -> tuple[ClauseRow, ...]:
    """Judge every clause that may be printed as law or house rule, in the order of the catalogue.

    Clause:
        R-074
    """
    by_clause: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in checks.findings(facts, catalog):
        by_clause[finding.clause].append(finding)
    return tuple(
        _row(clause, by_clause[clause.id], facts, catalog) for clause in catalog.clauses.values() if clause.is_law
    )


def validate(clause: str, event: VerdictConfirmed, facts: Facts, catalog: Catalog) -> None:
    """Refuse a confirmation that lacks what its verdict needs.

    Args:
        clause: The clause it is about.
        event: What the person wants to confirm.
        facts: The facts at this moment; they know the evidence and what the checks say.
        catalog: The rules.

    Raises:
        GovernanceError: The clause is unknown or no requirement, the word is none of the three, evidence, reason,
            measure, owner or date is missing, or the checks say otherwise.

    Clause:
        R-074
    """
    if not catalog.clause(clause).is_law:
        raise _refused("This clause is no requirement: it is asserted by one source only.", "no-requirement", "")
    found = [finding for finding in checks.findings(facts, catalog) if finding.clause == clause]
    _demand(event, facts, together(found))


def _demand(event: VerdictConfirmed | Confirmation, facts: Facts, proposed: Verdict) -> None:
    if event.verdict not in CONFIRMABLE:
        remedy = "Use 符合, 不符合 or 不适用."
        raise _refused("A verdict is one of three words.", "unknown-verdict", remedy)
    unknown = [name for name in event.evidence if name not in facts.evidence_digests]
    if unknown:
        remedy = "Attach the file with --evidence FILE."
        raise _refused("A piece of evidence is not in the ledger.", "unknown-evidence", remedy)
    if event.verdict == Verdict.CONFORMS:
        if not event.evidence:
            raise _refused("符合 needs evidence.", "evidence-missing", "Attach it with --evidence FILE.")
        if proposed == Verdict.FAILS:
            remedy = "Remove the cause, or record 不符合 with reason and measure."
            raise _refused("The facts say that this clause is not met.", "contradicted", remedy)
    elif not event.reason.strip():
        raise _refused(f"{event.verdict} needs a reason.", "reason-missing", "Give it with --reason.")
    if event.verdict == Verdict.FAILS and not (event.measure.strip() and event.owner.strip() and _is_day(event.due)):
        remedy = "Give --measure, --owner and --due YYYY-MM-DD."
        raise _refused("不符合 needs an equivalent measure or a plan with owner and date.", "measure-missing", remedy)


def _row(clause: Clause, found: Sequence[Finding], facts: Facts, catalog: Catalog) -> ClauseRow:
    proposed = together(found)
    given = facts.confirmations.get(clause.id)
    measured = [finding.measured for finding in found]
    verdict = Verdict.UNPROVEN
    if given is not None:
        try:
            _demand(given, facts, proposed)
            verdict = Verdict(given.verdict)
        except GovernanceError as error:
            measured.append(Words(f"确认不成立（{error.code}）", f"the confirmation does not stand ({error.code})"))
    stands = given if verdict != Verdict.UNPROVEN else None
    required = _required(clause, facts, catalog)
    papers = tuple(f"#{paper.seq}" for paper in facts.evidence.get(clause.id, ()))
    refs = dict.fromkeys([*(ref for finding in found for ref in finding.refs), *papers])
    if stands:
        refs |= dict.fromkeys([f"#{stands.seq}", *stands.evidence])
    return ClauseRow(
        clause=clause.id,
        verdict=verdict,
        proposed=proposed,
        confirmed_by=stands.by if stands else "",
        confirmed_at=stands.at if stands else "",
        measured_zh="；".join(dict.fromkeys(words.zh for words in measured)),
        measured_en="; ".join(dict.fromkeys(words.en for words in measured)),
        required_zh=required.zh,
        required_en=required.en,
        reason=stands.reason if stands else "",
        measure=stands.measure if stands else "",
        owner=stands.owner if stands else "",
        due=stands.due if stands else "",
        refs=tuple(refs),
        next_action="" if stands else _next(clause, found, proposed),
        findings=tuple(found),
    )


def _next(clause: Clause, found: Sequence[Finding], proposed: Verdict) -> str:
    for finding in found:
        if finding.verdict == proposed and finding.next_action:
            return finding.next_action
    return f"yuliao clause set {clause.id} --verdict V --reason R --evidence FILE"


def _required(clause: Clause, facts: Facts, catalog: Catalog) -> Words:
    """Join the requirement and its numbers, each with its certainty."""
    numbers = [number(catalog.thresholds[name], catalog.required(name, facts.profile)) for name in clause.thresholds]
    return Words(
        "；".join([clause.requirement_zh.rstrip("。"), *(words.zh for words in numbers)]),
        "; ".join([clause.requirement_en.rstrip("."), *(words.en for words in numbers)]),
    )


def _is_day(text: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _refused(message: str, code: str, remedy: str) -> GovernanceError:
    return GovernanceError(message, code=f"rules.{code}", remedy=remedy or "Choose another clause.")
