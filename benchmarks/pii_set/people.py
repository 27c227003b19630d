"""Invented names and addresses, put together from the words of ``words.yaml``; nobody is meant."""

import re
from collections.abc import Mapping
from pathlib import Path
from random import Random

import yaml

WORDS = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))

_PART = re.compile(r"\{(?P<words>\w+)\}|<(?P<first>\d+)-(?P<last>\d+)>")
_HOME = "{estates}<1-30>{blocks}<1-4>单元<1-28>0<1-4>室"
_NAMES: Mapping[str, tuple[str, ...]] = {
    "zh": ("{surnames}{given}", *["{surnames}{given}{given}"] * 4),
    "compound": ("{compound}{given}", "{compound}{given}{given}"),
    "uyghur": ("{uyghur}·{uyghur}",),
    "tibetan": ("{tibetan}{tibetan}",),
    "foreign": ("{foreign}·{foreign_last}",),
    "trad": ("{surnames_old}{given_old}{given_old}",),
    "en": ("{english} {english_last}",),
    "pinyin": ("{pinyin} {pinyin_given}",),
}
_ADDRESSES: Mapping[str, tuple[str, ...]] = {
    "full": (
        "{cities}{roads}<1-880>号",
        f"{{cities}}{{roads}}<1-880>号{_HOME}",
        "{cities}{roads}<1-880>号{estates}<1-30>{blocks}<1-28>0<1-4>",
    ),
    "street": (f"{{roads}}<1-880>号{_HOME}", "{roads}<1-880>号<1-9>号楼<1-28>0<1-4>室"),
    "rural": ("{counties}{towns}{villages}<1-12>组<1-99>号",),
    "dorm": ("{capitals}{schools}{sides}区<1-20>号宿舍楼<1-6><10-40>室",),
    "hk": ("{roads_hk}<1-880>號{buildings_hk}<1-28>樓{flats}室",),
    "tw": ("{roads_tw}<1-880>號<1-18>樓", "{roads_tw}<1-880>號<1-18>樓之<1-4>"),
    "en": ("Room <1-28>0<1-4>, Building <1-30>, <1-880> Wangjiang Road, {cities_en}",),
}


def _written(rng: Random, pattern: str) -> str:
    def part(match: re.Match[str]) -> str:
        if match["words"]:
            return str(rng.choice(WORDS[match["words"]]))
        return str(rng.randint(int(match["first"]), int(match["last"])))

    return _PART.sub(part, pattern)


def name(rng: Random, variant: str) -> str:
    """Return a name of a person: zh, compound, uyghur, tibetan, foreign, trad, en or pinyin."""
    return _written(rng, rng.choice(_NAMES[variant]))


def address(rng: Random, variant: str) -> str:
    """Return an address as precise as a house or a room: full, street, rural, dorm, hk, tw or en."""
    return _written(rng, rng.choice(_ADDRESSES[variant]))


def anonymised(rng: Random) -> str:
    """Return a surname with something in place of the name, which is nobody's name."""
    return _written(rng, "{surnames}") + rng.choice(("某", "某某", "某甲", "××", "**"))


def company(rng: Random) -> str:
    """Return a firm whose name begins as a person's might."""
    kind = rng.choice(("食品有限公司", "律师事务所", "剪刀铺", "绸缎庄", "建材经营部", "大药房"))
    return _written(rng, "{surnames}") + rng.choice(("氏", "记", "家", "大福", "小二")) + kind


def project(rng: Random) -> str:
    """Return a thing that is named after a road and is nobody's address."""
    what = ("改造工程", "地铁站", "派出所", "社区卫生服务中心", "支行", "综合整治项目", "小学扩建工程", "公交枢纽")
    return _written(rng, "{roads}") + rng.choice(what)
