"""Every figure with the question that finds its rows again: facts never touch items, drill-down counts nothing itself.

``corpus.tracing.drilldown`` answers a :class:`Query`; a test demands that for every figure the answer equals its value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final, Literal

from provenance.canonical import Json
from provenance.ids import SourceId
from rules.facts import Facts
from rules.figures import ADMITTED, DISPOSITIONS, QUARANTINED, UNSCREENED, Amount, Dispositions
from rules.marks import ANY

Measure = Literal["items", "intake_bytes", "bytes", "tokens", "duration_ms", "occurrences", "hits"]

_MEDIA_MEASURES: Final[tuple[Measure, ...]] = ("items", "intake_bytes", "duration_ms")


@dataclass(frozen=True, slots=True)
class Query:
    """Which rows a figure counts, at one ledger size; None leaves a part open.

    ``risk``, ``entity`` and ``notice`` may be ``*any`` and the other unions of the cells.
    """

    ledger_size: int
    measure: Measure = "items"
    sources: tuple[SourceId, ...] | None = None
    type: str | None = None
    language: str | None = None
    disposition: str | None = None
    reason: str | None = None
    entity: str | None = None
    treatment: str | None = None
    risk: str | None = None
    certainty: str | None = None
    """Of a synthetic item, by its label or its source's declaration."""
    notice: str | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the parts that are set."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the facts: its path in ``facts --json``, its value, and its query."""

    path: str
    value: int
    query: Query


def figures(facts: Facts) -> tuple[Figure, ...]:
    """Return every figure of the facts that counts items, with its query, in a fixed order.

    Blank lines are no items and have no query.
    """
    return tuple(_all(facts))


def _all(facts: Facts) -> Iterator[Figure]:
    whole = Query(facts.ledger_size)
    yield from _dispositions("items", facts.items, whole)
    yield from _reasons("items.by_reason", facts.by_reason, whole)
    yield Figure("intake.bytes", facts.intake_bytes, replace(whole, measure="intake_bytes"))
    admitted = replace(whole, disposition=ADMITTED)
    yield Figure("bytes", facts.total.bytes, replace(admitted, measure="bytes"))
    yield Figure("tokens.count", facts.total.tokens, replace(admitted, measure="tokens"))
    for kind, amount in facts.by_type.items():
        yield from _amount(f"by_type.{kind}", amount, replace(admitted, type=kind))
    yield from _unscreened(facts, replace(whole, disposition=QUARANTINED, reason=UNSCREENED))
    for name, amount in facts.by_source_class.items():
        yield from _amount(f"by_source_class.{name}", amount, replace(admitted, sources=_of_class(facts, name)))
    for name, amount in facts.by_region.items():
        yield from _amount(f"by_region.{name}", amount, replace(admitted, sources=_of_region(facts, name)))
    for entity, total in facts.pi_totals.items():
        query = replace(whole, entity=entity)
        yield Figure(f"personal_information.{entity}.items", total.items, query)
        found = replace(query, measure="occurrences")
        yield Figure(f"personal_information.{entity}.occurrences", total.occurrences, found)
    for risk, fact in facts.risks.items():
        yield Figure(f"risks.{risk}.items", fact.items, replace(whole, risk=risk))
        yield Figure(f"risks.{risk}.hits", fact.hits, replace(whole, risk=risk, measure="hits"))
    for certainty in dict.fromkeys(each.certainty for each in facts.labels):
        items = sum(each.items for each in facts.labels if each.certainty == certainty)
        yield Figure(f"labels.by_certainty.{certainty}", items, replace(whole, certainty=certainty))
    for notice in dict.fromkeys(each.notice for each in facts.notices):
        items = sum(each.items for each in facts.notices if each.notice == notice)
        path = "ip.items" if notice == ANY else f"ip.by_notice.{notice}"
        yield Figure(path, items, replace(whole, notice=notice))
    for name, source in facts.sources.items():
        own = replace(whole, sources=(name,))
        yield from _dispositions(f"sources.{name}.items", source.items, own)
        yield from _reasons(f"sources.{name}.items.by_reason", source.by_reason or {}, own)
        yield Figure(f"sources.{name}.intake.bytes", source.intake_bytes, replace(own, measure="intake_bytes"))
        yield from _amount(f"sources.{name}", source.amount, replace(own, disposition=ADMITTED))
        for (kind, language), amount in (source.by_type_and_language or {}).items():
            cell = replace(own, disposition=ADMITTED, type=kind, language=language)
            yield from _amount(f"sources.{name}.by_type_and_language.{kind}.{language}", amount, cell)


def _dispositions(path: str, found: Dispositions, query: Query) -> Iterator[Figure]:
    yield Figure(f"{path}.taken_in", found.taken_in, query)
    for name in DISPOSITIONS:
        yield Figure(f"{path}.{name}", getattr(found, name), replace(query, disposition=name))


def _reasons(path: str, found: Mapping[str, int], query: Query) -> Iterator[Figure]:
    for reason, count in found.items():
        yield Figure(f"{path}.{reason}", count, replace(query, reason=reason))


def _amount(path: str, found: Amount, query: Query) -> Iterator[Figure]:
    yield Figure(f"{path}.items", found.items, query)
    yield Figure(f"{path}.bytes", found.bytes, replace(query, measure="bytes"))
    yield Figure(f"{path}.tokens", found.tokens, replace(query, measure="tokens"))
    if found.duration_ms:
        yield Figure(f"{path}.duration_ms", found.duration_ms, replace(query, measure="duration_ms"))


def _unscreened(facts: Facts, query: Query) -> Iterator[Figure]:
    for kind, fact in facts.unscreened_media.items():
        for measure in _MEDIA_MEASURES:
            found = replace(query, type=kind, measure=measure)
            yield Figure(f"unscreened_media.{kind}.{measure}", getattr(fact, measure), found)


def _of_class(facts: Facts, name: str) -> tuple[SourceId, ...]:
    return tuple(source.id for source in facts.sources.values() if source.source_class == name)


def _of_region(facts: Facts, name: str) -> tuple[SourceId, ...]:
    return tuple(source.id for source in facts.sources.values() if source.region == name)
