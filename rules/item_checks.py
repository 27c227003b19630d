"""Checks on what every item carries: its metadata (元数据), and the labels of generated content (生成合成标识)."""

from collections import Counter
from collections.abc import Iterator, Sequence

from provenance.ids import ClauseId
from rules import labels
from rules.catalog import Catalog
from rules.facts import Facts
from rules.figures import MEDIA, CheckFact, SourceFacts
from rules.findings import Finding, Verdict, confirming, nothing_read, requirement
from rules.marks import ADMITTED, LabelFact
from rules.records import Words

_CERTAIN = (labels.DECLARED, "generated")
"""Certainties of which nobody doubts that the item was generated."""


def metadata(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Demand of every item (语料条目) its locator and digest, and what the kind of its source needs to lead back.

    Clause:
        R-120, R-121
    """
    if not facts.items.taken_in:
        yield from nothing_read(catalog, "R-120", "R-121")
        return
    located, taken_in = facts.checks.get("R-120", CheckFact()), facts.items.taken_in
    complete = located.ok == taken_in and not located.failed
    measured = Words(f"{located.ok}/{taken_in} 条带元数据", f"{located.ok} of {taken_in} items carry metadata")
    yield Finding(
        ClauseId("R-120"),
        "items",
        Verdict.CONFORMS if complete else Verdict.FAILS,
        measured,
        requirement(catalog, "R-120"),
        (f"#{facts.ledger_size}",),
    )
    for source in facts.sources.values():
        if source.items.taken_in:
            yield _described(source, requirement(catalog, "R-121"))


def _described(source: SourceFacts, asked: Words) -> Finding:
    check, admitted = (source.checks or {}).get("R-121", CheckFact()), source.items.admitted
    measured = Words(
        f"{source.id}：{check.admitted_ok}/{admitted} 条元数据齐全",
        f"{source.id}: metadata of {check.admitted_ok} of {admitted} admitted items are complete",
    )
    verdict, action = Verdict.CONFORMS, ""
    if not source.origin:
        verdict = Verdict.FAILS
        measured = Words(f"{source.id}：未写明来源", f"{source.id}: origin not declared")
    elif check.admitted_failed:
        verdict = Verdict.FAILS
    elif check.admitted_ok != admitted:
        verdict = Verdict.UNPROVEN
    if verdict != Verdict.CONFORMS:
        action = f"yuliao source show {source.id}"
    return Finding(ClauseId("R-121"), source.id, verdict, measured, asked, (), action)


def generated_versions(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Flag every admitted synthetic item (合成语料) whose generating model's version nobody knows.

    A label names producer and number only, so a labelled item of a source that is not declared as synthetic has none.
    What only may be generated, or says so in words alone, is left to a person.

    Clause:
        R-141, R-143, R-306
    """
    if not facts.items.taken_in:
        yield from nothing_read(catalog, "R-143", "R-306")
        return
    admitted = [each for each in facts.labels if each.disposition == ADMITTED]
    unknown = [each for each in admitted if not each.version_known]
    verdict = Verdict.CONFORMS if admitted else Verdict.NOT_APPLICABLE
    if unknown:
        is_certain = any(each.certainty in _CERTAIN for each in unknown)
        verdict = Verdict.FAILS if is_certain else Verdict.UNPROVEN
    named = sorted({each.source for each in unknown})
    measured = Words(
        f"合成条目 {_items(admitted)} 条，其中模型版本不明 {_items(unknown)} 条{_in_zh(named)}",
        f"{_items(admitted)} synthetic items, {_items(unknown)} of them of a model of unknown version{_in_en(named)}",
    )
    for name in ("R-143", "R-306"):
        action = confirming(name) if unknown else ""
        yield Finding(ClauseId(name), "items", verdict, measured, requirement(catalog, name), (), action)
    if unknown:  # the papers of synthetic sources say the rest
        yield Finding(
            ClauseId("R-141"), "items", verdict, measured, requirement(catalog, "R-141"), (), confirming("R-141")
        )


def synthetic_risks(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Demand that every synthetic item was screened for risks, and that none identified as risky is admitted.

    Clause:
        R-145, R-146
    """
    if not facts.items.taken_in:
        yield from nothing_read(catalog, "R-145", "R-146")
        return
    looked, filtered = (facts.checks.get(name, CheckFact()) for name in ("R-145", "R-146"))
    admitted = looked.admitted_ok + looked.admitted_failed
    measured = {
        "R-145": Words(
            f"纳入的合成条目 {admitted} 条，已筛查 {looked.admitted_ok} 条",
            f"{looked.admitted_ok} of {admitted} admitted synthetic items screened",
        ),
        "R-146": Words(
            f"纳入的合成条目 {admitted} 条，其中有风险 {filtered.admitted_failed} 条",
            f"{filtered.admitted_failed} of {admitted} admitted synthetic items were identified as risky",
        ),
    }
    for name, check in (("R-145", looked), ("R-146", filtered)):
        failed = Verdict.FAILS if check.admitted_failed else Verdict.CONFORMS
        verdict = failed if admitted else Verdict.NOT_APPLICABLE
        action = "yuliao quarantine list" if verdict == Verdict.FAILS else ""
        yield Finding(ClauseId(name), "items", verdict, measured[name], requirement(catalog, name), (), action)


def label_scan(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say whether labels were looked for in every admitted item, and what was found; nothing was removed (R-305).

    Clause:
        R-300, R-301, R-302, R-303, R-304, R-305, R-307
    """
    clauses = ("R-300", "R-301", "R-302", "R-303", "R-304", "R-305", "R-307")
    if not facts.items.taken_in:
        yield from nothing_read(catalog, *clauses)
        return
    seen = facts.checks.get("R-300", CheckFact()).admitted_ok
    verdict = Verdict.CONFORMS if seen == facts.items.admitted else Verdict.UNPROVEN
    found: Counter[str] = Counter()
    for each in facts.labels:
        found[each.certainty] += each.items
    by_certainty = [(name, words, found[name]) for name, words in labels.load().certainties.items() if found[name]]
    scanned = Words(
        f"已扫描 {seen}/{facts.items.admitted} 条",
        f"{seen} of {facts.items.admitted} admitted items scanned",
    )
    measured = Words(
        "；".join([scanned.zh, *(f"{words.zh} {items} 条" for _, words, items in by_certainty)]),
        "; ".join([scanned.en, *(f"{items} {words.en}" for _, words, items in by_certainty)]),
    )
    action = "" if verdict == Verdict.CONFORMS else "yuliao ingest SOURCE PATH"
    for name in clauses[:-1]:
        yield Finding(ClauseId(name), "items", verdict, measured, requirement(catalog, name), (), action)
    media = sum(facts.by_type[kind].items for kind in MEDIA if kind in facts.by_type)
    said = Words(f"纳入的媒体文件 {media} 个", f"{media} media files admitted")
    on_media = Verdict.UNPROVEN if media else Verdict.NOT_APPLICABLE
    yield Finding(ClauseId("R-307"), "items", on_media, said, requirement(catalog, "R-307"))


def _items(rows: list[LabelFact]) -> int:
    return sum(each.items for each in rows)


def _in_zh(sources: Sequence[str]) -> str:
    return f"（{'、'.join(sources)}）" if sources else ""


def _in_en(sources: Sequence[str]) -> str:
    return f" ({', '.join(sources)})" if sources else ""
