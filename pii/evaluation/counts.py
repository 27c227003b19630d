"""What is counted in one document, and the measures that are ratios of those counts.

A *gold* span was annotated, a *predicted* one was found; characters are code points. Counts are added over documents,
so a measure over a set is a ratio of sums (micro average), not a mean of ratios.

A type that is told apart but is no personal information (USCC) is stripped from nothing: it is counted by itself and in
no other row, and what was predicted as it covers nothing personal.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pii.entities import ENTITIES
from pii.evaluation.records import Labelled
from pii.evaluation.stretches import Stretches


class Counts(NamedTuple):
    """What can be added."""

    gold: int = 0
    """Gold spans."""
    covered: int = 0
    """Gold spans of which every character was predicted, as whatever type."""
    typed: int = 0
    """Gold spans of which every character was predicted as their type."""
    predicted: int = 0
    """Predicted spans, equal ones once."""
    exact: int = 0
    """Predicted spans with start, end and type of a gold span."""
    gold_characters: int = 0
    """Characters of gold spans."""
    covered_characters: int = 0
    """Those that were predicted, as whatever type."""
    inside_characters: int = 0
    """Predicted characters that are gold of whatever type."""
    outside_characters: int = 0
    """Predicted characters that are no gold."""
    characters: int = 0
    """Characters of the texts."""
    documents: int = 0
    """Documents with a gold span."""
    clean: int = 0
    """Those of which every gold character was predicted."""

    def plus(self, other: "Counts") -> "Counts":
        """Return the sums."""
        return Counts(*map(int.__add__, self, other))


class Measure(NamedTuple):
    """The ratio ``scale * numerator / denominator``; of several counts the sum stands below."""

    name: str
    numerator: str
    denominator: tuple[str, ...]
    scale: int = 1


MEASURES = (
    Measure("covered_recall", "covered", ("gold",)),
    Measure("typed_recall", "typed", ("gold",)),
    Measure("exact_f1", "exact", ("gold", "predicted"), 2),
    Measure("character_recall", "covered_characters", ("gold_characters",)),
    Measure("character_precision", "inside_characters", ("inside_characters", "outside_characters")),
    Measure("over_redaction", "outside_characters", ("characters",), 1000),
    Measure("clean_documents", "clean", ("documents",)),
)
"""What is reported:

- covered recall = gold spans wholly covered by predictions of any type / gold spans: 1 minus what leaks;
- typed recall = gold spans wholly covered by predictions of their own type / gold spans;
- exact F1 = 2 * spans with the same start, end and type / (gold spans + predicted spans);
- character recall = gold characters predicted as anything / gold characters;
- character precision = predicted characters that are gold of any type / predicted characters;
- over-redaction = 1,000 * predicted characters that are no gold / characters of the texts;
- clean documents = documents without a gold character left uncovered / documents with gold.

In the row of a type, gold spans and predicted spans are those of the type, characters of the texts are all; exact F1 so
sees both what was missed and what was called so wrongly.
"""
OF_GOLD = ("covered_recall", "typed_recall", "character_recall", "clean_documents")
"""The measures that ask nothing of a prediction but to cover: the only ones for a trick, which no prediction has."""


class Row(NamedTuple):
    """What counts are about: ``kind`` is ``all``, ``type``, ``trick`` or ``genre``."""

    kind: str
    name: str = ""


ALL = Row("all")


def count(
    gold: Sequence[Labelled], predicted: Sequence[Labelled], characters: int, genre: str
) -> Iterator[tuple[Row, Counts]]:
    """Yield the counts of one document for every row that it enters.

    Args:
        gold: Spans of the annotation, none overlapping another.
        predicted: Spans found; they may overlap.
        characters: Length of the text.
        genre: Its genre, empty where none is known.
    """
    apart = sorted({span.type for span in (*gold, *predicted) if not _is_personal(span.type)})
    ours = [span for span in gold if _is_personal(span.type)]
    theirs = sorted({span[:3] for span in predicted if _is_personal(span.type)})
    everything = _Document(ours, [Labelled(*each) for each in theirs], characters)
    whole = everything.counts(ours, everything.predicted)
    yield ALL, whole
    if genre:
        yield Row("genre", genre), whole
    for name in sorted({span.type for span in (*ours, *everything.predicted)}):
        yield Row("type", name), everything.of_type(name)
    for trick in sorted({span.trick for span in ours if span.trick}):
        yield Row("trick", trick), everything.counts([span for span in ours if span.trick == trick], ())
    for name in apart:
        alone = _Document(
            [span for span in gold if span.type == name],
            [Labelled(*each) for each in sorted({span[:3] for span in predicted if span.type == name})],
            characters,
        )
        yield Row("type", name), alone.of_type(name)


def _is_personal(name: str) -> bool:
    return name not in ENTITIES or ENTITIES[name].is_personal


class _Document:
    """One document: gold and predictions of which each covers what it covers."""

    def __init__(self, gold: Sequence[Labelled], predicted: Sequence[Labelled], characters: int) -> None:
        self.gold, self.predicted, self.characters = gold, predicted, characters
        self._annotated, self._covered = Stretches(gold), Stretches(predicted)
        self._exact = {span[:3] for span in gold}
        types = {span.type for span in gold}
        self._typed = {name: Stretches(span for span in predicted if span.type == name) for name in types}

    def of_type(self, name: str) -> Counts:
        return self.counts(
            [span for span in self.gold if span.type == name], [span for span in self.predicted if span.type == name]
        )

    def counts(self, gold: Sequence[Labelled], predicted: Sequence[Labelled]) -> Counts:
        """Return the counts of some of the gold and some of the predictions, each judged by all of the others."""
        lengths = [span.end - span.start for span in gold]
        covered = [self._covered.inside(span) for span in gold]
        typed = [self._typed[span.type].inside(span) for span in gold]
        found = Stretches(predicted)
        inside = sum(map(found.inside, self.gold))
        return Counts(
            gold=len(gold),
            covered=sum(map(int.__eq__, covered, lengths)),
            typed=sum(map(int.__eq__, typed, lengths)),
            predicted=len(predicted),
            exact=sum(span[:3] in self._exact for span in predicted),
            gold_characters=sum(lengths),
            covered_characters=sum(covered),
            inside_characters=inside,
            outside_characters=found.size - inside,
            characters=self.characters,
            documents=int(bool(gold)),
            clean=int(bool(gold) and covered == lengths),
        )
