"""Attempts to break the annotation rules, each by one way in; only what an unmodified server accepts counts.

An attempt sets its own stage as honest people would, then makes the one request that must not be stored.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from tests.fakes.site import BOOK, FORM, PEOPLE, REASON, RISKY, SAFE, Answer, Person, Site, choice, span

Act = Callable[[Site], tuple[int, Callable[[], Answer]]]
"""Sets the stage; gives the project to watch, and the forbidden request."""


@dataclass(frozen=True)
class Attempt:
    """One attempt: the rule it breaks, the way in, and the act itself."""

    rule: str
    way: str
    act: Act

    def __str__(self) -> str:
        """Name the test."""
        return f"{self.rule}-{self.way}-{self.act.__name__.strip('_')}"


ATTEMPTS: list[Attempt] = []


def _attempt(rule: str, way: str) -> Callable[[Act], Act]:
    def keep(act: Act) -> Act:
        ATTEMPTS.append(Attempt(rule, way, act))
        return act

    return keep


def _every_way(rule: str, name: str, stage: Callable[[Site], tuple[str, int, int]]) -> None:
    """List the five ways of writing into one task: raw HTTP, the SDK, a form, a draft, a skip."""

    def raw(site: Site) -> Callable[[str, int], Answer]:
        return site.annotate

    def sdk(site: Site) -> Callable[[str, int], Answer]:
        return lambda person, task: site.sdk(person, "annotations", "create", id=task, result=SAFE, lead_time=3.0)

    def form(site: Site) -> Callable[[str, int], Answer]:
        body = (
            'result=[{"id":"x","from_name":"verdict","to_name":"text","type":"choices","value":{"choices":["安全"]}}]'
        )
        return lambda person, task: site.call(person, "POST", f"/api/tasks/{task}/annotations/", body, form=True)

    def draft(site: Site) -> Callable[[str, int], Answer]:
        return lambda person, task: site.call(person, "POST", f"/api/tasks/{task}/drafts", {"result": SAFE})

    def skip(site: Site) -> Callable[[str, int], Answer]:
        path = "/api/tasks/{}/annotations/?was_cancelled=1"
        return lambda person, task: site.call(person, "POST", path.format(task), {"result": []})

    for way, write in {"http": raw, "sdk": sdk, "form": form, "draft": draft, "skip": skip}.items():

        def act(site: Site, write: Any = write) -> tuple[int, Callable[[], Answer]]:
            person, project, task = stage(site)
            return project, lambda: write(site)(person, task)

        act.__name__ = name
        ATTEMPTS.append(Attempt(rule, way, act))


def _by(person: str, **settings: Any) -> Callable[[Site], tuple[str, int, int]]:
    def stage(site: Site) -> tuple[str, int, int]:
        project = site.project(**settings)
        return person, project, site.task(project)

    return stage


def _in_void(site: Site) -> tuple[str, int, int]:
    project = site.project()
    task = site.task(project)
    site.void(project)
    return "p-a1", project, task


def _reviewing_the_own_batch(site: Site) -> tuple[str, int, int]:
    first = site.project("annotate", f"both-{next(site._numbers)}")
    assert site.annotate("p-both", site.task(first)).is_accepted
    second = site.project("review", f"both-{next(site._numbers) - 2}")
    return "p-both", second, site.task(second)


def _reviewing_the_own_item(site: Site) -> tuple[str, int, int]:
    project = site.project("review")
    return "p-r1", project, site.task(project, meta={"source_annotators": ["p-r1"]})


_every_way("AR-1", "annotator_reviews_the_batch", _reviewing_the_own_batch)
_every_way("AR-1", "reviewer_wrote_the_item", _reviewing_the_own_item)
_every_way("AR-2", "annotator_in_a_review_project", _by("p-a1", function="review"))
_every_way("AR-3", "never_qualified", _by("p-none"))
_every_way("AR-3", "qualification_expired", _by("p-late"))
_every_way("AR-3", "qualification_not_begun", _by("p-early"))
_every_way("AR-3", "qualification_suspended", _by("p-susp"))
_every_way("AR-3", "not_in_the_policy", _by("p-stranger"))
_every_way("AR-4", "never_trained", _by("p-untr"))
_every_way("AR-4", "trained_only_after_qualifying", _by("p-after"))
_every_way("AR-5", "an_ability_not_examined", _by("p-unex"))
_every_way("AR-9", "batch_is_void", _in_void)


def _written(site: Site, person: str = "p-a1", **settings: Any) -> tuple[int, int, int]:
    project = site.project(**settings)
    task = site.task(project)
    made = site.annotate(person, task)
    assert made.is_accepted, made
    return project, task, made.body["id"]


@_attempt("AR-1", "patch")
def _annotator_changes_the_review(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site, "p-r1", function="review")
    return project, lambda: site.call("p-a1", "PATCH", f"/api/annotations/{key}/", {"result": RISKY})


@_attempt("AR-1", "delete")
def _annotator_deletes_the_review(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site, "p-r1", function="review")
    return project, lambda: site.call("p-a1", "DELETE", f"/api/annotations/{key}/")


@_attempt("AR-1", "sdk")
def _annotator_overwrites_the_review(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site, "p-r1", function="review")
    return project, lambda: site.sdk("p-a1", "annotations", "update", id=key, result=RISKY)


@_attempt("AR-1", "convert")
def _annotator_takes_the_review_back(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site, "p-r1", function="review")
    return project, lambda: site.call("p-a1", "POST", f"/api/annotations/{key}/convert-to-draft", {})


@_attempt("AR-1", "bulk")
def _annotator_deletes_all_reviews(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, _ = _written(site, "p-r1", function="review")
    return project, lambda: _action(site, "p-a1", project, "delete_tasks_annotations")


@_attempt("AR-2", "http")
def _forges_the_author(site: Site) -> tuple[int, Callable[[], Answer]]:
    project = site.project()
    task, other = site.task(project), site.user("p-a2")
    return project, lambda: site.annotate("p-a1", task, completed_by=other)


@_attempt("AR-2", "sdk")
def _forges_the_author_by_sdk(site: Site) -> tuple[int, Callable[[], Answer]]:
    project = site.project()
    task, other = site.task(project), site.user("p-a2")
    return project, lambda: site.sdk("p-a1", "annotations", "create", id=task, result=SAFE, completed_by=other)


@_attempt("AR-2", "http")
def _forges_the_last_author(site: Site) -> tuple[int, Callable[[], Answer]]:
    project = site.project()
    task, other = site.task(project), site.user("p-a2")
    return project, lambda: site.annotate("p-a1", task, last_created_by=other)


@_attempt("AR-2", "patch")
def _gives_the_own_work_away(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site)
    other = site.user("p-a2")
    return project, lambda: site.call("p-a1", "PATCH", f"/api/annotations/{key}/", {"completed_by": other})


@_attempt("AR-2", "put")
def _gives_the_own_work_away_whole(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, task, key = _written(site)
    body = {"completed_by": site.user("p-a2"), "result": SAFE, "task": task}
    return project, lambda: site.call("p-a1", "PUT", f"/api/annotations/{key}/", body)


@_attempt("AR-2", "patch")
def _moves_work_to_another_task(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site)
    other = site.task(project)
    return project, lambda: site.call("p-a1", "PATCH", f"/api/annotations/{key}/", {"task": other})


@_attempt("AR-2", "patch")
def _edits_a_colleague(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site)
    return project, lambda: site.call("p-a2", "PATCH", f"/api/annotations/{key}/", {"result": RISKY})


@_attempt("AR-2", "put")
def _overwrites_a_colleague(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, task, key = _written(site)
    body = {"result": RISKY, "task": task}
    return project, lambda: site.call("p-a2", "PUT", f"/api/annotations/{key}/", body)


@_attempt("AR-2", "delete")
def _deletes_a_colleagues_work(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site)
    return project, lambda: site.call("p-a2", "DELETE", f"/api/annotations/{key}/")


@_attempt("AR-2", "sdk")
def _deletes_a_colleagues_work_by_sdk(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site)
    return project, lambda: site.sdk("p-a2", "annotations", "delete", id=key)


@_attempt("AR-2", "draft")
def _edits_a_colleagues_draft(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, key = _drafted(site)
    return project, lambda: site.call("p-a2", "PATCH", f"/api/drafts/{key}/", {"result": RISKY})


@_attempt("AR-2", "draft")
def _deletes_a_colleagues_draft(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, key = _drafted(site)
    return project, lambda: site.call("p-a2", "DELETE", f"/api/drafts/{key}/")


@_attempt("AR-2", "draft")
def _drafts_over_a_colleagues_work(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, task, key = _written(site)
    path = f"/api/tasks/{task}/annotations/{key}/drafts"
    return project, lambda: site.call("p-a2", "POST", path, {"result": RISKY})


@_attempt("AR-2", "import")
def _imports_work_of_others(site: Site) -> tuple[int, Callable[[], Answer]]:
    project = site.project()
    return project, lambda: site.call("p-a1", "POST", f"/api/projects/{project}/import", _loaded(site))


@_attempt("AR-2", "import")
def _the_platform_imports_work(site: Site) -> tuple[int, Callable[[], Answer]]:
    project = site.project()
    return project, lambda: site.call("p-m", "POST", f"/api/projects/{project}/import", _loaded(site))


@_attempt("AR-2", "sdk-import")
def _imports_work_by_sdk(site: Site) -> tuple[int, Callable[[], Answer]]:
    project = site.project()
    return project, lambda: site.sdk("p-a1", "projects", "import_tasks", id=project, request=_loaded(site))


@_attempt("AR-2", "bulk")
def _turns_hints_into_work(site: Site) -> tuple[int, Callable[[], Answer]]:
    project = _hinted(site)
    return project, lambda: _action(site, "p-a1", project, "predictions_to_annotations")


@_attempt("AR-2", "bulk")
def _the_platform_turns_hints_into_work(site: Site) -> tuple[int, Callable[[], Answer]]:
    project = _hinted(site)
    return project, lambda: _action(site, "p-m", project, "predictions_to_annotations")


@_attempt("AR-2", "bulk")
def _deletes_everybodys_work(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, _ = _written(site)
    return project, lambda: _action(site, "p-a2", project, "delete_tasks_annotations")


@_attempt("AR-2", "bulk")
def _the_platform_deletes_work(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, _ = _written(site)
    return project, lambda: _action(site, "p-m", project, "delete_tasks_annotations")


@_attempt("AR-2", "bulk")
def _deletes_the_tasks(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, _ = _written(site)
    return project, lambda: _action(site, "p-a2", project, "delete_tasks")


@_attempt("AR-3", "patch")
def _goes_on_after_expiry(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site, "p-a3")
    return project, lambda: _as(site, "p-late", lambda: _changes(site, key))


@_attempt("AR-3", "draft")
def _goes_on_drafting_while_suspended(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, key = _drafted(site, "p-a3")
    change = {"result": RISKY}
    return project, lambda: _as(site, "p-susp", lambda: site.call("p-a3", "PATCH", f"/api/drafts/{key}/", change))


@_attempt("AR-4", "patch")
def _changes_work_without_training(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site, "p-a3")
    return project, lambda: _as(site, "p-untr", lambda: _changes(site, key))


@_attempt("AR-5", "patch")
def _changes_work_without_examination(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site, "p-a3")
    return project, lambda: _as(site, "p-unex", lambda: _changes(site, key))


@_attempt("AR-9", "patch")
def _changes_work_in_a_void_batch(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site, "p-a3")
    site.void(project)
    return project, lambda: _changes(site, key)


@_attempt("AR-9", "put")
def _replaces_work_in_a_void_batch(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, task, key = _written(site)
    site.void(project)
    body = {"result": RISKY, "task": task}
    return project, lambda: site.call("p-a1", "PUT", f"/api/annotations/{key}/", body)


@_attempt("AR-9", "delete")
def _deletes_work_in_a_void_batch(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site)
    site.void(project)
    return project, lambda: site.call("p-a1", "DELETE", f"/api/annotations/{key}/")


@_attempt("AR-9", "draft")
def _goes_on_drafting_in_a_void_batch(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, key = _drafted(site)
    site.void(project)
    return project, lambda: site.call("p-a1", "PATCH", f"/api/drafts/{key}/", {"result": RISKY})


@_attempt("AR-10", "http")
def _submits_without_reading(site: Site) -> tuple[int, Callable[[], Answer]]:
    project = site.project(book="slow-1")
    task = site.task(project)
    return project, lambda: site.annotate("p-a1", task)


@_attempt("AR-10", "sdk")
def _claims_to_have_taken_long(site: Site) -> tuple[int, Callable[[], Answer]]:
    project = site.project(book="slow-1")
    task = site.task(project)
    assert site.call("p-a1", "GET", f"/api/tasks/{task}/").is_accepted
    return project, lambda: site.sdk("p-a1", "annotations", "create", id=task, result=SAFE, lead_time=9999.0)


@_attempt("overlap", "http")
def _annotates_twice(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, task, _ = _written(site)
    return project, lambda: site.annotate("p-a1", task)


@_attempt("overlap", "http")
def _annotates_over_the_cap(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, task, _ = _written(site, cap=1)
    return project, lambda: site.annotate("p-a2", task)


@_attempt("overlap", "sdk")
def _annotates_over_the_cap_by_sdk(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, task, _ = _written(site, cap=1)
    return project, lambda: site.sdk("p-a2", "annotations", "create", id=task, result=SAFE)


@_attempt("gold", "http")
def _marks_gold(site: Site) -> tuple[int, Callable[[], Answer]]:
    project = site.project()
    task = site.task(project)
    return project, lambda: site.annotate("p-a1", task, ground_truth=True)


@_attempt("gold", "patch")
def _marks_the_own_work_gold(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site)
    return project, lambda: site.call("p-a1", "PATCH", f"/api/annotations/{key}/", {"ground_truth": True})


_WRONG: dict[str, list[dict[str, Any]]] = {
    "nothing": [],
    "unknown_control": [choice("nobody", "安全")],
    "unknown_choice": [choice("verdict", "也许")],
    "two_verdicts": [choice("verdict", "安全"), choice("verdict", "有风险") | {"id": "r-other"}, *RISKY[1:]],
    "no_verdict": [span(0, 2, "山川")],
    "risk_missing": [RISKY[0], REASON],
    "reason_missing": RISKY[:2],
    "reason_blank": [*RISKY[:2], REASON | {"value": {"text": ["  "]}}],
    "risk_no_leaf": [RISKY[0], RISKY[1] | {"value": {"taxonomy": [["A1"]]}}, REASON],
    "risk_unknown": [RISKY[0], RISKY[1] | {"value": {"taxonomy": [["Z9"]]}}, REASON],
    "safe_with_risk": [*SAFE, *RISKY[1:]],
    "span_elsewhere": [*SAFE, span(1, 3, "山川")],
    "span_past_the_end": [*SAFE, span(20, 99, "尾声")],
    "span_backwards": [*SAFE, span(2, 0, "山川")],
    "span_in_utf_16": [*SAFE, span(22, 24, "尾声")],
}


def _wrong(name: str, result: list[dict[str, Any]]) -> None:
    def act(site: Site) -> tuple[int, Callable[[], Answer]]:
        project = site.project()
        task = site.task(project)
        body = {"result": result}
        return project, lambda: site.call("p-a1", "POST", f"/api/tasks/{task}/annotations/", body)

    act.__name__ = name
    ATTEMPTS.append(Attempt("R-034", "http", act))


for _name, _result in _WRONG.items():
    _wrong(_name, _result)


@_attempt("R-034", "patch")
def _empties_the_own_work(site: Site) -> tuple[int, Callable[[], Answer]]:
    project, _, key = _written(site)
    return project, lambda: site.call("p-a1", "PATCH", f"/api/annotations/{key}/", {"result": []})


@_attempt("R-034", "http")
def _reason_too_short_for_the_rule_book(site: Site) -> tuple[int, Callable[[], Answer]]:
    project = site.project(book="strict-1")
    task = site.task(project)
    short = [*RISKY[:2], REASON | {"value": {"text": ["不妥"]}}]
    return project, lambda: site.annotate("p-a1", task, short)


def _changes(site: Site, key: int) -> Answer:
    return site.call("p-a3", "PATCH", f"/api/annotations/{key}/", {"result": RISKY})


def _drafted(site: Site, person: str = "p-a1") -> tuple[int, int]:
    project = site.project()
    made = site.call(person, "POST", f"/api/tasks/{site.task(project)}/drafts", {"result": SAFE})
    assert made.is_accepted, made
    return project, made.body["id"]


def _hinted(site: Site) -> int:
    project = site.project()
    site.task(project, predictions=[{"model_version": "hints", "result": SAFE}])
    return project


def _loaded(site: Site) -> list[dict[str, Any]]:
    work = {"result": SAFE, "completed_by": site.user("p-a2"), "was_cancelled": False, "ground_truth": False}
    return [{"data": {"text": "春眠不觉晓。"}, "annotations": [work]}]


def _action(site: Site, person: str, project: int, name: str) -> Answer:
    body = {"selectedItems": {"all": True, "excluded": []}, "project": str(project)}
    return site.call(person, "POST", f"/api/dm/actions/?id={name}&project={project}", body)


@contextmanager
def _standing(site: Site, like: str) -> Iterator[None]:
    """Let ``p-a3`` stand as somebody else does for a while."""
    people = dict(site.policy.people)
    mine = next(account for account in people if account.startswith("p-a3@")) if people else ""
    changed: dict[str, Person] = people | ({mine: replace(PEOPLE[like], person="p-a3")} if mine else {})
    site.open(people=changed)
    try:
        yield
    finally:
        site.open(people=people)


def _as(site: Site, like: str, act: Callable[[], Answer]) -> Answer:
    with _standing(site, like):
        return act()


__all__ = ["ATTEMPTS", "BOOK", "FORM", "Attempt"]
