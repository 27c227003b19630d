"""Papers of the forces (军官证, 士兵证, 文职干部证, 警官证): a character of the kind or unit, 字第, a number, 号.

Certainty: common knowledge; no numbering is published. "字第…号" is also how documents and licences are cited, so only
the characters of the forces count, 军字第 by itself and the others with a word around.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found, is_named
from pii.recognizers.labels import label_cue, numbered
from pii.recognizers.words import value_of, words

_LABELS = (
    "军官证 士兵证 士官证 军士证 义务兵证 文职干部证 文职人员证 文职证 军人证 军人证件 警官证 武警证 学员证 "
    "军人证号 军证 军官号 士兵号 军籍号 军人身份号码 军人保障卡 退役军人优待证 优待证 退伍证 退役证 转业证 军属证 "
    "烈属证 "
    "现役军人证 预备役 部队证件 军人有效证件 jgz jgzh sbz sbzh jrz jrzh wjz jgzhm military_id officer_id officer_card "
    "soldier_id soldier_card military_card service_number"
)
_WORDS = re.compile(
    words("军官 士兵 士官 军士 文职 军人 部队 武警 警官 现役 退役 退伍 服役 服兵役 义务兵 证件 军属 来队 随军 凭 持")
    + "|(?i:military|officer|soldier|servicem|sergeant|veteran|army|armed)|"
    + words("证号 证件号 cert_no id_no card_no")
)
_KIND = "[军軍兵士官文武职職警海空陆陸火参參政后後装裝总總沈北京兰蘭济濟南广廣成东東西中]"
_DIGITS = "[0-9](?:[ \t]?[0-9]){3,9}"
_NUMBER = r"[0-9](?:[ \t\-]?[0-9]){5,11}"
_FEWEST_DIGITS = 6
_CITED = re.compile(r"[〕】\])）0-9A-Za-z年国國委办辦发發法刑民院厅廳政]")
"""What stands before 军字第 in the number of a document or a judgment."""
_OFFICES = (
    "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕甘青宁新港澳台臺省市县縣区區州乡鄉镇鎮"
    "公府署局部会會校社党黨组組人教卫衛外图圖语語作论論原正中英"
)
"""What stands before 文字第 and its like where an office cites a document, or where it ends a word."""


class MilitaryIdRecognizer(CuedRecognizer):
    """Finds numbers of the 军字第…号 family and those behind the name of a paper (format common knowledge)."""

    entities: ClassVar = ("MILITARY_ID",)
    labels: ClassVar = ("军官证",)
    cues: ClassVar = (Cue("字[ \t]?第", before=4, after=24), label_cue(_LABELS, 24))
    expressions: ClassVar = (
        re.compile(f"(?P<kind>{_KIND}{{1,2}})[ \t]?字[ \t]?第[ \t]?(?P<digits>{_DIGITS})[ \t]?[号號]?(?![0-9A-Za-z])"),
        numbered(_LABELS, f"(?:{_KIND}字第)?{_NUMBER}[号號]?"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the word, or 军字第, 士字第 and their like with six digits that no document is cited by."""
        if "value" in match.groupdict():
            return value_of(match, "MILITARY_ID", 850)
        start, end = match.span()
        digits = sum(map(str.isdigit, match["digits"]))
        if is_named(_WORDS, text, start, end):
            return Found(start, end, "MILITARY_ID", 850)
        is_cited = start > 0 and _CITED.match(text, start - 1)
        is_alone = start == 0 or text[start - 1] not in _OFFICES
        is_officer = match["kind"] in {"军", "軍"} or (match["kind"] in {"士", "兵", "文", "武", "警"} and is_alone)
        is_officer = is_officer and digits >= _FEWEST_DIGITS and not is_cited
        return Found(start, end, "MILITARY_ID", 700) if is_officer else None
