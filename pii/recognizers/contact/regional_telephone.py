"""Telephones of Hong Kong, Macao and Taiwan (港澳台电话): plans of OFCA, CTT and NCC, country codes by ITU-T E.164.

- With +852, +853 or +886 the plan of the place is proof enough; without the plus a word around must say telephone.
- A number of Taiwan with its trunk zero counts in its usual groups or with a word.
- A local number of eight digits needs the word right before and the place near it, or the word in traditional
  characters; where only a word in simplified ones stands it is
  taken for a fixed telephone of the mainland (:mod:`pii.recognizers.contact.landline`).
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.lookalikes import LETTERS, MOST, letters, meant
from pii.normalise import BREAK
from pii.recognizers.contact.broken import BROKEN_NUMBER, joined
from pii.recognizers.contact.mobile import TELEPHONE
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
from pii.recognizers.labels import is_mentioned
from pii.telephones import Telephone, regional

_GAP = r"[ \t\u3000.\-—]{0,3}"
_HYPHEN = r"[ \t\u3000.\-—]"
_EXTENSION = r"(?:[ \t]?(?:转|轉|分机|分機|ext\.?|#)[ \t]?[0-9]{1,5})?"
_ENDS = r"(?![0-9A-Za-z]|[.\-][0-9])"
_HONG_KONG = re.compile(
    r"香港|港[区區]|九[龙龍]|新界|寄[往去]香港|(?<![A-Za-z])(?:HK|Hong ?Kong)(?![A-Za-z])|852"
    r"|[回返][鄉乡][证證]|(?i:hkid|home_?(?:visit|return)_?permit)"
)
_TRADITIONAL = re.compile(
    "(?:(?:[電話絡聯撥線號]|手提|(?i:whatsapp))(?:號碼|碼)?[^0-9A-Za-z\\n]{0,4}|[聯连][絡繫係]人[^0-9A-Za-z\\n]{0,9})$"
)
"""A word for telephone in traditional characters right before: eight digits are of Hong Kong."""
_OF_TAIWAN = re.compile("[台臺][號机機]|手機|電話")
_TAIWANESE = re.compile("[台臺][灣北中南]|新北|桃園|高雄|市話")
_PARCEL = re.compile("[寄收][件貨货]人?[:： ]")
"""A slip of a parcel: who sends and who receives, each with a telephone."""
_OFFICE = re.compile(
    "[辦办]事[處处]|[辦办]公|住宅|家居|查[詢询]|請電|內線|直[線线]|總機|(?i:office|home|enquir|hotline|switchboard)"
)
_NEAR, _LOCAL, _OF_TEN = 16, 8, 10
_MACAO = re.compile(r"澳[门門]|(?<![A-Za-z])Maca[ou](?![A-Za-z])|853")


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
        Cue(r"0[2-8][0-9]?[)）]?[ \t\u3000\-—]{0,2}[0-9]{3}", before=4, after=24),
    )
    expressions: ClassVar = (
        re.compile(
            rf"(?<![0-9A-Za-z])(?P<mark>[(（]?(?:\+|00))?[(（]?(?P<country>85[23]|886)[)）]?{_GAP}"
            rf"(?P<national>[(（]?0?[2-9][0-9]?[)）]?(?:{_GAP}[0-9]){{6,8}}){_EXTENSION}{_ENDS}"
        ),
        re.compile(
            rf"(?<![0-9A-Za-z.\-])[(（]?(?P<taiwan>0(?:9{_HYPHEN}[0-9]{{4}}{_HYPHEN}[0-9]{{4}}|"
            rf"9[0-9]{{2}}{_HYPHEN}?[0-9]{{3}}{_HYPHEN}?[0-9]{{3}}"
            rf"|[2-8][0-9]?[)）]?{_HYPHEN}{{0,2}}[0-9]{{3,4}}{_HYPHEN}?[0-9]{{3,4}})){_EXTENSION}{_ENDS}"
        ),
        re.compile(rf"(?<![0-9A-Za-z.\-])(?P<local>[2-9][0-9]{{3}}{_HYPHEN}?[0-9]{{4}}){_EXTENSION}{_ENDS}"),
        re.compile(rf"(?<![0-9A-Za-z.\-])(?P<apart>[2-9][0-9]{{1,6}}{BREAK}[0-9]{{1,6}}){_ENDS}"),
        re.compile(rf"(?<![0-9A-Za-z.\-])(?P<torn>09(?:{_GAP}[0-9]){{0,7}}{BREAK}[0-9](?:{_GAP}[0-9]){{0,7}}){_ENDS}"),
        re.compile(rf"(?<![0-9A-Za-z.\-])(?P<hidden>[0Oo]9(?:{_GAP}[0-9{LETTERS}]){{8}}){_ENDS}"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a number of the plan, and a word where no country code with its plus tells what it is."""
        start, end = match.span()
        if is_something_else(text, start, end):
            return None
        groups = match.groupdict()
        is_told = is_named(TELEPHONE, text, start, end)
        if groups.get("country"):
            found = regional(match["country"], digits_of(match["national"]))
            score = 900 if is_told else 760 if match["mark"] else 0
        elif groups.get("taiwan"):
            found = regional("886", digits_of(match["taiwan"]))
            is_grouped = not match["taiwan"].isdigit() and match["taiwan"].startswith("09")
            is_told = is_told or is_named(_OF_TAIWAN, text, start, end)
            is_apart = "-" in match[0] and text[end : end + 1] != "-"  # what stands before has no hyphen: see above
            is_alone = is_apart or not is_part_of_row(text, start, end)
            score = 860 if is_told else 600 if is_grouped and is_alone else 0
        elif groups.get("torn"):
            number = joined(match["torn"])
            is_told = is_told or is_named(_OF_TAIWAN, text, start, end)
            found = regional("886", number) if len(number) == _OF_TEN else None
            score = 680 if is_told else 0
        elif groups.get("hidden"):
            number = meant(digits_of(match["hidden"]))
            found = regional("886", number) if number.isdigit() and letters(match["hidden"]) <= MOST else None
            score = 680 if is_told or is_named(_OF_TAIWAN, text, start, end) else 0
        else:
            is_sent = is_named(_PARCEL, text, start, end) and not match[0].isdigit()
            is_told = is_told or is_named(_OFFICE, text, start, end)
            found = _local(text, match) if is_told or is_sent else None
            score = 700
        return Found(start, end, found.entity, score) if found and score else None


def _local(text: str, match: re.Match[str]) -> Telephone | None:
    number = joined(match[match.lastgroup or 0])
    if len(number) != _LOCAL:
        return None
    if _TRADITIONAL.search(text, max(0, match.start() - _NEAR), match.start()) and not _TAIWANESE.search(
        text, max(0, match.start() - REACH + 1), match.start()
    ):
        return regional("852", number)
    for words, country in ((_HONG_KONG, "852"), (_MACAO, "853")):
        if is_mentioned(words, text, *match.span()):
            return regional(country, number)
    return None
