"""What the rule data consists of: one frozen dataclass per kind of record, as the YAML files hold them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from pydantic import ConfigDict

from provenance.ids import ClauseId
from rules.certainty import Language, printed, printed_number

Hardness = Literal["shall", "should", "reading", "warning"]
Computable = Literal["Y", "P", "N"]
Sensitivity = bool | Literal["context", "unlisted"]


@dataclass(frozen=True)
class _Strict:
    """Unknown keys are refused: a typing mistake in a file must not silence a rule."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Clause(_Strict):
    """One requirement: where it stands, what it asks in our own words, and how certain that is.

    ``computable`` says whether software can judge it: Y fully, P partly, N not at all.
    """

    id: ClauseId
    key: str
    standard: str
    title_zh: str
    title_en: str
    requirement_zh: str
    requirement_en: str
    certainty: str
    computable: Computable
    evidence: list[str]
    thresholds: list[str]

    def title(self, lang: Language) -> str:
        """Return the short name."""
        return self.title_zh if lang == "zh" else self.title_en

    def requirement(self, lang: Language) -> str:
        """Return what is asked, in our own words."""
        return self.requirement_zh if lang == "zh" else self.requirement_en

    def citation(self, lang: Language) -> str:
        """Return how the clause is cited, with its certainty: ``TC260-003 5.1 a)1)（据公开资料）``.

        A clause of certainty X is named by our own id alone: it is no law.
        """
        words = printed(self.certainty, lang)
        if words is None:
            return str(self.id)
        place = f"{self.standard} {self.key}"
        if not words:
            return place
        return f"{place}（{words}）" if lang == "zh" else f"{place} ({words})"

    @property
    def is_law(self) -> bool:
        """Whether it may be printed as a requirement of a standard or a house rule at all (not X)."""
        return printed(self.certainty, "en") is not None


@dataclass(frozen=True)
class Threshold(_Strict):
    """A number of a standard, with its clause, unit, certainty and hardness.

    ``direction`` says which way is stricter: a ``min`` may be set higher, a ``max`` lower.
    """

    id: str
    value: int
    unit: str
    clause: ClauseId
    direction: Literal["min", "max"]
    certainty: str
    hardness: Hardness
    zh: str
    en: str

    def remark(self, lang: Language) -> str | None:
        """Return what stands beside the number in print; None where it may not be printed as law."""
        return printed_number(self.certainty, lang)

    def is_stricter(self, value: int) -> bool:
        """Whether the value asks at least as much as this threshold."""
        return value >= self.value if self.direction == "min" else value <= self.value


@dataclass(frozen=True)
class Risk(_Strict):
    """One of the 31 risks (安全风险) of Annex A; ``in29`` counts as illegal or harmful content (违法不良信息).

    ``kw``, ``gen`` and ``ref`` are minimums of keywords, generated-content and should-refuse questions.
    """

    id: str
    clause: str
    group: str
    zh: str
    en: str
    kw: int | None
    gen: int | None
    ref: int | None
    in29: bool

    @property
    def in17(self) -> bool:
        """Whether the keyword library must cover it: groups A.1 and A.2, the ones with a minimum of keywords."""
        return self.kw is not None


@dataclass(frozen=True)
class RiskGroup(_Strict):
    """One of the five groups of risks."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True)
class Reason(_Strict):
    """Why an item has its disposition, and the clause that asks for it (empty: practice).

    ``may_release`` says that a named person may let such an item in after a look.
    """

    id: str
    disposition: Literal["admitted", "quarantined", "duplicate", "rejected"]
    clause: str
    zh: str
    en: str
    may_release: bool = False


@dataclass(frozen=True)
class HouseRule(_Strict):
    """A number or list that no standard gives; it prints as house rule, to be checked."""

    id: str
    value: int | list[str]
    unit: str
    certainty: str
    zh: str
    en: str


@dataclass(frozen=True)
class EntityLaw(_Strict):
    """A type of personal information and whether each law book calls it sensitive (敏感个人信息)."""

    id: str
    zh: str
    category: str
    strict_35273: Sensitivity
    gbt45574: Sensitivity

    def is_sensitive(self, law_book: str) -> bool:
        """Whether the law book counts it as sensitive; what depends on context counts until a person decides."""
        return {"strict_35273": self.strict_35273, "gbt45574": self.gbt45574}[law_book] in (True, "context")


@dataclass(frozen=True)
class Words(_Strict):
    """A name in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Profile(_Strict):
    """Whose rules are applied: the national ones, a province's, the house's; stricter only."""

    id: str
    zh: str
    en: str
    note_zh: str
    note_en: str
    certainty: str
    pi_profile: Literal["strict_35273", "gbt45574"]
    reported_under: Mapping[str, str]
    thresholds: Mapping[str, int] = field(default_factory=dict)
