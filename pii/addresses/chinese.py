"""Chinese addresses: from a number to the left over all levels, to the right over house and room, and what counts.

Nothing is looked at beyond :data:`LEFT` and :data:`RIGHT` characters from the sign, and a border depends on the few
characters beside it, so that a text may be cut (see :mod:`pii.gate`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from pii.addresses.levels import NUMBERED, REGIONAL, Kind, Level, level_before, name_before
from pii.addresses.script import simplify
from pii.addresses.words import NO_GATE, NO_GATE_ON_ROAD, NUMBER, STRONG_STOPS, UNIT

LEFT = 96
"""Characters before the end of a sign that an address may take."""
RIGHT = 80
_MOST_LEVELS = 14
_MARGIN = 40
"""Characters that are read beside an address to find its borders."""

SIGN = (
    r"[0-9A-Za-z一二三四五六七八九十百零〇甲乙丙丁某*×][ \t]{0,2}"
    "(?:[号號室栋棟幢弄楼樓层層座舍户戶]|单元|單元|(?:村民|居民)?小?[组組]|(?<=[村庄屯寨区镇乡].)[队隊社])|[0-9]#"
)
"""The end of a number with its unit."""
BARE_SIGN = (
    r"(?:[路街道巷][ \t]{0,2}[0-9]{1,5}(?:-[0-9]{1,5})?"
    r"|[区區园園苑寓里村庄城府庭邸][ \t]?[0-9]{1,3}(?:-[0-9]{1,4}){1,2})"
    r"(?![0-9A-Za-z.%:：\-])(?![ \t]{0,2}[号號室栋棟幢弄楼樓层層座条條])"
)
"""The end of a road with a number and no unit, or of an estate with house and room."""


class Address(NamedTuple):
    """An address at ``[start, end)``; score in thousandths."""

    start: int
    end: int
    score: int


_BARE_NUMBER = re.compile(r"(?<=[路街道巷区园苑寓里村庄城府庭邸])[ \t]{0,2}[0-9]{1,5}(?:-[0-9]{1,5}){0,2}\Z")
_WHOLE_UNIT = re.compile(rf"[^ \t][ \t]{{0,2}}(?:{UNIT})")
_GAP = re.compile(r"[ \t\u3000]{1,3}\Z")
_BREAK = re.compile(r"[ \t\u3000]{0,2}(?:[,，、|/\-—·]|\r?\n|[)）])[ \t\u3000]{0,2}\Z")
_UNIT_BEHIND = re.compile(
    rf"[ \t\u3000,，\-—]{{0,2}}(?:[第附]?{NUMBER}[ \t]{{0,2}}(?:{UNIT})|[东南西北中](?:[户座楼]|单元|塔楼?)"
    r"|地下(?![铁水道车]))(?![路街道])"
)
_UNIT_ON_NEXT_LINE = re.compile(rf"[ \t]{{0,2}}\r?\n[ \t\u3000]{{0,2}}{NUMBER}(?:栋|幢|号楼|单元|室)")
_ROOM_BEHIND = re.compile(
    r"(?:之|[ \t]?[\-—#][ \t]?|附|[ \t])?[A-Za-z]?[0-9]{1,4}(?:[\-、/][0-9]{1,4}){0,3}[A-Za-z]?号?"
    r"(?![0-9A-Za-z.%:：月年日元米平人个家套间名万亿次分点路条号])"
)
_ROOM_NUMBER = re.compile("[0-9]{3,4}[A-Za-z]?$")
_BUILDING_BEHIND = re.compile(
    r"[ \t]?(?P<name>[\u3400-\u9fffA-Za-z0-9·]{2,10}?)"
    "(?:大厦|大楼|商厦|公寓|花园|小区|花苑|家园|广场|大院|写字楼|宿舍|中心|酒店|饭店)"
)
_HOUSE_BEHIND = re.compile(
    r"[ \t]?(?P<name>[\u3400-\u9fffA-Za-z·]{2,9}?)"
    "(?=(?:[A-Za-z]?[0-9]{1,4}|[一二三四五六七八九十]{1,3})(?:[楼层室座栋幢]|单元|号楼))"
)
_BUILDINGS_BEHIND = {
    Kind.GATE: (_BUILDING_BEHIND, _HOUSE_BEHIND),
    Kind.HOUSE: (_HOUSE_BEHIND,),
    Kind.HOME: (_HOUSE_BEHIND,),
}
_STOPS = re.compile(f"{'|'.join(STRONG_STOPS)}|[将从与和及对为去来]")
_HAN = re.compile("[\u3400-\u9fff]")
_OF_ORDER = re.compile("(?:令|公告|文件)第?\\Z")
_NO_GATE = re.compile(NO_GATE)
_NO_GATE_ON_ROAD = re.compile(NO_GATE_ON_ROAD)
_OVER_COMMA = REGIONAL | NUMBERED
_OVER_LINE = _OVER_COMMA | {Kind.ROAD, Kind.HOME}
_UPPER = REGIONAL | {Kind.AREA}
_SIGNED = frozenset("栋幢座舍元组楼号弄")
_STOREYS = frozenset("楼层")
_HOUSES = frozenset("栋幢座元楼舍")
_A_HOUSE = re.compile("[一二三四五六七八九十两][栋幢座户]")
_OFFICES = re.compile("(?:办公|教学|实验|综合|行政|图书|门诊|住院)[大]?楼")


def address_at(text: str, sign_start: int, sign_end: int) -> Address | None:
    """Return the address to which a sign belongs, or None where there is none.

    Args:
        text: A folded text.
        sign_start: Where a match of :data:`SIGN` or :data:`BARE_SIGN` begins.
        sign_end: Where it ends.
    """
    first = max(0, sign_end - LEFT - _MARGIN)
    window = simplify(text[first : sign_end + RIGHT + _MARGIN])
    end = sign_end - first
    limit = max(0, end - LEFT)
    anchor = _anchor(window, sign_start - first, end)
    if anchor is None or _is_behind_sign(window, anchor) or _OF_ORDER.search(window, 0, anchor.start):
        return None
    left = list(islice(_leftwards(window, anchor, limit), _MOST_LEVELS))
    if not left and anchor.kind is not Kind.HOUSE:
        return None
    levels = [*reversed(left), anchor, *_rightwards(window, anchor, end + RIGHT)]
    is_bare = window[end - 1].isdigit()
    if is_bare and not _stands_alone(window, levels, anchor):
        return None
    score = _score(window, levels)
    return Address(first + levels[0].start, first + levels[-1].end, score) if score else None


def _stands_alone(window: str, levels: Sequence[Level], anchor: Level) -> bool:
    """Tell whether a number without a unit is an address's: with a region or estate, and no word goes on behind it."""
    is_followed = levels[-1] is anchor and _HAN.match(window, anchor.end)
    is_joined = "-" in window[anchor.start : anchor.end]
    return not is_followed and any(
        level.kind in REGIONAL or (is_joined and level.kind is Kind.HOME) for level in levels
    )


def _anchor(window: str, start: int, end: int) -> Level | None:
    """Return the numbered unit of a sign, whole: 号楼 where the sign ends with 号."""
    number = _BARE_NUMBER.search(window, start, end)
    if number:
        return Level(number.start(), end, Kind.GATE)
    unit = _WHOLE_UNIT.match(window, start)
    return level_before(window, unit.end()) if unit else None


def _is_behind_sign(window: str, anchor: Level) -> bool:
    """Tell whether a house, or a gate before a gate, stands right before with its own sign: that one finds the same."""
    if window[anchor.start - 1 : anchor.start] not in _SIGNED:
        return False
    before = level_before(window, anchor.start)
    return before is not None and (before.kind is Kind.HOUSE or before.kind is anchor.kind is Kind.GATE)


def _leftwards(window: str, anchor: Level, limit: int) -> Iterator[Level]:
    at, last = anchor.start, anchor
    while True:
        level = level_before(window, at) or _over_gap(window, at)
        if level is None and last.kind is Kind.GATE:
            level = name_before(window, at)
        if level is None or level.start < limit or (last.kind in REGIONAL and level.kind not in _UPPER):
            return
        yield level
        if level.is_open:
            return
        at, last = level.start, level


def _over_gap(window: str, at: int) -> Level | None:
    """Return the level before a gap: any before spaces, a region or a clear house number before a comma or a break."""
    if window[at - 1 : at].isalnum():
        return None
    gap = _GAP.search(window, max(0, at - 3), at)
    if gap and (level := level_before(window, gap.start())):
        return level
    gap = _BREAK.search(window, max(0, at - 5), at)
    if gap is None:
        return None
    level = level_before(window, gap.start())
    allowed = _OVER_LINE if "\n" in gap[0] else _OVER_COMMA
    return level if level and level.kind in allowed else None


def _rightwards(window: str, anchor: Level, limit: int) -> Iterator[Level]:
    at, kind = anchor.end, anchor.kind
    while True:
        level = _level_behind(window, at, kind)
        if level is None or level.end > limit:
            return
        yield level
        at, kind = level.end, level.kind


def _level_behind(window: str, at: int, kind: Kind) -> Level | None:
    if match := _UNIT_BEHIND.match(window, at) or _UNIT_ON_NEXT_LINE.match(window, at):
        level = level_before(window, match.end())
        return Level(at, match.end(), level.kind if level and level.kind in NUMBERED else Kind.ROOM)
    if match := _ROOM_BEHIND.match(window, at):
        is_joined = match[0][0] in "之-—#附"
        is_room = _ROOM_NUMBER.search(match[0]) and not _HAN.match(window, match.end())
        is_inside = kind in {Kind.HOUSE, Kind.HOME} or (kind is Kind.ROOM and window[at - 1] in _STOREYS)
        if is_joined or is_inside or (kind is Kind.GATE and is_room):
            return Level(at, match.end(), Kind.GATE if kind is Kind.GATE and is_joined else Kind.ROOM)
    for expression in _BUILDINGS_BEHIND.get(kind, ()):
        match = expression.match(window, at)
        if match and not _STOPS.search(match["name"]):
            return Level(at, match.end(), Kind.HOME)
    return None


def _score(window: str, levels: Sequence[Level]) -> int:
    """Return how sure it is that these levels are an address, in thousandths; 0 where they are none."""
    kinds = [level.kind for level in levels]
    is_regional = bool(REGIONAL.intersection(kinds))
    is_counted = _is_counted(window, levels)
    more = 100 if is_regional else 0
    has_room = any(level.kind is Kind.ROOM and window[level.end - 1] not in _STOREYS for level in levels)
    houses = [level for level in levels if level.kind is Kind.HOUSE and window[level.end - 1] in _HOUSES]
    for level, following in pairwise(levels):
        if following.kind not in NUMBERED:
            continue
        is_gate = following.kind is not Kind.ROOM
        if level.kind is Kind.ROAD and is_gate:
            return 0 if _is_counted(window, levels, _NO_GATE_ON_ROAD) else 750 + more
        if is_counted:
            continue
        if level.kind in {Kind.VILLAGE, Kind.HOME, Kind.NAME}:
            return 650 + more
        if level.kind is Kind.PLACE and (is_regional or has_room):
            is_office = bool(_OFFICES.search(window, level.start, level.end)) and not is_regional
            return 0 if is_office else 600 + more
        if level.kind in REGIONAL and is_gate and (has_room or houses):
            return 600 + more
    units = {window[level.end - 1] for level in levels if level.kind in NUMBERED}
    return 550 + more if houses and len(units) > 1 + (not has_room) else 0


def _is_counted(window: str, levels: Sequence[Level], words: re.Pattern[str] = _NO_GATE) -> bool:
    """Tell whether the last number counts something else: 3号线, or 一栋 before a word."""
    last = levels[-1]
    if last.kind is Kind.GATE:
        return bool(words.match(window, last.end))
    is_only = sum(level.kind in NUMBERED for level in levels) == 1
    return is_only and bool(_A_HOUSE.match(window, last.start) and _HAN.match(window, last.end))
