"""One level of a Chinese address, read from its end to the left: a numbered unit, a region, or a name with its kind."""

import enum
import re
from typing import NamedTuple

from pii.addresses.regions import is_whole, region_start
from pii.addresses.words import (
    AREA,
    DIRECTIONS,
    GATE,
    HOME,
    HOUSE,
    INITIALS,
    LABELS,
    NUMBER,
    NUMBER_NAMES,
    PLACE,
    ROAD,
    ROOM,
    STRONG_STOPS,
    UNIT,
    UNIT_LASTS,
    VILLAGE,
    WEAK_STOPS,
)

_LONGEST_NAME = 8
_GUESSED_NAME = 4
"""Characters taken where nothing shows where a name begins."""
_LONGEST_UNIT = 28
_BARE_NAME = range(2, 5)
"""Characters of a name without a kind."""


class Kind(enum.Enum):
    """Kinds of levels."""

    GATE = "gate"
    HOUSE = "house"
    ROOM = "room"
    REGION = "region"
    """By its whole name, 杭州市."""
    SHORT_REGION = "short region"
    AREA = "area"
    """Of a kind like a region's, but not in the lexicon."""
    VILLAGE = "village"
    ROAD = "road"
    HOME = "home"
    PLACE = "place"
    NAME = "name"
    """A name without a kind, between a region and a gate number: 雁峰区姚湾1号."""


NUMBERED = frozenset({Kind.GATE, Kind.HOUSE, Kind.ROOM})
REGIONAL = frozenset({Kind.REGION, Kind.SHORT_REGION})


class Level(NamedTuple):
    """A level at ``[start, end)``; ``is_open`` where nothing showed where its name begins."""

    start: int
    end: int
    kind: Kind
    is_open: bool = False


_UNIT = re.compile(rf"第?{NUMBER}[ \t]{{0,2}}(?:(?P<HOUSE>{HOUSE})|(?P<ROOM>{ROOM})|(?P<GATE>{GATE}|门))\Z")
_UNIT_ENDS = re.compile(rf"[0-9A-Za-z一二三四五六七八九十][ \t]?(?:{UNIT})\Z")
_NAMED = re.compile(
    rf"(?:(?P<ROAD>{ROAD})|(?P<VILLAGE>{VILLAGE})|(?P<HOME>{HOME})|(?P<PLACE>{PLACE})|(?P<AREA>{AREA}))\Z"
)
_KIND_CHARACTERS = frozenset(ROAD + VILLAGE + HOME + PLACE + AREA)
"""All that a kind may end with, and more: behind any other character no expression is tried."""
_CLEAR = (
    *(
        "大街",
        "大道",
        "公路",
        "胡同",
        "街道",
        "社区",
        "小区",
        "花园",
        "大厦",
        "广场",
        "新村",
        "公寓",
        "家园",
        "花苑",
        "大学",
    ),
    *"路镇乡市县旗省区村街巷",
)
"""Kinds that show for sure that a name has ended."""
_NO_NAME = re.compile(r"第|^[该本全各我某这那此每两多]\Z")
_LABEL = re.compile(rf"(?:{LABELS})[:：“\"' \t]{{0,4}}\Z")
_NAME_CHARACTER = re.compile("[\u3400-\u9fff\uf900-\ufaff0-9A-Za-z·]")


def level_before(text: str, end: int) -> Level | None:
    """Return the level that ends at ``end``, or None.

    Args:
        text: A text in simplified characters.
        end: A place in it.
    """
    return _unit(text, end) or _region(text, end) or _named(text, end)


def name_before(text: str, end: int) -> Level | None:
    """Return a name without a kind that ends at ``end`` and begins behind a region, another level or a label."""
    start, is_guess = _name_start(text, end) or (end, True)
    if is_guess or end - start not in _BARE_NAME:
        return None
    is_behind = region_start(text, start) < start or text.endswith(_CLEAR, 0, start)
    is_behind = is_behind or _LABEL.search(text, max(0, start - 8), start) is not None
    return Level(start, end, Kind.NAME) if is_behind else None


def _unit(text: str, end: int) -> Level | None:
    if text[end - 1 : end] not in UNIT_LASTS:
        return None
    match = _UNIT.search(text, max(0, end - _LONGEST_UNIT), end)
    return Level(match.start(), end, Kind[match.lastgroup or "GATE"]) if match else None


def _region(text: str, end: int) -> Level | None:
    start = region_start(text, end)
    if start == end:
        return None
    return Level(start, end, Kind.REGION if is_whole(text[start:end]) else Kind.SHORT_REGION)


def _named(text: str, end: int) -> Level | None:
    if text[end - 1 : end] not in _KIND_CHARACTERS:
        return None
    match = _NAMED.search(text, max(0, end - 5), end)
    if match is None:
        return None
    found = _name_start(text, match.start())
    if found is None or _NO_NAME.search(text[found[0] : match.start()]):
        return None
    return Level(found[0], end, Kind[match.lastgroup or "ROAD"], found[1])


def _name_start(text: str, end: int) -> tuple[int, bool] | None:
    """Return where the name begins that ends at ``end``, and whether that is a guess; None where there is no name."""
    last = max(0, end - _LONGEST_NAME)
    for start in range(end - 1, last - 1, -1):
        if not _NAME_CHARACTER.match(text, start):
            return (start + 1, False) if _is_name(text[start + 1 : end]) else None
        if text.endswith(STRONG_STOPS, 0, start + 1):
            return None
        if _is_name(text[start:end]) and _begins(text, start, end):
            return start, False
    if last == 0 or not _NAME_CHARACTER.match(text, last - 1):
        return (last, False) if _is_name(text[last:end]) else None
    return end - _GUESSED_NAME, True


def _is_name(name: str) -> bool:
    return bool(name.strip(DIRECTIONS)) or name in NUMBER_NAMES


def _begins(text: str, start: int, end: int) -> bool:
    """Tell whether what stands before ``start`` cannot belong to a name that goes on with ``[start, end)``."""
    if start == 0:
        return True
    if text.endswith(STRONG_STOPS, 0, start):
        return True
    if len(text[start:end].rstrip(DIRECTIONS)) > 1 and text[start - 1] in WEAK_STOPS:
        is_first = start == 1 or not _NAME_CHARACTER.match(text, start - 2) or text.endswith(STRONG_STOPS, 0, start - 1)
        is_initial = is_first and text[start - 1] in INITIALS
        return not is_initial and not _ends_level(text, start - 1)
    return _ends_level(text, start)


def _ends_level(text: str, end: int) -> bool:
    if region_start(text, end) < end:
        return True
    if text[end - 1 : end] in UNIT_LASTS and _UNIT_ENDS.search(text, max(0, end - 8), end):
        return True
    if not text.endswith(_CLEAR, 0, end):
        return False
    before = end - next(len(each) for each in _CLEAR if text.endswith(each, 0, end))
    is_named = before > 0 and _NAME_CHARACTER.match(text, before - 1) is not None
    return is_named and not text.endswith(STRONG_STOPS, 0, before)
