"""The form (标注表单) as the server itself never holds it against a submission: what is required, when, and how often.

The server's own library checks names, types and values of what was sent; that something is missing, sent twice, or
sent for a control that was hidden, only the browser checked so far.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

Result = Mapping[str, Any]
"""One entry of an annotation's result list."""
_SINGLE = frozenset(("single", "single-radio"))


@dataclass(frozen=True)
class Condition:
    """When a control is visible: ``kind`` as the form says it, the control it looks at, the values it waits for."""

    kind: str
    control: str
    values: frozenset[str]


@dataclass(frozen=True)
class Control:
    """One control (控件) of a form."""

    name: str
    tag: str
    objects: tuple[str, ...]
    is_required: bool
    is_single: bool
    is_per_region: bool
    conditions: tuple[Condition, ...]
    values: frozenset[str] | None = None
    """The labels or choices there are; None where the person writes freely."""
    paths: frozenset[tuple[str, ...]] | None = None
    """The ways through a taxonomy that may be chosen."""


@dataclass(frozen=True)
class Form:
    """A form: its controls by name, and which field of a task each text shows."""

    controls: Mapping[str, Control]
    texts: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=256)
def read(config: str) -> Form:
    """Read a label configuration, which the server checked when it was stored."""
    root = fromstring(config)
    controls = {each.name: each for each in _controls(root, ())}
    texts = {
        element.get("name", ""): element.get("value", "").removeprefix("$")
        for element in root.iter("Text")
        if element.get("value", "").startswith("$") and element.get("valueType", "text") == "text"
    }
    return Form(controls, texts)


def chosen(entry: Result) -> tuple[str, ...]:
    """Return the values of an entry as strings: choices, labels, the last step of each taxonomy path."""
    kind = entry["type"]
    found = entry["value"].get("text" if kind == "textarea" else kind)
    if not isinstance(found, list):
        return () if found in (None, "") else (str(found),)
    return tuple(str(each[-1]) if isinstance(each, list) and each else str(each) for each in found)


def is_visible(control: Control, results: Sequence[Result], region: str | None) -> bool:
    """Tell whether a control is shown, given everything that was sent and, for one per region, the region's id."""
    return all(_holds(each, results, region) for each in control.conditions)


def _holds(condition: Condition, results: Sequence[Result], region: str | None) -> bool:
    looked_at = [each for each in results if each["from_name"] == condition.control]
    if condition.kind in ("region-selected", "no-region-selected"):
        if region is None:
            return condition.kind == "no-region-selected"
        mine = [each for each in results if each.get("id") == region]
        looked_at = [each for each in mine if condition.control in ("", each["from_name"])]
    values = {value for each in looked_at for value in chosen(each)}
    is_met = bool(values & condition.values) if condition.values else bool(values)
    return is_met if condition.kind in ("choice-selected", "region-selected") else not is_met


def _controls(element: Element, conditions: tuple[Condition, ...]) -> Iterator[Control]:
    own = _condition(element)
    conditions = (*conditions, own) if own else conditions
    if element.get("toName") and element.get("name"):
        yield _control(element, conditions)
        return
    for child in element:
        yield from _controls(child, conditions)


def _control(element: Element, conditions: tuple[Condition, ...]) -> Control:
    tag = element.tag.lower()
    values, paths = None, None
    if tag == "taxonomy":
        paths = frozenset(_paths(element, (), only_leaves=element.get("leafsOnly") == "true"))
    elif (tag == "choices" or tag.endswith("labels")) and not element.get("value", "").startswith("$"):
        named = (child for child in element.iter() if child.tag in ("Choice", "Label"))
        values = frozenset((child.get("alias") or child.get("value") or "") for child in named)
    return Control(
        name=element.get("name", ""),
        tag=tag,
        objects=tuple(element.get("toName", "").split(",")),
        is_required=element.get("required", "false").lower() == "true",
        is_single=tag == "choices" and element.get("choice", "single") in _SINGLE,
        is_per_region=element.get("perRegion", "false").lower() == "true",
        conditions=conditions,
        values=values,
        paths=paths,
    )


def _condition(element: Element) -> Condition | None:
    kind = element.get("visibleWhen")
    if not kind:
        return None
    values = element.get("whenChoiceValue") or element.get("whenLabelValue") or ""
    return Condition(kind, element.get("whenTagName", ""), frozenset(filter(None, values.split(","))))


def _paths(element: Element, above: tuple[str, ...], *, only_leaves: bool) -> Iterator[tuple[str, ...]]:
    for child in element.findall("Choice"):
        path = (*above, (child.get("alias") or child.get("value") or ""))
        below = list(_paths(child, path, only_leaves=only_leaves))
        if not (only_leaves and below):
            yield path
        yield from below
