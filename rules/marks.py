"""Labels of generated content (生成合成标识) and notices of rights (权利声明) as figures, per source."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from provenance.canonical import Json
from provenance.cells import FAMILIES, Key
from provenance.ids import SourceId
from rules.labels import DECLARED

ANY = "*any"
"""The notice that stands for all of them: items that have one or more."""
ADMITTED = "admitted"


@dataclass(frozen=True, slots=True)
class LabelFact:
    """Synthetic items (合成语料) of one source: how certain, version of the model known or not, what became of them."""

    source: SourceId
    certainty: str
    version_known: bool
    disposition: str
    items: int

    @property
    def is_labelled(self) -> bool:
        """Whether the items say so themselves, and not only their source."""
        return self.certainty != DECLARED


@dataclass(frozen=True, slots=True)
class NoticeFact:
    """Items of one source with a kind of notice, and what became of them; ``*any`` counts distinct items."""

    source: SourceId
    notice: str
    disposition: str
    items: int


def labels(by_source: Mapping[str, Mapping[Key, int]]) -> Iterator[LabelFact]:
    """Yield what the cells of the family ``label`` say, per source."""
    for source, part, items in _rows(by_source, "label"):
        yield LabelFact(source, part["certainty"], part["version"] == "known", part["disposition"], items)


def notices(by_source: Mapping[str, Mapping[Key, int]]) -> Iterator[NoticeFact]:
    """Yield what the cells of the family ``ip`` say, per source."""
    for source, part, items in _rows(by_source, "ip"):
        yield NoticeFact(source, part["notice"], part["disposition"], items)


def labels_json(facts: Iterable[LabelFact], synthetic_sources: frozenset[str]) -> dict[str, Json]:
    """Return the labels as ``yuliao facts --json`` prints them.

    Args:
        facts: All of them.
        synthetic_sources: Sources declared as synthetic, whose items are all generated.
    """
    rows = list(facts)
    by_certainty: Counter[str] = Counter()
    for each in rows:
        by_certainty[each.certainty] += each.items
    return {
        "items": sum(each.items for each in rows),
        "admitted": sum(each.items for each in rows if each.disposition == ADMITTED),
        "labelled": sum(each.items for each in rows if each.is_labelled),
        "labelled_in_other_sources": sum(each.items for each in rows if each.source not in synthetic_sources),
        "without_version": sum(each.items for each in rows if not each.version_known),
        "admitted_without_version": sum(
            each.items for each in rows if not each.version_known and each.disposition == ADMITTED
        ),
        "by_certainty": dict(sorted(by_certainty.items())),
        "by_source": [
            {
                "source": each.source,
                "certainty": each.certainty,
                "version_known": each.version_known,
                "disposition": each.disposition,
                "items": each.items,
            }
            for each in rows
        ],
    }


def notices_json(facts: Iterable[NoticeFact]) -> dict[str, Json]:
    """Return the notices of rights as ``yuliao facts --json`` prints them: items, by kind and by source."""
    rows = list(facts)
    by_notice: Counter[str] = Counter()
    by_source: dict[str, dict[str, dict[str, Json]]] = {}
    for each in rows:
        name = each.notice.removeprefix("*")
        by_notice[name] += each.items
        by_source.setdefault(each.source, {}).setdefault(name, {})[each.disposition] = each.items
    return {
        "items": by_notice.pop(ANY.removeprefix("*"), 0),
        "by_notice": dict(sorted(by_notice.items())),
        "by_source": {source: dict(found) for source, found in by_source.items()},
    }


def _rows(by_source: Mapping[str, Mapping[Key, int]], family: str) -> Iterator[tuple[SourceId, dict[str, str], int]]:
    for source, counts in sorted(by_source.items()):
        for key, items in sorted(counts.items()):
            if key[0] == family and items:
                yield SourceId(source), dict(zip(FAMILIES[family], key[1:], strict=True)), items
