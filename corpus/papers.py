"""The hard checks (硬性检查) of a source: which are not met, and the command that meets each."""

from dataclasses import dataclass

from corpus.declarations import Declaration
from corpus.source_states import Source
from pii.entities import Profile, is_sensitive
from provenance.ids import ClauseId
from rules.licences import Licence, Stance, judge
from rules.source_kinds import Check, source_kind


@dataclass(frozen=True, slots=True)
class Missing:
    """A hard check that a source does not meet, in both languages, with the command that would meet it."""

    check: str
    clauses: tuple[ClauseId, ...]
    zh: str
    en: str
    command: str


def missing(source: Source, declaration: Declaration, profile: Profile) -> tuple[Missing, ...]:
    """Run the hard checks of a source's kind.

    Args:
        source: The source with the evidence attached to it.
        declaration: Its latest declaration.
        profile: Which standard says what personal information is sensitive.

    Returns:
        The checks that are not met, in the order of the rules; empty when the source may be admitted.

    Clause:
        R-007, R-008, R-009, R-010, R-011, R-012, R-013, R-014, R-028, R-110, R-111, R-112, R-115
    """
    return tuple(
        found
        for check in source_kind(declaration.kind).checks
        if (found := _unmet(check, source, declaration, profile)) is not None
    )


def _unmet(check: Check, source: Source, declaration: Declaration, profile: Profile) -> Missing | None:
    has_paper = any(kind in source.evidence for kind in check.evidence)
    if check.rule == "licence_policy":
        return _licence_unmet(check, source, declaration, has_paper=has_paper)
    if check.rule == "separate_consent":
        is_kept = any(is_sensitive(entity, profile) for entity in declaration.personal_information.keep)
        return None if has_paper or not is_kept else _told(check, source)
    has_field = any(
        value in check.values if check.values else True for path in check.fields for value in declaration.values(path)
    )
    return None if has_paper or has_field else _told(check, source)


def _licence_unmet(check: Check, source: Source, declaration: Declaration, *, has_paper: bool) -> Missing | None:
    if not declaration.licence:
        return None  # the check basis-named asks for a licence or another basis
    licence = judge(declaration.licence)
    if licence.stance in (Stance.ALLOWED, Stance.DUTY):
        return None
    if licence.stance is Stance.DECISION:
        wanted = ("：须由负责人决定，请附许可决定", " A signed decision on this licence is needed.")
        return None if has_paper else _told(check, source, wanted)
    return _told(check, source, _unusable(licence), _declare_again())


def _unusable(licence: Licence) -> tuple[str, str]:
    if licence.stance is Stance.REFUSED:
        return f"：{licence.spdx} 不可用于训练", f" {licence.spdx} does not allow training."
    if licence.is_expression:
        return "：暂不支持许可表达式，请写一个标识", " Expressions are not read yet: name one identifier."
    if licence.nearest:
        return (
            f"：未知的许可标识，最接近的是 {licence.nearest}",
            f" The identifier is unknown; the nearest known one is {licence.nearest}.",
        )
    return "：未知的许可标识，请用 SPDX 标识", " The identifier is unknown: use an SPDX identifier."


def _told(check: Check, source: Source, more: tuple[str, str] = ("", ""), command: str = "") -> Missing:
    if not command:
        paper = f"yuliao source evidence {source.id} {check.evidence[0]} FILE" if check.evidence else ""
        command = paper or _declare_again()
    return Missing(check.id, check.clauses, check.zh + more[0], check.en + more[1], command)


def _declare_again() -> str:
    return "yuliao source add DECLARATION.yaml"
