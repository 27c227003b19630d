"""Whereabouts (行踪轨迹): places with their times, at least three in a row.

GB/T 35273-2020 annex B 个人位置信息 (行踪轨迹), GB/T 45574-2025 annex A 行踪轨迹信息. Covered is the point: time, verb
and place, or time and coordinates. Timetables, agendas and tours are nobody's whereabouts. Left to people: points far
apart, and whose they are.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.rows import STAMP, neighbours
from pii.recognizers.subjects import is_about_person, is_of_record
from pii.recognizers.words import HAN

_CLOCK = (
    rf"(?:{STAMP}|(?:[0-9]{{1,2}}月[0-9]{{1,2}}日)?(?:上午|下午|晚上|凌晨|中午|早上|傍晚|"
    rf"晚)?[0-9]{{1,2}}[时點点](?:[0-9]{{1,2}}分|半)?)(?:左右|许|許|前后)?"
)
_MOVES = (
    "从|從|在|到达|到達|抵达|抵達|前往|去了?|到|乘坐|搭乘|乘|途经|途經|离开|離開|返回|回到|进入|進入|"
    "出现在|经过|驾车|步行|骑车|打车|自驾"
)
_PLACE = rf"[{HAN}A-Za-z0-9·()（）“”\"]{{2,20}}"
_SITE = (
    rf"[{HAN}A-Za-z0-9·()（）]{{1,18}}?(?:路|街|站|小区|商场|酒店|医院|大厦|超市|机场|广场|餐厅|学校|公园|"
    rf"[东南西北]门|大学|影院|银行|药店|市场|村|苑|园)"
)
_COORDINATES = (
    r"[\-+]?[0-9]{1,3}\.[0-9]{3,9}[ \t]{0,2}[,，;|/ \t]{1,3}(?:\"?[a-zA-Z]{2,9}\"?[ "
    r":=]{1,3})?[\-+]?[0-9]{1,3}\.[0-9]{3,9}"
)
_MOVE_HEAD = re.compile(rf"{_CLOCK}[，,：: \t]{{0,2}}(?:[{HAN}]{{1,3}}?)?(?:{_MOVES})")
_SITE_HEAD = re.compile(rf"(?m)^[ \t|*\-]{{0,4}}{STAMP}[ \t,，|:：\-]{{1,4}}[{HAN}]{{2}}")
_POINT_HEAD = re.compile(
    rf"{STAMP}[^\n{HAN}]{{1,16}}?[0-9]{{1,3}}\.[0-9]{{2}}|[0-9]\.[0-9]{{3,9}}[^\n{HAN}]{{1,16}}?{STAMP}"
)
_AGENDA = re.compile(
    "集合|游览|导游|会议|签到|报到|议程|开幕|行程安排|班车|发车|始发|列车|用户|系统|执行|任务|脚本|调度|营业|开放"
)


_DAY = "(?:次日|当[天晚日]|昨[日天晚]|今[天早晚]|工作日|每[天日晚]|每?周[一二三四五六日末]|[0-9]{1,2}月[0-9]{1,2}日)"
_PART_OF_DAY = "(?:上午|中午|下午|傍晚|晚上?|凌晨|清晨|早上?|早晨|夜里)"
_WHEN = (
    f"(?:{_DAY}?{_PART_OF_DAY}?(?:[0-9]:[0-5][0-9]|"
    f"[0-9一二三四五六七八九十][时時点點](?:[0-9一二三四五六七八九十]{{1,3}}分?|半|许|多|左右)?)"
    f"|{_DAY}{_PART_OF_DAY}?|{_PART_OF_DAY})"
)
_STEP = f"(?:{_WHEN}[ ]?[{HAN}A-Za-z0-9·]{{2,20}})"
_STEPS = (
    f"(?:[0-9一二三四五六七八九十]?{_STEP}(?:[，,、；;→ ]{{1,2}}(?:再|然后|又|"
    f"后)?[0-9一二三四五六七八九十]?{_STEP}){{1,7}})"
)
_WENT = re.compile(
    "离家|出门|出現|出现|到[达了过]?|去|回|返|经|經|停留|逗留|抵|进|出|过关|過關|入住|上车|下车|打车|乘|驾|驱车|开车|"
    "步行|走|吃饭|居家|加油|活动|接|送|接触|就诊|上班|下班|住|在"
)
_ENGLISH_MOVES = (
    r"(?i:(?:went|walked|drove|took a taxi|took the [a-z]+|left|arrived|returned|travelled|flew|cycled|was "
    r"seen)[^.;\n]{2,48} at (?:noon|midnight|[a-z]{3,6}|[0-9]{1,2}(?::[0-9]{2})?)"
    r"(?:[^.;\n]{2,60} at (?:noon|midnight|[a-z]{3,6}|[0-9]{1,2}(?::[0-9]{2})?))+)"
)


class TrackRecognizer(CuedRecognizer):
    """Finds the points of somebody's whereabouts (GB/T 35273-2020 annex B, 行踪轨迹)."""

    entities: ClassVar = ("TRACK",)
    cues: ClassVar = (
        Cue("[时時点點午晚晨早日周]|:[0-5][0-9]", before=48, after=400),
        Cue("(?i:went|walked|drove|took|left|arrived|returned|travelled|flew|cycled|was seen)", before=0, after=400),
        Cue(rf"(?:[0-9]:[0-5][0-9]|[0-9][时點点分半])[^\n。]{{0,16}}(?:{_MOVES})", before=24, after=40),
        Cue(rf"{STAMP}[^\n{HAN}]{{1,16}}{_COORDINATES}", before=24, after=16),
        Cue(rf"{_COORDINATES}[^\n{HAN}]{{1,16}}{STAMP}", before=8, after=16),
        Cue(rf"{STAMP}[ \t,，|:：\-]{{1,4}}[{HAN}A-Za-z0-9·()（）]", before=16, after=40),
    )
    expressions: ClassVar = (
        re.compile(f"(?P<steps>{_STEPS})"),
        re.compile(f"(?P<went>{_ENGLISH_MOVES})"),
        re.compile(rf"(?<![0-9:])(?P<move>{_CLOCK}[，,：: \t]{{0,2}}(?:[{HAN}]{{1,3}}?)?(?:{_MOVES}){_PLACE})"),
        re.compile(rf"(?m)^[ \t|*\-]{{0,4}}(?P<site>{STAMP}[ \t,，|:：\-]{{1,4}}{_SITE})(?=[ \t,，。|;；\n\r]|$)"),
        re.compile(rf"(?P<point>{_COORDINATES}[^\n{HAN}]{{1,16}}?{STAMP}Z?)"),
        re.compile(rf"(?<![0-9:])(?P<point>{STAMP}[^\n{HAN}]{{1,16}}?{_COORDINATES})(?![0-9])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand two more points in sight, or one and a person; refuse agendas."""
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        if kind == "point":
            return Found(start, end, "TRACK", 930) if neighbours(_POINT_HEAD, text, start, end) else None
        if _AGENDA.search(text, max(0, start - REACH + 1), end + REACH - 1):
            return None
        if kind == "steps":
            steps = re.split("[，,、；;→]", match["steps"])
            is_way = sum(1 for step in steps if _WENT.search(step)) > 1
            is_kept = is_way and (is_of_record(text, start, start, end) or is_about_person(text, start, start, end))
            return Found(start, end, "TRACK", 640) if is_kept else None
        if kind == "went":
            return Found(start, end, "TRACK", 640) if is_about_person(text, start, start, end) else None
        head = _MOVE_HEAD if kind == "move" else _SITE_HEAD
        witnesses = neighbours(head, text, start, end)
        is_kept = witnesses > 1 or (witnesses == 1 and kind == "move" and is_about_person(text, start, start, end))
        return Found(start, end, "TRACK", 400) if is_kept else None
