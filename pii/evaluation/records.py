"""Gold and predictions as JSON Lines, read side by side: of a text only the length is kept.

- gold: ``{"id", "text", "spans": [{"start", "end", "type"}]}``; a span may carry ``trick`` (how its value was written),
  a document ``template`` (what it was rendered from) and ``genre``;
- predictions: ``{"id", "spans": [{"start", "end", "type", "score"}]}``, as ``yuliao pii scan`` prints them.

Places are code points, half-open. What is wrong is told by file and line, never by what stands there.
"""

from collections.abc import Iterator
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from pii.entities import ENTITIES
from provenance.errors import ExitCode, GovernanceError

# fmt: off
STOCK_TYPES = frozenset({
    "AGE", "CREDIT_CARD", "CRYPTO", "DATE_TIME", "EMAIL_ADDRESS",
    "IBAN_CODE", "IP_ADDRESS", "LOCATION", "MAC_ADDRESS", "MEDICAL_LICENSE",
    "NRP", "ORGANIZATION", "PERSON", "PHONE_NUMBER", "UK_NHS",
    "URL", "US_BANK_NUMBER", "US_DRIVER_LICENSE", "US_ITIN", "US_PASSPORT",
    "US_SSN", "UUID",
})
# fmt: on
"""Presidio's own types for English, which gold and predictions may hold besides ours (presidio-analyzer 2.2)."""


class Labelled(NamedTuple):
    """A stretch ``[start, end)`` of a type; ``trick`` is empty where nothing says how it was written."""

    start: int
    end: int
    type: str
    trick: str = ""


class Gold(NamedTuple):
    """An annotated document without its text."""

    id: str
    line: int
    length: int
    """Code points of the text."""
    spans: tuple[Labelled, ...]
    """In text order, none overlapping another."""
    template: str
    genre: str


class Predicted(NamedTuple):
    """What somebody found in a document."""

    id: str
    line: int
    spans: tuple[Labelled, ...]


def pairs(gold: Path, predictions: Path) -> Iterator[tuple[Gold, Predicted]]:
    """Yield each annotated document with what was predicted for it.

    Both files are read once and side by side: where they have the same order, as after ``yuliao pii scan GOLD``, no
    more than one document waits for its other half.

    Raises:
        GovernanceError: A file cannot be read, a line is no record, a type is unknown, a span lies outside its text,
            gold spans overlap, an id stands twice or on one side only.
    """
    golds: dict[str, Gold] = {}
    found: dict[str, Predicted] = {}
    for one, other in zip_longest(_golds(gold), _predictions(predictions)):
        if one:
            golds[one.id] = one
        if other:
            found[other.id] = other
        for name in dict.fromkeys(each.id for each in (one, other) if each):
            if name in golds and name in found:
                yield _checked(golds.pop(name), found.pop(name), predictions)
    if golds:
        raise _missing("predictions", gold, [each.line for each in golds.values()])
    if found:
        raise _missing("gold", predictions, [each.line for each in found.values()])


def _checked(gold: Gold, found: Predicted, path: Path) -> tuple[Gold, Predicted]:
    if any(span.end > gold.length for span in found.spans):
        raise _outside(path, found.line)
    return gold, found


def _golds(path: Path) -> Iterator[Gold]:
    for line, record in _records(path):
        text, template, genre = record.get("text"), record.get("template", ""), record.get("genre", "")
        if not isinstance(text, str) or not isinstance(template, str) or not isinstance(genre, str):
            raise _malformed(path, line)
        spans = tuple(sorted(_spans(record, path, line)))
        if any(span.end > len(text) for span in spans):
            raise _outside(path, line)
        if any(one.end > other.start for one, other in pairwise(spans)):
            raise _refusal("Two gold spans overlap.", "gold-overlaps", "Annotate each character once.", path, line)
        yield Gold(record["id"], line, len(text), spans, template, genre)


def _predictions(path: Path) -> Iterator[Predicted]:
    for line, record in _records(path):
        yield Predicted(record["id"], line, tuple(_spans(record, path, line)))


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number and object of each line, ids checked and made text."""
    seen: set[str] = set()
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    record = _object(line, path, number)
                    if record["id"] in seen:
                        raise _refusal(
                            "This id stood in the file before.",
                            "id-twice",
                            "Give each document one line.",
                            path,
                            number,
                        )
                    seen.add(record["id"])
                    yield number, record
    except OSError as error:
        raise GovernanceError(
            "The file cannot be read.",
            code="pii.evaluation-unreadable",
            remedy="Check the path and its permissions.",
            where=str(path),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error


def _object(line: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise _malformed(path, number) from None  # its message quotes the line
    name = record.get("id") if isinstance(record, dict) else None
    if not isinstance(name, str | int) or isinstance(name, bool):
        raise _malformed(path, number)
    return {**record, "id": str(name)}


def _spans(record: dict[str, Any], path: Path, line: int) -> Iterator[Labelled]:
    spans = record.get("spans")
    if not isinstance(spans, list):
        raise _malformed(path, line)
    for span in spans:
        try:
            one = Labelled(span["start"], span["end"], span["type"], span.get("trick", ""))
        except (KeyError, TypeError, AttributeError):
            raise _malformed(path, line) from None
        if type(one.start) is not int or type(one.end) is not int or not isinstance(one.trick, str):
            raise _malformed(path, line)
        if not 0 <= one.start < one.end:
            raise _outside(path, line)
        if not isinstance(one.type, str) or (one.type not in ENTITIES and one.type not in STOCK_TYPES):
            raise _refusal(
                "A span has a type that is unknown.",
                "evaluation-type",
                "Use the names that `yuliao pii types` lists.",
                path,
                line,
            )
        yield one


def _missing(side: str, path: Path, lines: list[int]) -> GovernanceError:
    return _refusal(
        f"{len(lines)} of these documents {'is' if len(lines) == 1 else 'are'} missing in the file of {side}.",
        "ids-differ",
        "Give both files the same ids; a document in which nothing was found has an empty list of spans.",
        path,
        lines[0],
    )


def _malformed(path: Path, line: int) -> GovernanceError:
    return _refusal(
        "A line is no record of this kind.",
        "evaluation-malformed",
        'Write one JSON object a line: {"id", "text", "spans"} in gold, {"id", "spans"} in predictions,'
        " and each span with start, end and type.",
        path,
        line,
    )


def _outside(path: Path, line: int) -> GovernanceError:
    return _refusal(
        "A span lies outside its text or is empty.",
        "span-outside",
        "Count code points, from 0, the end behind the last one.",
        path,
        line,
    )


def _refusal(message: str, reason: str, remedy: str, path: Path, line: int) -> GovernanceError:
    return GovernanceError(message, code=f"pii.{reason}", remedy=remedy, where=f"{path} line {line}")
