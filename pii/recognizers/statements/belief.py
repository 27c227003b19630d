"""Belief of a person (宗教信仰): a religion that somebody believes in, or a field of a form.

GB/T 35273-2020 annex B 其他信息, GB/T 45574-2025 annex A 宗教信仰信息. Covered is the verb of believing with the
religion, or the name of the believer. Religion in history, statutes and debate is left; left to people is what is only
implied (food, clothing, a name).
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.recognizers.clauses import WIDEST
from pii.recognizers.spoken import SpokenRecognizer
from pii.recognizers.words import HAN, NAMED, labelled, words

IS = "(?:是|系|为|為|作为|作為|成为|成為|当|當|(?i:am|is|was|became|as))(?:(?:一|1)?[名位个個]|了|[ ]an?)?[ \t]?"
"""Verbs by which somebody is called something."""

_FAITHS = (
    "佛教 藏传佛教 道教 基督教 天主教 伊斯兰教 伊斯兰 东正教 犹太教 印度教 锡克教 摩门教 新教 喇嘛教 "
    "萨满教 回教 巴哈伊教 耶稣 上帝 安拉 真主 "
    "Buddhism Islam Christianity Catholicism Judaism Hinduism Taoism Sikhism Mormonism"
)
_BELIEVERS = (
    "基督徒 基督教徒 佛教徒 穆斯林 天主教徒 道教徒 伊斯兰教徒 犹太教徒 东正教徒 印度教徒 摩门教徒 回教徒 "
    "教徒 信徒 居士 "
    "Christian Muslim Buddhist Catholic Jewish Hindu Taoist Protestant Mormon Sikh"
)
_BELIEVES = "信仰 信奉 皈依 改信 归信 笃信 虔信 信 converted_to believes_in believe_in believing_in"
_KIND = "(?:(?:虔诚|虔誠|忠实|忠實)的?|(?i:devout |practi[cs]ing ))?"


_SIGNS = (
    "慕道友 受洗 洗礼 受戒 剃度 出家 还俗 皈依 皈依三宝 教名 法号 圣名 法名 信主 信教 入教 礼佛 念经 诵经 转经 朝觐 "
    "封斋 斋戒 守斋 "
    "做礼拜 望弥撒 弥撒 祷告 吃斋 吃素念佛 烧香拜佛 拜菩萨 拜妈祖 信菩萨 清真餐 团契 查经 耶和华见证人 见证人 牧师 "
    "神父 修女 阿訇 长老 执事 "
    "baptised baptized Roman_Catholic Evangelical Jehovah's_Witness Quran Bible_study"
)
"""What believers do and are called; beside words of a record these say a belief."""
_OF_A_PLACE = "(?:登记|名册|名单|[班会堂寺庙院处室点]|仪式|学)"


class BeliefRecognizer(SpokenRecognizer):
    """Finds the religious belief of a person (GB/T 35273-2020 annex B, 宗教信仰)."""

    entities: ClassVar = ("RELIGION",)
    cues: ClassVar = (
        Cue(words(f"{_FAITHS} {_BELIEVERS} {_SIGNS}"), before=40, after=WIDEST + 24),
        Cue("拜|供|信|敬", before=24, after=WIDEST + 24),
        Cue("信[了着]?[ ]?[佛主教]|受洗|礼拜|禮拜|念佛|拜佛", before=28, after=WIDEST + 4),
    )
    matter: ClassVar = re.compile(
        "教|庙|廟|祷|禱|吃素|吃斋|转经|神父|牧师|法号|礼拜|禮拜|圣经|佛|念经|烧香|燒香|拜|清真|斋|齋|主日|(?i:church|"
        "mass|pray|temple)"
    )
    expressions: ClassVar = (
        re.compile(f"(?<![A-Za-z不])(?P<bare>{words(f'{_SIGNS} {_FAITHS} {_BELIEVERS}')})(?![A-Za-z]|{_OF_A_PLACE})"),
        re.compile(
            f"(?<![A-Za-z不])(?P<said>(?:拜|供奉?|信|敬)[了着]?(?:{words('妈祖 菩萨 关公 观音 佛 神 主 上帝 耶稣')}|"
            f"[佛神主](?![{HAN}])))(?![自会得人])"
        ),
        re.compile(
            f"(?<![A-Za-z相迷自确诚威轻通书微短守])(?P<said>{words(_BELIEVES)}(?:了|的是|的|着|[ "
            f"\t])?{words(_FAITHS)})(?![A-Za-z])"
        ),
        re.compile(
            "(?<![迷自不确相])(?P<said>信[了着]?[ ]?[佛主教](?![育练授师徒体])|受洗|做礼拜|做禮拜|吃斋念佛|烧香拜佛)"
        ),
        re.compile(f"(?<![A-Za-z不]){IS}(?P<said>{_KIND}(?:{words(_FAITHS)}的?)?{words(_BELIEVERS)})(?![A-Za-z])"),
        labelled(
            "宗教信仰 宗教 信仰 religion religious_belief faith",
            f"{words(_FAITHS + ' ' + _BELIEVERS)}(?![A-Za-z])",
            NAMED,
        ),
    )
    general: ClassVar = re.compile(
        r"[ \t]?(?:们|們|国家|國家|文化|地区|社区|世界|的?(?:国家|地区|节日|传统|历史|公民|民族|群众|学校))"
    )
