"""A form's words read off the form itself: an id of the rule book is taken for the word that people see."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from xml.etree.ElementTree import Element, fromstring

from annotation.port import Entry, Results


class PlainForm:
    """Entries in the words of a Label Studio form, and back.

    Args:
        form: Its configuration; an entry's value is the word that a Choice or Label shows.
    """

    def __init__(self, form: str) -> None:
        root = fromstring(form)  # noqa: S314  # a form of ours
        self.tags = {each.get("name", ""): each.tag.lower() for each in root.iter() if each.get("toName")}
        self._paths = {each[-1]: each for taxonomy in root.iter("Taxonomy") for each in _paths(taxonomy, ())}

    def to_results(self, entries: Sequence[Entry], text: str) -> list[dict[str, Any]]:
        """Say entries as Label Studio stores them."""
        return [self._result(number, each, text) for number, each in enumerate(entries)]

    def to_entries(self, results: Results) -> tuple[Entry, ...]:
        """Read what is stored."""
        return tuple(self._entry(cast("Mapping[str, Any]", each)) for each in results)

    def from_outbox(self, results: Results) -> tuple[Entry, ...]:
        """Read what the outbox tells."""
        return tuple(self._told(cast("Mapping[str, Any]", each)) for each in results)

    def _result(self, number: int, entry: Entry, text: str) -> dict[str, Any]:
        kind = self.tags.get(entry.control, "choices")
        value: dict[str, Any] = {kind: list(entry.values)}
        if kind == "labels":
            value |= {"start": entry.start, "end": entry.end, "text": text[entry.start : entry.end]}
        elif kind == "taxonomy":
            value = {kind: [list(self._paths.get(each, (each,))) for each in entry.values]}
        elif kind == "textarea":
            value = {"text": [entry.text]}
        return {"id": f"r{number}", "from_name": entry.control, "to_name": "text", "type": kind, "value": value}

    def _entry(self, result: Mapping[str, Any]) -> Entry:
        value, kind = result["value"], result["type"]
        if kind == "textarea":
            return Entry(result["from_name"], text="\n".join(value["text"]))
        return Entry(result["from_name"], _last(value[kind]), value.get("start", -1), value.get("end", -1))

    def _told(self, row: Mapping[str, Any]) -> Entry:
        if "digests" in row:
            return Entry(row["control"], digest=row["digests"][0])
        values = row.get("labels") or row.get("paths") or row.get("choices") or ()
        return Entry(row["control"], _last(values), row.get("start", -1), row.get("end", -1))


def _last(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(each[-1] if isinstance(each, list) else each for each in values)


def _paths(element: Element, above: tuple[str, ...]) -> list[tuple[str, ...]]:
    found = []
    for child in element.findall("Choice"):
        path = (*above, child.get("alias") or child.get("value") or "")
        found += [path, *_paths(child, path)]
    return found
