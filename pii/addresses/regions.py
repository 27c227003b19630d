"""Names of provinces, prefectures and counties (GB/T 2260), whole and short, in ``pii/plans/regions.csv``."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_PEOPLES = (
    "蒙古族?|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族|拉祜族"
    "|水族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|普米族|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|各族"
)
_KIND = re.compile(f"(?:(?:{_PEOPLES})*自治[区州县旗]|特别行政区|地区|[省市区县盟旗])$")
_COUNTRY = frozenset({"中国", "中华人民共和国"})
_COMMON = frozenset(f"{each}区" for each in "东西南北中城郊矿")
"""Names of counties that any town's parts may have."""
_SHORTEST = 2


class _Names(NamedTuple):
    whole: frozenset[str]
    short: frozenset[str]
    """Of provinces and prefectures; with the country's name."""
    counties: frozenset[str]
    """Names of counties that are common words too, the short ones above all: they count behind another region only."""
    longest: int
    lasts: frozenset[str]
    """Last characters, to look no further behind any other."""


def region_start(text: str, end: int) -> int:
    """Return where the region begins that ends at ``end``, the longest there is, or ``end`` where none does.

    Args:
        text: A text in simplified characters.
        end: A place in it.
    """
    names = _names()
    if text[end - 1 : end] not in names.lasts:
        return end
    for start in range(max(0, end - names.longest), end - _SHORTEST + 1):
        name = text[start:end]
        is_region = name in names.whole or name in names.short
        if is_region or (name in names.counties and _ends_region(text, start)):
            return end if name not in names.whole and _is_overlapped(text, start, end) else start
    return end


def is_whole(name: str) -> bool:
    """Tell whether this is the whole name of a region, its kind (省, 市, 区, 县) included."""
    return name in _names().whole


def region_names() -> frozenset[str]:
    """Return every name of a region, whole and short."""
    names = _names()
    return names.whole | names.short | names.counties


def _is_overlapped(text: str, start: int, end: int) -> bool:
    """Tell whether a short name is a trick of the eye (海北 in 上海北京路): a region before it ends in it."""
    return any(region_start(text, inner) < start for inner in range(start + 1, end))


def _ends_region(text: str, end: int) -> bool:
    names = _names()
    ends = (text[start:end] for start in range(max(0, end - names.longest), end - _SHORTEST + 1))
    return any(name in names.whole or name in names.short for name in ends)


@cache
def _names() -> _Names:
    rows = list(_rows())
    upper = {name for row in rows for name in (row["province"], row["prefecture"]) if name}
    counties = {name for row in rows for name in row["counties"].split()}
    whole = frozenset(name for name in upper | counties if _KIND.search(name)) - _COMMON
    short = frozenset(filter(_is_long_enough, map(_shorten, upper))) | _COUNTRY
    short_counties = frozenset(filter(_is_long_enough, map(_shorten, counties))) | _COMMON
    lasts = frozenset(name[-1] for name in whole | short | short_counties)
    return _Names(whole, short, short_counties, max(map(len, whole)), lasts)


def _shorten(name: str) -> str:
    return _KIND.sub("", name)


def _is_long_enough(name: str) -> bool:
    return len(name) >= _SHORTEST


def _rows() -> Iterator[dict[str, str]]:
    text = (files("pii") / "plans" / "regions.csv").read_text(encoding="utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
