"""Finds that are no names whatever the model says: what it judges place by place, a look at the whole shows for a list.

- Characters stretched to three and more of the same; a name takes at most two.
- Transliterations that never end.
- Tables of family names (百家姓): nothing but family names, one behind the other, however they are parted.
- Lists of single characters, and a family name called one (王姓).
"""

import re
from functools import cache
from itertools import takewhile

from pii.names import lexicon
from pii.names.latin import Name

_LONGEST = 12
"""Characters of a name without a dot, at most."""
_TABLE = 12
"""Characters of family names with nothing between but separators that are a table of them: four to six names have
others too."""
_AROUND = 2 * _TABLE
"""Characters beside a find that are looked at."""
_SEPARATORS = " \t\u3000\r\n、，,；;。|/：:"
_HUNDRED = (
    "水昌凤酆元平和贝昝经干洪钮滑荀於家羿汲糜富牧山宓蓬仰秋钭幸韶蓟怀从鄂咸籍赖阴能苍双莘逄扶堵宰璩濮寿通郏别充习宦慎"
    "庾终暨居都弘国广禄东殳利越夔厍融訾空毋养须巢后红益公"
)
"""Family names of the old table (百家姓) that the model does not know: too rare, or words nearly always."""
_HAN = "\u3400-\u9fff"
_ITEM_BEFORE = re.compile(rf"(?:\A|[{_SEPARATORS}])(?P<item>[{_HAN}]{{1,2}})[{_SEPARATORS}]+\Z")
_ITEM_BEHIND = re.compile(rf"[{_SEPARATORS}]+(?P<item>[{_HAN}]{{1,2}})(?:\Z|[{_SEPARATORS}])")
_DOTS = re.compile("[·•・‧]")
_CALLED = "姓"


def is_unlikely(text: str, name: Name) -> bool:
    """Tell whether a find of the model is no name because of what it is made of, or of what stands around it.

    Args:
        text: The whole text, so that it does not matter where it is cut for reading.
        name: A find in it.
    """
    value = text[name.start : name.end]
    if len(max(_DOTS.split(value), key=len)) > _LONGEST or value.endswith(_CALLED):
        return True
    if all(_is_stretched(text, at) for at in range(name.start, name.end)):
        return True
    first = max(0, name.start - _AROUND)
    start, end = name.start - first, name.end - first
    around = text[first : name.end + _AROUND].translate(_simplified())
    family = {at for match in _families().finditer(around) for at in range(*match.span())}
    if not family.issuperset(range(start, end)):
        return False
    return _is_in_table(around, start, family) or _is_item(around, start, end)


def _is_stretched(text: str, at: int) -> bool:
    """Tell whether the character stands in a run of three and more."""
    return any(text[first : first + 3] == text[at] * 3 for first in range(max(0, at - 2), at + 1))


def _is_in_table(around: str, start: int, family: set[int]) -> bool:
    def goes_on(at: int) -> bool:
        return at in family or around[at] in _SEPARATORS

    run = [*takewhile(goes_on, range(start - 1, -1, -1)), *takewhile(goes_on, range(start, len(around)))]
    return sum(at in family for at in run) >= _TABLE


def _is_item(around: str, start: int, end: int) -> bool:
    """Tell whether a bare family name is an item of a list, and the item beside it as bare."""
    is_first = start == 0 or around[start - 1] in _SEPARATORS
    is_last = end == len(around) or around[end] in _SEPARATORS
    if not (is_first and is_last and _families().fullmatch(around, start, end)):
        return False
    beside = (_ITEM_BEFORE.search(around, 0, start), _ITEM_BEHIND.match(around, end))
    return any(each and (len(each["item"]) == 1 or _families().fullmatch(each["item"])) for each in beside)


@cache
def _families() -> re.Pattern[str]:
    """Return what finds a family name, a compound one whole."""
    names = lexicon.surnames()
    compound = "|".join(sorted(name for name in names if len(name) > 1))
    return re.compile(f"{compound}|[{_HUNDRED}{''.join(name for name in names if len(name) == 1)}]")


@cache
def _simplified() -> dict[int, str]:
    return str.maketrans(lexicon.simplified())
