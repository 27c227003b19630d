"""Content of communication (通信内容): turns of a dialogue, each with its speaker and time, at least three in a row.

GB/T 35273-2020 annex A 个人通信信息 (通信记录和内容) and annex B; GB/T 45574-2025 leaves it to the case. Covered is the
turn: who, when and what, to the end of its line. Any value inside keeps its own type, and the turn is then found when
the outcome is looked at again. Logs of programs have no speaker; dialogues without times, of novels and training data,
are left, and so is to people a conversation told in prose.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue, Sign
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.rows import STAMP, neighbours
from pii.recognizers.subjects import is_about_person, is_of_record
from pii.recognizers.words import HAN, words

_NOBODY = (
    "错误|警告|信息|提示|系统|日志|调试|事件|时间|备注|注意|开始|结束|说明|执行|输出|输入|日期|状态|更新|"
    "发布|返回|结果|错誤|"
    "(?i:info|error|warn|warning|debug|trace|fatal|notice|server|client|main|thread|system|kernel|status|"
    "start|end|note|time|date|from|to|at|step|epoch|loss|total|query|http|https)(?![A-Za-z])"
)
_SPEAKER = (
    rf"(?:[{HAN}][{HAN}0-9A-Za-z_~]{{0,11}}(?:[（(][^()（）\n]{{1,8}}[)）])?|<NAME>|[A-Z][a-z]{{0,14}}(?: "
    rf"[A-Z][a-z]{{1,14}})?|wxid_[a-z0-9]{{4,20}})"
)
_HEADS = (
    rf"[\[(（【]?{STAMP}[\])）】]?[ \t]?(?:[-|,，][ \t]?)?{_SPEAKER}[ \t]?[:：]",
    rf"{_SPEAKER}[ \t]?[\[(（【]?{STAMP}[\])）】]?[ \t]?(?:[:：]|\n)",
)
_TIMED = r"[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:[ \t]?[AaPp][Mm])?[\])）】]?[ \t]?[:：\n]"
"""What the second of them ends with."""
_WHO = '"(?:sender|from|speaker|nickname|talker|发送人|发送者|发言人)"'
_WHAT = '"(?:content|text|message|msg|内容|消息)"'
_RECORD = (
    rf"\{{(?=[^{{}}\n]{{0,200}}{_WHAT})(?=[^{{}}\n]{{0,200}}{_WHO})"
    rf"[^{{}}\n]{{0,120}}?{STAMP}[^{{}}\n]{{0,280}}\}}"
)
_RECORD_HEAD = re.compile(r'\{[ ]?"[a-z_\u4e00-\u9fff]{2,12}"[ ]?:[ ]?"')
_HEAD = re.compile(f"(?m)^[ \t>*|-]{{0,4}}(?:{'|'.join(_HEADS)})")
_FULL = re.compile(r"[0-9][-/.年月][0-9]|[\[【(（][0-9]|:[0-9]{2}:")


_MEANS = (
    "微信 短信 聊天 聊天记录 私信 消息 信息 訊息 对话 對話 通话 通話 录音 语音 語音 留言 回复 群里 瑜伽群 艾特 截图 "
    "来电者 手机 WhatsApp LINE 电话里 发信 发来 发给 發給 转文字 "
    "DM chat message messages texted text SMS voicemail whatsapp wechat"
)
_QUOTED = (
    r"(?:[“「『][^”」』\n]{4,200}[”」』](?:\n?[“「『][^”」』\n]{4,200}[”」』]){0,3}|\"[^\"\n]{8,200}\"(?=[ .,;)（(\n]|"
    r"$))"
)
_COLLOQUIAL = re.compile(
    "[你妳您]|我(?![国院局司])|咱|俺|[爸妈媽爹娘]|老[公婆板]|宝贝|寶貝|亲爱的|[吧吗呢啊哈嘛呀哦啦](?:[，。！？]|$)|"
    "[唔嘅佢咗俾]|今晚|明天|(?i:(?<![a-z])(?:i|i'm|you|me|my|your|please|don't)(?![a-z]))"
)


_PASSED_ON = "发给|回复|导出|截图|发的|sent|微信|短信"
"""Words behind a quotation that say that it was a message."""


class ChatRecognizer(CuedRecognizer):
    """Finds the turns of recorded dialogues (GB/T 35273-2020 annex B, 通信记录和内容)."""

    entities: ClassVar = ("CHATLOG",)
    cues: ClassVar = (
        *(Cue(head, before=8, after=416) for head in _HEADS),
        Cue(_WHO, before=220, after=448),
        Cue(words(_MEANS), before=900, after=900),
        Cue("发的|导出|sent", before=900, after=8),
    )
    expressions: ClassVar = (
        re.compile(rf"{words(_MEANS)}[^“「『\"\n]{{0,40}}\n?(?P<quote>{_QUOTED})"),
        re.compile(rf"(?P<quote>{_QUOTED})[^\n]{{0,12}}?(?:{_PASSED_ON})"),
        re.compile(rf"{words(_MEANS)}[^“「『\"\n：:。]{{0,32}}[:：][ ]?(?P<quote>[^“「『\"\n：:]{{6,160}})(?=\n|$)"),
        *(
            re.compile(rf"(?m)^[ \t>*|-]{{0,4}}(?P<turn>(?P<head>{head})(?![0-9]{{2}}){content})")
            for head, content in zip(_HEADS, (r"[^\n]{0,400}", r"\n?[^\n]{1,400}"), strict=True)
        ),
        re.compile(f"(?P<record>{_RECORD})"),
    )

    signs: ClassVar = {1: Sign(_PASSED_ON), 4: Sign(_TIMED, early=402)}

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand two more turns in sight, or one where the time is written in full."""
        if match.lastgroup == "record":
            start, end = match.span()
            return Found(start, end, "CHATLOG", 380) if neighbours(_RECORD_HEAD, text, start, end) else None
        if match.lastgroup == "quote":
            start, end = match.span("quote")
            is_talk = start - match.start() < REACH and _COLLOQUIAL.search(match["quote"])
            is_kept = is_talk and (is_of_record(text, start, start, end) or is_about_person(text, start, start, start))
            return Found(start, end, "CHATLOG", 380) if is_kept else None
        if re.search(f"(?:^|[^A-Za-z{HAN}])(?:{_NOBODY})", match["head"]):
            return None
        start, end = match.span("turn")
        witnesses = neighbours(_HEAD, text, start, end)
        needed = 1 if _FULL.search(match["head"]) else 2
        return Found(start, end, "CHATLOG", 380) if witnesses >= needed else None
