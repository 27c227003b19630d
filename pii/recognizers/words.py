"""Words as expressions: in simplified and traditional characters, split by spaces or not, and a label with its value.

A lexicon is a string of words parted by white space, written in simplified characters. ``_`` in an English word stands
for a space, a hyphen, an underscore or nothing.
"""

import re
from collections.abc import Iterable

from pii.gate import REACH
from pii.recognizers.cued import Found

HAN = "\u4e00-\u9fff"
"""The range of common Chinese characters, for a class."""
END = "。！？!?；;\n"
"""What ends a sentence, for a class."""
LINK = (
    r"(?:</?[A-Za-z][^<>\n]{0,24}>|[ \t\u3000\n\"'“”「」『』【】()（）\[\]:：=>|,，*`]|是|就|叫|如下|现在|目前|"
    r"[我他她您你](?=[已又刚]?[改换換设設])|[已又刚](?=[改换換设設])|"
    r"[为為即]|[改设設填写寫换換][成为為的]?了?){0,12}"
)
"""What stands between a label and its value: colon, quotes, table bars, tags, 是 and 为."""

BEHIND = r"[码(（<\[\]【】 \t\u3000\n\"'“”「」『』)）:：=>|,，*`是就叫如现目我他她您你已又刚为為即改设設填写寫换換0-9]"
"""The first character behind a label: of :data:`LINK`, of a remark in brackets, or of a number."""
COLON = r"[ \"'*]{0,3}[:：=|<>\t\"】]"
"""A colon or its like, right behind a word."""
FIELD = f"(?={COLON}){LINK}"
"""The same where a colon or its like must stand there: a word and the next in prose are no field."""
NAMED = f"(?={COLON}|[ ]?[是为為改设設]){LINK}"
"""The same where a colon may be a verb."""

_PAIRS = (
    "记記 违違 纪紀 窃竊 网網 号號 码碼 证證 户戶 银銀 储儲 贷貸 财財 资資 产產 积積 务務 险險 额額 职職 "
    "业業 学學 历歷 单單 园園 专專 "
    "诊診 断斷 门門 处處 药藥 检檢 验驗 报報 过過 压壓 红紅 细細 脏臟 肾腎 脑腦 颅顱 疮瘡 疡瘍 综綜 损損 "
    "伤傷 后後 术術 头頭 体體 内內 "
    "肿腫 贫貧 转轉 纹紋 声聲 脸臉 图圖 谱譜 测測 数數 样樣 龙龍 东東 犹猶 兰蘭 罗羅 马馬 恋戀 异異 变變 "
    "别別 双雙 无無 爱愛 关關 罚罰 "
    "狱獄 盗盜 诈詐 骗騙 杀殺 贩販 车車 厢廂 铺鋪 离離 开開 时時 间間 飞飛 机機 场場 宾賓 馆館 厅廳 层層 "
    "楼樓 余餘 负負 还還 应應 税稅 "
    "总總 净淨 约約 岁歲 级級 项項 终終 问問 题題 联聯 络絡 讯訊 录錄 经經 纬緯 国國 宫宮 长長 师師 参參 "
    "军軍 队隊 毕畢 获獲 营營 办辦 "
    "发發 临臨 标標 类類 称稱 权權 会會 员員 训訓 传傳 统統 阴陰 阳陽 为為 们們 区區 县縣 个個 种種 对對 "
    "现現 点點 线線 轮輪 纳納 结結 "
    "书書 义義 导導 杂雜 监監 铁鐵 费費 帐帳 汇匯 颗顆 隐隱 养養 奖獎 补補 贴貼 执執 讼訟 护護 择擇 虏擄 "
    "审審 缓緩 汉漢 气氣 亚亞 诺諾 "
    "请請 预預 订訂 岛島 宁寧 极極 炼煉 读讀 写寫 兴興 块塊 佣傭 债債 静靜 脉脈 译譯 谘諮 顾顧 编編 评評 "
    "绩績 驾駕 档檔 湾灣 陆陸 乡鄉 "
    "构構 组組 织織 识識 电電 动動 残殘 医醫 儿兒 孙孫 婴嬰 岗崗 际際 签簽 龄齡 宝寶 贝貝 驶駛 领領 份分 "
    "满滿 实實 进進 诞誕 来來 邮郵 "
    "台臺 闺閨 乐樂 侣侶 侦偵 况況 劳勞 呗唄 库庫 张張 强強 归歸 当當 征徵 态態 据據 栏欄 沪滬 硕碩 确確 "
    "稣穌 笃篤 系係 缉緝 缩縮 缴繳 "
    "计計 论論 诉訴 询詢 谷穀 货貨 释釋 锡錫 疗療 着著 虑慮 萨薩 酰醯 话話 认認 维維 诗詩 "
)
"""Simplified and traditional character of the words of our lexicons; facts of the standard 通用规范汉字表."""
_GAP = "[ \u3000]?"
_BOTH = {pair[0]: f"[{pair}]" for pair in _PAIRS.split()}
_BOTH["账"], _BOTH["历"], _BOTH["证"] = "[账賬帐帳]", "[历歷曆]", "[证證証]"


def words(lexicon: str) -> str:
    """Return an expression for any word of a lexicon, longest first, spaces between its characters allowed.

    What words begin with alike is written once: it is tried once too, and Hyperscan takes no expression beyond 16 kB.
    """
    english = [word.lower() for word in lexicon.split() if word.isascii()]
    chinese = [word for word in lexicon.split() if not word.isascii()]
    ways = [_beginning(chinese, _GAP)] if chinese else []  # first, for PIN码 goes before PIN
    return "(?:" + "|".join([*ways, *([f"(?i:{_beginning(english, '')})"] if english else [])]) + ")"


def labelled(labels: str, value: str, link: str = LINK) -> re.Pattern[str]:
    """Return an expression for a value, its group ``value``, behind one of the labels of a lexicon."""
    return re.compile(rf"(?<![A-Za-z]){words(labels)}码?(?:[(（][^()（）\n]{{1,10}}[)）])?{link}(?P<value>{value})")


def value_of(match: re.Match[str], entity: str, score: int, group: str = "value") -> Found | None:
    """Return a group of a match as a find, or None where its label stands out of reach."""
    start, end = match.span(group)
    return Found(start, end, entity, score) if start - match.start() < REACH else None


def _beginning(words: Iterable[str], gap: str) -> str:
    by_first: dict[str, set[str]] = {}
    for word in sorted(words):
        by_first.setdefault(word[0], set()).add(word[1:])
    ways = [_character(first) + _rest(rests, gap) for first, rests in by_first.items()]
    return ways[0] if len(ways) == 1 else "(?:" + "|".join(ways) + ")"


def _rest(rests: set[str], gap: str) -> str:
    longer = rests - {""}
    if not longer:
        return ""
    rest = gap + _beginning(longer, gap)
    return rest if longer == rests else f"(?:{rest})?"


def _character(character: str) -> str:
    return "[ _-]?" if character == "_" else _BOTH.get(character, re.escape(character))
