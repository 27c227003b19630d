"""The role rules (AR-1 to AR-12) as conditions of acceptance (验收条件): what each says of a batch before it ends."""

from collections.abc import Mapping

from annotation.batches.answers import Collection
from provenance.errors import GovernanceError
from rules.annotation.batches import FUNCTIONAL, SAFETY, BatchFact
from rules.annotation.people import PersonFact

OK, WARN, BROKEN = "ok", "warn", "broken"
_REMEDIES = {
    "not-done": ("items have fewer answers than the plan asks for", "Wait for the annotators, then collect again."),
    "AR-1": ("somebody both annotates and checks", "Void the batch and publish it with other people."),
    "AR-2": ("somebody has two functions", "Void the batch and publish it with other people."),
    "AR-6": ("safety items lack an approval", "Have them reviewed: `yuliao annotate review BATCH`."),
    "AR-7": ("the spot check is not complete", "Have it done: `yuliao annotate review BATCH`."),
    "AR-8": (
        "items are inaccurate and must be annotated anew",
        "Close it with --redo, then plan a batch that redoes it.",
    ),
    "AR-9": ("illegal or harmful content was found in a functional batch", "Close it with --void: all of it is void."),
    "AR-11": ("the employment of somebody at work is not recorded", "Complete the register: `yuliao people add`."),
}
"""Why a batch is not accepted, and what helps."""


def checks(batch: BatchFact, found: Collection, people: Mapping[str, PersonFact], now: str) -> dict[str, str]:
    """Return what each role rule says of a batch: ok, warn or broken.

    Annotations that break AR-1 to AR-5 are kept out when they are collected, so that what is left keeps them.

    Args:
        batch: The batch, collected and reviewed.
        found: What was collected of it.
        people: The register, by id.
        now: The present moment, UTC.

    Clause:
        AR-1, AR-2, AR-3, AR-4, AR-5, AR-6, AR-7, AR-8, AR-9, AR-10, AR-11, AR-12
    """
    staff = sorted({person for its in batch.people.values() for person in its})
    known = [people.get(person) for person in staff]
    annotators = {each.person for each in found.answers}
    checkers = {each.person for each in found.checks}
    review = batch.review
    is_safety, is_functional = batch.kind == SAFETY, batch.kind == FUNCTIONAL
    broken = {
        "AR-1": bool(annotators & checkers),
        "AR-2": bool(batch.of_two_functions),
        "AR-3": False,
        "AR-4": False,
        "AR-5": False,
        "AR-6": is_safety and review.approved < batch.wanted,
        "AR-7": is_functional and not review.is_complete,
        "AR-8": review.inaccurate > 0,
        "AR-9": is_functional and review.illegal > 0,
        "AR-11": any(each is None or each.lacks for each in known),
    }
    warned = {
        "AR-10": not batch.planned_seconds or any(each.seconds is None for each in found.answers),
        "AR-12": any(each is None or not each.is_qualified(batch.rule_book, now) for each in known),
    }
    said = {rule: BROKEN if is_so else OK for rule, is_so in broken.items()}
    said |= {rule: WARN if is_so else OK for rule, is_so in warned.items()}
    return dict(sorted(said.items(), key=lambda each: int(each[0].removeprefix("AR-"))))


def demand_acceptable(batch: BatchFact, said: Mapping[str, str]) -> None:
    """Demand that a batch may be accepted.

    Raises:
        GovernanceError: Answers are missing, or a role rule is broken; all that stands in the way is named.

    Clause:
        AR-6, AR-7, AR-8, AR-9, AR-11
    """
    in_the_way = [rule for rule, word in said.items() if word == BROKEN]
    if batch.units_done < batch.units:
        in_the_way = ["not-done", *in_the_way]
    if in_the_way:
        first = in_the_way[0]
        reasons = "; ".join(f"{'' if each == 'not-done' else f'{each}: '}{_REMEDIES[each][0]}" for each in in_the_way)
        raise GovernanceError(
            f"The batch {batch.id} cannot be accepted: {reasons}.",
            code=f"annotation.{first.lower()}",
            remedy=_REMEDIES[_worst(in_the_way)][1],
        )


def _worst(in_the_way: list[str]) -> str:
    """Return which of several to put right first: what is void cannot be mended."""
    return next((each for each in ("AR-9", "AR-1", "AR-2") if each in in_the_way), in_the_way[0])
