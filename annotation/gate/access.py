"""Whether a person may work in a project at this moment: AR-1 to AR-5 and AR-9."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from . import refusals, state
from .models import Duty, Served
from .policy import ABILITIES, EXAMINE, Person, Policy, Project


def enter(policy: Policy, person: Person, number: int | None) -> Project:
    """Judge whether a person may see and work in a project.

    Args:
        policy: As it stands now.
        person: Who asks.
        number: The project's id in the server.

    Returns:
        What the policy says of the project.

    Raises:
        Refused: The project is closed or void, or the person is not the one for it.
    """
    project = policy.projects.get(number or 0)
    if project is None or not project.is_open:
        raise refusals.no_project()
    if project.batch in policy.void_batches:
        raise refusals.void()
    if project.function not in person.functions:
        raise refusals.wrong_function(project.function)
    if project.function != EXAMINE:  # the examination comes before the qualification
        _qualified(person, project.rule_book, state.now())
    _free(project, person)
    return project


def take_duty(project: Project, person: Person) -> None:
    """Bind a person to the project's function for the whole batch.

    Raises:
        Refused: The person has another function there.
    """
    duty = Duty(batch=project.batch, person=person.id, function=project.function)
    Duty.objects.bulk_create([duty], ignore_conflicts=True)  # whoever comes second waits for the first, then reads it
    _free(project, person)


def not_own_work(person: Person, meta: object) -> None:
    """Judge a task that shows somebody's annotation, whose authors its ``meta`` names.

    Raises:
        Refused: The person is one of them.
    """
    authors: object = meta.get("source_annotators") if isinstance(meta, Mapping) else None
    if isinstance(authors, list) and person.id in authors:
        raise refusals.own_work()


def serve(task: int, person: Person) -> None:
    """Note that a task is shown to a person; the first time counts."""
    if not Served.objects.filter(task=task, person=person.id).exists():
        Served.objects.bulk_create([Served(task=task, person=person.id, at=state.now())], ignore_conflicts=True)


def served_at(task: int, person: Person) -> dt.datetime | None:
    """Return when a task was first shown to a person."""
    found: Any = Served.objects.filter(task=task, person=person.id).values_list("at", flat=True).first()
    return found if isinstance(found, dt.datetime) else None


def wait(seconds: int, first: dt.datetime | None, now: dt.datetime) -> None:
    """Judge the time a person has had (AR-10); 0 seconds demand nothing.

    Raises:
        Refused: It was shorter than the rule book's minimum, or the task was never shown.
    """
    if not seconds:
        return
    if first is None:
        raise refusals.never_opened()
    left = seconds - (now - first).total_seconds()
    if left > 0:
        raise refusals.too_soon(int(left) + 1)


def _qualified(person: Person, rule_book: str, now: dt.datetime) -> None:
    mine = [each for each in person.qualifications if each.rule_book == rule_book]
    if not mine:
        raise refusals.unqualified()
    current = [each for each in mine if each.valid_from <= now < each.valid_to]
    if not current:
        raise refusals.expired()
    if any(each.is_suspended for each in current):
        raise refusals.suspended()
    if not any(each.trained_at is not None and each.trained_at <= each.valid_from for each in current):
        raise refusals.untrained()
    if not any(each.abilities.issuperset(ABILITIES) for each in current):
        raise refusals.unexamined()


def _free(project: Project, person: Person) -> None:
    held = Duty.objects.filter(batch=project.batch, person=person.id).values_list("function", flat=True).first()
    if held is not None and held != project.function:
        raise refusals.other_function(held, project.function)
