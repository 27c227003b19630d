"""Personal information looked for in files, and what was found held against a gold annotation."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import orjson

from pii import entities
from pii.policy import PiiPolicy
from provenance.errors import ExitCode, GovernanceError, Severity
from provenance.spans import Span

if TYPE_CHECKING:
    from pii.evaluation.score import Estimate, Evaluation
    from pii.names.weights import Setting

Detect = Callable[[str], Sequence[Span]]
"""Finds spans in a text; see :meth:`pii.engine.Detector.detect`."""

_BOM = b"\xef\xbb\xbf"
_KINDS = {"all": "overall", "type": "types", "trick": "tricks", "genre": "genres"}


class Document(NamedTuple):
    """A text to look at; it is None where it cannot be read."""

    id: str
    """Its id; where it cannot be read, its place in the input."""
    text: str | None
    done: int
    """Bytes of a file, or files of a folder, that are behind us with it."""
    total: int


class Wanted(NamedTuple):
    """Which finds are asked for.

    Args:
        types: Names of types; empty for all.
        least: Lowest score, in thousandths.
        policy: Its profile calls each find sensitive or not; None to leave it unsaid.
    """

    types: frozenset[str] = frozenset()
    least: int = 0
    policy: PiiPolicy | None = None


def wanted(types: str, least: float, profile: str | None) -> Wanted:
    """Read which finds are asked for.

    Args:
        types: Names with commas between; empty for all.
        least: Lowest score, 0 to 1.
        profile: A name of :data:`pii.entities.PROFILES`, or None.

    Raises:
        GovernanceError: A type or the profile is unknown.
    """
    names = [name.strip() for name in types.split(",") if name.strip()]
    policy = PiiPolicy(profile=cast("entities.Profile", profile)) if profile is not None else None  # refuses others
    return Wanted(frozenset(entities.entity(name).name for name in names), round(least * 1000), policy)


def detector(setting: "Setting" = "balanced") -> Detect:
    """Return what finds spans in a text.

    Args:
        setting: How names are looked for, ``balanced`` or ``recall``.

    Raises:
        GovernanceError: There is no such setting.
    """
    from pii.engine import Detector  # noqa: PLC0415 - Presidio and spaCy take seconds; no other command waits for them

    return Detector(names=setting).detect


def documents(path: Path) -> Iterator[Document]:
    """Read documents one by one: lines of JSONL, or the files of a folder, whose ids are their relative paths.

    Raises:
        GovernanceError: The file or a file of the folder cannot be opened.
    """
    try:
        if path.is_dir():
            yield from _files(path)
        else:
            yield from _lines(path)
    except OSError as error:
        raise GovernanceError(
            "The documents cannot be read.",
            code="ui.scan-unreadable",
            remedy="Check the path and its permissions.",
            where=str(path),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error


def scan(document: Document, detect: Detect, asked: Wanted) -> dict[str, Any] | None:
    """Return the line of one document as `pii scan` prints it, None where no verdict on it can be had.

    Args:
        document: Read before.
        detect: Finds spans.
        asked: Which of them are wanted.

    Raises:
        GovernanceError: Detection failed, and will on every document.
    """
    if document.text is None:
        return None
    try:
        found = detect(document.text)
    except GovernanceError as error:
        if error.severity is not Severity.FAIL_UNIT:
            raise
        return None
    spans = [
        {"start": span.start, "end": span.end, "type": span.label, "score": span.score / 1000}
        | ({"sensitive": asked.policy.is_sensitive(span.label)} if asked.policy else {})
        for span in found
        if span.score >= asked.least and (not asked.types or span.label in asked.types)
    ]
    return {"id": document.id, "spans": spans}


def types() -> list[dict[str, Any]]:
    """Return the table of types: names, category, sensitivity under both profiles, and whether one is looked for."""
    covered = entities.covered()
    return [
        {
            "entity": each.name,
            "zh": each.zh,
            "en": each.en,
            "category": each.category,
            "sensitive_strict_35273": each.strict_35273.value,
            "sensitive_gbt45574": each.gbt45574.value,
            "covered": each.name in covered,
        }
        for each in entities.ENTITIES.values()
    ]


def evaluate(gold: Path, predictions: Path) -> "Evaluation":
    """Hold predictions against gold.

    Raises:
        GovernanceError: One of the files is not what it must be, or they do not belong together.
    """
    from pii.evaluation import records, score  # noqa: PLC0415 - NumPy takes a while; no other command waits for it

    return score.evaluate(records.pairs(gold, predictions))


def recall(evaluation: "Evaluation") -> float | None:
    """Return the covered recall of all that is personal; None where gold holds nothing."""
    from pii.evaluation.counts import ALL  # noqa: PLC0415 - as above

    return evaluation.estimates[ALL]["covered_recall"].value


def plain(evaluation: "Evaluation") -> dict[str, Any]:
    """Return an evaluation as one JSON object: overall, types, tricks and genres, each measure with its interval."""
    answer: dict[str, Any] = {
        "documents": evaluation.documents,
        "resampled": {"what": "templates" if evaluation.by_template else "documents", "count": evaluation.clusters},
        **{name: {} for name in _KINDS.values()},
    }
    for row, counts in evaluation.counts.items():
        measures = {name: _rounded(each) for name, each in evaluation.estimates[row].items()}
        cell = {"counts": counts._asdict(), "measures": measures}
        if row.kind == "all":
            answer[_KINDS[row.kind]] = cell
        else:
            answer[_KINDS[row.kind]][row.name] = cell
    return answer


def table(evaluation: "Evaluation") -> tuple[list[str], list[list[object]]]:
    """Return heads and rows for a terminal: all, then types, tricks and genres; the interval of the first measure."""
    names = list(next(iter(evaluation.estimates.values())))
    rows: list[list[object]] = []
    for row, counts in evaluation.counts.items():
        estimates = evaluation.estimates[row]
        first = estimates[names[0]]
        values = [_shown(estimates[name].value if name in estimates else None) for name in names]
        values.insert(1, "–".join(_shown(each) for each in (first.low, first.high)) if first.low is not None else "")
        rows.append([row.name or "all", row.kind if row.name else "", counts.gold, *values])
    heads = [name.replace("_", " ") for name in names]
    return ["", "", "gold", heads[0], "95 %", *heads[1:]], rows


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _rounded(estimate: "Estimate") -> dict[str, float | None]:
    return {name: None if value is None else round(value, 6) for name, value in estimate._asdict().items()}


def _files(folder: Path) -> Iterator[Document]:
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    for number, file in enumerate(files, 1):
        try:
            text = file.read_bytes().removeprefix(_BOM).decode()
        except UnicodeDecodeError:
            text = None
        yield Document(str(file.relative_to(folder)), text, number, len(files))


def _lines(path: Path) -> Iterator[Document]:
    total = path.stat().st_size
    done = 0
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            done += len(line)
            if line.strip():
                yield Document(*_record(line.removeprefix(_BOM), number), done, total)


def _record(line: bytes, number: int) -> tuple[str, str | None]:
    place = f"line {number}"
    try:
        document = orjson.loads(line)
        name, text = document["id"], document["text"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return place, None
    return (str(name), text) if isinstance(text, str) and isinstance(name, str | int) else (place, None)
