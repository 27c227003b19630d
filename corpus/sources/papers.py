"""The hard checks (硬性检查) of a source: which are not met, and the command that meets each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corpus.sources import lineage
from corpus.sources.declarations import Declaration
from corpus.sources.states import Source
from pii.entities import Profile, is_sensitive
from provenance.ids import ClauseId, SourceId
from rules.licences import Stance, judge
from rules.samples import Standing
from rules.source_kinds import Check, Rule, source_kind


@dataclass(frozen=True, slots=True)
class Missing:
    """A hard check that a source does not meet, in both languages, with the command that would meet it."""

    check: str
    clauses: tuple[ClauseId, ...]
    zh: str
    en: str
    command: str


@dataclass(frozen=True, slots=True)
class House:
    """What the checks need to know beside the source itself.

    Attributes:
        profile: Which standard says what personal information is sensitive.
        today: Civil day, against which periods are held.
        sources: Every declared source, the parents among them.
        standings: What came of assessments and verifications; a source that is not there had none.
    """

    profile: Profile
    today: str
    sources: Mapping[SourceId, Source]
    standings: Mapping[SourceId, Standing]


@dataclass(frozen=True, slots=True)
class _Case:
    check: Check
    source: Source
    declaration: Declaration
    house: House

    @property
    def has_paper(self) -> bool:
        return any(kind in self.source.evidence for kind in self.check.evidence)

    @property
    def has_field(self) -> bool:
        stated, check = self.declaration.values, self.check
        listed = any(value in check.values if check.values else True for path in check.fields for value in stated(path))
        return listed or any(stated(path) for path in check.filled)

    def told(self, zh: str = "", en: str = "", command: str = "") -> Missing:
        """Return the check as one that is not met, with more words and another command where there are any."""
        check, name = self.check, self.source.id
        usual = f"yuliao source evidence {name} {check.evidence[0]} FILE" if check.evidence else _DECLARE
        return Missing(check.id, check.clauses, check.zh + zh, check.en + en, command or usual)


_DECLARE = "yuliao source add DECLARATION.yaml"


def missing(source: Source, declaration: Declaration, house: House) -> tuple[Missing, ...]:
    """Run the hard checks of a source's kind.

    Args:
        source: The source with the evidence attached to it.
        declaration: Its latest declaration.
        house: What else there is to know.

    Returns:
        The checks that are not met, in the order of the rules; empty when the source may be admitted.

    Clause:
        R-001, R-007, R-008, R-009, R-010, R-011, R-012, R-013, R-014, R-028, R-110, R-111, R-112, R-115
    """
    cases = (_Case(check, source, declaration, house) for check in source_kind(declaration.kind).checks)
    return tuple(found for case in cases if (found := _RULES[case.check.rule](case)) is not None)


def _presence(case: _Case) -> Missing | None:
    return None if case.has_paper or case.has_field else case.told()


def _assessment(case: _Case) -> Missing | None:
    """Ask for a passed assessment (采集前安全评估) of what was not collected before; over the limit nothing passes."""
    name = case.source.id
    standing = case.house.standings.get(name, Standing())
    if standing.verification == "failed":
        return case.told(
            "：采集后核验超过限度",
            " The verification after collection is over the limit.",
            f"yuliao sample draw verification --source {name} --reason REASON",
        )
    if standing.assessment == "passed" or (case.has_field and standing.assessment != "failed"):
        return None
    more = ("：评估超过限度", " The assessment is over the limit.") if standing.assessment == "failed" else ("", "")
    return case.told(*more, f"yuliao source assess {name} PATH")


def _papers_in_force(case: _Case) -> Missing | None:
    today = case.house.today
    for paper in case.source.evidence.values():
        if paper.valid_to and paper.valid_to < today:
            return case.told(
                f"：{paper.kind} 已于 {paper.valid_to} 到期，请声明新的期限并附续期材料",
                f" The {paper.kind} expired on {paper.valid_to}: declare the new period with the renewed paper.",
            )
        if today < paper.valid_from:
            return case.told(
                f"：{paper.kind} 自 {paper.valid_from} 起生效",
                f" The {paper.kind} is valid from {paper.valid_from} on.",
                f"yuliao source admit {case.source.id} --reason REASON",
            )
    return None


def _parents_admitted(case: _Case) -> Missing | None:
    closed = lineage.closed_ancestors(case.source, case.house.sources)
    if not closed:
        return None
    told = ", ".join(f"{each.id} ({each.state})" for each in closed)
    return case.told(f"：{told}", f" Not admitted: {told}.", f"yuliao source show {closed[0].id}")


def _separate_consent(case: _Case) -> Missing | None:
    is_kept = any(is_sensitive(entity, case.house.profile) for entity in case.declaration.personal_information.keep)
    return None if case.has_paper or not is_kept else case.told()


def _licence_policy(case: _Case) -> Missing | None:
    if not case.declaration.licence:
        return None  # the check basis-named asks for a licence or another basis
    licence = judge(case.declaration.licence, case.declaration.intended_uses)
    is_decided = licence.stance is Stance.DECISION and case.has_paper
    if licence.stance.is_open or is_decided:
        return None
    zh, en = "；".join(each.zh for each in licence.why), " ".join(each.en for each in licence.why)
    return case.told(f"：{zh}", f" {en}", "" if licence.stance is Stance.DECISION else _DECLARE)


_RULES: Mapping[Rule, Callable[[_Case], Missing | None]] = {
    "": _presence,
    "assessment": _assessment,
    "papers_in_force": _papers_in_force,
    "parents_admitted": _parents_admitted,
    "separate_consent": _separate_consent,
    "licence_policy": _licence_policy,
}
