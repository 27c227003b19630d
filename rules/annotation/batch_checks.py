"""Checks on the batches of annotation (标注批次): roles apart, everything checked, what is wrong redone or void.

Every statement names the batches whose server had no gate: there the rules were only checked after the fact (事后核查).
"""

from collections.abc import Iterator, Sequence

from rules.annotation import book_checks, people_checks
from rules.annotation.batch_findings import Seen, batches_of, finding, joined
from rules.annotation.batches import ACCEPTED, FUNCTIONAL, REDO, SAFETY, VOID, BatchFact
from rules.catalog import Catalog
from rules.facts import Facts
from rules.findings import Finding

_HUNDRED = 100


def roles_apart(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say that nobody both annotates and checks in a batch, and nobody has two functions there (职能分离).

    Clause:
        R-032, AR-1, AR-2
    """
    batches = batches_of(facts, SAFETY, FUNCTIONAL)
    mixed = [each for each in batches if each.of_two_functions]
    people = sum(len({who for its in each.people.values() for who in its}) for each in batches)
    seen = Seen(
        mixed,
        (),
        f"{len(batches)} 个批次共分配 {people} 人次，兼任两项职能的批次 {len(mixed)} 个",
        f"{people} assignments in {len(batches)} batches; in {len(mixed)} batches somebody has two functions",
        "yuliao annotate close BATCH --void --reason REASON",
    )
    for clause in ("R-032", "AR-1", "AR-2"):
        yield finding(catalog, clause, batches, seen)


def enough_time(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say that every batch has planned time (计划用时), and that what was needed is known; this only ever warns.

    Clause:
        R-033, AR-10
    """
    batches = batches_of(facts, SAFETY, FUNCTIONAL)
    measured = {each.batch for each in facts.annotation.times}
    planned = [each for each in batches if each.planned_seconds]
    pending = [each for each in batches if not each.planned_seconds or each.id not in measured]
    seen = Seen(
        (),
        pending,
        f"有计划用时的批次 {len(planned)}/{len(batches)} 个，已测得实际用时的 {len(batches) - len(pending)} 个",
        f"{len(planned)} of {len(batches)} batches have planned time, the time needed is measured in "
        f"{len(batches) - len(pending)}",
        "yuliao annotate collect BATCH",
    )
    for clause in ("R-033", "AR-10"):
        yield finding(catalog, clause, batches, seen)


def functional_batches(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say that every functional batch is spot-checked (抽检), what is inaccurate redone, and illegal content voids it.

    Clause:
        R-038, AR-7, AR-8, AR-9
    """
    batches = batches_of(facts, FUNCTIONAL)
    parts = [_sampled(facts, catalog, batches), _redone(facts), _voided(batches)]
    found = [finding(catalog, clause, *part) for clause, part in zip(("AR-7", "AR-8", "AR-9"), parts, strict=True)]
    mine = Seen(
        [each for _, seen in parts for each in seen.broken if each.kind == FUNCTIONAL],
        [each for _, seen in parts for each in seen.pending if each.kind == FUNCTIONAL],
        "；".join(seen.zh for _, seen in parts),
        "; ".join(seen.en for _, seen in parts),
        next((each.next_action for each in found if each.next_action), ""),
    )
    yield finding(catalog, "R-038", batches, mine)
    yield from found


def safety_batches(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say that every safety annotation that is used was approved by a reviewer (审核) who did not give it.

    Clause:
        R-039, AR-6
    """
    batches = batches_of(facts, SAFETY)
    used = [each for each in batches if each.outcome in (ACCEPTED, REDO)]
    broken = [each for each in used if each.released > each.review.approved]
    pending = [each for each in batches if each.outcome == "open"]
    approved, released = sum(each.review.approved for each in batches), sum(each.released for each in batches)
    seen = Seen(
        broken,
        pending,
        f"安全性标注批次 {len(batches)} 个，审核通过 {approved} 条，放行 {released} 条，未结束的批次 {len(pending)} 个",
        f"{len(batches)} safety batches, {approved} items approved, {released} released, {len(pending)} batches open",
        "yuliao annotate review BATCH",
    )
    for clause in ("R-039", "AR-6"):
        yield finding(catalog, clause, batches, seen)


def kept_apart(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say that safety annotations lie in a store of their own (隔离存储), which the platform always does.

    Clause:
        R-040
    """
    batches = batches_of(facts, SAFETY)
    collected = [each for each in batches if each.answers]
    seen = Seen(
        (),
        [each for each in batches if not each.answers],
        f"{len(collected)}/{len(batches)} 个安全性标注批次的结果已存入单独的存储，与功能性标注分开",
        f"the answers of {len(collected)} of {len(batches)} safety batches lie in a store apart from functional ones",
        "yuliao annotate collect BATCH",
    )
    yield finding(catalog, "R-040", batches, seen)


def texts_deleted(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say that items come from registered sources, and that task texts are deleted where they are needed no more.

    Clause:
        R-201
    """
    batches = tuple(facts.annotation.batches)
    left = [each for each in batches if each.end is not None and each.texts_deleted is None]
    ended = sum(each.end is not None for each in batches)
    tasks = sum(each.texts_deleted or 0 for each in batches)
    seen = Seen(
        (),
        left,
        f"已结束的批次 {ended} 个，已在标注服务中删除任务正文 {tasks} 条，尚未删除的批次 {len(left)} 个",
        f"{ended} batches have ended, {tasks} task texts were deleted there, {len(left)} batches still have some",
        "yuliao annotate close BATCH --accept --reason REASON",
    )
    yield finding(catalog, "R-201", batches, seen)


def verified(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say of verification (标注核验) what is said of its two ways: spot checks and full review.

    Clause:
        R-204
    """
    parts = (*functional_batches(facts, catalog), *safety_batches(facts, catalog))
    wanted = [each for each in parts if each.clause in ("R-038", "R-039")]
    yield joined(catalog, "R-204", wanted, batches_of(facts, SAFETY, FUNCTIONAL))


def follows_standard(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say of the annotation of fine-tuning data what is said of rules, people and batches together.

    Clause:
        R-144
    """
    rules = (*book_checks.rules_of_annotation(facts, catalog), *people_checks.personnel(facts, catalog))
    mine = (*roles_apart(facts, catalog), *texts_deleted(facts, catalog), *verified(facts, catalog))
    wanted = [each for each in (*rules, *mine) if each.clause.startswith("R-")]
    yield joined(catalog, "R-144", wanted, batches_of(facts, SAFETY, FUNCTIONAL))


def _sampled(facts: Facts, catalog: Catalog, batches: Sequence[BatchFact]) -> tuple[Sequence[BatchFact], Seen]:
    used = [each for each in batches if each.outcome in (ACCEPTED, REDO)]
    unchecked = [each for each in used if each.released and not each.review.is_complete]
    share = catalog.required("functional_batches_sampled_pct", facts.profile)
    checked = len(used) - len(unchecked)
    pending = [each for each in batches if each.outcome == "open"]
    items = sum(each.review.checked for each in batches)
    return batches, Seen(
        unchecked if checked * _HUNDRED < share * len(used) else (),
        pending,
        f"功能性标注批次 {len(batches)} 个，已抽检 {items} 条，未结束的批次 {len(pending)} 个",
        f"{len(batches)} functional batches, {items} items checked, {len(pending)} batches open",
        "yuliao annotate review BATCH",
    )


def _redone(facts: Facts) -> tuple[Sequence[BatchFact], Seen]:
    """Judge AR-8 over batches of both kinds: what is wrong there is annotated anew, and that batch was collected."""
    batches = batches_of(facts, SAFETY, FUNCTIONAL)
    later = {each.id: each for each in batches}
    wrong = [each for each in batches if each.reworked]
    done = [each for each in wrong if any(later[name].units_done for name in each.redone_by if name in later)]
    items = sum(each.reworked for each in wrong)
    return batches, Seen(
        [each for each in batches if each.outcome == ACCEPTED and each.review.inaccurate],
        [each for each in wrong if each not in done],
        f"需要重新标注 {items} 条，涉及批次 {len(wrong)} 个，已重新标注的批次 {len(done)} 个",
        f"{items} items of {len(wrong)} batches to be annotated anew; done for {len(done)} batches",
        "yuliao annotate publish PLAN.yaml",
    )


def _voided(batches: Sequence[BatchFact]) -> tuple[Sequence[BatchFact], Seen]:
    tainted = [each for each in batches if each.review.illegal]
    void = [each for each in batches if each.outcome == VOID]
    return batches, Seen(
        [each for each in tainted if each.outcome in (ACCEPTED, REDO)] + [each for each in void if each.released],
        [each for each in tainted if each.outcome == "open"],
        f"发现违法不良信息的批次 {len(tainted)} 个，已作废的批次 {len(void)} 个",
        f"illegal content was found in {len(tainted)} batches, {len(void)} batches are void",
        "yuliao annotate close BATCH --void --reason REASON",
    )
