"""What a rule book (标注规则) consists of, as its YAML file holds it; the texts are Chinese, for Chinese annotators."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from pydantic import ConfigDict

Kind = Literal["functional", "safety", "inspection", "pi_check"]
ControlKind = Literal["one", "several", "risks", "spans", "entities", "text"]

PARTS = ("objective", "format", "method", "quality")
"""The four parts: 目标, 数据格式, 标注方法, 质量指标."""
ANNOTATE, REVIEW, INSPECT = "annotate", "review", "inspect"
STAGES: Mapping[str, tuple[str, ...]] = {
    "functional": (ANNOTATE, REVIEW),
    "safety": (ANNOTATE, REVIEW),
    "inspection": (INSPECT,),
    "pi_check": (INSPECT,),
}
"""The stages (环节) that a book of each kind covers."""
_EXAMPLES = 2
"""Examples of either sort that a rule has at least."""


class _Strict:
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Indicator(_Strict):
    """A quality indicator (质量指标): a sentence, whose ``{value}`` is a threshold or a house rule, by name."""

    zh: str
    threshold: str = ""
    house: str = ""


@dataclass(frozen=True)
class Control(_Strict):
    """One control (控件) of a form.

    Attributes:
        zh: Its heading.
        kind: ``one`` of the options, ``several`` of them, ``risks`` of the 31, ``spans`` of the text under one of the
            options, ``entities`` for spans under the types of personal information, or free ``text``.
        hint: What stands beside it.
        options: What may be chosen: ids with the words of the form, which are what the server stores.
        when: Controls with the options under any of which this one is asked for; empty: always.
        is_required: Whether it must be filled in where it is asked for.
        characters: House rule that says how many characters a text has at least.
    """

    zh: str
    kind: ControlKind
    hint: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_required: bool = True
    characters: str = ""


@dataclass(frozen=True)
class Stage(_Strict):
    """A stage (环节): how it is worked, within which time, on which form.

    Attributes:
        zh: Its name.
        en: Its name in English.
        steps: What to do, in order.
        planned_seconds: Time reserved for one item (R-033).
        controls: Its controls by name, in the order of the form.
    """

    zh: str
    en: str
    steps: tuple[str, ...]
    planned_seconds: int
    controls: Mapping[str, Control]


@dataclass(frozen=True)
class RiskRule(_Strict):
    """The rule for one risk (安全风险): what it is, what belongs to it, what does not, and what to do in between."""

    definition: str = ""
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    borderline: str = ""

    @property
    def lacking(self) -> tuple[str, ...]:
        """The fields that say nothing, or hold fewer than two examples."""
        return (
            *(name for name in ("definition", "borderline") if not getattr(self, name).strip()),
            *(name for name in ("positive", "negative") if len(getattr(self, name)) < _EXAMPLES),
        )


@dataclass(frozen=True)
class Quality(_Strict):
    """A quality (质量要求) to which functional annotation leads: what it means, and how an annotator tells."""

    zh: str
    en: str
    guidance: str


@dataclass(frozen=True)
class RuleBook(_Strict):
    """A rule book in one version.

    Attributes:
        id: Its name.
        version: Counted from 1.
        author: Person id of who wrote it.
        kind: What it is for.
        zh: Its title.
        en: Its title in English.
        effective: From when and for what it applies.
        lapses: Whether qualifications for earlier versions end with it.
        min_seconds: Time under which the gate takes no submission, 0 for none.
        objective: The first part, 目标.
        format: The second, 数据格式.
        method: The third, 标注方法.
        quality: The fourth, 质量指标.
        stages: Stages by id.
        risks: Rules by risk.
        qualities: What the outcome is to be, for functional annotation.
        is_internal: Whether only internal people (内部人员) may work by it.
    """

    id: str
    version: int
    author: str
    kind: Kind
    zh: str
    en: str
    effective: str
    lapses: bool
    stages: Mapping[str, Stage]
    min_seconds: int = 0
    objective: tuple[str, ...] = ()
    format: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    quality: tuple[Indicator, ...] = ()
    risks: Mapping[str, RiskRule] = field(default_factory=dict)
    qualities: Mapping[str, Quality] = field(default_factory=dict)
    is_internal: bool = False

    @property
    def name(self) -> str:
        """The book with its version, ``safety@1``."""
        return f"{self.id}@{self.version}"

    @property
    def parts(self) -> tuple[str, ...]:
        """Which of the four parts say something."""
        return tuple(part for part in PARTS if getattr(self, part))
