"""Results of an examination that was held otherwise (线下考核), read from JSON Lines, one person and ability a line."""

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from annotation.people import known
from annotation.people.examination import Scores
from annotation.people.scoring import Scored
from annotation.people.sheets import is_day
from corpus.workspace import Workspace
from provenance.canonical import Json, encode
from provenance.disk import told
from provenance.errors import GovernanceError
from provenance.events import ExamScored
from provenance.ids import digest
from rules.annotation.personnel import ABILITIES, ExamFact

_LONGEST_BYTES = 1 << 20


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)

    person: Annotated[str, StringConstraints(pattern=r"^p-[a-z0-9]{1,30}$")]
    ability: Literal["rules", "tool", "risk", "data_security"]
    right: int = Field(ge=0)
    asked: int = Field(ge=1, le=10_000)


def record(
    workspace: Workspace, path: Path, *, rule_book: str, day: str, pass_percent: int, actor: str
) -> tuple[Scored, ...]:
    """Record results (登记考核成绩), all or none.

    Args:
        workspace: Where.
        path: The file: ``{"person", "ability", "right", "asked"}`` a line.
        rule_book: The rule book that was examined, with its version.
        day: Civil day on which it was held, ``YYYY-MM-DD``.
        pass_percent: Right answers of every hundred that each ability needs.
        actor: Id of the person who acts.

    Returns:
        What each person reached; what was recorded before is not recorded again.

    Raises:
        GovernanceError: A line is not of this form, or names somebody who is not registered; the day is none or lies
            after today; or the rule book is not released.

    Clause:
        R-031, AR-5
    """
    now = known.register(workspace)
    known.require_book(now, rule_book)
    _demand_day(day, workspace.ledger.today())
    results = _read(path)
    known.require_people(now, tuple(results), role="people examined")
    before = {
        (entry.subject, entry.event.answers)
        for entry in workspace.ledger.entries(kinds=(ExamScored.__name__,))
        if isinstance(entry.event, ExamScored)
    }
    found, events = [], {}
    for person, scores in results.items():
        listed: list[Json] = [{"ability": name, "right": right, "asked": asked} for name, right, asked in scores]
        body = encode({"person": person, "rule_book": rule_book, "day": day, "scores": listed})
        is_passed = ExamFact(0, "", rule_book, scores, pass_percent, "").is_passed
        is_new = (person, digest(body)) not in before
        if is_new:
            stored = workspace.evidence.put_bytes(body)
            events[person] = ExamScored(rule_book, scores, pass_percent, is_passed, stored, "")
        found.append(Scored(person, scores, is_passed, is_new))
    with workspace.database.transaction() as session:
        for person, event in events.items():
            workspace.ledger.append(session, actor=actor, subject=person, event=event)
    return tuple(found)


def _read(path: Path) -> Mapping[str, Scores]:
    with told("read the results", path):
        raw = path.read_bytes()
    if len(raw) > _LONGEST_BYTES:
        raise _invalid("it is larger than 1 MiB", path)
    found: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for number, line in enumerate(raw.splitlines(), 1):
        if not line.strip():
            continue
        row = _row(line, number, path)
        if row.right > row.asked:
            raise _invalid(f"line {number} has more right answers than questions", path)
        if row.ability in found[row.person]:
            raise _invalid(f"line {number} gives an ability of a person a second time", path)
        found[row.person][row.ability] = row.right, row.asked
    if not found:
        raise _invalid("it holds no result", path)
    return {
        person: tuple((ability, *scores[ability]) for ability in ABILITIES if ability in scores)
        for person, scores in found.items()
    }


def _row(line: bytes, number: int, path: Path) -> _Row:
    try:
        return _Row.model_validate(json.loads(line))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = str(first["loc"][0]) if first["loc"] and first["type"] != "extra_forbidden" else "a field"
        raise _invalid(f"line {number}: {field} is not as it must be", path) from None
    except ValueError:
        raise _invalid(f"line {number} is no JSON object", path) from None


def _demand_day(day: str, today: str) -> None:
    if not is_day(day) or day > today:
        raise GovernanceError(
            f"The day of the examination is none, or lies after today, {today}.",
            code="annotation.exam-day",
            remedy="Give it with --day YYYY-MM-DD.",
        )


def _invalid(what: str, path: Path) -> GovernanceError:
    return GovernanceError(
        f"The results cannot be recorded: {what}.",
        code="annotation.results-invalid",
        remedy='Write one line for each person and ability: {"person": "p-0001", "ability": "rules", "right": 9, '
        '"asked": 10}; abilities are rules, tool, risk, data_security.',
        where=str(path),
    )
