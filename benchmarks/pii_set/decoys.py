"""What looks like personal information and is none: hard negatives, and near misses of checked numbers."""

from collections.abc import Mapping
from random import Random

from benchmarks.pii_set import numbers, people
from benchmarks.pii_set.numbers import day, digits, spoilt
from benchmarks.pii_set.values import Factory

_HEX = "0123456789abcdef"


def _hex(rng: Random, count: int) -> str:
    return "".join(rng.choices(_HEX, k=count))


def _date(rng: Random) -> str:
    seen = day(rng, 1998, 2025)
    return rng.choice((f"{seen:%Y-%m-%d}", f"{seen.year}年{seen.month}月{seen.day}日", f"{seen:%Y%m%d}"))


def _time(rng: Random) -> str:
    return f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"


def _order(rng: Random) -> str:
    return rng.choice(("", "DD", "JD", "SO", "E")) + f"{day(rng, 2019, 2025):%Y%m%d}{digits(rng, rng.randint(8, 12))}"


def _case(rng: Random) -> str:
    kind = rng.choice(("民初", "民终", "刑初", "行终"))
    return f"（20{rng.randint(10, 24)}）{rng.choice('京沪粤浙川')}{digits(rng, 2)}{kind}{rng.randint(1, 9999)}号"


def _statute(rng: Random) -> str:
    year = rng.randint(2001, 2024)
    return rng.choice(
        (
            f"国办发〔{year}〕{rng.randint(1, 99)}号",
            f"第{rng.choice('一二三')}百{rng.choice('二三四五')}十条",
            f"GB/T {digits(rng, 5, '123')}-{year}",
        )
    )


def _mobile(rng: Random) -> str:
    return rng.choice(("12" + digits(rng, 9), "10" + digits(rng, 9), "138" + digits(rng, 9), "11" + digits(rng, 9)))


def _octets(rng: Random) -> str:
    return f"{rng.randint(256, 999)}.{rng.randint(0, 255)}.{rng.randint(300, 999)}.{rng.randint(0, 255)}"


DECOYS: Mapping[str, Factory] = {
    "ORDER_NO": lambda rng, _: _order(rng),
    "TRACKING_NO": lambda rng, _: rng.choice(("SF", "YT", "ZTO", "")) + digits(rng, rng.choice((12, 13, 15)), "3478"),
    "ISBN": lambda rng, _: numbers.book(rng),
    "BARCODE": lambda rng, _: numbers.book(rng, "69" + digits(rng, 1, "0123456789")),
    "TIMESTAMP": lambda rng, _: str(rng.randint(1_500_000_000, 1_760_000_000)) + rng.choice(("", digits(rng, 3))),
    "DATETIME": lambda rng, _: f"{day(rng, 2015, 2025)} {_time(rng)}",
    "DATE": lambda rng, _: _date(rng),
    "AMOUNT": lambda rng, _: rng.choice(
        (
            f"{rng.randint(100, 99_999_999):,}元",
            f"¥{rng.randint(10, 99_999)}.{rng.randint(10, 99)}",
            f"{rng.randint(2, 900)}亿元",
            f"{digits(rng, 11, '1')}元",
        )
    ),
    "VERSION": lambda rng, _: (
        f"{rng.randint(0, 20)}.{rng.randint(0, 30)}.{rng.randint(0, 9999)}"
        + rng.choice(("", f".{rng.randint(1, 250)}", "-rc1"))
    ),
    "HASH": lambda rng, _: _hex(rng, rng.choice((7, 32, 40, 64))),
    "UUID": lambda rng, _: "-".join(_hex(rng, count) for count in (8, 4, 4, 4, 12)),
    "SERIAL": lambda rng, _: (
        rng.choice(("SN", "LOT", "P/N ", "")) + rng.choice("ABCXZ") + digits(rng, rng.choice((8, 11, 15, 17)))
    ),
    "CASE_NO": lambda rng, _: _case(rng),
    "STATUTE": lambda rng, _: _statute(rng),
    "SERVICE_PHONE": lambda rng, _: rng.choice(
        ("95588", "12345", "110", "10086", f"400-{digits(rng, 3)}-{digits(rng, 4)}", f"800{digits(rng, 7)}", "12315")
    ),
    "STOCK_CODE": lambda rng, _: rng.choice(("60", "00", "30")) + digits(rng, 4) + rng.choice(("", ".SH", ".SZ")),
    "FIGURES": lambda rng, _: " ".join(digits(rng, rng.randint(2, 5), "123456789") for _ in range(rng.randint(4, 9))),
    "DECIMAL": lambda rng, _: f"{rng.randint(0, 9)}.{digits(rng, rng.randint(11, 18))}",
    "PROJECT": lambda rng, _: people.project(rng),
    "COMPANY": lambda rng, _: people.company(rng),
    "LOCAL_IP": lambda rng, _: rng.choice(
        (
            "127.0.0.1",
            f"192.168.{rng.randint(0, 9)}.{rng.randint(1, 254)}",
            f"10.0.{rng.randint(0, 255)}.{rng.randint(1, 254)}",
        )
    ),
    "NO_EMAIL": lambda rng, _: rng.choice(
        ("git@git.example.com:team/app.git", "logo@2x.png", "@拼团小助手", "react@18.2.0", "user@localhost")
    ),
    "NO_PLATE": lambda rng, _: rng.choice(("川菜A级", "京B类场馆", "新A股", "粤E展厅", "苏A座")),
    "COORDINATES_OF_PAGE": lambda rng, _: (
        f"x={rng.randint(1, 900)}.{rng.randint(1, 9)},y={rng.randint(1, 900)}.{rng.randint(1, 9)}"
    ),
    "CN_ID18": lambda rng, _: spoilt(rng, numbers.citizen(rng), numbers.is_citizen),
    "HKMOTW_RESIDENCE": lambda rng, _: spoilt(rng, numbers.citizen(rng, "810000"), numbers.is_citizen),
    "FOREIGN_PR": lambda rng, _: spoilt(rng, numbers.citizen(rng, "911840"), numbers.is_citizen),
    "BANK_CARD": lambda rng, _: spoilt(rng, numbers.luhn(rng, "622202", 19), numbers.is_luhn),
    "USCC": lambda rng, _: spoilt(rng, numbers.organisation(rng), numbers.is_organisation),
    "IMEI": lambda rng, _: spoilt(rng, numbers.luhn(rng, "86", 15), numbers.is_luhn),
    "VIN": lambda rng, _: spoilt(rng, numbers.vehicle(rng), numbers.is_vehicle, 8),
    "HKID": lambda rng, _: spoilt(rng, numbers.hongkong(rng), numbers.is_hongkong),
    "TW_ID": lambda rng, _: spoilt(rng, numbers.taiwan(rng), numbers.is_taiwan),
    "MOBILE": lambda rng, _: _mobile(rng),
    "IP": lambda rng, _: _octets(rng),
    "NAME": lambda rng, _: people.anonymised(rng),
}
"""By thing; a type's own name stands for a near miss of it."""
