"""Words that stand with telephones (电话用语), on the mainland, in Hong Kong, Macao and Taiwan, and in English.

They are read before and behind a number, and in the line before one that is answered.
"""

import re
from collections.abc import Iterable, Mapping

from pii.recognizers.words import LINK, words

_MOBILE = (
    "手机 手提 手提电话 手提號碼 流动电话 流动號碼 流动 行动电话 行动 移动电话 移动 携带电话 携帯 大哥大 港号 "
    "香港号 澳号 澳门号 香港卡 mobile mobile_phone mobile_tel cell cell_phone cellphone cellular mob hp h/p "
    "handphone whatsapp wa.me wts wtsapp wechat/whatsapp fps fps_id payme mpay epay 转数快 支付宝hk alipayhk signal "
    "telegram sms telemovel telemóvel movel celular móvil handy sj sjh sjhm sjhao shouji shoujihao yddh lddh"
)
_FIXED = (
    "座机 固话 固定电话 宅电 市话 市内电话 住宅 住宅电话 家庭电话 家里电话 家里 家居 家居电话 屋企 屋企电话 "
    "办公电话 办公室 办公室电话 办事处 单位电话 公司电话 学校电话 总机 总台 前台 柜台 值班室 值班电话 门卫 门卫室 "
    "传达室 传真 传真号 传真机 传真电话 小灵通 直线 直拨 直綫 专线 內線 商务电话 分行 诊所 门市 门市部 店铺 分店 "
    "客房部 收发室 保安室 护士站 landline land_line fixed_line home home_phone home_tel office office_phone "
    "office_tel work_phone work_tel fax fax_no switchboard direct direct_line reception zj zjh gddh bgdh jtdh zzdh "
    "dwdh czh chuanzhen zuoji guhua"
)
_EITHER = (
    "电话 致电 联系 联系人 联系方式 联系电话 联系我 联络 联络人 联络方式 連絡 連絡人 连络 拨打 请拨 请打 请电 打 "
    "来电 回电 电联 电洽 洽 请洽 洽询 热线 查询 咨询 报名 订座 订位 订房 预约 预定 报料 留言 呼叫 主叫 被叫 交收 "
    "接洽 有意 有意者 意者 请联系 报修 送货 外卖 收件 寄件 收件人 寄件人 收货人 紧急联系人 tel telephone phone "
    "phone_no phone_number telefone teléfono contact contact_no contact_number call dial reach hotline enquiry "
    "enquiries inquiry booking dh dhhm lxdh lxfs tel/fax fax/tel"
)
_REMARK = r"(?:[ \t]?[(（\[【][^()（）\[\]【】\n]{0,12}[)）\]】])?"
_NUMBER = (
    r"(?:[ \t_\-]{0,2}(?:[号號][码碼碼]?|[码碼]|(?i:numbers?|num|no\.?|#)))?(?:[ _](?i:hk|mo|tw|cn|sg))?[0-9①②③一二三]?"
)
_IS = r"(?:[ ]?(?:是|係|系|為|为|就是|[为為]|is|was)[ ]?)?"
_STARTS = "(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))"
_ENDS = rf"[.]?{_NUMBER}{_REMARK}{_IS}{LINK}[☎📞📱✆℡ /／\-—_]{{0,3}}$"
_ASKS = r"[^0-9\n]{0,20}(?:\n(?:[^\n:：]{1,12}[:：])?|[?？]|答[:：])[^0-9\n]{0,8}$"
_POINTS = (
    r"[ \t]{0,2}(?:[，,]?[ \t]?(?:[这這那][个個])?(?:就?是|系|係)|[—\-=]{1,3}>?|←|[(（\[【]|[ ](?:is"
    r"|was)[ ])[ \t]{0,2}"
    r"(?:我|你|他|她|本人|(?i:the|his|her|my|their|your|a)[ ])?[们們家]?的?"
)

OTHERWISE = re.compile(
    "(?:(?:[檔档編编單单訂订帳账戶户證证卡考水同文票學学員员序批案房]|(?<![員员])工|參考|(?i:id|ref"
    "|no))[ ]?[编編]?[号號][码碼]?|身[份分][证證]|[编編][号號]"
    "|(?<![A-Za-z])(?i:ref|id|ticket|order|case|invoice|account|serial)[.]?(?:[ _]?(?i:no|number"
    r"|id))?[.]?)[^0-9A-Za-z\n]{0,4}$|[¥￥$€£][ ]?$"
)
"""What right before a number says that it is another, or an amount."""

MOBILE = "MOBILE"
FIXED = "LANDLINE"
EITHER = "EITHER"

_BEFORE = {
    kind: re.compile(f"{_STARTS}{words(lexicon)}{_ENDS}")
    for kind, lexicon in ((MOBILE, _MOBILE), (FIXED, _FIXED), (EITHER, _EITHER))
}
_INITIAL = {
    MOBILE: re.compile(
        "(?:(?<![A-Za-z])(?:M|C|H/P|HP|WA|W)(?:[.:：][ ]?|[ ])|[(（](?:M|C|手|手机|手機)[)）][:：]?[ ]?"
        "|[📱]️?[:：]?[ ]?)$"
    ),
    FIXED: re.compile(
        "(?:(?<![A-Za-z])[TFDOPH](?:[.:：][ ]?|[ ])|[(（](?:[TFDOPH]|[办辦宅家公]|[办辦]公室?|住宅|[单單]位|家庭"
        "|[传傳]真)[)）][:：]?[ ]?"
        r"|(?<![\u4e00-\u9fff])[办辦宅公日夜家][:：][ ]?|[☎☏✆℡📞📠]️?[:：]?[ ]?)$"
    ),
}
_SPOKEN = {
    EITHER: re.compile(
        r"(?i:(?<![a-z])(?:call|text|ring|reach|contact|whatsapp|phone|dial|sms|message|pm|find)"
        r"(?: (?:me|us|him|her|them|(?:mr|ms|mrs|miss|dr)\.? [a-z]{2,12}))?(?: (?:at|on|via))?[ :：]{1,2}$"
        r"|(?<![a-z])(?:my|his|her|our|your)(?: [a-z]{2,8})? (?:number|no\.?)(?: is)?[ :：]{1,2}$"
        r"|(?<![a-z])(?:mr|ms|mrs|miss|dr)\.? [a-z]{2,12}(?: [a-z]{2,12}){0,2}[,:：( ]{1,2}$"
        r"|(?<![a-z])(?:contact|person)[^0-9\n.;]{1,30}[,:：) ]$|(?:whatsapp|call"
        r"|pm)[\u4e00-\u9fff]{1,4}[ :：]{0,2}$)"
        "|(?:[联聯連][系络絡繫]人|[收寄取][件货貨]人)[^0-9\n。；;]{1,16}$"
    )
}
"""Who is to be called, and how, right before a number."""
_ASKED = {
    kind: re.compile(f"{_STARTS}{words(lexicon)}{_ASKS}")
    for kind, lexicon in (
        (MOBILE, _MOBILE),
        (FIXED, _FIXED),
        (EITHER, "电话 联系方式 联络方式 phone tel telephone contact_no contact_number call_you"),
    )
}
_BEHIND = {
    kind: re.compile(f"{_POINTS}{words(lexicon)}")
    for kind, lexicon in ((MOBILE, _MOBILE), (FIXED, f"{_FIXED} 办公 单位 家"), (EITHER, "电话 phone tel telephone"))
}


def labelled(before: str) -> str | None:
    """Return what the label right before a number says it is: MOBILE, LANDLINE, EITHER of the two, or None.

    Args:
        before: What stands before it, no more than :data:`pii.gate.REACH` characters.
    """
    return _told((_BEFORE, _INITIAL, _SPOKEN), before)


def named(before: str, after: str) -> str | None:
    """Return what the words around a number say it is: MOBILE, LANDLINE, EITHER of the two, or None.

    Args:
        before: What stands before it, no more than :data:`pii.gate.REACH` characters.
        after: What stands behind it.
    """
    told = labelled(before) or _told((_ASKED,), before)
    return told or next((kind for kind, expression in _BEHIND.items() if expression.match(after)), None)


def _told(tables: Iterable[Mapping[str, re.Pattern[str]]], before: str) -> str | None:
    return next((kind for table in tables for kind, expression in table.items() if expression.search(before)), None)
