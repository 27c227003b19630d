"""Checks on the rule books (标注规则) that were released: their parts, their stages, the risks they cover."""

from collections.abc import Iterator, Sequence

from provenance.ids import ClauseId
from rules.annotation.book_gaps import PART_NAMES
from rules.annotation.book_records import ANNOTATE, PARTS, REVIEW
from rules.annotation.books import BookFact, in_force
from rules.catalog import Catalog
from rules.facts import Facts
from rules.findings import Finding, Verdict, confirming, requirement, together
from rules.records import Words

_KINDS = {"functional": "功能性", "safety": "安全性"}
_BOTH = {ANNOTATE, REVIEW}
_STATED = Words("已发布", "released")


def four_parts(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask whether every rule book in force states objective, data format, method and quality indicators.

    Clause:
        R-034
    """
    found = _of_kinds(facts, *_KINDS)
    lacking = {each.id: [PART_NAMES[part] for part in PARTS if part not in each.parts] for each in found}
    short = [f"{name} 缺 {'、'.join(parts)}" for name, parts in lacking.items() if parts]
    names = ", ".join(name for name, parts in lacking.items() if parts)
    measured = (
        Words("；".join(short), f"parts are missing in {names}")
        if short
        else _released(found, "四个部分齐全", "all four parts")
    )
    yield _finding(catalog, "R-034", found, is_met=not short, measured=measured)


def both_kinds(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask for one rule book of either kind, each with the stages of annotation and review.

    Clause:
        R-035
    """
    found = _of_kinds(facts, *_KINDS)
    partial = [each.id for each in found if not set(each.stages) >= _BOTH]
    absent = [kind for kind in _KINDS if kind not in {each.kind for each in found}]
    if partial:
        measured = Words(f"未覆盖标注和审核：{'、'.join(partial)}", f"a stage is missing in {', '.join(partial)}")
        yield _finding(catalog, "R-035", found, is_met=False, measured=measured)
    elif absent:
        zh = f"尚未发布：{'、'.join(f'{_KINDS[kind]}标注规则' for kind in absent)}"
        measured = Words(zh, f"not released: {', '.join(absent)}")
        refs = tuple(f"#{each.seq}" for each in found)
        yield Finding(
            ClauseId("R-035"),
            "rule-books",
            Verdict.UNPROVEN,
            measured,
            requirement(catalog, "R-035"),
            refs,
            f"yuliao rules approve {absent[0]}",
        )
    else:
        measured = _released(found, "两类规则各有标注、审核环节", "both kinds, each with both stages")
        yield _finding(catalog, "R-035", found, is_met=True, measured=measured)


def leads_to_quality(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Show the functional rule book to the person who judges whether it leads to good corpus; no program can.

    Clause:
        R-036
    """
    found = _of_kinds(facts, "functional")
    if not found:
        yield _finding(catalog, "R-036", found, is_met=False, measured=_STATED)
        return
    yield Finding(
        ClauseId("R-036"),
        "rule-books",
        Verdict.UNPROVEN,
        _released(found, "是否能指导由人判断", "a person judges whether it leads to that"),
        requirement(catalog, "R-036"),
        _refs(found),
        confirming("R-036", "annotation_rules"),
    )


def every_risk(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask for a rule for each risk of Annex A in the safety rule books in force.

    Clause:
        R-037
    """
    found = _of_kinds(facts, "safety")
    covered = {risk for each in found for risk in each.risks} & catalog.risks.keys()
    absent = [risk for risk in catalog.risks if risk not in covered]
    wanted = catalog.required("safety_rule_risks_covered", facts.profile)
    zh, en = f"风险有规则 {len(covered)}/{wanted}", f"{len(covered)} of {wanted} risks have a rule"
    if absent:
        zh, en = f"{zh}；缺少：{'、'.join(absent)}", f"{en}; missing: {', '.join(absent)}"
    yield _finding(catalog, "R-037", found, is_met=not absent, measured=Words(zh, en))


def rules_of_annotation(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say of the rules for annotation what is said of their parts, their kinds and the risks they cover.

    Clause:
        R-202
    """
    parts = (*four_parts(facts, catalog), *both_kinds(facts, catalog), *every_risk(facts, catalog))
    unmet = sorted({each.clause for each in parts if each.verdict != Verdict.CONFORMS})
    measured = Words(
        f"尚未满足：{'、'.join(unmet)}" if unmet else "R-034、R-035、R-037 均满足",
        f"not met yet: {', '.join(unmet)}" if unmet else "R-034, R-035 and R-037 are met",
    )
    refs = tuple(dict.fromkeys(ref for each in parts for ref in each.refs))
    action = next((each.next_action for each in parts if each.next_action), "")
    yield Finding(
        ClauseId("R-202"), "rule-books", together(parts), measured, requirement(catalog, "R-202"), refs, action
    )


ALL = (four_parts, both_kinds, leads_to_quality, every_risk)
"""Checks on the clauses of 5.3 b), in their order; :func:`rules_of_annotation` belongs to another standard."""


def _of_kinds(facts: Facts, *kinds: str) -> list[BookFact]:
    return [each for each in in_force(facts.annotation.books).values() if each.kind in kinds]


def _refs(found: Sequence[BookFact]) -> tuple[str, ...]:
    return tuple(ref for each in found for ref in (f"#{each.seq}", each.digest))


def _released(found: Sequence[BookFact], zh: str, en: str) -> Words:
    names = [each.id for each in found]
    return Words(f"已发布 {'、'.join(names)}：{zh}", f"released: {', '.join(names)}; {en}")


def _finding(catalog: Catalog, clause: str, found: Sequence[BookFact], *, is_met: bool, measured: Words) -> Finding:
    kind = "functional" if clause == "R-036" else "safety"
    if not found:
        measured = Words("没有发布标注规则", "no rule book is released")
    verdict = Verdict.UNPROVEN if not found else Verdict.CONFORMS if is_met else Verdict.FAILS
    action = "" if verdict == Verdict.CONFORMS else f"yuliao rules approve {kind}"
    return Finding(
        ClauseId(clause), "rule-books", verdict, measured, requirement(catalog, clause), _refs(found), action
    )
