"""Finding: fold, one scan for all recognisers, each on the stretches where it can find something, one find a character.

Presidio's AnalyzerEngine takes 0.2 ms to begin with, for any text; so recognisers that read a text and nothing else are
called without it. It is used for those that need a pipeline.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial

from pii.gate import REACH, Gate, watch
from pii.guarded import Reader, failure, reads_text_only
from pii.names.recognizer import NameRecognizer
from pii.names.weights import Setting
from pii.normalise import Folded, fold
from pii.overlaps import resolve
from pii.presidio import Analyzer, EntityRecognizer, persons_of_model
from pii.recognizers.looks import Look, looks
from pii.recognizers.tables.columns import ColumnsRecognizer
from pii.recognizers.tables.headings import Places, places
from provenance.spans import OffsetMap, Span

_Look = Callable[[str, int, int], Iterable[Span]]
"""Looks at a stretch of a folded text."""


class Detector:
    """Finds personal information, and what must be told apart from it, in a text.

    Args:
        others: Recognisers besides ours. One that declares ``cues`` (see :mod:`pii.gate`) looks at what is around them,
            any other reads every text whole; through Presidio's engine unless :func:`pii.guarded.reads_text_only`.
        model: A spaCy model by package or folder, whose persons are found too; empty for none.
        names: How names are looked for; None for not at all.

    Raises:
        GovernanceError: A pattern of another's recogniser takes time without end.
    """

    def __init__(
        self, others: Sequence[EntityRecognizer] = (), model: str = "", names: Setting | None = "balanced"
    ) -> None:
        self._model = model
        of_names = [NameRecognizer(setting=names)] if names else []
        of_model = [persons_of_model()] if model else []
        added: list[EntityRecognizer] = [*of_names, *of_model, *others]
        cued = [each for each in added if hasattr(each, "cues")]
        whole = [each for each in added if not hasattr(each, "cues")]
        self._readers = [Reader(each) for each in whole if reads_text_only(each)]
        self._demanding = [each for each in whole if not reads_text_only(each)]
        self._gate, self._looks = looks()
        self._columns = ColumnsRecognizer()
        pairs = [(cue, partial(_read, reader)) for each in cued for reader in [Reader(each)] for cue in each.cues]
        watches = [watch(cue.expression, 0, cue.before, cue.after) for cue, _ in pairs]
        self._others = [(Gate(watches), [look for _, look in pairs])] if pairs else []

    def detect(self, text: str) -> tuple[Span, ...]:
        """Return what was found, in text order, none overlapping another.

        Args:
            text: Any string.

        Returns:
            Spans of the text as given, half-open, code points, labelled by entity, scores in thousandths. Organisation
            codes (USCC) are among them; they are no personal information.

        Raises:
            GovernanceError: A recogniser failed.
        """
        folded = fold(text)
        found, seen = set[Span](), list[tuple[int, int, int]]()
        for number, start, end in self._gate.stretches(folded.text):
            if number < len(self._looks):
                found.update(_find(self._looks[number], folded.text, start, end))
            else:
                seen.append((number - len(self._looks), start, end))
        if seen and (headings := places(folded.text, seen)):
            found.update(_in_tables(self._columns, folded.text, headings))
        for gate, looks_of_others in self._others:
            for number, start, end in gate.stretches(folded.text):
                found.update(looks_of_others[number](folded.text, start, end))
        return self._resolved(found, folded)

    def detect_ungated(self, text: str) -> tuple[Span, ...]:
        """Return the same without the gates, every recogniser on the whole text: slow, for tests of the gates."""
        folded = fold(text)
        every = [
            *(partial(_find, each) for each in self._looks),
            *(look for _, others in self._others for look in others),
        ]
        found = {span for look in every for span in look(folded.text, 0, len(folded.text))}
        found.update(_in_tables(self._columns, folded.text, None))
        return self._resolved(found, folded)

    def _resolved(self, found: set[Span], folded: Folded) -> tuple[Span, ...]:
        for reader in self._readers:
            found.update(reader.analyze(folded.text))
        if self._demanding:
            found.update(self._analyzer.analyze(folded.text))
        return tuple(_moved(span, folded.offsets) for span in resolve(found)) if found else ()

    @cached_property
    def _analyzer(self) -> Analyzer:
        return Analyzer(self._demanding, self._model)


def _find(look: Look, text: str, start: int, end: int) -> list[Span]:
    try:
        return [Span(*found) for found in look.find(text, start, end)]
    except Exception:  # noqa: BLE001 - a recogniser may raise anything
        raise failure(look.recognizer.name) from None


def _in_tables(columns: ColumnsRecognizer, text: str, places: Places) -> list[Span]:
    try:
        return [Span(*found) for found in columns.read(text, places)]
    except Exception:  # noqa: BLE001 - as above
        raise failure(columns.name) from None


def _read(reader: Reader, text: str, start: int, end: int) -> list[Span]:
    """Have a recogniser read a stretch and no more; so it promises to need nothing beyond :data:`pii.gate.REACH`."""
    first = max(0, start - REACH)
    spans = reader.analyze(text[first : end + REACH])
    moved = (span._replace(start=span.start + first, end=span.end + first) for span in spans)
    return [span for span in moved if start <= span.start and span.end <= end]


def _moved(span: Span, offsets: OffsetMap) -> Span:
    start, end = offsets.back(span.start, span.end)
    return span._replace(start=start, end=end)
