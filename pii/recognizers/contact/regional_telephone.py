"""Telephones of Hong Kong, Macao and Taiwan (港澳台电话): plans of OFCA, CTT and NCC, country codes by ITU-T E.164.

- With +852, +853 or +886 the plan of the place is proof enough; without the plus it must be set apart from the
  number, or a word around must say telephone.
- A number of Taiwan with its trunk zero counts in its usual groups, with a word, or in traditional characters.
- Numbers without country code or trunk zero: :mod:`pii.recognizers.contact.local_telephone`.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.lookalikes import LETTERS, MOST, letters, meant
from pii.normalise import BREAK
from pii.recognizers.contact.broken import BROKEN_NUMBER, joined
from pii.recognizers.contact.mobile import TELEPHONE
from pii.recognizers.contact.places import HONORIFIC, TAIWAN, TRADITIONAL
from pii.recognizers.contact.telephone_words import OTHERWISE, named
from pii.recognizers.cued import (
    LONG_NUMBER,
    LONG_RUN,
    CuedRecognizer,
    Found,
    digits_of,
    is_named,
    is_part_of_row,
    is_something_else,
)
from pii.telephones import regional

_GAP = r"[ \t\u3000.\-—]{0,3}"
_HYPHEN = r"[ \t\u3000.\-—_/·]"
_EXTENSION = r"(?:[ \t]?(?:转|轉|分机|分機|ext\.?|#)[ \t]?[0-9]{1,5})?"
_ENDS = r"(?![0-9A-Za-z]|[.\-][0-9])"
_OF_TEN, _NEAR = 10, 24
_OF_MOBILE = re.compile("09[0-9]{8}")
_BEHIND_NAME = re.compile("[\u4e00-\u9fff]{2,4}[,，｜|\t/／ ]{0,2}$")
_PRINTED = re.compile(r"(?:[(（]0[2-8][)）][ ]?|0[2-8]-)[0-9]{3,4}[\- ]?[0-9]{4}(?![0-9\-])")
"""A fixed telephone of Taiwan as it is printed."""


class RegionalTelephoneRecognizer(CuedRecognizer):
    """Finds mobile and fixed telephones of Hong Kong, Macao and Taiwan (OFCA, CTT, NCC, E.164)."""

    entities: ClassVar = ("MOBILE", "LANDLINE")
    labels: ClassVar = ("香港电话", "電話")
    cues: ClassVar = (
        LONG_NUMBER,
        LONG_RUN,
        BROKEN_NUMBER,
        Cue(f"[0Oo]9(?:{_GAP}[0-9{LETTERS}]){{8}}", before=2, after=24),
        Cue(f"[0-9]{BREAK}[0-9]", before=24, after=24),
        Cue(f"[2-9][0-9]{{2,3}}{_HYPHEN}{{1,3}}[0-9]{{3,4}}", before=24, after=24),
        Cue(r"0[2-9][0-9]{0,2}[)）]?[ \t\u3000.\-—_/·]{0,2}[0-9]{2}", before=4, after=24),
    )
    expressions: ClassVar = (
        re.compile(
            r"(?<![0-9A-Za-z])(?P<mark>[(（]?(?:\+[ ]?|00[12]?[ ]?|011[ ]?))?[(（]?(?P<country>85[23]|886)"
            f"(?P<gap>[)）]?{_GAP})(?:[(（]0[)）][ ]?)?(?P<national>[(（]?0?[2-9][0-9]?[)）]?"
            rf"(?:{_GAP}[0-9]){{6,8}}){_EXTENSION}{_ENDS}"
        ),
        re.compile(
            rf"(?<![0-9A-Za-z.\-])[(（]?(?P<taiwan>0(?:9{_HYPHEN}[0-9]{{4}}{_HYPHEN}[0-9]{{4}}|"
            f"9[0-9]{{2}}[)）]?{_HYPHEN}?[0-9]{{3}}{_HYPHEN}?[0-9]{{3}}|{_HYPHEN}9(?:{_HYPHEN}[0-9]){{8}}|9[0-9](?:{_HYPHEN}[0-9]{{2}}){{4}}|8[23]6"
            f"{_HYPHEN}?[0-9]{{5}}"
            f"|9[0-9]{{2}}{_HYPHEN}[0-9]{{2}}(?:{_HYPHEN}[0-9]{{2}}){{2}}|9[0-9]{_HYPHEN}[0-9]{{3}}{_HYPHEN}"
            f"[0-9]{{4}}"
            rf"|[2-8][0-9]?[)）]?{_HYPHEN}{{0,2}}[0-9]{{3,4}}{_HYPHEN}?[0-9]{{3,4}})){_EXTENSION}{_ENDS}"
        ),
        re.compile(rf"(?<![0-9A-Za-z.\-])(?P<torn>09(?:{_GAP}[0-9]){{0,7}}{BREAK}[0-9](?:{_GAP}[0-9]){{0,7}}){_ENDS}"),
        re.compile(rf"(?<![0-9A-Za-z.\-])(?P<hidden>[0Oo]9(?:{_GAP}[0-9{LETTERS}]){{8}}){_ENDS}"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a number of the plan, and a word where no country code with its plus tells what it is."""
        start, end = match.span()
        if is_something_else(text, start, end) or OTHERWISE.search(text, max(0, start - _NEAR), start):
            return None
        groups = match.groupdict()
        is_told = is_named(TELEPHONE, text, start, end)
        if groups.get("country"):
            found = regional(match["country"], digits_of(match["national"]))
            is_apart = match["gap"].strip(".") != "" and not is_part_of_row(text, start, end)
            score = 900 if is_told else 760 if match["mark"] else 620 if is_apart else 0
        elif groups.get("taiwan"):
            found = regional("886", digits_of(match["taiwan"]))
            is_told = is_told or is_named(TAIWAN, text, start, end) or _is_called(text, start, end)
            is_apart = "-" in match[0] and text[end : end + 1] != "-"  # what stands before has no hyphen: see above
            is_alone = is_apart or not is_part_of_row(text, start, end)
            score = 860 if is_told else 600 if is_alone and _is_of_taiwan(text, match) else 0
        elif groups.get("torn"):
            number = joined(match["torn"])
            is_told = is_told or is_named(TAIWAN, text, start, end)
            found = regional("886", number) if len(number) == _OF_TEN else None
            score = 680 if is_told else 0
        else:
            number = meant(digits_of(match["hidden"]))
            found = regional("886", number) if number.isdigit() and letters(match["hidden"]) <= MOST else None
            score = 680 if is_told or is_named(TAIWAN, text, start, end) else 0
        return Found(start, end, found.entity, score) if found and score else None


def _is_of_taiwan(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number that no word names has the look of one: its groups, or the characters it stands among."""
    number, start = match["taiwan"], match.start()
    if not _OF_MOBILE.fullmatch(number):
        return number.startswith("09") or _PRINTED.match(match[0]) is not None
    is_among = TRADITIONAL.search(text, max(0, start - REACH + 1), match.end() + _NEAR)
    return bool(is_among or _BEHIND_NAME.search(text, max(0, start - _NEAR), start))


def _is_called(text: str, start: int, end: int) -> bool:
    """Tell whether a label names the number, or it stands behind whom to call."""
    before = text[max(0, start - REACH + 1) : start]
    return HONORIFIC.search(before) is not None or named(before, text[end : end + REACH]) is not None
