"""Entries of an answer and Label Studio's results: written as the browser writes them, read in the rule book's ids.

Offsets are code points, half open, in both (measured with a real Chromium); a selected text is told with each line
break as the two characters backslash and n, as the browser does.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotation.forms.words import TEXT, TYPES, path, stage_of, unknown, value, word
from annotation.port import Entry
from provenance.errors import GovernanceError
from rules.annotation.book_records import RuleBook, Stage


def to_results(book: RuleBook, stage: str, text: str, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return entries as the server stores them, for a prediction (预标注) or an annotation.

    Args:
        book: The rule book.
        stage: One of its stages.
        text: The task's text.
        entries: What is said; digests are not told.

    Raises:
        GovernanceError: A control or an id is none of the rule book's, or a stretch does not lie in the text.
    """
    asked = stage_of(book, stage)
    return [_result(asked, number, text, entry) for number, entry in enumerate(entries, start=1)]


def to_entries(book: RuleBook, stage: str, results: Sequence[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """Read a result list as the server stores it; what was written by hand is in it as text.

    Raises:
        GovernanceError: A control or a word is none of the rule book's, or the result is none of Label Studio's.
    """
    asked = stage_of(book, stage)
    kept = [each for each in results if each.get("type") != "relation"]
    return tuple(
        entry
        for each in kept
        for entry in _entries(asked, each.get("from_name"), each.get("type"), _mapping(each.get("value")))
    )


def from_outbox(book: RuleBook, stage: str, told: Sequence[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """Read the result list of an outbox row, in which the gate left out all text; what was written is there by digest.

    Raises:
        GovernanceError: A control or a word is none of the rule book's, or the row is none of the gate's.
    """
    asked = stage_of(book, stage)
    return tuple(entry for row in told for entry in _entries(asked, row.get("control"), row.get("type"), row))


def _result(stage: Stage, number: int, text: str, entry: Entry) -> dict[str, Any]:
    control = stage.controls.get(entry.control)
    if control is None:
        raise unknown()
    kind = TYPES[control.kind]
    if kind == "textarea":
        said: dict[str, Any] = {"text": [entry.text]}
    elif kind == "taxonomy":
        said = {"taxonomy": [path(risk) for risk in entry.values]}
    else:
        said = {kind: [word(control, each) for each in entry.values]}
    if kind == "labels":
        said = {"start": entry.start, "end": entry.end, "text": _selected(text, entry.start, entry.end), **said}
    return {
        "id": f"{entry.control}-{number}",
        "from_name": entry.control,
        "to_name": TEXT,
        "type": kind,
        "value": said,
    }


def _selected(text: str, start: int, end: int) -> str:
    if not 0 <= start < end <= len(text):
        raise _misplaced()
    return text[start:end].replace("\n", "\\n").replace("\r", "\\n")


def _entries(stage: Stage, name: object, kind: object, said: Mapping[str, Any]) -> Iterator[Entry]:
    control = stage.controls.get(name) if isinstance(name, str) else None
    if control is None or kind != TYPES[control.kind] or not isinstance(name, str):
        raise unknown()
    match kind:
        case "textarea" if "digests" in said:
            yield from (Entry(name, digest=each) for each in _strings(said["digests"]))
        case "textarea":
            texts = said.get("text")
            yield from (Entry(name, text=each) for each in ([texts] if isinstance(texts, str) else _strings(texts)))
        case "taxonomy":
            yield Entry(name, tuple(_risk(each) for each in _listed(said.get("taxonomy", said.get("paths")))))
        case "labels":
            start, end = said.get("start"), said.get("end")
            if type(start) is not int or type(end) is not int or not 0 <= start < end:
                raise _misplaced()
            yield Entry(name, tuple(value(control, each) for each in _strings(said.get("labels"))), start, end)
        case _:
            yield Entry(name, tuple(value(control, each) for each in _strings(said.get("choices"))))


def _risk(steps: object) -> str:
    told = _strings(steps)
    if not told or told != path(told[-1]):
        raise unknown()
    return told[-1]


def _mapping(found: object) -> Mapping[str, Any]:
    if not isinstance(found, Mapping):
        raise unknown()
    return found


def _listed(found: object) -> list[Any]:
    if not isinstance(found, list):
        raise unknown()
    return found


def _strings(found: object) -> list[str]:
    told = _listed(found)
    if not all(isinstance(each, str) for each in told):
        raise unknown()
    return told


def _misplaced() -> GovernanceError:
    return GovernanceError(
        "A selected stretch does not lie in its text.",
        code="annotation.bad-place",
        remedy="Offsets count code points, half open; correct the hint, or collect the annotation again.",
    )
