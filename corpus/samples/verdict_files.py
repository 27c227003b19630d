"""Files of verdicts (检查结论文件): JSON Lines, one drawn item a line, read and checked as a whole.

Every problem is told at once by its line, none with the value: a wrong value may well be a personal one. A line whose
verdict is empty is not filled in yet and says nothing; the text that a work sheet carries is passed by.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from corpus.sources.evidence_files import Scan
from provenance.clock import stamp
from provenance.disk import told
from provenance.errors import GovernanceError
from provenance.ids import ItemId

PASS, FAIL, CANNOT_JUDGE = VERDICTS = ("pass", "fail", "cannot_judge")
_FIELDS = frozenset({"item", "inspector", "verdict", "risks", "at"})
_PASSED_BY = frozenset({"text"})
_PERSON = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
_TOLD = 20
"""Problems that are told one by one; of more only the number."""
_LONGEST_LINE = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an inspector says of an item: pass, fail by these risks, or that it cannot be judged.

    ``faults`` are what a program found wrong with the item's records; a person gives risks.
    """

    item: ItemId
    inspector: str
    verdict: str
    risks: tuple[str, ...]
    at: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expected:
    """What verdicts are checked against.

    Attributes:
        items: The items drawn.
        risks: Ids of all risks there are.
        drawn_at: When the sample was drawn, UTC.
        now: The present moment, UTC.
        scan: Finds personal information in an inspector's id.
    """

    items: Collection[ItemId]
    risks: Collection[str]
    drawn_at: str
    now: str
    scan: Scan


def read(path: Path, expected: Expected) -> dict[ItemId, Verdict]:
    """Read a file of verdicts on a sample.

    Args:
        path: JSON Lines in UTF-8, with or without a byte order mark, lines ended either way.
        expected: What it is checked against.

    Raises:
        GovernanceError: It cannot be read, or has problems, which are told with their lines; nothing of it counts.

    Clause:
        R-001, R-002, R-003
    """
    found: dict[ItemId, Verdict] = {}
    problems: list[str] = []
    for number, line in _lines(path):
        try:
            verdict = _verdict(line, expected)
            if verdict is not None and verdict.item in found:
                raise _ProblemError("its item stands on an earlier line")  # noqa: TRY301  # joins the line's problems
        except _ProblemError as problem:
            problems.append(f"line {number}: {problem}")
        else:
            if verdict is not None:
                found[verdict.item] = verdict
    if problems:
        raise _refusal(problems, path)
    return found


def write(verdicts: Mapping[ItemId, Verdict]) -> bytes:
    """Return verdicts as they are stored: sorted by item, without any text."""
    return b"".join(
        orjson.dumps(
            {
                "item": str(item),
                "inspector": each.inspector,
                "verdict": each.verdict,
                "risks": each.risks,
                "at": each.at,
                **({"faults": each.faults} if each.faults else {}),
            },
            option=orjson.OPT_APPEND_NEWLINE,
        )
        for item, each in sorted(verdicts.items())
    )


def parse(stored: bytes) -> dict[ItemId, Verdict]:
    """Read stored verdicts back."""
    rows = [orjson.loads(line) for line in stored.splitlines()]
    return {
        item: Verdict(
            item, row["inspector"], row["verdict"], tuple(row["risks"]), row["at"], tuple(row.get("faults", ()))
        )
        for row in rows
        for item in (ItemId.parse(row["item"]),)
    }


class _ProblemError(Exception):
    """What is wrong with a line, without its values."""


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with told("read the file of verdicts", path), path.open("rb") as file:
        number = 0
        while line := file.readline(_LONGEST_LINE):
            number += 1
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if line.strip():
                yield number, line


def _verdict(line: bytes, expected: Expected) -> Verdict | None:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise _ProblemError("it is no JSON in UTF-8") from None
    if not isinstance(row, dict) or row.keys() - _PASSED_BY != _FIELDS:
        raise _ProblemError(f"it must be an object with the fields {', '.join(sorted(_FIELDS))}")
    item = _item(row["item"], expected)
    if row["verdict"] == "":
        return None
    if row["verdict"] not in VERDICTS:
        raise _ProblemError(f"the verdict must be one of {', '.join(VERDICTS)}")
    return Verdict(
        item, _inspector(row["inspector"], expected), row["verdict"], _risks(row, expected), _time(row, expected)
    )


def _item(value: object, expected: Expected) -> ItemId:
    try:
        item = ItemId.parse(value if isinstance(value, str) else "")
    except GovernanceError:
        raise _ProblemError("the item is no item id") from None
    if item not in expected.items:
        raise _ProblemError("the item was not drawn in this sample")
    return item


def _inspector(value: object, expected: Expected) -> str:
    if not isinstance(value, str) or not _PERSON.fullmatch(value) or expected.scan(value):
        raise _ProblemError("the inspector must be a person id such as p-017: letters, digits and hyphens, no name")
    return value


def _risks(row: Mapping[str, Any], expected: Expected) -> tuple[str, ...]:
    risks = row["risks"]
    if not isinstance(risks, list) or not all(isinstance(each, str) and each in expected.risks for each in risks):
        raise _ProblemError("the risks must be a list of risk ids such as A1a")
    if row["verdict"] == FAIL and not risks:
        raise _ProblemError("an item that fails needs at least one risk")
    if row["verdict"] != FAIL and risks:
        raise _ProblemError("only an item that fails has risks")
    return tuple(sorted(set(risks)))


def _time(row: Mapping[str, Any], expected: Expected) -> str:
    try:
        moment = dt.datetime.fromisoformat(row["at"])
        told_at = stamp(moment) if moment.tzinfo else ""
    except (TypeError, ValueError, OverflowError):
        told_at = ""
    if not told_at:
        raise _ProblemError("the time must be written like 2026-11-22T08:30:00Z")
    if told_at < expected.drawn_at:
        raise _ProblemError("the time lies before the sample was drawn")
    if told_at > expected.now:
        raise _ProblemError("the time lies in the future")
    return told_at


def _refusal(problems: list[str], path: Path) -> GovernanceError:
    count = "one problem" if len(problems) == 1 else f"{len(problems)} problems"
    more = f"; and {len(problems) - _TOLD} more" if len(problems) > _TOLD else ""
    return GovernanceError(
        f"The file of verdicts has {count}, and nothing of it was recorded: {'; '.join(problems[:_TOLD])}{more}.",
        code="corpus.verdicts-invalid",
        remedy="Correct these lines and run the same command again.",
        where=str(path),
    )
