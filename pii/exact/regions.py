"""What numbers the regions have, from the tables of `phonenumbers`: enough to say of most digits that they are none."""

import re
from functools import lru_cache

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

_FEWEST_EVER = 2
_PREFIXES_TAKEN_OFF = 3
"""National prefix, country code, and a national prefix again."""
_KINDS = (
    *("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan"),
    "voicemail",
)


class Region:
    """A region of `phonenumbers`.

    Args:
        code: As there; one that is not known has any number.
        leniency: As there; where it is 0, any digits may be a number.

    Attributes:
        code: As given.
        fewest: Digits of its shortest number, less those that `phonenumbers` adds by itself.
    """

    def __init__(self, code: str, leniency: int) -> None:
        self.code = code
        self.fewest = _FEWEST_EVER
        self._prefixes: tuple[str, ...] | None = None
        known = PhoneMetadata.metadata_for_region(code, None) if leniency else None
        if known is None:
            return
        rule = known.national_prefix_transform_rule or ""
        added = len(re.sub(r"\\\d|\D", "", rule))
        self.fewest = max(_FEWEST_EVER, min(each for kind in _kinds(known) for each in kind[1]) - added)
        country, prefixes = int(known.country_code or 0), (known.national_prefix_for_parsing or "").split("|")
        self._pattern = _pattern(country)
        self._abroad = re.compile(known.international_prefix or "(?!)")
        if not rule and all(each.isdigit() for each in prefixes if each):
            self._prefixes = (str(country), *filter(None, prefixes))

    def may_have(self, digits: str) -> bool:
        """Tell whether digits without a plus in front may be a number, prefixes included."""
        if self._prefixes is None or self._abroad.match(digits):
            return True
        forms = {digits}
        for _ in range(_PREFIXES_TAKEN_OFF):
            forms |= {each.removeprefix(prefix) for each in forms for prefix in self._prefixes}
        return any(map(self._pattern.fullmatch, forms))


def _kinds(region: PhoneMetadata) -> list[tuple[str, list[int]]]:
    """Return the pattern and the lengths of each kind of number."""
    kinds = [getattr(region, each) for each in _KINDS]
    described = [(each.national_number_pattern, each.possible_length) for each in kinds if each]
    return [(pattern, [each for each in lengths if each > 0]) for pattern, lengths in described if pattern]


@lru_cache
def _pattern(country: int) -> re.Pattern[str]:
    """Return a pattern of all numbers of a country code; more than one region may share it."""
    regions = [PhoneMetadata.metadata_for_region(each, None) for each in COUNTRY_CODE_TO_REGION_CODE[country]]
    every = dict.fromkeys(pattern for region in regions if region for pattern, _ in _kinds(region))
    return re.compile("|".join(f"(?:{each})" for each in every))
