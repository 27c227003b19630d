"""How findings on batches (标注批次) are told: what breaks a rule, what is open, how strong the proof is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provenance.ids import ClauseId
from rules.annotation.batches import BatchFact
from rules.catalog import Catalog
from rules.facts import Facts
from rules.findings import Finding, Verdict, requirement, together
from rules.records import Words

_PUBLISH = "yuliao annotate publish PLAN.yaml"
_NAMED = 5
"""Batches that a statement names; the others are counted."""
_NONE = Words("没有此类标注批次", "there is no such batch of annotation")


@dataclass(frozen=True, slots=True)
class Seen:
    """What one rule says of the batches it is about: those that break it, and those where it is not shown yet."""

    broken: Sequence[BatchFact]
    pending: Sequence[BatchFact]
    zh: str
    en: str
    action: str


def batches_of(facts: Facts, *kinds: str) -> tuple[BatchFact, ...]:
    """Return the batches of some kinds, in the order of their publication."""
    return tuple(each for each in facts.annotation.batches if each.kind in kinds)


def finding(catalog: Catalog, clause: str, batches: Sequence[BatchFact], seen: Seen) -> Finding:
    """Return a finding: unproven without batches, else by the worst of what was seen of them."""
    required = requirement(catalog, clause)
    if not batches:
        return Finding(ClauseId(clause), "annotation", Verdict.UNPROVEN, _NONE, required, (), _PUBLISH)
    verdict = Verdict.FAILS if seen.broken else Verdict.UNPROVEN if seen.pending else Verdict.CONFORMS
    several = (*seen.broken, *seen.pending) if seen.broken or seen.pending else tuple(batches)
    concerned = list({each.id: each for each in several}.values())
    named, after = _named(concerned if verdict != Verdict.CONFORMS else []), _afterwards(batches)
    measured = Words(f"{seen.zh}{named.zh}{after.zh}", f"{seen.en}{named.en}{after.en}")
    refs = tuple(f"#{seq}" for each in concerned for seq in _entries(each))
    action = "" if verdict == Verdict.CONFORMS else seen.action.replace("BATCH", concerned[0].id)
    return Finding(ClauseId(clause), "annotation", verdict, measured, required, refs, action)


def joined(catalog: Catalog, clause: str, parts: Sequence[Finding], batches: Sequence[BatchFact]) -> Finding:
    """Return a finding that rests on others: their worst verdict, which are unmet, and how strong the proof is."""
    verdict = together(parts)
    unmet = [each.clause for each in parts if each.verdict != Verdict.CONFORMS]
    after = _afterwards(batches)
    measured = Words(
        (f"尚未满足：{'、'.join(dict.fromkeys(unmet))}" if unmet else "各项均满足") + after.zh,
        (f"not met yet: {', '.join(dict.fromkeys(unmet))}" if unmet else "all parts are met") + after.en,
    )
    action = next((each.next_action for each in parts if each.verdict == verdict), "")
    refs = tuple(dict.fromkeys(ref for each in parts for ref in each.refs))
    return Finding(ClauseId(clause), "annotation", verdict, measured, requirement(catalog, clause), refs, action)


def _entries(batch: BatchFact) -> Iterator[int]:
    yield from (seq for seq in (batch.seq, batch.review.seq, batch.end.seq if batch.end else 0) if seq)


def _named(batches: Sequence[BatchFact]) -> Words:
    if not batches:
        return Words("", "")
    names = "、".join(each.id for each in batches[:_NAMED])
    more = len(batches) - _NAMED
    zh = f"：{names}{f'等 {len(batches)} 个' if more > 0 else ''}"
    return Words(zh, f": {names.replace('、', ', ')}{f' and {more} more' if more > 0 else ''}")


def _afterwards(batches: Sequence[BatchFact]) -> Words:
    """Say in how many batches the rules were only checked after the fact (事后核查), and what was kept out there."""
    weak = [each for each in batches if not each.is_enforced]
    kept_out = sum(sum(each.kept_out.values()) for each in batches)
    zh = f"；{len(weak)} 个批次的标注服务没有闸门，规则为事后核查" if weak else ""
    en = f"; in {len(weak)} batches the server had no gate: rules were checked after the fact" if weak else ""
    if kept_out:
        zh, en = (
            f"{zh}；违反规则而不计入的标注 {kept_out} 份",
            f"{en}; {kept_out} annotations break a rule and count nowhere",
        )
    return Words(zh, en)
