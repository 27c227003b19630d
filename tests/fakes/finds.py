"""What all recognisers find together in a text, without engine or gate."""

from pii.overlaps import resolve
from pii.recognizers import recognizers
from provenance.spans import Span

_RECOGNISERS = recognizers()


def finds(text: str) -> list[tuple[str, str]]:
    """Return type and surface of every find, overlaps resolved."""
    spans = [
        Span(each.start, each.end, each.entity_type, round(each.score * 1000))
        for recogniser in _RECOGNISERS
        for each in recogniser.analyze(text, recogniser.supported_entities)
    ]
    return [(span.label, text[span.start : span.end]) for span in resolve(spans)]
