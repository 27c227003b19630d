"""Unified social credit codes (统一社会信用代码), GB 32100-2015: told apart, no personal information.

Registrar and kind of organisation, six digits of area, nine characters of body code (GB 11714), one check character
modulo 31. A number that is a valid identity number too is one: of identity numbers one in some thirty passes modulo 31,
of codes hardly any holds a date and passes modulo 11.
"""

import re
from typing import ClassVar

from pii.checksums import uscc_check
from pii.numbering import provinces, registrars
from pii.overlaps import VALIDATED
from pii.recognizers.cued import LONG_RUN, CuedRecognizer, Found
from pii.recognizers.documents.id_card import id_kind


class OrganisationCodeRecognizer(CuedRecognizer):
    """Finds organisation codes, so that nothing inside one is taken for a person's number (GB 32100)."""

    entities: ClassVar = ("USCC",)
    cues: ClassVar = (LONG_RUN,)
    expressions: ClassVar = (
        re.compile("(?<![0-9A-Za-z])[0-9ANYany][0-9][0-9]{6}[0-9A-HJ-NP-RTUW-Ya-hj-np-rtuw-y]{10}(?![0-9A-Za-z])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:  # noqa: ARG002 - the code is its own proof
        """Demand registrar, area and check character, and that it is nobody's identity number."""
        code = match[0].upper()
        has_place = code[:2] in registrars() and (code[2:4] in provinces() or code[2:8] == "100000")
        if not has_place or uscc_check(code[:17]) != code[17] or (code[:17].isdigit() and id_kind(code)):
            return None
        return Found(*match.span(), "USCC", VALIDATED)
