"""Holds every request against the list of what is open: pages in a middleware, calls once their caller is known."""

import json
import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from . import access, blind, refusals, said, sightings, state, views
from .policy import MANAGE, Policy
from .state import Caller

_OPEN = re.compile(views.PAGES)
_AT_WORK = re.compile(views.PAGES_AT_WORK)
_FILTERS = re.compile(r"-?(filter:)?tasks:-?(data\.[^:]*|id|inner_id|created_at|total_predictions|predictions_\w+)")
"""What a person at work may filter and sort by: never what others wrote, not even whether it holds a word."""
_WRITES = frozenset(
    f"tasks.api.{name}"
    for name in ("AnnotationsListAPI", "AnnotationAPI", "AnnotationDraftListAPI", "AnnotationDraftAPI")
)
_PAGE = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>不能打开</title>'
    '<p style="margin:4rem auto;max-width:32rem;font:18px sans-serif">{}</p></html>'
)


class Middleware:
    """Begins each request with nobody let in, and closes the pages that are no call of the framework."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        with state.request():
            response = self._get_response(request)
            said.put_into(response)
            return response

    def process_view(
        self,
        request: HttpRequest,
        view: Any,
        _args: object,
        _kwargs: object,
    ) -> HttpResponse | None:
        """Refuse a page that is not open; a call is judged in :func:`judge`, once its caller is known."""
        made_of = getattr(view, "cls", None) or getattr(view, "view_class", None)
        if made_of is not None and issubclass(made_of, APIView):
            return None
        path = request.path_info.lstrip("/")
        if _OPEN.search(path):
            return None
        try:
            person = state.policy().person(getattr(request.user, "email", ""))
            if person is not None and _AT_WORK.search(path):
                return None
            refusal = refusals.stranger() if person is None else refusals.not_for_you()
        except refusals.Refused as closed:
            refusal = closed
        return HttpResponse(_PAGE.format(refusal.detail), status=refusal.status_code)


def install() -> None:
    """Wrap the framework's own view: each call passes here, whatever permissions a view declares or leaves out."""
    check, finalize = APIView.check_permissions, APIView.finalize_response

    @wraps(check)
    def judged(view: APIView, request: Request) -> None:
        check(view, request)
        judge(view, request)

    @wraps(finalize)
    def blinded(view: APIView, request: Request, response: Response, *args: object, **kwargs: object) -> Response:
        caller = state.caller()
        if caller is not None and isinstance(response, Response) and response.status_code < 300:
            try:
                _show(view, caller, response)
            except refusals.Refused as refusal:
                response = view.handle_exception(refusal)
        return finalize(view, request, response, *args, **kwargs)

    APIView.check_permissions = judged
    APIView.finalize_response = blinded


def judge(view: APIView, request: Request) -> None:
    """Let a call in, or refuse it.

    Raises:
        Refused: It is not open to the caller, or the caller may not work where it leads.
    """
    name = name_of(type(view))
    if request.method in views.ANYBODY.get(name, ()):
        return
    policy = state.policy()
    person = policy.person(getattr(request.user, "email", "")) if request.user.is_authenticated else None
    if person is None:
        raise refusals.stranger()
    caller, find = Caller(request.user.pk, person), _find(view, name, request.method or "")
    if MANAGE in person.functions:
        sightings.keep_in(policy, name, view.kwargs)
        is_open = type(view).__module__ in views.MANAGE or (find is not None and request.method == "GET")
    else:
        is_open = find is not None
    if not is_open:
        raise refusals.not_for_you()
    if find is not None and MANAGE not in person.functions:
        place = find(request, view.kwargs, caller)
        if place is not None:
            access.enter(policy, person, place.project)
            _no_peeking(name, request)
    state.let_in(caller.user_id, person)


def name_of(made_of: type) -> str:
    """Return a view's name as the list has it."""
    return f"{made_of.__module__}.{made_of.__qualname__}"


def _find(view: APIView, name: str, method: str) -> views.Find | None:
    if name in views.BY_ACTION:
        return views.BY_ACTION[name].get(getattr(view, "action", None) or "")
    return views.WORK.get(name, {}).get(method)


def _no_peeking(name: str, request: Request) -> None:
    """Judge what a list is filtered and sorted by, wherever the request says it; work itself may say what it likes."""
    asked = _parsed(request.query_params.get("query"))
    sent = None if name in _WRITES else request.data
    wanted = [*_named(asked), *_named(sent), *request.query_params.getlist("ordering")]
    if any(not _FILTERS.fullmatch(each) for each in wanted):
        raise refusals.no_peeking()


def _parsed(text: str | None) -> object:
    try:
        return json.loads(text or "null")
    except ValueError:
        raise refusals.no_peeking() from None


def _named(tree: object) -> Iterable[str]:
    """Yield every filter and order that a request of the task list names, at any depth."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key == "filter":
                yield str(value)
            elif key == "ordering":
                yield from map(str, value if isinstance(value, list) else [value])
            else:
                yield from _named(value)
    elif isinstance(tree, list):
        for each in tree:
            yield from _named(each)


def _show(view: APIView, caller: Caller, response: Response) -> None:
    """Take out what the reader may not see, and note which task is shown; raw text is shown to nobody untold.

    Raises:
        Refused: It cannot be told who sees raw text.
    """
    person, policy = caller.person, state.policy()
    if MANAGE not in person.functions:
        _blind(view, caller, policy, response)
    sightings.tell(response.data, person, policy)


def _blind(view: APIView, caller: Caller, policy: Policy, response: Response) -> None:
    name = name_of(type(view))
    if name == "data_manager.api.ViewAPI" and response.data == []:
        response.data = [views.first_tab(int(view.request.query_params["project"]))]
    response.data = blind.cut(name, response.data, caller, policy)
    is_task = name in ("tasks.api.TaskAPI", "projects.api.ProjectNextTaskAPI", "data_manager.api.ProjectActionsAPI")
    if is_task and isinstance(response.data, dict) and type(response.data.get("id")) is int:
        access.serve(response.data["id"], caller.person)
