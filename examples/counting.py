"""The count of what was planted: per source and in all, and what the demonstration's withdrawal leaves of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from planting import TOLD, Item, Planted

REFUSED = {
    "novels-unlicensed": ["licence-document", "licence-declared", "basis-named"],
    "riddles-open": ["assessed"],
}
"""Sources of which nothing is taken in, and the checks that they do not meet."""


def expected(found: list[Planted]) -> dict[str, object]:
    """Count what was planted."""
    everything = [each for source in found for each in source.items]
    withdrawn = Counter(source.id for source in found for each in source.items if each.is_withdrawn)
    return {
        "note": "Counted while planting, by examples/build.py; never from what Yuliao reports.",
        "order": [source.id for source in found],
        "refused": REFUSED,
        "assessed": {source.id: _inspected(source.offered) for source in found if source.offered},
        "sources": {source.id: _counted(source.items, source.blank_lines) for source in found},
        "total": _counted(everything, sum(source.blank_lines for source in found)),
        "withdrawn": dict(withdrawn),
        "after_withdrawal": {
            **{source.id: _dispositions(_left(source.items)) for source in found if source.id in withdrawn},
            "total": _dispositions(_left(everything)),
        },
    }


def _left(items: Iterable[Item]) -> list[Item]:
    """Return the items as they are when those that are withdrawn were erased."""
    gone = {"disposition": "rejected", "reason": "person-erased"}
    return [replace(each, **gone) if each.is_withdrawn else each for each in items]


def _inspected(items: list[Item]) -> dict[str, int]:
    return {"judged": len(items), "bad": sum(bool(each.risks) for each in items)}


def _dispositions(items: list[Item]) -> dict[str, object]:
    by_disposition = Counter(each.disposition for each in items)
    return {
        "items": {
            "taken_in": len(items),
            **{name: by_disposition[name] for name in ("admitted", "quarantined", "duplicate", "rejected")},
        },
        "by_reason": _sorted(each.reason for each in items if each.reason),
        "by_type": _sorted(each.type for each in items if each.disposition == "admitted"),
    }


def _counted(items: list[Item], blank_lines: int) -> dict[str, object]:
    told = [each for each in items if each.disposition in TOLD]
    return {
        **_dispositions(items),
        "blank_lines": blank_lines,
        "personal_information": {
            entity: {
                name: {
                    "items": sum(entity in each.pi for each in told if each.disposition == name),
                    "occurrences": sum(each.pi.count(entity) for each in told if each.disposition == name),
                }
                for name in ("admitted", "quarantined")
            }
            for entity in sorted({entity for each in told for entity in each.pi})
        },
        "items_with_personal_information": sum(bool(each.pi) for each in told),
        "organisation_codes": sum(each.organisations for each in told),
        "risks": {
            risk: {
                "items": sum(risk in each.risks for each in told),
                "hits": sum(each.risks.count(risk) for each in told),
            }
            for risk in sorted({risk for each in told for risk in each.risks})
        },
        "labels": _sorted(each.label for each in told if each.label),
        "labelled_without_version": sum(bool(each.label) and not each.version_known for each in told),
        "notices": _sorted(notice for each in told for notice in each.notices),
    }


def _sorted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
