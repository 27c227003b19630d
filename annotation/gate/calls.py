"""The gate's own calls: that it stands, and for the platform the outbox, and what its tables hold now.

The server's own export would do for the latter, but leaves a file with the texts in its folder for good.
"""

import os
from typing import Any

from django.shortcuts import get_object_or_404
from projects.models import Project
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from tasks.models import Annotation, Task

from . import content, form, refusals, state, writes
from .models import Outbox

_PAGE = 1000


class StatusCall(APIView):
    """Tell that the gate stands, which one, and under which policy; whoever starts the server asks it."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get(self, _request: Request) -> Response:
        """Answer with digests only."""
        try:
            policy: str | None = state.policy().digest
        except refusals.Refused:
            policy = None
        return Response({"gate": state.GATE, "policy": policy, "instance": os.environ.get("YULIAO_GATE_INSTANCE", "")})


class OutboxCall(APIView):
    """Give the chain to the platform's account, from a place on."""

    def get(self, request: Request) -> Response:
        """Answer with up to a thousand rows after ``since``, each with the very text that was hashed."""
        rows = Outbox.objects.filter(seq__gt=_number(request, "since")).order_by("seq")[:_PAGE]
        told = [{"seq": each.seq, "digest": each.digest, "body": bytes(each.body).decode()} for each in rows]
        return Response({"rows": told})


class TasksCall(APIView):
    """Give the platform's account the keys of a project's tasks."""

    def get(self, request: Request) -> Response:
        """Answer with up to a thousand tasks after ``since``, a task's number: number and key of each, no text."""
        project = get_object_or_404(Project, pk=_number(request, "project"))
        tasks = Task.objects.filter(project=project, pk__gt=_number(request, "since")).order_by("pk")[:_PAGE]
        return Response({"rows": [{"id": each.pk, "key": writes.key_of(each)} for each in tasks.only("data")]})


class StoredCall(APIView):
    """Give the platform's account the annotations as they are stored, to hold them against the outbox.

    What was written by hand comes with them, since the platform alone can search it for personal data; it keeps none.
    """

    def get(self, request: Request) -> Response:
        """Answer with up to a thousand annotations of a project after ``since``, in the outbox's words."""
        project = get_object_or_404(Project, pk=_number(request, "project"))
        rows = Annotation.objects.filter(task__project=project, pk__gt=_number(request, "since")).order_by("pk")
        users = rows.select_related("completed_by", "updated_by")[:_PAGE]
        return Response({"rows": [_stored(each, project.label_config) for each in users]})


def _stored(annotation: Annotation, config: str) -> dict[str, Any]:
    by = annotation.updated_by
    return {
        "id": annotation.pk,
        "task": annotation.task_id,
        "completed_by": annotation.completed_by.email if annotation.completed_by else "",
        "result": _told(annotation.result, config),
        "written": _written(annotation.result),
        "created_at": annotation.created_at,
        "updated_at": annotation.updated_at,
        "updated_by": by.email if by else "",
        "was_cancelled": annotation.was_cancelled,
    }


def _told(results: Any, config: str) -> list[dict[str, Any]]:
    """Say a stored result as the outbox would; one that nobody could have submitted says nothing."""
    try:
        return content.told(form.read(config), [each for each in results if each.get("type") != "relation"])
    except (AttributeError, KeyError, TypeError):
        return []


def _written(results: Any) -> list[str]:
    """Return every text that was written by hand."""
    entries = [each for each in results if isinstance(each, dict)] if isinstance(results, list) else []
    return [text for each in entries if each.get("type") == "textarea" for text in form.chosen(each)]


def _number(request: Request, name: str) -> int:
    text: Any = request.query_params.get(name, "0")
    return int(text) if text.isascii() and text.isdecimal() else 0
