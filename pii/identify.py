"""Identifiers (标识符): one canonical form for every way of writing a value, so that its person can be found again.

The canonical form is the value itself. It lives in memory only, never in a file, a message or a log; what is kept of it
is its keyed digest (``provenance.pseudonyms``).
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pii.entities import ENTITIES
from pii.normalise import SEPARATOR, fold
from provenance.spans import Span

_NUMBERS = frozenset({"MOBILE", "LANDLINE", "BANK_CARD", "QQ", "IMEI", "IMSI"})
_MOBILE_DIGITS = 11
_GAP = f"{SEPARATOR}{{0,3}}"
_LANDLINE = re.compile(
    rf"(?:(?:(?:\+|00)86{_GAP}[(（]?0?|[(（]?0)(?P<area>10|2[0-9]|[3-9][0-9]{{2}})[)）]?{_GAP})?"
    rf"(?P<number>[2-8][0-9]{{2,3}}{_GAP}[0-9]{{4}})(?P<extension>.*)",
    re.DOTALL,
)
_NOT_A_DIGIT = re.compile("[^0-9]")
_CUES = ("", "电话 ", "账号 ", "护照 ", "车牌 ")
"""Words without which a recogniser takes a bare number for any number."""


class Identifier(NamedTuple):
    """A value that leads to a person, in its canonical form; it does not show itself."""

    entity: str
    value: str

    def __repr__(self) -> str:
        """Name the type and never the value."""
        return f"Identifier({self.entity})"


def canonical(entity: str, surface: str) -> str:
    """Return the one form of a value, however it was written.

    Width, hidden characters, separators and case go; of telephone numbers the country code and the trunk zero too. An
    extension is part of a fixed telephone number; one written without its area code is another number than with it.

    Args:
        entity: Type of personal information, a name of :data:`pii.entities.ENTITIES`.
        surface: The value as the detector found it.
    """
    folded = fold(surface).text
    if entity == "EMAIL":
        return folded.lower()
    if entity == "MOBILE":
        return _digits(folded)[-_MOBILE_DIGITS:]
    if entity == "LANDLINE":
        return _landline(folded)
    if entity in _NUMBERS:
        return _digits(folded)
    return "".join(filter(str.isalnum, folded)).upper()


def find(text: str) -> tuple[Identifier, ...]:
    """Return the identifiers that a line of a request can mean, distinct and sorted.

    A person who asks writes a bare number, and some numbers are recognised by the word beside them only: so the line is
    read as it is, and behind each of those words too.

    Raises:
        GovernanceError: A recogniser failed.
    """
    from pii.strip import Stripper  # noqa: PLC0415 - it needs this module to name what it finds

    detect = Stripper().detect
    readings = [f"{cue}{text}" for cue in _CUES]
    return tuple(sorted({each for line in readings for each in identified(line, detect(line))}))


def identified(text: str, spans: Iterable[Span]) -> set[Identifier]:
    """Return the identifiers that stand at these places of a text; what is not personal is left out."""
    return {
        Identifier(span.label, canonical(span.label, text[span.start : span.end]))
        for span in spans
        if ENTITIES[span.label].is_personal
    }


def _landline(folded: str) -> str:
    match = _LANDLINE.fullmatch(folded)
    if match is None:
        return _digits(folded)
    extension = _digits(match["extension"])
    return (match["area"] or "") + _digits(match["number"]) + (f"x{extension}" if extension else "")


def _digits(text: str) -> str:
    return _NOT_A_DIGIT.sub("", text)
