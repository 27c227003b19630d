"""What people write down for the register: plain YAML, every problem told at once by field and line, never by value."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.sources import plain_yaml
from corpus.sources.plain_yaml import Document, KeyPath, PlainYamlError
from provenance.disk import told
from provenance.errors import GovernanceError

_PLAIN_KEY = re.compile(r"[a-z_]{1,20}")
_WORDS = {
    "missing": "is required",
    "extra_forbidden": "holds a field that this file does not have",
    "string_type": "must be text",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be fields below it",
    "model_type": "must be fields below it",
    "int_parsing": "must be a whole number",
    "bool_parsing": "must be yes or no",
    "string_pattern_mismatch": "is no id of this kind, as the template shows it",
}


class Sheet(BaseModel):
    """A part of such a file; unknown fields are refused, for a misspelt one would silence what it says."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


_Sheet = TypeVar("_Sheet", bound=Sheet)


def read(path: Path, shape: type[_Sheet], *, template: str) -> _Sheet:
    """Read a file.

    Args:
        path: The file.
        shape: What it must hold.
        template: Command that prints one with comments, for the remedy.

    Raises:
        GovernanceError: It cannot be read, or does not hold that; every problem is listed.
    """
    with told("read the file", path):
        raw = path.read_bytes()
    return parse(raw, shape, template=template, where=str(path))


def parse(raw: bytes, shape: type[_Sheet], *, template: str, where: str = "") -> _Sheet:
    """Read the bytes of such a file.

    Raises:
        GovernanceError: As for :func:`read`.
    """
    try:
        document = plain_yaml.read(raw)
        return shape.model_validate(document.content)
    except PlainYamlError as error:
        place = f"line {error.line}: " if error.line else ""
        problems = [place + error.sentence.replace("a declaration", "such a file")]
    except ValidationError as error:
        problems = list(dict.fromkeys(_problems(error, document)))
    count = "one problem" if len(problems) == 1 else f"{len(problems)} problems"
    raise GovernanceError(
        f"The file has {count}: {'; '.join(problems)}.",
        code="annotation.sheet-invalid",
        remedy=f"Correct it; `{template}` prints every field with its meaning.",
        where=where,
    )


def is_day(written: str) -> bool:
    """Say whether a text is a civil day, written like 2026-11-22."""
    try:
        return dt.date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _problems(error: ValidationError, document: Document) -> Iterator[str]:
    for each in error.errors(include_input=False, include_url=False):
        path: KeyPath = tuple(each["loc"])
        line = document.line(path)
        printed = _printed(path[:-1] if each["type"] == "extra_forbidden" else path)
        place = ", ".join(part for part in (f"line {line}" if line else "", printed) if part)
        ours = str(each["msg"]).removeprefix("Value error, ")
        sentence = _WORDS.get(each["type"], ours if each["type"] == "value_error" else _in_words(ours))
        yield f"{place}: {sentence}" if place else sentence


def _in_words(message: str) -> str:
    """Say a library's sentence as ours go on: ``must be 'internal' or 'outsourced'``."""
    return message.lower().replace("input should", "must").replace("string should", "must")


def _printed(path: KeyPath) -> str:
    """Print a path as ``people.2.name``, counted from 1; a key that is no field of ours may say anything."""
    parts = [str(part + 1) if isinstance(part, int) else part if _PLAIN_KEY.fullmatch(part) else "…" for part in path]
    return ".".join(parts)
