"""Codes of organisations before the unified one: organisation code (组织机构代码, GB 11714), tax number (税务登记证号).

Eight characters and a check character modulo 11; a tax number of 15 digits is six digits of area and that code. They
are told apart together with the unified code, as ``USCC``: no personal information. The tax number of a self-employed
person is an identity number, with two digits behind where there are several shops; it stays that person's.
"""

import re
from typing import ClassVar

from pii.checksums import org_check
from pii.numbering import prefectures
from pii.overlaps import VALIDATED
from pii.recognizers.cued import CuedRecognizer, Found, digits_of
from pii.recognizers.labels import label_cue, numbered
from pii.recognizers.words import value_of

_LABELS = (
    "组织机构代码 组织机构代码证 组织机构 机构代码 组织代码 企业代码 法人代码 "
    "纳税人识别号 纳税识别号 纳税人 税号 税务登记 税务登记证 税务登记号 国税 地税 "
    "organization_code organisation_code tax tax_registration taxpayer taxpayer_id tax_id"
)
_CODE = r"[0-9A-Za-z]{8}[ \t]?[\-—]?[ \t]?[0-9Xx]"


class FormerOrganisationRecognizer(CuedRecognizer):
    """Finds organisation codes and tax numbers behind their label, by check character (GB 11714)."""

    entities: ClassVar = ("USCC",)
    cues: ClassVar = (label_cue(_LABELS, 20),)
    expressions: ClassVar = (numbered(_LABELS, f"(?P<area>[1-8][0-9]{{5}})?(?P<code>{_CODE})"),)

    def judge(self, text: str, match: re.Match[str]) -> Found | None:  # noqa: ARG002 - the match holds all there is
        """Demand the check character, and an area of GB/T 2260 before it in a tax number."""
        code = digits_of(match["code"]).upper()
        if org_check(code[:8]) != code[8] or (match["area"] and match["area"][:4] not in prefectures()):
            return None
        return value_of(match, "USCC", VALIDATED)
