"""Tells the outbox of every access to raw text (查看原文): before it is shown to anybody, or it is not shown.

Whatever call answers with a task's text, and whoever asks, the platform's own account included: a row of the chain
names person, task and project, and holds no text. The server's export would hand out all texts at once, and is closed.
"""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import DatabaseError, transaction
from tasks.models import Task

from . import outbox, refusals, state, writes
from .policy import MANAGE, Person, Policy

_TEXT = "text"
_EXPORTS = "data_export.api."
_LOG = logging.getLogger(__name__)


def tell(answer: Any, person: Person, policy: Policy) -> None:
    """Tell who is about to be shown which tasks of projects whose texts are raw.

    Args:
        answer: What a call is about to answer.
        person: Who asked.
        policy: As it stands now.

    Raises:
        Refused: It could not be written down.
    """
    if not any(map(policy.tells_access, policy.projects)):
        return
    numbers = sorted(set(_shown(answer, with_marks=MANAGE in person.functions)))
    tasks = Task.objects.filter(pk__in=numbers).order_by("pk").only("data", "project_id") if numbers else ()
    rows = [_row(each, person, policy) for each in tasks if policy.tells_access(each.project_id)]
    if not rows:
        return
    try:
        with transaction.atomic():
            outbox.append(rows)
    except DatabaseError as error:
        _LOG.error("an access to raw text could not be told: %s", type(error).__name__)
        raise refusals.untold() from None


def keep_in(policy: Policy, name: str, kwargs: Mapping[str, Any]) -> None:
    """Keep raw texts from leaving by the server's export.

    Raises:
        Refused: The call would export a project whose texts are raw.
    """
    if name.startswith(_EXPORTS) and policy.tells_access(kwargs.get("pk")):
        raise refusals.not_for_you()


def _shown(answer: Any, *, with_marks: bool) -> Iterator[int]:
    """Yield the numbers of the tasks whose text an answer holds, at any depth.

    A result holds what was selected of a text: who is shown the own work saw it before, the platform's account did not.
    """
    if isinstance(answer, dict):
        data = answer.get("data")
        if isinstance(data, Mapping) and _TEXT in data and type(answer.get("id")) is int:
            yield answer["id"]
        if with_marks and type(answer.get("task")) is int and any(map(_quotes, answer.get("result") or ())):
            yield answer["task"]
        for each in answer.values():
            yield from _shown(each, with_marks=with_marks)
    elif isinstance(answer, list | tuple):
        for each in answer:
            yield from _shown(each, with_marks=with_marks)


def _quotes(entry: Any) -> bool:
    """Say whether an entry of a result holds a piece of its text; those of the gate's own calls do not."""
    value = entry.get("value") if isinstance(entry, dict) else None
    return isinstance(value, dict) and _TEXT in value


def _row(task: Task, person: Person, policy: Policy) -> dict[str, Any]:
    project = policy.projects[task.project_id]
    return {
        "schema": 1,
        "kind": "shown",
        "annotation": None,
        "task": task.pk,
        "project": task.project_id,
        "batch": project.batch,
        "function": project.function,
        "rule_book": project.rule_book,
        "person": person.id,
        "policy": policy.digest,
        "gate": state.GATE,
        "key": writes.key_of(task),
        "at": writes.iso(state.now()),
    }
