"""Checks on the items and the tools, and the one tuple that lists all checks.

A check is a function from facts and rules to findings. Adding one is a function and a line in :data:`CHECKS`.
"""

from collections.abc import Callable, Iterator

from provenance.ids import ClauseId
from rules import (
    accuracy_checks,
    collection_checks,
    content_checks,
    item_checks,
    personal_checks,
    rights_checks,
    sample_checks,
    source_checks,
    tool_checks,
)
from rules.annotation import batch_checks, book_checks, people_checks
from rules.catalog import Catalog
from rules.facts import Facts
from rules.figures import CheckFact, RiskFact
from rules.findings import INGEST, NOTHING_READ, Finding, Verdict, confirming, requirement, together
from rules.records import Words

Check = Callable[[Facts, Catalog], Iterator[Finding]]


def screened(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say which of the three filters ran over the admitted items: lexicon, classifier, manual check.

    Keywords alone do not prove the clauses; an admitted item that no screen saw breaks them.

    Clause:
        R-020, R-122
    """
    check, admitted = facts.checks.get("R-122", CheckFact()), facts.items.admitted
    manual = content_checks.manual_state(facts, catalog)
    for name in ("R-020", "R-122"):
        required = requirement(catalog, name)
        if not admitted:
            yield Finding(ClauseId(name), "items", Verdict.UNPROVEN, NOTHING_READ, required, (), INGEST)
            continue
        unseen = admitted - check.admitted_ok
        verdict = Verdict.FAILS if unseen else Verdict.UNPROVEN
        measured = Words(
            f"关键词：{check.admitted_ok}/{admitted} 条；分类模型：无；人工抽检：{manual.zh}",
            f"lexicon: {check.admitted_ok} of {admitted} items; classifier: none; manual check: {manual.en}",
        )
        refs = (facts.lexicon.digest,) if facts.lexicon else ()
        yield Finding(ClauseId(name), "items", verdict, measured, required, refs, confirming(name))


def nothing_risky_left(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Demand that no admitted item holds what was identified as one of the 29 risks.

    Clause:
        R-133
    """
    required = requirement(catalog, "R-133")
    if not facts.items.admitted or facts.lexicon is None:
        yield Finding(ClauseId("R-133"), "items", Verdict.UNPROVEN, NOTHING_READ, required, (), INGEST)
        return
    union = facts.risks.get("*29", RiskFact())
    verdict = Verdict.FAILS if union.admitted_items else Verdict.CONFORMS
    measured = Words(
        f"识别出风险 {union.items} 条，其中仍纳入 {union.admitted_items} 条，经人工复核放行 {union.cleared_items} 条",
        f"{union.items} items identified as risky, {union.admitted_items} of them still admitted, "
        f"{union.cleared_items} released by a named person",
    )
    action = "yuliao quarantine list" if union.admitted_items else ""
    yield Finding(ClauseId("R-133"), "items", verdict, measured, required, (facts.lexicon.digest,), action)


def processing(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say of fine-tuning data what is said of all: metadata, screening for risks, notices of rights (预处理).

    Clause:
        R-142
    """
    asked = ("R-120", "R-121", "R-122", "R-123")
    parts = (
        *item_checks.metadata(facts, catalog),
        *screened(facts, catalog),
        *rights_checks.rights_screened(facts, catalog),
    )
    found = [each for each in parts if each.clause in asked]
    verdict = together(found)
    unmet = sorted({each.clause for each in found if each.verdict != Verdict.CONFORMS})
    measured = Words(
        f"尚未满足：{'、'.join(unmet)}" if unmet else "6.2 各项均满足",
        f"not met yet: {', '.join(unmet)}" if unmet else "every part of 6.2 is met",
    )
    action = next((each.next_action for each in found if each.verdict == verdict), "")
    yield Finding(ClauseId("R-142"), "items", verdict, measured, requirement(catalog, "R-142"), (), action)


def traceable(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say whether the ledger (台账) accounts for every item, and whether an ingest was left unfinished.

    Clause:
        R-104
    """
    required = requirement(catalog, "R-104")
    if facts.unfinished:
        plans = ", ".join(f"#{seq}" for seq in facts.unfinished)
        measured = Words(f"未完成的读入：{plans}", f"unfinished ingests: {plans}")
        refs = tuple(f"#{seq}" for seq in facts.unfinished)
        names = {ingest.seq: ingest.source for ingest in facts.ingests}
        action = f"yuliao ingest {names[facts.unfinished[0]]} PATH"
        yield Finding(ClauseId("R-104"), "ledger", Verdict.UNPROVEN, measured, required, refs, action)
    elif not facts.items.taken_in:
        yield Finding(ClauseId("R-104"), "ledger", Verdict.UNPROVEN, NOTHING_READ, required, (), INGEST)
    else:
        found = facts.items
        parts = f"{found.admitted} + {found.quarantined} + {found.duplicate} + {found.rejected}"
        measured = Words(
            f"台账 {facts.ledger_size} 项；{found.taken_in} = {parts}",
            f"{facts.ledger_size} entries; {found.taken_in} = {parts}",
        )
        yield Finding(
            ClauseId("R-104"),
            "ledger",
            Verdict.CONFORMS,
            measured,
            required,
            (f"#{facts.ledger_size}", facts.ledger_head),
        )


CHECKS: tuple[Check, ...] = (
    sample_checks.assessed_before_collection,
    sample_checks.verified_after_collection,
    source_checks.several_sources,
    source_checks.balanced_regions,
    source_checks.papers,
    *collection_checks.ALL,
    screened,
    rights_checks.officer_and_policy,
    rights_checks.rights_screened,
    rights_checks.complaint_channel,
    rights_checks.policy_upkeep,
    rights_checks.public_summary,
    personal_checks.personal_information,
    *people_checks.TRAINED_AND_QUALIFIED,
    batch_checks.roles_apart,
    batch_checks.enough_time,
    *book_checks.ALL,
    batch_checks.functional_batches,
    batch_checks.safety_batches,
    batch_checks.kept_apart,
    tool_checks.lexicon,
    tool_checks.classifier,
    content_checks.manual_sample,
    content_checks.technical_sample,
    tool_checks.assessment_tools,
    traceable,
    item_checks.metadata,
    rights_checks.nothing_infringing_left,
    nothing_risky_left,
    processing,
    item_checks.generated_versions,
    batch_checks.follows_standard,
    item_checks.synthetic_risks,
    sample_checks.collection_evaluated,
    sample_checks.records_sampled,
    accuracy_checks.infringement_accuracy,
    content_checks.content_safety,
    accuracy_checks.fine_tuning,
    accuracy_checks.generated_accuracy,
    batch_checks.texts_deleted,
    book_checks.rules_of_annotation,
    people_checks.personnel,
    batch_checks.verified,
    *people_checks.ROLES,
    item_checks.label_scan,
)
"""Every check there is, in the order of the clauses."""


def findings(facts: Facts, catalog: Catalog) -> tuple[Finding, ...]:
    """Run every check."""
    return tuple(finding for check in CHECKS for finding in check(facts, catalog))
