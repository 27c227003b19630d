"""Accounts of social media (微博, 抖音, 小红书, 快手, B站, 知乎, Telegram, X, LINE, Facebook and their like).

No platform publishes a form that could be checked, so a platform's word must stand before, and a word for account or an
``@``; a colon is enough where the value holds what a word does not. An address of a person's page counts by itself.
Handles without a platform near are left: in code and in e-mail the same sign means other things.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue, Sign
from pii.recognizers.cued import CuedRecognizer, Found, is_something_else
from pii.recognizers.label_expressions import behind, label_cue

PLATFORMS = (
    "微[ ]?博|围脖|微薄|大眼仔|抖音|斗音|小红书|小紅書|小红薯|小紅薯|快手|[Bb]站|哔哩哔哩|嗶哩嗶哩|知乎|豆瓣|贴吧"
    "|陌陌|探探|闲鱼|淘宝|支付宝|支付寶"
    "|钉钉|飞书|脸书|臉書|推特|领英|噗浪|西瓜视频|视频号|绿洲|喜马拉雅|唱吧|全民K歌|大众点评|脉脉|旺旺|简书"
    "|抖🎵|[抖斗][yY]in|dou音|某音|某书|小?🍠|红薯|[小]?破站|小?蓝鸟|小?藍鳥|纸飞机|紙飛機|飞机号|飛機號|电报号|電報號"
    "|[賴赖]的?(?=[ ]?(?:ID|id|[帳账帐][號号]))|加[賴赖]"
    "|世纪佳缘|珍爱网|百合网|虎扑|今日头条|头条号|网易云(?:音乐)?|咸鱼|斗鱼|虎牙|拼多多|京东|"
    "淘寶|(?i:bilibili|weibo|douyin|tiktok|xiaohongshu|kuaishou|zhihu"
    "|telegram|twitter|facebook|instagram|whatsapp|snapchat|discord|skype|linkedin|youtube|dingtalk|lofter"
    "|pinterest|tumblr"
    "|mastodon|tinder|clubhouse|zalo)"
)
"""Words for platforms that mean nothing else."""
PLATFORM_SIGN = (
    f"{PLATFORMS}|(?:LINE|Line|IG|FB|INS|ins|TG|WB|wb|Threads|Ins|Insta)[^A-Za-z]"
    "|原神|王者[荣榮]耀|和平精英|星穹[铁鐵]道|米游社|Steam|[贴貼]吧|[论論][坛壇]"
)
"""What is scanned for in the place of all that begins with a platform."""
_SHORT = (
    "电报|电報|TG|tg|dy|xhs|Soul|soul|Steam|steam|Kakao(?:Talk)?|Threads|Reddit|Viber|Signal|Dcard|PTT|得物|转转"
    "|X|LINE|Line|line|FB|fb|IG|ig|INS|ins|GitHub|Github|Gitee"
)
"""Words and letters that mean other things too."""
_COLON = (
    "dy|DY|xhs|XHS|Soul|Steam|Kakao(?:Talk)?|Threads|Reddit|Viber|Dcard"
    "|LINE|Line|line|TG|FB|IG|ig|INS|ins|GitHub|Github|Gitee"
)
"""Those of them that mean the platform before a colon."""
_SPOKEN = "LINE|Line|IG|ig|FB|INS|TG"
"""Those of them that people put before an account without a sign."""
_HAN_WORD = "[账帐]号|账户|帐户|帳號|賬號|号码?|號碼?|用户名|用戶名|昵称|暱稱|主页|搜索?|名[字称]?"
_LATIN_WORD = "(?i:uid|user[ _]?id|id|account|handle|user[ _]?name|user)"
_OWNER = "(?:上传者|上傳者|发布者|發布者|作者|博主|主播|楼主|用户|用戶|会员|會員|粉丝|投稿人|评论者)"
"""Who has an account, where the platform is not named."""
_WORD = rf"[ _\-]?(?:{_HAN_WORD}|{_LATIN_WORD}(?![A-Za-z]))"
_ASKS = (
    "(?:[ ]?(?:也[行可有是能]以?|(?:is|as|under|at)(?![a-z])|[我]?(?:的?[账帐]号|名字)?[是叫]|[来來]?找我|搜我?|"
    "[关關]注我?|[请請]?加我?|私[信訊讯聊]我?|上?叫|上?[联聯][系繫]|[戳点點]我?|同名))?"
)
"""What people write between platform and account."""
_VALUE = r"@?[A-Za-z0-9_](?:[A-Za-z0-9_.\-]{2,28}[A-Za-z0-9_])(?:#[0-9]{4})?"
_ARROW = r"[ ]?(?:[:：|=＝]|👉|➡️?|→|->|=>|➜|▶️?|🔗)[ ]?"
_AT_VALUE = r"@[A-Za-z0-9_.]{2,28}[A-Za-z0-9_]"
_NICKNAME = "[\u4e00-\u9fffA-Za-z0-9_\\-]{2,16}(?![\u4e00-\u9fff\\w])"
_ON = rf"[ ]?(?:[(（]|on |在)[ ]?(?:{PLATFORMS}|(?:TG|X|IG)(?![A-Za-z]))"
_BEFORE_PLATFORM = re.compile(f"(?<![A-Za-z0-9_.@])(?P<value>@[A-Za-z0-9_]{{4,30}}){_ON}")
_CHOSEN_BEFORE_PLATFORM = re.compile(
    r"(?<![A-Za-z0-9_.@/])(?P<value>(?=[A-Za-z_.]{0,30}[0-9])(?=[0-9_.]{0,30}[A-Za-z])[A-Za-z0-9_.]{5,30})"
    rf"[ ]?[(（](?:{PLATFORMS})[)）]"
)
_PAGE = re.compile(
    r"(?i)(?<![A-Za-z0-9.\-])(?:www\.|m\.)?(?:weibo\.(?:com|cn)/(?:u/|n/)?(?=[0-9]{6})|space\.bilibili\.com/"
    r"|zhihu\.com/people/|douyin\.com/user/|xiaohongshu\.com/user/profile/|kuaishou\.com/profile/|douban\.com/people/"
    r"|t\.me/|(?:twitter|x|instagram)\.com/|facebook\.com/(?:profile\.php\?id=)?|linkedin\.com/in/|line\.me/ti/p/~?"
    r"|tiktok\.com/@)(?P<value>[A-Za-z0-9_.%\-]{3,64})(?![A-Za-z0-9_/])"
)
_SITES = "weibo|bilibili|zhihu|douyin|xiaohongshu|kuaishou|douban|twitter|x|instagram|facebook|linkedin|tiktok|t|line"
_OTHER = (
    "share intent home login explore search hashtag sharer about joinchat settings privacy http https android windows"
    " official sdk please follow username account string number null none true false"
)
_NO_ACCOUNT = frozenset(_OTHER.split())
_IS_COLUMN = re.compile(
    "(?i)(?:(?:xhs|wx|we_?chat|qq|weibo|wb|douyin|dy|kuaishou|ks|bilibili|tiktok|taobao|alipay|line|fb|ig|tg)"
    "(?:_?(?:id|no|name|uid|acct|account|num|number|url))?|[a-z]{2,12}_(?:id|no|name|uid))"
)
"""The name of the next column in a list of columns, not what stands in one."""
_IS_KEY = re.compile(r"[\"']?[ ]?[:：=(@/\\]")
_CHOSEN = re.compile(r"(?=.*[A-Za-z])(?=.*[_\-.])(?=.*[0-9]{2}).*|(?=.*[A-Za-z]).*[0-9]{4}.*")
"""What no word looks like: letters, two digits and a sign, or four digits."""
_BARE = re.compile("(?!(?:19|20)[0-9]{6}$)[1-9][0-9]{6,11}")
_UNIT = re.compile(r"[ ]?(?:[万萬亿億个個人元年月日次条條位名粉播+%]|[.,:/\-][0-9])")
_SAYS = re.compile("[:：=是为]")


class SocialAccountRecognizer(CuedRecognizer):
    """Finds accounts of social media behind a platform's word, and addresses of personal pages."""

    entities: ClassVar = ("SOCIAL_ACCOUNT",)
    cues: ClassVar = (
        label_cue(PLATFORMS, 48),
        Cue(f"{_OWNER}[ ]?{_LATIN_WORD}", before=0, after=48),
        Cue(f"(?:{_COLON})[ ]?(?:号|號)?[ ]?[是叫]", before=0, after=48),
        label_cue(rf"(?:{_SHORT})[ _\-]?(?:{_HAN_WORD}|{_LATIN_WORD})", 48),
        Cue(rf"(?:{_SHORT})(?:[ \t:：(（=]{{0,3}}@|{_ARROW})[A-Za-z0-9_]", before=0, after=48),
        Cue(rf"(?:{_SPOKEN}){_ASKS}[ ]@?[A-Za-z0-9_]", before=0, after=48),
        Cue(rf"@[A-Za-z0-9_]{{4,30}}{_ON}", before=0, after=0),
        Cue(f"[A-Za-z0-9_.][ ]?[(（](?:{PLATFORMS})[)）]", before=32, after=0),
        Cue(rf"(?i:(?:{_SITES})\.(?:com|cn|me)/)", before=16, after=96),
    )
    expressions: ClassVar = (
        re.compile(
            rf"(?<![A-Za-z_]){_OWNER}[ ]?(?P<what>{_LATIN_WORD})[ ]?[:：=]?[ ]?(?P<value>{_VALUE})(?![0-9A-Za-z])"
        ),
        re.compile(
            rf"(?<![A-Za-z\"'])(?P<sure>{_COLON})(?P<what>)[ ]?(?:号|號)?[ ]?[是叫][ "
            rf"]?(?P<value>{_VALUE})(?![0-9A-Za-z])"
        ),
        behind(f"(?P<sure>{PLATFORMS})(?P<what>(?:{_WORD})*){_ASKS}", _VALUE),
        behind(f"(?<![A-Za-z_])(?:{_SHORT})(?P<what>(?:{_WORD})+)", _VALUE),
        re.compile(rf"(?<![A-Za-z])(?:{_SHORT})(?P<what>)[ \t:：(（=]{{0,3}}(?P<value>{_AT_VALUE})"),
        re.compile(rf"(?<![A-Za-z\"'])(?P<sure>{_COLON})(?P<what>){_ARROW}(?P<value>{_VALUE})(?![0-9A-Za-z])"),
        re.compile(rf"(?<![A-Za-z\"'])(?P<sure>{_SPOKEN})(?P<what>){_ASKS}[ ](?P<value>{_VALUE})(?![0-9A-Za-z])"),
        behind(f"(?:{PLATFORMS})(?P<what>(?:{_WORD})*)", "@" + _NICKNAME),
        re.compile(
            f"(?:{PLATFORMS})(?P<what>昵称|暱稱|用户名|用戶名|名字?|[账帐]号"
            f"|帳號)[ ]?[:：][ ]?(?P<value>[\u4e00-\u9fff]{_NICKNAME})"
        ),
        _BEFORE_PLATFORM,
        _CHOSEN_BEFORE_PLATFORM,
        _PAGE,
    )

    signs: ClassVar = {
        **dict.fromkeys((2, 7, 8), Sign(PLATFORM_SIGN, early=400, is_first=True)),
        4: Sign("@[A-Za-z0-9_.]{3}", early=27),
    }

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand a word for account or an @ beside the platform, or a value that no word looks like."""
        start, end = match.span("value")
        if text[start] == "_" == text[end - 1]:  # a blank of a form, written over
            start, end = start + 1, end - 1
        value = text[start:end]
        if value.lower().lstrip("@") in _NO_ACCOUNT or _IS_COLUMN.fullmatch(value) or start - match.start() > REACH:
            return None
        if match.re in {_PAGE, _BEFORE_PLATFORM, _CHOSEN_BEFORE_PLATFORM}:
            return Found(start, end, "SOCIAL_ACCOUNT", 750)
        is_owner = match.re is self.expressions[0]
        if _IS_KEY.match(text, end) or (is_owner and not (_CHOSEN.fullmatch(value) or _BARE.fullmatch(value))):
            return None
        if value.isdigit():
            is_bare = "sure" in match.groupdict() and _BARE.fullmatch(value) and not _UNIT.match(text, end)
            is_one = (match["what"] and len(value) > 4) or (is_bare and not is_something_else(text, start, end))
            return Found(start, end, "SOCIAL_ACCOUNT", 720) if is_one else None
        if match["what"] or value[0] == "@":
            return Found(start, end, "SOCIAL_ACCOUNT", 780)
        is_odd = re.search("[0-9_.]", value) and re.search("[A-Za-z]", value)
        is_said = _SAYS.search(text, match.end("what"), start) or _CHOSEN.fullmatch(value)
        return Found(start, end, "SOCIAL_ACCOUNT", 740) if "sure" in match.groupdict() and is_odd and is_said else None
