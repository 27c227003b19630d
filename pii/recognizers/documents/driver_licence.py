"""Driving licences (机动车驾驶证), GA 482: the number of the licence and of its file (档案编号).

The licence number of a resident is the identity number, and is found as one. Beside it stand the file number, twelve
digits that begin with the authority (GB/T 2260), and the serial number of the card (证芯编号), thirteen. Neither has a
check digit: the label is the proof, or that driving is spoken of. Certainty: formats are common knowledge.
"""

import re
from typing import ClassVar

from pii.numbering import prefectures, provinces
from pii.recognizers.cued import LONG_NUMBER, Found, digits_of
from pii.recognizers.documents.alone import is_things
from pii.recognizers.labels import LabelledRecognizer, answered, followed, is_mentioned, label_cue, loosely, numbered
from pii.recognizers.words import words

_LABELS = (
    "档案号 档案编号 驾驶证档案 准驾证 准驾证档案 驾驶证 驾驶人档案 驾照 驾照档案 驾驶执照 驾证 证芯 file_no "
    "file_number archive_no dabh jszdabh dah dnbh zxbh jszh jszhm jsz jzh dl_no driver_no license_file licence_file "
    "driver_licence driver_license driver's_licence driver's_license driving_licence driving_license drv_doc "
    "drv_doc_no drv_no drv_lic drv_license drv_licence dl_file dl_number dl_num driver_file driver_archive "
    "archive_number jz_dah jz_dabh jsyda"
)

_HEADS = "驾驶 驾照 驾证 驾驶证 准驾 驾龄 驾校 档案编号"
_WORDS = re.compile(
    words("驾 司机 学车 扣分 减分 换证 副页 副证 证芯 车管 交管 12123 机动车 档案编号 档案号 C1证 C2证 A2证 B2证")
    + "|(?i:driv(?:er|ing)|jia_?(?:zhao|shi)|(?<![a-z])(?:drv|dl|dah|dabh|dnbh|jsz|jszdah|jszdabh)(?![a-z])|licen[cs]e)"
)
_NUMBER = r"[1-8](?:[ \t\u3000\-.·_/|]?[0-9]){11,12}"


class DriverLicenceRecognizer(LabelledRecognizer):
    """Finds file and serial numbers of driving licences behind their label (GA 482)."""

    entities: ClassVar = ("DRIVER_LICENCE",)
    labels: ClassVar = ("驾驶证档案编号",)
    cues: ClassVar = (label_cue(f"{_LABELS} {_HEADS}", 64), LONG_NUMBER)
    expressions: ClassVar = (
        numbered(_LABELS, _NUMBER),
        loosely(f"{_HEADS} driving_licence driving_license driver_licence driver_license", _NUMBER),
        answered(_HEADS, _NUMBER),
        followed(_NUMBER, f"{_HEADS} {_LABELS}"),
        re.compile("(?<![0-9A-Za-z.+])(?P<file>[1-8][0-9]{11})(?![0-9A-Za-z]|[.][0-9])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the label, or of twelve digits that begin with an authority that driving is spoken of near them."""
        if match.lastgroup != "file":
            return super().judge(text, match)
        start, end = match.span()
        is_one = match["file"][:4] in prefectures() and is_mentioned(_WORDS, text, start, end)
        return Found(start, end, "DRIVER_LICENCE", 550) if is_one and not is_things(text, start, _WORDS) else None

    def accepts(self, value: str) -> bool:
        """Demand a province in front."""
        return digits_of(value)[:2] in provinces()
