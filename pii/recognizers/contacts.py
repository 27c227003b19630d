"""Lists of contacts (通讯录): a name beside a telephone number, at least three times in a row.

GB/T 35273-2020 annex A 联系人信息 (通讯录、好友列表) and annex B. Covered is the name; the number beside it is found as
what it is, and a name that is known as one stays a name. A single name with its number is no list. Left to people:
lists without numbers (friends, groups) and what a person is called to whom.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.rows import neighbours
from pii.recognizers.words import HAN

_NUMBER = r"(?:(?:\+?86[ \-]?)?1[3-9][0-9][ \-]?[0-9]{4}[ \-]?[0-9]{4}|0[1-9][0-9]{1,2}-?[2-8][0-9]{6,7})(?![0-9])"
_WORDS = "电话|手机号码|手机号|手机|联系电话|联系方式|号码|電話|手機|(?i:telephone|tel|phone|mobile|cell|number)"
_GAP = rf"(?:[ \t\u3000:：,，、|\"'“”\-()（）/=*]|<[^<>\n]{{1,12}}>|_|{_WORDS}){{1,12}}"
_NAME = (
    f"(?<![{HAN}A-Za-z])(?!(?:{_WORDS}|联系人|家属|监护人|家长|客户|用户|业主|本人|患者|单位|公司|办公|家庭|住宅|紧急|姓名|名称|客服|热线|传真|微信|服务|咨询|总机|座机|地址|时间|"
    f"编号|订单|日期|聯繫人))"
    rf"(?:[{HAN}]{{2,6}}(?:·[{HAN}]{{1,6}})?|[A-Z][a-z]{{1,14}}(?: [A-Z][a-z]{{1,14}})?)"
)
_TITLE = "(?:[（(][^()（）\\n]{1,8}[)）])?"
_NAME_FIRST = re.compile(f"{_NAME}{_TITLE}{_GAP}(?:\\+?86[ -]?)?[01][0-9]")
_NUMBER_FIRST = re.compile(f"[0-9]{{4}}{_GAP}{_NAME}")
_KEYS = re.compile(f"{_WORDS}|</")


class ContactsRecognizer(CuedRecognizer):
    """Finds the names in lists of names and telephone numbers (GB/T 35273-2020 annex A, 联系人信息)."""

    entities: ClassVar = ("CONTACTS",)
    cues: ClassVar = (
        Cue("1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}", before=REACH, after=REACH),
        Cue("0[1-9][0-9]{1,2}-?[2-8][0-9]{6}", before=REACH, after=REACH),
    )
    expressions: ClassVar = (
        re.compile(rf"(?P<name>{_NAME}){_TITLE}(?P<gap>{_GAP}){_NUMBER}"),
        re.compile(rf"(?m)^[^{HAN}0-9\n]{{0,6}}{_NUMBER}(?P<gap>{_GAP})(?P<name>{_NAME})(?=[ \t,，、|\"'<\n\r]|$)"),
    )
    ends: ClassVar = {0: _NUMBER}

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand two more entries in sight, or one where the entries are as long as records with keys are."""
        start, end = match.span("name")
        if match.end() - start >= REACH or end - match.start() >= REACH:
            return None
        is_name_first = match.start() == start
        witnesses = neighbours(_NAME_FIRST if is_name_first else _NUMBER_FIRST, text, start, end)
        needed = 1 if _KEYS.search(match["gap"]) else 2
        return Found(start, end, "CONTACTS", 420) if witnesses >= needed else None
