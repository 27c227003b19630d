"""Lists of contacts (通讯录): a name beside a telephone number, at least three times in a row.

GB/T 35273-2020 annex A 联系人信息 (通讯录、好友列表) and annex B. Covered is the name; the number beside it is found as
what it is, and a name that is known as one stays a name. A single name with its number is no list. Left to people:
lists without numbers (friends, groups) and what a person is called to whom.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue, Sign
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.rows import neighbours
from pii.recognizers.subjects import is_about_person
from pii.recognizers.words import HAN, words

_NUMBER = r"(?:(?:\+?86[ \-]?)?1[3-9][0-9][ \-]?[0-9]{4}[ \-]?[0-9]{4}|0[1-9][0-9]{1,2}-?[2-8][0-9]{6,7})(?![0-9])"
_WORDS = "电话|手机号码|手机号|手机|联系电话|联系方式|号码|電話|手機|(?i:telephone|tel|phone|mobile|cell|number)"
_GAP = rf"(?:[ \t\u3000:：,，、|\"'“”\-()（）/=*]|<[^<>\n]{{1,12}}>|_|{_WORDS}){{1,12}}"
_NAME = (
    f"(?<![{HAN}A-Za-z])(?!(?:{_WORDS}|联系人|家属|监护人|家长|客户|用户|业主|本人|患者|单位|公司|办公|家庭|住宅|紧急|"
    "姓名|名称|客服|热线|传真|微信|服务|咨询|总机|座机|地址|时间|"
    f"编号|订单|日期|聯繫人))"
    rf"(?:[{HAN}]{{2,6}}(?:·[{HAN}]{{1,6}})?|[A-Z][a-z]{{1,14}}(?: [A-Z][a-z]{{1,14}})?)"
)
_ABOVE_NAMES = 960
"""Thousandths: names inside a list of contacts are part of it."""
_TITLE = "(?:[（(][^()（）\\n]{1,8}[)）])?"
_NAME_FIRST = re.compile(f"{_NAME}{_TITLE}{_GAP}(?:\\+?86[ -]?)?[01][0-9]")
_NUMBER_FIRST = re.compile(f"[0-9]{{4}}{_GAP}{_NAME}")
_KEYS = re.compile(f"{_WORDS}|</")


_LISTS = (
    "通讯录 联系人 紧急联系人 常用联系人 聯絡人 好友 好友列表 好友分组 电话簿 电话本 手机里 手机中 手机内 群成员 名单 "
    "亲友 phone_book phonebook contact_list contacts address_book friends_list"
)
_HOLDS = r"(?:[^0-9。！？!?；;\n，,、：:“”\"]{0,14}?(?:共|内|里|中的?|有|存有?|存着|为|是|的)*)"
_COUNTED = (
    rf"(?:{words(_LISTS)}{_HOLDS}[0-9零一二三四五六七八九十百两]{{1,6}}[ ]?[多余]?(?:个|個|位|人|条|條|名|"
    rf"项)[^。\n，,]{{0,16}})"
)
_COUNTED_BEFORE = rf"(?:[0-9]{{1,6}}[ ]?(?:个|位|条|名|人的)[^。\n，,0-9]{{0,6}}?{words('通讯录 联系人 好友 聯絡人')})"
_WHO = rf"(?:[{HAN}]{{1,8}}(?:[A-Z][a-z]{{1,6}})?|[A-Z][a-z]{{1,14}}(?: [A-Z][a-z]{{1,14}})?)"
_LISTED = (
    rf"{words(_LISTS)}[^。！？!?\n]{{0,24}}?[:：为為有着內内入中 “][ ]?(?P<list>{_WHO}(?:(?:[、，,]|[ ](?:and )?|和|"
    rf"及){{1,2}}{_WHO}){{2,14}})"
)
_KIN = re.compile(
    "[爸妈爹娘爷奶公婆舅姨姑叔伯哥姐弟妹嫂媽爺細佬]|老[板师婆公]|房东|物业|快递|师傅|同[事学]|领导|经理|主任|班长|"
    "闺蜜|邻居|对象|女儿|儿子|亲家|"
    "(?:Mum|Mom|Dad|Aunt|Uncle|Boss|Landlord|Brother|Sister|Doctor|Dentist|Wife|Husband)"
)
"""How somebody's contacts are called: by what they are to him."""


class ContactsRecognizer(CuedRecognizer):
    """Finds the names in lists of names and telephone numbers (GB/T 35273-2020 annex A, 联系人信息)."""

    entities: ClassVar = ("CONTACTS",)
    cues: ClassVar = (
        Cue(words(f"{_LISTS} 通讯录 好友列表 电话簿 联系人"), before=28, after=280),
        Cue("1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}", before=REACH, after=REACH),
        Cue("0[1-9][0-9]{1,2}-?[2-8][0-9]{6}", before=REACH, after=REACH),
    )
    expressions: ClassVar = (
        re.compile(
            rf"(?P<counted>(?:手机|微信|QQ|WhatsApp|LINE|钉钉|电话|手機)?里?的?(?:{_COUNTED}|{_COUNTED_BEFORE}))"
        ),
        re.compile(_LISTED),
        re.compile(
            rf"(?P<counted>{words('通讯录 好友列表 电话簿 联系人')}(?:[里中]的?)[^。\n，,]{{2,24}}?(?=[均已，,。\n]))"
        ),
        re.compile(rf"(?P<name>{_NAME}){_TITLE}(?P<gap>{_GAP}){_NUMBER}"),
        re.compile(rf"(?m)^[^{HAN}0-9\n]{{0,6}}{_NUMBER}(?P<gap>{_GAP})(?P<name>{_NAME})(?=[ \t,，、|\"'<\n\r]|$)"),
    )
    signs: ClassVar = {3: Sign(_NUMBER)}

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand two more entries in sight, or one where the entries are as long as records with keys are."""
        if match.lastgroup == "counted":
            start, end = match.span("counted")
            return (
                Found(start, end, "CONTACTS", 640) if is_about_person(text, start, start, end, is_form=True) else None
            )
        if match.lastgroup == "list":
            start, end = match.span("list")
            is_one = start - match.start() < REACH and len(_KIN.findall(match["list"])) > 1
            return Found(start, end, "CONTACTS", _ABOVE_NAMES) if is_one else None
        start, end = match.span("name")
        if match.end() - start >= REACH or end - match.start() >= REACH:
            return None
        is_name_first = match.start() == start
        witnesses = neighbours(_NAME_FIRST if is_name_first else _NUMBER_FIRST, text, start, end)
        needed = 1 if _KEYS.search(match["gap"]) else 2
        return Found(start, end, "CONTACTS", 420) if witnesses >= needed else None
