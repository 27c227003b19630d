"""Verdicts on a drawn sample (抽检结论) and what follows from them for its source.

- A sample is open until every item drawn has a verdict; it may be filled upload by upload. What is stored after each
  upload is all verdicts so far: a later one on the same item takes the place of an earlier one.
- Over the limit before collection the source is refused, after it the source is suspended and its admitted items are
  quarantined. Within it the source is assessed or verified. Verdicts and change of state are one transaction.
- What follows is asked for again by every upload, so that a run that was interrupted is completed by repeating it.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.samples import verdict_files
from corpus.samples.drawing import drawn_items, is_outdated, sample
from corpus.samples.verdict_files import CANNOT_JUDGE, FAIL, PASS, Expected, Verdict
from corpus.sources.assessment import LIMIT, standing
from corpus.sources.evidence_files import Scan
from corpus.sources.states import NEXT, Source, State, append, require_declared
from corpus.workspace import Workspace
from provenance.errors import ExitCode, GovernanceError
from provenance.events import SourceStateChanged, VerdictsRecorded
from provenance.ids import Digest, ItemId, SourceId
from rules.catalog import Catalog
from rules.sample_plans import ASSESSMENT, VERIFICATION, plan
from rules.samples import ILLEGAL, Outcome, SampleFact, judged

__all__ = ["LIMIT", "Recorded", "Rules", "record", "record_machine", "standing"]

Hold = Callable[[SourceId, str, int], object]
"""Takes a source's items out: its id, the cause, and the ledger entry that made it necessary."""


@dataclass(frozen=True)
class Rules:
    """What verdicts are judged by.

    Attributes:
        catalog: Risks and which of them are illegal or harmful.
        limit_percent: The limit of the 5 % rule under the profile that applies; percent.
        outcome: Says what a sample comes to, by what its plan asks.
        scan: Finds personal information.
        hold: Takes a source's items out, see :func:`corpus.decisions.amend.hold_source`.
    """

    catalog: Catalog
    limit_percent: int
    outcome: Callable[[SampleFact], Outcome]
    scan: Scan
    hold: Hold


@dataclass(frozen=True)
class Recorded:
    """A sample after an upload.

    Attributes:
        sample: It, with all verdicts so far.
        missing: Items that have no verdict yet.
        outcome: Its result; ``open`` while any is missing.
        state: The new state of the source, empty where it stays.
        is_new: Whether anything was recorded.
    """

    sample: SampleFact
    missing: tuple[ItemId, ...]
    outcome: Outcome
    state: str
    is_new: bool

    @property
    def exit_code(self) -> ExitCode:
        """Fine, or findings where the result is over the limit."""
        return ExitCode.FINDINGS if self.outcome == "failed" else ExitCode.FINE


def record(workspace: Workspace, seq: int, file: Path, rules: Rules, *, actor: str) -> Recorded:
    """Record the verdicts of a file on a sample that people judge.

    Args:
        workspace: Where.
        seq: Ledger entry of the draw.
        file: The verdicts, see :mod:`corpus.samples.verdict_files`.
        rules: What they are judged by.
        actor: Id of the person who acts.

    Raises:
        GovernanceError: There is no such sample, a program or the annotation server judges it, the file has problems,
            or somebody recorded verdicts on it meanwhile. Nothing is recorded then.

    Clause:
        R-001, R-002, R-003, R-070, R-154, R-157
    """
    known = sample(workspace, seq)
    if plan(known.plan).is_machine_judged:
        raise GovernanceError(
            f"Sample {seq} is judged by the machine, and takes no verdicts from a file.",
            code="corpus.machine-judged",
            remedy=f"`yuliao sample draw {known.plan}` judges what it draws.",
        )
    expected = Expected(
        items=frozenset(drawn_items(workspace, known)),
        risks=rules.catalog.risks.keys(),
        drawn_at=known.drawn_at,
        now=workspace.ledger.now(),
        scan=rules.scan,
    )
    verdicts = verdict_files.read(file, expected)
    if plan(known.plan).is_raw and any(each.verdict != CANNOT_JUDGE for each in verdicts.values()):
        raise GovernanceError(
            f"Sample {seq} is judged in the annotation server, by what people mark in raw text.",
            code="corpus.judged-in-the-server",
            remedy="Publish it in a batch of kind pi_check; a file says cannot_judge of what could not be shown there.",
        )
    return _record(workspace, known, verdicts, rules, actor)


def record_inspected(
    workspace: Workspace, known: SampleFact, verdicts: Mapping[ItemId, Verdict], rules: Rules, *, actor: str
) -> Recorded:
    """Record the verdicts that inspectors gave in the annotation server.

    Clause:
        R-001, R-002, R-070, R-154, R-157
    """
    return _record(workspace, known, verdicts, rules, actor)


def record_machine(
    workspace: Workspace, known: SampleFact, verdicts: Mapping[ItemId, Verdict], rules: Rules, *, actor: str
) -> Recorded:
    """Record the verdicts of a program on a sample that it judged.

    Clause:
        R-071, R-151, R-152, R-153, R-156
    """
    return _record(workspace, known, verdicts, rules, actor)


def _record(
    workspace: Workspace, known: SampleFact, fresh: Mapping[ItemId, Verdict], rules: Rules, actor: str
) -> Recorded:
    before = _so_far(workspace, known)
    after = {**before, **fresh}
    is_new = after != before
    state = ""
    if is_new:
        stored = workspace.evidence.put_bytes(verdict_files.write(after))
        event = _counted(known, stored, after, rules.catalog.risk_unions()[ILLEGAL])
        state = _append(workspace, known, event, rules, actor)
    now = sample(workspace, known.seq)
    outcome = rules.outcome(now)
    if outcome == "failed" and now.source:
        _hold(workspace, now, rules)
    missing = tuple(item for item in drawn_items(workspace, now) if item not in after)
    return Recorded(now, missing, outcome, state, is_new)


def _so_far(workspace: Workspace, known: SampleFact) -> dict[ItemId, Verdict]:
    for entry in workspace.ledger.entries(kinds=("VerdictsRecorded",), since=max(known.verdicts, 1) - 1):
        if entry.seq == known.verdicts and isinstance(entry.event, VerdictsRecorded):
            with workspace.evidence.open(Digest(entry.event.verdicts)) as stored:
                return verdict_files.parse(stored.read())
    return {}


def _counted(
    known: SampleFact, stored: Digest, verdicts: Mapping[ItemId, Verdict], illegal: frozenset[str]
) -> VerdictsRecorded:
    words = Counter(each.verdict for each in verdicts.values())
    risks = Counter(risk for each in verdicts.values() for risk in each.risks)
    risks[ILLEGAL] = sum(not illegal.isdisjoint(each.risks) for each in verdicts.values())
    return VerdictsRecorded(
        sample=known.seq,
        verdicts=stored,
        inspectors=tuple(sorted({each.inspector for each in verdicts.values()})),
        judged=words[PASS] + words[FAIL],
        passed=words[PASS],
        failed=words[FAIL],
        unsure=words[CANNOT_JUDGE],
        by_risk=tuple(sorted((risk, count) for risk, count in risks.items() if count)),
        supersedes=known.verdicts,
    )


def _append(workspace: Workspace, known: SampleFact, event: VerdictsRecorded, rules: Rules, actor: str) -> str:
    """Append the verdicts and the source's change of state; return the new state, empty where it stays."""
    source = require_declared(workspace.ledger, known.source) if known.source else None
    target = _target(workspace, known, event, source, rules.limit_percent)
    with workspace.database.transaction() as session:
        entry = workspace.ledger.append(session, actor=actor, subject=f"sample-{known.seq}", event=event)
        for other in workspace.ledger.entries(
            kinds=("VerdictsRecorded",), since=max(known.verdicts, known.seq), upto=entry.seq - 1
        ):
            if isinstance(other.event, VerdictsRecorded) and other.event.sample == known.seq:
                raise GovernanceError(
                    f"Somebody else has just recorded verdicts on sample {known.seq}.",
                    code="corpus.verdicts-meanwhile",
                    remedy="Run the same command again.",
                    exit_code=ExitCode.ENVIRONMENT,
                )
        if source is not None and target is not None:
            bad = judged(known, event).bad
            reason = f"sample {known.seq}: {bad} of {event.judged} items bad, limit {rules.limit_percent} percent"
            change = SourceStateChanged(source.state, target, reason, decisive=(entry.seq,))
            append(workspace, session, source.id, source, [change], actor)
    return target or ""


def _target(
    workspace: Workspace, known: SampleFact, event: VerdictsRecorded, source: Source | None, limit_percent: int
) -> State | None:
    """Return the state that follows from a result, None where the source stays where it is."""
    if source is None:
        return None
    result = judged(known, event).outcome(limit_percent)
    if result == "passed" and is_outdated(workspace, known):
        return None
    return next((each for each in _FOLLOWS.get((known.plan, result), ()) if each in NEXT[source.state]), None)


_FOLLOWS: Mapping[tuple[str, Outcome], tuple[State, ...]] = {
    (ASSESSMENT, "passed"): (State.ASSESSED,),
    (ASSESSMENT, "failed"): (State.REFUSED,),
    (VERIFICATION, "passed"): (State.VERIFIED,),
    (VERIFICATION, "failed"): (State.SUSPENDED, State.REFUSED),
}
"""What a result makes of a source: the first of these states that may follow the one it is in."""

_CAUSES = {State.SUSPENDED: "source-suspended", State.REFUSED: "source-refused"}


def _hold(workspace: Workspace, known: SampleFact, rules: Rules) -> None:
    """Take the items of a source out that is suspended or refused, unless it was admitted again since."""
    source = require_declared(workspace.ledger, known.source)
    if source.state in _CAUSES:
        rules.hold(source.id, _CAUSES[source.state], known.verdicts)
