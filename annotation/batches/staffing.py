"""Whether the people of a plan may do its work: one function each, qualified for its rule book now, enough, in time."""

from collections import Counter
from collections.abc import Mapping

from annotation.batches.plans import CHECKS, BatchPlan
from provenance.errors import GovernanceError
from rules.annotation.batches import ANNOTATE, INSPECT, SAMPLED
from rules.annotation.book_records import RuleBook
from rules.annotation.people import PersonFact


def demand_staff(plan: BatchPlan, book: RuleBook, people: Mapping[str, PersonFact], now: str) -> None:
    """Demand that a plan's people may do what it gives them.

    Args:
        plan: The plan.
        book: Its rule book.
        people: Everybody in the register, by id.
        now: The present moment, UTC.

    Raises:
        GovernanceError: Somebody has two functions, is not assigned to theirs, is not qualified for the rule book, or
            comes from outside where it is for internal people, there are too few, or the deadline has passed.

    Clause:
        R-027, R-032, AR-1, AR-2, AR-3
    """
    held = Counter(person for person, _ in plan.duties)
    if several := sorted(person for person, functions in held.items() if functions > 1):
        raise _refusal(
            f"In one batch a person has one function, and {', '.join(several)} would have more.",
            "two-functions",
            "Give the annotation to some and the check to others.",
        )
    unassigned = [
        f"{person} ({function})" for person, function in plan.duties if not _is_assigned(people.get(person), function)
    ]
    if unassigned:
        raise _refusal(
            f"Not assigned to this function, or not in the register: {', '.join(unassigned)}.",
            "not-assigned",
            "Register them with `yuliao people add`, with the functions that they are assigned to.",
        )
    unqualified = [person for person, _ in plan.duties if not people[person].is_qualified(plan.rule_book, now)]
    if unqualified:
        raise _refusal(
            f"Not qualified for {plan.rule_book} at present: {', '.join(unqualified)}.",
            "not-qualified",
            "Train, examine and qualify them first; `yuliao people list` shows what is missing.",
        )
    outside = [person for person, _ in plan.duties if book.is_internal and not people[person].is_internal]
    if outside:
        raise _refusal(
            f"{book.name} shows raw text to internal people (内部人员) alone, not to {', '.join(outside)}.",
            "not-internal",
            "Name internal people who are qualified for it; `yuliao people list` shows who is.",
        )
    _demand_enough(plan)
    if plan.deadline.isoformat() < now[:10]:
        raise _refusal(
            f"The deadline {plan.deadline.isoformat()} has passed.",
            "deadline-passed",
            "Name today or a later day as `deadline`.",
        )


def _demand_enough(plan: BatchPlan) -> None:
    is_sampled = plan.kind in SAMPLED
    needed = plan.overlap + (is_sampled and plan.overlap > 1)  # a third person decides where two differ
    first = INSPECT if is_sampled else ANNOTATE
    named = len({person for person, function in plan.duties if function == first})
    if named < needed:
        raise _refusal(
            f"{needed} people are needed to {first} an item, and the plan names {named}.",
            "too-few-people",
            f"Name more people under `{first}`, or lower `overlap`.",
        )
    checks = CHECKS[plan.kind]
    if checks not in {function for _, function in plan.duties}:
        raise _refusal(
            f"Nobody checks this batch: a {plan.kind} batch needs people under `{checks}`.",
            "nobody-checks",
            f"Name at least one person under `{checks}` who annotates nothing in it.",
        )


def _is_assigned(person: PersonFact | None, function: str) -> bool:
    return person is not None and person.is_active and function in person.functions


def _refusal(message: str, code: str, remedy: str) -> GovernanceError:
    return GovernanceError(message, code=f"annotation.{code}", remedy=remedy)
