"""Takes out of an answer what a person at work may not see: colleagues' work, gold marks, other projects.

Blind double labelling (双盲): two people label without seeing each other. The server shows every member everything.
What a task may show is a list of its fields, not of what to hide, so a new field of a new version shows nothing.
"""

from collections.abc import Callable, Mapping
from typing import Any

from . import access
from .policy import Policy
from .refusals import Refused
from .state import Caller

_TASK = frozenset(
    [
        "id",
        "data",
        "created_at",
        "updated_at",
        "is_labeled",
        "overlap",
        "inner_id",
        "project",
        "annotations",
        "predictions",
        "drafts",
        "total_annotations",
        "total_predictions",
        "unique_lock_id",
        "queue",
        "allow_skip",
    ]
)
"""Fields of a task that are shown; ``meta`` may tell that it is a gold item, and from whom."""
_PROJECT = frozenset(
    [
        "id",
        "title",
        "description",
        "label_config",
        "parsed_label_config",
        "expert_instruction",
        "show_instruction",
        "show_skip_button",
        "enable_empty_annotation",
        "show_annotation_history",
        "organization",
        "color",
        "maximum_annotations",
        "is_published",
        "model_version",
        "is_draft",
        "created_at",
        "min_annotations_to_start_training",
        "show_collab_predictions",
        "sampling",
        "show_ground_truth_first",
        "show_overlap_first",
        "overlap_cohort_percentage",
        "evaluate_predictions_automatically",
        "config_has_control_tags",
        "skip_queue",
        "reveal_preannotations_interactively",
        "task_number",
        "finished_task_number",
        "queue_total",
        "queue_done",
        "queue_left",
        "config_suitable_for_bulk_annotation",
        "control_weights",
        "total_predictions_number",
        "can_delete_tasks",
        "can_manage_tasks",
        "source_syncing",
        "target_syncing",
        "data_columns",
        "task_count",
        "annotation_count",
        "workspace",
        "members_count",
        "state",
    ]
)
"""Fields of a project that are shown."""
_COLUMNS = frozenset(["id", "inner_id", "data", "created_at", "total_predictions", "file_upload"])


def cut(name: str, answer: Any, caller: Caller, policy: Policy) -> Any:
    """Return what of an answer the caller may see; calls that show neither task nor project pass as they are."""
    reduce = _CUTS.get(name)
    return answer if reduce is None else reduce(answer, caller, policy)


def _task(answer: Any, caller: Caller, _policy: Policy) -> Any:
    if not isinstance(answer, dict) or "data" not in answer:
        return answer
    shown = {key: value for key, value in answer.items() if key in _TASK}
    for part, author in (("annotations", "completed_by"), ("drafts", "user")):
        if part in shown:
            shown[part] = [each for each in shown[part] or () if _is_by(each, author, caller)]
    shown["total_annotations"] = len(shown.get("annotations") or ())
    return shown


def _tasks(answer: Any, caller: Caller, policy: Policy) -> Any:
    if not isinstance(answer, dict) or "tasks" not in answer:
        return {}
    tasks = [_task(_listed(each, policy), caller, policy) for each in answer["tasks"]]
    return {"tasks": tasks, "total": answer.get("total"), "total_annotations": 0, "total_predictions": 0}


def _listed(task: Mapping[str, Any], policy: Policy) -> dict[str, Any]:
    """Return a task of a list; raw text is shown in the opened task alone."""
    if not policy.tells_access(task.get("project")):
        return dict(task)
    return {**task, "data": {key: value for key, value in task["data"].items() if key == "key"}}


def _annotations(answer: Any, caller: Caller, _policy: Policy) -> Any:
    return [each for each in answer if _is_by(each, "completed_by", caller)] if isinstance(answer, list) else answer


def _drafts(answer: Any, caller: Caller, _policy: Policy) -> Any:
    return [each for each in answer if _is_by(each, "user", caller)] if isinstance(answer, list) else answer


def _project(answer: Any, _caller: Caller, _policy: Policy) -> Any:
    return {key: value for key, value in answer.items() if key in _PROJECT} if isinstance(answer, dict) else answer


def _projects(answer: Any, caller: Caller, policy: Policy) -> Any:
    if not isinstance(answer, dict) or "results" not in answer:
        return {}
    mine = [_project(dict(each), caller, policy) for each in answer["results"] if _may_enter(each, caller, policy)]
    return {"count": len(mine), "next": None, "previous": None, "results": mine}


def _columns(answer: Any, _caller: Caller, _policy: Policy) -> Any:
    if not isinstance(answer, dict):
        return answer
    kept = [each for each in answer.get("columns", ()) if {each.get("id"), each.get("parent")} & _COLUMNS]
    return {**answer, "columns": kept}


def _actions(answer: Any, caller: Caller, policy: Policy) -> Any:
    return [] if isinstance(answer, list) else _task(answer, caller, policy)


def _nothing(answer: Any, _caller: Caller, _policy: Policy) -> Any:
    """Show an empty list where the browser's program asks for one and would not start without."""
    return [] if isinstance(answer, list) else {"count": 0, "next": None, "previous": None, "results": []}


def _myself(answer: Any, caller: Caller, _policy: Policy) -> Any:
    return [each for each in answer if each.get("id") == caller.user_id] if isinstance(answer, list) else []


def _is_by(entry: Any, author: str, caller: Caller) -> bool:
    by = entry.get(author)
    return (by.get("id") if isinstance(by, Mapping) else by) == caller.user_id


def _may_enter(project: Mapping[str, Any], caller: Caller, policy: Policy) -> bool:
    try:
        access.enter(policy, caller.person, project.get("id"))
    except Refused:
        return False
    return True


_CUTS: Mapping[str, Callable[[Any, Caller, Policy], Any]] = {
    "projects.api.ProjectListAPI": _projects,
    "projects.api.ProjectCountsListAPI": _projects,
    "projects.api.ProjectAPI": _project,
    "projects.api.ProjectNextTaskAPI": _task,
    "data_manager.api.ProjectStateAPI": _project,
    "data_manager.api.ProjectColumnsAPI": _columns,
    "data_manager.api.ProjectActionsAPI": _actions,
    "ml.api.MLBackendListAPI": _nothing,
    "labels_manager.api.LabelLinkAPI": _nothing,
    "users.api.UserAPI": _myself,
    "tasks.api.TaskAPI": _task,
    "tasks.api.TaskListAPI": _tasks,
    "tasks.api.AnnotationsListAPI": _annotations,
    "tasks.api.AnnotationDraftListAPI": _drafts,
}
