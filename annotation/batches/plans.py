"""A batch plan (批次计划) as a person writes it: what is annotated, by whom, under which rule book, until when.

A plan is checked as a whole, and all its problems are told at once by their fields and lines, none with the value.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from annotation.people.exam_sheet import RuleBookId
from annotation.port import Entry
from corpus.sources import plain_yaml
from corpus.sources.plain_yaml import PlainYamlError
from provenance.canonical import encode
from provenance.disk import told
from provenance.errors import GovernanceError
from provenance.ids import Digest, ItemId, digest
from rules.annotation.batches import ANNOTATE, FUNCTIONAL, INSPECT, INSPECTION, PI_CHECK, REVIEW, SAFETY, SAMPLED

CHECKS: Mapping[str, str] = {SAFETY: REVIEW, FUNCTIONAL: INSPECT, INSPECTION: INSPECT, PI_CHECK: INSPECT}
"""Who checks a batch: reviewers (审核) every safety annotation, inspectors (抽检) a share of a functional batch, and
of a sample every item, which nobody annotates."""
Person = Annotated[str, StringConstraints(pattern=r"^p-[a-z0-9]{1,30}$")]
_Batch = Annotated[str, StringConstraints(pattern=r"^b-[a-z0-9][a-z0-9-]{0,58}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Origin(_Strict):
    """Where items come from: a drawn sample by its ledger entry, or so many admitted items of a source.

    ``files`` are those that a sample was drawn from before anything of them was taken in (采集前安全评估).
    """

    sample: int = Field(default=0, ge=0)
    files: tuple[str, ...] = ()
    source: str = ""
    count: int = Field(default=0, ge=0)


class People(_Strict):
    """Who does what: annotate (标注), review (审核) or inspect (抽检)."""

    annotate: tuple[Person, ...] = ()
    review: tuple[Person, ...] = ()
    inspect: tuple[Person, ...] = ()


class BatchPlan(_Strict):
    """What a plan says.

    Attributes:
        id: The batch's id.
        kind: Safety annotation (安全性标注), functional annotation (功能性标注), inspection (抽检) of a sample, or the
            check of its raw texts for personal information (个人信息核查).
        rule_book: A released version.
        items: Where the items come from; nowhere for a batch that redoes another.
        people: Who does what.
        overlap: People who annotate an item that several annotate.
        double_percent: Share of such items; the house's where it is not said.
        gold: File of gold answers (标准答案), beside the plan; they never reach the server.
        deadline: The last day.
        planned_seconds: Time planned for one item.
        redoes: The batch whose items are annotated anew.
    """

    id: _Batch
    kind: Literal["safety", "functional", "inspection", "pi_check"]
    rule_book: RuleBookId
    items: Origin = Origin()
    people: People
    overlap: int = Field(default=1, ge=1, le=9)
    double_percent: int | None = Field(default=None, ge=0, le=100)
    gold: str = ""
    deadline: dt.date
    planned_seconds: int = Field(default=0, ge=0)
    redoes: _Batch | Literal[""] = ""

    @property
    def duties(self) -> tuple[tuple[str, str], ...]:
        """Every person with their function, in a fixed order."""
        named = {ANNOTATE: self.people.annotate, REVIEW: self.people.review, INSPECT: self.people.inspect}
        return tuple((person, function) for function, people in named.items() for person in sorted(set(people)))


@dataclass(frozen=True)
class Order:
    """A plan that was read, with its gold answers by item."""

    plan: BatchPlan
    gold: Mapping[ItemId, tuple[Entry, ...]]

    @property
    def body(self) -> bytes:
        """Canonical bytes of the plan and the digest of its gold answers: what makes it the same plan."""
        return encode({**self.plan.model_dump(mode="json"), "gold": digest(self.gold_body)})

    @property
    def digest(self) -> Digest:
        """Digest of :attr:`body`."""
        return digest(self.body)

    @property
    def gold_body(self) -> bytes:
        """Canonical bytes of the gold answers."""
        return encode(
            {
                str(item): [{"control": each.control, "values": list(each.values)} for each in entries]
                for item, entries in sorted(self.gold.items())
            }
        )


def read(path: Path) -> Order:
    """Read a plan with the gold answers that it names.

    Raises:
        GovernanceError: A file cannot be read, or is not what it should be; every problem of the plan is told.
    """
    with told("read the batch plan", path):
        raw = path.read_bytes()
    try:
        document = plain_yaml.read(raw)
    except PlainYamlError as error:
        raise _invalid([f"line {error.line}: {error.sentence}"], path) from error
    try:
        plan = _placed(BatchPlan.model_validate(document.content), path.parent)
    except ValidationError as error:
        raise _invalid(sorted(set(_told(error, document))), path) from None
    problems = list(_disagreements(plan))
    if problems:
        raise _invalid(problems, path)
    return Order(plan, _gold(path.parent / plan.gold) if plan.gold else {})


def _placed(plan: BatchPlan, folder: Path) -> BatchPlan:
    """Return a plan whose files are named from the root; those of a plan lie where it lies."""
    files = tuple(str((folder / each).absolute()) for each in plan.items.files)
    return plan.model_copy(update={"items": plan.items.model_copy(update={"files": files})})


def _disagreements(plan: BatchPlan) -> Iterator[str]:
    origins = [bool(plan.items.sample), bool(plan.items.source), bool(plan.redoes)]
    if sum(origins) != 1:
        yield "items: name one origin: `sample`, `source` with `count`, or `redoes` instead of items"
    if bool(plan.items.source) != bool(plan.items.count):
        yield "items: `source` and `count` belong together"
    if plan.items.files and plan.kind != INSPECTION:
        yield "items.files: belong to the inspection of a sample that was drawn before anything was taken in"
    if plan.kind in SAMPLED and not plan.items.sample:
        yield "items: name the drawn sample that is inspected, `sample`"
    for _, function in plan.duties:
        if function not in (INSPECT if plan.kind in SAMPLED else ANNOTATE, CHECKS[plan.kind]):
            yield f"people.{function}: a {plan.kind} batch is checked by those under `{CHECKS[plan.kind]}`"
            return


def _told(error: ValidationError, document: plain_yaml.Document) -> Iterator[str]:
    for each in error.errors(include_input=False, include_url=False):
        path = tuple(each["loc"])
        field = ".".join(map(str, path)) if each["type"] != "extra_forbidden" else ".".join(map(str, path[:-1]))
        sentence = _SENTENCES.get(each["type"], "does not have the form of this field")
        if each["type"] == "literal_error":
            sentence = f"must be {each['ctx']['expected']}"
        yield f"line {document.line(path)}, {field or 'plan'}: {sentence}"


_SENTENCES = {
    "missing": "is required",
    "extra_forbidden": "holds a field that no plan has",
    "int_parsing": "must be a whole number",
    "date_from_datetime_parsing": "must be a day, YYYY-MM-DD",
    "date_parsing": "must be a day, YYYY-MM-DD",
    "string_pattern_mismatch": "does not have the form of such an id",
}


class _Gold(_Strict):
    item: str
    entries: tuple[Entry, ...]


_LINE = TypeAdapter(_Gold)


def _gold(path: Path) -> dict[ItemId, tuple[Entry, ...]]:
    with told("read the gold answers", path):
        lines = path.read_bytes().splitlines()
    found: dict[ItemId, tuple[Entry, ...]] = {}
    for number, line in enumerate(lines, 1):
        try:
            known = _LINE.validate_python(json.loads(line))
            found[ItemId.parse(known.item)] = known.entries
        except (ValueError, GovernanceError):
            raise GovernanceError(
                f"Line {number} of the gold answers is none.",
                code="annotation.gold-invalid",
                remedy='Write {"item": ID, "entries": [{"control": "verdict", "values": ["safe"]}]} on every line.',
                where=str(path),
            ) from None
    return found


def _invalid(problems: list[str], path: Path) -> GovernanceError:
    return GovernanceError(
        f"The batch plan cannot be used: {'; '.join(problems)}.",
        code="annotation.plan-invalid",
        remedy="Correct the file; `yuliao annotate publish --template` prints a whole plan with comments.",
        where=str(path),
    )
