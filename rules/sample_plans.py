"""Sampling plans (抽样方案) as data: what is drawn from which frame, how many, for which clause, judged by whom.

One file per plan in ``rules/plans/``. A plan holds no number: its size and its limit are names of thresholds or of
house rules, so that a stricter profile makes every plan stricter.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import ClassVar, Literal

from pydantic import ConfigDict

from provenance.errors import GovernanceError
from provenance.ids import ClauseId
from rules import bounds, reading
from rules.catalog import Catalog

ASSESSMENT, VERIFICATION = "assessment", "verification"
"""The two plans of the 5 % rule, before collection and after it."""
MANUAL, TECHNICAL = "manual", "technical"
"""The two samples of the whole corpus (人工抽检、技术抽检), by people and by keyword library and classifier."""
MACHINE = "machine:"
"""How the judge begins who is a program."""
PI_CHECK = "pi-check"
"""The plan of the check of personal information (个人信息核查)."""


@dataclass(frozen=True)
class Size:
    """How many items are drawn, of each stratum where there are any: a threshold or a house rule, by name.

    ``share`` names a threshold in percent of the frame.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    threshold: str = ""
    house: str = ""
    share: str = ""


@dataclass(frozen=True)
class SamplePlan:
    """One sampling plan.

    Attributes:
        id: Its key.
        zh: Its name in Chinese.
        en: Its name in English.
        clause: The clause it serves.
        frame: The items it draws from: those of files, of one source, or of the whole corpus.
        size: How many; all where the frame has fewer.
        judge: ``person``, or ``machine:NAME/VERSION``.
        strata: Draw from every kind of source apart, or from the frame as a whole.
        dispositions: Which items belong to the frame; all as taken in where empty.
        only: ``synthetic`` for generated items (合成语料) alone.
        limit: Threshold of the share of bad items.
        pass_rate: Threshold of the share of items that pass (合格率); who cannot be judged does not. Where neither is
            named, every item drawn must pass.
        house_limit: House rule of the share of items that fail, in percent of those judged.
        is_raw: Whether people judge it by raw text (原文), which is shown in the annotation server and nowhere else.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    zh: str
    en: str
    clause: ClauseId
    frame: Literal["files", "source", "corpus"]
    size: Size
    judge: str
    strata: Literal["", "source_kind"] = ""
    dispositions: tuple[str, ...] = ()
    only: Literal["", "synthetic"] = ""
    limit: str = ""
    pass_rate: str = ""
    house_limit: str = ""
    is_raw: bool = False

    @property
    def is_machine_judged(self) -> bool:
        """Whether a program judges it, at once."""
        return self.judge.startswith(MACHINE)

    def required(self, catalog: Catalog, profile: str, population: int = 0) -> int:
        """Return how many items are drawn, of each stratum where there are any; items.

        Args:
            catalog: Thresholds and house rules.
            profile: Name of the profile whose numbers apply.
            population: Items of the frame, for a plan that draws a share of it.
        """
        if self.size.share:
            return -(-catalog.required(self.size.share, profile) * population // bounds.WHOLE)
        if self.size.threshold:
            return catalog.required(self.size.threshold, profile)
        return catalog.house.integer(self.size.house)


@functools.cache
def load() -> Mapping[str, SamplePlan]:
    """Load all plans, once per process.

    Raises:
        GovernanceError: A file is not as it must be; file and field are named.
    """
    folder = resources.files("rules").joinpath("plans")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    plans = [reading.shaped(reading.plain(file), SamplePlan, f"plans/{file.name}") for file in files]
    return {plan.id: plan for plan in plans}


def plan(name: str) -> SamplePlan:
    """Return a plan by its key.

    Raises:
        GovernanceError: There is no such plan.
    """
    if name not in load():
        raise GovernanceError(
            "There is no such sampling plan.",
            code="rules.unknown-plan",
            remedy=f"Use one of: {', '.join(load())}.",
        )
    return load()[name]
