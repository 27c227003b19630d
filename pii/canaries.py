"""Canaries (金丝雀): invented values of every type, planted into texts in memory to see whether they are caught.

They are made when they are needed, valid where a check character says so, and nobody's: who has a date of birth in them
was born in the 1890s. Between ``«`` and ``»`` stands the value, ``#`` is any digit and ``?`` the character that makes
the value pass its check.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

from pii import checksums

_CHECKED = "0123456789XA"

_WRITTEN: Mapping[str, tuple[str, ...]] = {
    "CN_ID18": ("身份证号：«1101051893011####?»", "本人«4401061897012####?»，特此说明"),
    "CN_ID15": ("旧身份证号：«11010553011####»",),
    "CN_MINOR": ("我的女儿«8岁»，在读小学", "他今年«9岁»，是我弟弟"),
    "CN_PASSPORT": ("护照号码：«E6#######»", "护照号：«G5#######»"),
    "HKMO_PERMIT": ("港澳居民来往内地通行证：«H1#######»", "回乡证号码：«M0#######»"),
    "TW_PERMIT": ("台湾居民来往大陆通行证：«0#######»",),
    "MAINLAND_HKMO": ("往来港澳通行证：«C4#######»",),
    "MAINLAND_TW": ("往来台湾通行证：«T1#######»",),
    "HKMOTW_RESIDENCE": ("港澳居民居住证：«8100001893011####?»",),
    "HKID": ("香港身份证：«K######?»",),
    "MOID": ("澳门居民身份证：«1######(#)»",),
    "TW_ID": ("台湾身份证字号：«A1#######?»",),
    "FOREIGN_PR": ("外国人永久居留身份证：«USA110#########»",),
    "MILITARY_ID": ("军官证：«军字第2######号»",),
    "DRIVER_LICENCE": ("驾驶证档案编号：«1101########»",),
    "SOCIAL_SECURITY": ("社保卡号：«A########»",),
    "DISABILITY_CERT": ("残疾人证号：«1101051893011####?43»",),
    "BANK_CARD": ("银行卡号：«622202############?»", "卡号«621700############?»"),
    "BANK_CVV_PWD": ("信用卡安全码：«###»", "支付密码：«######»"),
    "SECURITIES_ACC": ("证券账号：«A1########»",),
    "CREDIT_INFO": ("我的月薪是«1#000元»",),
    "MOBILE": ("联系电话：«138########»", "请打«159########»找我", "手机 «186-####-####»"),
    "LANDLINE": ("电话：«010-8#######»", "座机«0571-8#######»"),
    "EMAIL": ("邮箱：«lin####@example.com»", "写信到«canary.####@mail.example.org»"),
    "WECHAT": ("微信号：«wx_canary####»",),
    "QQ": ("QQ号：«8########»",),
    "SOCIAL_ACCOUNT": ("微博账号：«@canary####»",),
    "ACCOUNT_SECRET": ("登录密码：«Qz7!k####»",),
    "NAME": ("姓名：«欧阳海棠»", "联系人«诸葛云飞»", "由«周志强»负责", "«苏婉清»说她不来了", "作者是«沈若溪»"),
    "ADDRESS": ("家住«北京市海淀区中关村大街1##号院3号楼2单元6##室»",),
    "BIRTH_DATE": ("出生日期：«1893年3月1#日»",),
    "GPS": ("定位：«31.23####,121.47####»",),
    "TRACK": ("他«1月5日8:3#到达北京站»，9:1#乘坐地铁2号线，10:0#进入超市，12:0#返回小区",),
    "LODGING_TRAVEL": ("我乘坐«1月5日G1###次列车05车12A号»",),
    "PLATE": ("车牌号：«京A#####»",),
    "VIN": ("车架号：«LSVAB4BR?N#######»",),
    "IP": ("登录IP：«114.114.#.1##»",),
    "MAC": ("MAC地址：«3C:5A:B4:1#:2#:3#»",),
    "IMEI": ("IMEI：«35693803######?»",),
    "IMSI": ("IMSI：«46000##########»",),
    "OAID": ("OAID：«1fe9a97#-2#d3-4c1#-9b2#-a1b2c3d4e5#6»",),
    "IDFA": ("IDFA：«6D92078A-8246-4BA#-AE5#-76104861E7##»",),
    "MEDICAL": ("病历号：«2023000####»", "他患有«重度抑郁症»"),
    "BIOMETRIC": ("指纹模板：«A1B2C3D4E5F60718293A4B5C6D7E####»",),
    "RELIGION": ("我«信仰佛教»",),
    "SEX_ORIENT": ("我是«同性恋»",),
    "CRIME": ("张某因«盗窃罪被判处有期徒刑#年»",),
    "EDU_WORK": ("学号：«20230#####»",),
    "CONTACTS": ("«妈妈»：138########，二姨：139########，小刘：137########",),
    "CHATLOG": ("[10:01] 张三：在吗\n[10:02] 李四：在\n[10:03] 张三：«晚上吃饭吗»",),
}


class Canary(NamedTuple):
    """A sentence that holds an invented value; ``[start, end)`` is the value in the sentence."""

    entity: str
    text: str
    start: int
    end: int


def canary(entity: str, rng: Random) -> Canary:
    """Return a canary of a type.

    Args:
        entity: A type that :func:`kinds` names.
        rng: Decides on wording and digits.
    """
    sentence = rng.choice(_WRITTEN[entity])
    left, _, rest = sentence.partition("«")
    pattern, _, right = rest.partition("»")
    before, value, behind = (_drawn(part, rng) for part in (left, pattern, right))
    value = _valid(entity, value)
    return Canary(entity, f"{before}{value}{behind}", len(before), len(before) + len(value))


def kinds() -> frozenset[str]:
    """Return the types of which there are canaries."""
    return frozenset(_WRITTEN)


def _drawn(pattern: str, rng: Random) -> str:
    return "".join(rng.choice("0123456789") if each == "#" else each for each in pattern)


def _valid(entity: str, value: str) -> str:
    if "?" not in value:
        return value
    return next(tried for check in _CHECKED if _PASSES[entity](tried := value.replace("?", check)))


def _is_citizen(number: str) -> bool:
    return checksums.id_check(number[:17]) == number[17]


_PASSES: Mapping[str, Callable[[str], bool]] = {
    "CN_ID18": _is_citizen,
    "HKMOTW_RESIDENCE": _is_citizen,
    "DISABILITY_CERT": _is_citizen,
    "HKID": lambda number: checksums.hkid_check(number[:-1]) == number[-1],
    "TW_ID": lambda number: number[-1].isdigit() and checksums.passes_taiwan(number),
    "BANK_CARD": lambda number: number[-1].isdigit() and checksums.passes_luhn(number),
    "IMEI": lambda number: number[-1].isdigit() and checksums.passes_luhn(number),
    "VIN": lambda number: checksums.vin_check(number) == number[8],
}
