"""Closes the ways into the tables that pass by a single submission, at the lowest place the server's framework has.

Methods are wrapped, not signals connected: the server disconnects every signal of the process while it deletes a
project, and what another thread writes in that moment would pass unseen.
"""

from functools import wraps
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.db.models.deletion import Collector
from projects.models import Project
from tasks.api import (
    AnnotationAPI,
    AnnotationConvertAPI,
    AnnotationDraftAPI,
    AnnotationDraftListAPI,
    AnnotationsListAPI,
)
from tasks.models import Annotation, AnnotationDraft, Prediction, Task

from . import content, refusals, state, writes
from .policy import MANAGE

_HARMLESS = frozenset(("updated_by", "updated_by_id", "updated_at"))
"""Columns of an annotation that the server sets by itself, outside of a submission."""
_LOOSENED = ("parent_prediction", "parent_annotation")
"""Columns that lose what they point to when it is deleted."""


def install() -> None:
    """Wrap what writes."""
    _wrap_handlers()
    _wrap_save(Annotation, writes.store)
    _wrap_save(AnnotationDraft, writes.store_draft)
    _wrap_save(Prediction, _store_prediction)
    _wrap_bulk()
    _wrap_deletion()


def _wrap_handlers() -> None:
    for view, methods in (
        (AnnotationsListAPI, ("post",)),
        (AnnotationDraftListAPI, ("post",)),
        (AnnotationAPI, ("put", "patch")),
        (AnnotationConvertAPI, ("post",)),
        (AnnotationDraftAPI, ("put", "patch", "delete")),
    ):
        find = {
            AnnotationAPI: _of(Annotation),
            AnnotationConvertAPI: _of(Annotation),
            AnnotationDraftAPI: _of(AnnotationDraft),
        }
        for method in methods:
            handler = getattr(view, method)
            setattr(view, method, writes.submission(handler, find.get(view, _named)))


def _named(_view: object, kwargs: dict[str, Any]) -> int | None:
    task: int = kwargs["pk"]
    return task


def _of(model: Any) -> Any:
    def find(_view: object, kwargs: dict[str, Any]) -> int | None:
        found: int | None = model.objects.filter(pk=kwargs["pk"]).values_list("task_id", flat=True).first()
        return found

    return find


def _wrap_save(model: Any, store: Any) -> None:
    save_base = model.save_base

    @wraps(save_base)
    def judged(row: Model, *args: Any, **kwargs: Any) -> Any:
        return store(row, lambda: save_base(row, *args, **kwargs))

    model.save_base = judged


def _store_prediction(prediction: Prediction, save: Any) -> Any:
    _fitting(prediction)
    return save()


def _fitting(prediction: Prediction) -> None:
    task = prediction.task
    try:
        content.fitting(task.project.label_config, task.data, prediction.result)
    except refusals.Refused as refusal:
        raise refusals.bad_prediction(str(refusal.detail)) from refusal


def _wrap_bulk() -> None:
    bulk_create, update, raw_delete = QuerySet.bulk_create, QuerySet.update, QuerySet._raw_delete  # noqa: SLF001

    @wraps(bulk_create)
    def judged_create(rows: QuerySet, objects: Any, *args: Any, **kwargs: Any) -> Any:
        objects = list(objects)
        if objects and rows.model in (Annotation, AnnotationDraft):
            raise refusals.no_back_door()
        if rows.model is Prediction:
            for each in objects:
                _fitting(each)
        return bulk_create(rows, objects, *args, **kwargs)

    @wraps(update)
    def judged_update(rows: QuerySet, **values: Any) -> Any:
        if rows.model in (Annotation, AnnotationDraft) and not all(map(_is_harmless, values, values.values())):
            raise refusals.no_back_door()
        if rows.model is Prediction and "result" in values:
            raise refusals.no_back_door()
        return update(rows, **values)

    @wraps(raw_delete)
    def judged_delete(rows: QuerySet, *args: Any, **kwargs: Any) -> Any:
        if rows.model is Annotation:
            raise refusals.no_deletion()
        return raw_delete(rows, *args, **kwargs)

    QuerySet.bulk_create, QuerySet.update = judged_create, judged_update
    QuerySet._raw_delete = judged_delete  # noqa: SLF001


def _is_harmless(column: str, value: object) -> bool:
    if column == "ground_truth":
        return value is False
    return column in _HARMLESS or (column in _LOOSENED and value is None)


def _wrap_deletion() -> None:
    delete = Collector.delete

    @wraps(delete)
    def judged(collector: Collector) -> Any:
        if collector.data.get(Task):
            transaction.on_commit(_leave_no_bytes)
        fast = [row for rows in collector.fast_deletes if rows.model is Annotation for row in rows]
        rows = [*collector.data.get(Annotation, ()), *fast]
        if not rows:
            return delete(collector)
        by = state.caller()
        origin = collector.origin.model if isinstance(collector.origin, QuerySet) else type(collector.origin)
        if by is None or MANAGE not in by.person.functions or origin not in (Task, Project):
            raise refusals.no_deletion()
        with transaction.atomic():
            writes.removed(rows, by)
            return delete(collector)

    Collector.delete = judged


def _leave_no_bytes() -> None:
    """Empty SQLite's log after tasks were deleted: their texts would stand in it until others happen to overwrite them.

    The settings have what is deleted overwritten in the database itself. PostgreSQL takes it away with its next vacuum.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
