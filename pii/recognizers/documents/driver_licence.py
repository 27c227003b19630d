"""Driving licences (机动车驾驶证), GA 482: the number of the licence and of its file (档案编号).

The licence number of a resident is the identity number, and is found as one. Beside it stand the file number, twelve
digits that begin with the province (GB/T 2260), and the serial number of the card (证芯编号), thirteen. Neither has a
check digit: the label is the proof. Certainty: formats are common knowledge.
"""

from typing import ClassVar

from pii.numbering import provinces
from pii.recognizers.cued import LONG_NUMBER, digits_of
from pii.recognizers.labels import LabelledRecognizer, answered, followed, label_cue, loosely, numbered

_LABELS = (
    "档案号 档案编号 驾驶证档案 准驾证 准驾证档案 驾驶证 驾驶人档案 驾照 驾照档案 驾驶执照 驾证 证芯 file_no "
    "file_number archive_no dabh jszdabh dah dnbh zxbh jszh jszhm jsz jzh dl_no driver_no license_file licence_file "
    "driver_licence driver_license driver's_licence driver's_license driving_licence driving_license"
)

_HEADS = "驾驶 驾照 驾证 驾驶证 准驾 驾龄 驾校 档案编号"
_NUMBER = r"[1-8][0-9](?:[ \t\u3000\-.·]?[0-9]){10,11}"


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
    )

    def accepts(self, value: str) -> bool:
        """Demand a province in front."""
        return digits_of(value)[:2] in provinces()
