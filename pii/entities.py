"""The types of personal information (个人信息) that a text can show: names, categories, sensitivity.

One row per type; a kind of paper with several numbers gives each its own. The category is
that of GB/T 35273-2020 annex A. Sensitive personal information (敏感个人信息) is read by one of two profiles:

- ``strict_35273``: GB/T 35273-2020 annex B, where a number of an identity document is sensitive;
- ``gbt45574``: GB/T 45574-2025 annex A, where it is ordinary and only the photograph of the card is sensitive.
"""

import enum
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple, get_args

from provenance.errors import GovernanceError

Profile = Literal["strict_35273", "gbt45574"]
PROFILES: tuple[str, ...] = get_args(Profile)


class Sensitivity(enum.Enum):
    """Whether a type is sensitive under a profile; ``CONTEXT`` where the standard leaves it to the case."""

    YES = "yes"
    NO = "no"
    CONTEXT = "context"


class Entity(NamedTuple):
    """A type of personal information."""

    name: str
    zh: str
    en: str
    category: str
    """GB/T 35273-2020 annex A, empty where the type is no personal information."""
    strict_35273: Sensitivity
    gbt45574: Sensitivity
    is_identifying: bool = True
    """A value of it, a number or an account, leads to one person. Of EDU_WORK and MEDICAL only their numbers do."""
    is_personal: bool = True


_Y, _N, _C = Sensitivity.YES, Sensitivity.NO, Sensitivity.CONTEXT
_BASIC, _IDENTITY, _NET = "个人基本资料", "个人身份信息", "网络身份标识信息"
_PROPERTY, _DEVICE, _PLACE, _OTHER = "个人财产信息", "个人常用设备信息", "个人位置信息", "其他信息"

_ROWS = (
    Entity("CN_ID18", "居民身份证号", "resident identity card number", _IDENTITY, _Y, _N),
    Entity("CN_ID15", "15位旧身份证号", "old identity card number of 15 digits", _IDENTITY, _Y, _N),
    Entity("CN_MINOR", "不满14周岁", "minor under 14", "", _Y, _Y, is_identifying=False),
    Entity("CN_PASSPORT", "普通护照", "passport number", _IDENTITY, _Y, _N),
    Entity("HKMO_PERMIT", "港澳居民来往内地通行证", "mainland travel permit, Hong Kong and Macao", _IDENTITY, _Y, _N),
    Entity("TW_PERMIT", "台湾居民来往大陆通行证", "mainland travel permit, Taiwan", _IDENTITY, _Y, _N),
    Entity("MAINLAND_HKMO", "往来港澳通行证", "permit to Hong Kong and Macao", _IDENTITY, _Y, _N),
    Entity("MAINLAND_TW", "往来台湾通行证", "permit to Taiwan", _IDENTITY, _Y, _N),
    Entity("HKMOTW_RESIDENCE", "港澳台居民居住证", "residence permit, Hong Kong, Macao, Taiwan", _IDENTITY, _Y, _N),
    Entity("HKID", "香港身份证号", "Hong Kong identity card number", _IDENTITY, _Y, _N),
    Entity("MOID", "澳门身份证号", "Macao identity card number", _IDENTITY, _Y, _N),
    Entity("TW_ID", "台湾身份证号", "Taiwan identity card number", _IDENTITY, _Y, _N),
    Entity("FOREIGN_PR", "外国人永久居留身份证", "permanent residence card of a foreigner", _IDENTITY, _Y, _N),
    Entity("MILITARY_ID", "军官证/士兵证", "military identity card number", _IDENTITY, _Y, _C),
    Entity("DRIVER_LICENCE", "驾驶证号/档案编号", "driving licence number", _IDENTITY, _Y, _N),
    Entity("SOCIAL_SECURITY", "社保卡号/医保号", "social security number", _IDENTITY, _Y, _C),
    Entity("DISABILITY_CERT", "残疾人证号", "disability certificate number", _OTHER, _Y, _Y),
    Entity("BANK_CARD", "银行卡号", "bank card number", _PROPERTY, _Y, _Y),
    Entity(
        "BANK_CVV_PWD", "支付密码/CVV/有效期", "payment password, CVV, expiry", _PROPERTY, _Y, _Y, is_identifying=False
    ),
    Entity("SECURITIES_ACC", "证券/基金/公积金账号", "securities, fund or housing fund account", _PROPERTY, _Y, _Y),
    Entity(
        "CREDIT_INFO",
        "征信/贷款/余额/流水/收入",
        "credit, loans, balance, income",
        _PROPERTY,
        _Y,
        _Y,
        is_identifying=False,
    ),
    Entity("MOBILE", "手机号", "mobile telephone number", _BASIC, _N, _N),
    Entity("LANDLINE", "固定电话", "fixed telephone number", _BASIC, _N, _N),
    Entity("EMAIL", "电子邮箱", "e-mail address", _BASIC, _N, _N),
    Entity("WECHAT", "微信号", "WeChat account", _NET, _N, _N),
    Entity("QQ", "QQ号", "QQ number", _NET, _N, _N),
    Entity("SOCIAL_ACCOUNT", "微博/抖音/小红书账号", "social media account", _NET, _N, _N),
    Entity(
        "ACCOUNT_SECRET", "账号+密码/口令/token", "account with password or token", _NET, _Y, _C, is_identifying=False
    ),
    Entity("NAME", "姓名", "name of a person", _BASIC, _N, _N, is_identifying=False),
    Entity("ADDRESS", "住址", "address of a person", _BASIC, _N, _N, is_identifying=False),
    Entity("BIRTH_DATE", "出生日期", "date of birth", _BASIC, _N, _N, is_identifying=False),
    Entity("GPS", "经纬度/精准定位", "precise location", _PLACE, _Y, _Y),
    Entity("TRACK", "行踪轨迹", "whereabouts", _PLACE, _Y, _Y, is_identifying=False),
    Entity("LODGING_TRAVEL", "住宿/航班/车次", "lodging and travel", _PLACE, _Y, _C, is_identifying=False),
    Entity("PLATE", "车牌号", "vehicle registration plate", _OTHER, _N, _N),
    Entity("VIN", "车架号", "vehicle identification number", _DEVICE, _N, _N),
    Entity("IP", "IP地址", "IP address", _NET, _N, _N),
    Entity("MAC", "MAC地址", "MAC address", _DEVICE, _N, _N),
    Entity("IMEI", "国际移动设备识别码", "IMEI", _DEVICE, _N, _N),
    Entity("IMSI", "国际移动用户识别码", "IMSI", _DEVICE, _N, _N),
    Entity("OAID", "匿名设备标识符", "OAID", _DEVICE, _N, _N),
    Entity("IDFA", "广告标识符", "IDFA", _DEVICE, _N, _N),
    Entity("MEDICAL", "病历/诊断/检验/用药", "medical record", "个人健康生理信息", _Y, _Y),
    Entity("BIOMETRIC", "指纹/人脸/声纹/基因", "biometric feature", "个人生物识别信息", _Y, _Y, is_identifying=False),
    Entity("RELIGION", "宗教信仰", "religious belief", _OTHER, _Y, _Y, is_identifying=False),
    Entity("SEX_ORIENT", "性取向/性生活", "sexual orientation or life", _OTHER, _Y, _Y, is_identifying=False),
    Entity("CRIME", "违法犯罪记录", "criminal record", _OTHER, _Y, _Y, is_identifying=False),
    Entity("EDU_WORK", "学历/学号/工号/单位", "education and work", "个人教育工作信息", _N, _N),
    Entity("CONTACTS", "通讯录/好友列表", "contact list", "联系人信息", _Y, _C, is_identifying=False),
    Entity("CHATLOG", "通信内容/聊天记录", "content of communication", "个人通信信息", _Y, _C, is_identifying=False),
    Entity(
        "USCC", "统一社会信用代码", "unified social credit code", "", _N, _N, is_identifying=False, is_personal=False
    ),
)

ENTITIES: Mapping[str, Entity] = {row.name: row for row in _ROWS}
"""Every type by name, in the order of the table. USCC is told apart, so as never to be taken for a person's number."""


def entity(name: str) -> Entity:
    """Return the type of that name.

    Raises:
        GovernanceError: There is none.
    """
    if name not in ENTITIES:
        raise GovernanceError(
            "There is no such type of personal information.",
            code="pii.unknown-entity",
            remedy="Use a name that `yuliao pii types` lists.",
            where=name,
        )
    return ENTITIES[name]


def is_sensitive(name: str, profile: Profile) -> bool:
    """Tell whether a type counts as sensitive personal information (敏感个人信息).

    Where a standard leaves it to the case it counts as sensitive: the cautious reading.

    Args:
        name: A name in :data:`ENTITIES`.
        profile: Which standard is read.

    Raises:
        GovernanceError: There is no such type.
    """
    row = entity(name)
    value = row.strict_35273 if profile == "strict_35273" else row.gbt45574
    return value is not Sensitivity.NO


@cache
def covered() -> frozenset[str]:
    """Return the types that a recogniser finds now; all others can be ordered but are shown as 未覆盖."""
    # Presidio takes a second to load, and tables do not need it.
    from pii.names.recognizer import NameRecognizer  # noqa: PLC0415
    from pii.recognizers import recognizers  # noqa: PLC0415

    return frozenset(name for each in [*recognizers(), NameRecognizer()] for name in each.get_supported_entities())
