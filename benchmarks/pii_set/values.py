"""The values that a slot of a template can take: one factory per type, and one per thing that must not be found."""

import calendar
import string
from collections.abc import Callable, Mapping
from random import Random

from benchmarks.pii_set import numbers, people
from benchmarks.pii_set.numbers import day, digits

Factory = Callable[[Random, str], str]
"""Draws a value of a variant."""

_HEX = "0123456789abcdef"
_MOBILE = (
    "130",
    "131",
    "135",
    "136",
    "138",
    "139",
    "150",
    "158",
    "159",
    "176",
    "177",
    "180",
    "186",
    "189",
    "191",
    "199",
)
_AREAS = (("010", 8), ("021", 8), ("0755", 8), ("0571", 8), ("0512", 8), ("0931", 7), ("0776", 7), ("025", 8))
_HOSTS = ("example.com", "example.cn", "mail.example.org", "vip.example.net", "example.com.cn", "corp.example.com")
_WORDS = ("tony", "xiaomi_fan", "lingling", "sunny", "hai", "momo", "cloud", "leo", "yezi", "kiki")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
_ILLNESSES = (
    "2型糖尿病",
    "高血压3级",
    "乙型肝炎",
    "重度抑郁症",
    "左肺腺癌",
    "急性阑尾炎",
    "腰椎间盘突出症",
    "支气管哮喘",
)
_TERMS = ("幼儿园大班", "小学一年级", "小学三年级", "小学五年级")


def _hex(rng: Random, count: int) -> str:
    return "".join(rng.choices(_HEX, k=count))


def _uuid(rng: Random) -> str:
    return "-".join(_hex(rng, count) for count in (8, 4, 4, 4, 12))


def _word(rng: Random) -> str:
    return rng.choice(_WORDS) + rng.choice(("", "_", "")) + digits(rng, rng.randint(2, 4))


def _mobile(rng: Random, variant: str) -> str:
    match variant:
        case "hk":
            return digits(rng, 8, "569")
        case "mo":
            return "6" + digits(rng, 7)
        case "tw":
            return "09" + digits(rng, 8)
        case "us":
            return rng.choice(("212", "415", "617")) + "55501" + digits(rng, 2)
    return rng.choice(_MOBILE) + digits(rng, 8)


def _landline(rng: Random, variant: str) -> str:
    if variant == "hk":
        return digits(rng, 8, "23")
    if variant == "tw":
        return "02" + digits(rng, 8, "2")
    area, length = rng.choice(_AREAS)
    number = digits(rng, length, "25678")
    form = rng.choice(("{}-{}", "({}){}", "{} {}", "{}-{}"))
    return form.format(area, number) + (f"转{rng.randint(10, 8999)}" if variant == "ext" else "")


def _birth(rng: Random, variant: str) -> str:
    born = day(rng, 1945, 2004)
    match variant:
        case "iso":
            return born.isoformat()
        case "slash":
            return f"{born.year}/{born.month}/{born.day}"
        case "roc":
            return f"民國{born.year - 1911}年{born.month}月{born.day}日"
        case "en":
            return f"{born.day} {calendar.month_name[born.month]} {born.year}"
    return f"{born.year}年{born.month}月{born.day}日"


def _gps(rng: Random, variant: str) -> str:
    north, east = rng.uniform(22, 45), rng.uniform(102, 122)
    if variant == "dms":
        north_of, east_of = (f"{int(each)}°{rng.randint(0, 59)}′{rng.randint(0, 59)}″" for each in (north, east))
        return f"{north_of}N {east_of}E"
    return rng.choice(("{:.6f},{:.6f}", "{:.5f}, {:.5f}")).format(north, east)


def _plate(rng: Random, variant: str) -> str:
    head = rng.choice(_PROVINCES) + rng.choice("ABCDEFGH")
    if variant == "green":
        return head + rng.choice("DF") + digits(rng, 5)
    if variant == "trailer":
        return head + digits(rng, 4) + "挂"
    return head + rng.choice("".join(_PLATE[:24])) + digits(rng, 4) if rng.random() < 0.5 else head + digits(rng, 5)


def _secret(rng: Random, variant: str) -> str:
    if variant == "token":
        return "".join(rng.choices(string.ascii_letters + string.digits, k=36))
    word = rng.choice(("Sun", "Tiger", "Hello", "Qwe", "Zz"))
    return word + rng.choice("@!#_") + digits(rng, 3) + "".join(rng.choices(string.ascii_lowercase, k=3))


def _address(rng: Random, variant: str) -> str:
    return people.address(rng, variant)


def _imsi(rng: Random, _variant: str) -> str:
    return "460" + rng.choice(("00", "01", "02", "03", "11")) + digits(rng, 10)


def _ip(rng: Random, variant: str) -> str:
    if variant == "v6":
        return "2408:" + ":".join(_hex(rng, 4) for _ in range(7))
    return f"{rng.choice((36, 58, 101, 114, 180, 202, 223))}." + ".".join(str(rng.randint(1, 254)) for _ in range(3))


def _resident_of_old(rng: Random) -> str:
    country = rng.choice(("USA", "FRA", "KOR", "JPN", "DEU", "CAN"))
    return f"{country}{rng.choice(numbers.AREAS)[:4]}{day(rng, 1960, 1999):%y%m%d}{digits(rng, 2)}"


def _resident(rng: Random, variant: str) -> str:
    if variant == "old":
        return _resident_of_old(rng)
    area = "9" + rng.choice(("11", "31", "44", "33")) + rng.choice(("840", "250", "410", "392", "276"))
    return numbers.citizen(rng, area)


VALUES: Mapping[str, Factory] = {
    "CN_ID18": lambda rng, _: numbers.citizen(rng),
    "CN_ID15": lambda rng, _: f"{rng.choice(numbers.AREAS)}{day(rng, 1930, 1979):%y%m%d}{digits(rng, 3)}",
    "CN_PASSPORT": lambda rng, _: rng.choice(
        ("E" + digits(rng, 8), "G" + digits(rng, 8), f"E{rng.choice('ABCDEFGH')}{digits(rng, 7)}")
    ),
    "HKMO_PERMIT": lambda rng, v: rng.choice("HM") + digits(rng, 8 if v == "9" else 10),
    "TW_PERMIT": lambda rng, v: digits(rng, 8, "0") if v == "8" else digits(rng, 10, "0") + rng.choice("ABCD"),
    "MAINLAND_HKMO": lambda rng, _: rng.choice(
        ("W" + digits(rng, 8), f"C{rng.choice('ABCDEF')}{digits(rng, 7)}", "C" + digits(rng, 8))
    ),
    "MAINLAND_TW": lambda rng, _: rng.choice("LT") + digits(rng, 8),
    "HKMOTW_RESIDENCE": lambda rng, _: numbers.citizen(rng, rng.choice(("810000", "820000", "830000"))),
    "MOID": lambda rng, _: digits(rng, 8, "157"),
    "HKID": lambda rng, _: numbers.hongkong(rng),
    "TW_ID": lambda rng, _: numbers.taiwan(rng),
    "FOREIGN_PR": _resident,
    "MILITARY_ID": lambda rng, _: (
        f"{rng.choice(('军', '士', '文'))}字第{digits(rng, rng.randint(6, 8), '123456789')}号"
    ),
    "DRIVER_LICENCE": lambda rng, _: rng.choice(numbers.AREAS) + digits(rng, 6),
    "SOCIAL_SECURITY": lambda rng, _: rng.choice("ABCDEFGHK") + digits(rng, 8),
    "DISABILITY_CERT": lambda rng, _: numbers.citizen(rng) + rng.choice("1234567") + rng.choice("1234"),
    "BANK_CARD": lambda rng, v: numbers.luhn(
        rng, rng.choice(("622588", "625912") if v == "16" else ("622202", "621700", "622848")), int(v)
    ),
    "BANK_CVV_PWD": lambda rng, v: (
        f"{rng.randint(1, 12):02}{rng.randint(26, 33)}" if v == "expiry" else digits(rng, 3 if v == "cvv" else 6)
    ),
    "SECURITIES_ACC": lambda rng, v: digits(rng, 12) if v == "fund" else "A" + digits(rng, 9, "123456789"),
    "MOBILE": _mobile,
    "LANDLINE": _landline,
    "EMAIL": lambda rng, _: f"{_word(rng).replace('_', rng.choice('._-'))}@{rng.choice(_HOSTS)}",
    "WECHAT": lambda rng, _: rng.choice(
        ("wxid_" + "".join(rng.choices(string.ascii_lowercase + string.digits, k=14)), _word(rng) + "wx")
    ),
    "QQ": lambda rng, v: digits(rng, int(v), "123456789"),
    "SOCIAL_ACCOUNT": lambda rng, _: rng.choice((_word(rng) + "_" + digits(rng, 3), digits(rng, 10, "123456789"))),
    "ACCOUNT_SECRET": _secret,
    "NAME": people.name,
    "ADDRESS": _address,
    "BIRTH_DATE": _birth,
    "GPS": _gps,
    "PLATE": _plate,
    "VIN": lambda rng, _: numbers.vehicle(rng),
    "IP": _ip,
    "MAC": lambda rng, v: (":" if v == "colon" else "-").join(_hex(rng, 2).upper() for _ in range(6)),
    "IMEI": lambda rng, _: numbers.luhn(rng, rng.choice(("35", "86")), 15),
    "IMSI": _imsi,
    "OAID": lambda rng, v: _uuid(rng) if v == "uuid" else _hex(rng, 64),
    "IDFA": lambda rng, _: _uuid(rng).upper(),
    "USCC": lambda rng, _: numbers.organisation(rng),
    "CN_MINOR": lambda rng, _: rng.choice((f"{rng.randint(3, 13)}岁", f"{rng.randint(3, 13)}周岁", rng.choice(_TERMS))),
    "CREDIT_INFO": lambda rng, _: rng.choice(
        (
            f"{rng.randint(3, 60) * 500:,}元",
            f"{rng.randint(2, 90)}万元",
            f"{rng.randint(3000, 80000)}.{rng.randint(10, 99)}元",
        )
    ),
    "MEDICAL": lambda rng, v: (
        rng.choice(_ILLNESSES) if v == "illness" else digits(rng, rng.randint(7, 10), "123456789")
    ),
    "EDU_WORK": lambda rng, _: f"{rng.randint(2015, 2024)}{digits(rng, 6)}",
}
"""By type. A type that is missing stands in templates as a literal only."""
