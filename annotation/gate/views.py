"""Which of the server's pages and calls are open to whom: what is not listed is closed.

The server declares a permission on most of its views and reads none of them. Names are those of the pinned version; a
test holds them against the server's own routes.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from data_manager.models import View
from rest_framework.request import Request
from tasks.models import Annotation, AnnotationDraft, Task

from . import refusals
from .state import Caller

_FIRST_TAB: Mapping[str, object] = {
    "title": "任务",
    "type": "list",
    "target": "tasks",
    "ordering": [],
    "filters": {"conjunction": "and", "items": []},
    "hiddenColumns": {"explore": [], "labeling": []},
    "columnsWidth": {},
    "columnsDisplayType": {},
    "gridWidth": 4,
}
Kwargs = Mapping[str, Any]


class Place(NamedTuple):
    """Where a request leads: the project, and the task where it is about one."""

    project: int | None
    task: int | None = None


Find = Callable[[Request, Kwargs, Caller], Place | None]
"""Finds the place of a request; None where it is about no project. May refuse what is another person's."""


def _project(_request: Request, kwargs: Kwargs, _caller: Caller) -> Place:
    return Place(kwargs["pk"])


def _asked(request: Request, _kwargs: Kwargs, _caller: Caller) -> Place:
    """Find the project that the query names itself or by a view; where it names both, they have to agree."""
    named = _number(request.query_params.get("project"))
    view = request.query_params.get("view")
    if view is not None:
        of_view = View.objects.filter(pk=_number(view)).values_list("project_id", flat=True).first()
        if named not in (None, of_view):
            raise refusals.no_project()
        named = of_view
    return Place(named)


def _view(_request: Request, kwargs: Kwargs, _caller: Caller) -> Place:
    return Place(View.objects.filter(pk=_number(kwargs["pk"])).values_list("project_id", flat=True).first())


def _task(_request: Request, kwargs: Kwargs, caller: Caller) -> Place:
    place = Place(Task.objects.filter(pk=kwargs["pk"]).values_list("project_id", flat=True).first(), kwargs["pk"])
    if "annotation_id" in kwargs:
        _own(Annotation, "completed_by_id", kwargs["annotation_id"], caller)
    return place


def _annotation(_request: Request, kwargs: Kwargs, caller: Caller) -> Place:
    return _own(Annotation, "completed_by_id", kwargs["pk"], caller)


def _draft(_request: Request, kwargs: Kwargs, caller: Caller) -> Place:
    return _own(AnnotationDraft, "user_id", kwargs["pk"], caller)


def first_tab(project: int) -> dict[str, Any]:
    """Give a project the tab that the browser's program would make itself, were that not closed to people at work."""
    tab, _ = View.objects.get_or_create(project_id=project, order=0, defaults={"data": dict(_FIRST_TAB)})
    return {"id": tab.pk, "data": tab.data, "project": project, "order": tab.order}


def _next_task(request: Request, kwargs: Kwargs, caller: Caller) -> Place:
    if request.query_params.get("id") != "next_task":
        raise refusals.not_for_you()
    return _asked(request, kwargs, caller)


def _nowhere(_request: Request, _kwargs: Kwargs, _caller: Caller) -> None:
    return None


def _own(model: Any, author: str, key: int, caller: Caller) -> Place:
    found = model.objects.filter(pk=key).values_list("task__project_id", "task_id", author).first()
    if found is None:
        return Place(None)
    if found[2] != caller.user_id:
        raise refusals.not_yours()
    return Place(found[0], found[1])


def _number(text: object) -> int | None:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdecimal() else None


WORK: Mapping[str, Mapping[str, Find]] = {
    "projects.api.ProjectListAPI": {"GET": _nowhere},
    "projects.api.ProjectCountsListAPI": {"GET": _nowhere},
    "projects.api.ProjectAPI": {"GET": _project},
    "projects.api.ProjectNextTaskAPI": {"GET": _project},
    "projects.api.LabelStreamHistoryAPI": {"GET": _project},
    "data_manager.api.ProjectColumnsAPI": {"GET": _asked},
    "data_manager.api.ProjectStateAPI": {"GET": _asked},
    "data_manager.api.ProjectActionsAPI": {"GET": _asked, "POST": _next_task},
    "ml.api.MLBackendListAPI": {"GET": _asked},
    "tasks.api.TaskListAPI": {"GET": _asked},
    "tasks.api.TaskAPI": {"GET": _task},
    "tasks.api.AnnotationsListAPI": {"GET": _task, "POST": _task},
    "tasks.api.AnnotationAPI": {"GET": _annotation, "PATCH": _annotation, "PUT": _annotation},
    "tasks.api.AnnotationDraftListAPI": {"GET": _task, "POST": _task},
    "tasks.api.AnnotationDraftAPI": {"GET": _draft, "PATCH": _draft, "PUT": _draft, "DELETE": _draft},
    "users.api.UserWhoAmIAPI": {"GET": _nowhere},
    "users.api.UserHotkeysAPI": {"GET": _nowhere},
    "users.product_tours.api.ProductTourAPI": {"GET": _nowhere},
}
"""What people at work may call, and how the project is found that the call is about."""

BY_ACTION: Mapping[str, Mapping[str, Find]] = {
    "data_manager.api.ViewAPI": {"list": _asked, "retrieve": _view},
    "labels_manager.api.LabelLinkAPI": {"list": _asked},
    "users.api.UserAPI": {"list": _nowhere},
}
"""The same for calls that go by an action instead of a method."""

MANAGE = frozenset(
    ("projects.api", "data_import.api", "data_manager.api", "data_export.api", "tasks.api", f"{__package__}.calls")
)
"""Modules of the calls that are open to the platform's own account. Accounts, organisation, tokens, webhooks, storages
and machine-learning backends are closed to it too: whoever got hold of its token could let texts out through them."""

ANYBODY: Mapping[str, frozenset[str]] = {
    "jwt_auth.views.DecoratedTokenRefreshView": frozenset(("POST",)),
    f"{__package__}.calls.StatusCall": frozenset(("GET",)),
}
"""What needs no function: it shows nothing and changes nothing."""

PAGES = (
    r"^$|^health/|^favicon\.ico|^sw(-fallback)?\.js|^(static|label-studio-frontend|dm|react-app)/|^api/version/"
    r"|^user/login/|^logout/?$|^heidi-tips/|^feature-flags/|^yuliao/said\.js$"
)
"""Pages that are open to anybody: they hold no corpus text."""
PAGES_AT_WORK = r"^projects/(\d+/(data/?)?)?$|^user/account(/|$)"
"""Pages for whoever is in the policy; what they show comes through the calls above."""
