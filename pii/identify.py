"""Identifiers (标识符): one canonical form for every way of writing a value, so that its person can be found again.

The canonical form is the value itself. It lives in memory only, never in a file, a message or a log; what is kept of it
is its keyed digest (``provenance.pseudonyms``).
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from pii.entities import ENTITIES
from pii.internet import address_of
from pii.lookalikes import meant
from pii.normalise import AT, BREAK, DOT, SEPARATOR, fold
from pii.positions import position
from pii.telephones import one_form
from provenance.spans import Span

_NUMBERS = frozenset({"BANK_CARD", "CN_ID15", "QQ", "IMEI", "IMSI"})
_TOLD = frozenset({"EDU_WORK", "MEDICAL"})
_MOBILE_DIGITS = 11
_CITIZENS = frozenset({"CN_ID18", "HKMOTW_RESIDENCE"})
_BREAK = re.compile(BREAK)
_GAP = f"{SEPARATOR}{{0,3}}"
_LANDLINE = re.compile(
    rf"(?:(?:(?:\+|00)?86{_GAP}[(（]?0?[)）]?{_GAP}|[(（]?0)(?P<area>10|2[0-9]|[3-9][0-9]{{2}})[)）]?{_GAP})?"
    rf"(?P<number>[2-8][0-9]{{2,3}}{_GAP}[0-9]{{4}})(?P<extension>.*)",
    re.DOTALL,
)
_EXTENSION = re.compile("(?i)[转轉]|分[机機]|ext|[x#]")
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+")
_NOT_A_DIGIT = re.compile("[^0-9]")
_FEWEST_DIGITS = 5
"""Of a number among what is told in words too: a student's number, not his degree."""


class Identifier(NamedTuple):
    """A value that leads to a person, in its canonical form; it does not show itself."""

    entity: str
    value: str

    def __repr__(self) -> str:
        """Name the type and never the value."""
        return f"Identifier({self.entity})"


def canonical(entity: str, surface: str) -> str:
    """Return the one form of a value, however it was written.

    Width, hidden characters, separators and case go, and the disguise of an e-mail address; of a mainland telephone the
    country code and the trunk zero; a telephone elsewhere is plus, country code and number (E.164). An extension is
    part of a number; one written without its area code is another number than with it. Positions are told to a metre.
    The case of a secret stays, and so do the signs inside the name of an account.

    Args:
        entity: Type of personal information, a name of :data:`pii.entities.ENTITIES`.
        surface: The value as the detector found it.
    """
    folded = fold(surface).text
    if form := _FORMS.get(entity):
        return form(folded)
    folded = _BREAK.sub("", folded)
    if entity in _NUMBERS:
        return _digits(meant(folded))
    if entity in _CITIZENS:
        folded = meant(folded)
    return "".join(filter(str.isalnum, folded)).upper()


def find(text: str) -> tuple[Identifier, ...]:
    """Return the identifiers that a line of a request can mean, distinct and sorted.

    A person who asks writes a bare number, and some numbers are recognised by the word beside them only: so the line is
    read as it is, and behind the words of each recogniser too.

    Raises:
        GovernanceError: A recogniser failed.
    """
    from pii.recognizers import recognizers  # noqa: PLC0415 - Presidio takes a second to load
    from pii.strip import Stripper  # noqa: PLC0415 - it needs this module to name what it finds

    detect = Stripper().detect
    labels = {label for each in recognizers() for label in each.labels}
    readings = [text, *(f"{label} {text}" for label in sorted(labels))]
    return tuple(sorted({each for line in readings for each in identified(line, detect(line))}))


def identified(text: str, spans: Iterable[Span]) -> set[Identifier]:
    """Return the identifiers that stand at these places of a text: what leads to nobody, or to many, is left out."""
    found = {
        Identifier(span.label, canonical(span.label, text[span.start : span.end]))
        for span in spans
        if ENTITIES[span.label].is_identifying
    }
    return {each for each in found if each.entity not in _TOLD or len(_digits(each.value)) >= _FEWEST_DIGITS}


def _email(folded: str) -> str:
    if not _PLAIN_ADDRESS.fullmatch(folded):
        at = "@+" if "@" in folded else AT
        folded = "".join(re.sub(DOT, ".", re.sub(at, "@", folded, count=1)).split())
    return folded.lower()


def _account(folded: str) -> str:
    return folded.replace(" ", "").removeprefix("@").lower()


def _address(folded: str) -> str:
    return str(address_of(folded) or folded)


def _position(folded: str) -> str:
    found = position(folded)
    return f"{found.latitude:.5f},{found.longitude:.5f}" if found else folded


def _mobile(folded: str) -> str:
    number, *extension = _EXTENSION.split(folded, maxsplit=1)
    number = meant(_BREAK.sub("", number))
    form = one_form(number, is_mobile=True) or _digits(number)[-_MOBILE_DIGITS:]
    return form + "".join(f"x{_digits(each)}" for each in extension)


def _landline(folded: str) -> str:
    number, *extensions = _EXTENSION.split(folded, maxsplit=1)
    if form := one_form(number, is_mobile=False):
        return form + "".join(f"x{_digits(each)}" for each in extensions)
    match = _LANDLINE.fullmatch(folded)
    if match is None:
        return _digits(folded).removeprefix("0")
    extension = _digits(match["extension"])
    return (match["area"] or "") + _digits(match["number"]) + (f"x{extension}" if extension else "")


def _digits(text: str) -> str:
    return _NOT_A_DIGIT.sub("", text)


_FORMS: dict[str, Callable[[str], str]] = {
    "ACCOUNT_SECRET": str,
    "EMAIL": _email,
    "GPS": _position,
    "IP": _address,
    "LANDLINE": _landline,
    "MOBILE": _mobile,
    "SOCIAL_ACCOUNT": _account,
    "WECHAT": _account,
}
