"""The kinds of source (来源类别) as data: what each declares and which papers prove it.

One file per kind in ``rules/sources/``; ``common.yaml`` holds what every declaration states. A field of a kind has the
path ``details.<name>`` in a declaration.
"""

import dataclasses
import difflib
import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter

from provenance.errors import GovernanceError
from provenance.ids import ClauseId
from rules import reading
from rules.records import Words

Rule = Literal["", "licence_policy", "separate_consent", "assessment", "papers_in_force", "parents_admitted"]
"""What a hard check can ask beyond presence; ``corpus.sources.papers`` has a function for each."""
Form = Literal["text", "id", "date", "url", "hosts", "choice", "flag", "list", "sources", "map", "country"]


@dataclass(frozen=True)
class _Strict:
    """Rule data refuses unknown keys: a typing mistake in a file must not silence a check."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Field(_Strict):
    """One field of a declaration: its path, the form of its value, and what to write there.

    ``meanings`` explains the values of a choice. ``moment`` says what a date is bound to: a ``past`` one cannot lie
    after today; one of ``collection`` neither that nor before the registration, unless it is declared so.
    """

    name: str
    form: Form
    zh: str
    en: str
    required: bool = False
    values: tuple[str, ...] = ()
    meanings: Mapping[str, Words] = dataclasses.field(default_factory=dict)
    moment: Literal["", "past", "collection"] = ""
    default: str = ""
    example: str = ""


@dataclass(frozen=True)
class Column(_Strict):
    """A column of a table of evidence: its name, the form of its cells, and whether it or a cell may be missing."""

    name: str
    form: Literal["text", "url", "time", "status", "user"]
    zh: str
    en: str
    required: bool = True
    may_be_empty: bool = False


@dataclass(frozen=True)
class EvidenceKind(_Strict):
    """A kind of evidence (证据): a file, the clauses it serves and what it must show.

    ``period`` names the two fields of the kind that say from when to when the paper is valid; either may be empty.
    ``form`` says how the file is read when it is attached, and ``table`` lists the columns of one that is a table. A
    ``living`` one grows with the source, and every ingest reads it: a newer one takes no admission back.
    """

    name: str
    clauses: tuple[ClauseId, ...]
    zh: str
    en: str
    required: bool = False
    period: tuple[str, ...] = ()
    form: Literal["file", "collection_log", "robots", "consent_table"] = "file"
    table: tuple[Column, ...] = ()
    living: bool = False


@dataclass(frozen=True)
class Check(_Strict):
    """A hard check. It is met by any one piece of its evidence, or by any one of its fields.

    A field meets it when it is filled, or, where ``values`` are listed, when it holds one of them; one of ``filled``
    whenever it is filled. ``rule`` names a check that needs more than presence (``corpus.sources.papers``).
    """

    id: str
    clauses: tuple[ClauseId, ...]
    zh: str
    en: str
    evidence: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    rule: Rule = ""


@dataclass(frozen=True)
class ReportedAs(_Strict):
    """The class of table T3 that reports a kind: fixed, read from a field, or that of its parents."""

    fixed: str = ""
    field: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    parents: str = ""


@dataclass(frozen=True)
class SourceKind(_Strict):
    """A kind of source and all its declaration needs; ``evidence`` and ``checks`` include the common ones."""

    kind: str
    zh: str
    en: str
    reported_as: ReportedAs
    origin: str
    """Field whose value is the source's address or organisation."""
    publisher: str
    """Field whose value is the organisation that published, supplied or made it."""
    fields: tuple[Field, ...]
    evidence: tuple[EvidenceKind, ...]
    checks: tuple[Check, ...]
    examples: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Examples for common fields that differ for this kind."""

    def evidence_kind(self, name: str) -> EvidenceKind:
        """Return a kind of evidence by name.

        Raises:
            GovernanceError: This kind of source knows no such evidence; the nearest name is given.
        """
        for known in self.evidence:
            if known.name == name:
                return known
        names = [known.name for known in self.evidence]
        raise GovernanceError(
            f"A source of kind {self.kind} has no evidence of this kind.{_nearest(name, names)}",
            code="rules.unknown-evidence-kind",
            remedy=f"Use one of: {', '.join(names)}.",
        )


@dataclass(frozen=True)
class _Common(_Strict):
    fields: tuple[Field, ...]
    evidence: tuple[EvidenceKind, ...]
    checks: tuple[Check, ...]


@functools.cache
def load() -> Mapping[str, SourceKind]:
    """Return every kind of source by name, in alphabetical order.

    A required piece of evidence is itself a check with the evidence's name.
    """
    common, kinds = common_fields_and_papers(), {}
    for path in sorted(resources.files("rules").joinpath("sources").iterdir(), key=lambda found: found.name):
        if path.name.endswith(".yaml") and path.name != "common.yaml":
            own = TypeAdapter(SourceKind).validate_python(reading.plain(path))
            papers = own.evidence + common.evidence
            presence = tuple(
                Check(paper.name, paper.clauses, f"缺少{_title(paper.zh)}", _missing(paper), (paper.name,))
                for paper in papers
                if paper.required
            )
            kinds[own.kind] = SourceKind(
                kind=own.kind,
                zh=own.zh,
                en=own.en,
                reported_as=own.reported_as,
                origin=own.origin,
                publisher=own.publisher,
                fields=own.fields,
                evidence=papers,
                checks=presence + own.checks + common.checks,
                examples=own.examples,
            )
    return kinds


@functools.cache
def common_fields_and_papers() -> _Common:
    """Return what every declaration states, the evidence any source may have and the checks all must meet."""
    path = resources.files("rules").joinpath("sources", "common.yaml")
    return TypeAdapter(_Common).validate_python(reading.plain(path))


def source_kind(name: str) -> SourceKind:
    """Return a kind of source by name.

    Raises:
        GovernanceError: There is no such kind; the nearest name is given.
    """
    kinds = load()
    if name not in kinds:
        raise GovernanceError(
            f"There is no source kind of this name.{_nearest(name, list(kinds))}",
            code="rules.unknown-source-kind",
            remedy=f"Use one of: {', '.join(kinds)}.",
        )
    return kinds[name]


def template(kind: str, *, with_examples: bool = False) -> str:
    """Return a declaration of this kind as commented YAML, to be filled in.

    Args:
        kind: Name of the kind, for example ``open_source``.
        with_examples: Fill in every field that has an example, and name a file for every required paper.

    Returns:
        YAML text with a comment in Chinese and English above every field.

    Raises:
        GovernanceError: There is no such kind.
    """
    chosen = source_kind(kind)
    lines = [f"# 来源声明：{chosen.zh} / Source declaration: {chosen.en}", f"kind: {chosen.kind}"]
    group = ""
    for common in common_fields_and_papers().fields:
        parent, _, leaf = common.name.rpartition(".")
        if parent != group and parent:
            lines.append(f"{parent}:")
        group = parent
        example = chosen.examples.get(common.name, common.example)
        lines += _field_lines(common, leaf, example, "  " if parent else "", with_examples=with_examples)
    lines.append("details:")
    for own in chosen.fields:
        lines += _field_lines(own, own.name, own.example, "  ", with_examples=with_examples)
    lines.append("# 证据文件，相对本文件的路径 / evidence files, paths relative to this file")
    lines.append("evidence:")
    decisive = {name for check in chosen.checks for name in check.evidence if len(check.evidence) > 1}
    for paper in chosen.evidence:
        mark = "必备 required" if paper.required else "任一 one of" if paper.name in decisive else "可选 optional"
        lines.append(f"  # {paper.zh} / {paper.en} ({mark}; {', '.join(paper.clauses)})")
        lines += [f"  #   {_described(column)}" for column in paper.table]
        path = f"papers/{paper.name}.txt" if with_examples and paper.required else ""
        lines.append(f'  {paper.name}: "{path}"')
    return "\n".join(lines) + "\n"


def _field_lines(described: Field, leaf: str, example: str, indent: str, *, with_examples: bool) -> Iterator[str]:
    need = "必填 required" if described.required else "可选 optional"
    choices = f"; {' | '.join(described.values)}" if described.values else ""
    hint = f"; 例 e.g. {example}" if example else ""
    yield f"{indent}# {described.zh} / {described.en} ({need}{choices}{hint})"
    for name, meaning in described.meanings.items():
        yield f"{indent}#   {name}: {meaning.zh} / {meaning.en}"
    value = (with_examples and example) or described.default
    is_flow = value and described.form in ("list", "sources", "map")
    yield f"{indent}{leaf}: {value if is_flow else _quoted(value)}"


def _described(column: Column) -> str:
    need = "" if column.required and not column.may_be_empty else "（可空 may be empty）"
    return f"{column.name}: {column.zh} / {column.en}{need}"


def _quoted(value: str) -> str:
    return value if value in ("true", "false") else json.dumps(value, ensure_ascii=False)


def _title(text: str) -> str:
    return text.replace(":", "：").partition("：")[0]


def _missing(paper: EvidenceKind) -> str:
    return f"Missing: {paper.en}."


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f" Did you mean {near[0]}?" if near else ""
