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
from pii.recognizers.subjects import is_about_person
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


class TrackRecognizer(CuedRecognizer):
    """Finds the points of somebody's whereabouts (GB/T 35273-2020 annex B, 行踪轨迹)."""

    entities: ClassVar = ("TRACK",)
    cues: ClassVar = (
        Cue(rf"(?:[0-9]:[0-5][0-9]|[0-9][时點点分半])[^\n。]{{0,16}}(?:{_MOVES})", before=24, after=40),
        Cue(rf"{STAMP}[^\n{HAN}]{{1,16}}{_COORDINATES}", before=24, after=16),
        Cue(rf"{_COORDINATES}[^\n{HAN}]{{1,16}}{STAMP}", before=8, after=16),
        Cue(rf"{STAMP}[ \t,，|:：\-]{{1,4}}[{HAN}A-Za-z0-9·()（）]", before=16, after=40),
    )
    expressions: ClassVar = (
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
        head = _MOVE_HEAD if kind == "move" else _SITE_HEAD
        witnesses = neighbours(head, text, start, end)
        is_kept = witnesses > 1 or (witnesses == 1 and kind == "move" and is_about_person(text, start, start, end))
        return Found(start, end, "TRACK", 400) if is_kept else None
