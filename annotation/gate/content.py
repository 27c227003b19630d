"""What was written, held against the form, the text and the rule book (R-034), and what of it the outbox may tell."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from label_studio_sdk.label_interface import LabelInterface

from . import refusals
from .form import Control, Form, Result, chosen, is_visible, read
from .keys import keyed_digest
from .policy import Demand


def judge(config: str, data: Mapping[str, Any], results: object, demands: Sequence[Demand] = ()) -> list[Result]:
    """Judge a submission whole.

    Args:
        config: The project's label configuration.
        data: The task's data.
        results: What was sent.
        demands: What the rule book asks beyond the form.

    Returns:
        The entries of the result.

    Raises:
        Refused: It does not fit the form, is not complete, or a selected text is not what stands at its offsets.
    """
    entries = fitting(config, data, results)
    form = read(config)
    for control in form.controls.values():
        _hold_to_form(control, entries)
    for demand in demands:
        _hold_to_rule(demand, entries)
    return entries


def fitting(config: str, data: Mapping[str, Any], results: object) -> list[Result]:
    """Judge what was sent entry by entry, complete or not: annotations, drafts' hints and predictions alike.

    Raises:
        Refused: An entry does not fit the form or its text.
    """
    if not isinstance(results, list) or not all(isinstance(each, dict) for each in results):
        raise refusals.bad_form("结果不是列表")
    errors = _interface(config).validate_prediction({"result": results}, return_errors=True)  # its only full check
    if errors:
        raise refusals.bad_form(f"有 {len(errors)} 处取值或控件不在表单中")
    form = read(config)
    entries = [each for each in results if each.get("type") != "relation"]
    for number, entry in enumerate(entries, 1):
        _fit(form, data, entry, f"第 {number} 处（{entry['from_name']}）")
    return entries


def told(form: Form, entries: Sequence[Result]) -> list[dict[str, Any]]:
    """Return the entries as the outbox tells them: offsets and labels as they are, everything written by a digest."""
    return [_told(form, each) for each in entries]


@lru_cache(maxsize=256)
def _interface(config: str) -> LabelInterface:
    return LabelInterface(config)


def _fit(form: Form, data: Mapping[str, Any], entry: Result, where: str) -> None:
    control, value = form.controls.get(entry["from_name"]), entry["value"]
    if control is None or not isinstance(value, dict):
        raise refusals.bad_form(where)
    if control.paths is not None:
        paths = value.get("taxonomy")
        if not isinstance(paths, list) or not {_path(each) for each in paths} <= control.paths:
            raise refusals.bad_form(where)
    elif control.values is not None and not set(chosen(entry)) <= control.values:
        raise refusals.bad_form(where)
    shown = form.texts.get(entry["to_name"])
    if control.tag == "labels" and shown is not None:
        _place(data.get(shown), value, where)


def _path(steps: object) -> tuple[str, ...]:
    return tuple(map(str, steps)) if isinstance(steps, list) else (str(steps),)


def _place(text: object, value: Mapping[str, Any], where: str) -> None:
    """Hold a span against the text, in the browser's unit: code points, half-open, a line break told by its escape.

    Measured with a real Chromium; a program that counts UTF-16 code units is refused where it makes a difference.
    """
    start, end, selected = value.get("start"), value.get("end"), value.get("text")
    if not (isinstance(text, str) and isinstance(selected, str) and type(start) is int and type(end) is int):
        raise refusals.bad_place(where)
    if not 0 <= start < end <= len(text) or selected not in (
        text[start:end],
        text[start:end].replace("\n", "\\n").replace("\r", "\\n"),
    ):
        raise refusals.bad_place(where)


def _hold_to_form(control: Control, entries: Sequence[Result]) -> None:
    mine = [each for each in entries if each["from_name"] == control.name]
    for region in _regions(control, entries):
        here = mine if region is None else [each for each in mine if each.get("id") == region]
        filled = [each for each in here if _is_filled(each)]
        if not is_visible(control, entries, region):
            if filled:
                raise refusals.bad_form(f"“{control.name}”在当前选择下不应填写")
            continue
        if control.is_required and not filled:
            raise refusals.incomplete(f"“{control.name}”必填")
        if control.is_single and (len(filled) > 1 or any(len(chosen(each)) > 1 for each in filled)):
            raise refusals.bad_form(f"“{control.name}”只能单选")


def _regions(control: Control, entries: Sequence[Result]) -> Iterator[str | None]:
    """Yield the regions a control is asked for: each selected span, or once for the whole item."""
    if not control.is_per_region:
        yield None
        return
    spans = {str(each.get("id")): each for each in entries if "start" in each["value"] and each.get("id")}
    yield from spans
    if any(each["from_name"] == control.name and str(each.get("id")) not in spans for each in entries):
        raise refusals.bad_form(f"“{control.name}”未对应任何选中的文字")


def _is_filled(entry: Result) -> bool:
    return any(value.strip() for value in chosen(entry))


def _hold_to_rule(demand: Demand, entries: Sequence[Result]) -> None:
    if demand.when is not None:
        control, values = demand.when
        if not any(each["from_name"] == control and values & set(chosen(each)) for each in entries):
            return
    found = [
        value for each in entries if each["from_name"] == demand.control for value in chosen(each) if value.strip()
    ]
    title = demand.title or demand.control
    if demand.values is not None and not set(found) <= demand.values:
        raise refusals.incomplete(f"“{title}”的取值不在标注规则内")
    if len(found) < demand.at_least:
        raise refusals.incomplete(f"标注规则要求“{title}”至少 {demand.at_least} 项")
    if demand.at_most is not None and len(found) > demand.at_most:
        raise refusals.incomplete(f"标注规则要求“{title}”至多 {demand.at_most} 项")
    if demand.min_characters and any(len(each.strip()) < demand.min_characters for each in found):
        raise refusals.incomplete(f"标注规则要求“{title}”不少于 {demand.min_characters} 个字")


def _told(form: Form, entry: Result) -> dict[str, Any]:
    value, kind = entry["value"], entry["type"]
    row: dict[str, Any] = {"control": entry["from_name"], "object": entry["to_name"], "type": kind}
    if form.controls[entry["from_name"]].is_per_region or "start" in value:
        row["region"] = keyed_digest("region", str(entry.get("id")))[:16]
    if kind == "labels" and type(value.get("start")) is int:
        row |= {"start": value["start"], "end": value["end"], "labels": value["labels"]}
    elif kind == "taxonomy":
        row["paths"] = [list(_path(each)) for each in value["taxonomy"]]
    elif kind in ("rating", "number") and type(value.get(kind)) is int:
        row["value"] = value[kind]
    elif kind == "choices" and form.controls[entry["from_name"]].values is not None:
        row["choices"] = list(chosen(entry))
    else:
        texts = chosen(entry) or (repr(sorted(value.items())),)
        row["digests"] = [keyed_digest("value", each) for each in texts]
        row["characters"] = [len(each) for each in texts]
    return row
