"""Recognise the labels of generated content (生成合成标识) of items, by the words of ``labels.yaml``.

- A label is found, never removed (R-305): nothing here returns a text.
- It is told by the names of its fields, by one strict pattern over a bounded stretch. No YAML or JSON of a corpus is
  parsed, so that neither a broken nor a hostile one can do anything but go unrecognised.
- Prose about labels is no label: at the head of a text the whole frame must be there, and words must be a statement.
"""

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import ClassVar, NamedTuple

from pydantic import ConfigDict

from rules import reading
from rules.records import Words

METADATA, FRONT_MATTER, HEAD, WORDS, SOURCE = PLACES = ("metadata", "front-matter", "head", "words", "source")
"""Where a label stood: a member, column or the file's metadata; the text's front matter; its first JSON object; its
own words; or nowhere, its source being declared as synthetic."""
STATED, DECLARED = "stated", "declared"


class _Strict:
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Implicit(_Strict):
    """The metadata label: its key, its field names, and how many of them make one."""

    clause: str
    certainty: str
    key: str
    fields: tuple[str, ...]
    fields_min: int
    head_max: int
    version_fields: tuple[str, ...]


@dataclass(frozen=True)
class Values(_Strict):
    """What the values of ``Label`` mean."""

    clause: str
    certainty: str
    known: Mapping[str, str]
    otherwise: str


@dataclass(frozen=True)
class Producer(_Strict):
    """The form of a producer's code."""

    clause: str
    certainty: str
    expression: str


@dataclass(frozen=True)
class Explicit(_Strict):
    """The words of an explicit label and where they are looked for."""

    clause: str
    certainty: str
    reach: int
    clauses_first: int
    clauses_last: int
    denials: tuple[str, ...]
    statements: tuple[str, ...]
    alone: tuple[str, ...]
    bracketed: tuple[str, ...]


@dataclass(frozen=True)
class LabelRules(_Strict):
    """All of ``labels.yaml``; plain values, so that they are part of a plan's configuration."""

    implicit: Implicit
    values: Values
    producer: Producer
    explicit: Explicit
    certainties: Mapping[str, Words]


@functools.cache
def load() -> LabelRules:
    """Return how labels are recognised in this edition of the rules.

    Raises:
        GovernanceError: The file is not as it must be.
    """
    file = resources.files("rules").joinpath("labels.yaml")
    return reading.shaped(reading.plain(file), LabelRules, file.name)


class Label(NamedTuple):
    """A label as it was found: how certain, where, whose code (empty unless it has the form), with version or not."""

    certainty: str
    place: str
    producer: str = ""
    has_version: bool = False


_CLAUSE = re.compile(r"[^。!?;,\n:()【】〔〕\[\]]+")
"""A clause of a folded text."""
_OPEN, _CLOSE = "(【[〔", ")】]〕"
_MAY_STATE = re.compile("[aAａＡ][iIｉＩ]|人工智能")
"""What a text that says so holds, before it is folded."""
_FENCE = re.compile(r"\A\s*---[ \t]*\n")
_FENCE_END = re.compile(r"^(?:---|\.\.\.|```)", re.MULTILINE)
_YAML_LINE = re.compile(r"[ \t#-].*|[^\s:]{1,64}\s?:.*|")


class LabelReader:
    """The rules made ready to read.

    Args:
        rules: What counts as a label.
    """

    def __init__(self, rules: LabelRules) -> None:
        self._rules, implicit = rules, rules.implicit
        key, names = re.escape(implicit.key), "|".join(map(re.escape, (*implicit.fields, *implicit.version_fields)))
        self._field = re.compile(
            rf"(?<!\w)({names})(?!\w)[\\\"']*[ \t]*[:=][ \t]*[\\\"']*([^\\\"',{{}}\[\]\n]*)"  # any layout, one pattern
        )
        self._block = re.compile(
            rf"^[\"']?{key}[\"']?[ \t]*:[^\n]*(?:\n(?:[ \t][^\n]*|[\"']?(?:{names})[\"']?[ \t]*:[^\n]*))*", re.MULTILINE
        )
        self._object = re.compile(rf"\A[\s\"'\\]*\{{[\s\"'\\]*{key}[\s\"'\\]*:([^}}]*)")
        self._producer = re.compile(rules.producer.expression)
        says = rules.explicit
        self._statement, self._alone, self._bracketed = (
            re.compile("|".join(f"(?:{each})" for each in words))
            for words in (says.statements, says.alone, says.bracketed)
        )

    def read(self, text: str, beside: str | None = None) -> Label | None:
        """Find the label of an item; what is most certain comes first.

        Args:
            text: The item's text, normalised and before anything is stripped from it.
            beside: What its ``AIGC`` member, column or file metadata holds.

        Clause:
            R-300, R-301, R-302, R-303, R-304, R-305, R-307
        """
        head = text[: self._rules.implicit.head_max]
        found = self._beside(beside) if beside else None
        if not found and self._rules.implicit.key in head:
            found = self._front_matter(head) or self._head_object(head)
        return found or (Label(STATED, WORDS) if self._is_stated(text) else None)

    def _beside(self, label: str) -> Label | None:
        stretch = label[: self._rules.implicit.head_max]
        fields = self._fields(stretch)
        if self._rules.implicit.fields[0] in fields or len(fields) >= self._rules.implicit.fields_min:
            return self._label(fields, METADATA)
        certainty = self._rules.values.known.get(stretch.strip(" \t\"'"))
        if certainty:
            return Label(certainty, METADATA)
        return Label(STATED, METADATA) if self._is_stated(stretch) else None

    def _front_matter(self, head: str) -> Label | None:
        fence = _FENCE.match(head)
        if not fence:
            return None
        end = _FENCE_END.search(head, fence.end())
        matter = head[fence.end() : end.start() if end else len(head)]
        block = self._block.search(matter)
        if not block or not all(map(_YAML_LINE.fullmatch, matter[: block.start()].split("\n"))):
            return None
        return self._framed(block[0], FRONT_MATTER)

    def _head_object(self, head: str) -> Label | None:
        found = self._object.match(head)
        return self._framed(found[1], HEAD) if found else None

    def _framed(self, stretch: str, place: str) -> Label | None:
        fields = self._fields(stretch)
        is_whole = len(fields) >= self._rules.implicit.fields_min and self._rules.implicit.fields[0] in fields
        return self._label(fields, place) if is_whole else None

    def _fields(self, stretch: str) -> dict[str, str]:
        """Return the fields of a label by name; the first of a name counts."""
        found: dict[str, str] = {}
        for name, value in self._field.findall(stretch):
            found.setdefault(name, value.strip())
        return found

    def _label(self, fields: Mapping[str, str], place: str) -> Label:
        implicit, values = self._rules.implicit, self._rules.values
        named = fields.get(implicit.fields[1], "")
        return Label(
            values.known.get(fields.get(implicit.fields[0], ""), values.otherwise),
            place,
            named if self._producer.fullmatch(named) else "",
            any(fields.get(name) for name in implicit.version_fields),
        )

    def _is_stated(self, text: str) -> bool:
        """Whether the first or last clauses say in words that this was generated."""
        says, is_cut = self._rules.explicit, len(text) > self._rules.explicit.reach
        first, last = text[: says.reach], text[-says.reach :]
        if not (_MAY_STATE.search(first) or _MAY_STATE.search(last)):
            return False
        first, last = _folded(first), _folded(last)
        opening, closing = list(_CLAUSE.finditer(first)), list(_CLAUSE.finditer(last))
        if is_cut:  # what reaches the cut is a part of a clause
            opening = [clause for clause in opening if clause.end() < len(first)]
            closing = [clause for clause in closing if clause.start() > 0]
        return any(self._states(first, clause) for clause in opening[: says.clauses_first]) or any(
            self._states(last, clause) for clause in closing[-says.clauses_last :]
        )

    def _states(self, text: str, clause: re.Match[str]) -> bool:
        said = clause[0].strip()
        before, after = text[clause.start() - 1 : clause.start()], text[clause.end() : clause.end() + 1]
        if after == "?" or any(word in said for word in self._rules.explicit.denials):
            return False
        is_bracketed = bool(before and after) and before in _OPEN and after in _CLOSE
        is_line = before in ("", "\n") and after in ("", "\n", "。")
        return bool(
            self._statement.fullmatch(said)
            or ((is_bracketed or is_line) and self._alone.fullmatch(said))
            or (is_bracketed and self._bracketed.fullmatch(said))
        )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper()
