"""Vehicle identification numbers (车架号, 车辆识别代号), GB 16735 after ISO 3779: 17 characters without I, O and Q.

The ninth character is the check digit, the last four are digits. One random run in eleven passes, so a letter is
demanded, and either a word around or the L that China's makers begin with.
"""

import re
from typing import ClassVar

from pii.checksums import vin_check
from pii.gate import REACH, Cue
from pii.normalise import BREAK
from pii.overlaps import VALIDATED
from pii.recognizers.contact.broken import joined
from pii.recognizers.cued import CuedRecognizer, Found, touches
from pii.recognizers.label_expressions import behind, label_cue
from pii.recognizers.labels import is_mentioned
from pii.recognizers.words import words

_WORDS = re.compile(
    words("车架 车辆识别 识别代号 识别代码 大架号 车身号 车辆 底盘号 行驶证 车型 车驾号 底盘 发动机 引擎号 车台号")
    + "|(?i:(?<![a-z])(?:vin|chassis|vehicle|frame|cjh|clsb(?:dm|dh|m)|dpsb))"
)
_CARS = re.compile(
    words(
        "机动车 汽车 轿车 交强险 商业险 保单 过户 年检 车检 号牌 车牌 购车 提车 二手车 合格证 车主 验车 报废 牌照 "
        "车号 车籍 行照 车厂 出厂"
    )
    + "|(?i:(?<![a-z])(?:car|plate|engine|motor)(?![a-z]))"
)
"""What speaks of cars, but not of their numbers."""
_LABEL = (
    words(
        "车架号 车架号码 车架 大架号 车辆识别代号 车辆识别代码 车辆识别码 识别代号 识别代码 车身号 车身号码 底盘号 "
        "车架码 VIN码"
    )
    + "|(?<![A-Za-z])(?i:vin|chassis[ _]?(?:no|number))(?![A-Za-z])"
)
_READ = str.maketrans("OoQqIil", "0000111")
"""What text recognition writes for digits; none of these letters stands in such a number."""
_ALIKE = {"S": "5", "B": "8", "Z": "2", "G": "6"}
"""Letters that do, and that it writes for digits too."""
_LENGTH = 17
_PART = "[A-HJ-NPR-Za-hj-npr-z0-9]"
_VIN = "[A-HJ-NPR-Za-hj-npr-z0-9]{13}[0-9]{4}"
_FEWEST_LETTERS = 3
_TOKEN = re.compile(r"[_/+=.\-]")
"""What goes on around a piece of a longer token."""


class VehicleIdentificationRecognizer(CuedRecognizer):
    """Finds vehicle identification numbers by check digit and a word or the L of a maker in China (GB 16735)."""

    entities: ClassVar = ("VIN",)
    labels: ClassVar = ("车架号",)
    cues: ClassVar = (
        Cue(_VIN, before=0, after=0),
        label_cue(_LABEL, 20),
        Cue(f"{_PART}{{2}}(?:{BREAK}|[ \\-]){_PART}{{0,11}}[0-9]{{2}}", before=16, after=4),
    )
    expressions: ClassVar = (
        re.compile(f"(?<![0-9A-Za-z]){_VIN}(?![0-9A-Za-z])"),
        re.compile(
            f"(?<![0-9A-Za-z])(?P<apart>{_PART}{{2,15}}(?:{BREAK}|[ \\-]){_PART}{{0,11}}[0-9]{{2,4}})(?![0-9A-Za-z])"
        ),
        re.compile(
            f"(?<![0-9A-Za-z])(?P<grouped>{_PART}{{2,9}}(?:[ \\-]{_PART}{{2,9}}){{1,4}}[ "
            f"\\-]{_PART}{{0,5}}[0-9]{{2,4}})(?![0-9A-Za-z])"
        ),
        behind(f"(?:{_LABEL})", "(?P<read>[A-Za-z0-9]{17})"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the check digit, letters, and the word or the L."""
        if "read" in match.groupdict():
            start, end = match.span("value")
            return Found(start, end, "VIN", 850) if start - match.start() < REACH and _is_read(match["read"]) else None
        start, end = match.span()
        vin = joined(match[0]).upper()
        if len(vin) != _LENGTH or not vin[-4:].isdigit():
            return None
        letters = sum(map(str.isalpha, vin))
        if letters < 1 or vin_check(vin) != vin[8]:
            return None
        if is_mentioned(_WORDS, text, start, end):
            return Found(start, end, "VIN", VALIDATED)
        if letters > _FEWEST_LETTERS and is_mentioned(_CARS, text, start, end):
            return Found(start, end, "VIN", 900)
        is_plain = match.lastgroup is None and match[0].isupper() and vin[0] == "L" and letters >= _FEWEST_LETTERS
        is_plain = is_plain and not touches(text, start, end, _TOKEN)
        return Found(start, end, "VIN", 800) if is_plain else None


def _is_read(written: str) -> bool:
    """Tell whether a scanned number is one, its look-alike letters read as digits: those at its end, and one more."""
    vin = written.translate(_READ).upper()
    vin = vin[:13] + "".join(_ALIKE.get(each, each) for each in vin[13:])
    if not vin[13:].isdigit() or vin.isdigit():
        return False
    ways = [vin, *(vin[:i] + _ALIKE[each] + vin[i + 1 :] for i, each in enumerate(vin) if each in _ALIKE)]
    return written != vin and any(vin_check(way) == way[8] for way in ways)
