"""Label Studio behind the port; the one door of ``label_studio_sdk``, where its exceptions are translated.

- With the gate, what is stored and what is told comes by the gate's own calls: no text, a thousand rows a page.
  Without, a team's own server is listed the slow way. Its export is used in neither case: it leaves a file with all
  texts in the server's folder for good.
- A read is repeated twice where it failed. A write is not: whoever called repeats the whole step, which is harmless
  because projects and tasks are found again by our keys.
- Access tokens live for five minutes and are renewed with the one that is kept; where the clocks of the two machines
  differ one is refused early, so a refusal is believed only when a fresh one is refused too.
- No exception of the library is passed on or chained: it holds the answer, which may hold text.
"""

import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import count, islice
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from label_studio_sdk.actions.client import ActionsClient
from label_studio_sdk.core.api_error import ApiError
from label_studio_sdk.core.client_wrapper import SyncClientWrapper
from label_studio_sdk.projects.client import ProjectsClient
from label_studio_sdk.users.client import UsersClient

from annotation.labelstudio import failures
from annotation.port import OutboxRow, ProjectDraft, Stored, TaskDraft, ToResults
from annotation.server.strength import Strength, ask
from provenance.errors import GovernanceError, Severity

T = TypeVar("T")
_PUT, _TAKEN = 1000, 500
"""Tasks put and deleted at a time: a few seconds each on a slow machine."""
_PAGE = 100
_TIMEOUT_S = 60.0
_CONNECT_S = 10.0
_NO_KEEPING = httpx.Limits(max_keepalive_connections=0)
"""Connections end with their answer: nothing is left open, and none is found dead."""
_PAUSES_S = (0.5, 2.0)
"""Before a read is repeated."""
_MARK = "yuliao:"
"""Begins the description of our projects; their key follows."""
_HINTS = "yuliao"
"""Names our hints among a task's predictions."""


class LabelStudioServer:
    """A Label Studio, ours with the gate or a team's own without.

    Args:
        url: Its address, ``http://`` or ``https://``.
        token: The platform's own token.
        gate: Digest of the gate that should be in it; empty where any will do.
        timeout: Seconds to wait for an answer.

    Raises:
        GovernanceError: The address is none.
    """

    def __init__(self, url: str, token: str, *, gate: str = "", timeout: float = _TIMEOUT_S) -> None:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise failures.no_address()
        self._url = url.rstrip("/") + "/"
        self._token = token
        self._gate = gate
        self._timeout = timeout
        self._session: SyncClientWrapper | None = None

    def strength(self) -> Strength:
        """Say how strongly it enforces the rules."""
        return ask(self._url, expected=self._gate)

    def make_project(self, draft: ProjectDraft) -> int:
        """Make a project, or return the one that was made for the same key."""
        for each in _paged(lambda page: self._read(lambda: self._projects(page))):
            if each.description == _MARK + draft.key:
                return int(each.id)
        made = self._once(
            lambda: ProjectsClient(client_wrapper=self._open).create(
                title=f"{draft.title:·<3}"[:50],  # as long as the server takes
                description=_MARK + draft.key,
                label_config=draft.form,
                expert_instruction=draft.instruction,
                show_instruction=bool(draft.instruction),
                show_skip_button=False,
                enable_empty_annotation=False,
                maximum_annotations=draft.overlap,
                sampling="Sequential sampling",
            )
        )
        return int(made.id)

    def publish(self, project: int, tasks: Iterable[TaskDraft], to_results: ToResults | None = None) -> int:
        """Put tasks into a project that are not there yet, by their keys; return how many were put."""
        there = self._single(project)
        new = (each for each in tasks if each.key not in there)
        put = 0
        while chunk := list(islice(new, _PUT)):
            loaded = [_task(each, to_results) for each in chunk]
            self._once(partial(self._put, project, loaded))
            there |= {each.key for each in chunk}
            put += len(chunk)
        return put

    def tasks(self, project: int) -> Mapping[str, int]:
        """Return the tasks of a project: our keys with their numbers."""
        return {key: number for number, key in reversed(list(self._tasks(project))) if key}

    def outbox(self, since: int) -> Iterator[OutboxRow]:
        """Yield the chain's rows after a number, in order; nothing from a server without a gate."""
        if self._is_gated:
            for row in self._pages("yuliao/outbox/", since, "seq", {}):
                yield OutboxRow(row["seq"], row["digest"], row["body"])

    def stored(self, project: int) -> Iterator[Stored]:
        """Yield the annotations of a project as they are stored now."""
        if self._is_gated:
            yield from map(_stored, self._pages("yuliao/stored/", 0, "id", {"project": project}))
        else:
            users = self._read(self._users)
            for each in (each for task in self._listed(project) for each in task["annotations"]):
                yield _stored(each | {name: users.get(each.get(name)) for name in ("completed_by", "updated_by")})

    def delete_tasks(self, project: int, numbers: Sequence[int]) -> int:
        """Delete tasks with their texts and annotations; return how many there were."""
        wanted = sorted(set(numbers) & {number for number, _ in self._tasks(project)})
        for at in range(0, len(wanted), _TAKEN):
            self._once(partial(self._delete, project, wanted[at : at + _TAKEN]))
        return len(wanted)

    @cached_property
    def _is_gated(self) -> bool:
        """Whether the gate's own calls are there; a server that only fails now is not taken for one without."""
        return self._read(self._has_gate)

    def _has_gate(self) -> bool:
        status: int = self._open.httpx_client.request("yuliao/gate/", method="GET").status_code
        if status not in (httpx.codes.OK, httpx.codes.NOT_FOUND):
            raise ApiError(status_code=status)
        return status == httpx.codes.OK

    @property
    def _open(self) -> SyncClientWrapper:
        if self._session is None:
            timeout = httpx.Timeout(self._timeout, connect=_CONNECT_S)
            self._session = SyncClientWrapper(
                base_url=self._url,
                api_key=self._token,
                max_retries=0,
                httpx_client=httpx.Client(timeout=timeout, limits=_NO_KEEPING, trust_env=False),
            )
        return self._session

    def _users(self) -> dict[int, str]:
        return {int(each.id): each.email for each in UsersClient(client_wrapper=self._open).list()}

    def _projects(self, page: int) -> list[Any]:
        return ProjectsClient(client_wrapper=self._open).list(page=page, page_size=_PAGE).items or []

    def _put(self, project: int, loaded: Sequence[Mapping[str, Any]]) -> None:
        ProjectsClient(client_wrapper=self._open).import_tasks(id=project, request=loaded)

    def _delete(self, project: int, numbers: Sequence[int]) -> None:
        selected = {"all": False, "included": list(numbers)}
        ActionsClient(client_wrapper=self._open).create(id="delete_tasks", project=project, selected_items=selected)

    def _single(self, project: int) -> set[str]:
        """Return the keys that are there, after taking away what a request that we gave up put there a second time."""
        listed = list(self._tasks(project))
        first = {key: number for number, key in reversed(listed)}
        if twins := [number for number, key in listed if key and first[key] != number]:
            self.delete_tasks(project, twins)
        return set(first)

    def _tasks(self, project: int) -> Iterator[tuple[int, str]]:
        """Yield number and key of each task, in order."""
        if self._is_gated:
            for row in self._pages("yuliao/tasks/", 0, "id", {"project": project}):
                yield row["id"], row["key"]
        else:
            yield from ((task["id"], str(task["data"].get("key", ""))) for task in self._listed(project))

    def _pages(self, path: str, since: int, mark: str, params: Mapping[str, object]) -> Iterator[dict[str, Any]]:
        """Yield the rows of one of the gate's calls, page by page until one is empty."""
        while rows := self._read(partial(self._rows, path, {**params, "since": since})):
            yield from rows
            since = rows[-1][mark]

    def _listed(self, project: int) -> Iterator[dict[str, Any]]:
        """Yield the tasks of a server without the gate, with their annotations, in order."""
        asked = {"project": project, "page_size": _PAGE, "fields": "all", "resolve_uri": "false"}
        yield from _paged(lambda page: self._read(lambda: self._rows("api/tasks/", {**asked, "page": page}, "tasks")))

    def _rows(self, path: str, params: Mapping[str, object], name: str = "rows") -> list[dict[str, Any]]:
        reply = self._open.httpx_client.request(path, method="GET", params=dict(params))
        if reply.status_code != httpx.codes.OK:
            raise ApiError(status_code=reply.status_code)
        rows: list[dict[str, Any]] = reply.json()[name]
        return rows

    def _read(self, call: Callable[[], T]) -> T:
        for pause in _PAUSES_S:
            try:
                return self._once(call)
            except GovernanceError as failure:
                if failure.severity is not Severity.RETRY:
                    raise
            time.sleep(pause)
        return self._once(call)

    def _once(self, call: Callable[[], T]) -> T:
        """Ask once; where the access token is refused, which means that nothing was done, once more with a new one."""
        try:
            return _answer(call)
        except GovernanceError as failure:
            if failure.code != "annotation.server-refused" or self._session is None:
                raise
        self._session = None
        return _answer(call)


def _answer(call: Callable[[], T]) -> T:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the library renews tokens by a call of Pydantic 1
            return call()
    except ApiError as error:
        failure = failures.of_status(error.status_code)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError):
        failure = failures.down()  # no answer, a torn one, or one that is not Label Studio's
    raise failure


def _paged(read: Callable[[int], Sequence[T]]) -> Iterator[T]:
    """Yield what pages of a list hold, up to the first that is not full."""
    for page in count(1):
        try:
            found = read(page)
        except GovernanceError as failure:
            if page == 1 or failure.code != "annotation.project-gone":
                raise
            return  # the page before was full, and the last
        yield from found
        if len(found) < _PAGE:
            return


def _task(draft: TaskDraft, to_results: ToResults | None) -> dict[str, Any]:
    task: dict[str, Any] = {"data": {**draft.shown, "key": draft.key, "text": draft.text}}
    if draft.source_annotators:
        task["meta"] = {"source_annotators": list(draft.source_annotators)}
    if draft.hints:
        assert to_results is not None, "hints need the form's words"
        task["predictions"] = [{"model_version": _HINTS, "result": list(to_results(draft.hints, draft.text))}]
    return task


def _written(results: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what was written by hand in an answer as the server itself has it."""
    for each in results:
        if each.get("type") == "textarea":
            texts = each["value"].get("text") or ()
            yield from ([texts] if isinstance(texts, str) else map(str, texts))


def _stored(row: Mapping[str, Any]) -> Stored:
    return Stored(
        annotation=row["id"],
        task=row["task"],
        account=row["completed_by"] or "",
        result=tuple(row["result"] or ()),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        updated_by=row["updated_by"] or "",
        is_skipped=bool(row["was_cancelled"]),
        written=tuple(row["written"] if "written" in row else _written(row["result"] or ())),
    )
