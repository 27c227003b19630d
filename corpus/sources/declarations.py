"""Reading a declaration (来源声明): what a person states about a source before anything of it is taken in.

A declaration is checked as a whole and all its problems are told at once, each with the path of the field and its line,
none with the value: a wrong value may well be a personal one.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from corpus.sources import plain_yaml
from corpus.sources.declared import Declaration, form_problem, is_day
from corpus.sources.plain_yaml import Plain, PlainYamlError
from provenance.errors import GovernanceError
from provenance.ids import Digest, digest
from rules.source_kinds import SourceKind, source_kind

__all__ = ["Declaration", "Problem", "Read", "parse", "read"]

_KEY = re.compile(r"[A-Za-z][A-Za-z_]{0,39}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a declaration: the field's path, its line (0 where it is not written) and a sentence."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """Print as ``line 4, region.country: must be ...``."""
        place = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.path) if part)
        return f"{place}: {self.sentence}" if place else self.sentence


@dataclass(frozen=True, slots=True)
class Read:
    """A declaration with the bytes it was read from and their digest."""

    declaration: Declaration
    raw: bytes
    digest: Digest
    document: plain_yaml.Document


def read(path: Path) -> Read:
    """Read a declaration from a file.

    Raises:
        GovernanceError: The file cannot be read, or it is no valid declaration; every problem is listed.
    """
    try:
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        raise GovernanceError(
            "The declaration cannot be read.",
            code="corpus.declaration-unreadable",
            remedy="Check the path and the right to read it; `yuliao source template KIND` prints a new one.",
            where=str(path),
        ) from error
    return parse(raw, where=str(path))


def parse(raw: bytes, *, where: str = "") -> Read:
    """Read a declaration from its bytes.

    Args:
        raw: YAML in UTF-8.
        where: The file's path, for the message.

    Raises:
        GovernanceError: It is no valid declaration; every problem is listed with path and line, none with a value.
    """
    try:
        document = plain_yaml.read(raw)
    except PlainYamlError as error:
        raise _refusal([Problem("", error.line, error.sentence)], where) from error
    problems = list(_kind_problems(document))
    declaration = None
    try:
        declaration = Declaration.model_validate(document.content)
    except ValidationError as error:
        problems = [*_told(error, document), *problems]
    if declaration is None or problems:
        raise _refusal(sorted(set(problems), key=lambda each: (each.line, each.path)), where)
    return Read(declaration, raw, digest(raw), document)


def _refusal(problems: list[Problem], where: str) -> GovernanceError:
    count = "one problem" if len(problems) == 1 else f"{len(problems)} problems"
    return GovernanceError(
        f"The declaration has {count}: {'; '.join(map(str, problems))}.",
        code="corpus.declaration-invalid",
        remedy="Correct the file; `yuliao source template KIND` prints every field with its meaning.",
        where=where,
    )


_SENTENCES = {
    "missing": "is required",
    "string_type": "must be text",
    "dict_type": "must hold fields of its own",
    "model_type": "must hold fields of its own",
    "tuple_type": "must be a list such as [zh]",
    "too_short": "must name at least one",
}


def _told(error: ValidationError, document: plain_yaml.Document) -> Iterator[Problem]:
    for each in error.errors(include_input=False, include_url=False):
        path = tuple(part for part in each["loc"] if part != "[key]")
        if path and path[0] == "details" and each["type"] != "dict_type":
            continue  # the kind's own fields are told by their forms
        if each["type"] == "extra_forbidden":
            yield _unknown_key(path, list(_siblings(path[:-1])), document)
            continue
        context = each.get("ctx", {})
        sentence = _SENTENCES.get(each["type"], "does not have the form of this field")
        if each["type"] == "value_error":
            sentence = str(context["error"])
        elif each["type"] == "literal_error":
            sentence = f"must be {context['expected']}"
        line = 0 if each["type"] == "missing" else document.line(path)
        yield Problem(_printed(path), line, sentence)


def _siblings(parent: plain_yaml.KeyPath) -> Iterator[str]:
    model: type[BaseModel] = Declaration
    for part in parent:
        annotation = model.model_fields[str(part)].annotation
        assert isinstance(annotation, type)
        assert issubclass(annotation, BaseModel)
        model = annotation
    for name, described in model.model_fields.items():
        yield described.alias or name


def _unknown_key(path: plain_yaml.KeyPath, known: list[str], document: plain_yaml.Document) -> Problem:
    near = difflib.get_close_matches(str(path[-1]), known, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return Problem(_printed(path), document.line(path), f"is no field of this declaration{hint}")


def _printed(path: plain_yaml.KeyPath) -> str:
    """Print a path without anything that could be a value: a key of unusual form is not repeated."""
    parts = [str(part) if isinstance(part, int) or _KEY.fullmatch(part) else "(a key)" for part in path]
    return ".".join(parts)


def _kind_problems(document: plain_yaml.Document) -> Iterator[Problem]:
    """Check what depends on the kind: the names under ``evidence`` and the fields under ``details``."""
    name = document.content.get("kind")
    if not isinstance(name, str):
        return
    try:
        kind = source_kind(name)
    except GovernanceError as error:
        yield Problem("kind", document.line(("kind",)), f"{error.message} {error.remedy}".rstrip("."))
        return
    yield from _paper_problems(kind, document)
    details = document.content.get("details") or {}
    if not isinstance(details, dict):
        return
    fields = {each.name: each for each in kind.fields}
    for key in details.keys() - fields.keys():
        yield _unknown_key(("details", key), list(fields), document)
    for field in kind.fields:
        sentence = form_problem(field, details.get(field.name, ""))
        if sentence:
            path = ("details", field.name)
            yield Problem(_printed(path), document.line(path) if field.name in details else 0, sentence)
    yield from _period_problems(kind, details, document)


def _paper_problems(kind: SourceKind, document: plain_yaml.Document) -> Iterator[Problem]:
    papers = document.content.get("evidence") or {}
    known = [paper.name for paper in kind.evidence]
    for key in papers if isinstance(papers, dict) else ():
        if key not in known:
            yield _unknown_key(("evidence", key), known, document)


def _period_problems(
    kind: SourceKind, details: Mapping[str, Plain], document: plain_yaml.Document
) -> Iterator[Problem]:
    for paper in kind.evidence:
        days = [details.get(name, "") for name in paper.period]
        is_reversed = len(days) == 2 and all(is_day(day) for day in days) and str(days[1]) < str(days[0])
        if is_reversed:
            path = ("details", paper.period[1])
            yield Problem(_printed(path), document.line(path), f"lies before {paper.period[0]}")
