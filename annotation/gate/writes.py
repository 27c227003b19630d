"""One submission, one transaction: the task's row is locked, the work judged, stored, and chained into the outbox.

Nothing can be stored without the permit that only a submission holds, and nothing is told that was not stored.
"""

import datetime as dt
import math
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from rest_framework.request import Request
from rest_framework.response import Response
from tasks.models import Annotation, AnnotationDraft, Task

from . import access, content, form, outbox, refusals, state
from .keys import keyed_digest
from .policy import Policy, Project
from .state import Permit

Handler = Callable[..., Response]
_KEY = re.compile("[0-9a-f]{32}")


def submission(handler: Handler, task_of: Callable[[Any, dict[str, Any]], int | None]) -> Handler:
    """Wrap a handler of the server that writes annotations or drafts of one task.

    Args:
        handler: The server's own.
        task_of: Finds the task from the view and the values of its address.
    """

    @wraps(handler)
    def wrapped(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        task = task_of(view, view.kwargs)
        if task is None:
            return handler(view, request, *args, **kwargs)  # which says that there is none
        with transaction.atomic(), state.permitted(task) as permit:
            list(Task.objects.select_for_update().filter(pk=task).values_list("pk"))
            response = handler(view, request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            else:
                outbox.append(permit.rows)
        return response

    return wrapped


def store(annotation: Annotation, save: Callable[[], Any]) -> Any:
    """Judge an annotation, store it and note what the outbox is to tell.

    Raises:
        Refused: It breaks a rule, or no person's submission stands behind it.
    """
    permit = state.permit()
    if permit is None:
        raise refusals.no_back_door()
    policy = state.policy()
    task = Task.objects.select_related("project").get(pk=annotation.task_id) if annotation.task_id else None
    if task is None or task.pk != permit.task or annotation.project_id not in (None, task.project_id):
        raise refusals.no_back_door()
    project = access.enter(policy, permit.caller.person, task.project_id)
    stored = (
        Annotation.objects.filter(pk=annotation.pk).values("completed_by_id", "task_id").first()
        if annotation.pk
        else None
    )
    _is_own(annotation, permit, stored)
    access.not_own_work(permit.caller.person, task.meta)
    now, first = state.now(), access.served_at(task.pk, permit.caller.person)
    if stored is None:
        _has_room(annotation, permit, project)
        access.wait(policy.rule_books[project.rule_book].min_seconds, first, now)
    demands = policy.rule_books[project.rule_book].demands
    entries = content.judge(task.project.label_config, task.data, annotation.result, demands)
    access.take_duty(project, permit.caller.person)
    annotation.lead_time = _lead_time(annotation.lead_time, first, now)
    saved = save()
    told = content.told(form.read(task.project.label_config), entries)
    row = _row("updated" if stored else "created", annotation, policy, project, permit)
    row |= {
        "at": iso(now),
        "key": key_of(task),
        "result": told,
        "texts": _texts(task),
        "served_at": iso(first) if first else None,
    }
    if annotation.lead_time is not None:
        row["lead_ms"] = int(annotation.lead_time * 1000)
    permit.rows.append(row)
    return saved


def key_of(task: Task) -> str:
    """Return the platform's key of a task, which tells nothing; empty where there is none, or something else."""
    key = task.data.get("key") if isinstance(task.data, dict) else None
    return key if isinstance(key, str) and _KEY.fullmatch(key) else ""


def store_draft(draft: AnnotationDraft, save: Callable[[], Any]) -> Any:
    """Judge a draft, which is unfinished work: whose it is and where, not yet whether it is complete.

    Raises:
        Refused: It is not the caller's, or the caller may not work there.
    """
    permit = state.permit()
    if permit is None or draft.task_id != permit.task:
        raise refusals.no_back_door()
    if draft.user_id != permit.caller.user_id:
        raise refusals.forged()
    access.enter(state.policy(), permit.caller.person, draft.task.project_id)
    access.not_own_work(permit.caller.person, draft.task.meta)
    return save()


def removed(annotations: list[Annotation], by: state.Caller) -> None:
    """Tell the outbox of annotations that go with their tasks, inside the deletion's transaction."""
    policy, now = state.policy(), iso(state.now())
    rows = []
    for each in sorted(annotations, key=lambda each: int(each.pk)):
        project = policy.projects.get(each.project_id or 0)
        rows.append(_row("deleted", each, policy, project, Permit(by, each.task_id or 0)) | {"at": now})
    outbox.append(rows)


def _is_own(annotation: Annotation, permit: Permit, stored: dict[str, Any] | None) -> None:
    me = permit.caller.user_id
    if annotation.completed_by_id != me or annotation.last_created_by_id not in (None, me):
        raise refusals.forged()
    if stored is not None and (stored["completed_by_id"] != me or stored["task_id"] != annotation.task_id):
        raise refusals.not_yours()
    if annotation.ground_truth:
        raise refusals.no_gold()
    if annotation.was_cancelled:
        raise refusals.no_skipping()
    if annotation.import_id is not None or annotation.bulk_created:
        raise refusals.no_back_door()
    parent = annotation.parent_annotation
    if parent is not None and parent.completed_by_id != me:
        raise refusals.not_yours()


def _has_room(annotation: Annotation, permit: Permit, project: Project) -> None:
    """Count who annotated the task; its row is locked, so that nobody else is counting now."""
    authors = set(Annotation.objects.filter(task_id=annotation.task_id).values_list("completed_by_id", flat=True))
    if permit.caller.user_id in authors:
        raise refusals.twice()
    if len(authors) >= project.cap:
        raise refusals.full(project.cap)


def _lead_time(claimed: float | None, first: dt.datetime | None, now: dt.datetime) -> float | None:
    """Return the time a person says to have needed, never more than has passed since the task was shown."""
    if claimed is None or not math.isfinite(claimed) or claimed < 0:
        return None
    return min(claimed, (now - first).total_seconds()) if first else claimed


def _row(kind: str, annotation: Annotation, policy: Policy, project: Project | None, permit: Permit) -> dict[str, Any]:
    return {
        "schema": 1,
        "kind": kind,
        "annotation": annotation.pk,
        "task": annotation.task_id,
        "project": annotation.project_id,
        "batch": project.batch if project else None,
        "function": project.function if project else None,
        "rule_book": project.rule_book if project else None,
        "person": permit.caller.person.id,
        "policy": policy.digest,
        "gate": state.GATE,
    }


def _texts(task: Task) -> dict[str, str]:
    """Return the keyed digest of each text of a task, by the object that shows it."""
    shown = form.read(task.project.label_config).texts
    return {name: keyed_digest("text", str(task.data.get(key, ""))) for name, key in sorted(shown.items())}


def iso(moment: dt.datetime) -> str:
    """Return a moment as every row tells it: UTC, to the millisecond."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
