"""Finding: fold, gate, Presidio on the pieces, one find per character."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from pii.gate import Gate
from pii.normalise import fold
from pii.overlaps import resolve
from pii.presidio import Analyzer, EntityRecognizer
from pii.recognizers import recognizers
from provenance.spans import OffsetMap, Span


class Detector:
    """Finds personal information, and what must be told apart from it, in a text.

    Args:
        others: Recognisers besides ours. One that declares ``cues`` (see :mod:`pii.gate`) is gated, any other reads
            every text whole.
        model: A spaCy model by package or folder, empty for the blank pipeline.
    """

    def __init__(self, others: Sequence[EntityRecognizer] = (), model: str = "") -> None:
        every = [*recognizers(), *others]
        self._gated = [each for each in every if hasattr(each, "cues")]
        self._whole = [each for each in every if not hasattr(each, "cues")]
        self._model = model
        self._gate = Gate(cue for each in self._gated for cue in each.cues)

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
        found: set[Span] = set()
        for piece in self._gate.pieces(folded.text):
            for span in self._pieces.analyze(folded.text[piece.start : piece.end]):
                start, end = span.start + piece.start, span.end + piece.start
                if piece.first <= start and end <= piece.last:
                    found.add(span._replace(start=start, end=end))
        if self._whole:
            found.update(self._texts.analyze(folded.text))
        return _resolved(found, folded.offsets)

    def detect_ungated(self, text: str) -> tuple[Span, ...]:
        """Return the same without the gate, every recogniser on the whole text: slow, for tests of the gate."""
        everything = Analyzer([*self._gated, *self._whole], self._model)
        folded = fold(text)
        return _resolved(everything.analyze(folded.text), folded.offsets)

    @cached_property
    def _pieces(self) -> Analyzer:
        return Analyzer(self._gated, self._model)

    @cached_property
    def _texts(self) -> Analyzer:
        return Analyzer(self._whole, self._model)


def _resolved(found: Iterable[Span], offsets: OffsetMap) -> tuple[Span, ...]:
    spans = []
    for span in resolve(found):
        start, end = offsets.back(span.start, span.end)
        spans.append(span._replace(start=start, end=end))
    return tuple(spans)
