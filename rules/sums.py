"""Pure sums over cells: the figures of the facts, computed from keys and counts and nothing else."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from provenance.cells import FAMILIES, Key
from provenance.events import PiOrder
from provenance.ids import SourceId
from rules.figures import (
    ADMITTED,
    MEDIA,
    QUARANTINED,
    UNSCREENED,
    Amount,
    CheckFact,
    Composition,
    Dispositions,
    MediaFact,
    PiFact,
    PiTotal,
    RiskFact,
    SourceFacts,
)


@dataclass(frozen=True, slots=True)
class Weight:
    """Items and what they weigh, of some cells, and the blank lines beside them."""

    items: Dispositions
    by_reason: dict[str, int]
    by_type_and_language: dict[tuple[str, str], Amount]
    intake_bytes: int
    blank_lines: int


def weigh(counts: Mapping[Key, int]) -> Weight:
    """Sum the families ``item`` and ``intake`` of some cells."""
    dispositions: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    weights: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    intake = 0
    for part, count in _family(counts, "item"):
        measure, disposition = part["measure"], part["disposition"]
        if measure == "items":
            dispositions[disposition] += count
            if part["reason"]:
                reasons[part["reason"]] += count
        if measure == "intake_bytes":
            intake += count
        elif disposition == ADMITTED:
            weights[part["type"], part["language"]][measure] += count
    taken_in = sum(dispositions.values())
    return Weight(
        Dispositions(taken_in, *(dispositions[name] for name in ("admitted", "quarantined", "duplicate", "rejected"))),
        {reason: count for reason, count in sorted(reasons.items()) if count},
        {
            key: Amount(*(measures[name] for name in ("items", "bytes", "tokens", "duration_ms")))
            for key, measures in sorted(weights.items())
            if any(measures.values())
        },
        intake,
        counts.get(("intake", "blank_lines"), 0),
    )


def _family(counts: Mapping[Key, int], name: str) -> Iterator[tuple[dict[str, str], int]]:
    parts = FAMILIES[name]
    for key, count in counts.items():
        if key[0] == name and count:
            yield dict(zip(parts, key[1:], strict=True)), count


def unscreened(counts: Mapping[Key, int]) -> dict[str, MediaFact]:
    """Sum the media that wait because nothing can screen them, by type."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for part, count in _family(counts, "item"):
        if part["type"] in MEDIA and (part["disposition"], part["reason"]) == (QUARANTINED, UNSCREENED):
            found[part["type"]][part["measure"]] += count
    return {
        kind: MediaFact(measures["items"], measures["intake_bytes"], measures["duration_ms"])
        for kind, measures in sorted(found.items())
        if any(measures.values())
    }


def grouped(rows: Iterable[tuple[str, Amount]]) -> dict[str, Amount]:
    """Add up amounts by name."""
    found: defaultdict[str, Amount] = defaultdict(Amount)
    for name, amount in rows:
        found[name] += amount
    return dict(sorted(found.items()))


def total(parts: Iterable[Amount]) -> Amount:
    """Add up amounts."""
    return sum(parts, start=Amount())


def composition(sources: Iterable[SourceFacts]) -> tuple[Composition, ...]:
    """Sum admitted items by class, region and type (来源构成, table T3)."""
    rows: defaultdict[tuple[str, str, str], Amount] = defaultdict(Amount)
    for source in sources:
        for kind, amount in (source.by_type or {}).items():
            rows[source.source_class, source.region, kind] += amount
    return tuple(Composition(*key, amount) for key, amount in sorted(rows.items()))


def personal_information(
    by_source: Mapping[str, Mapping[Key, int]],
    orders: Mapping[str, tuple[PiOrder, ...]],
    sensitive: frozenset[str],
) -> Iterator[PiFact]:
    """Yield the personal information (个人信息) found per source, type and treatment, with the basis declared."""
    for name, counts in sorted(by_source.items()):
        found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for part, count in _family(counts, "pi"):
            if not part["entity"].startswith("*") and part["treatment"] != "*any":
                found[part["entity"], part["treatment"]][part["measure"]] += count
        bases = {order.entity: order.basis for order in orders.get(name, ())}
        for (entity, treatment), measures in sorted(found.items()):
            if any(measures.values()):
                yield PiFact(
                    SourceId(name),
                    entity,
                    treatment,
                    bases.get(entity, ""),
                    entity in sensitive,
                    measures["items"],
                    measures["occurrences"],
                )


def pi_totals(counts: Mapping[Key, int], law_book: str, sensitive: frozenset[str]) -> dict[str, PiTotal]:
    """Sum personal information over all sources by type; ``*any`` and ``*sensitive`` count distinct items."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for part, count in _family(counts, "pi"):
        name = part["entity"]
        if name.startswith("*sensitive:"):
            name = "*sensitive" if name == f"*sensitive:{law_book}" else ""
        if name and (name.startswith("*") or part["treatment"] != "*any"):
            found[name][part["measure"]] += count
    return {
        name: PiTotal(measures["items"], measures["occurrences"], name == "*sensitive" or name in sensitive)
        for name, measures in sorted(found.items())
        if any(measures.values())
    }


def risks(counts: Mapping[Key, int], known: Iterable[str]) -> dict[str, RiskFact]:
    """Sum items and hits by risk: all known risks, and the unions of distinct items that the cells carry."""
    rows = list(_family(counts, "risk"))
    has_union = {part["risk"] for part, _ in rows if part["method"] == "*any"}
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for part, count in rows:
        is_whole = part["risk"] not in has_union or part["method"] in ("*any", _CLEARED)
        if part["grade"] == "*any" and is_whole:
            found[part["risk"]][part["measure"]] += count
            if part["disposition"] == ADMITTED and part["measure"] == "items":
                found[part["risk"]]["cleared" if part["method"] == _CLEARED else "admitted"] += count
    names = dict.fromkeys([*known, *sorted(found)])
    measures = ("items", "hits", "admitted", "cleared")
    return {name: RiskFact(*(found[name][measure] for measure in measures)) for name in names}


_CLEARED = "cleared"
"""Method of the hits in items that a named person let in after a look."""


def checks(counts: Mapping[Key, int]) -> dict[str, CheckFact]:
    """Sum the checks on every item (family ``meta``)."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for part, count in _family(counts, "meta"):
        outcome = "ok" if part["ok"] == "1" else "failed"
        found[part["check"]][outcome] += count
        if part["disposition"] == ADMITTED:
            found[part["check"]][f"admitted_{outcome}"] += count
    return {name: CheckFact(**counts) for name, counts in sorted(found.items())}
