"""Accounts of social media that a sentence tells: the platform, a few words, the account (微博小号也给你们贴上：...).

Between platform and account may stand what people say: a clause, a question and its answer, a quotation mark. So the
value itself must look like an account: letters with two digits, or eight digits and more that are no date and no
telephone. What the words between name otherwise (订单, 客服, 群) is none.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue, Sign
from pii.recognizers.accounts.social_account import PLATFORM_SIGN, PLATFORMS
from pii.recognizers.cued import CuedRecognizer, Found, is_something_else
from pii.recognizers.labels import replied

_PLATFORM = (
    f"(?:{PLATFORMS}|(?<![A-Za-z])(?:LINE|Line|IG|FB|INS|ins|TG|WB|wb|Threads|Ins|Insta)(?![A-Za-z])"
    "|原神|王者[荣榮]耀|和平精英|星穹[铁鐵]道|米游社|Steam|[贴貼]吧|[论論][坛壇])"
)
_ENGLISH = "weibo|douyin|tiktok|telegram|twitter|facebook|instagram|insta|whatsapp|snapchat|discord|skype|line|linkedin"
_MARK = (
    "(?:脆|抖|薯|🍠|🎵|📕|📷|🐦|[围圍]脖|(?<![A-Za-z])(?:IG|ig|ins|INS|FB|fb|wb|WB|ks|KS|dy|DY|TG|tg|xhs|XHS)"
    "(?![A-Za-z]))"
)
"""How a line of a profile names the platform: before a stroke or a blank."""
_NAME = (
    r"@?(?=[A-Za-z_.\-]{0,24}[0-9][A-Za-z_.\-]{0,24}[0-9])(?=[0-9_.]{0,24}[A-Za-z])(?![vV]?[0-9]+\.)(?![A-Z]{1,4}[0-9]{6})"
    r"[A-Za-z0-9][A-Za-z0-9_.\-]{3,28}[A-Za-z0-9]"
)
_NUMBER = "(?!(?:19|20)[0-9]{6}(?![0-9]))(?!1[3-9][0-9]{9}(?![0-9]))[1-9][0-9]{7,11}"
_VALUE = f"(?:{_NAME}|{_NUMBER})"
_OF_ANOTHER = (
    "(?![订訂][单單]|[单單][号號]|[电電][话話]|手[机機]|[热熱][线線]|客服|金[额額]|流水|[编編][号號]|群|版本|[贴帖]子|[话話][题題]|播放|[评評][论論]"
    "|微信|[卡工]号|密[码碼]|[点點][赞讚]|[红紅]包|[银銀]行)"
)
_SAID = f'(?:{_OF_ANOTHER}[^0-9A-Za-z@\n。；;]){{0,20}}?(?<=[:：是叫為为係系成加搜找到寫写填戳「『“"（(👉→｜|])[ ]?'
"""What stands between the platform and the account, up to a word or a sign that leads to it."""
_ACCOUNT = (
    "(?:[账帐帳賬][号號户戶]|[暱昵][称稱]|名字?|[小大]?[号號]|用[户戶]名"
    "|(?<![A-Za-z])(?:ID|id|Id|UID|uid)|好友代?[码碼])"
)
_IN_BRACKETS = "(?:[账帐帳賬][号號]|小[号號]|[大主]号)"
_LEADS = '[ ]?(?:[:：=是叫為为係系]|就是|[ ]){1,3}[ ]?[「『“"]?'
_THEN_OPENED = r"(?=[ ,，\n/、;；|]{1,4}(?:[登录]{0,2}密[码碼]|口令|(?i:pass(?:word|wd)?|pwd|pw)(?![a-z])))"
_ENDS = "(?![0-9A-Za-z@]|[.][0-9A-Za-z]|[ ]?[元万萬亿億%个個人年月次条條])"


class ToldAccountRecognizer(CuedRecognizer):
    """Finds accounts of social media that a sentence tells (GB/T 35273-2020 annex A, 网络身份标识信息)."""

    entities: ClassVar = ("SOCIAL_ACCOUNT",)
    cues: ClassVar = (
        Cue(_PLATFORM, before=REACH, after=REACH + 48),
        Cue(f"{_MARK}[ \u3000]{{0,2}}[|｜:：]?[ \u3000]?[A-Za-z0-9]", before=0, after=REACH),
        Cue(_ACCOUNT, before=48, after=REACH + 32),
    )
    expressions: ClassVar = (
        re.compile(f"{_PLATFORM}{_SAID}(?P<value>{_VALUE}){_ENDS}"),
        re.compile(f"{_PLATFORM}[^\n。；;]{{0,24}}?{_ACCOUNT}{_LEADS}(?P<value>{_VALUE}){_ENDS}"),
        re.compile(
            f"(?<![A-Za-z.@/])(?i:{_ENGLISH})(?:[ ][A-Za-z']{{1,10}}){{1,3}}(?:[:：]|(?<= is)|(?<= as)|(?<= at))[ ]?"
            f"(?P<value>{_NAME}){_ENDS}"
        ),
        replied(f"{_PLATFORM}[^\n0-9]{{0,4}}{_ACCOUNT}", _VALUE, asks=""),
        re.compile(f"{_MARK}(?:[ \u3000]{{0,2}}[|｜:：]|[ \u3000]{{1,2}})[ \u3000]?(?P<value>{_VALUE}){_ENDS}"),
        re.compile(
            f"(?<![0-9A-Za-z_.@/\\-])(?P<value>{_VALUE})[ ]?[（(][^()（）\n0-9A-Za-z]{{0,8}}{_IN_BRACKETS}[)）]"
        ),
        re.compile(
            f"(?<![0-9A-Za-z_.@/\\-])(?P<value>{_VALUE})[ ，,]{{0,2}}(?:[这這]个?)?就?是(?:我|本人|他|她|[对對]方)?的?"
            f"{_PLATFORM}"
        ),
        re.compile(
            f"(?:[账帐帳賬][号號户戶]名?|用[户戶]名|(?<![A-Za-z])(?i:account|login|user(?:name)?))[ ]?[:：=]?[ ]?"
            f"(?P<value>{_VALUE}|[0-9]{{5,12}}){_THEN_OPENED}"
        ),
    )

    signs: ClassVar = {
        **dict.fromkeys((0, 1, 3), Sign(PLATFORM_SIGN, early=140, is_first=True)),
        5: Sign(f"[（(][^()（）\n0-9A-Za-z]{{0,8}}{_IN_BRACKETS}[)）]"),
        6: Sign(f"是(?:我|本人|他|她|[对對]方)?的?{_PLATFORM}"),
    }

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Refuse numbers of orders and the like."""
        group = "loose" if match.lastgroup == "loose" else "value"
        start, end = match.span(group)
        return None if is_something_else(text, start, end) else Found(start, end, "SOCIAL_ACCOUNT", 600)
